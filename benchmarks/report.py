"""How fast a report opens beside a bare template of the same size, and how many queries pages of a long history take.

    python -m benchmarks.report

Both are rendered by Flask in this process, in turn, and the medians are compared: the ratio is the figure (target:
under 3). The bare one is a loop over paragraphs, escaped like ours, that comes to the same number of bytes. The
history is that of one person with 200 judged interviews; the number of queries must not depend on how many there are.
"""

import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from flask import Flask, render_template_string
from sqlalchemy import event, insert, select

from interview_coach import create_app, creating, interviewing
from interview_coach.config import Settings
from interview_coach.creating import NewInterview
from interview_coach.db import db, reading, writing
from interview_coach.models import Answer, Evaluation, Interview, Question, Score
from interview_coach.samples import load_sample

ME = "local"
ROUNDS = 60
RATIO = 3.0
HISTORY = 200
MOST_QUERIES = 12
"""Parts of a page that read rows, with the person's choices and the transaction's own statements."""
BARE = "<!doctype html><title>Bare</title>{% for part in parts %}<p>{{ part }}</p>{% endfor %}"
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
    """The SELECTs that are sent meanwhile."""
    sent: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        if statement.lstrip().upper().startswith("SELECT"):
            sent.append(statement)

    event.listen(db.engine, "before_cursor_execute", note)
    try:
        yield sent
    finally:
        event.remove(db.engine, "before_cursor_execute", note)


def timed(step: Callable[[], object]) -> float:
    began = time.perf_counter()
    step()
    return time.perf_counter() - began


def bare_page(size: int) -> Callable[[], object]:
    """A page of `size` bytes that reads nothing."""
    app = Flask("bare")
    text = " ".join(STORIES)
    parts = [text] * (size // len(text)) + [text[: size % len(text)]]

    @app.get("/")
    def show() -> str:
        return render_template_string(BARE, parts=parts)

    client = app.test_client()
    return lambda: client.get("/").data


def main() -> int:
    bad = 0
    with tempfile.TemporaryDirectory() as folder:
        app = create_app(Settings(data_dir=Path(folder), database_url="", provider="offline"))
        with app.app_context():
            made = finished()
            client = app.test_client()
            page = client.get(f"/interviews/{made}/report")
            assert page.status_code == 200, page.status
            bare = bare_page(len(page.data))
            ours, theirs = [], []
            for _ in range(ROUNDS):
                ours.append(timed(lambda: client.get(f"/interviews/{made}/report").data))
                theirs.append(timed(bare))
            ratio = statistics.median(ours) / statistics.median(theirs)
            print(f"report page            {len(page.data) / 1024:.0f} KiB")
            print(f"  ours                 {statistics.median(ours) * 1000:.1f} ms")
            print(f"  bare template        {statistics.median(theirs) * 1000:.1f} ms")
            print(f"  ratio                {ratio:.2f} (limit {RATIO:.0f})")
            bad += ratio >= RATIO
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
