"""The box for typing: whose words stand in it, what is kept of them, and what is too long or nothing at all."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.call.conftest import AWAIT, CLOCK, PATIENT, call_url, in_state, pick_up
from tests.browser.call.far_end import wait
from tests.browser.call.test_browser_speech import BROWSER
from tests.web.conftest import ANSWER, JSON, begun

pytestmark = pytest.mark.browser

LONG = "I led the team. " * 700


def test_a_draft_comes_into_the_box_and_not_into_what_was_heard(site, open_page, far):
    page = open_page()
    page.goto(call_url(site))
    page.get_by_role("button", name="Go on by voice").click()
    end = far.picks_up()
    assert end.said[0]["heard"] == "" and "draft" not in end.said[0]
    end.ready(draft="Half a thought from the page")
    end.state("listening")
    expect(page.locator("#typed")).to_be_focused()
    expect(page.locator("#typed")).to_have_value("Half a thought from the page")
    expect(page.locator("#typed-note")).to_contain_text("Your words from before")
    expect(page.locator("[data-state-word]")).to_have_text("Your turn")
    expect(page.locator(".captions .you")).to_have_count(0)
    page.keyboard.type(" and the rest.")
    wait(lambda: end.of("draft") and end.of("draft")[-1]["text"].endswith("and the rest."))
    end.tell("kept", number=1)
    expect(page.locator("[data-typed-state]")).to_have_text(re.compile(r"^Draft saved \d"))
    page.keyboard.press("Enter")
    wait(lambda: end.of("text") == [{"type": "text", "text": "Half a thought from the page and the rest."}])
    wait(lambda: end.of("draft")[-1]["text"] == "")


def test_words_that_were_not_sent_are_no_part_of_a_spoken_answer_and_are_not_sent_later(site, open_page, far):
    page = open_page()
    end = pick_up(page, far, call_url(site))
    end.ready(draft="What I had typed")
    page.get_by_role("button", name="Back to speaking").click()
    end.tell("heard", number=1, text="What I said instead.", final=True)
    end.tell("saved", number=1, speaker="person")
    trouble = page.locator("[data-part=trouble]")
    expect(trouble).to_contain_text("What stood in the box is not part of it.")
    trouble.locator("summary").click()
    expect(trouble).to_contain_text("What I had typed")
    page.get_by_role("button", name="Type instead").click()
    expect(page.locator("#typed")).to_have_value("")


def test_a_line_that_is_made_again_knows_said_words_from_typed_ones(site, open_page, far):
    page = open_page()
    end = pick_up(page, far, call_url(site))
    end.tell("heard", number=1, text="It began on", final=False)
    expect(page.locator(".captions .you")).to_be_visible()
    page.get_by_role("button", name="Type instead").click()
    page.keyboard.type("a Monday")
    end.close(1012)
    again = far.picks_up(2)
    assert (again.said[0]["heard"], again.said[0]["draft"]) == ("It began on", "a Monday")
    again.ready(resumed=True, draft="a Mon")
    again.state("listening")
    in_state(page, "listening")
    expect(page.locator("#typed")).to_have_value("a Monday")
    page.reload()
    page.get_by_role("button", name="Go on by voice").click()
    assert far.picks_up(3).said[0]["heard"] == "It began on", "the same window still knows what was heard"


def test_words_go_along_between_the_two_pages_and_over_a_reload(site, open_page):
    page = open_page(BROWSER + PATIENT)
    client = site.app.test_client()
    interview = begun(client, job_title="Along", force_create=True)
    url = f"{site.url}/interviews/{interview}"

    def draft() -> str:
        found = client.get(f"/interviews/{interview}", headers=JSON).json["draft"]
        return found["answer"] if found else ""

    page.goto(url)
    page.locator("#answer").fill("Written on the page")
    expect(page.locator("#draft-state")).to_contain_text("Draft saved")
    page.get_by_role("link", name="Speak instead").click()
    page.get_by_role("button", name="Join and type").click()
    expect(page.locator("#typed")).to_have_value("Written on the page")
    page.locator("#typed").press_sequentially(", then in the call")
    expect(page.locator("[data-typed-state]")).to_contain_text("Draft saved")
    wait(lambda: draft() == "Written on the page, then in the call")
    page.reload()
    page.get_by_role("button", name="Join and type").click()
    expect(page.locator("#typed")).to_have_value("Written on the page, then in the call")
    page.locator("#typed").press_sequentially(", and")
    page.click("#leave")
    expect(page.locator("#answer")).to_have_value("Written on the page, then in the call, and")
    page.wait_for_load_state()  # the script puts the cursor at the end, wherever it is
    page.fill("#answer", "")
    expect(page.locator("#draft-state")).to_be_empty()
    wait(lambda: draft() == "")
    page.get_by_role("link", name="Speak instead").click()
    page.get_by_label("I agree: let my browser write down what I say").check()
    page.check("[name=answer][value=push_to_talk]")  # no silence, however long, ends an answer
    page.get_by_role("button", name="Go on by voice").click()
    expect(page.get_by_role("button", name="Hold to talk")).to_be_visible()
    page.keyboard.down("Space")
    wait(lambda: page.evaluate("window.finish && (finish(), window.ears?.on)"))
    page.evaluate("hear('What I said aloud', true)")
    expect(page.locator(".captions .you").last).to_contain_text("What I said aloud")
    page.click("#leave")
    expect(page.locator("#answer")).to_have_value("What I said aloud")
    assert client.get(f"/interviews/{interview}", headers=JSON).json["answered_count"] == 0


def test_nothing_is_cut_and_nothing_is_sent_that_is_too_long_or_empty(site, open_page, far):
    page = open_page()
    end = pick_up(page, far, call_url(site))
    page.get_by_role("button", name="Type instead").click()
    page.get_by_role("button", name="Send").click()
    state = page.locator("[data-typed-state]")
    expect(state).to_contain_text("Write something first. To pass on the question, write “skip this question”.")
    page.locator("#typed").fill(LONG)
    expect(page.locator("#typed-length")).to_contain_text("11,199 of 10,000 characters. Too long to be sent")
    page.get_by_role("button", name="Send").click()
    expect(page.locator("#typed")).to_be_focused()
    expect(page.locator("#typed")).to_have_value(LONG)
    page.click("#leave")
    expect(state).to_contain_text("leave once more without it")
    assert end.of("text") == end.of("draft") == []
    page.locator("#typed").fill(ANSWER)
    expect(page.locator("#typed-length")).to_have_text("")
    page.get_by_role("button", name="Send").click()
    wait(lambda: end.of("text") == [{"type": "text", "text": ANSWER}])


def test_words_that_are_too_long_do_not_break_the_line_that_is_made_again(site, open_page, far):
    page = open_page()
    end = pick_up(page, far, call_url(site))
    page.get_by_role("button", name="Type instead").click()
    page.locator("#typed").fill("Short enough")
    wait(lambda: end.of("draft"))
    page.locator("#typed").fill(LONG * 8)
    end.close(1012)
    again = far.picks_up(2)
    assert again.said[0]["draft"] == "Short enough"
    again.ready(resumed=True)
    again.state("listening")
    in_state(page, "listening")
    expect(page.locator("#typed")).to_have_value(LONG * 8)


def test_on_the_writing_page_too(site, open_page):
    page = open_page()
    interview = begun(site.app.test_client(), force_create=True)
    page.goto(f"{site.url}/interviews/{interview}")
    page.locator("#answer").fill(LONG)
    expect(page.locator("#answer-length")).to_contain_text("11,199 of 10,000 characters.")
    expect(page.locator("#draft-state")).to_have_text("Draft not saved: too long")
    page.locator("#answer").press("Enter")
    expect(page.locator("#answer")).to_have_value(LONG)
    expect(page.locator("#turn-1 .said.you")).to_have_count(0)
    page.locator("#answer").fill("🙂" * 9_900)
    expect(page.locator("#answer-length")).to_have_text("9,900 of 10,000 characters. ")
    page.locator("#answer").fill(ANSWER)
    page.locator("#answer").press("Enter")
    expect(page.locator("#turn-1 .said.you")).to_contain_text("28 patients")


def test_pause_is_the_persons_and_its_button_says_so(site, open_page, far):
    page = open_page()
    end = pick_up(page, far, call_url(site))
    page.get_by_role("button", name="Pause").click()
    in_state(page, "paused")
    page.get_by_role("button", name="Type instead").click()
    page.keyboard.type("Typed in the pause.")
    page.keyboard.press("Enter")
    wait(lambda: end.of("text"))
    end.state("thinking")
    end.state("speaking")
    in_state(page, "speaking")
    expect(page.get_by_role("button", name="Go on")).to_be_visible()
    page.evaluate(
        AWAIT
        % """await new Promise((done) => {
          let left = 15;
          call.microphone.addEventListener('frame', () => { left -= 1; if (!left) done(); });
        });
        call.line.tell({ type: 'think' });"""
    )
    types = [message["type"] for message in wait(lambda: end.of("think") and end.said)]
    last = len(types) - types[::-1].index("think") - 1
    heard = end.before[last] - end.before[types.index("pause")]
    assert heard == 0, "nobody is heard in a pause, whatever the interviewer does"
    end.close(1012)
    again = far.picks_up(2)
    again.ready(resumed=True)
    wait(lambda: again.of("pause"))
    in_state(page, "paused")
    page.get_by_role("button", name="Go on").click()
    wait(lambda: again.of("resume"))
    expect(page.get_by_role("button", name="Pause")).to_be_visible()
    in_state(page, "listening")


def test_a_double_click_presses_nothing_that_has_just_appeared(site, open_page, far):
    page = open_page()
    page.goto(call_url(site))
    # By a clock of our own: a machine that stands still between two clicks does not make them two decisions.
    labels = page.evaluate(
        """() => {
          const mute = document.querySelector('[data-do=mute]');
          const begin = document.querySelector('#choices [type=submit]');
          const at = { bubbles: true, cancelable: true, clientX: 300, clientY: 300, detail: 2 };
          performance.now = () => 1000;
          begin.dispatchEvent(new PointerEvent('pointerdown', at));
          begin.click();
          return [[100, {}], [100, { clientX: 310 }], [100, { clientX: 500 }], [100, { detail: 0 }], [600, {}]].map(
            ([later, other]) => {
              const click = new MouseEvent('click', { ...at, ...other });
              Object.defineProperty(click, 'timeStamp', { value: 1000 + later });
              mute.dispatchEvent(click);
              return mute.innerText;
            },
          );
        }"""
    )
    assert labels == ["Mute", "Mute", "Unmute", "Mute", "Unmute"], (
        "the same place is dead for a moment, others and keys are not"
    )
    far.picks_up()


@pytest.mark.parametrize(("way", "word"), [("typing", "Your turn"), ("push_to_talk", "Your turn")])
def test_words_fit_the_way_to_answer(site, open_page, far, way, word):
    page = open_page()
    pick_up(page, far, call_url(site), answer=way)
    expect(page.locator("[data-state-word]")).to_have_text(word)
    if way == "typing":
        expect(page.locator("#typed")).to_be_visible()
        expect(page.locator("[data-part=escape]")).to_be_hidden()
        page.locator("#typed").press("Escape")
        expect(page.locator("#typed")).to_be_visible()
    else:
        expect(page.locator("[data-state-hint]")).to_contain_text("Hold the space bar")
        page.evaluate(CLOCK % 1000)
        page.keyboard.down("Space")
        expect(page.locator("[data-state-word]")).to_have_text("Listening")
        page.evaluate(CLOCK % 1500)
        page.keyboard.up("Space")
        expect(page.locator("[data-state-word]")).to_have_text(word)
        page.evaluate(AWAIT % "call.controls.type(true)")
        expect(page.locator("[data-part=escape]")).to_be_visible()
