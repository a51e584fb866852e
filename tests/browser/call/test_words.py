"""What both sides say, what the buttons tell the server, and the whole of it by keyboard."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.call.conftest import MODULE, PATIENT, call_url, in_state, pick_up
from tests.browser.call.ear import becomes
from tests.browser.call.far_end import wait

pytestmark = pytest.mark.browser


def test_captions_are_heard_first_and_saved_later(site, open_page, far):
    page = open_page()
    end = pick_up(page, far, call_url(site, 1))
    lines = page.locator(".captions .said")
    before = lines.count()
    expect(lines.first.locator("[data-kept-words]")).to_have_text("saved")
    end.state("speaking")
    end.tell("said", number=3, text="You led a team. How", final=False)
    expect(lines.last).to_have_attribute("data-kept", "saying")
    end.tell("said", number=3, text="You led a team. How did it begin? Tell", final=False)
    expect(page.locator("[data-part=read] p")).to_have_count(2)
    end.tell("saved", number=3, speaker="interviewer")
    end.tell("said", number=3, text="You led a team. How did it begin?", final=True)
    expect(lines.last).to_have_attribute("data-kept", "saved")
    read = page.locator("[data-part=read] p")
    expect(read).to_have_text(["Interviewer: You led a team.", "Interviewer: How did it begin?"])
    end.tell("progress", question_count=3, answered_count=2, max_questions=8)
    expect(page.locator("#progress")).to_contain_text("Question 3 of 8")
    end.tell("heard", number=3, text="It began on", final=False)
    expect(lines.last).to_have_attribute("data-kept", "hearing")
    expect(lines.last.locator("[data-text]")).to_have_css("font-style", "italic")
    end.tell("heard", number=3, text="It began on a Monday.", final=True)
    expect(lines.last.locator("[data-kept-words]")).to_have_text("heard")
    end.tell("saved", number=3, speaker="person")
    expect(lines.last.locator("[data-kept-words]")).to_have_text("saved")
    expect(lines.last.locator("[data-text]")).to_have_css("font-style", "normal")
    expect(lines).to_have_count(before + 2)
    end.tell("said", number=4, text="It is cut off before", final=False)
    expect(lines).to_have_count(before + 3)
    end.tell("said", number=4, text="", final=True)
    expect(lines).to_have_count(before + 2)


def test_who_goes_on_with_a_stored_answer_has_one_line_for_it(site, open_page, far):
    page = open_page()
    end = pick_up(page, far, call_url(site))
    own = page.locator(".captions .you")
    end.tell("heard", number=1, text="It began on a Monday.", final=True)
    end.tell("saved", number=1, speaker="person")
    expect(own).to_have_attribute("data-kept", "saved")
    end.tell("heard", number=2, text="I called the owner", final=False)
    expect(own).to_have_count(2)
    end.tell("heard", number=1, text="It began on a Monday. I called the owner.", final=True)
    expect(own).to_have_count(1)
    end.tell("saved", number=1, speaker="person")
    expect(own).to_have_attribute("data-kept", "saved")
    expect(own.locator("[data-text]")).to_have_text("It began on a Monday. I called the owner.")


LEFT = "list => list.scrollHeight - list.scrollTop - list.clientHeight"


def test_the_last_words_stay_in_view_until_somebody_scrolls_up(site, open_page, far):
    page = open_page(viewport={"width": 390, "height": 844})
    end = pick_up(page, far, call_url(site))
    captions = page.locator("[data-part=captions]")
    for number in range(1, 7):
        end.tell("said", number=number, text=f"Question {number}. " + "How did it go on? " * 9, final=True)
    expect(captions.locator(".interviewer").last).to_contain_text("Question 6")
    wait(lambda: captions.evaluate(LEFT) < 2)
    high = captions.bounding_box()["height"]
    page.click("summary:has-text('Line and microphone')")
    wait(lambda: captions.bounding_box()["height"] < high and captions.evaluate(LEFT) < 2)
    captions.evaluate("list => { list.scrollTop = 0; }")
    wait(lambda: page.evaluate(MODULE % "return !call.captions.following"))
    end.tell("said", number=7, text="Question 7.", final=True)
    expect(captions.locator(".interviewer").last).to_contain_text("Question 7")
    assert captions.evaluate("list => list.scrollTop") == 0


def test_typing_stays_in_the_call(site, open_page, far):
    page = open_page()
    end = pick_up(page, far, call_url(site))
    page.get_by_role("button", name="Type instead").click()
    expect(page.locator("#typed")).to_be_focused()
    wait(lambda: end.of("think"))
    wait(lambda: becomes(end, loud=False))  # keys are not an answer
    page.keyboard.press("Enter")
    page.keyboard.type("I would rather write this.")
    page.keyboard.press("Shift+Enter")
    page.keyboard.type("In two lines.")
    page.keyboard.press("Enter")
    wait(lambda: end.of("text"))
    assert end.of("text") == [{"type": "text", "text": "I would rather write this.\nIn two lines."}]
    expect(page.locator(".captions .you").last).to_contain_text("I would rather write this.")
    expect(page.locator("#typed")).to_be_hidden()
    expect(page.get_by_role("button", name="Type instead")).to_be_focused()
    wait(lambda: becomes(end, loud=True))
    end.tell("heard", number=1, text="I would rather write this.\nIn two lines.", final=True)
    end.tell("saved", number=1, speaker="person")
    expect(page.locator(".captions .you")).to_have_count(1)
    expect(page.locator(".captions .you")).to_have_attribute("data-kept", "saved")


def test_what_is_typed_before_the_next_question_stays_in_the_box(site, open_page, far):
    page = open_page()
    end = pick_up(page, far, call_url(site), answer="typing")
    page.keyboard.type("The first answer.")
    page.keyboard.press("Enter")
    wait(lambda: end.of("text"))
    end.state("thinking")
    in_state(page, "thinking")
    page.keyboard.type("And one thing more.")
    page.keyboard.press("Enter")
    expect(page.locator("[data-typed-state]")).to_contain_text("The next question comes first.")
    expect(page.locator("#typed")).to_have_value("And one thing more.")
    end.state("listening")
    in_state(page, "listening")
    page.keyboard.press("Enter")
    wait(lambda: len(end.of("text")) == 2)
    expect(page.locator("#typed")).to_have_value("")


def test_buttons_tell_the_server(site, open_page, far):
    page = open_page()
    end = pick_up(page, far, call_url(site))
    page.get_by_role("button", name="I'm done").click()
    page.get_by_role("button", name="Let me think").click()
    expect(page.locator("[data-state-hint]")).to_have_text("Take your time. The interviewer waits.")
    page.get_by_role("button", name="Say it again").click()
    page.get_by_role("button", name="Pause").click()
    in_state(page, "paused")
    page.get_by_role("button", name="Go on").click()
    in_state(page, "listening")
    wait(lambda: end.of("resume"))
    types = [message["type"] for message in end.said]
    assert types[1:] == ["end_turn", "think", "text", "pause", "resume"]
    assert end.of("text")[0]["text"] == "Could you repeat the question?"
    assert end.before[types.index("pause")] == end.before[types.index("resume")], "nothing is sent during a pause"
    end.tell("hint", step="repeat")
    expect(page.locator("[data-state-region]")).to_contain_text("hear the question once more")
    end.tell("latency", ms=640)
    page.click("summary:has-text('Line and microphone')")
    expect(page.locator("[data-part=figures]")).to_contain_text("0.6 s")
    page.click("#leave")
    page.wait_for_url(re.compile("begin=yes"))
    wait(lambda: end.of("bye"))
    expect(page.get_by_role("link", name="Speak instead")).to_be_visible()
    page.get_by_role("link", name="Speak instead").click()
    expect(page.get_by_role("heading", name="Before you pick up")).to_be_visible()


def test_typed_words_are_kept_when_leaving_without_a_line(site, open_page, far):
    page = open_page(PATIENT)
    end = pick_up(page, far, call_url(site))
    page.get_by_role("button", name="Type instead").click()
    page.keyboard.type("Half a thought")
    far.refuses(1012)
    end.close(1012)
    in_state(page, "reconnecting")
    page.click("#leave")
    expect(page.locator("#answer")).to_have_value("Half a thought")


def test_the_way_into_a_call_goes_with_the_last_answer(site, open_page, far):
    page = open_page()
    page.goto(call_url(site, 7).removesuffix("/call") + "?begin=yes")
    page.wait_for_load_state()
    speak = page.get_by_role("link", name="Speak instead")
    expect(speak).to_be_visible()
    page.fill("#answer", "In the eighth week I led nine people and we opened on time.")
    page.get_by_role("button", name="Send").click()
    expect(page.locator("#next")).to_contain_text("That was the last question")
    expect(speak).to_be_hidden()


def test_states_are_said_once(site, open_page, far):
    page = open_page()
    end = pick_up(page, far, call_url(site))
    page.evaluate(
        "() => { window.said = []; new MutationObserver(() => "
        "said.push(document.querySelector('[data-state-region]').textContent))"
        ".observe(document.querySelector('[data-state-region]'), {childList: true, characterData: true}); }"
    )
    for name in ("thinking", "thinking", "speaking", "speaking", "listening", "listening"):
        end.state(name)
    in_state(page, "listening")
    wait(lambda: len(page.evaluate("window.said")) >= 3)
    assert [words.split(".")[0] for words in page.evaluate("window.said")] == ["Thinking", "Speaking", "Listening"]


def reach(page, words):
    """Tab to a control, as someone without a mouse does."""
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.textContent").strip().startswith(words):
            return
    raise AssertionError(f"no way to {words} by keyboard")


def test_a_call_by_keyboard_alone(site, open_page, far):
    page = open_page()
    page.goto(call_url(site))
    reach(page, "Go on by voice")
    page.keyboard.press("Enter")
    end = far.picks_up()
    end.ready()
    end.state("listening")
    in_state(page, "listening")
    expect(page.locator("[data-state-word]")).to_be_focused()
    reach(page, "Mute")
    page.keyboard.press("Space")
    in_state(page, "muted")
    page.keyboard.press("Space")
    in_state(page, "listening")
    reach(page, "Type instead")
    page.keyboard.press("Enter")
    page.keyboard.type("By keyboard.")
    page.keyboard.press("Enter")
    wait(lambda: end.of("text"))
    reach(page, "End the interview")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("/finish"))
    wait(lambda: end.of("bye"))


def test_the_screen_is_shared_once_the_interviewer_has_spoken(site, open_page, far):
    page = open_page(
        "window.every = []; const known = setInterval;"
        "window.setInterval = (act, pause) => { every.push(pause); return known(act, pause); }"
    )
    end = pick_up(page, far, call_url(site))
    share = page.get_by_role("button", name="Share screen")
    expect(share).to_be_hidden()
    end.ready(sees=True)
    expect(share).to_have_attribute("aria-disabled", "true")
    share.click(force=True)
    end.state("speaking")
    in_state(page, "speaking")
    end.state("listening")
    expect(share).to_have_attribute("aria-disabled", "false")
    assert [message for message in end.heard if message.kind == 3] == []
    page.evaluate("window.every = []")
    share.click()
    pictures = wait(lambda: len(found := [m for m in end.heard if m.kind == 3]) >= 3 and found)
    assert all(picture.payload.startswith(b"\xff\xd8\xff") for picture in pictures)
    assert 1000 in page.evaluate("every"), "one a second"
    page.get_by_role("button", name="Stop sharing").click()
    expect(page.get_by_role("button", name="Share screen")).to_be_visible()
