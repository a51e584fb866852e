"""Two installations: one with a history that has everything in it, one fresh."""

import itertools
import random
import secrets
from collections.abc import Iterator
from datetime import datetime, timedelta, tzinfo
from pathlib import Path

import pytest
from flask import Flask

from interview_coach import db as database
from interview_coach import portability
from interview_coach.db import db
from tests.apps import bare_app
from tests.portability.history import fill


@pytest.fixture
def old(tmp_path: Path) -> Iterator[Flask]:
    app = bare_app(tmp_path / "old")
    with app.app_context():
        fill()
    yield app
    with app.app_context():
        db.engine.dispose()


@pytest.fixture
def fresh(tmp_path: Path) -> Iterator[Flask]:
    app = bare_app(tmp_path / "fresh")
    yield app
    with app.app_context():
        db.engine.dispose()


@pytest.fixture(scope="session")
def saved(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The file of a full history, made once and the same in every run: what is changed in it is drawn by its length."""
    chance = random.Random(1)
    app = bare_app(tmp_path_factory.mktemp("saved") / "data")
    with app.app_context(), pytest.MonkeyPatch.context() as patch:
        patch.setattr(secrets, "token_hex", lambda size=32: chance.randbytes(size).hex())
        patch.setattr(database, "datetime", Ticking)
        fill()
        raw = portability.export_json("local")
        db.engine.dispose()
    return raw


class Ticking(datetime):
    """A clock that begins on a certain day and goes on by the same step at each look."""

    looks = itertools.count()

    @classmethod
    def now(cls, tz: tzinfo | None = None) -> datetime:
        return datetime(2026, 1, 5, 9, 30, 0, 123457, tz) + timedelta(milliseconds=17 * next(cls.looks))
