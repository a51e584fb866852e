"""Every page and state: axe finds nothing in light and dark, nothing scrolls sideways on a phone."""

import threading

import pytest
from playwright.sync_api import expect

from interview_coach.providers.base import Unavailable
from tests.browser.conftest import at_rest, axe, runs_over, too_low
from tests.browser.test_interview import asked
from tests.patience import eventually
from tests.web.conftest import begun, create, finished
from tests.web.people import failing, slowly

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def pages(site):
    """Address of every page, in every state that lasts."""
    client = site.app.test_client()
    fresh = create(client, job_title="Matron of a ward with an uncommonly long name, deputy", force_create=True)
    open_ = begun(client, 2, job_title="Open", force_create=True)
    client.put(f"/interviews/{open_}/draft", data={"number": 3, "answer": "A draft"})
    done = finished(client, force_create=True)
    early = begun(client, 1, job_title="Early", force_create=True)
    client.post(f"/interviews/{early}/finish")
    return [
        "/",
        "/?state=EVALUATED",
        "/interviews/new",
        f"/interviews/{fresh}",
        f"/interviews/{open_}",
        f"/interviews/{open_}/documents",
        f"/interviews/{open_}/finish",
        f"/interviews/{open_}/deletion",
        f"/interviews/{done}",
        f"/interviews/{done}/report",
        f"/interviews/{early}/report",
        "/nowhere",
    ]


def test_axe_finds_nothing_on_any_page_in_both_themes(site, context, pages):
    page = context(color_scheme="light").new_page()
    found = {}
    for path in pages:
        page.goto(site.url + path)
        if faults := axe(page, also_dark=True):
            found[path] = faults
        assert page.evaluate("window.violations") == [], path
    assert found == {}


def test_axe_finds_nothing_in_passing_states_in_both_themes(site, context):
    """Folds open, waiting for words, trouble, thinking, a wrong form."""
    page = context(color_scheme="light").new_page()
    found = {}

    def look(state):
        if faults := axe(page, also_dark=True):
            found[state] = faults

    client = site.app.test_client()
    interview = begun(client, 1, job_title="States", force_create=True)
    page.goto(f"{site.url}/interviews/{interview}")
    page.locator(".why summary").first.click()
    page.click("text=Let me think")
    look("why and thinking")
    step = threading.Semaphore(1)
    site.seat(slowly(step=step))
    page.fill("#answer", "On Monday I moved the whole ward to the other wing and nobody missed a meal.")
    page.keyboard.press("Enter")
    expect(page.locator("#next [data-words]")).to_have_text("This is")
    look("words are coming")
    step.release(100)
    asked(page, 3)
    site.seat(failing(Unavailable("down")))
    page.fill("#answer", "On Tuesday I called every family myself and wrote down what each of them needed.")
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Continue with the built-in coach")).to_be_visible()
    look("trouble")
    page.goto(f"{site.url}/interviews/new")
    page.click("summary:has-text('Choices')")
    page.click("text=Read both")
    expect(page.locator("#cv_text-wrong")).to_be_visible()
    look("wrong form")
    site.seat(None)
    report = finished(client, force_create=True)
    page.goto(f"{site.url}/interviews/{report}/report")
    for fold in page.locator("summary").all():
        fold.click()
    look("report unfolded")
    assert found == {}


def test_axe_can_fail(site, context):
    page = context().new_page()
    page.goto(site.url)
    page.evaluate("document.querySelector('main').append(document.createElement('button'))")
    assert "button-name" in [fault[0] for fault in axe(page)]


def test_the_policy_collector_can_fail(site, context):
    page = context().new_page()
    page.goto(site.url)
    page.evaluate("document.querySelector('main').insertAdjacentHTML('beforeend', '<p style=\"color: red\">x</p>')")
    assert eventually(lambda: page.evaluate("window.violations") != [])


def test_nothing_scrolls_sideways_and_everything_is_large_enough_for_a_thumb(site, context, pages):
    page = context(viewport={"width": 390, "height": 844}, has_touch=True).new_page()
    for path in pages:
        page.goto(site.url + path)
        assert too_low(page) == [], path
        assert runs_over(page, 320, 768, 390) == [], path


def test_dark_and_light_are_two_themes_and_contrast_can_be_raised(site, context):
    def paper(**options):
        page = context(**options).new_page()
        page.goto(site.url)
        return page.evaluate("[getComputedStyle(document.documentElement).backgroundColor,"
                             " getComputedStyle(document.documentElement).getPropertyValue('--muted')]")  # fmt: skip

    light, dark = paper(color_scheme="light"), paper(color_scheme="dark")
    assert light[0] != dark[0]
    assert paper(color_scheme="light", contrast="more")[1] != light[1]


def test_reduced_motion_stops_motion(site, context):
    running = "document.getAnimations().filter(a => a.playState === 'running').length"
    step = threading.Semaphore(0)
    site.seat(slowly(step=step, thinks=True))
    page = context(reduced_motion="no-preference").new_page()
    interview = create(site.app.test_client(), job_title="Calm", force_create=True)
    page.goto(f"{site.url}/interviews/{interview}?begin=yes")
    assert eventually(lambda: page.evaluate(running) > 0), "usually, something moves while words are awaited"
    page.emulate_media(reduced_motion="reduce")
    assert eventually(lambda: page.evaluate(running) == 0)
    step.release(100)
    expect(page.locator("#turn-1")).to_be_visible()
    assert eventually(lambda: page.evaluate(running) == 0)


TOPS = """() => {
      window.tops = new Map();
      const look = () => {
        const last = [...document.querySelectorAll(".turn")].at(-1).id;
        const top = Math.round(document.getElementById("answer")?.getBoundingClientRect().top ?? -1);
        tops.set(last, [...new Set([...(tops.get(last) ?? []), top])]);
        requestAnimationFrame(look);
      };
      look();
    }"""
"""Where the box for the answer is in each picture that the browser paints, by the newest turn."""


def test_no_layout_shift_when_a_draft_is_saved_and_when_the_question_arrives(site, context):
    page = context().new_page()
    interview = begun(site.app.test_client(), 0, job_title="Still", force_create=True)
    page.goto(f"{site.url}/interviews/{interview}")
    site.seat(slowly(pause=0.05))
    at_rest(page)
    page.evaluate(TOPS)
    page.fill("#answer", "On Monday I moved the whole ward to the other wing.")
    expect(page.locator("#draft-state")).to_contain_text("Draft saved")
    page.keyboard.press("Enter")
    asked(page, 2)
    at_rest(page)
    assert eventually(lambda: page.evaluate("tops.has('turn-2')")), "the last picture was looked at too"
    tops = page.evaluate("[...tops.values()].flat()")
    assert max(tops) - min(tops) <= 2, tops
