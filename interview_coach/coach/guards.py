"""What a model's question must pass before a person sees it: on every beginning of it, and on the whole.

A beginning is judged with its last words held back, because a fault shows only some words after it starts: a leak of
our instructions after eight, a praise opener after five, a wrong language after a handful. Nothing is sent on that is
already known to be wrong, or that still may turn out to be a repeat.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from interview_coach.coach import leaks
from interview_coach.coach.asking import asks_twice
from interview_coach.coach.languages import DETECTED, detect, is_english, is_other, primary, script_of
from interview_coach.coach.leaks import Secrets
from interview_coach.coach.manners import manners, without_greeting
from interview_coach.coach.rules import checks

HELD_BACK = leaks.RUN
"""Words at the end of a beginning that are not shown yet."""
LOOK = 14
"""Words after which a text whose language is still unclear is let through."""

_WORD = re.compile(r"\S+")
_TAG = re.compile(r"</?[a-z][^<>]{0,200}>|&(?:#\d+|#x[\da-f]+|[a-z]{2,8});", re.IGNORECASE)
_MARKUP = re.compile(r"\[[^\]]{1,80}\]\(|\A[{\[<]|```|\|[^|]{1,80}\||https?://|www\.", re.IGNORECASE)
_ASK = re.compile(r"[?？؟]")
_QUOTED = re.compile(r"[“\"„«][^”\"“»]*[”\"“»]")
_OPEN_QUOTE = re.compile(r"[“\"„«][^”\"“»]*\Z")
_WIDE = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\u0e00-\u0e7f]")
_ASKING_SENTENCE = re.compile(r"[^.!?？؟。！:…]*[?？؟]")

FAULTS: dict[str, tuple[str, str]] = {
    "empty": ("There are no words in it.", "it was empty"),
    "not_one_ask": (
        "It must ask exactly one thing, with one question mark as its last character.",
        "it did not ask exactly one question",
    ),
    "double": ("It joins two questions into one. Ask only the more important one.", "it asked two questions in one"),
    "too_long": ("It is too long. Use at most 35 words.", "it was too long"),
    "not_open": (
        'It can be answered with yes or no. Ask for an account, beginning with "how", "what", "which" or "tell me".',
        "it could be answered with yes or no",
    ),
    "praise": ("It begins with praise, thanks or a judgement. Leave that out.", "it began with praise"),
    "leading": ("It puts an answer into the person's mouth. Ask without one.", "it hinted at the answer"),
    "protected": (
        "It touches age, family, health, religion, origin or another thing that may not be asked. Leave that out.",
        "it touched on something that an interviewer may not ask",
    ),
    "repeat": (
        "It is too close to a question that was asked before. Ask about another side of the topic in other words.",
        "it repeated an earlier question",
    ),
    "invented": (
        'It has names, numbers or quotations that stand nowhere in the material; "unfounded" lists them. Leave them '
        "out, or use what stands there.",
        "it mentioned something that is in none of your texts",
    ),
    "language": ("It is in another language than $language. Write in $language.", "it was in another language"),
    "leak": ("It repeats the rules or the marker. Write only the interviewer's words.", "it repeated its instructions"),
    "markup": ("It holds HTML, Markdown, a link or code. Write plain words.", "it was not plain text"),
}
"""Name of a fault -> what the repair prompt says, and how a sentence for a person goes on after `because`."""


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong. `details` are words of the model; they go nowhere but into fenced data."""

    name: str
    details: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Glance:
    """The judgement on a beginning: words that may be shown, or faults that no ending can mend."""

    shown: str = ""
    faults: tuple[Fault, ...] = ()


