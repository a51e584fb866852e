"""The real application on a real port, and Chromium pages that collect what must not happen."""

import re
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright
from werkzeug.serving import make_server

from interview_coach import create_app
from interview_coach.config import Settings
from interview_coach.db import db
from tests.browser import chromium
from tests.patience import PATIENCE, eventually
from tests.web.people import Script, Scripted, TestCoaches

expect.set_options(timeout=PATIENCE * 1000)  # a loaded machine is slow, not wrong
AXE = Path(__file__).parent / "vendor" / "axe-core-4.14.1" / "axe.min.js"
EVERY_RULE = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
RULES_OF_COLOUR = ["color-contrast", "link-in-text-block"]
BASELINE = (
    "window.violations = []; addEventListener('securitypolicyviolation', "
    "e => violations.push(`${e.violatedDirective} ${e.blockedURI}`))"
)


class Site:
    """One running application."""

    def __init__(self, app: Flask, url: str) -> None:
        self.app = app
        self.url = url

    def seat(self, script: Script | None) -> Scripted | None:
        """A scripted model asks, or (None) the built-in coach again."""
        coaches = TestCoaches(self.app.config["COACH_SETTINGS"])
        if script is None:
            from interview_coach.coaches import Coaches

            self.app.extensions["coaches"] = Coaches(self.app.config["COACH_SETTINGS"])
            return None
        coaches.scripted = Scripted(script)
        self.app.extensions["coaches"] = coaches
        return coaches.scripted


@contextmanager
def running(data: Path, **settings: Any) -> Iterator[Site]:
    """The application on a port of its own."""
    chosen = {"provider": "offline", "limit_interviews": "", "limit_answers": "", **settings}
    app = create_app(Settings(data_dir=data, **chosen))
    app.config["SEND_FILE_MAX_AGE_DEFAULT"] = 3600  # each page has twenty files; what a page looks like stays the same
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield Site(app, f"http://127.0.0.1:{server.server_port}")
    server.shutdown()
    thread.join()
    server.server_close()
    with app.app_context():
        db.engine.dispose()


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with running(tmp_path_factory.mktemp("browser")) as found:
        yield found


@pytest.fixture(autouse=True)
def usual_coach(site: Site) -> Iterator[None]:
    yield
    site.seat(None)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        found = chromium.launch(playwright, timeout=2 * PATIENCE * 1000)
        yield found
        found.close()


@pytest.fixture
def context(browser: Browser) -> Iterator[Callable[..., BrowserContext]]:
    opened: list[BrowserContext] = []

    def make(**options: Any) -> BrowserContext:
        made = browser.new_context(**{"viewport": {"width": 1280, "height": 800}, "locale": "en-GB", **options})
        made.set_default_timeout(PATIENCE * 1000)
        if options.get("java_script_enabled", True):
            made.add_init_script(BASELINE)
        opened.append(made)
        return made

    yield make
    for made in opened:
        made.close()


@pytest.fixture
def page(context: Callable[..., BrowserContext]) -> Iterator[Page]:
    """A page whose console must stay quiet and whose policy must hold."""
    opened = context().new_page()
    said: list[str] = []
    opened.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
    opened.on("pageerror", lambda error: said.append(str(error)))
    yield opened
    assert opened.evaluate("window.violations") == []
    # a status of 4xx or 5xx and a lost connection are said by the browser and htmx, and are part of some tests
    assert [
        line for line in said if not re.match(r"Failed to load resource|Response Status Error Code|htmx:", line)
    ] == []


def at_rest(page: Page) -> None:
    """The page has its files and its letters, what was swapped into it is in place, and nothing fades or slides any
    more. Words may still be on their way. Until then nothing can be said of places, sizes and colours."""
    page.wait_for_load_state()
    assert eventually(lambda: page.evaluate("!document.querySelector('.htmx-added, .htmx-swapping, .htmx-settling')"))
    page.evaluate("document.fonts.ready.then(() => null)")
    _keep_still(page)


def _keep_still(page: Page) -> None:
    page.evaluate(
        "Promise.all(document.getAnimations().filter(a => a.effect.getTiming().iterations !== Infinity)"
        ".map(a => a.finished.catch(() => {})))"  # one that is cancelled moves no more
    )


def resize(page: Page, width: int, height: int = 844) -> None:
    """The window has another size, and the page knows."""
    page.set_viewport_size({"width": width, "height": height})
    assert eventually(lambda: page.evaluate("[innerWidth, innerHeight]") == [width, height])


def runs_over(page: Page, *widths: int) -> list[int]:
    """Those of the widths at which the page scrolls sideways; without any, the width that it has."""
    at_rest(page)
    found = []
    for width in widths or (page.evaluate("innerWidth"),):
        if widths:
            resize(page, width)
        if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            found.append(width)
    return found


def too_low(page: Page) -> list[Any]:
    """What a thumb would miss: things to press that are less than 44 pixels high."""
    at_rest(page)
    found: list[Any] = page.evaluate(
        "[...document.querySelectorAll('button, select, input:not([type=hidden]), .button, .quiet, nav a, summary')]"
        ".filter(e => e.checkVisibility() && !e.closest('.sr-only'))"
        ".map(e => [e.outerHTML.slice(0, 120), e.getBoundingClientRect().height])"
        ".filter(([, height]) => height > 0 && height < 43.5)"
    )
    return found


def axe(page: Page, also_dark: bool = False) -> list[Any]:
    """Violations on the page as it is, once it is at rest; with `also_dark` those of the other theme too, which differs
    in nothing but colours."""
    at_rest(page)
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE.read_text(encoding="utf-8"))  # the policy forbids a script tag, not the debugger
    found = _violations(page, EVERY_RULE)
    if also_dark:
        assert page.evaluate("matchMedia('(prefers-color-scheme: light)').matches"), "it was light until now"
        page.emulate_media(color_scheme="dark")
        found += _violations(page, RULES_OF_COLOUR)
        page.emulate_media(color_scheme="light")
    return found


def _violations(page: Page, rules: list[str]) -> list[Any]:
    _keep_still(page)  # an element that fades in, or changes its colours with the theme, has half a contrast
    found: list[Any] = page.evaluate(
        "async (rules) => (await axe.run(document, {runOnly: rules, resultTypes: ['violations']})).violations"
        ".map(v => [v.id, v.nodes.map(n => n.html.slice(0, 160) + ' ' + (n.any[0]?.message ?? ''))])",
        rules,
    )
    return found
