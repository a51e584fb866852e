"""The one event loop of a process."""

import sys

import pytest

from interview_coach import loop


@pytest.mark.parametrize(("before", "after"), [(0.005, loop.WAIT_SECONDS), (0.0001, 0.0001)])
def test_the_loop_does_not_wait_long_for_threads_that_compute(
    monkeypatch: pytest.MonkeyPatch, before: float, after: float
) -> None:
    known = sys.getswitchinterval()
    monkeypatch.setattr(loop, "_loop", None)
    try:
        sys.setswitchinterval(before)
        made = loop.get()
        assert sys.getswitchinterval() == pytest.approx(after, abs=2e-6)
        made.call_soon_threadsafe(made.stop)
    finally:
        sys.setswitchinterval(known)
