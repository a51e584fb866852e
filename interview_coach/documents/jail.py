"""Runs a parser in a child process that can be killed.

Why a process: no parser of untrusted files has a time limit, threads cannot be stopped, and memory that a bomb took
comes back only when its process ends. Why pipes and no temporary file: a killed server leaves nothing behind.
"""

import contextlib
import json
import os
import signal
import subprocess
import sys
import threading
import time
from dataclasses import dataclass
from pathlib import Path

import interview_coach
from interview_coach.documents.child import arguments_of
from interview_coach.documents.kinds import Kind
from interview_coach.documents.limits import Limits

AT_ONCE = 4
"""Children at the same time, in one server process."""

_seats = threading.BoundedSemaphore(AT_ONCE)
_INHERITED = ("PATH", "LD_LIBRARY_PATH", "SYSTEMROOT", "TMPDIR")


@dataclass(frozen=True, slots=True)
class Parsed:
    """What came back: `text`, or a code in `problem` with its `count`."""

    text: str = ""
    problem: str = ""
    count: int = 0
    seconds: float = 0.0
    """Wall time of the child, without waiting for a seat."""
    peak_bytes: int | None = None
    """Highest resident memory of the child, where the system tells. An upper bound: Linux counts the moment between
    fork and exec, when the child still is a copy of the server."""


def parse(data: bytes, kind: Kind, limits: Limits) -> Parsed:
    """Parse in a child. Never raises for what the file does."""
    if not _seats.acquire(timeout=limits.wait_seconds):
        return Parsed(problem="busy")
    try:
        return _run(data, kind, limits)
    finally:
        _seats.release()


def command(kind: Kind, limits: Limits) -> list[str]:
    """How the child is started: without the working folder and the user's own packages on its path."""
    return [sys.executable, "-P", "-s", "-m", "interview_coach.documents.child", *arguments_of(kind, limits)]


def _run(data: bytes, kind: Kind, limits: Limits) -> Parsed:
    began = time.monotonic()
    try:
        process = subprocess.Popen(  # noqa: S603 - our own interpreter and module; the file is only its stdin
            command(kind, limits),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=_environment(),
            start_new_session=True,
        )
    except OSError:
        return Parsed(problem="busy")
    assert process.stdin and process.stdout
    late = threading.Event()

    def stop() -> None:
        late.set()
        _kill(process)

    clock = threading.Timer(limits.wall_seconds, stop)
    clock.daemon = True
    feeder = threading.Thread(target=_feed, args=(process, data), daemon=True)
    try:
        clock.start()
        feeder.start()
        # Twelve bytes for each code point is the most that JSON's \\u escapes take.
        answer = process.stdout.read(12 * limits.characters + 4096)
    finally:
        _kill(process)
        clock.cancel()
        clock.join()
        status, peak = _reap(process)
        feeder.join()
        process.stdout.close()
    return _parsed(answer, late.is_set(), status, time.monotonic() - began, peak)


def _parsed(answer: bytes, late: bool, status: int, seconds: float, peak: int | None) -> Parsed:
    try:
        found = json.loads(answer)
        text, problem, count = found.get("text", ""), found.get("problem", ""), found.get("count", 0)
        if isinstance(text, str) and isinstance(problem, str) and isinstance(count, int):
            return Parsed(text, problem, count, seconds, peak)
    except (ValueError, AttributeError, RecursionError):
        pass
    slow = late or status in {-getattr(signal, name, 0) for name in ("SIGXCPU", "SIGALRM")}
    return Parsed(problem="slow" if slow else "broken", seconds=seconds, peak_bytes=peak)


def _environment() -> dict[str, str]:
    """No keys, no settings: only what Python needs to start, and where our package is."""
    kept = {name: os.environ[name] for name in _INHERITED if name in os.environ}
    root = str(Path(interview_coach.__file__).resolve().parent.parent)
    return {**kept, "PYTHONPATH": root, "PYTHONUTF8": "1", "PYTHONNOUSERSITE": "1", "LC_ALL": "C.UTF-8"}


def _feed(process: subprocess.Popen[bytes], data: bytes) -> None:
    assert process.stdin
    with contextlib.suppress(OSError, ValueError):  # it answered or died before it read everything
        process.stdin.write(data)
    with contextlib.suppress(OSError, ValueError):
        process.stdin.close()


def _kill(process: subprocess.Popen[bytes]) -> None:
    """End the child and all that it started. Safe while it is not reaped: its number cannot be given away."""
    if process.returncode is not None:
        return
    with contextlib.suppress(OSError):
        if hasattr(os, "killpg"):
            os.killpg(process.pid, signal.SIGKILL)
        else:
            process.kill()


def _reap(process: subprocess.Popen[bytes]) -> tuple[int, int | None]:
    """Wait for the end; exit status as subprocess gives it, and peak resident bytes."""
    if not hasattr(os, "wait4"):
        return process.wait(), None
    try:
        _, status, usage = os.wait4(process.pid, 0)
    except ChildProcessError:  # somebody reaps every child of this server
        return process.wait(), None
    process.returncode = os.waitstatus_to_exitcode(status)
    unit = 1 if sys.platform == "darwin" else 1024
    return process.returncode, usage.ru_maxrss * unit
