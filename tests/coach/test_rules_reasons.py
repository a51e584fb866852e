"""Reasons for wanting a job: they may be private, and who turns to the employer is on the subject."""

import pytest

from benchmarks.scoring import Ladder, judge

WHY = Ladder(
    "why", "tuned", "Warehouse operative", "Why do you want to work for us?", "motivation", "motivation for the role",
    {}, {}, {},
)  # fmt: skip


def score(answer: str) -> int:
    found = judge(WHY, answer).score
    assert found is not None
    return found


def test_what_the_employer_does_is_a_reason_even_beside_words_of_private_life() -> None:
    near = "I live ten minutes away and I have heard that you train people for the forklift licence."
    assert score(near) > score("Because it is a good company and I like working.")


@pytest.mark.parametrize(
    "answer",
    [
        "The house we live in was a dairy once. You can still see the rings in the yard wall where they tied the cows.",
        "My favourite team won on Saturday. I went with my brother, and you know how the last minutes feel.",
    ],
)
def test_you_that_means_nobody_in_particular_is_no_reason(answer: str) -> None:
    assert score(answer) <= 12
