"""Progress, home and history as pages, fragments and JSON; the button that practises; calm pages; long histories."""

import re

import pytest
from flask.testing import FlaskClient

from interview_coach.domain import totals
from interview_coach.domain.transcript import QuestionKind
from tests import histories
from tests.reports import aloud
from tests.web.conftest import HTMX, JSON, answer, begun, create, finished

MANY = [[90 - day, 30, 50 + day, 80] for day in range(12)]


@pytest.fixture
def remember(app):
    """Write a history; returns the ids of its interviews."""

    def write(*arguments, **choices):
        with app.app_context():
            return histories.write(*arguments, **choices)

    return write


def text_of(html: str) -> str:
    """The words of the main part, as a reader or a screen reader gets them."""
    main = html[html.index("<main") : html.index("</main>")]
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", main))


def test_without_interviews_the_page_says_what_will_be_there(client: FlaskClient):
    page = client.get("/progress").text
    assert "Nothing to compare yet" in page and "New interview" in page
    assert "Practise my weakest" not in page and '<svg class="trend"' not in page
    assert client.get("/progress.json").json == {
        "trends": [], "velocity": None, "competencies": [], "topics": [], "strong": [], "practise": [], "speech": None,
    }  # fmt: skip
    assert "There is no interview yet" in client.get("/interviews").text


def test_one_interview_is_told_and_not_drawn(client: FlaskClient):
    finished(client)
    page = client.get("/progress").text
    assert "One interview shows no trend yet." in page and '<svg class="trend"' not in page
    assert "it takes three interviews marked by the same coach, and there is one so far" in page
    assert "Practise my weakest" in page


def test_an_interview_without_marks_is_no_point(client: FlaskClient):
    create(client)
    assert "Nothing to compare yet" in client.get("/progress").text


def test_page_fragment_and_json_show_the_same(client: FlaskClient, remember):
    remember(MANY)
    page, fragment, data = client.get("/progress"), client.get("/progress", headers=HTMX), client.get("/progress.json")
    assert fragment.text.lstrip().startswith('<div id="progress">') and "<html" not in fragment.text
    assert fragment.text.strip()[:400] in page.text
    found = data.json
    assert [trend["overall"] for trend in found["trends"]] == [62] * 12
    assert found["practise"] == ["teamwork", "organisation"] and found["strong"] == ["service", "safety"]
    assert found["velocity"] == 0
    assert {entry["difficulty"] for entry in found["competencies"]} == {"easy", "hard", "medium"}
    for name in ("Working with others", "Planning and organising", "To practise", "On the way", "Strong"):
        assert name in page.text
    assert page.text.count('<svg class="trend"') == 5, "overall and four dimensions; one was never measurable"
    assert "Not measurable in these interviews." in page.text
    assert "Not measurable: these interviews were typed." in page.text


def test_speech_of_several_interviews_is_drawn_and_tabled(app, client: FlaskClient):
    ids = [finished(client, job_title=f"Number {place}", force_create=True) for place in range(2)]
    before = client.get("/progress").text
    for interview in ids:
        aloud(app, interview, (1, 2))
    page = client.get("/progress").text
    assert page.count('<svg class="trend"') == before.count('<svg class="trend"') + 3
    pace = client.get("/progress.json").json["speech"]["wpm"]
    assert f"{pace['last']:.0f} words a minute, as at first, over 2 interviews." in page
    assert "Pace over time, words a minute" in page and page.count("#spoke") == 2
    client.post("/preferences", data={"low_anxiety": "on"})
    calm = text_of(client.get("/progress").text)
    assert "words a minute" not in calm and "in pace" in calm


def test_the_figures_beside_a_drawing_are_those_of_the_reports(client: FlaskClient):
    ids = [finished(client, job_title=f"Number {place}", force_create=True) for place in range(3)]
    reports = [client.get(f"/interviews/{name}/report.json").json for name in ids]
    trends = client.get("/progress.json").json["trends"]
    for report, trend in zip(reports, trends, strict=True):
        for name in ("overall", "coverage", "asked", "answered", "dimensions"):
            assert trend[name] == report[name], name
    row = client.get("/progress").text.split(f"/interviews/{ids[2]}/report")[1].split("</tr>")[0]
    assert f"<td>{reports[2]['overall']}</td>" in row


