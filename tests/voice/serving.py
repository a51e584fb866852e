"""`interview-coach serve` as a process of its own, with calls that only echo: run as `python -m tests.voice.serving`.

The first line of its output is the port.
"""

import socket
import sys
import types
from contextlib import suppress

from flask import Flask

from interview_coach import create_app
from interview_coach.commands import serve
from interview_coach.config import Settings
from interview_coach.voice.peer import Peer, PeerGone
from tests.voice.lines import echo


async def hold(app: Flask, owner: str, interview_id: str, peer: Peer) -> None:
    """Echo, and say what a real call would have stored."""
    with suppress(PeerGone):
        await echo(peer)
    sys.stderr.write("stored\n")
    sys.stderr.flush()


def main() -> None:
    stand_in = types.ModuleType("interview_coach.voice.call")
    stand_in.hold = hold  # type: ignore[attr-defined]
    sys.modules[stand_in.__name__] = stand_in
    app = create_app(Settings())
    listener = socket.create_server(("127.0.0.1", 0))
    sys.stdout.write(f"{listener.getsockname()[1]}\n")
    sys.stdout.flush()
    serve.serve_with_gunicorn(app, listener)


if __name__ == "__main__":
    main()
