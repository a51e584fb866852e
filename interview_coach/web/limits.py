"""How often interviews may be made, answers sent and calls begun. Counted for the whole installation: it has one
person.

An interview counts once it is made: a form that came back with something to correct costs nothing. Reading documents
is work all the same, so the attempts have a larger limit of their own.
"""

import math
import threading
import time

from flask import Flask, current_app, g, request
from limits import RateLimitItem, parse
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter

from interview_coach.config import Settings
from interview_coach.errors import Problem

ANSWERS = ("answers.create", "retakes.create", "corrections.create")
"""Whatever brings an answer to be judged counts as one answer."""
MARKS = ("evaluations.create", "retakes.judge")
"""Asking for marks once more: as often as answers may be sent, and counted for itself."""

CREATE = "interviews.create"
ATTEMPTS = 6
"""For each interview that may be made."""

TYPED = "What you typed is still here. Send it again"
TOLD = {
    "interviews": ("began many interviews", TYPED),
    "attempts": ("tried many times to begin an interview", TYPED),
    "answers": ("answered or skipped many questions", TYPED),
    "marks": ("asked for marks many times", "Your answers and all marks are kept. Ask again"),
    "calls": ("began many calls", "Your interview is kept. Call again"),
}
"""What was done, and what to do next."""


class Limits:
    """Endpoint -> limit, and the count."""

    def __init__(self, settings: Settings) -> None:
        self._items: dict[str, tuple[RateLimitItem, str]] = {}
        self._made: RateLimitItem | None = None
        self._held = 0
        if settings.limit_interviews:
            made = parse(settings.limit_interviews)
            self._items[CREATE] = (type(made)(made.amount * ATTEMPTS, made.multiples), "attempts")
            self._made = made
        if settings.limit_answers:
            for endpoints, name in ((ANSWERS, "answers"), (MARKS, "marks")):
                self._items |= dict.fromkeys(endpoints, (parse(settings.limit_answers), name))
        if settings.limit_calls:
            self._items["live.live"] = (parse(settings.limit_calls), "calls")
        self._storage = MemoryStorage()
        self._window = MovingWindowRateLimiter(self._storage)
        self._lock = threading.Lock()
        self._seen = time.time()

    def check(self, endpoint: str) -> None:
        """Count one request; RATE_LIMIT_EXCEEDED when there were too many."""
        found = self._items.get(endpoint)
        if found is None:
            return
        item, name = found
        with self._lock:
            seen, self._seen = self._seen, time.time()
            if self._seen < seen - 1:  # the clock went back: what was counted lies in the future and would never end
                self._storage.reset()
        if not self._window.hit(item, name):
            raise self._too_many(item, name)

    def hold(self) -> bool:
        """Keep a place for an interview that may be made, until `release`. RATE_LIMIT_EXCEEDED when there is none;
        False when there is no limit."""
        if self._made is None:
            return False
        with self._lock:
            if not self._window.test(self._made, "interviews", cost=self._held + 1):
                raise self._too_many(self._made, "interviews")
            self._held += 1
        return True

    def release(self, is_made: bool) -> None:
        """Count the interview that the place was kept for, or give the place back."""
        assert self._made is not None
        with self._lock:
            self._held -= 1
            if is_made:
                self._window.hit(self._made, "interviews")

    def _too_many(self, item: RateLimitItem, name: str) -> Problem:
        seconds = max(1, math.ceil(self._window.get_window_stats(item, name).reset_time - time.time()))
        done, next_time = TOLD[name]
        return Problem(
            "RATE_LIMIT_EXCEEDED",
            f"You {done} in a short time. {next_time} in {seconds} second{'s' if seconds > 1 else ''}.",
            retry_after=seconds,
        )


def count_interview() -> None:
    """Say that this request made an interview."""
    g.made_interview = True


def _check() -> None:
    if request.method != "POST":
        return
    limits: Limits = current_app.extensions["limits"]
    limits.check(request.endpoint or "")
    if request.endpoint == CREATE:
        g.holds_place = limits.hold()


def _release(_: BaseException | None) -> None:
    if g.pop("holds_place", False):
        current_app.extensions["limits"].release(is_made=g.pop("made_interview", False))


def init_app(app: Flask, settings: Settings) -> None:
    app.extensions["limits"] = Limits(settings)
    app.before_request(_check)
    app.teardown_request(_release)
