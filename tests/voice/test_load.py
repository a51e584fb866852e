"""When sound goes to the vendor in larger pieces."""

import pytest

from interview_coach.voice.load import EVERY, MANY, Load


class Loop:
    """Time and work that are moved by hand."""

    def __init__(self, conversations: int = MANY) -> None:
        self.now = self.used = 100.0
        self.load = Load(lambda: self.now, lambda: self.used)
        self.load.conversations = conversations
        assert not self.load.is_full()

    def passes(self, share: float, seconds: float = EVERY) -> bool:
        self.now += seconds
        self.used += share * seconds
        return self.load.is_full()


def test_it_is_full_above_one_share_and_stays_so_until_it_is_below_another() -> None:
    loop = Loop()
    assert [loop.passes(share) for share in (0.7, 0.8, 0.6, 0.5, 0.4, 0.6, 0.9)] == [
        False, True, True, True, False, False, True,
    ]  # fmt: skip


def test_a_moment_says_nothing() -> None:
    loop = Loop()
    assert not loop.passes(1.0, EVERY / 5)
    assert loop.passes(1.0, EVERY)


@pytest.mark.parametrize(("conversations", "full"), [(1, False), (MANY - 1, False), (MANY, True)])
def test_with_few_conversations_it_is_something_else_that_fills_it(conversations: int, full: bool) -> None:
    assert Loop(conversations).passes(1.0) is full


def test_what_was_before_there_were_many_does_not_count() -> None:
    loop = Loop()
    assert loop.passes(1.0)
    loop.load.conversations = 1
    assert not loop.passes(1.0)
    loop.load.conversations = MANY
    assert not loop.passes(1.0), "the first look only begins"
    assert not loop.passes(0.1)
