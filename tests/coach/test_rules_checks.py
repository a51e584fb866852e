"""The checks that the offline coach and the guards of a model share."""

import pytest

from interview_coach.coach.rules import checks


@pytest.mark.parametrize(
    "question",
    [
        "What did you do when the kitchen was full?",
        "When you ran the shop, how did you plan the week?",
        "The ad asks for SQL. Where have you used it?",
        "Walk me through that day: what came first?",
        "When have others followed your lead?",
        "You said “is it safe?”. What did you mean by that?".replace("?”", "”"),
    ],
)
def test_open_questions_pass(question: str):
    assert checks.problems(question) == ()


@pytest.mark.parametrize(
    "question",
    [
        "Have you used SQL?",
        "You ran a shop. Did you like it?",
        "When you ran the shop, did you plan the week?",
        "Can you tell me more?",
    ],
)
def test_yes_no_questions_are_found(question: str):
    assert "not_open" in checks.problems(question)


@pytest.mark.parametrize("topic", [
    "What does your husband think of night shifts?", "How old are you, roughly?", "What is your religion?",
    "How is your health these days?", "Where are you really from?", "What is your nationality?",
    "When do you plan to have children?",
])  # fmt: skip
def test_protected_topics_are_found(topic: str):
    assert "protected" in checks.problems(topic)


@pytest.mark.parametrize("trade", [
    "How do you teach children to swim?", "What do you check for health and safety?", "How do you speak with families?",
])  # fmt: skip
def test_words_of_a_trade_are_not_protected_topics(trade: str):
    assert "protected" not in checks.problems(trade)


def test_invented_names_numbers_and_quotes_are_found():
    sources = ("Staff nurse at Northgate since 2018", "The ad asks for wound care")
    assert checks.invented("At Northgate since 2018, what did “wound care” mean?", sources) == ()
    found = checks.invented("At Siemens since 2019, what did “bold vision” mean to you?", sources)
    assert set(found) == {"Siemens", "2019", "bold vision"}


def test_jaccard_counts_content_words_only():
    assert checks.jaccard("What did you do with the files?", "How would you do the files?") == 1.0
    assert checks.jaccard("What about the files?", "What about the boats?") == 0.0


def test_earlier_interviews_are_compared_less_strictly_than_this_one():
    old = "What did you change in the archive after the flood of last spring?"
    new = "What did you change in the archive after the storm of last autumn?"
    assert "repeat" in checks.problems(new, asked=[old])
    assert "repeat" not in checks.problems(new, earlier=[old])
