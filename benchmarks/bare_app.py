"""The reference of `benchmarks/text.py`: the least that stores an answer durably with the same libraries.

Flask, one SQLAlchemy Core insert per request, SQLite in WAL with synchronous=FULL, a small rendered fragment. No
checks, no owner, no idempotency, no progress.
"""

import os
from typing import Any

from flask import Flask, render_template_string, request
from sqlalchemy import Column, Integer, MetaData, Table, Text, create_engine, event, insert

from interview_coach.db import sqlite_module

FRAGMENT = '<article id="a{{ number }}"><h3>You</h3><p>{{ text }}</p></article>'


def make_bare() -> Flask:
    app = Flask("bare")
    table = Table(
        "answers",
        MetaData(),
        Column("id", Integer, primary_key=True),
        Column("interview_id", Text),
        Column("number", Integer),
        Column("text", Text),
    )
    engine = create_engine(
        f"sqlite:///{os.environ['BARE_DATABASE']}", module=sqlite_module(), pool_size=16, connect_args={"timeout": 8}
    )

    def pragmas(connection: Any, _entry: object) -> None:
        for pragma in ("journal_mode=WAL", "synchronous=FULL"):
            connection.execute(f"PRAGMA {pragma}")

    event.listen(engine, "connect", pragmas)
    table.metadata.create_all(engine)

    @app.post("/interviews/<interview_id>/answers")
    def answer(interview_id: str) -> str:
        number, text = request.form.get("number", type=int), request.form["answer"]
        with engine.begin() as connection:
            connection.execute(insert(table).values(interview_id=interview_id, number=number, text=text))
        return render_template_string(FRAGMENT, number=number, text=text)

    @app.get("/healthz")
    def healthz() -> str:
        return "ok"

    return app
