"""The real application behind its real server, and two shorter ways:

/echo       our socket alone: what comes is sent back
/sdk        socket and the vendor's SDK, with no call in between
/inside     what this process holds: threads, descriptors, tasks, calls

    python -m benchmarks.voice_bench.house PORT CORE [BATCH]      settings come from the environment
"""

import asyncio
import collections
import cProfile
import os
import sys
import threading
from contextlib import suppress
from typing import Any

from flask import Flask, request
from flask_sock import Sock

from benchmarks.voice_bench import wire
from interview_coach import create_app, loop
from interview_coach.coaches import coaches
from interview_coach.commands import serve
from interview_coach.config import Settings
from interview_coach.providers import gemini_conversation
from interview_coach.providers.base import Frame, LiveBrief, Voiced
from interview_coach.voice import socket
from interview_coach.voice.peer import Peer, PeerGone


async def echo(peer: Peer) -> None:
    with suppress(PeerGone):
        while True:
            message = await peer.receive()
            if isinstance(message, bytes):
                peer.voice(0, message[4:])


def sdk(app: Flask) -> Any:
    async def work(peer: Peer) -> None:
        def find() -> Any:
            with app.app_context():
                return coaches().parts("gemini").live

        live = await asyncio.to_thread(find)
        async with live.connect(LiveBrief(instruction="Talk.", voice="", language="en")) as session:

            async def down() -> None:
                async for event in session.events():
                    if isinstance(event, Voiced):
                        peer.voice(0, event.frame.pcm)

            task = asyncio.create_task(down())
            try:
                with suppress(PeerGone):
                    while True:
                        message = await peer.receive()
                        if isinstance(message, bytes):
                            await session.hear(Frame(message[4:], 16_000))
            finally:
                task.cancel()

    return work


def inside() -> dict[str, Any]:
    async def tasks() -> list[str]:
        return [task.get_coro().__qualname__ for task in asyncio.all_tasks()]  # type: ignore[union-attr]

    running = loop.call(tasks(), timeout=5)
    names = [thread.name.rstrip("0123456789").rstrip("-_") for thread in threading.enumerate()]
    return {
        "pid": os.getpid(),
        "threads": collections.Counter(names),
        "native": len(os.listdir("/proc/self/task")),  # noqa: PTH208 (names only)
        "descriptors": len(os.listdir("/proc/self/fd")),  # noqa: PTH208
        "tasks": collections.Counter(running),
        "calls": socket.calls(),
    }


def settle() -> dict[str, Any]:
    """The loop comes before all other threads that there are by now."""

    async def thread() -> int:
        return threading.get_native_id()

    wire.prefer(loop.call(thread(), timeout=5))
    return {}


def profile(seconds: float) -> str:
    """Where the loop's thread spends its time."""
    import io
    import pstats

    async def watch() -> str:
        profiler = cProfile.Profile()
        profiler.enable()
        await asyncio.sleep(seconds)
        profiler.disable()
        out = io.StringIO()
        pstats.Stats(profiler, stream=out).sort_stats("tottime").print_stats(45)
        return out.getvalue()

    return loop.call(watch(), timeout=seconds + 30)


def main() -> None:
    port, core, *batch = sys.argv[1:]
    wire.pin(int(core))
    if batch:
        gemini_conversation.BATCH = int(batch[0])
    app = create_app(Settings())
    sock = Sock(app)
    # Beside the blueprint of the calls nothing refuses compression for these two.
    app.before_request(lambda: socket.prepare(request.environ))
    sock.route("/echo")(lambda ws: socket.serve(ws, echo))
    sock.route("/sdk", endpoint="sdk")(lambda ws: socket.serve(ws, sdk(app)))
    app.add_url_rule("/inside", view_func=inside)
    app.add_url_rule("/settle", view_func=settle)
    app.add_url_rule("/profile", "profile", view_func=lambda: profile(float(request.args["seconds"])))
    serve.THREADS = 1000
    serve.serve_with_gunicorn(app, serve.listen("127.0.0.1", int(port)))


if __name__ == "__main__":
    main()
