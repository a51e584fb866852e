"""`doctor`: one line for each thing that has to be right. Looks only; changes nothing."""

import argparse
import shutil
import socket
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from interview_coach import __version__
from interview_coach.commands.serve import port
from interview_coach.commands.words import Stop, sentence_for

if TYPE_CHECKING:
    from interview_coach.config import Settings

ENOUGH_DISK = 500 * 2**20
"""Bytes. A thousand interviews take about 50 MiB."""
TOO_LITTLE_DISK = 20 * 2**20
MARKS = {True: "ok  ", None: "note", False: "BAD "}


@dataclass(frozen=True, slots=True)
class Finding:
    """`good`: True, None for a note, False for something that has to be mended."""

    good: bool | None
    about: str
    text: str


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Which port to look at."""
    parser.add_argument("--port", type=port, default=8000, help="the port that serve will use (default 8000)")


def run(options: argparse.Namespace) -> int:
    """Print the findings; 1 when something has to be mended."""
    findings = list(examine(options.port))
    for finding in findings:
        print(f"{MARKS[finding.good]}  {finding.about:<10}{finding.text}")
    bad = sum(finding.good is False for finding in findings)
    print(f"\n{bad} to mend." if bad else "\nAll is well.")
    return 1 if bad else 0


def examine(number: int) -> Iterator[Finding]:
    """Everything, in the order in which it would fail."""
    yield Finding(True, "Version", f"Interview Coach {__version__}, Python {sys.version.split()[0]}")
    from interview_coach.commands.settings import load

    try:
        settings = load()
    except Stop as stop:
        yield Finding(False, "Settings", str(stop))
        return
    checks: tuple[Callable[[Settings], Iterator[Finding]], ...] = (_folder, _sqlite, _database, _coaches)
    for check in checks:
        yield from check(settings)
    yield _port(number)


def _folder(settings: "Settings") -> Iterator[Finding]:
    folder = settings.data_dir.resolve()
    there = next(path for path in (folder, *folder.parents) if path.exists())
    try:
        with tempfile.TemporaryFile(dir=there):
            pass
    except OSError as error:
        yield Finding(False, "Folder", f"{there} cannot be written to ({error.strerror}). See COACH_DATA_DIR.")
        return
    state = "can be written" if there == folder else "will be made at the first start"
    yield Finding(True, "Folder", f"{folder} {state}")
    free = shutil.disk_usage(there).free
    good = True if free > ENOUGH_DISK else None if free > TOO_LITTLE_DISK else False
    yield Finding(good, "Disk", f"{free / 2**20:,.0f} MiB free")


def _sqlite(_settings: "Settings") -> Iterator[Finding]:
    from interview_coach.db import SAFE_WAL, sqlite_version

    version = ".".join(map(str, sqlite_version()))
    if sqlite_version() >= SAFE_WAL:
        yield Finding(True, "SQLite", f"{version}, with the WAL-reset fix")
    else:
        needed = ".".join(map(str, SAFE_WAL))
        yield Finding(None, "SQLite", f"{version}, older than {needed}: the slower and safe journal is used instead")


def _database(settings: "Settings") -> Iterator[Finding]:
    from sqlalchemy import create_engine

    from interview_coach import db, migrating
    from interview_coach.commands.settings import masked
    from interview_coach.shipped import folder

    url = db.database_url(settings)
    path = db.sqlite_path(url)
    where = str(path or masked(url))
    if path is not None and not path.exists():
        yield Finding(True, "Database", f"{where} will be made at the first start")
        return
    try:
        engine = create_engine(url, module=db.sqlite_module()) if path else create_engine(url)
        current, newest = migrating.current_revision(engine), migrating.head_revision(folder("migrations"))
        engine.dispose()
    except Exception as error:
        yield Finding(False, "Database", sentence_for(error) or f"{where} cannot be opened ({type(error).__name__}).")
        return
    if current == newest:
        yield Finding(True, "Database", f"{where}, schema {current}")
    else:
        yield Finding(None, "Database", f"{where}, schema {current or 'empty'}; the next start brings it to {newest}")


def _coaches(settings: "Settings") -> Iterator[Finding]:
    from interview_coach.commands.settings import masked

    yield Finding(True, "Coach", "built in: always there")
    found = settings.configured_providers
    yield Finding(
        True if "gemini" in found else None,
        "Coach",
        f"Gemini: {settings.gemini_chat_model}, key {masked(settings.gemini_api_key)}",
    )
    yield Finding(
        True if "openrouter" in found else None,
        "Coach",
        f"{'OpenRouter' if settings.is_openrouter else masked(settings.openrouter_base_url)}: "
        f"{settings.openrouter_chat_model}, key {masked(settings.openrouter_api_key)}",
    )
    if settings.missing:
        yield Finding(False, "Coach", settings.missing)
    else:
        yield Finding(True, "Coach", f"by default: {settings.default_coach}")


def _port(number: int) -> Finding:
    try:
        socket.create_server(("127.0.0.1", number)).close()
    except OSError as error:
        return Finding(None, "Port", f"{number} cannot be used now ({error.strerror}); is the server running?")
    return Finding(True, "Port", f"{number} is free")
