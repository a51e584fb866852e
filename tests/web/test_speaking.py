"""How an interview was spoken: figures in the report, on the page, on paper, and where they are not measurable."""

import io
from dataclasses import replace

from flask import Flask
from flask.testing import FlaskClient

from interview_coach.domain.speech import delivery_of, metrics_of
from interview_coach.reporting import Speech
from interview_coach.reporting.speaking import NOT_MEASURABLE
from tests.reports import GOOD, MODEL, aloud, held, marked


def speech(*words: str | None, language: str = "en", seconds: float = 30.0, verbatim: bool = True) -> Speech:
    answers = tuple(
        (number, delivery_of([(1, 1 + seconds)], text, asked_at=0, ended_at=40, verbatim=verbatim, language=language))
        for number, text in enumerate(words, 1)
    )
    metrics = metrics_of((delivery for _, delivery in answers), session_duration=100)
    assert metrics is not None
    return Speech(metrics, answers, language)


def test_the_report_has_the_figures_by_their_names(app: Flask, client: FlaskClient) -> None:
    interview = held(client, list(GOOD))
    aloud(app, interview, (1, 3))
    told = client.get(f"/interviews/{interview}/report.json").json
    assert told["speech_note"] == ""
    found = told["speech"]
    assert found.pop("fillers") == {"um": 2, "you know": 1}
    answers = found.pop("answers")
    assert [answer["number"] for answer in answers] == [1, 3]
    assert [answer["wpm"] for answer in answers] == [120.0, 118.0]
    assert [answer["long_pause_count"] for answer in answers] == [0, 2]
    assert found == {
        "session_duration": 100.0,
        "effective_duration": 84.0,
        "forced_silence_time": 16.0,
        "speaking_time": 60.0,
        "silence_time": 24.0,
        "speaking_ratio": 0.714,
        "total_words": 119,
        "wpm": 119.0,
        "long_pause_count": 2,
        "avg_response_latency": 2.0,
        "fluency_score": 0.85,
        "questions_answered": 3,
        "avg_semantic_similarity": told["dimensions"]["relevance"] / 100,
        "similarity_measure": "shared_words",
    }


def test_the_similarity_is_the_same_in_the_note_the_marks_the_figures_and_the_trends(
    app: Flask, client: FlaskClient
) -> None:
    interview = held(client, list(GOOD), coaching="on")
    aloud(app, interview, (1, 3))
    asked = client.get(f"/interviews/{interview}", headers={"Accept": "application/json"}).json["questions"]
    notes = [question["coaching"]["similarity"] for question in asked]
    told = client.get(f"/interviews/{interview}/report.json").json
    assert [round(note * 100) for note in notes] == [answer["dimensions"]["relevance"] for answer in told["answers"]]
    assert 0 < told["speech"]["avg_semantic_similarity"] <= 1
    assert abs(told["speech"]["avg_semantic_similarity"] - sum(notes) / len(notes)) < 0.01
    trend = client.get("/progress", headers={"Accept": "application/json"}).json["trends"][0]["speech"]
    for name in ("avg_semantic_similarity", "similarity_measure"):
        assert trend[name] == told["speech"][name]


def test_a_model_that_judged_says_so(app: Flask, client: FlaskClient) -> None:
    interview = held(client, list(GOOD[:1]))
    aloud(app, interview, (1,))
    marked(
        app, interview, lambda score: replace(score, provenance=MODEL, dimensions={**score.dimensions, "relevance": 78})
    )
    told = client.get(f"/interviews/{interview}/report.json").json["speech"]
    assert (told["avg_semantic_similarity"], told["similarity_measure"]) == (0.78, "judged_by_model")
    marked(app, interview, lambda score: None, finished=False)
    told = client.get(f"/interviews/{interview}/report.json").json["speech"]
    assert (told["avg_semantic_similarity"], told["similarity_measure"]) == (None, None)


def test_what_was_written_has_no_figures(client: FlaskClient) -> None:
    interview = held(client, list(GOOD[:1]))
    told = client.get(f"/interviews/{interview}/report.json").json
    assert told["speech"] is None and "nothing was spoken" in told["speech_note"]
    assert "How you spoke" not in client.get(f"/interviews/{interview}/report").text


