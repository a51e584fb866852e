"""Runs migrations inside the application that Flask-Migrate was given."""

from alembic import context
from flask import current_app

from interview_coach import models  # noqa: F401  # the tables register themselves on import
from interview_coach.db import WRITE, Base

engine = current_app.extensions["migrate"].db.engine

with engine.execution_options(**WRITE).connect() as connection:
    if connection.dialect.name == "sqlite":
        # Batch mode rebuilds a table by dropping the old one: with foreign keys on, the cascade would delete
        # every row that points to it. The pragma is ignored inside a transaction, so it goes to the driver.
        connection.connection.driver_connection.execute("PRAGMA foreign_keys=OFF")
    context.configure(
        connection=connection,
        target_metadata=Base.metadata,
        render_as_batch=True,
        compare_type=True,
        transactional_ddl=True,
    )
    try:
        with context.begin_transaction():
            context.run_migrations()
    finally:
        if connection.in_transaction():
            connection.rollback()
        if connection.dialect.name == "sqlite":
            connection.connection.driver_connection.execute("PRAGMA foreign_keys=ON")
