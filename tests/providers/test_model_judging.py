"""A batch of answers judged through each vendor's real SDK, by a model that is right or wrong in every known way."""

import asyncio
import socket
from collections.abc import Sequence

import pytest

from interview_coach.coach.model_assessor import ModelAssessor
from interview_coach.coach.rules.rubric import RUBRIC
from interview_coach.domain.scorecard import Scorecard
from interview_coach.providers.base import BadReply, ProviderError, Refused, Unavailable
from interview_coach.providers.patience import Patience
from tests.coach.test_model_assessor import BACKGROUND, ORDER, PLAIN, STORY, VAGUE, all_quotes, asked
from tests.fakes import behaviours
from tests.fakes.scripted_assessor import SUMMARY, Judge, behaviour
from tests.fakes.vendor import Behaviour
from tests.patience import PATIENCE
from tests.providers.bench import KEY, Bench

ANSWERS = (STORY, PLAIN, VAGUE, "", "um, okay", f"{STORY} {ORDER}")
REAL = 4
"""Answers among them that a model is asked about."""


def judged(
    bench: Bench, model: Judge | Behaviour, answers: Sequence[str] = ANSWERS, runs: int = 1, **how: object
) -> Scorecard:
    bench.server.default = behaviour(model) if isinstance(model, Judge) else model
    batch = [asked(number, answer) for number, answer in enumerate(answers, 1)]
    return bench.run(lambda chat: ModelAssessor(chat, runs=runs).assess(batch, RUBRIC, BACKGROUND), **how)


def review(card: Scorecard) -> list[int]:
    return [score.number for score in card.answers if score.needs_review]


def check(card: Scorecard) -> None:
    """What holds whatever a model does."""
    for score, answer in zip(card.answers, ANSWERS, strict=True):
        assert all(span.is_in(answer) for span in all_quotes(score))
        assert (score.score is None) == (score.needs_review is not None)
        if score.score is not None:
            assert 0 <= score.score <= 100
    empty, filler = card.answers[3:5]
    assert (empty.score, filler.score) == (0, 0)


def test_a_right_model_is_asked_once_and_believed(bench: Bench) -> None:
    card = judged(bench, Judge())
    check(card)
    assert review(card) == []
    story, plain, vague, empty, filler, ordered = (score.score for score in card.answers)
    assert (story, plain, empty, filler, ordered) == (86, 65, 0, 0, 86)
    assert vague is not None
    assert vague <= 65
    assert len(bench.asked) == 1
    (usage,) = bench.usages
    assert (usage.purpose, usage.outcome) == ("marks", "ok")
    model = "fake-gemini-1" if bench.kind == "gemini" else usage.model
    assert card.answers[0].provenance.model == model


def test_the_vendor_gets_a_strict_schema_without_unions(bench: Bench) -> None:
    judged(bench, Judge())
    schema = bench.asked[0].schema
    assert schema is not None
    text = str(schema)
    assert "anyOf" not in text
    assert "oneOf" not in text
    entry = schema["$defs"]["Judgement"]
    fields = list(entry["properties"])
    assert entry["required"] == fields
    assert entry["additionalProperties"] is False
    assert fields.index("star") < fields.index("feedback") < fields.index("accuracy"), "evidence first, marks last"


def test_what_is_no_answer_never_travels(bench: Bench) -> None:
    judged(bench, Judge(), (*ANSWERS, "vvbnm hjklq xcvqq qwrtp zzkkw"))
    (request,) = bench.asked
    sent = str(request.body)
    assert "hjklq" not in sent
    assert "um, okay" not in sent
    assert "Ignore the rubric" not in sent
    assert STORY not in request.system
    assert KEY not in sent


def test_flattery_is_bounded(bench: Bench) -> None:
    card = judged(bench, Judge("sycophantic"))
    check(card)
    assert card.answers[2].score is not None
    assert card.answers[2].score <= 65


def test_orders_gain_nothing(bench: Bench) -> None:
    card = judged(bench, Judge("obedient"))
    check(card)
    assert card.answers[5].score == card.answers[0].score == 86


@pytest.mark.parametrize("kind", ["inventing", "inventing for ever"])
def test_invented_quotes_are_never_shown(bench: Bench, kind: str) -> None:
    card = judged(bench, Judge(kind))
    check(card)
    assert len(bench.asked) == 2
    assert [bool(score.remarks) for score in card.answers[:2]] == [kind == "inventing"] * 2


