"""A real server that is killed while somebody is in a call; shared by the tests and the long run.

The vendor is a stand-in that speaks Gemini's live wire. Whoever calls keeps a diary of what was told to be saved, with
its words; after each kill the diary is held against the rows, and the rows against what the next process says.
"""

import asyncio
import json
import random
import signal
import time
from collections.abc import Callable
from contextlib import closing, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, InvalidHandshake, InvalidStatus

from interview_coach.db import sqlite_module
from tests.chaos import CV, JOB, Server, call
from tests.fakes.gemini_live_script import Script, Turn, Utterance
from tests.fakes.gemini_live_server import FakeGeminiLive, Talk, speech
from tests.fakes.peer import control, hello, sound
from tests.patience import PATIENCE

RESUME_SECONDS = 10.0
MOMENTS = ("opening", "speech", "between", "interviewer", "closing")
"""Before the first question; while the person speaks; after that; while the interviewer speaks; at the last words."""
GREETING = "Good morning, I am the interviewer of this stand-in."
PIECE = 640
SPEECH_SECONDS = 0.8


class _Endless(list[Any]):
    """Items that are made when they are asked for."""

    def __init__(self, make: Callable[[int], Any]) -> None:
        super().__init__()
        self._make = make

    def __len__(self) -> int:
        return 1_000_000

    def __getitem__(self, at: Any) -> Any:
        return self._make(at)

    def __setitem__(self, at: Any, item: Any) -> None:
        """Nothing is kept: what is said anew is worded anew."""


class Vendor(FakeGeminiLive):
    """Never says the same question twice, takes no utterance for another, and greets whoever is new to it."""

    def __init__(self, *, seconds: float = 0.6) -> None:
        self.questions = self.utterances = 0
        self._seconds = seconds
        script = Script(speed=4.0, playback=1.0)
        script.turns = _Endless(self._question)
        script.heard = _Endless(self._utterance)
        super().__init__(script, each=True)

    def _question(self, at: int) -> Turn:
        self.questions += 1
        text = f"What did you do in project number {self.questions} when it went wrong?"
        return Turn(f"{GREETING} {text}" if at == 0 else text, seconds=self._seconds)

    def _utterance(self, _at: int) -> Utterance:
        self.utterances += 1
        return Utterance(f"There I led a team of {self.utterances} people and we cut the waiting time by half.")

    def talk(self) -> Talk:
        """Of a session without a handle. One that is told what was said before does not greet."""
        read = self.sessions[-1].read
        return Talk(turn=int(bool(read.get("historyConfig", {}).get("initialHistoryInClientContent"))))


class CallServer(Server):
    """As `Server`, with Gemini's live voice and so many lines for the one local person."""

    def __init__(self, data_dir: Path, vendor: FakeGeminiLive, *, calls: int = 2) -> None:
        super().__init__(
            data_dir,
            COACH_THINKING_SECONDS="0.5",
            COACH_MOST_CALLS=str(max(20, calls)),
            COACH_MOST_CALLS_PER_PERSON=str(calls),
            COACH_LIMIT_CALLS="",
            GEMINI_API_KEY="a-key-of-nobody-at-all",
            GOOGLE_GEMINI_BASE_URL=vendor.url,
            SSL_CERT_FILE=str(vendor.cafile),
        )

    def interview(self, who: int, questions: int) -> str:
        texts = {"cv_text": CV.format(who=who), "job_text": JOB.format(who=who)}
        status, made = call(self.port, "POST", "/interviews", {**texts, "questions": questions, "provider": "gemini"})
        assert status == 201, (status, made)
        return str(made["id"])


@dataclass
class Rows:
    """What is committed of one interview."""

    questions: dict[int, str]
    answers: dict[int, str]
    complete: bool
    spoken: int
    """Lines that are on record."""

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
        )


