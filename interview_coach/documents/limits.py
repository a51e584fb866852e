"""How much of the machine one document may have."""

from dataclasses import dataclass

MIB = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """The defaults fit any honest CV or job ad with room to spare; a reader that reaches one is stopped."""

    upload_bytes: int = 16 * MIB
    pages: int = 60
    characters: int = 200_000
    """Code points of the text that comes out."""
    memory_bytes: int = 640 * MIB
    """Address space of the child process, so its resident memory is lower still."""
    cpu_seconds: int = 8
    wall_seconds: float = 9.5
    """From start to kill; half a second less than the ten that a person is promised."""
    wait_seconds: float = 20.0
    """How long to queue for a free reader."""
    inflated_bytes: int = 48 * MIB
    """Bytes actually unpacked from a DOCX, over all its parts."""


DEFAULT_LIMITS = Limits()
