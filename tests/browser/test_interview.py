"""A whole interview as a person does it, and everything that can come between."""

import re
import threading
from itertools import count

import pytest
from playwright.sync_api import Page, expect

from interview_coach.db import db
from interview_coach.models import Draft
from interview_coach.providers.base import Unavailable
from tests.browser.conftest import at_rest, resize, runs_over
from tests.patience import eventually
from tests.web.conftest import ANSWER, CV, JOB, begun, create
from tests.web.people import failing, slowly

pytestmark = pytest.mark.browser

NUMBERS = count(1)
"""Makes every pair of documents a new one: the same texts lead to the interview that they began before."""


AT_END = "scrollY + innerHeight >= document.documentElement.scrollHeight - 2"


def comes(page: Page, script: str) -> None:
    """Playwright's own waiting evaluates text, which the policy forbids."""
    assert eventually(lambda: page.evaluate(script)), script


def kept(site, url: str) -> str | None:
    """The draft that the server has."""
    with site.app.app_context():
        draft = db.session.get(Draft, url.rsplit("/", 1)[1])
        return draft.text if draft else None


def prepare(page: Page, site) -> str:
    """From the form to the page before the first question; returns the interview's address."""
    page.goto(f"{site.url}/interviews/new")
    page.fill("#cv_text", CV)
    page.fill("#job_text", f"{JOB}\n- You know ward number {next(NUMBERS)}")
    page.click("text=Read both")
    expect(page.locator("text=Start the interview")).to_be_visible()
    page.wait_for_load_state()  # a click before the scripts have run takes the way without them
    return page.url


def room(page: Page, site, **choices: object) -> str:
    """The page of an interview with its first question; returns its address."""
    url = f"{site.url}/interviews/{begun(site.app.test_client(), force_create=True, **choices)}"
    page.goto(url)
    expect(page.locator("#answer")).to_be_focused()
    return url


def asked(page: Page, number: int) -> None:
    """A question has come. It is said once everything is in place: before that, Enter would send the form without its
    script."""
    expect(page.locator(f"#turn-{number}")).to_be_visible()
    expect(page.locator("#announce")).to_have_text(re.compile(rf"^Question {number} of \d+\. .{{20}}"))


def test_whole_interview_by_keyboard(page, site):
    page.goto(site.url)
    press_until(page, "Try with a sample")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/interviews/\w+$"))
    page.wait_for_load_state()  # Enter before the scripts have run takes the way without them
    press_until(page, "Start the interview")
    page.keyboard.press("Enter")
    for number in range(1, 9):
        asked(page, number)
        expect(page.locator("#announce")).to_contain_text(" of 8. ")
        expect(page.locator("#answer-form textarea")).to_be_focused()
        page.keyboard.type(f"On night {number} I split the ward into two halves and called four nurses.")
        page.keyboard.press("Shift+Enter")
        page.keyboard.type("Second line.")
        page.keyboard.press("Enter")
        expect(page.locator(f"#turn-{number} .said.you")).to_be_visible()
        expect(page.locator("#progress")).to_contain_text(f"{number} of 8 answered")
    expect(page.locator("#turn-8 .said.you .answer")).to_have_text(re.compile(r"\nSecond line\."), use_inner_text=True)
    expect(page.locator("#next")).to_contain_text("That was the last question")
    expect(page.locator("#announce")).to_contain_text("That was the last question")
    expect(page.locator("#answer")).to_have_count(0)
    press_until(page, "Read your report")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("Your report")
    expect(page.locator(".three li")).to_have_count(3)
    expect(page.locator(".marked")).to_have_count(8)


def press_until(page: Page, words: str) -> None:
    """Tab to a control, as someone without a mouse does."""
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.textContent").strip().startswith(words):
            return
    raise AssertionError(f"no way to {words} by keyboard")


def test_words_appear_while_they_are_written(page, site):
    step = threading.Semaphore(0)
    site.seat(slowly(withdraw=True, step=step))
    prepare(page, site)
    page.click("text=Start the interview")
    place = page.locator("#next [data-words]")
    expect(place).to_have_text("Something that did not pass.")
    step.release()
    for words in ("This", "This is", "This is question", "This is question 1", "This is question 1 and"):
        expect(place).to_have_text(words)
        step.release()
    step.release(100)
    final = "This is question 1 and it asks what you did when the plan changed, step by step?"
    expect(page.locator("#turn-1 .question")).to_have_text(final)
    expect(page.locator("#announce")).to_have_text(f"Question 1 of 8. {final}")


def test_reload_in_mid_question_carries_on(page, site):
    step = threading.Semaphore(1)
    coach = site.seat(slowly(step=step))
    url = prepare(page, site)
    page.click("text=Start the interview")
    expect(page.locator("#next [data-words]")).to_have_text("This is")
    page.reload()
    assert eventually(lambda: (coach.started, coach.cancelled) == (2, 1)), "the abandoned question was cancelled"
    step.release(100)
    expect(page.locator("#turn-1")).to_be_visible()
    page.goto(url)
    expect(page.locator(".turn")).to_have_count(1)


