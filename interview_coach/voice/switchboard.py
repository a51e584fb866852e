"""Who is on the line in this process: how many calls at the same time, how many of one person, and one per interview.

A new call of the same interview takes the place of the old one. Otherwise somebody whose connection dropped could not
come back before the dead socket is found out, and two tabs would both be answering the same question.
"""

import asyncio
import contextlib
import threading
from concurrent.futures import Future, InvalidStateError

from interview_coach.voice.peer import Peer, PeerGone

MOVED = 4001
"""Close code: this interview goes on elsewhere. A page must not reconnect on its own."""
MOVED_MESSAGE = {
    "type": "error",
    "code": "CALL_MOVED",
    "message": "This interview goes on in another window, so the call here has ended. Nothing is lost.",
    "retry_after": None,
}
HANDOVER_SECONDS = 15.0
"""For the old call to store what it has, before the new one begins in any case."""


class Busy(Exception):
    """No line is free: in the whole installation, or (`own`) for this person."""

    def __init__(self, *, own: bool) -> None:
        super().__init__("own" if own else "all")
        self.own = own


class Seat:
    """A place on the switchboard, from before the handshake until the call has ended."""

    def __init__(self, owner: str, interview_id: str, previous: "Seat | None") -> None:
        self.owner = owner
        self.interview_id = interview_id
        self.is_superseded = False
        self.ended: Future[None] = Future()
        """Done when the call has stored what it had to store."""
        self._previous = previous
        self._peer: Peer | None = None
        self._closing: asyncio.Future[None] | None = None

    async def take(self, peer: Peer) -> None:
        """Begin, after the call before has made way. Raises PeerGone when a still newer one has come meanwhile."""
        self._peer = peer
        previous, self._previous = self._previous, None
        if previous is not None:
            await previous._make_way()
        if self.is_superseded:
            await peer.close(MOVED)
            raise PeerGone(MOVED)

    async def _make_way(self) -> None:
        self.is_superseded = True
        if self._peer is not None:
            self._peer.tell(MOVED_MESSAGE)
            self._closing = asyncio.ensure_future(self._peer.close(MOVED))  # a dead peer's goodbye takes its time
        await asyncio.wait((asyncio.wrap_future(self.ended),), timeout=HANDOVER_SECONDS)

    def end(self) -> None:
        """The call has ended; whoever waits for its place goes on. May be said twice."""
        with contextlib.suppress(InvalidStateError):
            self.ended.set_result(None)


class Switchboard:
    """Used by the server's threads."""

    def __init__(self, most: int, per_person: int) -> None:
        self._most = most
        self._per_person = per_person
        self._seats: list[Seat] = []
        self._lock = threading.Lock()

    def __len__(self) -> int:
        return len(self._seats)

    def enter(self, owner: str, interview_id: str) -> Seat:
        """A seat, to be given back with `leave`. Raises Busy."""
        with self._lock:
            same = [seat for seat in self._seats if (seat.owner, seat.interview_id) == (owner, interview_id)]
            others = [seat for seat in self._seats if seat not in same]
            if len({(seat.owner, seat.interview_id) for seat in others if seat.owner == owner}) >= self._per_person:
                raise Busy(own=True)
            if len(others) >= self._most:
                raise Busy(own=False)
            seat = Seat(owner, interview_id, same[-1] if same else None)
            self._seats.append(seat)
            return seat

    def leave(self, seat: Seat) -> None:
        """The thread of the call is free again."""
        with self._lock:
            self._seats.remove(seat)
        seat.end()
