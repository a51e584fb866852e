"""What a stretch of speech is: an answer, or something that consumes no question.

Only the words are looked at, in any of the languages of `turn_words`; the sound is the business of the voice detector.
In doubt it is an answer: a request that is taken for an answer costs a question, but an answer that is taken for a
request is lost.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from functools import lru_cache

from interview_coach.domain import turn_words as said
from interview_coach.domain.turn_words import DEFAULT_FILLERS

__all__ = [
    "DEFAULT_FILLERS",
    "End",
    "Ladder",
    "Meaning",
    "Rung",
    "TurnRules",
    "count_words",
    "fold",
    "is_unfinished",
    "meaning_of",
    "silence_ladder",
    "strip_markers",
    "wants_end",
]


@dataclass(frozen=True, slots=True)
class TurnRules:
    """What counts as an answer."""

    least_words: int = 2
    """Fewer words than these, hesitations not counted, are no answer."""
    fillers: frozenset[str] = DEFAULT_FILLERS
    """Words and phrases that say nothing; replaced whole, so add to DEFAULT_FILLERS to keep it."""


class Meaning(StrEnum):
    """What the person did with their turn. Only ANSWER consumes a question."""

    ANSWER = "answer"
    NOTHING = "nothing"
    """No words: silence, a cough, `[noise]`."""
    FILLER = "filler"
    """Back-channels, or too few words to be an answer."""
    REPEAT = "repeat"
    """Did not hear or understand the question."""
    EXPLAIN = "explain"
    """Wants it in other words, or an example. This one and the next are only known to `asides`."""
    LATER = "later"
    """Wants to come back to the question."""
    THINK = "think"
    """Asks for a moment."""
    SKIP = "skip"
    STOP = "stop"
    """Wants to end the interview."""
    GREETING = "greeting"
    """Greets, or asks whether they can be heard."""
    ECHO = "echo"
    """The microphone heard the interviewer."""


_LONGEST_REQUEST = 30
"""Words. Whoever says more has something to tell."""
_LEAST_ECHO = 6
"""Words. A shorter piece of the question may be the answer to it ("in the second year")."""
_MOST_COMPARED = 300
"""Words of either side that are compared; an interviewer's turn is far shorter."""
_APOSTROPHES = str.maketrans({"’": "'", "‘": "'", "`": "'", "´": "'"})
_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)*")
_TAG = re.compile(r"\[([^\[\]]{0,60})\]|<([^<>]{0,60})>|\(([^()]{0,60})\)|\*([^*]{0,60})\*|[♪♫]+")
_UNSPACED = re.compile("[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff]")


def _fold(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text.translate(_APOSTROPHES).casefold())
    return "".join(char for char in plain if not unicodedata.combining(char))


def _words(text: str) -> list[str]:
    return _WORD.findall(_fold(text))


def fold(text: str) -> str:
    """The words as `turn_words` writes them: lower case, no accents, single spaces, no punctuation."""
    return " ".join(_words(text))


def count_words(text: str) -> int:
    """Spoken words of a text. Where a script puts no spaces between words, two characters count as one word."""
    total = 0
    for piece in text.split():
        unspaced = len(_UNSPACED.findall(piece))
        if unspaced:
            total += max(1, round(unspaced / 2))
        elif any(char.isalnum() for char in piece):
            total += 1
    return total


def without_noise(text: str) -> str:
    """The text without what a transcriber writes for sounds: `[noise]`, `(coughs)`, notes of music."""

    def keep(match: re.Match[str]) -> str:
        square, angle, round_, starred = match.groups()
        inside = square if square is not None else angle
        if inside is not None:
            return " " if len(inside.split()) <= 4 else match.group()
        inside = round_ if round_ is not None else starred
        if inside is None:
            return " "
        words = _words(inside)
        return " " if all(word in said.NOISES for word in words) else match.group()

    return _TAG.sub(keep, text)


def meaning_of(text: str, *, rules: TurnRules = TurnRules(), interviewer_said: str = "") -> Meaning:
    """What a turn of the person is.

    `interviewer_said` is what the interviewer said just before or meanwhile, to know an echo by.
    """
    heard = without_noise(text[:20_000])
    words = _words(heard)
    if not words or all(word in said.BARE_NOISES for word in words) or " ".join(words) in said.HALLUCINATIONS:
        return Meaning.NOTHING
    if interviewer_said and _is_echo(words, _words(interviewer_said)):
        return Meaning.ECHO
    asked = _request(words, is_asking=heard.rstrip().endswith(("?", "？")), fillers=rules.fillers)
    if asked is not None:
        return asked
    if _covered(words, rules.fillers):
        return Meaning.FILLER
    sounds = sum(word in said.HESITATIONS for word in words)
    return Meaning.FILLER if count_words(heard) - sounds < rules.least_words else Meaning.ANSWER


def _is_echo(words: list[str], spoken: list[str]) -> bool:
    """Nearly the words that were spoken, in one stretch of them and in their order."""
    words, spoken = words[: _MOST_COMPARED + 1], spoken[-_MOST_COMPARED:]
    whole = len(words) * 3 >= len(spoken) * 2
    if len(words) < (3 if whole else _LEAST_ECHO) or len(words) * 4 > len(spoken) * 5:
        return False
    blocks = SequenceMatcher(None, words, spoken, autojunk=False).get_matching_blocks()
    runs = [block for block in blocks if block.size >= 2]
    if not runs:
        return False
    stretch = runs[-1].b + runs[-1].size - runs[0].b
    return sum(block.size for block in runs) * 4 >= len(words) * 3 and stretch * 2 <= len(words) * 3


