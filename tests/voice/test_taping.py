"""The recording of a call: whoever hangs up in the middle of a write loses nothing of it."""

import asyncio
import threading
from pathlib import Path

import pytest
from flask import Flask

from interview_coach import recordings, sound_files
from interview_coach.errors import Problem
from interview_coach.voice import taping
from interview_coach.voice.recorder import Recorder
from interview_coach.voice.taping import Taping
from tests.patience import PATIENCE


def test_a_write_that_was_given_up_is_finished_before_the_last(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "call.wav"
    monkeypatch.setattr(sound_files, "path_of", lambda _name: path)
    monkeypatch.setattr(recordings, "note", lambda *_: None)
    begun, may_go = threading.Event(), threading.Event()

    class Slow(Recorder):
        def write(self, pcm: bytes) -> None:
            begun.set()
            assert may_go.wait(PATIENCE)
            super().write(pcm)

    monkeypatch.setattr(taping, "Recorder", Slow)

    async def hang_up_meanwhile() -> None:
        tape = Taping(Flask(__name__), "call", wanted=True)
        tape.take(b"\1\0" * 320)
        beat = asyncio.create_task(tape.write())
        await asyncio.to_thread(begun.wait, PATIENCE)
        beat.cancel()
        await asyncio.gather(beat, return_exceptions=True)
        tape.take(b"\2\0" * 320)
        last = asyncio.create_task(tape.write(last=True))
        may_go.set()
        await last

    asyncio.run(hang_up_meanwhile())
    assert path.read_bytes()[44:] == b"\1\0" * 320 + b"\2\0" * 320


def test_a_storage_that_cannot_note_it_ends_no_call_and_leaves_no_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sound_files, "path_of", lambda _name: tmp_path / "call.wav")

    def full(*_: object) -> None:
        raise Problem("STORAGE_FULL", "The storage is full.")

    monkeypatch.setattr(recordings, "note", full)

    async def talk() -> None:
        tape = Taping(Flask(__name__), "call", wanted=True)
        tape.take(b"\1\0" * 320)
        await tape.write(last=True)

    asyncio.run(talk())
    assert list(tmp_path.iterdir()) == []


def test_without_the_wish_there_is_no_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sound_files, "path_of", lambda _name: tmp_path / "call.wav")

    async def talk() -> None:
        tape = Taping(Flask(__name__), "call", wanted=False)
        tape.take(b"\1\0" * 320)
        await tape.write(last=True)

    asyncio.run(talk())
    assert list(tmp_path.iterdir()) == []
