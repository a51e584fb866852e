"""One WebSocket on the event loop, as a Peer.

flask-sock has done the handshake; from then on its reader thread and its `send` are not used, because they write from
two threads without a lock, cut large messages, queue without bound and cannot find a peer that went silent. Here one
loop reads and writes (`frames` knows the protocol), and everything is bounded:

- up: the size of a message, how many come in a second (the socket is not read for a moment: TCP slows the sender
  down), what waits unread (`inbox`), how many are handled before other calls have their turn;
- down: what waits unsent, and for how long the browser may take nothing;
- time: between signs of life, and between our goodbye and the end.
"""

import asyncio
import contextlib
import json
import logging
import socket
import struct
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, cast

from interview_coach.voice import frames, wire
from interview_coach.voice.allowance import Allowance
from interview_coach.voice.close_codes import ABNORMAL, NORMAL, POLICY, PROTOCOL_ERROR
from interview_coach.voice.frames import Breach, Control, Frames
from interview_coach.voice.inbox import Flood, Inbox
from interview_coach.voice.outbox import Outbox
from interview_coach.voice.peer import PeerGone

log = logging.getLogger("interview_coach.voice")

LONGEST_MESSAGE = 64 * 1024
LONGEST_PICTURE = 1024 * 1024
READ_BYTES = 16 * 1024
TURN = 64
"""Messages of one peer before the others have their turn."""
UNSENT_BYTES = 32 * 1024
"""So much may lie in the kernel unsent. What lies here instead can still be dropped at an interruption."""


@dataclass(frozen=True, slots=True)
class Bounds:
    """Seconds and amounts. Tests choose smaller ones."""

    ping: float = 20.0
    """Between two pings. A peer that gives no sign of life from one to the next is gone."""
    stuck: float = 10.0
    """How long a peer may take nothing of what is sent."""
    flood: float = 10.0
    """How long a peer may send more than is taken from it, without a pause."""
    farewell: float = 2.0
    """Between our close and the end, whatever the peer does."""
    patience: float = 5.0
    """For the work to end by itself when its peer is gone, before it is cancelled; and once more after that."""
    unread_seconds: float = 5.0
    """Of the person's sound."""
    unsent_bytes: int = 4 * 1024 * 1024
    messages_per_second: float = 800.0
    bytes_per_second: float = 2.0 * 1024 * 1024
    control_per_second: float = 100.0


