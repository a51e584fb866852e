"""Work that outlives a request. The row of an evaluation is the truth; the queue carries its id and may lose it.

The queue is huey with its SQLite storage and threads inside the web process, so that there is nothing else to start. A
killed process loses what it was working on - on every backend of huey - so a sweep looks every few seconds for
evaluations that nobody works on and hands them in again. Without `start` (command line, tests) a job runs at once, in
the thread that hands it in.
"""

import logging
import threading
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

from flask import Flask, current_app

if TYPE_CHECKING:
    from huey import SqliteHuey

SWEEP_SECONDS = 5.0
WORKERS = 2
"""Evaluations at a time in one process. Most of their time is waiting for a model."""
LONGEST_NAP_SECONDS = 0.5
"""How long an idle worker may not look."""

log = logging.getLogger(__name__)


class Jobs:
    """The queue of one application."""

    def __init__(self, app: Flask) -> None:
        self._app = app
        self._lock = threading.Lock()
        self._task: Any = None
        self._consumer: Any = None
        self._stop = threading.Event()
        """Of the sweep that runs; a later start has another one, so that it cannot wake an ended sweep."""

    def submit(self, evaluation_id: str) -> None:
        """Do it soon, or now when no workers run here."""
        if self._task is None:
            self._do(evaluation_id)
            return
        try:
            self._task(evaluation_id)
        except Exception as error:
            log.error("the queue did not take evaluation %s: %s", evaluation_id, type(error).__name__)

    def start(self) -> None:
        """Workers and the sweep, in threads of this process: call it after a fork. Repeating it changes nothing."""
        with self._lock:
            if self._consumer is not None:
                return
            queue = self._queue()
            self._task = queue.task(name="evaluate")(self._do)
            self._consumer = _consumer(queue)
            self._consumer.start()
            self._stop = threading.Event()
            threading.Thread(target=self._sweep, args=(self._consumer, self._stop), name="sweep", daemon=True).start()

    def stop(self) -> None:
        """Take no new work, and give back what is being done so that the next process need not wait for it to lapse."""
        from interview_coach import evaluating

        with self._lock:
            self._stop.set()
            if self._consumer is not None:
                self._consumer.stop()
                self._consumer = self._task = None
        with self._app.app_context():
            evaluating.let_go()

    @property
    def _path(self) -> Path:
        return Path(self._app.config["COACH_DATA_DIR"]) / "jobs.db"

    def forget(self) -> None:
        """Empty the queue, also while workers of this or another process look into it. Evaluations that are still
        wanted are found by the sweep."""
        import sqlite3

        if not self._path.exists():
            return
        try:
            with closing(sqlite3.connect(self._path, timeout=5, isolation_level=None)) as queue:
                for statement in ("PRAGMA secure_delete=ON", "DELETE FROM task", "DELETE FROM schedule", "VACUUM"):
                    queue.execute(statement)
        except sqlite3.Error as error:  # it holds ids only, and those lead nowhere any more
            log.warning("the queue was not emptied: %s", type(error).__name__)

    def _queue(self) -> "SqliteHuey":
        from huey import SqliteHuey

        path = self._path
        path.touch(mode=0o600)
        # No write-ahead log: the system's SQLite, which huey uses, may have the WAL-reset bug.
        return SqliteHuey("coach", filename=str(path), results=False, journal_mode="truncate")

    def _do(self, evaluation_id: str) -> None:
        from interview_coach import evaluating

        with self._app.app_context():
            evaluating.work(evaluation_id)

    def _sweep(self, consumer: Any, stop: threading.Event) -> None:
        from interview_coach import evaluating

        while True:
            try:
                with self._app.app_context():
                    evaluating.sweep()
                if not stop.is_set():
                    consumer.check_worker_health()
            except Exception as error:  # the storage may be gone for a while; the sweep must not be
                log.error("the sweep failed: %s", type(error).__name__)
            if stop.wait(SWEEP_SECONDS):
                return


def _consumer(queue: "SqliteHuey") -> Any:
    from huey.consumer import Consumer

    class Embedded(Consumer):  # type: ignore[misc]  # huey ships no types
        """Signals belong to the server that it lives in."""

        def _set_signal_handlers(self) -> None:
            pass

    for name in ("huey", "huey.consumer"):
        logging.getLogger(name).setLevel(logging.ERROR)
    return Embedded(
        queue,
        workers=WORKERS,
        periodic=False,
        max_delay=LONGEST_NAP_SECONDS,
        worker_type="thread",
        scheduler_interval=60,
    )


def init_app(app: Flask) -> None:
    """Give the application its queue. Nothing runs until `start`."""
    app.extensions["jobs"] = Jobs(app)


def submit(evaluation_id: str) -> None:
    """Hand an evaluation to the queue of the current application."""
    jobs: Jobs = current_app.extensions["jobs"]
    jobs.submit(evaluation_id)