@dataclass(frozen=True, slots=True)
class Guards:
    """The rules for one question."""

    language: str
    sources: tuple[str, ...]
    """Every text that a name, number or quotation may come from."""
    asked: tuple[str, ...]
    """Questions of this interview."""
    earlier: tuple[str, ...]
    """Questions of earlier interviews."""
    secrets: Secrets

    def faults(self, text: str) -> tuple[Fault, ...]:
        """All that is wrong with a finished question; empty when it may be shown."""
        if not any(char.isalpha() for char in text):
            return (Fault("empty"),)
        english = is_english(self.language)
        names = self._in_english(text) if english else self._elsewhere(text)
        if size(text) > checks.MAX_WORDS and "too_long" not in names:
            names.append("too_long")
        if self.secrets.leaked(text):
            names.insert(0, "leak")
        if is_other(text, self.language):
            # What the English rules say about words of another language means nothing.
            names = [name for name in names if name in {"leak", "too_long"}] + ["language"]
        if _TAG.search(text) or _MARKUP.search(text):
            names.append("markup")
        found = [Fault(name) for name in dict.fromkeys(names)]
        unfounded = self._unfounded(text)
        if unfounded and "language" not in names:
            found.append(Fault("invented", unfounded))
        return tuple(found)

    def glance(self, beginning: str) -> Glance:
        """Judge an unfinished question. No words shown and no faults means: wait for more."""
        if not _WIDE.search(beginning):
            # The last word may go on: `your age` may become `your agenda`.
            beginning = beginning[: max(beginning.rfind(" "), 0)]
        if hopeless := self._hopeless(beginning):
            return Glance(faults=tuple(Fault(name) for name in hopeless))
        shown = self._showable(beginning)
        return Glance() if not shown or self._unsure(beginning, shown) else Glance(shown)

    def _showable(self, beginning: str) -> str:
        """Without the held-back words, the rest of an open quotation, and whatever follows a question mark."""
        wide = bool(_WIDE.search(beginning))
        ends = [at + 1 for at in range(len(beginning))] if wide else [m.end() for m in _WORD.finditer(beginning)]
        held = HELD_BACK * 2 if wide else HELD_BACK
        if len(ends) <= held:
            return ""
        shown = beginning[: ends[-held - 1]]
        mark = _ASK.search(shown)
        shown = shown[: mark.start()] if mark else shown
        return _OPEN_QUOTE.sub("", shown).rstrip()

    def _hopeless(self, beginning: str) -> tuple[str, ...]:
        """Names of faults that no ending can mend."""
        found = {
            "leak": self.secrets.leaked(beginning),
            "too_long": size(beginning) > checks.MAX_WORDS,
            "not_one_ask": len(_ASK.findall(beginning)) > 1,
            "markup": bool(_TAG.search(beginning) or _MARKUP.search(beginning)),
            "protected": self._protected(beginning),
            # A greeting (`Good morning Mara, good to meet you`) must be told from a praise first.
            "praise": self._praises(beginning) and len(_WORD.findall(beginning)) > HELD_BACK,
        }
        return tuple(name for name, wrong in found.items() if wrong)

    def _unsure(self, beginning: str, shown: str) -> bool:
        """True when the words so far may still become a fault that could not be taken back."""
        if is_other(beginning, self.language):
            return True
        known = primary(self.language) in DETECTED and script_of(beginning) == "LATIN"
        if known and size(beginning) < LOOK and detect(beginning) is None:
            return True
        if self._unfounded(shown):
            return True
        words = checks.words(shown)
        return any(_begins_alike(words, checks.words(old)) for old in (*self.asked, *self.earlier))

    def _in_english(self, text: str) -> list[str]:
        """The offline coach's checks, but for greetings and lead-ins, which a model words more freely."""
        ours = {"double", "praise"}
        names = [name for name in checks.problems(text, self.asked, self.earlier) if name not in ours]
        if asks_twice(_QUOTED.sub("“”", text)):
            names.append("double")
        return [*names, "praise"] if self._praises(text) else names

    def _elsewhere(self, text: str) -> list[str]:
        """The checks for languages other than English."""
        names = []
        stripped = text.rstrip(' ”"’»“')
        if len(_ASK.findall(text)) != 1 or not _ASK.match(stripped[-1:]):
            names.append("not_one_ask")
        entry = manners(self.language)
        if entry is not None:
            asking = _ASKING_SENTENCE.search(text)
            if asking and entry.closed.search(asking.group()):
                names.append("not_open")
            if self._praises(text):
                names.append("praise")
        if self._protected(text):
            names.append("protected")
        if checks.repeats(text, self.asked, self.earlier):
            names.append("repeat")
        return names

    def _praises(self, text: str) -> bool:
        text = without_greeting(text)
        entry = manners(self.language)
        return checks.opens_with_praise(text) if entry is None else bool(entry.praise.search(text))

    def _protected(self, text: str) -> bool:
        entry = manners(self.language)
        return checks.touches_protected_topic(text) or (entry is not None and bool(entry.protected.search(text)))

    def _unfounded(self, text: str) -> tuple[str, ...]:
        """Names, numbers and quotations that no source has."""
        return unfounded(text, self.sources, self.language)


def unfounded(text: str, sources: Sequence[str], language: str) -> tuple[str, ...]:
    """Names, numbers and quotations of `text`, which is in `language`, that stand in none of the sources."""
    found = checks.invented(text, sources)
    if is_english(language):
        return found
    entry = manners(language)
    return tuple(
        word
        for word in found
        if any(char.isdigit() for char in word)
        or " " in word
        or (
            _looks_like_a_name(word, capitals=entry is not None and entry.capitals)
            and word.casefold() not in (entry.polite if entry else ())
        )
    )


def size(text: str) -> int:
    """Words of a text; scripts without spaces count two signs as a word."""
    wide = len(_WIDE.findall(text))
    return checks.word_count(_WIDE.sub(" ", text)) + (wide + 1) // 2


def _looks_like_a_name(word: str, *, capitals: bool) -> bool:
    """A capital inside the word shows a name in every language; at its head only where nouns have none."""
    return any(char.isupper() for char in word[1:]) or (capitals and word[:1].isupper())


def _begins_alike(words: Sequence[str], old: Sequence[str]) -> bool:
    """True while a beginning is so like the same length of an older question that it may be a repeat of it."""
    head = set(old[: len(words)])
    union = head | set(words)
    return bool(union) and len(head & set(words)) / len(union) >= checks.WITHIN
