"""Reports for the PDF's tests, judged by the built-in coach."""

import asyncio
import io
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from pypdf import PdfReader

from interview_coach.coach.base import AnsweredQuestion, Background
from interview_coach.coach.rules.assessor import RulesAssessor
from interview_coach.coach.rules.rubric import RUBRIC
from interview_coach.domain.evidence import Requirement, RequirementKind, Source, Span
from interview_coach.domain.provenance import Provenance
from interview_coach.domain.scorecard import AnswerScore, Scorecard
from interview_coach.domain.transcript import QuestionKind
from interview_coach.pdf.report import Cover, compose
from interview_coach.reporting import Exchange, Report, Take, build_report

MOMENT = datetime(2026, 3, 4, 9, 30, tzinfo=UTC)
COVER = Cover("Receptionist at Seaview", "cv-anna.pdf", MOMENT, MOMENT, MOMENT, "0.1.0")
STORY = (
    "Last summer a guest arrived with a booking for the wrong date. I had to find her a room. I called four hotels and "
    "arranged a taxi. As a result she came back twice and complaints fell from 9 to 2 per month."
)
ACTION = "I called four hotels nearby and arranged a taxi for the guest."
VAGUE = "I am friendly and I always try my best with guests."
QUESTIONS = (
    "Tell me about a complaint that you solved for a guest.",
    "When did you last have to explain a rule that somebody did not like?",
    "Describe a shift in which everything came at once.",
)
ARABIC = "في الصيف الماضي وصلت ضيفة بحجز لتاريخ خاطئ (رقم 42). اتصلت بأربعة فنادق و Booking.com. "
HEBREW = "בקיץ שעבר הגיעה אורחת עם הזמנה לתאריך שגוי. "
CHINESE = "去年夏天，一位客人带着错误日期的预订来到酒店。我打电话给四家酒店，并安排了出租车。"
JAPANESE = "昨年の夏、日付を間違えて予約したお客様がいらっしゃいました。直ちに四軒のホテルに電話しました。"
KOREAN = "지난여름 날짜를 잘못 예약한 손님이 오셨습니다. 저는 호텔 네 곳에 전화했습니다. "
HINDI = "पिछली गर्मियों में एक मेहमान ग़लत तारीख की बुकिंग लेकर आईं। मैंने चार होटलों को फ़ोन किया। "
THAI = "เมื่อฤดูร้อนที่แล้วมีแขกจองห้องผิดวัน ฉันโทรหาโรงแรมสี่แห่งและเรียกแท็กซี่ให้ "
EMOJI = "I was glad 😀🎉 and so was she 👍🏽 👩‍💻 🇯🇵 ❤️. "
LINE = "Receptionist, Hotel Anker, 2021 to 2024: 40 check-ins a day"
OFFLINE = Provenance("rules", "questions-1")


def asked(number: int, answer: str | None) -> AnsweredQuestion:
    label = "handle guest complaints"
    requirement = Requirement(Span(Source.JOB, label, 0, len(label)), RequirementKind.MUST, label, 1.0, "service")
    evidence = (requirement.span, Span(Source.CV, LINE, 0, len(LINE)))
    question = QUESTIONS[(number - 1) % len(QUESTIONS)]
    return AnsweredQuestion(
        number, QuestionKind.QUESTION, "service", question, answer, (requirement,), evidence if number % 2 else ()
    )


def judge(answers: Sequence[AnsweredQuestion]) -> Scorecard:
    return asyncio.run(RulesAssessor().assess(answers, RUBRIC, Background((), "", "", "en")))


def report(*texts: str | None, **more: Any) -> Report:
    """Of these answers; two minutes each, and a long break before the third."""
    answers = [asked(number, text) for number, text in enumerate(texts, 1)]
    exchanges = [
        Exchange(
            answer.number,
            start := MOMENT + timedelta(minutes=3 * answer.number, hours=2 * (answer.number > 2)),
            OFFLINE,
            answered_at=None if answer.answer is None else start + timedelta(seconds=100 + answer.number),
            source=None if answer.answer is None else "typed",
        )
        for answer in answers
    ]
    known: dict[str, Any] = {"rubric": RUBRIC, "exchanges": exchanges, "planned": len(answers)} | more
    return build_report(
        interview_id="i1", evaluation_status="COMPLETED", answers=answers, scorecard=judge(answers), **known
    )


def take(text: str, number: int = 1, **changes: Any) -> Take:
    """The same question answered again, and judged."""
    score = judge([asked(number, text)]).answers[0]
    made = Take("r1", 2, text, "typed", MOMENT + timedelta(days=1), "COMPLETED", "offline", score)
    return replace(made, **changes)


def with_score(result: Report, **changes: Any) -> Report:
    """With another score of the first answer."""
    first = result.answers[0]
    score: AnswerScore = replace(first.score, **changes)
    return replace(result, answers=(replace(first, score=score), *result.answers[1:]))


def plain(result: Report, trends: Any = None, *, numbers: bool = True, **changes: bool) -> bytes:
    """Without the net that `render` has: a failure is a failure."""
    return compose(result, COVER, trends, numbers=numbers, **{"borrow": True, "shape": True, **changes})


def words(pdf: bytes) -> str:
    """Its text, read with another library."""
    return one_line(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages))


def one_line(text: str) -> str:
    return re.sub(r"\s+", " ", unicodedata.normalize("NFKC", text)).strip()


def fonts(pdf: bytes) -> set[str]:
    """Names of the fonts that are in it, without the six letters of a subset."""
    found = {
        font.get_object()["/BaseFont"]
        for page in PdfReader(io.BytesIO(pdf)).pages
        for font in page["/Resources"]["/Font"].values()
    }
    return {name.split("+")[-1].lstrip("/") for name in found}
