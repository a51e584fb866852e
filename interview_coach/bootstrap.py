"""Makes the environment that the product runs in: `.venv` beside this package, filled from the lock.

Why not simply ask for `pip install`: Debian's Python has no pip and refuses one outside a virtual environment, so the
honest shortest way is that the program prepares its own. Standard library only, and imported in full by a Python as
old as 3.7, which is then told that it is too old.

`.venv/coach.json` is the stamp: "unfinished" while we build, then the digest of what was installed. No stamp means
that somebody else made the folder (uv, an editor): it is used when it is complete, filled up when it is not, and
never deleted.
"""

from __future__ import annotations

import contextlib
import hashlib
import importlib.util
import json
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parent.parent
OLDEST = (3, 11)


def say(sentence: str) -> None:
    """A line for the person who waits. On stderr, so that the output of a command stays clean."""
    print(sentence, file=sys.stderr, flush=True)


def stop(sentence: str) -> NoReturn:
    """End with a sentence instead of a traceback."""
    say(sentence)
    raise SystemExit(1)


def check_python() -> None:
    """Refuse a Python that cannot read the rest of the code."""
    if sys.version_info < OLDEST:
        stop(
            "Interview Coach needs Python {}.{} or newer; this is Python {}.{}. "
            "Install a newer one and start with it, for example: python3.12 -m interview_coach".format(
                *OLDEST, *sys.version_info[:2]
            )
        )


class Environment:
    """The folder `.venv` of a source tree, and what has to be in it."""

    def __init__(self, root: Path = ROOT, testing: bool = False) -> None:
        self.root = root
        self.testing = testing
        self.folder = root / ".venv"
        self.stamp = self.folder / "coach.json"
        self.lock = root / ("requirements-test.lock" if testing else "requirements.lock")
        in_folder = "Scripts/python.exe" if os.name == "nt" else "bin/python"
        self.python = self.folder / in_folder

    @property
    def is_source_tree(self) -> bool:
        """False for an installed wheel: there is nothing to prepare, pip has done it."""
        return self.lock.is_file()

    @property
    def is_current(self) -> bool:
        """True when this very process runs in the folder."""
        return Path(sys.prefix).resolve() == self.folder.resolve()

    def distributions(self) -> list[str]:
        """Names that pyproject.toml asks for; those for some platforms only are left to the lock's markers."""
        import tomllib

        project = tomllib.loads((self.root / "pyproject.toml").read_text("utf-8"))["project"]
        wanted = project["dependencies"] + (project["optional-dependencies"]["test"] if self.testing else [])
        names = [line.split(";")[0] for line in wanted if ";" not in line]
        return ["".join(c if c.isalnum() or c in "-_." else " " for c in name).split()[0] for name in names]

    def is_complete_here(self) -> bool:
        """True when this process can import everything: a prepared environment is used as it is."""
        from importlib.metadata import PackageNotFoundError, version

        try:
            for name in self.distributions():
                version(name)
        except PackageNotFoundError:
            return False
        return True

    def is_complete_there(self) -> bool:
        """The same question, asked of the folder's Python."""
        ask = "from interview_coach.bootstrap import Environment"
        answer = f"raise SystemExit(not Environment(testing={self.testing}).is_complete_here())"
        return self._run("-c", f"{ask}; {answer}").returncode == 0

    def digest(self, lock: Path) -> str:
        """Names what an installation from `lock` consists of, so that an upgrade of the source tree is noticed."""
        return hashlib.sha256(lock.read_bytes() + (self.root / "pyproject.toml").read_bytes()).hexdigest()

    def read_stamp(self) -> dict[str, Any] | None:
        """None: not made by us."""
        try:
            return dict(json.loads(self.stamp.read_text("utf-8")))
        except FileNotFoundError:
            return None
        except (OSError, ValueError, TypeError):
            return {}

    def write_stamp(self, **facts: object) -> None:
        """Replaced in one step: a stamp is never half written."""
        draft = self.stamp.with_name("coach.json.new")
        draft.write_text(json.dumps(facts), "utf-8")
        draft.replace(self.stamp)

    def is_ready(self) -> bool:
        """True when the stamp says that the present lock was installed to its end. The test lock holds the other."""
        stamp = self.read_stamp()
        if stamp is None or not self.python.exists():
            return False
        locks = [self.root / "requirements-test.lock"] + ([] if self.testing else [self.lock])
        return any(stamp.get(lock.name) == self.digest(lock) for lock in locks if lock.is_file())

    def prepare(self) -> None:
        """Make the folder and install, unless another start has just done so. A failure ends the program."""
        with alone(self.root / ".venv.lock"):
            if self.is_ready() and self._runs():
                return
            stamp = self.read_stamp()
            if stamp is None and self._runs() and self.is_complete_there():
                return
            if not self._runs() or (stamp is not None and not self._has_pip()):
                self._create(may_delete=stamp is not None or not self.python.exists())
            self._install()

    def _run(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [str(self.python), *arguments],
            cwd=str(self.root),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )

    def _runs(self) -> bool:
        """False also after the system's Python moved from under the folder: its packages are then not found either."""
        check = (
            "import os, sys, sysconfig; "
            f"sys.exit(sys.version_info < {OLDEST} or not os.path.isdir(sysconfig.get_path('purelib')))"
        )
        try:
            return self.python.exists() and self._run("-c", check).returncode == 0
        except OSError:
            return False

    def _has_pip(self) -> bool:
        return self._run("-m", "pip", "--version").returncode == 0

    def _create(self, may_delete: bool) -> None:
        if not may_delete:
            stop(f"The Python in {self.folder} does not start. Delete that folder and run the same command again.")
        if importlib.util.find_spec("venv") is None or importlib.util.find_spec("ensurepip") is None:
            shutil.rmtree(self.folder, ignore_errors=True)
            stop(without_venv())
        say(f"First start: making {self.folder} ...")
        shutil.rmtree(self.folder, ignore_errors=True)
        self.folder.mkdir()
        self.write_stamp(unfinished=True)
        base = getattr(sys, "_base_executable", None) or sys.executable
        made = subprocess.run(
            [base, "-m", "venv", str(self.folder)],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )
        if made.returncode:
            shutil.rmtree(self.folder, ignore_errors=True)
            stop(f"{last_lines(made.stdout)}\n{without_venv()}")

    def _install(self) -> None:
        if not self._has_pip() and self._run("-m", "ensurepip", "--default-pip").returncode:
            stop(
                f"{self.folder} was made by another tool and lacks packages. "
                "Let that tool add them (uv sync), or delete the folder and run the same command again."
            )
        ours = self.read_stamp() is not None
        if ours:
            self.write_stamp(unfinished=True)
        count = sum(1 for line in self.lock.read_text("utf-8").splitlines() if line[:1].isalnum())
        say(f"Installing the {count} packages of {self.lock.name}; the first time this takes half a minute or so ...")
        began = time.monotonic()
        pip = ["-m", "pip", "install", "-q", "--no-input", "--disable-pip-version-check", "--retries", "2"]
        # The hashes say that what arrives is what was tested; pip does not take them for a folder, hence two steps.
        # The build tool is in the lock as well, so nothing unpinned is fetched by the second.
        steps = (
            ["--require-hashes", "-r", str(self.lock)],
            ["--no-deps", "--no-build-isolation", "-e", str(self.root)],
        )
        for step in steps:
            done = self._run(*pip, *step)
            if done.returncode:
                stop(why_pip_failed(done.stdout))
        if ours:
            self.write_stamp(**{self.lock.name: self.digest(self.lock)})
        say(f"Ready after {time.monotonic() - began:.0f} s.")


