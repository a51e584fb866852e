"""The circuit breaker, with a clock of its own."""

import threading

from interview_coach.providers.breaker import Breaker


class Hand:
    """A clock that is moved by hand."""

    def __init__(self) -> None:
        self.time = 1000.0

    def __call__(self) -> float:
        return self.time


def opened(now: Hand) -> Breaker:
    breaker = Breaker(now=now)
    for _ in range(3):
        assert breaker.admit() == 0
        breaker.failed()
    return breaker


def test_the_third_failure_in_a_row_opens_it() -> None:
    now = Hand()
    breaker = Breaker(now=now)
    for outcome in (breaker.failed, breaker.failed, breaker.succeeded, breaker.failed, breaker.failed):
        assert breaker.admit() == 0
        outcome()
    assert breaker.admit() == 0
    breaker.failed()
    assert breaker.admit() == 120


def test_it_counts_down() -> None:
    now = Hand()
    breaker = opened(now)
    now.time += 119.5
    assert breaker.admit() == 0.5


def test_one_call_probes_and_the_others_wait_for_it() -> None:
    now = Hand()
    breaker = opened(now)
    now.time += 120
    assert breaker.admit() == 0
    assert breaker.admit() > 0
    breaker.succeeded()
    assert [breaker.admit() for _ in range(5)] == [0] * 5


def test_a_failed_probe_opens_it_for_the_whole_time_again() -> None:
    now = Hand()
    breaker = opened(now)
    now.time += 130
    assert breaker.admit() == 0
    breaker.failed()
    assert breaker.admit() == 120


def test_a_probe_that_was_given_up_leaves_the_place_to_the_next() -> None:
    now = Hand()
    breaker = opened(now)
    now.time += 120
    assert breaker.admit() == 0
    breaker.released()
    assert breaker.admit() == 0


def test_a_late_failure_of_an_older_call_does_not_lengthen_the_rest() -> None:
    now = Hand()
    breaker = opened(now)
    now.time += 100
    breaker.failed()
    assert breaker.admit() == 20


def test_of_many_threads_one_probes() -> None:
    now = Hand()
    breaker = opened(now)
    now.time += 120
    ready = threading.Barrier(16)
    admitted = []

    def knock() -> None:
        ready.wait()
        if breaker.admit() == 0:
            admitted.append(1)

    threads = [threading.Thread(target=knock) for _ in range(16)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(admitted) == 1
