"""A recording of the person's own sound in one call, for whoever asked for it."""

import asyncio
import logging

from flask import Flask

from interview_coach import recordings, sound_files
from interview_coach.errors import Problem
from interview_coach.voice.recorder import Recorder
from interview_coach.voice.threads import work

log = logging.getLogger("interview_coach.voice")


class Taping:
    """Collects sound on the loop and writes it in a thread. No file before there is sound."""

    def __init__(self, app: Flask, call_id: str, *, wanted: bool) -> None:
        self._app = app
        self._call_id = call_id
        self._wanted = wanted
        self._new = bytearray()
        self._recorder: Recorder | None = None
        self._writing: asyncio.Future[None] | None = None
        """Outlives whoever waits for it: a thread that has begun cannot be cancelled."""

    def take(self, pcm: bytes) -> None:
        """So much more was said: mono s16le, 16 kHz."""
        if self._wanted:
            self._new += pcm

    async def write(self, *, last: bool = False) -> None:
        """Put into the file what came since the last time."""
        if self._writing is not None:
            await asyncio.wait((self._writing,))
        pcm = bytes(self._new)
        self._new.clear()
        if pcm or (last and self._recorder):
            self._writing = asyncio.ensure_future(work(self._app, self._write, pcm, last=last))
            await asyncio.shield(self._writing)

    def _write(self, pcm: bytes, *, last: bool) -> None:
        try:
            if self._recorder is None:
                name = f"{self._call_id}.wav"
                recordings.note(self._call_id, name)  # first: nobody could delete a file that no row names
                self._recorder = Recorder(sound_files.path_of(name))
            self._recorder.write(pcm)
            if last:
                self._recorder.close()
        except (OSError, Problem):  # a full disk must not end the interview
            log.warning("call %s: the recording could not be written", self._call_id)
