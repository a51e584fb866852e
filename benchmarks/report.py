"""How fast a report opens beside a bare template of the same size, and how many queries pages of a long history take.

    python -m benchmarks.report

The reference is a template that renders as many bytes and as many escaped values in the same frame of the same
application, with all its guards, after one query. Two figures, target under 3 for both: the processor's time for making
the page (median of alternating requests), and the time from navigation to load event in Chromium (median of alternating
loads), which is what a person waits for. The history is that of one person with 200 judged interviews; the number of
queries must not depend on how many there are.
"""

import logging
import statistics
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import jinja2.runtime
from flask import Flask, render_template
from jinja2 import ChoiceLoader, DictLoader
from markupsafe import Markup
from sqlalchemy import event, insert, select
from werkzeug.serving import make_server

from interview_coach import create_app, creating, interviewing
from interview_coach.config import Settings
from interview_coach.creating import NewInterview
from interview_coach.db import db, reading, writing
from interview_coach.models import Answer, Evaluation, Interview, Person, Question, Score
from interview_coach.samples import load_sample

ME = "local"
ROUNDS = 100
LOADS = 21
WARM = 3
RATIO = 3.0
LOADED = "performance.getEntriesByType('navigation')[0].loadEventEnd"
HISTORY = 200
MOST_QUERIES = 12
"""Parts of a page that read rows, with the person's choices and the transaction's own statements."""
BARE = (
    '{% extends "base.html" %}{% block content %}{% set whole %}{% for word in words %}<p>{{ word }}</p>\n{% endfor %}'
    "{% endset %}{{ whole }}{% endblock %}"
)
STORIES = (
    "In November a storm closed the terrace two hours before a wedding of 160 guests, and I had to find another place. "
    "I called the florist, split the porters into two groups and drew the new plan on the kitchen wall. As a result "
    "the couple walked in ten minutes late and we kept the whole fee.",
    "We had many complaints about slow service. I think we all tried hard to improve and it got better.",
    "I am a good communicator and I always give my best for the guests.",
    "Nine people work in my team. I wrote a rota with one spare shift a day, and sick days no longer stopped us: "
    "overtime fell from 40 to 12 hours a month.",
)


def finished(questions: int = 8) -> str:
    """A judged interview."""
    sample = load_sample()
    made, _ = creating.create(
        ME, NewInterview(cv_text=sample.cv_text, job_text=sample.job_text, questions=questions, force_create=True)
    )
    for number in range(1, questions + 1):
        interviewing.next_question(ME, made)
        interviewing.answer(ME, made, number, STORIES[number % len(STORIES)])
    return made


def copy(interview_id: str, times: int) -> None:
    """The same interview again and again, as rows: making 200 by asking would take minutes and show nothing more."""
    with reading() as session:
        source = {
            table: [dict(row._mapping) for row in session.execute(select(table.__table__).where(column == key))]
            for table, column, key in (
                (Interview, Interview.id, interview_id),
                (Question, Question.interview_id, interview_id),
                (Answer, Answer.interview_id, interview_id),
                (Evaluation, Evaluation.interview_id, interview_id),
            )
        }
        evaluation_id = source[Evaluation][0]["id"]
        source[Score] = [
            dict(row._mapping)
            for row in session.execute(select(Score.__table__).where(Score.evaluation_id == evaluation_id))
        ]
    with writing() as session:
        for number in range(times):
            new, judged = f"{number:016x}", f"{number:015x}e"
            for table, rows in source.items():
                fresh = []
                for row in rows:
                    changed = {key: value for key, value in row.items() if not (key == "id" and isinstance(value, int))}
                    changed |= {"interview_id": new} if "interview_id" in row else {}
                    changed |= {"evaluation_id": judged} if "evaluation_id" in row else {}
                    changed |= (
                        {"id": {Interview: new, Evaluation: judged}[table]} if table in (Interview, Evaluation) else {}
                    )
                    fresh.append(changed)
                session.execute(insert(table), fresh)


@contextmanager
def counting() -> Iterator[list[str]]:
    """The queries that are sent meanwhile."""
    sent: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        if statement.lstrip().upper().startswith(("SELECT", "WITH")):
            sent.append(statement)

    event.listen(db.engine, "before_cursor_execute", note)
    try:
        yield sent
    finally:
        event.remove(db.engine, "before_cursor_execute", note)


def timed(step: Callable[[], object], clock: Callable[[], float] = time.perf_counter) -> float:
    """Seconds by a clock; `time.thread_time` counts the processor's work only, whatever else this computer does."""
    began = clock()
    step()
    return clock() - began


def values_of(app: Flask, path: str) -> int:
    """How many values the templates of a page escape: counted while they are rendered once more, compiled to count."""
    count = 0
    escape = jinja2.runtime.escape

    def counting_escape(value: object) -> Markup:
        nonlocal count
        count += 1
        return escape(value)

    jinja2.runtime.escape = counting_escape  # compiled templates import it from there
    try:
        app.jinja_env.cache.clear()
        app.test_client().get(path)
    finally:
        jinja2.runtime.escape = escape
        app.jinja_env.cache.clear()
    return count


