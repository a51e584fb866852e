"""Your data in Chromium: numbers hidden, saved as a file, everything deleted, brought back."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.conftest import Site, axe, running, runs_over
from tests.web.conftest import begun, finished

pytestmark = pytest.mark.browser


@pytest.fixture
def own(tmp_path: Path) -> Iterator[Site]:
    """A site of its own, because everything on it is deleted."""
    with running(tmp_path / "own") as found:
        yield found


def test_saved_deleted_and_brought_back(own: Site, page: Page, tmp_path: Path) -> None:
    client = own.app.test_client()
    interview = finished(client, job_title="Night nurse")
    begun(client, 1, job_title="Half way", force_create=True)
    report = client.get(f"/interviews/{interview}/report.json").json

    page.goto(own.url)
    page.get_by_role("link", name="Your data").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Your data")
    expect(page.locator("#stored")).to_contain_text("2 interviews with 3 answers")

    with page.expect_download() as download:
        page.get_by_role("link", name="Save my data").click()
    file = tmp_path / "mine.json"
    download.value.save_as(file)
    assert download.value.suggested_filename.startswith("interview-coach-data-")
    assert len(json.loads(file.read_bytes())["interviews"]) == 2

    page.get_by_role("link", name="Delete everything").click()
    expect(page.get_by_role("button", name="Delete everything")).to_be_visible()
    expect(page.locator("#stored")).to_contain_text("2 interviews with 3 answers")
    page.get_by_role("link", name="Keep everything").click()
    expect(page.get_by_role("link", name="Save my data")).to_be_visible()
    expect(page.locator("#stored")).to_contain_text("2 interviews")
    page.get_by_role("link", name="Delete everything").click()
    page.get_by_role("button", name="Delete everything").click()
    expect(page.get_by_role("status")).to_contain_text("Everything is deleted")
    expect(page.locator("#stored")).to_have_text("Nothing yet.")
    assert client.get("/interviews.json").json["interviews"] == []

    page.get_by_label("The file that you saved").set_input_files(file)
    page.get_by_role("button", name="Bring it in").click()
    expect(page.get_by_role("status")).to_contain_text("2 interviews were brought in")
    assert client.get(f"/interviews/{interview}/report.json").json == report
    page.goto(f"{own.url}/interviews/{interview}/report")
    expect(page.get_by_role("heading", level=1)).to_be_visible()


def test_a_wrong_file_is_said_at_the_top_and_beside_the_field_and_nothing_is_lost(
    own: Site, context: Callable[..., BrowserContext], tmp_path: Path
) -> None:
    finished(own.app.test_client())
    page = context(viewport={"width": 390, "height": 844}).new_page()
    file = tmp_path / "cv.json"
    file.write_text('{"basics": {"name": "Nadia"}}')
    page.goto(f"{own.url}/data")
    page.get_by_label("The file that you saved").set_input_files(file)
    page.get_by_role("button", name="Bring it in").click()
    summary = page.locator("#notice")
    expect(summary).to_be_focused()
    expect(summary).to_be_in_viewport()
    expect(summary).to_contain_text("not a file that Interview Coach wrote")
    field = page.get_by_label("The file that you saved")
    expect(field).to_have_attribute("aria-invalid", "true")
    expect(page.locator("#file-wrong")).to_contain_text("not a file that Interview Coach wrote")
    expect(page.locator("#stored")).to_contain_text("1 interview")
    assert axe(page) == []
    summary.get_by_role("link").click()
    expect(field).to_be_in_viewport()


def test_the_switch_hides_numbers_and_stays_on_its_page(own: Site, page: Page) -> None:
    page.goto(f"{own.url}/data")
    page.get_by_role("button", name="Hide numbers").click()
    expect(page.get_by_role("button", name="Show numbers")).to_be_visible()
    expect(page).to_have_url(f"{own.url}/data")
    assert own.app.test_client().get("/preferences.json").json == {"low_anxiety": True}


def test_axe_finds_nothing_in_both_themes_and_nothing_scrolls_sideways(
    own: Site, context: Callable[..., BrowserContext]
) -> None:
    client = own.app.test_client()
    copies = Path(own.app.config["COACH_DATA_DIR"]) / "backups"
    copies.mkdir(exist_ok=True)
    page = context(color_scheme="light", viewport={"width": 390, "height": 844}).new_page()
    for filled in (False, True):
        if filled:
            finished(client)
            (copies / "before-0002-20261121-020000-with-quite-a-long-name.db").write_bytes(b"x")
        for path in ("/data", "/data/deletion", "/data?deleted=yes", "/data?imported=1&kept=2"):
            page.goto(own.url + path)
            assert axe(page, also_dark=True) == [], path
            assert runs_over(page) == [], path


def test_it_works_without_scripts(own: Site, context: Callable[..., BrowserContext], tmp_path: Path) -> None:
    client = own.app.test_client()
    finished(client)
    file = tmp_path / "mine.json"
    file.write_bytes(client.get("/data/export").data)
    page = context(java_script_enabled=False).new_page()
    page.goto(f"{own.url}/data/deletion")
    page.get_by_role("button", name="Delete everything").click()
    expect(page.get_by_role("status")).to_contain_text("Everything is deleted")
    page.get_by_label("The file that you saved").set_input_files(file)
    page.get_by_role("button", name="Bring it in").click()
    expect(page.get_by_role("status")).to_contain_text("1 interview was brought in")
