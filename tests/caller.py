"""Somebody in a call who keeps a diary of what was shown as saved, and what the database has of it."""

import asyncio
import json
import time
from collections.abc import Callable
from contextlib import closing, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, InvalidHandshake, InvalidStatus

from interview_coach.db import sqlite_module
from tests.call_vendors import Vendor
from tests.fakes.peer import control, hello, sound
from tests.patience import PATIENCE

PIECE = 640


@dataclass
class Rows:
    """What is committed of one interview."""

    questions: dict[int, str]
    answers: dict[int, str]
    complete: bool
    spoken: int
    """Lines that are on record."""
    draft: str
    """What was being said to the open question."""

    @property
    def open(self) -> int | None:
        return next((number for number in sorted(self.questions) if number not in self.answers), None)


def rows(data_dir: Path, interview_id: str) -> Rows:
    with closing(sqlite_module().connect(str(data_dir / "coach.db"))) as connection:

        def told(query: str) -> list[Any]:
            return list(connection.execute(query, (interview_id,)))

        return Rows(
            questions=dict(told("SELECT number, text FROM questions WHERE interview_id = ?")),
            answers=dict(told("SELECT number, text FROM answers WHERE interview_id = ?")),
            complete=told("SELECT completed_at IS NOT NULL FROM interviews WHERE id = ?")[0][0] == 1,
            spoken=told("SELECT count(*) FROM utterances WHERE interview_id = ?")[0][0],
            draft=next(iter(told("SELECT text FROM drafts WHERE interview_id = ?")), ("",))[0],
        )