def test_list_report_and_progress_agree_when_follow_ups_weigh_less(client: FlaskClient, monkeypatch):
    made = begun(client, 1, questions=2)
    answer(client, made, 2, "I am a good team player.")
    even = client.get(f"/interviews/{made}/report.json").json
    assert len({entry["kind"] for entry in even["answers"]}) == 2, "there are questions and follow-ups"
    monkeypatch.setattr(totals, "weight", lambda _rubric, kind: 0.01 if kind is QuestionKind.PROBE else 1.0)
    overall = client.get(f"/interviews/{made}/report.json").json["overall"]
    assert overall != even["overall"]
    assert client.get("/interviews.json").json["interviews"][0]["overall"] == overall
    assert client.get("/progress.json").json["trends"][0]["overall"] == overall


def test_marks_of_two_coaches_have_two_shapes_and_a_warning(client: FlaskClient, remember):
    remember(MANY, coaches=("offline", "gemini"))
    page = client.get("/progress").text
    assert "Two coaches do not mark alike" in page
    assert 'class="trend-dot square"' in page and "<circle" in page
    assert "marked by Gemini" in page
    one = client.get("/interviews").text
    assert "than the one before by Gemini" in one or "same as the one before by Gemini" in one


def test_one_coach_needs_no_warning(client: FlaskClient, remember):
    remember(MANY)
    assert "Two coaches" not in client.get("/progress").text


def test_one_click_begins_an_interview_about_the_weakest(client: FlaskClient, remember):
    remember(MANY)
    page = client.get("/progress").text
    form = page[page.index('action="/interviews"') :].split("</form>")[0]
    fields = dict(re.findall(r'name="(\w+)" value="(\w+)"', form))
    answer = client.post("/interviews", data=fields)
    assert answer.status_code == 303
    made = client.get(answer.location, headers=JSON).json
    assert made["focus"] == ["teamwork", "organisation"] and made["difficulty"] == "adaptive"
    assert (made["job_title"], made["company"]) == ("Host", "Ferry")
    assert "It practises first: <strong>Working with others</strong>" in client.get(answer.location).text
    again = client.post("/interviews", data=fields)
    assert again.location.split("?")[0] == answer.location, "a second click goes on with the same one"


def test_the_same_button_is_on_the_first_page(client: FlaskClient, remember):
    assert "Practise my weakest" not in client.get("/").text
    remember(MANY)
    assert "Practise my weakest" in client.get("/").text


def test_focus_over_json_takes_a_list_and_refuses_what_is_none(client: FlaskClient, remember):
    (first, *_) = remember(MANY)
    made = client.post("/interviews", json={"like": first, "focus": ["safety"]}, headers=JSON)
    assert made.status_code == 201 and made.json["focus"] == ["safety"]
    wrong = client.post("/interviews", json={"like": first, "focus": ["singing"]}, headers=JSON)
    assert wrong.status_code == 422 and "focus" in wrong.json["error"]["fields"]
    gone = client.post("/interviews", json={"like": "0123", "focus": "weakest"}, headers=JSON)
    assert gone.status_code == 404


def test_the_form_offers_what_suits_and_names_it_first(client: FlaskClient):
    page = client.get("/interviews/new").text
    assert '<option value="adaptive" selected>As it suits me</option>' in page
    for level in ("easy", "medium", "hard"):
        assert f'<option value="{level}">' in page


def test_the_first_page_shows_five_and_the_history_all_newest_first(client: FlaskClient, remember):
    ids = remember(MANY)
    home, history = client.get("/").text, client.get("/interviews").text
    shown = re.findall(r"/interviews/(\w{16})/report", home)
    assert shown == ids[::-1][:5]
    assert re.findall(r"/interviews/(\w{16})/report", history) == ids[::-1]
    assert "All 12 interviews" in home and 'href="/interviews"' in home
    assert [one["id"] for one in client.get("/interviews.json").json["interviews"]] == ids[::-1]


