"""Migrations: the head equals the models, every step goes up and down, and data survives an upgrade."""

import re
import shutil
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from flask import Flask
from flask_migrate import downgrade, upgrade
from sqlalchemy import inspect

from interview_coach import db as database
from interview_coach import migrating
from interview_coach.config import Settings
from interview_coach.db import Base, db, now, reading, writing
from interview_coach.errors import Problem
from interview_coach.models import Document, Person
from interview_coach.shipped import folder

MIGRATIONS = folder("migrations")


def make_app(data_dir: Path) -> Flask:
    app = Flask("test")
    app.config["COACH_MIGRATIONS"] = str(MIGRATIONS)
    database.init_app(app, Settings(data_dir=data_dir, database_url=""))
    return app


def revisions() -> list[str]:
    return sorted(re.match(r"(\w+?)_", file.name).group(1) for file in (MIGRATIONS / "versions").glob("*.py"))


def test_head_equals_the_models(tmp_path):
    app = make_app(tmp_path)
    migrating.migrate(app)
    with app.app_context():
        with db.engine.connect() as connection:
            context = MigrationContext.configure(connection, opts={"compare_type": True, "render_as_batch": True})
            assert compare_metadata(context, Base.metadata) == []
        with db.engine.connect() as connection:
            stored = set(inspect(connection).get_table_names()) - {"alembic_version"}
        assert stored == set(Base.metadata.tables)
        db.engine.dispose()


def test_every_migration_goes_down_and_up_again(tmp_path):
    app = make_app(tmp_path)
    migrating.migrate(app)
    with app.app_context():
        for revision in reversed(["base", *revisions()][:-1]):
            downgrade(directory=str(MIGRATIONS), revision=revision)
        with db.engine.connect() as connection:
            assert set(inspect(connection).get_table_names()) <= {"alembic_version"}
        upgrade(directory=str(MIGRATIONS))
        assert migrating.current_revision(db.engine) == migrating.head_revision(MIGRATIONS)
        db.engine.dispose()


def test_second_start_changes_nothing_and_makes_no_backup(tmp_path):
    for _ in range(2):
        app = make_app(tmp_path)
        migrating.migrate(app)
        with app.app_context():
            db.engine.dispose()
    assert not (tmp_path / "backups").exists()


NEXT = """
import sqlalchemy as sa
from alembic import op
revision = "9999"
down_revision = "{head}"
def upgrade():
    with op.batch_alter_table("people") as people:
        people.add_column(sa.Column("nickname", sa.String(10), nullable=True))
def downgrade():
    with op.batch_alter_table("people") as people:
        people.drop_column("nickname")
"""


def test_older_database_is_backed_up_and_upgraded_without_losing_child_rows(tmp_path):
    app = make_app(tmp_path / "data")
    migrating.migrate(app)
    with app.app_context():
        with writing() as session:
            session.add(Person(id="local", created_at=now()))
            session.flush()
            session.add(
                Document(id="d", owner_id="local", kind="cv", text="t", digest="x", filename=None, created_at=now())
            )
        db.engine.dispose()
    newer = tmp_path / "migrations"
    shutil.copytree(MIGRATIONS, newer)
    (newer / "versions" / "9999_next.py").write_text(NEXT.format(head=migrating.head_revision(MIGRATIONS)))
    app.config["COACH_MIGRATIONS"] = str(newer)
    migrating.migrate(app)
    with app.app_context():
        assert migrating.current_revision(db.engine) == "9999"
        with db.engine.connect() as connection:
            assert "nickname" in {column["name"] for column in inspect(connection).get_columns("people")}
        with reading() as session:
            assert session.get(Document, "d") is not None, "rebuilding a parent table must not cascade"
        db.engine.dispose()
    assert [file.suffix for file in (tmp_path / "data" / "backups").iterdir()] == [".db"]


def test_database_of_a_newer_version_is_left_alone(tmp_path):
    app = make_app(tmp_path)
    migrating.migrate(app)
    with app.app_context():
        with db.engine.begin() as connection:
            connection.exec_driver_sql("UPDATE alembic_version SET version_num = '7777'")
        with pytest.raises(Problem, match="newer version"):
            migrating.migrate(app)
        assert migrating.current_revision(db.engine) == "7777"
        db.engine.dispose()