@dataclass
class Caller:
    """Somebody in a call with a browser, who comes back after a kill. Speaks when a question waits for an answer."""

    port: int
    interview_id: str
    diary: dict[tuple[str, int], str] = field(default_factory=dict)
    """(speaker, number) -> the words that were shown as saved."""
    faults: list[str] = field(default_factory=list)
    greetings: list[str] = field(default_factory=list)
    """One for each connection on which the greeting was heard."""
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
                if found["type"] == "said" and not found["final"] and GREETING in found["text"] and not greeted:
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
                self._last[who, number] = text
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

    def has(self, kind: str) -> bool:
        return any(message["type"] == kind for message in self.told)

    @property
    def ready(self) -> dict[str, Any]:
        return next(message for message in self.told if message["type"] == "ready")

    @property
    def open(self) -> int | None:
        """The question that waits for an answer, as far as this page knows."""
        asked = [number for who, number in self.diary if who == "interviewer"]
        return next((number for number in sorted(asked) if ("person", number) not in self.diary), None)

    @property
    def state(self) -> str:
        return next((str(found["state"]) for found in reversed(self.told) if found["type"] == "state"), "")

    async def say(self) -> None:
        """Speech and the silence after it, five times as fast as it sounds."""
        pcm = speech(SPEECH_SECONDS, 1.2)
        for at in range(0, len(pcm), PIECE):
            if self.closed is not None:
                return
            await self._send(sound(pcm[at : at + PIECE]))
            await asyncio.sleep(0.004)  # the pace of a microphone

    async def hang_up(self) -> None:
        if self._ws is not None:
            await self._ws.close()
        if self._reading is not None:
            await self._reading

    async def lost(self) -> None:
        """Until this end has seen that the other is gone."""
        assert self._reading is not None
        await asyncio.wait_for(self._reading, PATIENCE)


@dataclass
class Outcome:
    """Figures of one run; `faults` must be empty."""

    kills: dict[str, int] = field(default_factory=dict)
    """Moment -> how often."""
    interviews: int = 0
    acknowledged: int = 0
    """Turns of either side that were told to be saved."""
    resumes: list[float] = field(default_factory=list)
    """Seconds from the signal until the call was picked up again by the next process."""
    second_greetings: int = 0
    exits: list[float] = field(default_factory=list)
    """Seconds from SIGTERM to the end of the process."""
    told: int = 0
    """Calls that were told to reconnect."""
    resumed: int = 0
    faults: list[str] = field(default_factory=list)


class Killer:
    """Runs interviews one after the other until every kill of its deck has happened."""

    def __init__(self, server: CallServer, rng: random.Random, deck: list[str], outcome: Outcome) -> None:
        self.server = server
        self.rng = rng
        self.deck = deck
        self.outcome = outcome

    def _due(self, moment: str) -> bool:
        """The deck says which moment comes next; every other chance of it is passed over, so that no question is
        always the one."""
        return (
            bool(self.deck) and self.deck[0] == moment and (moment in {"opening", "closing"} or self.rng.random() < 0.5)
        )

    async def _maybe(self, moment: str, caller: Caller, longest: float) -> bool:
        if not self._due(moment):
            return False
        await asyncio.sleep(self.rng.uniform(0.0, longest))  # the random moment is the point
        if caller.closed is not None:
            return False
        self.deck.pop(0)
        began = time.monotonic()
        await asyncio.to_thread(self.server.kill)
        self.outcome.kills[moment] = self.outcome.kills.get(moment, 0) + 1
        await caller.lost()
        kept = rows(self.server.data_dir, caller.interview_id)
        compare(caller, kept, f"after a kill ({moment})")
        await asyncio.to_thread(self.server.start)
        await pick_up(caller, kept, began, self.outcome)
        return True

    async def interview(self, who: int, questions: int) -> None:
        interview_id = await asyncio.to_thread(self.server.interview, who, questions)
        caller = Caller(self.server.port, interview_id)
        self.outcome.interviews += 1
        try:
            await caller.dial()
            while await self._step(caller, questions):
                pass
        except (AssertionError, ConnectionError) as error:
            caller.faults.append(f"{type(error).__name__}: {error}")
        await caller.hang_up()
        finish(caller, rows(self.server.data_dir, interview_id), questions, self.outcome)

    async def _step(self, caller: Caller, questions: int) -> bool:
        """One turn of the person, or less if the server dies. False at the end."""
        if caller.closed is not None:  # it was picked up as complete, or has ended
            return False
        if ("interviewer", 1) not in caller.diary and await self._maybe("opening", caller, 0.8):
            return True
        waiting = caller.open
        if waiting is None and ("person", questions) in caller.diary:
            if await self._maybe("closing", caller, 1.0):
                return True
            await caller.until(lambda: caller.has("ended"), "the end")
            await caller.lost()
            return False
        if waiting is None:
            await caller.until(lambda: caller.open is not None, "a question")
            return True
        if caller.state != "listening":
            await caller.until(lambda: caller.state == "listening", "being listened to")
        speaking = asyncio.create_task(caller.say())
        try:
            if await self._maybe("speech", caller, SPEECH_SECONDS / 5):
                return True
            await speaking
            if await self._maybe("between", caller, 0.3):
                return True
            if waiting < questions:
                before = len(caller.told)
                await caller.until(
                    lambda: (
                        any(message["type"] == "said" for message in caller.told[before:]) or caller.open != waiting
                    ),
                    "a reply",
                )
                if await self._maybe("interviewer", caller, 0.7):
                    return True
            await caller.until(lambda: ("person", waiting) in caller.diary, f"answer {waiting} saved")
        finally:
            await speaking
        return True


