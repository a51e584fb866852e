"""What stands as a strength, a result or a point was done and is said of the work: no plan, denial, aside or markup."""

import pytest

from interview_coach.coach.base import AnsweredQuestion
from interview_coach.coach.rules.assessor import score_answer
from interview_coach.coach.rules.coaching import coach
from interview_coach.coach.rules.rubric import RUBRIC
from interview_coach.domain.evidence import Requirement, RequirementKind, Source, Span
from interview_coach.domain.reading import read_answer, study_answer
from interview_coach.domain.scorecard import AnswerScore
from interview_coach.domain.transcript import QuestionKind

LABEL = "look after greenhouses and train helpers"
WORKED = "You said that you “checked the vents”. How did you know that it had worked?"
CLOSEST = "Your CV does not mention greenhouses. What comes closest to it in what you have done?"


def asked(answer: str, question: str, kind: QuestionKind = QuestionKind.QUESTION) -> AnsweredQuestion:
    requirement = Requirement(Span(Source.JOB, LABEL, 0, len(LABEL)), RequirementKind.MUST, LABEL, 1.0, "expertise")
    return AnsweredQuestion(1, kind, "expertise", question, answer, (requirement,), ())


def score(answer: str, question: str, kind: QuestionKind = QuestionKind.QUESTION) -> AnswerScore:
    return score_answer(asked(answer, question, kind), RUBRIC)


def quoted(result: AnswerScore) -> str:
    return " | ".join(remark.quote.text for remark in result.remarks if remark.quote)


IMAGINED = [
    "If a vent jammed in your nursery, I would first open the door, and I would fetch the fitter. "
    "I would know that it worked if the house stayed under thirty degrees.",
    "If a child fell in your playground, I would look at the knee first, then I would ring the parents within ten "
    "minutes.",
    "When I start with you, I will count the stock, and the shelf will be full by noon.",
    "Unless the customer wanted money back, I would change the tyre, and we would be done in an hour.",
]


@pytest.mark.parametrize("answer", IMAGINED)
def test_what_is_only_imagined_tells_no_end(answer: str) -> None:
    assert read_answer(answer, WORKED).star.result is None
    result = score(answer, WORKED, QuestionKind.PROBE)
    assert (result.score or 0) < 60
    assert "how it ended" not in result.feedback and not result.remarks
    assert "If " not in result.reference_answer and "Unless" not in result.reference_answer


def test_a_plan_where_a_story_was_asked_is_called_a_plan() -> None:
    result = score(IMAGINED[0], WORKED, QuestionKind.PROBE)
    assert result.feedback.startswith("You say what you would do.")


def test_what_happened_when_something_did_still_ends_the_story() -> None:
    answer = "I checked the vents every hour. When the heat came, no plant was lost. I would do it again."
    star = read_answer(answer, "What came of it?").star
    assert star.result is not None and "no plant was lost" in star.result.text


def test_two_people_pointed_at_are_no_figure() -> None:
    answer = (
        "I trained two helpers in 2021 in the rose house. They stayed with us. So the two fit well: it would be more "
        "plants, but the same care."
    )
    result = score(answer, "The ad wants somebody who trains helpers. How do the two fit together for you?")
    assert not any("figure" in remark.text for remark in result.remarks)


@pytest.mark.parametrize(
    "aside",
    [
        "It has been a while since I did one of these.",
        "It's been ages since I sat on this side of the table.",
        "Well, where do I even start.",
        "Don't get me started on the parking here.",
        "My father always said that I should have been a vet.",
        "But never mind.",
    ],
)
def test_talk_beside_the_answer_is_never_its_point(aside: str) -> None:
    answer = f"{aside} In 2021 I trained two helpers in the rose house, and both still water by my list."
    for question in ("How do the two fit together for you?", "Tell me about helpers that you trained."):
        result = score(answer, question)
        words = aside.rstrip(".").split()[-3:]
        assert " ".join(words) not in quoted(result) + result.reference_answer
        assert not any(remark.text == "You say why." for remark in result.remarks)


@pytest.mark.parametrize(
    "denial",
    [
        "I have never run greenhouses or trained helpers",
        "I have no experience with greenhouses or helpers",
        "I haven't looked after greenhouses",
    ],
)
def test_a_denial_is_neither_a_strength_nor_a_point(denial: str) -> None:
    answer = f"{denial}, but in 2020 I kept the seedlings of a school garden and showed nine pupils how to prick out."
    result = score(answer, CLOSEST)
    assert denial not in quoted(result) + result.reference_answer


def test_what_never_went_wrong_may_be_a_strength() -> None:
    answer = "In nine years with greenhouses I have never lost a tray, because I train the helpers on Monday myself."
    assert "never lost a tray" in quoted(score(answer, CLOSEST)) + score(answer, CLOSEST).reference_answer


@pytest.mark.parametrize(
    ("opening", "kept"),
    [("1)</script> **bold** ", "I counted the pots"), ("(on the night team) ", "I counted the pots")],
)
def test_a_quote_begins_where_its_words_begin(opening: str, kept: str) -> None:
    answer = f"{opening}I counted the pots every night, and waste fell by a third."
    result = score(answer, "What came of it?", QuestionKind.PROBE)
    shown = quoted(result) + result.reference_answer
    assert kept in shown
    assert "script" not in shown and "team)" not in shown


@pytest.mark.parametrize(
    "ending",
    [
        "So the two fit well: it would be fewer plants, but all of them mine.",
        "I would take the pesticide course in my first month.",
        "That is what I want to bring to your nursery.",
    ],
)
def test_an_ending_that_speaks_of_the_job_is_seen(ending: str) -> None:
    told = (
        "In 2021 I trained two helpers in the rose house of a nursery, because the owner was ill. I wrote a list for "
        "each bench, and watered with them for two weeks. Losses fell from 40 pots to 6. "
    )
    questions = ("How do the two fit together for you?", CLOSEST, "Tell me about helpers that you trained.")
    for question in questions:
        steps = " ".join(step.text for step in score(told + ending, question).improvements)
        assert "Finish with" not in steps


def test_a_question_to_oneself_is_no_deed() -> None:
    study = study_answer("Where do I begin, I sorted the seeds in March.", "Tell me about it.")
    assert [study.clauses[number].tokens[0].lower for number in study.story.own_actions] == ["i"]


def test_the_note_names_what_was_good_with_its_words() -> None:
    good = coach(asked("In 2021 I trained two helpers. Losses fell from 40 pots to 6.", "Tell me about helpers."))
    assert good.good is not None and good.good.quote is not None
    assert coach(asked("I would ask.", WORKED, QuestionKind.PROBE)).good is None