_REQUESTS = tuple(
    (meaning, re.compile(rf"(?<![\w']){'(?:' + '|'.join(f'(?:{phrase})' for phrase in phrases) + ')'}(?![\w'])"))
    for meaning, phrases in (
        (Meaning.STOP, said.STOP),
        (Meaning.SKIP, said.SKIP),
        (Meaning.REPEAT, said.REPEAT),
        (Meaning.THINK, said.THINK),
        (Meaning.GREETING, said.GREETING),
    )
)


def _request(words: list[str], *, is_asking: bool, fillers: frozenset[str]) -> Meaning | None:
    """A request or a greeting and nothing else beside it but politeness."""
    if len(words) > _LONGEST_REQUEST:
        return None
    bare = " ".join(word for word in words if word not in said.HESITATIONS and word not in {"please", "bitte"})
    if is_asking and (bare in said.REPEAT_ASKED or " ".join(words) in said.REPEAT_ASKED):
        return Meaning.REPEAT
    if bare in said.REPEAT_ALONE:
        return Meaning.REPEAT
    if bare in said.SKIP_ALONE:
        return Meaning.SKIP
    rest, found, covered = " ".join(words), None, 0
    for meaning, pattern in _REQUESTS:
        for match in pattern.finditer(rest):
            covered += len(match.group().split())
            found = found or meaning
        rest = pattern.sub("|", rest)
    if found is None:
        return None
    left = sum(_left_over(piece.split(), fillers | said.SOFT) for piece in rest.split("|"))
    # A greeting may name somebody; an interview is not ended by a sentence that says more than that.
    spare = {Meaning.GREETING: 1, Meaning.STOP: 0}.get(found, covered // 4)
    return found if left <= spare else None


@lru_cache(maxsize=8)
def _by_first(phrases: frozenset[str]) -> dict[str, list[tuple[str, ...]]]:
    """Phrases by their first word, longest first."""
    found: dict[str, list[tuple[str, ...]]] = {}
    for phrase in phrases:
        parts = tuple(_words(phrase))
        if parts:
            found.setdefault(parts[0], []).append(parts)
    for group in found.values():
        group.sort(key=len, reverse=True)
    return found


def _left_over(words: list[str], phrases: frozenset[str]) -> int:
    """How many words belong to none of the phrases."""
    known = _by_first(phrases)
    left = at = 0
    while at < len(words):
        fitting = (len(parts) for parts in known.get(words[at], ()) if tuple(words[at : at + len(parts)]) == parts)
        step = next(fitting, 0)
        left += step == 0
        at += step or 1
    return left


def _covered(words: list[str], phrases: frozenset[str]) -> bool:
    return _left_over(words, phrases) == 0


_END_MARK = re.compile(r"[.!?。！？][\"'”’)\]»]*$")
_TRAILS_OFF = re.compile(r"(?:\.{2,}|…|[,;:–—-])$")


def is_unfinished(text: str) -> bool:
    """The sentence will probably go on: it ends with a word that needs another one, with a hesitation or a comma."""
    spoken = without_noise(text).strip()
    words = _words(spoken[-400:])
    if not words:
        return False
    if _TRAILS_OFF.search(spoken):
        return True
    last = words[-1]
    if spoken.endswith(("?", "!", "？", "！")):
        return last in said.HESITATIONS
    return last in said.NEVER_LAST or (last in said.SELDOM_LAST and not _END_MARK.search(spoken))


class End(StrEnum):
    """Why the interviewer wants to end the interview."""

    COMPLETE = "complete"
    CONDUCT = "conduct"
    """The person's behaviour makes going on impossible."""


_MARKER = re.compile(r"\[\s*END[_ ]INTERVIEW(?P<conduct>[_ ]CONDUCT)?\s*\]", re.IGNORECASE)
_MARKER_BEGUN = re.compile(
    r"\[\s*(?:" + "|".join("END_INTERVIEW_CONDUCT"[:length] for length in range(21, 0, -1)) + r")?\s*$", re.IGNORECASE
)


def wants_end(text: str) -> End | None:
    """The interviewer's own mark `[END_INTERVIEW]` or `[END_INTERVIEW_CONDUCT]`. Never guessed from a phrase: "best of
    luck" ends nothing."""
    match = _MARKER.search(text)
    if match is None:
        return None
    return End.CONDUCT if match["conduct"] else End.COMPLETE


def strip_markers(text: str) -> str:
    """The words without the marks, and without one that has only begun, as at the end of a streamed piece."""
    if "[" not in text:
        return text
    stripped = _MARKER_BEGUN.sub("", _MARKER.sub("", text))
    return stripped if stripped == text else re.sub(r"[ \t]{2,}", " ", stripped).rstrip()


class Rung(StrEnum):
    """How the interviewer helps in a silence, gentlest first."""

    WAIT = "wait"
    """Say nothing."""
    EASE = "ease"
    """There is time."""
    REPEAT = "repeat"
    """Offer to ask again."""
    OFFER = "offer"
    """Offer to type instead or to skip."""
    PAUSE = "pause"
    """Offer to go on later; nothing more is said afterwards."""


@dataclass(frozen=True, slots=True)
class Ladder:
    """Seconds of silence after which each rung is reached."""

    ease: float = 8
    repeat: float = 20
    offer: float = 40
    pause: float = 120

    def rungs(self) -> Iterable[tuple[float, Rung]]:
        """Highest first."""
        return (
            (self.pause, Rung.PAUSE),
            (self.offer, Rung.OFFER),
            (self.repeat, Rung.REPEAT),
            (self.ease, Rung.EASE),
        )


def silence_ladder(seconds_silent: float, ladder: Ladder = Ladder()) -> Rung:
    """The rung that a silence has reached. Speak when it changes, not at every call."""
    return next((rung for seconds, rung in ladder.rungs() if seconds_silent >= seconds), Rung.WAIT)