def test_two_tabs_one_conversation(page, site, context):
    url = room(page, site)
    other = page.context.new_page()
    other.goto(url)
    other.fill("#answer", "These are the words of the second tab, and they are other words.")
    page.fill("#answer", ANSWER)
    page.keyboard.press("Enter")
    expect(page.locator("#turn-2")).to_be_visible()
    other.focus("#answer")
    other.keyboard.press("Enter")
    expect(other.locator("#notice")).to_contain_text("has its answer already")
    expect(other.locator("#notice")).to_contain_text("These are the words of the second tab")
    expect(other.locator("#turn-1 .said.you")).to_contain_text("28 patients")
    expect(other.locator("#turn-2")).to_be_visible()
    expect(other.locator("#answer")).to_have_value("")
    expect(other.locator("#answer")).to_be_focused()
    other.keyboard.type("Something else")
    expect(other.locator("#answer")).to_have_value("Something else")
    expect(other.locator("#notice")).to_contain_text("These are the words of the second tab")
    assert other.evaluate("window.violations") == []


def test_double_submit_is_one_answer(page, site):
    url = room(page, site)
    page.fill("#answer", ANSWER)
    page.evaluate(
        "() => { const f = document.getElementById('answer-form');"
        " const b = f.querySelector('button[value=answer]'); f.requestSubmit(b); f.requestSubmit(b); b.click(); }"
    )
    expect(page.locator("#turn-2")).to_be_visible()
    page.goto(url)
    expect(page.locator(".turn")).to_have_count(2)
    expect(page.locator(".said.you")).to_have_count(1)


def test_draft_is_saved_as_you_type_and_restored_elsewhere(page, site, context):
    url = room(page, site)
    page.locator("#answer").press_sequentially("Half a thought, and")
    expect(page.locator("#draft-state")).to_have_text(re.compile(r"Draft saved \d\d:\d\d"))
    page.reload()
    expect(page.locator("#answer")).to_have_value("Half a thought, and")
    elsewhere = context().new_page()
    elsewhere.goto(url)
    expect(elsewhere.locator("#answer")).to_have_value("Half a thought, and")
    page.locator("#answer").press_sequentially(" more")
    page.goto(site.url)
    # What a page sends when it is left may come after what the next page asks for.
    assert eventually(lambda: kept(site, url) == "Half a thought, and more")
    page.go_back()
    expect(page.locator("#answer")).to_have_value("Half a thought, and more")


def test_empty_answer_and_input_method_do_not_send(page, site):
    url = room(page, site)
    page.focus("#answer")
    page.keyboard.press("Enter")
    expect(page.locator("#draft-state")).to_contain_text("Write something first")
    page.fill("#answer", "かな")
    assert page.evaluate(
        "() => document.getElementById('answer').dispatchEvent("
        "new KeyboardEvent('keydown', {key: 'Enter', isComposing: true, bubbles: true, cancelable: true}))"
    ), "the input method may have its key"
    page.goto(url)
    expect(page.locator(".said.you")).to_have_count(0)


def test_skip_think_and_finish_early(page, site):
    room(page, site)
    page.click("text=Let me think")
    expect(page.locator("#calm")).to_be_visible()
    expect(page.locator("#progress")).to_be_hidden()
    expect(page.locator("#answer")).to_be_focused()
    page.click("text=Let me think")
    expect(page.locator("#progress")).to_be_visible()
    page.click("text=Let me think")
    page.click("button:has-text('Skip')")
    asked(page, 2)
    expect(page.locator("#progress")).to_contain_text("0 of 8 answered, 1 skipped")
    page.click("text=Finish early")
    page.click("text=Back to the interview")
    expect(page.locator("#turn-2")).to_be_visible()
    page.click("text=Finish early")
    page.click("text=Finish and see the report")
    expect(page.locator("h1")).to_have_text("Your report")
    page.wait_for_load_state()
    page.go_back()
    page.go_back()
    expect(page.locator("#next")).to_contain_text("The interview is over")


def test_failing_interviewer_offers_to_ask_again_and_the_built_in_coach(page, site):
    coach = site.seat(failing(Unavailable("down")))
    page.clock.install()
    prepare(page, site)
    page.click("text=Start the interview")
    trouble = page.locator("#next").get_by_role("alert")  # by role: a sentence for another day is there, and hidden
    expect(trouble).to_contain_text("Everything you wrote is saved")
    at_rest(page)
    page.clock.fast_forward(60_000)
    first = trouble.element_handle()
    page.get_by_role("button", name="Ask again").click()
    assert eventually(lambda: not first.evaluate("e => e.isConnected"))
    expect(trouble).to_contain_text("Everything you wrote is saved")
    at_rest(page)
    assert coach.started == 2, "the page does not ask again by itself"
    page.get_by_role("button", name="Continue with the built-in coach").click()
    asked(page, 1)
    page.click("text=Why this question")
    expect(page.locator("#turn-1 .why")).to_contain_text("built-in coach")


