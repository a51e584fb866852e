"""The process that parses one untrusted file: bytes in by stdin, one JSON object out by stdout, then it ends.

Run as `python -m interview_coach.documents.child KIND LIMITS`. It limits itself before it reads the first byte, and
imports only what the kind needs. Whatever goes wrong becomes a code; nothing of the document reaches stderr.
"""

import contextlib
import dataclasses
import json
import os
import signal
import sys
from collections.abc import Callable

from interview_coach.documents.limits import Limits
from interview_coach.documents.problems import Stop

_NICE = 5
"""How far behind the server's own work a parser stands; two busy children must not slow its pages."""

Parser = Callable[[bytes, Limits], str]


def main(arguments: list[str]) -> int:
    """Parse stdin. Always answers, unless the system ends the process first."""
    kind, limits = arguments[0], Limits(**json.loads(arguments[1]))
    # Imports come before the limits: they are our own code, and Python may want to write its bytecode cache.
    parse = parser_for(kind)
    limit_process(limits)
    answer: dict[str, object]
    try:
        text = parse(sys.stdin.buffer.read(limits.upload_bytes + 1), limits)
        answer = {"text": text} if len(text) <= limits.characters else {"problem": "text"}
    except Stop as stop:
        answer = {"problem": stop.code, "count": stop.count}
    except MemoryError:
        answer = {"problem": "heavy"}
    except Exception:
        # Parsers raise whatever they like on broken files: KeyError, struct.error, RecursionError ...
        answer = {"problem": "broken"}
    sys.stdout.buffer.write(json.dumps(answer).encode("ascii"))
    sys.stdout.flush()
    return 0


def parser_for(kind: str) -> Parser:
    """The parser of a kind, with its library imported."""
    if kind == "pdf":
        import pypdf  # noqa: F401

        from interview_coach.documents.pdf import pdf_text

        return pdf_text
    if kind == "docx":
        from interview_coach.documents.docx import docx_text

        return docx_text
    from interview_coach.documents.json_resume import resume_text

    return resume_text


def limit_process(limits: Limits) -> None:
    """Memory, CPU, wall time, no files, no processes. Where the system cannot (Windows), the parent's clock rules."""
    try:
        import resource
    except ImportError:
        return
    wanted = {
        "RLIMIT_AS": limits.memory_bytes,
        "RLIMIT_CPU": limits.cpu_seconds,
        "RLIMIT_FSIZE": 0,
        "RLIMIT_CORE": 0,
        "RLIMIT_NPROC": 0,
    }
    for name, value in wanted.items():
        number = getattr(resource, name, None)
        if number is None:
            continue
        _, hard = resource.getrlimit(number)
        ceiling = value if hard == resource.RLIM_INFINITY else min(value, hard)
        try:
            # At the soft limit of CPU comes SIGXCPU, which tells the parent why; at the hard one a plain kill.
            spare = 1 if name == "RLIMIT_CPU" and ceiling == value and hard != value else 0
            resource.setrlimit(number, (ceiling, ceiling + spare))
        except (ValueError, OSError):  # macOS refuses an address space below what is mapped already
            continue
    with contextlib.suppress(OSError):
        os.nice(_NICE)
    signal.alarm(int(limits.wall_seconds) + 2)  # should the parent die, nobody else stops us


def arguments_of(kind: str, limits: Limits) -> list[str]:
    """What the parent passes on the command line."""
    return [kind, json.dumps(dataclasses.asdict(limits))]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
