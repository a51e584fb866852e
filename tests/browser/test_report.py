"""The report in Chromium: every state, on paper, without numbers, while marks come, on a phone."""

import re
from dataclasses import replace

import pytest
from playwright.sync_api import expect
from sqlalchemy import insert, update

from interview_coach import codec
from interview_coach.db import now, writing
from interview_coach.domain.scorecard import AnswerScore, Summary
from interview_coach.evaluating import rows
from interview_coach.models import Evaluation, Score
from tests.browser.conftest import at_rest, axe, runs_over
from tests.patience import eventually
from tests.reports import (
    BAD,
    GOOD,
    HALF,
    LONG,
    MODEL,
    by_model,
    evaluation_ids,
    held,
    marked,
    needing_review,
    read_three_times,
    retime,
    spoken,
)

pytestmark = pytest.mark.browser

MARKS = re.compile(r"\d+\s*(?:of|/)\s*(?:100|40|30)\b")
UNBROKEN = "W" * 300


@pytest.fixture(scope="module")
def reports(site):
    """Name -> interview, one for each state that a report can be in."""
    app, client = site.app, site.app.test_client()
    found = {
        "good": held(client, list(GOOD), job_title="Report good"),
        "bad": held(client, list(BAD), job_title="Report bad"),
        "half": held(client, [*HALF, None], job_title="Report half"),
        "early": held(client, [GOOD[1]], questions=8, early=True, job_title="Report early"),
        "long": held(client, [LONG, UNBROKEN], job_title="Report long"),
        "twenty": held(client, (list(HALF) + list(GOOD) + [None]) * 2 + list(BAD) * 2, job_title="Report twenty"),
        "failed": held(client, list(HALF), job_title="Report failed"),
        "running": held(client, list(HALF), job_title="Report running"),
        "review": held(client, list(GOOD), job_title="Report review"),
        "readings": held(client, list(HALF), job_title="Report readings"),
    }
    retime(app, found["good"], [75, 2400, 64], {3: 7200.0})
    marked(app, found["failed"], lambda s: by_model(s) if s.number < 3 else None, failed="Gemini took too long.")
    marked(app, found["running"], lambda s: by_model(s) if s.number < 2 else None, finished=False)
    marked(app, found["review"], lambda s: needing_review(s) if s.number == 2 else by_model(s), summary=SUMMARY)
    marked(app, found["readings"], lambda s: read_three_times(s, wide=s.number == 2), runs=3)
    spoken(app, found["readings"], 1)
    return found


SUMMARY = Summary("You tell whole stories with figures. Say why you chose your way.", MODEL)


def address(site, interview, **query):
    return f"{site.url}/interviews/{interview}/report" + "".join(f"?{name}={value}" for name, value in query.items())


def unfold(page):
    page.evaluate("document.querySelectorAll('details').forEach(fold => { fold.open = true; })")


def test_axe_finds_nothing_in_any_state_of_a_report(site, context, reports):
    found = {}
    page = context(color_scheme="light").new_page()
    for name in reports:
        if name == "twenty":
            continue  # the same cards again, and slow
        page.goto(address(site, reports[name]))
        if name in ("half", "readings", "review"):
            unfold(page)
        if faults := axe(page, also_dark=name in ("half", "readings", "failed")):
            found[name] = faults
        assert page.evaluate("window.violations") == [], name
    assert found == {}


def test_no_report_scrolls_sideways_on_a_phone(site, context, reports):
    page = context(viewport={"width": 390, "height": 800}).new_page()
    for name, interview in reports.items():
        page.goto(address(site, interview))
        unfold(page)
        assert runs_over(page) == [], name


def test_the_steps_come_first_then_the_score_then_each_question(site, page, reports):
    page.goto(address(site, reports["half"]))
    headings = page.locator("h2:visible")
    expect(headings.first).to_have_text("Three things to do next")
    expect(headings.nth(1)).to_have_text("How ready these answers are")
    expect(headings).to_contain_text(["How ready these answers are", "Question by question", "Who marked it"])


def test_charts_have_a_name_a_description_and_their_figures_in_a_table(site, page, reports):
    page.goto(address(site, reports["good"]))
    for name in ("Five ways of looking at the answers", "The time of each answer"):
        chart = page.get_by_role("img", name=name)
        expect(chart).to_be_visible()
        expect(chart.locator("desc")).to_have_text(re.compile(".{21}"))
    expect(page.locator("table.figures tbody tr")).to_have_count(5)
    page.click("text=The times in figures")
    expect(page.locator("table.times")).to_contain_text("with a break of 40 min in it")
    expect(page.locator("table.times")).to_contain_text("after a break of 2 h")


def test_links_of_a_step_lead_to_its_answer(site, page, reports):
    page.goto(address(site, reports["half"]))
    link = page.locator(".three li a").first
    number = re.search(r"\d+", link.inner_text()).group()
    link.click()
    expect(page.locator(f"#answer-{number}")).to_be_in_viewport()


def test_a_mark_leads_to_what_earns_it_and_back(site, page, reports):
    page.goto(address(site, reports["half"]))
    card = page.locator(".marked").nth(1)
    mark = card.locator(".thirds a").first
    place = mark.get_attribute("href")
    band = page.locator(place)
    expect(band).not_to_be_visible()
    mark.click()
    expect(band).to_be_visible()
    expect(band).to_be_in_viewport()
    band.get_by_role("link", name="2", exact=True).click()
    expect(page.locator("#answer-2")).to_be_in_viewport()