class Line(asyncio.BufferedProtocol):
    """A Peer. Made and used on the loop only."""

    def __init__(self, sock: socket.socket, early: bytes, bounds: Bounds) -> None:
        self._loop = asyncio.get_running_loop()
        self._sock = sock
        self._early = early
        self.bounds = bounds
        now = self._loop.time()
        self._messages = Allowance(bounds.messages_per_second, 2 * bounds.messages_per_second, now)
        self._bytes = Allowance(bounds.bytes_per_second, 2 * bounds.bytes_per_second, now)
        self._control = Allowance(bounds.control_per_second, 4 * bounds.control_per_second, now)
        self._inbox = Inbox(int(bounds.unread_seconds * 192_000))  # the most that a hello can declare
        self._outbox = Outbox()
        self._buffer = bytearray(READ_BYTES)
        self._frames = Frames(LONGEST_PICTURE, _limit)
        self._transport: asyncio.Transport | None = None
        self._waiter: asyncio.Future[None] | None = None
        self._pong: bytes | None = None
        self._leaving: tuple[int, str] | None = None
        self._parted = False
        """Our close frame was written: nothing may follow it."""
        self._greeted = False
        self._deaf = False
        self._ignored = 0
        self._stuck: asyncio.TimerHandle | None = None
        self._timers: dict[str, asyncio.TimerHandle] = {}
        self._slowed_since: float | None = None
        self._heard_at = now
        self._pinged_at: float | None = None
        self.gone: asyncio.Future[int] = self._loop.create_future()
        """Done when nothing more will come: the close code."""
        self.lost: asyncio.Future[None] = self._loop.create_future()
        """Done when the connection is no more."""

    # Peer

    async def receive(self) -> str | bytes:
        while not self._inbox:
            if self.gone.done():
                raise PeerGone(self.gone.result())
            self._waiter = self._loop.create_future()
            try:
                await self._waiter
            finally:
                self._waiter = None
        return self._inbox.get()

    def tell(self, message: Mapping[str, Any]) -> None:
        text = json.dumps(message, separators=(",", ":"), allow_nan=False)
        if not self.gone.done():
            self._outbox.put_text(text)
            self._pump()

    def voice(self, epoch: int, pcm: bytes) -> None:
        if not self.gone.done():
            self._outbox.put_sound(epoch, pcm)
            self._pump()

    def flush(self, epoch: int) -> None:
        self._outbox.flush(epoch)

    async def close(self, code: int = NORMAL, reason: str = "") -> None:
        self.leave(code, reason)
        await asyncio.shield(self.lost)

    # What only the keeper of the socket uses

    @property
    def dropped(self) -> int:
        """Messages of the person's sound that came and were not heard."""
        return self._inbox.dropped

    def leave(self, code: int, reason: str = "", *, hush: bool = False) -> None:
        """Begin to close: what is queued (`hush`: without the sound), then the code. `gone` from now on."""
        if self._leaving is not None or self.gone.done():
            return
        if hush:
            self._outbox.hush()
        self._leaving = (code, reason)
        self._end(code)
        self._after("abort", self.bounds.farewell, self.abort)
        self._pump()

    def abort(self) -> None:
        """End it now. Nothing stays in the kernel either."""
        self._end(ABNORMAL)
        if self._transport is not None:
            with contextlib.suppress(OSError):
                self._sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            self._transport.abort()

    # asyncio's protocol

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast(asyncio.Transport, transport)
        self._transport.set_write_buffer_limits(high=UNSENT_BYTES, low=UNSENT_BYTES // 4)
        if hasattr(socket, "TCP_NOTSENT_LOWAT"):
            with contextlib.suppress(OSError):
                self._sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NOTSENT_LOWAT, UNSENT_BYTES)
        self._after("ping", self.bounds.ping, self._ping)
        if self._early:
            early, self._early = self._early, b""
            self._feed(early)

    def get_buffer(self, sizehint: int) -> bytearray:  # noqa: ARG002 (the name is asyncio's)
        return self._buffer

    def buffer_updated(self, nbytes: int) -> None:
        self._heard_at = self._loop.time()
        if not self._deaf:
            self._feed(bytes(memoryview(self._buffer)[:nbytes]))
            return
        self._ignored += nbytes
        if self._ignored > LONGEST_PICTURE:  # what was under way when we closed is less than that
            self.abort()

    def eof_received(self) -> None:
        self._end(ABNORMAL)
        self._after("abort", self.bounds.farewell, self.abort)  # it may have stopped reading as well

    def pause_writing(self) -> None:
        self._stuck = self._loop.call_later(self.bounds.stuck, self._run, self._too_slow)

    def resume_writing(self) -> None:
        if self._stuck is not None:
            self._stuck.cancel()
            self._stuck = None
        self._pump()

    def connection_lost(self, error: Exception | None) -> None:  # noqa: ARG002 (why does not matter)
        self._end(ABNORMAL)
        # Closing our copy says nothing to the peer: the server holds another one until its thread is free.
        with contextlib.suppress(OSError):
            self._sock.shutdown(socket.SHUT_RDWR)
        self._transport = None
        for timer in (*self._timers.values(), *([self._stuck] if self._stuck else [])):
            timer.cancel()
        self._timers.clear()
        self._stuck = None
        self._outbox.clear()
        self._frames.clear()
        if not self.lost.done():
            self.lost.set_result(None)

    # Reading

    def _feed(self, data: bytes) -> None:
        self._frames.feed(data)
        self._read(self._bytes.spend(len(data), self._heard_at))

    def _read(self, wait: float = 0.0) -> None:
        """Handle what has been received, a turn's worth; then go on after the others, or after a while."""
        now = self._loop.time()
        handled = 0
        try:
            while handled < TURN and not self._deaf and (whole := self._frames.take()) is not None:
                handled += 1
                self._take(whole)
        except Breach as breach:
            self._refuse(breach.code)
        except Exception:  # no frame, however strange, may leave the call without an end
            self._refuse(PROTOCOL_ERROR)
        wait = max(wait, self._messages.spend(handled, now)) if handled else wait
        if self._transport is None or self._deaf:
            return
        if not wait and handled < TURN:
            self._slowed_since = None
        elif self._slowed_since is None:
            self._slowed_since = now
        elif now - self._slowed_since > self.bounds.flood:
            # What lies in the kernel already would take minutes, and hide that the peer has long gone.
            self._refuse(POLICY)
            return
        if wait or handled == TURN:
            self._transport.pause_reading()
            self._after("read", wait, self._read_on)

    def _read_on(self) -> None:
        if self._transport is not None:
            self._transport.resume_reading()
            self._read()

    def _take(self, whole: str | bytes | Control) -> None:
        if not isinstance(whole, Control):
            if self._leaving is None:
                self._deliver(whole)
        elif whole.kind == frames.PING:
            self._pong = whole.payload  # only the last one needs an answer, if several came
            self._pump()
        elif whole.kind == frames.CLOSE:
            self._closed(whole.payload)
        # Whatever else comes is a sign of life, and no more.

    def _deliver(self, message: str | bytes) -> None:
        if isinstance(message, str):
            if self._control.spend(1, self._heard_at):
                self._refuse(POLICY)
                return
            if not self._greeted:
                self._greeted = True
                with contextlib.suppress(wire.WireError):
                    hello = wire.parse(message)
                    if isinstance(hello, wire.Hello):
                        self._inbox.most_sound = int(self.bounds.unread_seconds * hello.bytes_per_second)
        try:
            self._inbox.put(message)
        except Flood:
            self._refuse(POLICY)
            return
        self._wake()

    def _closed(self, payload: bytes) -> None:
        code = frames.code_of(payload)
        if not self._parted:  # else it is the answer to ours
            self._end(code)
            self._outbox.clear()
            self._part(frames.pack(frames.CLOSE, payload))
        self._hang_up()

    # Writing: only here, only whole messages, only from the loop

    def _pump(self) -> None:
        if self._stuck is not None:
            if self._outbox.size > self.bounds.unsent_bytes:
                self._too_slow()
            return
        if self._transport is None or self._parted:
            return
        if self._pong is not None:
            payload, self._pong = self._pong, None
            self._write(frames.pack(frames.PONG, payload))
        while self._outbox and self._stuck is None:
            item = self._outbox.get()
            self._write(
                frames.pack(frames.TEXT, item.encode()) if isinstance(item, str) else frames.pack(frames.BINARY, item)
            )
        if self._leaving is not None and self._stuck is None:
            self._part(frames.goodbye(*self._leaving))
            if self._deaf and not self._transport.is_closing():
                try:
                    self._transport.write_eof()
                except OSError:  # it is gone already, which nobody has noticed yet
                    self.abort()

    def _part(self, goodbye: bytes) -> None:
        self._parted = True
        self._write(goodbye)

    def _write(self, data: bytes) -> None:
        if self._transport is not None and not self._transport.is_closing():
            self._transport.write(data)

    # Ending

    def _end(self, code: int) -> None:
        if not self.gone.done():
            self.gone.set_result(code)
            self._wake()

    def _wake(self) -> None:
        if self._waiter is not None and not self._waiter.done():
            self._waiter.set_result(None)

    def _refuse(self, code: int) -> None:
        """Close at once, with nothing before the code, and listen to nothing more: not even a goodbye can be told from
        the rest. The peer sees the end of our side, and that ends its own."""
        self._deaf = True
        self._inbox.clear()
        self._outbox.clear()
        self._frames.clear()
        self.leave(code)

    def _too_slow(self) -> None:
        self._refuse(POLICY)

    def _hang_up(self) -> None:
        self._deaf = True
        if self._transport is not None:
            self._transport.close()
            self._after("abort", self.bounds.farewell, self.abort)  # closing waits for what was not sent yet

    def _ping(self) -> None:
        if self._pinged_at is not None and self._heard_at < self._pinged_at:
            self.abort()
            return
        if not self._parted and self._stuck is None:
            self._write(frames.pack(frames.PING, b""))
        self._pinged_at = self._loop.time()
        self._after("ping", self.bounds.ping, self._ping)

    def _after(self, name: str, seconds: float, what: Callable[[], None]) -> None:
        old = self._timers.get(name)
        if old is not None and name == "abort":
            return  # the first goodbye counts
        if old is not None:
            old.cancel()
        self._timers[name] = self._loop.call_later(seconds, self._run, what)

    def _run(self, what: Callable[[], None]) -> None:
        try:
            what()
        except Exception as error:  # asyncio would log it and leave the call hanging
            log.error("a line broke: %s", type(error).__name__)
            self.abort()


def _limit(kind: int, first: int) -> int:
    """Bytes of a message of this kind that begins with this one."""
    return LONGEST_PICTURE if kind == frames.BINARY and first in wire.PICTURES else LONGEST_MESSAGE
