"""A disk without room: a real server whose data folder is a small file system of its own."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from interview_coach import reserve
from tests.chaos import CV, JOB, Server, call

ANSWER = "I trained a colleague for two weeks and cut waste by 14 percent with a weekly count."


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    folder = tmp_path / "disk"
    folder.mkdir()
    if sys.platform != "linux" or os.geteuid() != 0:
        pytest.skip("mounting a small disk needs root on Linux")
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=8m", "none", folder], capture_output=True)
    if mounted.returncode:
        pytest.skip("this machine does not allow mounting a small disk")
    yield folder
    subprocess.run(["umount", "-l", folder], check=True)


def fill(disk: Path) -> Path:
    """Take every byte that is free."""
    filler = disk / "filler"
    with filler.open("ab", buffering=0) as file:
        for size in (65536, 4096, 512, 1):
            while True:
                try:
                    if not file.write(bytes(size)):
                        break
                except OSError:
                    break
    return filler


def test_a_full_disk_keeps_what_is_there_says_so_and_still_deletes(disk):
    server = Server(disk / "data")
    (disk / "data").mkdir()
    server.start()
    try:
        port = server.port
        kept, gone = (
            call(port, "POST", "/interviews", {"cv_text": CV.format(who=n) * 60, "job_text": JOB.format(who=n)})[1][
                "id"
            ]
            for n in (1, 2)
        )
        for number in (1, 2):
            assert call(port, "POST", f"/interviews/{kept}/questions", {})[0] == 200
            text = f"{ANSWER} That was case {number}."
            assert call(port, "POST", f"/interviews/{kept}/answers", {"number": number, "answer": text})[0] == 200
        assert call(port, "POST", f"/interviews/{kept}/questions", {})[0] == 200
        filler = fill(disk)

        # What fits into the log that is there may still be stored; sooner or later nothing does.
        stored = 0
        for attempt in range(400):
            status, body = call(port, "PUT", f"/interviews/{kept}/draft", {"number": 3, "answer": f"{attempt} " * 1900})
            if status != 204:
                break
            stored += 1
        assert (status, body["error"]["code"]) == (507, "STORAGE_FULL"), stored
        assert "disk is full" in body["error"]["message"]
        status, body = call(port, "POST", f"/interviews/{kept}/answers", {"number": 3, "answer": ANSWER * 90})
        assert (status, body["error"]["code"]) == (507, "STORAGE_FULL")
        assert call(port, "GET", f"/interviews/{kept}")[1]["answered_count"] == 2

        assert call(port, "DELETE", f"/interviews/{gone}")[0] == 204
        assert call(port, "GET", f"/interviews/{gone}")[0] == 404

        filler.unlink()
        status, _ = call(port, "POST", f"/interviews/{kept}/answers", {"number": 3, "answer": ANSWER})
        assert status == 200, "works again without a restart"
        assert call(port, "DELETE", f"/interviews/{kept}")[0] == 204
        assert (disk / "data" / reserve.NAME).stat().st_size == reserve.SIZE_BYTES, "kept back for the next time"
    finally:
        server.kill()
    assert "Traceback" not in (disk / "server.log").read_text()


def test_a_disk_without_room_for_the_reserve_is_nobodys_problem(tmp_path, monkeypatch):
    def refuse(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "posix_fallocate", refuse)
    assert reserve.keep(tmp_path) is False
    assert not (tmp_path / reserve.NAME).exists()
    monkeypatch.undo()
    assert reserve.keep(tmp_path) is True
    assert (tmp_path / reserve.NAME).stat().st_mode & 0o077 == 0
