"""When we ask again, and when not."""

import random
from collections import Counter

import pytest

from interview_coach.providers.base import BadReply, NotConfigured, ProviderError, Refused, Throttled, Unavailable
from interview_coach.providers.patience import Patience, retry_after

P = Patience()
DOWN = Unavailable("down")


def pause(error: ProviderError, *, tries: int = 1, waited: float = 0, elapsed: float = 0.1) -> float | None:
    return P.pause(error, tries=tries, waited=waited, elapsed=elapsed, jitter=0.5)


@pytest.mark.parametrize("error", [Refused("no"), BadReply("bad"), NotConfigured("none")])
def test_only_what_may_pass_is_tried_again(error: ProviderError) -> None:
    assert pause(error) is None


def test_pauses_grow_and_end_with_the_third_try() -> None:
    assert [pause(DOWN, tries=tries) for tries in (1, 2, 3, 4)] == [0.75, 1.5, None, None]


def test_a_named_time_is_never_cut_short() -> None:
    for seconds in (0, 0.4, 7, 59):
        waits = P.pause(Throttled("busy", retry_after=seconds), tries=1, waited=0, elapsed=0.1, jitter=0)
        assert waits == seconds


def test_a_named_time_is_waited_for_up_to_a_minute_in_all() -> None:
    assert pause(Throttled("busy", retry_after=61)) is None
    assert pause(Throttled("busy", retry_after=31), tries=2, waited=30) is None
    assert pause(Throttled("busy", retry_after=30), tries=2, waited=30, elapsed=31) == 30.5
    assert pause(Throttled("busy", retry_after=30), tries=2, waited=30, elapsed=70) is None, "no time is left"
    assert pause(Unavailable("down", retry_after=20)) == 20.5


def test_a_vendor_that_was_silent_for_the_first_deadline_is_not_asked_again() -> None:
    assert pause(DOWN, elapsed=P.first) is None
    assert pause(DOWN, elapsed=P.connect) is not None


def test_no_call_outlives_its_total() -> None:
    for elapsed in range(0, 200, 7):
        for error in (DOWN, Throttled("busy", retry_after=50)):
            seconds = pause(error, elapsed=elapsed)
            assert seconds is None or elapsed + seconds < P.total


def test_thirty_clients_do_not_come_back_together() -> None:
    chance = random.Random(7)
    busy = Throttled("busy", retry_after=7)
    waits = [P.pause(busy, tries=1, waited=0, elapsed=0.1, jitter=chance.random()) or 0 for _ in range(30)]
    assert all(7 <= seconds <= 8 for seconds in waits)
    assert max(Counter(int(seconds / 0.05) for seconds in waits).values()) <= 5


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({}, None),
        ({"retry-after": "7"}, 7),
        ({"retry-after": "0.5"}, 0.5),
        ({"retry-after": "-3"}, 0),
        ({"retry-after": "nan"}, None),
        ({"retry-after": "inf"}, None),
        ({"retry-after": "soon"}, None),
        ({"retry-after": ""}, None),
        ({"retry-after-ms": "250", "retry-after": "9"}, 0.25),
        ({"retry-after": "Sat, 21 Nov 2026 10:00:30 GMT"}, 30),
        ({"retry-after": "Sat, 21 Nov 2026 09:00:00 GMT"}, 0),
        ({"retry-after": "Sat, 21 Nov 2026 10:00:30 GMT", "date": "Sat, 21 Nov 2026 10:00:20 GMT"}, 10),
        ({"retry-after": "Sat, 21 Nov 2026 10:00:30 GMT", "date": "yesterday"}, 30),
        ({"retry-after": "Sat, 99 Nov 2026 10:00:30 GMT"}, None),
    ],
)
def test_retry_after_is_read_as_number_and_as_date(headers: dict[str, str], seconds: float | None) -> None:
    ten_o_clock = 1795255200.0
    assert retry_after(headers, now=ten_o_clock) == seconds
