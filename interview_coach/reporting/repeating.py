"""What is said beside one answer when the same was said of others: the sentence stands once, and each answer keeps the
words that it is about."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence, Set
from dataclasses import dataclass

from interview_coach.domain.evidence import Span
from interview_coach.domain.scorecard import AnswerScore, Remark
from interview_coach.naming import listing
from interview_coach.reporting.points import SEVERAL, Point

MOST_OF_IT = 0.8
"""Share of an answer: a quote that is longer tells nothing that the answer does not."""
_WORKED = {
    "situation": "the scene",
    "task": "what had to be achieved",
    "action": "your own part",
    "result": "how it ended",
}
"""What a remark on a part of a story is about, in a few words."""


@dataclass(frozen=True, slots=True)
class Said:
    """A remark beside its answer. Without `step` and `first` the sentence stands here."""

    text: str
    quote: Span | None
    step: int | None = None
    """The next step that says it, 1 to 3."""
    first: int | None = None
    """The number of the question beside which it is said."""

    @property
    def where(self) -> str:
        """Where the sentence stands, when it is not here; else empty."""
        if self.step is not None:
            return f"Next step {self.step}"
        return "" if self.first is None else f"What stands at question {self.first}"

    @property
    def rest(self) -> str:
        """What comes after `where` and before the quote."""
        return " holds here too:" if self.quote else " holds here too."

    @property
    def words(self) -> str:
        """The sentence, or where it stands."""
        return f"{self.where}{self.rest}" if self.where else self.text


@dataclass(frozen=True, slots=True)
class Told:
    """All remarks on one answer."""

    strengths: tuple[Said, ...] = ()
    worked: str = ""
    """What worked here as in other answers: `the scene and your own part`. Its words are marked in the answer."""
    improvements: tuple[Said, ...] = ()

    @property
    def worked_words(self) -> str:
        """`worked` as a sentence below the answer; empty without."""
        return f"Underlined above: {self.worked}." if self.worked else ""


NOTHING = Told()


def told(
    scores: Sequence[AnswerScore], steps: Sequence[Point], answers: Mapping[int, str | None] | None = None
) -> Mapping[int, Told]:
    """Number of a question -> what stands beside it. `steps` are the next steps of the whole report. With the `answers`
    a quote that is most of one is left out: the answer stands above it."""
    strong = Counter(text for score in scores for text in {remark.text for remark in score.remarks})
    weak = Counter(text for score in scores for text in {remark.text for remark in score.improvements})
    places = {
        (number, point.text): place
        for place, point in enumerate(steps, 1)
        if point.holds_for >= SEVERAL and point.is_same
        for number in (point.number, *point.also)
    }
    firsts: dict[str, int] = {}
    found: dict[int, Told] = {}
    for score in scores:
        shown = _quote_of((answers or {}).get(score.number))
        improvements = []
        for remark in score.improvements:
            step, first = places.get((score.number, remark.text)), None
            if step is None and weak[remark.text] >= SEVERAL:
                first = firsts.setdefault(remark.text, score.number)
            improvements.append(Said(remark.text, shown(remark), step, None if first == score.number else first))
        common = [remark for remark in score.remarks if strong[remark.text] >= SEVERAL and _is_marked(remark)]
        found[score.number] = Told(
            strengths=tuple(Said(remark.text, shown(remark)) for remark in score.remarks if remark not in common),
            worked=_worked({remark.about for remark in common}),
            improvements=tuple(improvements),
        )
    return found


def _quote_of(answer: str | None) -> Callable[[Remark], Span | None]:
    """Which quote to show of a remark on this answer."""
    most = MOST_OF_IT * len((answer or "").strip()) or None

    def shown(remark: Remark) -> Span | None:
        quote = remark.quote
        return None if quote is None or (most is not None and len(quote.text) > most) else quote

    return shown


def _worked(parts: Set[str]) -> str:
    named = [words for part, words in _WORKED.items() if part in parts]
    return listing(named) if named else ""


def _is_marked(remark: Remark) -> bool:
    """A part of a story whose words are marked in the answer, so that naming it is enough."""
    return remark.about in _WORKED and remark.quote is not None