@pytest.mark.parametrize(
    ("query", "jobs"),
    [
        ("", ["Deckhand", "Purser", "Host at Ferry"]),
        ("?format=mock_resume", ["Purser"]),
        ("?state=EVALUATED", ["Host at Ferry"]),
        ("?state=CREATED&format=mock", ["Deckhand"]),
        ("?job=Purser", ["Purser"]),
        ("?job=Host+at+Ferry&state=EVALUATED", ["Host at Ferry"]),
        ("?job=Nobody", []),
    ],
)
def test_the_history_is_filtered_by_kind_state_and_job(client: FlaskClient, remember, query, jobs):
    remember(MANY[:1])
    for title, kind in (("Purser", "mock_resume"), ("Deckhand", "mock")):
        made = create(client, job_title=title, format=kind)
        client.post(
            f"/interviews/{made}/documents", data={"job_title": title, "company": "", **documents(client, made)}
        )
    for headers in ({}, HTMX):
        html = client.get(f"/interviews{query}", headers=headers).text
        assert re.findall(r"<h3><a [^>]*>([^<]*)</a>", html) == jobs
    assert ("No interview fits this choice." in html) is not jobs
    titles = [one["job_title"] for one in client.get(f"/interviews{query}", headers=JSON).json["interviews"]]
    assert titles == [name.split(" at ")[0] for name in jobs]


def documents(client: FlaskClient, interview: str) -> dict[str, str]:
    found = client.get(f"/interviews/{interview}/documents", headers=JSON).json
    return {"cv_text": found["cv"], "job_text": found["job"]}


def test_calm_pages_show_words_and_arrows_and_no_digit(client: FlaskClient, remember):
    remember(MANY, coaches=("offline", "gemini"))
    assert re.search(r"\d", text_of(client.get("/progress").text)), "otherwise there are some"
    client.post("/preferences", json={"low_anxiety": True}, headers=JSON)
    page = client.get("/progress").text
    assert not re.search(r"\d", text_of(page))
    assert "Practise my weakest" in page and "Two coaches do not mark alike" in page and "→" in page
    for path in ("/", "/interviews"):
        html = client.get(path).text
        assert "score-small" not in html and "answered" not in text_of(html) and "before" not in text_of(html)
    assert client.get("/progress.json").json["trends"][0]["overall"] == 62, "programs get the figures"


def test_calm_pages_without_and_with_one_interview_hold_no_digit(client: FlaskClient, remember):
    client.post("/preferences", json={"low_anxiety": True}, headers=JSON)
    assert not re.search(r"\d", text_of(client.get("/progress").text))
    remember(MANY[:1])
    assert not re.search(r"\d", text_of(client.get("/progress").text))


def test_words_of_others_are_words_and_no_markup(client: FlaskClient):
    finished(client, job_title="<b>Boss</b>", company="<script>x</script>")
    for path in ("/progress", "/interviews", "/"):
        html = client.get(path).text
        assert "<b>Boss" not in html and "<script>x" not in html and "&lt;b&gt;Boss" in html


@pytest.mark.parametrize("path", ["/progress", "/", "/interviews", "/progress.json", "/interviews.json"])
def test_two_hundred_interviews_take_as_many_queries_as_two(client: FlaskClient, app, remember, path):
    def counted() -> int:
        with app.app_context(), histories.queries() as said:
            assert client.get(path).status_code == 200
        return len(said)

    remember([[50] * 8, [60] * 8])
    few = counted()
    with app.app_context():
        histories.forget()
    remember([[40 + day % 50] * 8 for day in range(200)])
    assert counted() == few <= 5


def test_a_long_history_is_drawn_by_its_newest_part(client: FlaskClient, remember):
    remember([[40 + day % 50] * 4 for day in range(80)])
    page = client.get("/progress").text
    assert "the newest 30 of 80" in page
    overall = page.split('aria-labelledby="trend-overall-title')[1].split("</svg>")[0]
    assert overall.count("<circle") == 30
    assert len(client.get("/progress.json").json["trends"]) == 80
