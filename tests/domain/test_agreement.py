"""Yes or no to "Shall I end the interview here?"."""

import pytest

from interview_coach.domain.agreement import agrees_to_end


@pytest.mark.parametrize(
    "said",
    ["Yes.", "Yes please.", "okay", "Right.", "Yes, end it.", "Yes, please end the interview.", "Ja, bitte.", "Oui."],
)
def test_it_is_agreed_to(said: str) -> None:
    assert agrees_to_end(said) is True


@pytest.mark.parametrize(
    "said",
    [
        "No.", "No, no.", "Not yet.", "No, let's go on.", "No, I want to continue.", "Don't end it.",
        "I'd like to continue.", "Let's keep going.", "Yes, let's go on.", "Nein, weiter.", "No, sigamos.",
    ],
)  # fmt: skip
def test_it_is_declined(said: str) -> None:
    assert agrees_to_end(said) is False


@pytest.mark.parametrize(
    "said",
    [
        "", "Um.", "Sorry?", "No single person was in charge of that.", "I was on call at the time.",
        "I called three suppliers and went on to the market, and we opened on time.",
    ],
)  # fmt: skip
def test_anything_else_says_neither(said: str) -> None:
    assert agrees_to_end(said) is None
