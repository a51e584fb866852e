"""How long somebody was at something that they could leave and come back to."""

from collections.abc import Iterable
from itertools import pairwise

BREAK_SECONDS = 1800.0
"""Whoever needs longer than this from one thing to the next was away in between."""


def time_spent(moments: Iterable[float]) -> float:
    """Seconds from the first of `moments` (seconds since 1970, in any order) to the last, without the breaks."""
    return sum(gap for before, after in pairwise(sorted(moments)) if (gap := after - before) <= BREAK_SECONDS)
