"""A quote is a piece that somebody could have said: it begins and ends where a clause does."""

import pytest

from interview_coach.coach.rules.endings import settled
from interview_coach.coach.rules.phrasing import Place
from interview_coach.coach.rules.quoting import quotable
from interview_coach.domain.reading import read_answer

ASKED = "Tell me about a time when you had to organise something."
DANGLING = {"a", "the", "of", "to", "till", "since", "between", "because", "and", "with", "would", "have", "kitchen"}


@pytest.mark.parametrize(
    ("text", "cut", "kept"),
    [
        ("I called the depot and waited there till the van came", "I called the depot and waited there till", "there"),
        ("changed the handover between kitchen and floor", "changed the handover between kitchen", "handover"),
        ("moved all the crates to the new store", "moved all the crates to the", "crates"),
        ("I have held a full licence since 2015", "I have held a full licence since", "licence"),
        ("the water went down.", "the water went down", "down"),
    ],
)
def test_a_quote_is_cut_back_to_where_it_ends_well(text: str, cut: str, kept: str) -> None:
    end = settled(text, 0, len(cut))
    assert end is not None and text[:end].endswith(kept)


@pytest.mark.parametrize("text", ["To be honest I would ask", "the of", "a"])
def test_what_never_ends_well_is_not_quoted(text: str) -> None:
    cut = text.removesuffix(" ask")
    end = settled(text, len("To be honest ") if "honest" in text else 0, len(cut))
    assert end is None


@pytest.mark.parametrize(
    "answer",
    [
        "When the second nurse did not come in, I called the ward and stood there myself till she came, because a "
        "senior signs every dose.",
        "At the hotel, before every event on the floor I wrote a one-page running order and we changed the handover "
        "between kitchen and floor.",
        "I have had a full licence since 2015 and I drove a lorry for nine years between Leeds and Hull.",
        "To be honest I would ask the supervisor first and then move the pallets.",
        "I rebuilt the whole of the old intake process with the help of the two youngest clerks of the registry.",
    ],
)
def test_no_quote_hangs_in_the_air(answer: str) -> None:
    found = quotable(answer, read_answer(answer, ASKED))
    assert found
    for quote in found:
        words = quote.span.text.casefold().split()
        assert quote.span.is_in(answer) and words[-1] not in DANGLING
        assert words[:2] != ["a", "senior"] or words[-1] == "dose"
        assert not quote.span.text.startswith(("floor", "To be honest", "At the hotel"))
        assert quote.place is not Place.DID or "myself" not in words


def test_wide_gaps_between_words_do_no_harm() -> None:
    text = "I sorted the post" + " " * 60 + "in the cellar"
    assert settled(text, 0, len("I sorted the post")) == len("I sorted the post")
