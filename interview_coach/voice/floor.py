"""Whose turn it is to speak in a conversation with a vendor, and what to do when nobody does.

Known faults of such services, each with its way out:
- Nothing, or a turn without a word, where an answer is owed: ask once to go on; after that the connection is no good.
- No end of a turn: it ends a while after its sound.
- An interruption by nobody: it is not passed on, and the interviewer is asked to finish the sentence.
- Speech that the vendor gives no sign of having heard: the connection is no good.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from interview_coach.providers.base import (
    Frame,
    Heard,
    Interrupted,
    LiveEvent,
    Message,
    Said,
    TurnEnded,
    Unavailable,
    Voiced,
)
from interview_coach.voice.unanswered import Unanswered

ANSWER = 8.0
"""Seconds of silence on both sides before an answer that is owed is asked for."""
NOISY = 120.0
"""The same where the microphone never falls silent."""
TAIL = 5.0
"""Seconds after the end of the interviewer's sound in which the end of the turn must come."""
UNHEARD = 15.0
"""Seconds after which speech without any sign from the vendor means that the line is dead."""
SPEECH = 1.0
"""Seconds of sound that are speech and not a cough."""
SHORT = 1.0
"""Seconds of sound that are no reason to keep back words that were heard before."""
RECENT = 3.0
"""Seconds in which something the person did explains an interruption."""
GO_ON = "Please go on."
FINISH = "You were cut off. Go on exactly where you stopped, without repeating anything."
WAITING = "NEED_MORE_INPUT"
"""The reason of an empty turn that is meant: the vendor waits for the person to go on."""
_COMPLETE = re.compile(r"[.?!…。！？][\"'”’»)\]]*\s*$")


@dataclass(slots=True)
class _Turn:
    """The interviewer's turn that is under way."""

    began: float = 0.0
    latest: float = 0.0
    sound: float = 0.0
    text: str = ""
    open: bool = False
    phantom: bool = False
    joins: bool = False
    """The next words go on with a sentence that was cut."""


