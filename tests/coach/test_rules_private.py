"""Words of private life: whose they are decides."""

import pytest

from interview_coach.coach.rules.private import weight_of_private_words
from interview_coach.domain.text import tokenise


@pytest.mark.parametrize(
    ("text", "weight"),
    [
        ("My wife came along.", 1.0),
        ("My daughter came along.", 0.5),
        ("He did not recognise his wife.", 0.0),
        ("The patient's daughter called, and their mother came.", 0.0),
        ("His wife called, and so did my wife.", 1.0),
    ],
)
def test_the_family_of_somebody_else_is_no_private_life_of_who_tells_it(text: str, weight: float) -> None:
    assert weight_of_private_words(tokenise(text), []) == weight


def test_a_field_that_the_question_touches_is_not_private() -> None:
    assert weight_of_private_words(tokenise("My wife came along."), tokenise("Tell me about families.")) == 0.0
