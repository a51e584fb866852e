"""What a model is asked to send back, in the order in which it has to think: evidence first, marks last.

The schema that a vendor gets is strict; what comes back is taken loosely and checked entry by entry. One answer with
marks of 99 must not cost the marks of the seven others, as it would if the whole reply were refused.
"""

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

PARTS = ("situation", "task", "action", "result", "link")
NOT_MEASURABLE = -1
"""Stands for a dimension that cannot be read off the answer: some vendors refuse a schema with a null in it."""


class Entry(BaseModel):
    """A value that is exactly of its type: `"40"` and `40.0` are no marks."""

    model_config = ConfigDict(strict=True, extra="ignore")


class StarQuotes(Entry):
    situation: str = Field(description="Words copied from the answer that show the situation, or an empty string.")
    task: str = Field(description="Words copied from the answer that show the task, or an empty string.")
    action: str = Field(description="Words copied from the answer that show the own action, or an empty string.")
    result: str = Field(description="Words copied from the answer that show the result, or an empty string.")


class Observation(Entry):
    quote: str = Field(description="Words copied from the answer, letter by letter, at most 15.")
    text: str = Field(description="One sentence about these words.")


class ReferenceLine(Entry):
    part: Literal["situation", "task", "action", "result", "link"]
    sources: list[str] = Field(description="Words copied from the answer or from the CV facts that this line rests on.")
    text: str = Field(description="The line. Gaps are written as [your number] or [name].")


class Judgement(Entry):
    """One answer. The order of the fields is the order in which they are written."""

    number: int = Field(description="The number of the answer.")
    star: StarQuotes
    strengths: list[Observation] = Field(description="None to two.")
    improvements: list[Observation] = Field(description="One or two; each text is one step that can be done.")
    reference: list[ReferenceLine] = Field(description="Two to five lines.")
    feedback: str = Field(description="One to three sentences.")
    technical_depth: int = Field(description="0 to 100, or -1 when it cannot be measured.")
    problem_solving: int = Field(description="0 to 100, or -1 when it cannot be measured.")
    confidence: int = Field(description="0 to 100, or -1 when it cannot be measured.")
    relevance: int = Field(description="0 to 100, or -1 when it cannot be measured.")
    accuracy: int = Field(description="0 to 40, by the anchors.")
    completeness: int = Field(description="0 to 30, by the anchors.")
    clarity: int = Field(description="0 to 30, by the anchors.")


class _AllJudgements(Entry):
    answers: list[Judgement] = Field(description="One entry for each answer.")


class Judgements(BaseModel):
    """The reply to a batch: its entries as they came, each still to be checked."""

    answers: list[Any]

    @classmethod
    def model_json_schema(cls, *args: Any, **how: Any) -> dict[str, Any]:
        """The strict form, for the vendor."""
        return _AllJudgements.model_json_schema(*args, **how)


class FoundQuote(BaseModel):
    id: int = Field(description="The number of the remark.")
    quote: str = Field(description="Words copied from the answer, letter by letter, or an empty string.")


class FoundQuotes(BaseModel):
    """The reply to a request for better quotes."""

    quotes: list[FoundQuote]


def read_entry(entry: object) -> Judgement | None:
    """The entry as a value, or None when it is not one. What it says is not kept in an error."""
    try:
        return Judgement.model_validate(entry)
    except ValidationError:
        return None


def number_of(entry: object) -> int | None:
    """Which answer an entry is about, also when the rest of it cannot be used."""
    number = entry.get("number") if isinstance(entry, dict) else None
    return number if isinstance(number, int) and not isinstance(number, bool) else None
