"""Thinking aloud is taken out, whatever the pieces look like."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interview_coach.providers.thoughts import Thoughts, without_thoughts

TOKENS = st.sampled_from(
    ["<think>", "</think>", "<THINK>", "</Thinking>", "<", "</", "think>", "a < b", " ", "\n", "word", "<thin", "><"]
)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("How so?", "How so?"),
        ("<think>I wonder</think>\n\nHow so?", "How so?"),
        ("<THINKING>I wonder</THINKING>How so?", "How so?"),
        ("I wonder</think>How so?", "How so?"),
        ("<think>I wonder", ""),
        ("<think>a</think><think>b</think>How so?", "How so?"),
        ("Is 3 < 4, and x</y?", "Is 3 < 4, and x</y?"),
        ("How <thinner> so?", "How <thinner> so?"),
    ],
)
def test_words_of_a_whole_reply(text: str, words: str) -> None:
    assert without_thoughts(text).strip() == words


def test_json_keeps_a_tag_that_somebody_wrote() -> None:
    text = ' {"quote": "I parsed </think> tags"}'
    assert without_thoughts(text) == text


def fed(pieces: list[str]) -> tuple[str, bool]:
    thoughts = Thoughts()
    return "".join([thoughts.feed(piece) for piece in pieces]) + thoughts.finish(), thoughts.leaked


@pytest.mark.parametrize("text", ["<think>I wonder</think>\n\nHow so?", "How so < or </thin?", "Plain <b>words</b>"])
def test_letter_by_letter_gives_the_same(text: str) -> None:
    assert fed(list(text)) == (without_thoughts(text).lstrip(), False)


def test_words_are_not_held_back_without_need() -> None:
    thoughts = Thoughts()
    assert thoughts.feed("How did you ") == "How did you "
    assert thoughts.feed("solve <") == "solve "
    assert thoughts.feed("5 problems") == "<5 problems"


def test_thoughts_that_were_let_through_are_noticed() -> None:
    assert fed(["I wonder", "</think>", "How so?"])[1]
    assert not fed(["\n", "</think>", "How so?"])[1]


@given(st.lists(TOKENS, max_size=12), st.randoms(use_true_random=False))
def test_cutting_into_pieces_changes_nothing(tokens: list[str], chance: object) -> None:
    text = "".join(tokens)
    cuts = sorted(chance.sample(range(len(text) + 1), min(len(text), 4)))  # type: ignore[attr-defined]
    ends = [*cuts, len(text)]
    pieces = [text[start:end] for start, end in zip([0, *cuts], ends, strict=True)]
    words, leaked = fed(pieces)
    # Only a closing tag without an opening one depends on the pieces, and then it is noticed.
    assert leaked or words == fed([text])[0]


@given(st.text(alphabet="<>/ab \n", max_size=30))
def test_text_without_thoughts_is_not_touched(text: str) -> None:
    assert fed(list(text)) == (text.lstrip(), False)