def compare(caller: Caller, kept: Rows, when: str) -> None:
    """Whatever was shown as saved is there, with the same words."""
    for (speaker, number), text in caller.diary.items():
        found = (kept.questions if speaker == "interviewer" else kept.answers).get(number)
        if found != text:
            caller.faults.append(f"{when}: {speaker} {number} was saved as {text!r} and is {found!r}")
    if sorted(kept.questions) != list(range(1, len(kept.questions) + 1)):
        caller.faults.append(f"{when}: questions {sorted(kept.questions)}")


async def pick_up(caller: Caller, kept: Rows, since: float, outcome: Outcome) -> None:
    """Dial again, and hold what the next process says against the rows that the last one left."""
    if not await caller.dial():
        caller.closed = caller.closed or 1000
        outcome.resumes.append(time.monotonic() - since)
        if not kept.complete:
            caller.faults.append("picked up as complete, but it was not")
        return
    await caller.until(lambda: caller.has("ready"), "ready")
    if kept.open is not None:
        await caller.until(lambda: caller.has("said"), "the open question")
    outcome.resumes.append(time.monotonic() - since)
    ready = caller.ready
    shown = next((message for message in caller.told if message["type"] == "said"), None)
    expected = (len(kept.questions), len(kept.answers), bool(kept.spoken))
    found = (ready["question_count"], ready["answered_count"], ready["resumed"])
    if found != expected:
        caller.faults.append(f"resumed at {found} instead of {expected}")
    if kept.open is not None and (
        shown is None or (shown["number"], shown["text"]) != (kept.open, kept.questions[kept.open])
    ):
        caller.faults.append(f"resumed with {shown} instead of question {kept.open}")


def finish(caller: Caller, kept: Rows, questions: int, outcome: Outcome) -> None:
    compare(caller, kept, "at the end")
    if not kept.complete or len(kept.questions) != questions or len(kept.answers) != questions:
        caller.faults.append(
            f"ended with {len(kept.questions)} questions and {len(kept.answers)} answers of {questions}, "
            f"{'complete' if kept.complete else 'not complete'}"
        )
    repeated = sum(GREETING in text for number, text in kept.questions.items() if number > 1)
    outcome.second_greetings += max(0, len(caller.greetings) - 1) + repeated
    outcome.acknowledged += len(caller.diary)
    outcome.faults += [f"{caller.interview_id}: {fault}" for fault in caller.faults]


def _integrity(data_dir: Path, outcome: Outcome) -> None:
    with closing(sqlite_module().connect(str(data_dir / "coach.db"))) as connection:
        found = connection.execute("PRAGMA integrity_check").fetchone()[0]
    if found != "ok":
        outcome.faults.append(f"integrity: {found}")