class Floor:
    """Times are of a monotonic clock, in seconds. `say` gets what is to be told to the vendor in our name."""

    def __init__(self, say: Callable[[str], None], *, hands_free: bool, barge_in: bool) -> None:
        self._say = say
        self._hands_free = hands_free
        self._barge_in = barge_in
        self._person = Unanswered()
        self._turn = _Turn()
        self._owed_at: float | None = None
        """Since when the interviewer is expected to say something."""
        self._asked = False
        """It has been asked to go on."""
        self._told_at = self._ended_at = self._sign_at = float("-inf")
        self._replayed = False
        self.stale = False
        """Something was said that a handle does not know."""
        self.spoke = False
        """The interviewer has said something on this connection."""
        self.completed = False
        """It has said something to the end, or nothing was to be said, for long enough: this connection works."""

    # The person

    def heard(self, frame: Frame, now: float) -> None:
        """A piece of the microphone."""
        self._person.heard(frame, now)

    def told(self, text: str, now: float) -> None:
        """The person has typed something."""
        self._person.told = f"{self._person.told} {text}" if self._person.told else text
        self._told_at = now
        self._expect(now)

    def ended(self, now: float) -> None:
        """The person has said that the turn is over."""
        if self._person.speech:
            self._person.ended = True
            self._expect(now)

    def wait(self, seconds: float, now: float) -> None:
        """The person wants to think: an answer that is owed is not asked for before so many seconds have passed."""
        if self._owed_at is not None:
            self._owed_at = now + seconds

    # The vendor

    def take(self, event: LiveEvent, now: float) -> Iterator[LiveEvent]:
        """What of this is to be passed on. Raises Unavailable when the connection is to be given up."""
        if isinstance(event, Heard | Said | Voiced | Interrupted | TurnEnded):
            self._sign_at, self._replayed = now, False
        match event:
            case Heard(text):
                if text.strip():
                    self._person.transcribed(text)
                    if not self._turn.open:
                        self._expect(now)
                yield event
            case Said(text):
                self._content(now)
                if self._turn.joins and text[:1].strip() and not self._turn.text.endswith((" ", "-")):
                    event = Said(f" {text}")
                self._turn.joins = False
                self._turn.text += event.text
                yield event
            case Voiced(frame):
                self._content(now)
                self._turn.sound += frame.seconds
                yield event
            case Interrupted():
                if self._by_the_person(now):
                    yield event
                else:
                    self._turn.phantom = True
            case TurnEnded(reason):
                yield from self._turn_ended(reason, now)
            case _:
                yield event

    def tick(self, now: float) -> Iterator[LiveEvent]:
        """Call this a few times a second. As `take`."""
        turn, person = self._turn, self._person
        if turn.open:
            if now > max(turn.began + turn.sound, turn.latest) + TAIL:
                yield self._end(None, now)
        elif self._owed_at is not None:
            quiet = now - max(self._owed_at, person.loud_at)
            if quiet <= ANSWER and now - self._owed_at <= NOISY:
                return
            if turn.joins:
                yield self._end(None, now)
            elif self._asked:
                raise Unavailable("The interviewer does not answer.")
            else:
                self._ask(now)
        elif not self._replayed and self._hands_free:
            unheard = person.loud_seconds > SPEECH and self._sign_at < person.first_loud_at
            if unheard and now - person.loud_at > UNHEARD:
                raise Unavailable("The connection has gone silent.")

    def may_leave(self, now: float) -> bool:
        """Nothing is under way that a new connection would not know."""
        if self._turn.open or self._owed_at is not None:
            return False
        speaking = self._person.speech and now - self._person.loud_at < RECENT
        return not speaking and (not self.stale or now - self._ended_at > 1.0)

    def silent_for(self, now: float) -> float | None:
        """Seconds since the microphone was loud; None when it never was."""
        return None if self._person.loud_at == float("-inf") else now - self._person.loud_at

    @property
    def hears(self) -> bool:
        """There is speech that nobody has put into words. Hands-free, a noise is none."""
        return self._person.speech and (not self._hands_free or self._person.loud_seconds > SHORT)

    @property
    def quiet(self) -> bool:
        """Nobody speaks and nobody owes an answer."""
        return not (self._turn.open or self._person.speech or self._owed_at is not None)

    # Connections

    def lost(self, now: float) -> None:
        """What was under way has to come anew."""
        if self._turn.open:
            self._expect(now)
        self._turn = _Turn()

    def opened(self, now: float, *, resumed: bool, history: tuple[Message, ...]) -> "list[Frame | str | None]":
        """What the session that was just opened does not know, in order; None stands for the end of a turn.

        It knows `history`, or what its handle does. Without both it begins by itself.
        """
        person, owed = self._person, self._owed_at is not None
        self._owed_at, self._asked, self.stale, self.spoke, self.completed = None, False, False, False, False
        self._sign_at = now
        if person.speech and person.told is None and (not person.words or person.loud_seconds > SHORT):
            self._replayed = True
            if not person.ended:
                return list(person.frames)
            self._expect(now)
            return [*person.frames, None]
        fresh = not resumed and not history
        known = not resumed and bool(history) and history[-1].role == "user"
        again = person.told or person.words
        if known or (not again and owed and not fresh):
            again = GO_ON
        if again or fresh:
            self._expect(now)
        return [again] if again else []

    # Inside

    def _expect(self, now: float) -> None:
        self._owed_at, self._asked, self.stale = now, False, True

    def _content(self, now: float) -> None:
        if not self._turn.open:
            self._turn.open = True
            self._turn.began = now
            self._person.answering()
        self._turn.latest = now
        self._owed_at, self._asked = None, False
        self.stale = self.spoke = True

    def _by_the_person(self, now: float) -> bool:
        typed = now - self._told_at <= RECENT
        return typed or (self._barge_in and now - self._person.loud_at <= RECENT)

    def _turn_ended(self, reason: str | None, now: float) -> Iterator[LiveEvent]:
        turn = self._turn
        if not turn.open:
            yield from self._nothing_said(reason, now)
        elif turn.phantom and turn.text.strip() and not _COMPLETE.search(turn.text):
            self._turn = _Turn(text=turn.text, joins=True)
            self._expect(now)
            self._say(FINISH)
        else:
            yield self._end(reason, now)

    def _nothing_said(self, reason: str | None, now: float) -> Iterator[LiveEvent]:
        """A turn without a word. Not owed: the late end of one that has been ended here."""
        if self._owed_at is None:
            return
        if reason == WAITING:
            self._owed_at = None
            yield TurnEnded(reason)
        elif self._turn.joins or (self._asked and reason is not None):
            yield self._end(reason, now)  # it will not say more about this
        elif self._asked:
            raise Unavailable("The interviewer does not answer.")
        else:
            self._ask(now)

    def _end(self, reason: str | None, now: float) -> TurnEnded:
        self._turn = _Turn()
        self._owed_at = None
        self._ended_at = now
        self.completed = True
        self._person.answered(now)
        return TurnEnded(reason)

    def _ask(self, now: float) -> None:
        self._owed_at, self._asked = now, True
        self._say(GO_ON)