def test_on_paper_folds_are_open_and_nothing_is_there_to_press(site, page, reports):
    page.goto(address(site, reports["half"]))
    to_press = page.locator("#report button, #report form, .bar nav, .jumps, .foot").locator("visible=true")
    expect(to_press).not_to_have_count(0)
    page.emulate_media(media="print")
    at_rest(page)
    expect(to_press).to_have_count(0)
    why = page.locator(".marked .why dd").first
    assert why.evaluate("e => e.getBoundingClientRect().height > 0 && e.checkVisibility()"), "folds print open"
    # A card is often as long as a page: it may go on overleaf, but none of its pieces is torn, nor left alone there.
    for piece in page.locator(".marked .given, .marked .thirds, .marked .quote, .marked .star, .three li").all():
        assert piece.evaluate("e => getComputedStyle(e).breakInside") == "avoid"
    for foot in page.locator(".marked > footer").all():
        assert foot.evaluate("e => getComputedStyle(e).breakBefore") == "avoid"
    assert len(page.pdf(format="A4")) > 10_000
    page.emulate_media(media="screen")
    assert eventually(
        lambda: not why.evaluate("e => e.checkVisibility({contentVisibilityAuto: true}) && e.closest('details').open")
    )


def test_numbers_can_be_hidden_and_shown_again(site, page, reports):
    page.goto(address(site, reports["readings"]))
    report = page.locator("#report")
    expect(report).to_contain_text(MARKS, use_inner_text=True)
    try:
        page.click("text=Hide numbers")
        expect(report).to_contain_text("Numbers are hidden")
        expect(page).to_have_url(re.compile("^" + re.escape(address(site, reports["readings"]))))
        page.wait_for_load_state()  # what is not there yet shows no numbers either
        unfold(page)
        expect(report).not_to_contain_text(MARKS)
        expect(report.locator("svg")).to_have_count(0)
        expect(page.get_by_role("heading", name="Three things to do next")).to_be_visible()
        expect(page.locator(".remarks li").first).to_be_visible()
        assert axe(page) == []
    finally:
        site.app.test_client().post("/preferences", data={"low_anxiety": "off"})
    page.reload()
    expect(report).to_contain_text(MARKS, use_inner_text=True)


def test_a_report_that_is_being_made_fills_itself_in_without_jumping(site, page):
    app = site.app
    interview = held(app.test_client(), list(HALF), job_title="Report live")
    evaluation = marked(app, interview, lambda s: s if s.number < 2 else None, finished=False)
    page.clock.install()
    page.goto(address(site, interview))
    notice = page.locator(".marking")
    expect(notice).to_contain_text("1 of 3 done")
    expect(notice).to_have_attribute("aria-live", "polite")
    region = notice.element_handle()
    at_rest(page)
    place = page.locator("#each").bounding_box()
    _finish(app, interview, evaluation, (2,))
    page.clock.fast_forward(3000)
    expect(notice).to_contain_text("2 of 3 done")
    at_rest(page)
    assert page.locator("#each").bounding_box() == place
    assert region.evaluate("e => e.isConnected"), "the region that is read aloud stays"
    _finish(app, interview, evaluation, (3,), done=True)
    page.clock.fast_forward(3000)
    expect(page.get_by_role("heading", name="Three things to do next")).to_be_visible()
    expect(page.locator(".marking")).to_have_count(0)
    at_rest(page)
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.clock.fast_forward(60_000)
    later = f"{site.url}/preferences.json"
    page.evaluate("url => fetch(url).then(() => null)", later)  # what was asked for before it is told before it
    assert eventually(lambda: later in asked)
    assert asked == [later], "a finished report does not ask again"


def _finish(app, interview, evaluation, numbers, *, done=False):
    """Store the marks of these answers, taken from the oldest evaluation."""
    oldest = evaluation_ids(app, interview)[-1]
    with app.app_context(), writing() as session:
        for number, score in rows.scores(session, oldest).items():
            if number in numbers:
                session.execute(
                    insert(Score).values(
                        evaluation_id=evaluation,
                        number=number,
                        accuracy=score.accuracy,
                        completeness=score.completeness,
                        clarity=score.clarity,
                        detail=codec.dump(AnswerScore, replace(score, provenance=MODEL)),
                    )
                )
        if done:
            session.execute(update(Evaluation).where(Evaluation.id == evaluation).values(finished_at=now()))


def test_what_stopped_can_be_handed_to_the_built_in_coach(site, page):
    app = site.app
    interview = held(app.test_client(), list(HALF), job_title="Report stopped")
    marked(app, interview, lambda s: by_model(s) if s.number < 3 else None, failed="Gemini took too long.")
    page.goto(address(site, interview))
    expect(page.locator(".notice")).to_contain_text("2 of 3 answers have their marks already")
    page.click("text=Let the built-in coach mark it")
    expect(page.locator(".overall .number")).to_be_visible()
    expect(page.locator(".evaluations")).to_contain_text("stopped, show")


def test_two_evaluations_are_both_there_and_it_is_said_which_is_shown(site, page, reports):
    page.goto(address(site, reports["readings"]))
    table = page.locator(".evaluations")
    expect(table.locator("[aria-current]")).to_contain_text("Gemini, read three times")
    expect(page.locator("#report")).to_contain_text("cannot be compared directly")
    table.get_by_role("link").click()
    expect(table.locator("[aria-current]")).to_contain_text("Built-in coach")
    expect(page.locator(".notice.calm")).to_contain_text("by the built-in coach")
    page.click("text=Show the newest")
    expect(table.locator("[aria-current]")).to_contain_text("Gemini")
