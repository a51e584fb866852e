"""What every test shares: nothing of this machine leaks in, and a missing browser is said aloud."""

import asyncio
import functools
import logging
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import hypothesis
import pytest
from flask import Flask

from interview_coach import db
from interview_coach.config import Settings
from tests.apps import bare_app
from tests.browser import chromium
from tests.steady import SteadyPolicy

KEYS = ("GEMINI_API_KEY", "GOOGLE_API_KEY", "GOOGLE_GEMINI_BASE_URL", "OPENROUTER_API_KEY", "OPENROUTER_BASE_URL")
SDK_STREAMS = r"Exception ignored in.*async_generator object (HttpResponse\.|HTTP\d|Response\.|\w*Stream\.|_?aiter_)"
"""The SDKs leave the inner generators of a stream that breaks off to the garbage collector. That may look at them in a
stand-in's thread just when the test's loop ends; they then complain to nobody in particular, after all was closed."""
NO_BROWSER = f"no Chromium on this machine; to get one: {chromium.how_to_install()}"


def pytest_configure(config: pytest.Config) -> None:
    """A developer's keys and `.env` never reach a test: no test may spend money or pass on one machine only."""
    for name in [name for name in os.environ if name in KEYS or name.startswith("COACH_")]:
        if name != "COACH_CHROMIUM":
            del os.environ[name]
    Settings.model_config["env_file"] = None
    config.addinivalue_line("filterwarnings", f"ignore:{SDK_STREAMS}")
    # The same examples in every run, and none fails for being slow once.
    calm = [hypothesis.HealthCheck.too_slow]
    hypothesis.settings.register_profile("house", deadline=None, derandomize=True, suppress_health_check=calm)
    hypothesis.settings.load_profile("house")
    asyncio.set_event_loop_policy(SteadyPolicy())
    db._on_connect = without_the_disk(db._on_connect)
    # A line for each request, hundreds a test, would hide what failed.
    logging.getLogger("werkzeug").setLevel(logging.WARNING)


def without_the_disk(connect: Callable[..., None]) -> Callable[..., None]:
    """What the tests' own process commits is left to the system to write: only a power cut would tell, and a commit
    that waits for the disk takes ten times as long. Servers of their own process wait as they do for people."""

    @functools.wraps(connect)
    def on_connect(connection: Any, entry: Any) -> None:
        connect(connection, entry)
        connection.execute("PRAGMA synchronous=OFF")

    return on_connect


@pytest.fixture(autouse=True)
def data_dir(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A data folder of its own for each test; nothing is ever written to `instance/`."""
    monkeypatch.setenv("COACH_DATA_DIR", str(tmp_path / "data"))
    return tmp_path / "data"


@pytest.fixture
def app(data_dir: Path) -> Iterator[Flask]:
    """An application without pages, its context pushed. Tests of pages and of the database have their own."""
    made = bare_app(data_dir)
    with made.app_context():
        yield made
        db.db.engine.dispose()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Browser tests come last; without Chromium they are skipped with the reason.

    Last, because Playwright keeps an event loop running in its process for as long as the browser is open, and under
    a running loop `asyncio.run` of any other test fails. xdist hands out tests in this order too.
    """
    items.sort(key=lambda item: item.get_closest_marker("browser") is not None)
    for item in items:
        if item.get_closest_marker("browser"):
            # A browser that leaves a page drops connections; Werkzeug then forgets to close the file it was sending.
            item.add_marker(pytest.mark.filterwarnings("ignore:Exception ignored in.*FileIO.*static"))
    if chromium.find() is None:
        for item in items:
            if item.get_closest_marker("browser"):
                item.add_marker(pytest.mark.skip(reason=NO_BROWSER))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """A green run that looked at no page must not look like one that did."""
    skipped = [report for report in terminalreporter.stats.get("skipped", []) if NO_BROWSER in str(report.longrepr)]
    if skipped:
        terminalreporter.write_sep("!", f"NOT RUN: {len(skipped)} browser tests", red=True, bold=True)
        terminalreporter.write_line(f"Reason: {NO_BROWSER}", red=True)