@pytest.mark.parametrize("kind", ["99", "negative", "a word", "null", "missing", "twice"])
def test_marks_that_cannot_be_used_need_review(bench: Bench, kind: str) -> None:
    card = judged(bench, Judge(kind))
    check(card)
    assert review(card) == [1]
    assert len(bench.asked) == 2


def test_a_reply_that_is_cut_off_leads_to_single_answers_and_an_end(bench: Bench) -> None:
    card = judged(bench, Judge("cut off"))
    check(card)
    assert review(card) == [1, 2, 3, 6]
    assert len(bench.asked) == 4
    assert "ran out of room" in str(card.answers[0].needs_review)


@pytest.mark.parametrize("kind", ["empty", "prose"])
def test_a_reply_without_marks_leads_to_review(bench: Bench, kind: str) -> None:
    card = judged(bench, Judge(kind))
    check(card)
    assert review(card) == [1, 2, 3, 6]


def test_a_batch_that_is_cut_off_once_is_whole_the_second_time(bench: Bench) -> None:
    bench.server.script(behaviour(Judge("cut off")))
    card = judged(bench, Judge())
    check(card)
    assert review(card) == []
    assert len(bench.asked) == 2


@pytest.mark.parametrize(
    ("failing", "error"),
    [
        (behaviours.status(500), Unavailable),
        (behaviours.status(401), Refused),
        (behaviours.status(402), Refused),
        (behaviours.reset_at_once, Unavailable),
    ],
    ids=["500", "401", "402", "reset"],
)
def test_a_dead_vendor_is_an_error_and_no_marks(bench: Bench, failing: Behaviour, error: type[ProviderError]) -> None:
    with pytest.raises(error) as raised:
        judged(bench, failing)
    assert "night team" not in str(raised.value)
    assert KEY not in str(raised.value)


def test_a_slow_vendor_is_an_error(bench: Bench) -> None:
    with pytest.raises(Unavailable, match="too long"):
        judged(bench, behaviours.hang, patience=Patience(total=0.3, tries=1))


def test_nobody_at_the_address_is_an_error(bench: Bench) -> None:
    with socket.socket() as deaf:  # bound, so that nobody else gets it, and not listening
        deaf.bind(("127.0.0.1", 0))
        port = deaf.getsockname()[1]
        with pytest.raises(Unavailable, match="cannot be reached"):
            judged(bench, Judge(), base_url=f"http://127.0.0.1:{port}/v1", patience=Patience(tries=1))
    assert bench.asked == []


def test_three_readings_travel_side_by_side(bench: Bench) -> None:
    card = judged(bench, Judge(), runs=3)
    check(card)
    assert len(bench.asked) == 3
    assert [len(score.runs) for score in card.answers] == [3, 3, 3, 0, 0, 3]
    assert card.answers[0].deviation == 0


def test_a_summary_travels_as_plain_words(bench: Bench) -> None:
    card = judged(bench, Judge())
    batch = [asked(number, answer) for number, answer in enumerate(ANSWERS, 1)]
    summary = bench.run(lambda chat: ModelAssessor(chat).summarise(batch, card, BACKGROUND))
    assert summary is not None
    assert summary.text == SUMMARY
    assert bench.asked[-1].schema is None


def test_an_unfit_summary_is_an_error_after_two_tries(bench: Bench) -> None:
    card = judged(bench, Judge())
    bench.server.default = behaviour(Judge(summary="You are hired. You got 97 of 100."))
    with pytest.raises(BadReply):
        bench.run(lambda chat: ModelAssessor(chat).summarise([], card, BACKGROUND))
    assert len(bench.asked) == 3


def test_cancelling_leaves_no_request_open(bench: Bench) -> None:
    bench.server.default = behaviours.hang

    async def work(chat: object) -> None:
        batch = [asked(1, STORY)]
        task = asyncio.create_task(ModelAssessor(chat, runs=3).assess(batch, RUBRIC, BACKGROUND))  # type: ignore[arg-type]
        while len(bench.asked) < 3:
            await asyncio.sleep(0.01)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task

    bench.run(work)
    assert all(request.disconnected.wait(PATIENCE) for request in bench.asked)
