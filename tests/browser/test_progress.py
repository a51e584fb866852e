"""Progress and history as people use them: keyboard, phone, dark, calm, without scripts."""

import re

import pytest
from playwright.sync_api import expect

from tests import histories
from tests.browser.conftest import at_rest, axe, resize, running, runs_over, too_low
from tests.patience import eventually

pytestmark = pytest.mark.browser

WIDTHS = (320, 768, 390)
PATHS = ("/progress", "/", "/interviews")
MANY = [[90 - day, 30, 50 + day, 80] for day in range(12)]


@pytest.fixture(scope="module")
def past(tmp_path_factory):
    """A site with a year of practice, marked by two coaches."""
    with running(tmp_path_factory.mktemp("past")) as found:
        with found.app.app_context():
            histories.write(MANY, coaches=("offline", "offline", "gemini"))
        yield found


@pytest.fixture(scope="module")
def empty(tmp_path_factory):
    with running(tmp_path_factory.mktemp("empty")) as found:
        yield found


@pytest.fixture
def calm(past):
    client = past.app.test_client()
    client.post("/preferences", json={"low_anxiety": True})
    yield past
    client.post("/preferences", json={"low_anxiety": False})


def faults_on(page, url, also_dark=False):
    found = {}
    for path in PATHS:
        page.goto(url + path)
        for fold in page.locator("main summary").all():
            fold.click()
        if faults := axe(page, also_dark):
            found[path] = faults
        assert page.evaluate("window.violations") == [], path
    return found


def test_axe_finds_nothing_folded_open_in_both_themes(past, context):
    assert faults_on(context(color_scheme="light").new_page(), past.url, also_dark=True) == {}


def test_axe_finds_nothing_on_calm_and_on_empty_pages(calm, empty, context):
    page = context().new_page()
    assert faults_on(page, calm.url) == {}
    assert faults_on(page, empty.url) == {}


def test_nothing_scrolls_sideways_and_everything_is_large_enough_for_a_thumb(past, context):
    page = context(viewport={"width": 390, "height": 844}, has_touch=True).new_page()
    for path in PATHS:
        page.goto(past.url + path)
        assert too_low(page) == [], path
        for fold in page.locator("main summary").all():
            fold.click()
        assert runs_over(page, *WIDTHS) == [], path


def test_only_the_table_scrolls_sideways_in_its_own_box(past, page):
    page.goto(f"{past.url}/progress")
    page.get_by_text("The figures as a table").click()
    table = page.get_by_role("region", name="Figures of each interview")
    for width in WIDTHS:
        resize(page, width)
        table.evaluate("e => { e.scrollLeft = 0; }")
        assert table.evaluate("e => e.scrollWidth > e.clientWidth")
        table.focus()
        page.keyboard.press("ArrowRight")
        assert eventually(lambda: table.evaluate("e => e.scrollLeft") > 0)


def test_drawings_are_drawn_and_named(past, page):
    page.goto(f"{past.url}/progress")
    drawing = page.get_by_role("img", name="Overall over time, of 100")
    expect(drawing).to_be_visible()
    at_rest(page)
    box = drawing.bounding_box()
    assert box["width"] > 200 and box["height"] > 60
    line = drawing.locator("polyline").first.bounding_box()
    assert line["width"] > 100, "the line goes across"
    expect(drawing.locator(".trend-dot")).to_have_count(12)
    # Every third interview was marked by the other coach.
    expect(drawing.locator("rect.trend-dot")).to_have_count(4)


def test_practising_is_one_press_by_keyboard(past, page):
    page.goto(f"{past.url}/progress")
    button = page.get_by_role("button", name="Practise my weakest")
    for _ in range(12):
        page.keyboard.press("Tab")
        if button.evaluate("e => e === document.activeElement"):
            break
    expect(button).to_be_focused()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/interviews/[0-9a-f]{16}"))
    expect(page.get_by_text("It practises first:")).to_contain_text("Working with others")
    page.wait_for_load_state()
    page.get_by_role("button", name="Start the interview").click()
    expect(page.locator("#turn-1")).to_be_visible()


def test_the_history_filters_without_leaving_the_page_and_back_undoes_it(past, page):
    page.goto(f"{past.url}/interviews")
    everything = page.locator("#interviews li").all()
    assert len(everything) >= len(MANY)
    page.get_by_label("Kind").select_option("mock_resume")
    expect(page.get_by_text("No interview fits this choice.")).to_be_visible()
    expect(page).to_have_url(re.compile("format=mock_resume"))
    page.go_back()
    expect(page.locator("#interviews li")).to_have_count(len(everything))


def test_the_history_filters_without_scripts(past, context):
    page = context(java_script_enabled=False).new_page()
    page.goto(f"{past.url}/interviews")
    page.get_by_label("Kind").select_option("mock_resume")
    page.get_by_role("button", name="Show").click()
    expect(page.get_by_text("No interview fits this choice.")).to_be_visible()


def test_the_menu_leads_to_progress_and_home_to_the_whole_history(past, page):
    page.goto(past.url)
    page.get_by_role("link", name=re.compile("All .* interviews")).click()
    expect(page.get_by_role("heading", name="Your interviews")).to_be_visible()
    page.get_by_role("navigation").get_by_role("link", name="Progress").click()
    expect(page.get_by_role("heading", name="Your progress")).to_be_visible()
    expect(page.get_by_role("navigation").get_by_role("link", name="Progress")).to_have_attribute(
        "aria-current", "page"
    )


def test_a_calm_page_shows_no_digit_and_no_drawing(calm, page):
    page.goto(f"{calm.url}/progress")
    for fold in page.locator("main summary").all():
        fold.click()
    main = page.locator("main")
    expect(main).to_contain_text(re.compile("Rising|About the same|Lower"), use_inner_text=True)
    expect(main).not_to_contain_text(re.compile(r"\d"), use_inner_text=True)
    expect(page.locator("svg.trend")).to_have_count(0)


def test_empty_pages_say_what_will_be_there(empty, page):
    page.goto(f"{empty.url}/progress")
    expect(page.get_by_text("Nothing to compare yet")).to_be_visible()
    page.get_by_role("main").get_by_role("link", name="New interview").click()
    expect(page.get_by_label("Difficulty")).to_have_value("adaptive")


def test_on_paper_no_table_runs_out_of_the_sheet(past, context):
    page = context(viewport={"width": 680, "height": 960}).new_page()  # A4 within its margins
    page.goto(past.url + "/progress")
    page.locator("summary", has_text="The figures as a table").click()
    at_rest(page)
    box = page.locator(".wide").first
    spare = "e => e.clientWidth - e.scrollWidth"
    assert box.evaluate(spare) < 0, "on a screen it scrolls"
    page.emulate_media(media="print")
    at_rest(page)
    assert box.evaluate(spare) >= 0
