"""Two installations: one with a history that has everything in it, one fresh."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

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
    """The file of a full history, made once."""
    from interview_coach import portability

    app = bare_app(tmp_path_factory.mktemp("saved") / "data")
    with app.app_context():
        fill()
        raw = portability.export_json("local")
        db.engine.dispose()
    return raw
