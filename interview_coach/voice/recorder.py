"""The person's own sound in a file, when they asked for it. Off unless asked for, one file a call, deleted with the
interview or by itself."""

import os
import struct
from pathlib import Path

from interview_coach.voice.audio import HEARING_RATE

_HEADER = struct.Struct("<4sI4s4sIHHIIHH4sI")


class Recorder:
    """WAV, mono, 16 kHz, 16 bit. The header is right after every `write`, so a kill leaves a file that can be played.
    `write` is for a thread."""

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._path = path
        self._bytes = 0
        descriptor = os.open(path, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600)
        self._file = os.fdopen(descriptor, "wb")
        self.write(b"")

    def write(self, pcm: bytes) -> None:
        """Append, and set the lengths."""
        self._bytes += len(pcm)
        self._file.seek(0)
        self._file.write(_header(self._bytes))
        self._file.seek(0, os.SEEK_END)
        self._file.write(pcm)
        self._file.flush()

    def close(self) -> None:
        """No more. A recording without sound is removed."""
        self._file.close()
        if not self._bytes:
            self._path.unlink(missing_ok=True)


def _header(size: int) -> bytes:
    rate = HEARING_RATE
    return _HEADER.pack(b"RIFF", 36 + size, b"WAVE", b"fmt ", 16, 1, 1, rate, rate * 2, 2, 16, b"data", size)
