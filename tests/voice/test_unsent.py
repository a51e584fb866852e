"""Words that are no answer yet: whose they are, and what is kept of them."""

import pytest

from interview_coach.voice.unsent import Unsent, parted


@pytest.mark.parametrize(
    ("draft", "heard", "box", "said", "typed"),
    [
        ("It began on", None, None, "It began on", ""),  # no box: what is stored goes on
        ("I led a team", "", None, "", "I led a team"),  # a page that was just opened: these words are for its box
        ("It began on a Monday", "It began on", "", "It began on a Monday", ""),  # the line broke before all was shown
        ("It began on", "It began on a Monday", "", "It began on a Monday", ""),  # ... and before all was stored
        ("", "It began", "", "It began", ""),
        ("It began on a Tuesday", "It began on", "a Tuesday", "It began on", "a Tuesday"),  # said, then typed
        ("It began on a Tuesday", "It began on", None, "It began on", "a Tuesday"),  # the page was loaded again
        ("a Tues", "", "a Tuesday", "", "a Tues"),
        ("Another text", "It began on", "", "", "Another text"),  # changed in another window
        ("", "", None, "", ""),
    ],
)
def test_said_and_typed_words_are_told_apart(
    draft: str, heard: str | None, box: str | None, said: str, typed: str
) -> None:
    assert parted(draft, heard, box) == (said, typed)


def test_what_is_kept_holds_both_once_and_belongs_to_one_question() -> None:
    unsent = Unsent("", 1, heard="", box=None)
    assert unsent.to_store("", 1) is None
    assert unsent.to_store("It began", 1) == "It began"
    assert unsent.stored("It began") is False, "nothing was typed"
    assert unsent.to_store("It began", 1) is None
    unsent.put(" on a Tuesday ", 1)
    assert unsent.to_store("It began", 1) == "It began on a Tuesday"
    assert unsent.stored("It began on a Tuesday") is True
    unsent.put("", 1)
    assert unsent.to_store("It began", 1) == "It began", "what was taken out of the box goes"
    unsent.put("left over", 1)
    assert unsent.to_store("", 2) is None, "no draft of the next question"


def test_words_that_are_being_answered_are_no_draft_but_typed_ones_are() -> None:
    unsent = Unsent("", 1, heard="", box=None)
    assert unsent.to_store(None, 1) is None
    unsent.put("And then", 1)
    assert unsent.to_store(None, 1) == "And then"


def test_a_draft_that_was_found_is_not_written_again() -> None:
    unsent = Unsent("I led a team", 3, heard="", box=None)
    assert unsent.typed == "I led a team" and unsent.to_store("", 3) is None
    assert unsent.to_store("Then", 3) == "Then I led a team"
