"""Words as they come -> pieces to speak."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interview_coach.voice.sentences import LONGEST_PIECE, Sentences, speakable, whole_sentences


def split(text: str, step: int = 1) -> list[str]:
    made = Sentences()
    pieces = [piece for at in range(0, len(text), step) for piece in made.feed(text[at : at + step])]
    rest = made.finish()
    return [*pieces, *([rest] if rest else [])]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("How so? Tell me more. Please.", ["How so? ", "Tell me more. ", "Please."]),
        ("You said it was yours, and I wonder, how?", ["You said it was yours, ", "and I wonder, how?"]),
        ("Well, you said so. Why?", ["Well, you said so. ", "Why?"]),
        (
            "It took 3.5 days, e.g. with Dr. Moss at the site. Why?",
            ["It took 3.5 days, ", "e.g. with Dr. Moss at the site. ", "Why?"],
        ),
        ("He said “Stop.” Then he left. Why?", ["He said “Stop.” ", "Then he left. ", "Why?"]),
        ("你好吗?我很好。为什么?", ["你好吗?我很好。", "为什么?"]),
        ("First line\nSecond line", ["First line\n", "Second line"]),
        ("... and then? Yes.", ["... and then? ", "Yes."]),
        ("", []),
    ],
)
def test_pieces_end_where_a_voice_would_breathe(text: str, expected: list[str]) -> None:
    assert split(text) == expected


def test_only_the_first_piece_is_a_clause() -> None:
    assert split("You said it was yours, and I see. So, as you did it, who helped you?") == [
        "You said it was yours, ",
        "and I see. ",
        "So, as you did it, who helped you?",
    ]


def test_a_sentence_without_an_end_is_divided() -> None:
    words = "and so on " * 100
    pieces = split(words, 7)
    assert all(len(piece) <= LONGEST_PIECE for piece in pieces) and len(pieces) == 4
    assert all(piece.endswith(" ") for piece in pieces)


@given(st.text(max_size=800), st.integers(1, 50))
def test_nothing_is_lost_and_nothing_is_added(text: str, step: int) -> None:
    pieces = split(text, step)
    assert "".join(pieces) == text
    assert all(pieces)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("**What** was *your* part?", "What was your part?"),
        ("- First, the `plan`", "First, the plan"),
        ("## Question\nHow so?", "Question How so?"),
        ("See [the page](https://x.example/a) or https://x.example/b please", "See the page or please"),
        ("Thank you. [END_INTERVIEW]", "Thank you."),
        ("snake_case stays, 2 * 3 too", "snake_case stays, 2 3 too"),
        ("Well done 🎉", "Well done"),
        ("```python\nprint(1)\n``` What does it print?", "What does it print?"),
        (" … ", ""),
        ("***", ""),
    ],
)
def test_marks_are_not_spoken(text: str, expected: str) -> None:
    assert speakable(text) == expected


@pytest.mark.parametrize(
    ("beginning", "whole"),
    [
        ("", ""),
        ("You led it", ""),
        ("You led it.", ""),
        ("You led it. ", "You led it. "),
        ("You led it. And then? What", "You led it. And then? "),
        ("Hello, Dr. Kim. What", "Hello, Dr. Kim. "),
        ("... What", ""),
        ("你好。那", "你好。"),
    ],
)
def test_only_sentences_that_are_over_are_whole(beginning: str, whole: str) -> None:
    assert whole_sentences(beginning) == whole