class Bare:
    """The reference: as many bytes and as many escaped values as the report, in the same application and the same
    frame, with one query. What it lacks is what a report is made of: rows, sums, conditions."""

    path = "/bare"

    def __init__(self, app: Flask) -> None:
        self._words: list[str] = []
        self._app = app
        app.jinja_loader = ChoiceLoader([DictLoader({"bare.html": BARE}), app.jinja_loader])  # compiled once, as ours
        app.add_url_rule(self.path, "bare", self._show)

    def _show(self) -> str:
        with reading() as session:
            known = session.scalar(select(Person.id).where(Person.id == ME))
        return render_template("bare.html", words=self._words, known=known)

    def fit(self, size: int, values: int) -> None:
        """Make the page come to this size and this number of values."""
        client = self._app.test_client()
        self._words = []
        frame = len(client.get(self.path).data)
        count = values - values_of(self._app, self.path)
        text = " ".join(STORIES)
        each = (size - frame) // count - len("<p></p>\n")
        self._words = [(text * (each // len(text) + 1))[:each]] * count
        missing = size - len(client.get(self.path).data)
        self._words[0] += "x" * missing


class Chromium:
    """Opens pages in a real browser."""

    def __init__(self, port: int) -> None:
        self._port = port

    def load(self, paths: Sequence[str], rounds: int) -> list[list[float]]:
        """Milliseconds from the start of a navigation to the end of its load event, for each path, in turn; in a
        context that has every style sheet and font already, as for a person who has just finished an interview."""
        from playwright.sync_api import sync_playwright

        from tests.browser import chromium

        found: list[list[float]] = [[] for _ in paths]
        with sync_playwright() as playwright:
            browser = chromium.launch(playwright)
            page = browser.new_page()
            for turn in range(rounds + WARM):
                for path, times in zip(paths, found, strict=True):
                    page.goto("about:blank")
                    page.goto(f"http://127.0.0.1:{self._port}{path}", wait_until="load")
                    if turn >= WARM:
                        times.append(page.evaluate(LOADED))
            browser.close()
        return found


def beside_bare(app: Flask, bare: Bare, path: str) -> bool:
    """Prints how long both take; True when the report takes too long. Requests come from outside of any application
    context, because what one request remembers must not serve the next."""
    client = app.test_client()
    page = client.get(path)
    assert page.status_code == 200, page.status
    values = values_of(app, path)
    bare.fit(len(page.data), values)
    assert len(client.get(bare.path).data) == len(page.data) and values_of(app, bare.path) == values
    ours, theirs = [], []
    for _ in range(ROUNDS):
        ours.append(timed(lambda: client.get(path).data, time.thread_time))
        theirs.append(timed(lambda: client.get(bare.path).data, time.thread_time))
    print(f"report page            {len(page.data) / 1024:.0f} KiB, {values} values")
    server = compared("made by the server", [1000 * value for value in ours], [1000 * value for value in theirs])
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    listener = make_server("127.0.0.1", 0, app, threaded=True)
    threading.Thread(target=listener.serve_forever, daemon=True).start()
    try:
        opened = compared("opened in Chromium", *Chromium(listener.server_port).load((path, bare.path), LOADS))
    finally:
        listener.shutdown()
    return max(server, opened) >= RATIO


def compared(what: str, ours: Sequence[float], theirs: Sequence[float]) -> float:
    """Prints medians in milliseconds and returns their ratio."""
    mine, other = statistics.median(ours), statistics.median(theirs)
    print(f"  {what:20} {mine:6.1f} ms, bare template {other:6.1f} ms: {mine / other:.2f} times")
    return mine / other


def main() -> int:
    bad = 0
    with tempfile.TemporaryDirectory() as folder:
        app = create_app(Settings(data_dir=Path(folder), database_url="", provider="offline"))
        bare = Bare(app)
        with app.app_context():
            made = finished()
        bad += beside_bare(app, bare, f"/interviews/{made}/report")
        with app.app_context():
            client = app.test_client()
            pages = {
                "home": "/",
                "history": "/interviews",
                "progress": "/progress",
                "report": f"/interviews/{made}/report",
            }
            counts: dict[str, list[int]] = {name: [] for name in pages}
            seconds: dict[str, float] = {}
            for extra in (0, HISTORY):
                copy(made, extra)
                for name, path in pages.items():
                    client.get(path)
                    with counting() as sent:
                        seconds[name] = timed(lambda path=path: client.get(path).data)  # type: ignore[misc]
                    counts[name].append(len(sent))
            print(f"queries with 1 and {HISTORY + 1} interviews")
            for name, (one, many) in counts.items():
                print(f"  {name:20} {one:3} {many:3}   {seconds[name] * 1000:.0f} ms")
                bad += many > one or many > MOST_QUERIES
            db.engine.dispose()
    return int(bool(bad))


if __name__ == "__main__":
    sys.exit(main())