@contextlib.contextmanager
def alone(path: Path) -> Iterator[None]:
    """One at a time over all processes. The lock ends with its process, so nothing stays behind after a crash."""
    try:
        handle = path.open("a")
    except OSError as error:
        stop(f"The folder {path.parent} cannot be written to ({error.strerror}). Copy it to a place that is yours.")
    with handle:
        told = False
        while not try_lock(handle.fileno()):
            if not told:
                say("Another start is preparing .venv; waiting for it ...")
                told = True
            time.sleep(0.2)
        yield


def try_lock(descriptor: int) -> bool:
    """Take the lock if it is free."""
    try:
        if sys.platform == "win32":
            import msvcrt

            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def last_lines(output: str, count: int = 8) -> str:
    """What a tool said about the reason: its error lines without the warnings, else the last ones."""
    lines = [line.strip() for line in output.splitlines() if line.strip()]
    telling = [line for line in lines if "error" in line.lower() and not line.startswith("WARNING")]
    return "\n".join(f"  {line}" for line in (telling or lines)[-count:])


def without_venv() -> str:
    """What to do when Python cannot make a virtual environment; Debian packs that part apart."""
    sentence = "This Python cannot make a virtual environment: it lacks the modules venv and ensurepip."
    if not shutil.which("apt-get"):
        return f"{sentence} Install them and start again."
    package = "python{}.{}-venv".format(*sys.version_info[:2])
    return f"{sentence} Install them and start again:\n  sudo apt install {package}"


def why_pip_failed(output: str) -> str:
    """pip's reason in a sentence, and its own last lines below."""
    text = output.lower()
    if "do not match the hashes" in text:
        sentence = "A downloaded package is not the one that was tested, so nothing of it was installed."
    elif "no space left" in text:
        sentence = "The disk is full. Make room and run the same command again."
    elif "connection" in text or "resolution" in text or "timed out" in text or "timeout" in text or "ssl" in text:
        sentence = (
            "The packages could not be downloaded: there is no way to the package index from here. "
            "Check the network (or the proxy) and run the same command again."
        )
    else:
        sentence = "The packages could not be installed. Run the same command again; if it fails again, pip says why:"
    return f"{sentence}\n{last_lines(output)}"