def test_the_page_says_each_figure_with_its_meaning(app: Flask, client: FlaskClient) -> None:
    interview = held(client, list(GOOD[:2]))
    aloud(app, interview, (1, 2))
    page = " ".join(client.get(f"/interviews/{interview}/report").text.split())
    for words in (
        "How you spoke", "119 words a minute, easy to follow", "In English 120 to 150", "1:00 of 1:24 minutes, 71 %",
        "Pauses of more than five seconds", "2.0 seconds", "0.85 of 1", "share of 140 words a minute",
        "3: um 2, you know 1", "changes no mark",
    ):  # fmt: skip
        assert words in page, words
    assert 'href="#answer-2"' in page


def test_numbers_can_be_hidden(app: Flask, client: FlaskClient) -> None:
    interview = held(client, list(GOOD[:2]))
    aloud(app, interview, (1, 2))
    assert client.post("/preferences", data={"low_anxiety": "on"}).status_code < 400
    shown = client.get(f"/interviews/{interview}/report").text
    assert "Numbers are hidden" in shown
    section = shown[shown.index("How you spoke") :]
    section = section[: section.index("</section>")]
    assert "Your pace was easy to follow." in section
    assert not any(char.isdigit() for char in section.replace("h2>", ""))


def test_the_pdf_has_the_same_words(app: Flask, client: FlaskClient) -> None:
    from pypdf import PdfReader

    interview = held(client, list(GOOD[:2]))
    aloud(app, interview, (1, 2))
    pdf = PdfReader(io.BytesIO(client.get(f"/interviews/{interview}/report.pdf").data))
    text = " ".join(" ".join(page.extract_text() for page in pdf.pages).split())
    for words in ("How you spoke", "119 words a minute, easy to follow", "0.85 of 1", "3: um 2, you know 1"):
        assert words in text, words


def test_not_measurable_is_said_and_never_shown_as_nought() -> None:
    unknown = speech(None, seconds=3)
    values = {figure.key: figure.value for figure in unknown.figures}
    assert values["wpm"] == values["fluency_score"] == values["fillers"] == NOT_MEASURABLE
    assert values["speaking_ratio"] == "0:03 of 0:40 minutes, 8 %"
    assert unknown.to_json()["fillers"] is None and unknown.to_json()["wpm"] is None


def test_filler_words_of_a_transcript_without_them_are_not_measurable() -> None:
    smooth = speech("I led the shift " * 10, verbatim=False)
    figure = smooth.figures[-1]
    assert figure.value == NOT_MEASURABLE and "leaves them out" in figure.meaning
    counted = speech("I led um the shift " * 10)
    assert counted.figures[-1].value == "10: um 10"
    assert speech("I led the shift " * 10).figures[-1].value == "none"


def test_paces_of_other_languages_are_not_judged_by_english_ones() -> None:
    german = speech("Ich habe die Schicht geleitet " * 12, language="de")
    assert german.figures[0].value == "120 words a minute"
    assert german.figures[0].plain == "" and "English" not in german.figures[0].meaning


def test_the_words_are_about_speech_and_never_about_the_person() -> None:
    said = " ".join(
        f"{figure.value} {figure.meaning} {figure.plain}"
        for found in (speech("um " * 30), speech("word " * 120), speech("word " * 20), speech(None))
        for figure in found.figures
    ).lower()
    for word in ("nervous", "confident", "anxious", "calm", "hesitant", "you are", "!"):
        assert word not in said


def test_progress_compares_pace_pauses_and_filler_words(app: Flask, client: FlaskClient) -> None:
    typed, first, second = (held(client, list(GOOD[:2])) for _ in range(3))
    aloud(app, first, (1,))
    aloud(app, second, (1, 2), verbatim=False)
    found = client.get("/progress.json").json
    assert found["speech"] == {
        "interviews": 2,
        "wpm": {"first": 120.0, "last": 119.0},
        "pauses_per_answer": {"first": 0.0, "last": 1.0},
        "fillers_per_minute": {"first": 0.0, "last": 0.0},
    }
    speech = {trend["id"]: trend["speech"] for trend in found["trends"]}
    assert speech[typed] is None
    assert (speech[second]["wpm"], speech[second]["fillers_per_minute"]) == (119.0, None)
    page = " ".join(client.get("/progress").text.split())
    assert "From 120 to 119 words a minute, over 2 interviews." in page
    assert "Filler words a minute" in page and f"/interviews/{second}/report#spoke" in page
    client.post("/preferences", data={"low_anxiety": "on"})
    calm = client.get("/progress").text
    assert "was steady in pace" in calm and "words a minute" not in calm
