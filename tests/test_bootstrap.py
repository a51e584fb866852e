"""The first start, without a network: pip and venv are replaced by small stand-ins where they would download."""

import ast
import json
import os
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

import pytest

from interview_coach import bootstrap
from interview_coach.bootstrap import Environment, alone

ROOT = Path(__file__).resolve().parent.parent


class Pip:
    """Stands where `Environment._run` starts the folder's Python; notes the calls, fails when told to."""

    def __init__(self) -> None:
        self.calls: list[tuple[str, ...]] = []
        self.fails: dict[str, str] = {}
        """Part of a command line -> what the tool prints before it fails."""

    def __call__(self, *arguments: str) -> "subprocess.CompletedProcess[str]":
        self.calls.append(arguments)
        line = " ".join(arguments)
        output = next((text for part, text in self.fails.items() if part in line), None)
        return subprocess.CompletedProcess(arguments, 0 if output is None else 1, output or "", "")

    @property
    def installs(self) -> list[str]:
        return [" ".join(call) for call in self.calls if "install" in call]


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """A source tree with locks and nothing else."""
    (tmp_path / "pyproject.toml").write_text((ROOT / "pyproject.toml").read_text("utf-8"), "utf-8")
    (tmp_path / "requirements.lock").write_text("flask==3.1.3 --hash=sha256:0\n")
    (tmp_path / "requirements-test.lock").write_text("flask==3.1.3 --hash=sha256:0\npytest==9 --hash=sha256:0\n")
    return tmp_path


def make(tree: Path, monkeypatch: pytest.MonkeyPatch, testing: bool = False) -> tuple[Environment, Pip]:
    environment, pip = Environment(tree, testing), Pip()

    def venv(command: list[str], **_: Any) -> "subprocess.CompletedProcess[str]":
        environment.python.parent.mkdir(parents=True)
        environment.python.touch()
        return subprocess.CompletedProcess(command, 0, "", "")

    monkeypatch.setattr(environment, "_run", pip)
    monkeypatch.setattr(bootstrap.subprocess, "run", venv)
    return environment, pip