def test_server_out_of_reach_keeps_the_words(page, site):
    room(page, site)
    page.fill("#answer", ANSWER)
    page.context.set_offline(True)
    page.keyboard.press("Enter")
    expect(page.locator("#notice")).to_contain_text("could not reach")
    expect(page.locator("#answer")).to_have_value(ANSWER)
    page.context.set_offline(False)
    page.focus("#answer")
    page.keyboard.type(" And so on.")
    expect(page.locator("#notice .notice")).to_have_count(0)
    page.keyboard.press("Enter")
    asked(page, 2)


def test_whole_flow_without_scripts(site, context):
    page = context(java_script_enabled=False).new_page()
    page.goto(f"{site.url}/interviews/new")
    page.fill("#cv_text", CV)
    page.fill("#job_text", JOB + "\n- You like pages without scripts")
    page.click("summary:has-text('Choices')")
    page.fill("#questions", "3")
    page.click("text=Read both")
    page.click("text=Start the interview")
    for number in (1, 2, 3):
        if number > 1:
            page.click("#next noscript button")
        expect(page.locator(f"#turn-{number}")).to_be_visible()
        page.fill("#answer", f"{ANSWER} It was night {number}.")
        page.wait_for_load_state()
        expect(page.locator("text=Let me think")).to_be_hidden()
        page.click("button:has-text('Send')")
    expect(page.locator("#next")).to_contain_text("That was the last question")
    page.click("text=Read your report")
    expect(page.locator(".marked")).to_have_count(3)


CUT = """() => {
      const ruler = document.createElement("canvas").getContext("2d");
      const arrow = 24;
      return [...document.querySelectorAll(".choices select")].filter((select) => {
        const style = getComputedStyle(select);
        ruler.font = style.font;
        const room = select.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight) - arrow;
        return ruler.measureText(select.selectedOptions[0].text).width > room;
      }).map((select) => select.id);
    }"""


def test_what_is_chosen_at_first_can_be_read_whole(page, site):
    page.goto(f"{site.url}/interviews/new")
    page.click("summary:has-text('Choices')")
    at_rest(page)
    for width in (1280, 1024, 768, 390):
        resize(page, width)
        assert page.evaluate(CUT) == [], width
        assert runs_over(page) == [], width


def test_a_dropped_file_is_read(page, site):
    page.goto(f"{site.url}/interviews/new")
    page.evaluate(
        "text => { const data = new DataTransfer();"
        " data.items.add(new File([text], 'my cv.txt', {type: 'text/plain'}));"
        " document.querySelector('[data-drop=cv_file]').dispatchEvent(new DragEvent('drop', {dataTransfer: data,"
        " bubbles: true, cancelable: true})); }",
        CV,
    )
    expect(page.locator("text=my cv.txt will be read")).to_be_visible()
    page.fill("#job_text", JOB)
    page.click("text=Read both")
    expect(page.locator("#cv_text")).to_have_value(re.compile("Charge nurse"))


def test_reading_further_up_is_not_disturbed(page, site):
    page.goto(f"{site.url}/interviews/{begun(site.app.test_client(), 3, force_create=True)}")
    comes(page, AT_END)
    step = threading.Semaphore(1)
    site.seat(slowly(step=step))
    page.fill("#answer", f"{ANSWER} It was night 4.")
    page.keyboard.press("Enter")
    expect(page.locator("#next [data-words]")).to_have_text("This is")
    # Words that make the page longer come in the very moment.
    page.evaluate(
        "() => addEventListener('wheel', () => document.querySelector('#next [data-words]')"
        ".append(' and what came of it'.repeat(40)), {once: true, passive: true})"
    )
    page.mouse.wheel(0, -5000)
    comes(page, "scrollY < 200")
    step.release(100)
    asked(page, 5)
    assert page.evaluate("scrollY") < 200, "someone who reads further up stays there"
    page.click("#jump")
    comes(page, AT_END)


def test_streamed_markup_is_only_text(page, site):
    site.seat(
        slowly(pause=0.02, text="<img src=x onerror=alert(1)> <b>What</b> did you do, and </p><script>1</script>?")
    )
    prepare(page, site)
    page.click("text=Start the interview")
    expect(page.locator("#turn-1 .question")).to_contain_text("<img src=x onerror=alert(1)> <b>What</b> did you do")
    expect(page.locator("main img, main b, main script")).to_have_count(0)


def test_filter_changes_the_list_and_back_brings_the_page_again(page, site):
    client = site.app.test_client()
    create(client, force_create=True)
    begun(client, force_create=True)
    create(client, force_create=True)
    page.goto(f"{site.url}/interviews")
    page.select_option("#state", "IN_PROGRESS")
    expect(page.locator("#interviews .state").first).to_have_text("In progress")
    expect(page.locator("#interviews .CREATED")).to_have_count(0)
    expect(page).to_have_url(re.compile("state=IN_PROGRESS"))
    page.reload()
    expect(page.locator("h1", has_text="Your interviews")).to_be_visible()
    expect(page.locator("#state")).to_have_value("IN_PROGRESS")
    page.go_back()
    expect(page.locator("#interviews .CREATED").first).to_be_visible()
    expect(page.locator("nav[aria-label=Main]")).to_be_visible()
