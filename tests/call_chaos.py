"""A real server that is killed while somebody is in a call; shared by the tests and the long run.

Whoever calls keeps a diary of what was told to be saved, with its words; after each kill the diary is held against the
rows, and the rows against what the next process says.
"""

import asyncio
import random
import signal
import time
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

from interview_coach.db import sqlite_module
from tests.call_vendors import SPEECH_SECONDS, CallServer, SpeechVendor, Vendor
from tests.caller import Caller, Rows, rows
from tests.fakes import sounds
from tests.patience import PATIENCE

RESUME_SECONDS = 10.0
MOMENTS = ("opening", "speech", "between", "interviewer", "closing")
"""Before the first question; while the person speaks; after that; while the interviewer speaks; at the last words."""


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
        self.lasts: dict[str, float] = {}
        """Seconds that a moment was seen to last when it was over before the kill."""

    def _due(self, moment: str) -> bool:
        """The deck says which moment comes next; every other chance of it is passed over, so that no question is
        always the one."""
        return (
            bool(self.deck) and self.deck[0] == moment and (moment in {"opening", "closing"} or self.rng.random() < 0.5)
        )

    async def _maybe(self, moment: str, caller: Caller, longest: float) -> bool:
        if not self._due(moment):
            return False
        began = time.monotonic()
        drawn = self.rng.uniform(0.0, min(longest, self.lasts.get(moment, longest)))  # the random moment is the point
        if await caller.is_closed_within(drawn):
            self.lasts[moment] = time.monotonic() - began
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
        caller = Caller(self.server.port, interview_id, self.server.vendor)
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
    caller.answered = set(kept.answers)
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
    greetings = caller.vendor.greetings
    repeated = sum(text in words for number, words in kept.questions.items() if number > 1 for text in greetings)
    outcome.second_greetings += max(0, len(caller.greetings) - 1) + repeated
    outcome.acknowledged += len(caller.diary)
    outcome.faults += [f"{caller.interview_id}: {fault}" for fault in caller.faults]


@dataclass
class Running:
    """Figures of kills in the middle of speech without a pause."""

    lost: list[float] = field(default_factory=list)
    """Seconds of speech at the end whose words were in no draft."""
    kept: list[str] = field(default_factory=list)
    """The drafts."""
    faults: list[str] = field(default_factory=list)


def running(folder: Path, vendor: SpeechVendor, *, kills: int, seed: int = 1, once_known: bool = False) -> Running:
    """Kill the server while somebody speaks, as fast as people do; the vendor tells how much of it was heard. After 5
    to 9 seconds, or `once_known` as soon as there is a draft."""
    rng = random.Random(seed)
    outcome = Running()
    data_dir = folder / "data"
    data_dir.mkdir(parents=True)
    with vendor:
        server = CallServer(data_dir, vendor)
        server.start()
        try:
            for who in range(kills):
                asyncio.run(_cut_short(server, who, None if once_known else rng.uniform(5.0, 9.0), outcome))
        finally:
            server.kill()
    return outcome


async def _cut_short(server: CallServer, who: int, seconds: float | None, outcome: Running) -> None:
    interview_id = await asyncio.to_thread(server.interview, who, 2)
    caller = Caller(server.port, interview_id, server.vendor)
    await caller.dial()
    await caller.until(lambda: caller.open is not None and caller.state == "listening", "being listened to")
    speaking = asyncio.create_task(caller.speak(sounds.voice(seconds or PATIENCE, seed=who)))
    while not speaking.done() and (seconds is not None or not rows(server.data_dir, interview_id).draft):
        await asyncio.wait([speaking], timeout=0.05)
    await asyncio.to_thread(server.kill)
    await asyncio.gather(caller.lost(), speaking)
    kept = rows(server.data_dir, interview_id)
    assert isinstance(server.vendor, SpeechVendor)
    outcome.kept.append(kept.draft)
    if seconds is not None:
        outcome.lost.append(seconds - len(kept.draft.split()) / server.vendor.running)
    await asyncio.to_thread(server.start)
    await caller.dial()
    await caller.until(lambda: caller.has("state"), "the state of the call")
    shown = [str(message["text"]) for message in caller.told if message["type"] == "heard"]
    if shown[:1] != ([kept.draft] if kept.draft else []):
        outcome.faults.append(f"{interview_id}: the draft {kept.draft!r} was shown as {shown}")
    await caller.hang_up()


def _integrity(data_dir: Path, outcome: Outcome) -> None:
    with closing(sqlite_module().connect(str(data_dir / "coach.db"))) as connection:
        found = connection.execute("PRAGMA integrity_check").fetchone()[0]
    if found != "ok":
        outcome.faults.append(f"integrity: {found}")


def run(folder: Path, vendor: Vendor, *, kills: int, questions: int = 8, seed: int = 1) -> Outcome:
    """Kill the server `kills` times, at each of the `MOMENTS` equally often, while one interview after the other is
    spoken; the last one is spoken to its end."""
    rng = random.Random(seed)
    outcome = Outcome()
    deck = [MOMENTS[at % len(MOMENTS)] for at in range(kills)]
    rng.shuffle(deck)
    data_dir = folder / "data"
    data_dir.mkdir(parents=True)
    with vendor:
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


def terminate(folder: Path, vendor: Vendor, *, calls: int, questions: int = 8, seed: int = 1) -> Outcome:
    """SIGTERM while so many are on the line, each at another moment of the conversation; then the next process."""
    rng = random.Random(seed)
    outcome = Outcome(interviews=calls)
    data_dir = folder / "data"
    data_dir.mkdir(parents=True)
    with vendor:
        server = CallServer(data_dir, vendor, calls=calls)
        server.start()
        try:
            asyncio.run(_terminate(server, calls, questions, rng, outcome))
        finally:
            server.kill()
    _integrity(data_dir, outcome)
    return outcome


async def _terminate(server: CallServer, calls: int, questions: int, rng: random.Random, outcome: Outcome) -> None:
    callers = [
        Caller(server.port, await asyncio.to_thread(server.interview, who, questions), server.vendor)
        for who in range(calls)
    ]

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