def test_the_first_start_installs_the_lock_with_hashes_and_the_second_nothing(
    tree: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    environment, pip = make(tree, monkeypatch)
    environment.prepare()
    assert len(pip.installs) == 2
    assert "--require-hashes" in pip.installs[0]
    assert "--no-deps" in pip.installs[1] and "--no-build-isolation" in pip.installs[1]
    assert environment.is_ready()
    environment.prepare()
    assert len(pip.installs) == 2


def test_a_changed_lock_is_installed_again(tree: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    environment, pip = make(tree, monkeypatch)
    environment.prepare()
    environment.lock.write_text("flask==3.1.4 --hash=sha256:1\n")
    assert not environment.is_ready()
    environment.prepare()
    assert len(pip.installs) == 4 and environment.is_ready()


def test_the_test_lock_serves_the_pages_too_and_not_the_other_way_round(
    tree: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    environment, _ = make(tree, monkeypatch, testing=True)
    environment.prepare()
    assert Environment(tree).is_ready()
    environment, _ = make(tree, monkeypatch)
    environment._install()
    assert Environment(tree).is_ready() and not Environment(tree, testing=True).is_ready()


def test_an_interrupted_installation_heals_at_the_next_start(tree: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    environment, pip = make(tree, monkeypatch)
    pip.fails["--require-hashes"] = "killed"
    with pytest.raises(SystemExit):
        environment.prepare()
    assert json.loads(environment.stamp.read_text()) == {"unfinished": True}
    assert not environment.is_ready()
    pip.fails.clear()
    environment.prepare()
    assert environment.is_ready()


def test_a_half_made_folder_is_made_anew(tree: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    environment, _ = make(tree, monkeypatch)
    environment.folder.mkdir()
    environment.write_stamp(unfinished=True)
    (environment.folder / "left-over").touch()
    environment.prepare()
    assert environment.is_ready() and not (environment.folder / "left-over").exists()


def test_a_folder_of_another_tool_is_used_as_it_is_and_never_deleted(
    tree: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    environment, pip = make(tree, monkeypatch)
    environment.python.parent.mkdir(parents=True)
    environment.python.touch()
    environment.prepare()
    assert pip.installs == [] and not environment.stamp.exists()
    pip.fails = {"is_complete_here": "", "pip --version": "", "ensurepip": ""}
    with pytest.raises(SystemExit):
        environment.prepare()
    assert environment.python.exists()


def test_without_the_venv_part_of_python_the_one_command_is_named_and_nothing_is_left(
    tree: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    environment, _ = make(tree, monkeypatch)
    monkeypatch.setattr(bootstrap.importlib.util, "find_spec", lambda name: None)
    monkeypatch.setattr(bootstrap.shutil, "which", lambda name: f"/usr/bin/{name}")
    with pytest.raises(SystemExit):
        environment.prepare()
    version = f"{sys.version_info[0]}.{sys.version_info[1]}"
    assert f"sudo apt install python{version}-venv" in capsys.readouterr().err
    assert not environment.folder.exists()


@pytest.mark.parametrize(
    ("output", "sentence"),
    [
        ("NewConnectionError: Failed to establish a new connection: name resolution", "Check the network"),
        ("ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE", "not the one that was tested"),
        ("OSError: [Errno 28] No space left on device", "disk is full"),
        ("error: something else", "something else"),
    ],
)
def test_a_failed_download_ends_in_a_sentence(
    output: str, sentence: str, tree: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    environment, pip = make(tree, monkeypatch)
    pip.fails["--require-hashes"] = output
    with pytest.raises(SystemExit) as stopped:
        environment.prepare()
    assert stopped.value.code == 1
    assert sentence in capsys.readouterr().err


def test_two_starts_at_once_install_once(tree: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    environment, pip = make(tree, monkeypatch)
    starts = [threading.Thread(target=environment.prepare) for _ in range(4)]
    for start in starts:
        start.start()
    for start in starts:
        start.join()
    assert len(pip.installs) == 2 and environment.is_ready()


def test_the_lock_of_a_killed_start_is_free(tmp_path: Path) -> None:
    path = tmp_path / ".venv.lock"
    code = (
        "import pathlib, time\nfrom interview_coach.bootstrap import alone\n"
        f"with alone(pathlib.Path({str(path)!r})):\n    print('held', flush=True)\n    time.sleep(60)\n"
    )
    with subprocess.Popen([sys.executable, "-c", code], cwd=ROOT, stdout=subprocess.PIPE) as holder:
        assert holder.stdout is not None and holder.stdout.readline()
        descriptor = os.open(path, os.O_RDWR)
        assert not bootstrap.try_lock(descriptor)
        holder.kill()
        holder.wait()
        with alone(path):  # returns at all
            pass
        os.close(descriptor)


def test_a_too_old_python_is_told_so(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(bootstrap.sys, "version_info", (3, 10, 4))
    with pytest.raises(SystemExit):
        bootstrap.check_python()
    assert "needs Python 3.11 or newer; this is Python 3.10" in capsys.readouterr().err


@pytest.mark.parametrize("name", ["__init__.py", "__main__.py", "bootstrap.py"])
def test_an_old_python_can_read_as_far_as_the_refusal(name: str) -> None:
    ast.parse((ROOT / "interview_coach" / name).read_text("utf-8"), feature_version=(3, 7))


def test_the_bare_interpreter_gets_as_far_as_preparing(tree: Path) -> None:
    """Without site-packages, as on a fresh machine: nothing but the standard library may be imported on the way."""
    code = "import sys; import interview_coach.bootstrap as b; sys.exit(b.Environment().is_complete_here())"
    done = subprocess.run([sys.executable, "-S", "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