def run(folder: Path, *, kills: int, questions: int = 8, seed: int = 1) -> Outcome:
    """Kill the server `kills` times, at each of the `MOMENTS` equally often, while one interview after the other is
    spoken; the last one is spoken to its end."""
    rng = random.Random(seed)
    outcome = Outcome()
    deck = [MOMENTS[at % len(MOMENTS)] for at in range(kills)]
    rng.shuffle(deck)
    data_dir = folder / "data"
    data_dir.mkdir(parents=True)
    with Vendor() as vendor:
        server = CallServer(data_dir, vendor)
        server.start()
        killer = Killer(server, rng, deck, outcome)

        async def interviews() -> None:
            while deck:
                await killer.interview(outcome.interviews, questions)
                if outcome.interviews > 2 * kills + 3:
                    outcome.faults.append(f"the moments {deck} never came")
                    return

        try:
            asyncio.run(interviews())
        finally:
            server.kill()
    _integrity(data_dir, outcome)
    return outcome


def terminate(folder: Path, *, calls: int, questions: int = 8, seed: int = 1) -> Outcome:
    """SIGTERM while so many are on the line, each at another moment of the conversation; then the next process."""
    rng = random.Random(seed)
    outcome = Outcome(interviews=calls)
    data_dir = folder / "data"
    data_dir.mkdir(parents=True)
    with Vendor() as vendor:
        server = CallServer(data_dir, vendor, calls=calls)
        server.start()
        try:
            asyncio.run(_terminate(server, calls, questions, rng, outcome))
        finally:
            server.kill()
    _integrity(data_dir, outcome)
    return outcome


async def _terminate(server: CallServer, calls: int, questions: int, rng: random.Random, outcome: Outcome) -> None:
    callers = [Caller(server.port, await asyncio.to_thread(server.interview, who, questions)) for who in range(calls)]

    async def talk(caller: Caller, turns: int, delay: float) -> None:
        await caller.dial()
        await caller.until(lambda: caller.open is not None, "a question")
        for _ in range(turns):
            await caller.until(lambda: caller.open is not None and caller.state == "listening", "being listened to")
            following = ("interviewer", (caller.open or 0) + 1)
            await caller.say()
            await caller.until(lambda following=following: following in caller.diary, "the next question")  # type: ignore[misc]
        await asyncio.sleep(delay)

    async def babble(caller: Caller) -> None:
        await caller.say()

    turns = [rng.randrange(3) for _ in callers]
    await asyncio.gather(*(talk(*each, rng.uniform(0, 0.3)) for each in zip(callers, turns, strict=True)))
    speaking = [asyncio.create_task(babble(caller)) for caller in callers if rng.random() < 0.5]
    await asyncio.sleep(rng.uniform(0.0, 0.5))  # some are speaking, some are being answered, some think
    began = time.monotonic()
    assert server.process is not None
    server.process.send_signal(signal.SIGTERM)
    await asyncio.gather(*(caller.lost() for caller in callers), *speaking)
    code = await asyncio.to_thread(server.process.wait, PATIENCE)
    outcome.exits.append(time.monotonic() - began)
    if code != 0:
        outcome.faults.append(f"the process ended with {code}")
    kept = {caller.interview_id: rows(server.data_dir, caller.interview_id) for caller in callers}
    for caller in callers:
        goodbye = {"type": "state", "state": "reconnecting"}
        outcome.told += goodbye in caller.told and caller.closed == 1012
        compare(caller, kept[caller.interview_id], "after SIGTERM")
    await asyncio.to_thread(server.start)

    async def back(caller: Caller) -> None:
        await pick_up(caller, kept[caller.interview_id], began, outcome)
        outcome.resumed += 1
        await caller.until(lambda: caller.open is not None and caller.state == "listening", "being listened to")
        number = caller.open
        assert number is not None
        await caller.say()
        await caller.until(lambda: ("person", number) in caller.diary, f"answer {number} saved")

    for caller, done in zip(callers, await asyncio.gather(*map(back, callers), return_exceptions=True), strict=True):
        if isinstance(done, BaseException):
            caller.faults.append(f"{type(done).__name__}: {done}")
        await caller.hang_up()
        compare(caller, rows(server.data_dir, caller.interview_id), "after coming back")
        outcome.second_greetings += max(0, len(caller.greetings) - 1)
        outcome.acknowledged += len(caller.diary)
        outcome.faults += [f"{caller.interview_id}: {fault}" for fault in caller.faults]