@dataclass
class Caller:
    """Somebody in a call with a browser, who comes back after a kill. Speaks when a question waits for an answer."""

    port: int
    interview_id: str
    vendor: Vendor
    diary: dict[tuple[str, int], str] = field(default_factory=dict)
    """(speaker, number) -> the words that were shown as saved."""
    faults: list[str] = field(default_factory=list)
    greetings: list[str] = field(default_factory=list)
    """One for each connection on which the greeting was heard."""
    answered: set[int] = field(default_factory=set)
    """Questions whose answers were found in the rows when the line was cut: it may have been before we were told."""
    told: list[dict[str, Any]] = field(default_factory=list)
    """Of this connection."""
    closed: int | None = None
    _last: dict[tuple[str, int], str] = field(default_factory=dict)
    _pending: set[int] = field(default_factory=set)
    _ws: ClientConnection | None = None
    _changed: asyncio.Event = field(default_factory=asyncio.Event)
    _reading: "asyncio.Task[None] | None" = None

    async def dial(self) -> bool:
        """False: the interview is complete. Goes on trying while nobody answers."""
        origin = f"http://127.0.0.1:{self.port}"
        deadline = time.monotonic() + PATIENCE
        while True:
            try:
                self._ws = await connect(
                    f"ws://127.0.0.1:{self.port}/interviews/{self.interview_id}/live",
                    origin=origin,  # type: ignore[arg-type]
                    compression=None,
                    ping_interval=None,
                    close_timeout=1,
                )
                break
            except InvalidStatus as error:
                if error.response.status_code == 409:
                    return False
                if error.response.status_code != 503 or time.monotonic() > deadline:
                    raise
            except (OSError, InvalidHandshake, EOFError):
                if time.monotonic() > deadline:
                    raise
            await asyncio.sleep(0.05)  # as a page does that dials again; bounded by the deadline
        self.told, self.closed, self._last, self._pending = [], None, {}, set()
        self._changed = asyncio.Event()
        await self._send(hello(thinking_seconds=0.5))
        self._reading = asyncio.create_task(self._read(self._ws))
        return True

    async def _send(self, message: str | bytes) -> None:
        assert self._ws is not None
        with suppress(ConnectionClosed):
            await self._ws.send(message)

    async def _read(self, ws: ClientConnection) -> None:
        played: dict[int, float] = {}
        greeted = False
        try:
            async for message in ws:
                if isinstance(message, bytes):
                    epoch = int.from_bytes(message[2:4], "little")
                    played[epoch] = played.get(epoch, 0.0) + (len(message) - 4) / 48
                    await self._send(control("played", epoch=epoch, ms=played[epoch]))
                    continue
                found = json.loads(message)
                self.told.append(found)
                # A last caption without one before it shows a question that was asked earlier; nothing is spoken.
                if found["type"] == "said" and not found["final"] and not greeted and self._greets(found["text"]):
                    greeted = True
                    self.greetings.append(found["text"])
                self._note(found)
                self._changed.set()
        except ConnectionClosed:
            pass
        self.closed = ws.close_code
        self._changed.set()

    def _note(self, message: dict[str, Any]) -> None:
        number = message.get("number")
        match message:
            case {"type": "said" | "heard" as kind, "final": True, "text": text}:
                who = "interviewer" if kind == "said" else "person"
                self._last[who, number] = text = self._without_greeting(text)
                if who == "interviewer" and number in self._pending:
                    self._pending.discard(number)
                    self._save(who, number, text)
            case {"type": "saved", "speaker": who}:
                if (who, number) in self._last:
                    self._save(who, number, self._last[who, number])
                elif who == "interviewer":
                    self._pending.add(number)  # its last caption comes behind it
                else:
                    self.faults.append(f"answer {number} was shown as saved without its words")
            case {"type": "error"}:
                self.faults.append(f"told: {message['code']} {message['message']}")

    def _greets(self, text: str) -> bool:
        """From the fourth word on: so much counts as heard."""
        return any(" ".join(greeting.split()[:4]) in text for greeting in self.vendor.greetings)

    def _without_greeting(self, text: str) -> str:
        if self.vendor.greets_apart:
            for greeting in self.vendor.greetings:
                text = text.removeprefix(greeting).strip()
        return text

    def _save(self, who: str, number: int, text: str) -> None:
        known = self.diary.setdefault((who, number), text)
        if known != text:
            self.faults.append(f"{who} {number} was saved with other words than before: {known!r}, {text!r}")

    async def until(self, is_so: Callable[[], object], what: str, seconds: float = PATIENCE) -> None:
        """Raises ConnectionError when the line is dead, AssertionError when it does not happen."""
        try:
            async with asyncio.timeout(seconds):
                while not is_so():
                    if self.closed is not None:
                        raise ConnectionError(what)
                    self._changed.clear()
                    await self._changed.wait()
        except TimeoutError:
            last = [message for message in self.told[-6:] if message["type"] != "progress"]
            raise AssertionError(f"{self.interview_id}: {what} did not come; last told: {last}") from None

    async def is_closed_within(self, seconds: float) -> bool:
        """True as soon as the line is dead."""
        with suppress(AssertionError):
            await self.until(lambda: self.closed is not None, "the end", seconds)
        return self.closed is not None

    def has(self, kind: str) -> bool:
        return any(message["type"] == kind for message in self.told)

    @property
    def ready(self) -> dict[str, Any]:
        return next(message for message in self.told if message["type"] == "ready")

    @property
    def open(self) -> int | None:
        """The question that waits for an answer, as far as this page knows."""
        newest = max((number for who, number in self.diary if who == "interviewer"), default=None)
        known = newest is None or newest in self.answered or ("person", newest) in self.diary
        return None if known else newest

    @property
    def state(self) -> str:
        return next((str(found["state"]) for found in reversed(self.told) if found["type"] == "state"), "")

    async def say(self) -> None:
        """Speech and the silence after it, five times as fast as it sounds."""
        pcm = self.vendor.speech()
        for at in range(0, len(pcm), PIECE):
            if self.closed is not None:
                return
            await self._send(sound(pcm[at : at + PIECE]))
            await asyncio.sleep(0.004)  # the pace of a microphone

    async def speak(self, pcm: bytes) -> None:
        """This sound, as fast as it sounds."""
        began = time.monotonic()
        for at in range(0, len(pcm), PIECE):
            if self.closed is not None:
                return
            await self._send(sound(pcm[at : at + PIECE]))
            await asyncio.sleep(max(0.0, began + at / 32_000 - time.monotonic()))

    async def hang_up(self) -> None:
        if self._ws is not None:
            await self._ws.close()
        if self._reading is not None:
            await self._reading

    async def lost(self) -> None:
        """Until this end has seen that the other is gone."""
        assert self._reading is not None
        await asyncio.wait_for(self._reading, PATIENCE)
