"""How often interviews may be made, answers sent and calls begun. Counted for the whole installation: it has one
person."""

import math
import threading
import time

from flask import Flask, current_app, request
from limits import RateLimitItem, parse
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter

from interview_coach.config import Settings
from interview_coach.errors import Problem

ANSWERS = ("answers.create", "retakes.create", "retakes.judge", "corrections.create")
"""Whatever brings an answer to be judged counts as one answer."""

DONE = {"interviews": "began many interviews", "answers": "sent many answers", "calls": "began many calls"}


class Limits:
    """Endpoint -> limit, and the count."""

    def __init__(self, settings: Settings) -> None:
        self._items: dict[str, tuple[RateLimitItem, str]] = {}
        if settings.limit_interviews:
            self._items["interviews.create"] = (parse(settings.limit_interviews), "interviews")
        if settings.limit_answers:
            for endpoint in ANSWERS:
                self._items[endpoint] = (parse(settings.limit_answers), "answers")
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
        if self._window.hit(item, name):
            return
        seconds = max(1, math.ceil(self._window.get_window_stats(item, name).reset_time - time.time()))
        wait = f"{seconds} second{'s' if seconds > 1 else ''}"
        raise Problem(
            "RATE_LIMIT_EXCEEDED",
            f"You {DONE[name]} in a short time. What you typed is still here. Send it again in {wait}.",
            retry_after=seconds,
        )


def _check() -> None:
    if request.method == "POST":
        current_app.extensions["limits"].check(request.endpoint or "")


def init_app(app: Flask, settings: Settings) -> None:
    app.extensions["limits"] = Limits(settings)
    app.before_request(_check)
