"""What is said about an answer never makes a person ashamed of the coach: no wrong part, no needless advice."""

import pytest

from interview_coach.coach.base import AnsweredQuestion
from interview_coach.coach.rules.assessor import score_answer
from interview_coach.coach.rules.modes import Mode, mode_of
from interview_coach.coach.rules.quoting import quotable
from interview_coach.coach.rules.rubric import RUBRIC
from interview_coach.domain.evidence import Requirement, RequirementKind, Source, Span
from interview_coach.domain.reading import read_answer, study_answer
from interview_coach.domain.scorecard import AnswerScore
from interview_coach.domain.transcript import QuestionKind

TOLD = "Tell me about a time when a delivery went wrong."


def score(
    answer: str, question: str = TOLD, competency: str = "service", kind: QuestionKind = QuestionKind.QUESTION
) -> AnswerScore:
    label = "plan deliveries to shops"
    requirement = Requirement(Span(Source.JOB, label, 0, len(label)), RequirementKind.MUST, label, 1.0, competency)
    return score_answer(AnsweredQuestion(1, kind, competency, question, answer, (requirement,), ()), RUBRIC)


def advice(result: AnswerScore) -> str:
    return " ".join(step.text for step in result.improvements)


@pytest.mark.parametrize("kind", list(QuestionKind))
@pytest.mark.parametrize(
    "question",
    [
        TOLD,
        "Which shift comes to mind?",
        "What matters most there?",
        "Imagine the van breaks down. What would you do?",
        "What came of it?",
    ],
)
@pytest.mark.parametrize("answer", ["That was a difficult week and in the end everything turned out okay somehow."])
def test_a_bad_day_that_ended_well_is_poor_whatever_was_asked(answer: str, question: str, kind: QuestionKind) -> None:
    assert (score(answer, question, kind=kind).score or 0) <= 20


def test_a_day_that_comes_to_mind_asks_for_a_story() -> None:
    assert mode_of("You said “I would imagine a lot”. Which week comes to mind?", "service") is Mode.STORY
    assert mode_of("I have a picture of that now. Which tool matters most?", "tools") is Mode.VIEW
    assert mode_of("Picture a full van at noon. What comes first?", "tools") is Mode.PLAN


@pytest.mark.parametrize(
    ("answer", "no_result"),
    [
        ("I led a walk in May. I like the mix: a class on Monday and the quiet of the yard in winter.", "a class"),
        (
            "I moved stock in June. Then I would ask the drivers, and look after a month whether it works.",
            "look after",
        ),
        ("I have helped at the harvest three weeks every September since 2016.", "I have helped"),
    ],
)
def test_things_liked_plans_and_habits_are_no_results(answer: str, no_result: str) -> None:
    result = read_answer(answer, "What would keep it interesting?").star.result
    assert result is None or not result.text.lower().lstrip("and ").startswith(no_result.lower())


def test_what_one_measured_is_not_what_changed() -> None:
    answer = "I timed how long it takes 40 vans to load. The depot moved two gates."
    study = study_answer(answer, "What did that change?", continued=True)
    assert study.reading.star.result is not None
    assert study.reading.star.result.text == "The depot moved two gates"


@pytest.mark.parametrize(
    "answer",
    [
        "I changed the loading order because four of them had asked for it.",
        "I applied because it brings together what I already do. I sorted parcels in 2022.",
        "Nights and Sundays have been my usual hours for nine years. I sorted parcels yesterday.",
    ],
)
def test_a_reason_or_a_lasting_state_is_no_scene(answer: str) -> None:
    situation = read_answer(answer, TOLD).star.situation
    assert situation is None or not situation.text.startswith(("because", "Nights"))


@pytest.mark.parametrize(
    ("question", "competency"),
    [
        ("Imagine you take over the depot. What would your first day look like?", "leadership"),
        ("Which rule matters most in a depot?", "safety"),
        ("What would keep this interesting for you?", "motivation"),
    ],
)
def test_only_a_question_about_an_event_asks_for_the_parts_of_one(question: str, competency: str) -> None:
    answer = (
        "I would ask each driver what slows the round down. When I took over the night shift in 2020, I changed the "
        "loading order because the drivers had complained. The vans left earlier."
    )
    result = score(answer, question, competency)
    assert "Not said" not in result.feedback and "no figure" not in result.feedback
    assert not any(words in advice(result) for words in ("Before this", "Put one number"))


LATE = (
    "Last winter a van froze at the depot and forty shops waited. I had to get the bread out by six. I called two "
    "drivers and split the round. As a result all 40 shops opened on time."
)


@pytest.mark.parametrize("ending", ["Looking back I would have called earlier.", "Next time I would call at four."])
def test_who_looks_back_already_is_not_asked_to(ending: str) -> None:
    assert "differently today" not in advice(score(f"{LATE} {ending}"))
    assert "differently today" in advice(score(LATE))


@pytest.mark.parametrize(
    "example",
    ["We had one fire, in 2021 because of a battery.", "At the depot I check the ramp before every delivery."],
)
def test_a_dated_event_or_an_own_habit_is_an_example(example: str) -> None:
    plan = "I would ask the drivers first. Then I would draw the ramps on one page and hang it at the gate. "
    result = score(plan + example, "Imagine you run the depot. What would you do about safety?", "safety")
    assert "no example" not in result.feedback and "Add one example" not in advice(result)
    quotes = [r.quote.text for r in result.remarks if r.quote and r.text.startswith("You name a step")]
    assert all("would" in quote for quote in quotes)


def test_the_own_part_is_a_deed_and_no_description() -> None:
    result = score(
        "At the depot I plan about thirty rounds a week. In March a bridge was shut. I drew a new round on the map and "
        "called nine shops. All nine got their bread."
    )
    own = next(remark.quote for remark in result.remarks if remark.text.startswith("Your own part"))
    assert own is not None and not own.text.startswith("At the depot")


@pytest.mark.parametrize("joint", ["who", "which"])
def test_what_others_did_is_not_said_back_as_an_own_deed(joint: str) -> None:
    answer = (
        f"I visited the shops {joint} ordered bread by phone, wrote one list for the drivers and called the bakery."
    )
    reading = read_answer(answer, TOLD)
    texts = [quote.slots["did"] for quote in quotable(answer, reading) if "did" in quote.slots]
    assert not any("ordered" in text for text in texts)
    assert any("wrote one list" in text for text in texts)
    assert not any(phrase.text.startswith("ordered") for phrase in reading.phrases)


@pytest.mark.parametrize(
    "greeted",
    [
        f"Hi, sorry, I'm a bit nervous. {LATE}",
        f"Um, okay, good question. {LATE}",
        f"{LATE} Thank you, I hope that makes sense.",
    ],
)
def test_greetings_nerves_and_thanks_cost_no_marks(greeted: str) -> None:
    plain, result = score(LATE), score(greeted)
    assert (result.accuracy, result.completeness, result.clarity) == (
        plain.accuracy,
        plain.completeness,
        plain.clarity,
    )


@pytest.mark.parametrize(
    ("question", "mode"),
    [
        ("This job needs a licence. Where do you stand with that today?", Mode.FACT),
        ("What does cross-docking mean?", Mode.FACT),
        ("How would you describe your own level there today?", Mode.FACT),
        ("Your CV names six years at the depot. What did that work involve?", Mode.ACCOUNT),
        ("How do you keep track of what has to be done?", Mode.PLAN),
        ("Suppose a driver is late. How would you bring it up?", Mode.PLAN),
        ("What would you bring to our team?", Mode.VIEW),
        ("Tell me about a time when you would rather have said no.", Mode.STORY),
    ],
)
def test_the_kind_of_answer_is_told_by_the_question(question: str, mode: Mode) -> None:
    assert mode_of(question, "service") is mode


@pytest.mark.parametrize(
    ("ending", "asked"),
    [
        ("As a result complaints fell.", True),
        ("As a result the shops got their bread much earlier.", True),
        ("As a result the baker hugged me.", False),
        ("As a result she came back the next day and asked for me.", False),
    ],
)
def test_a_number_is_asked_for_only_where_something_is_counted(ending: str, asked: bool) -> None:
    told = LATE.split(" As a result")[0].replace("forty shops", "the shops").replace("two drivers", "the drivers")
    result = score(f"{told} {ending}")
    assert ("number" in advice(result)) is asked
    assert ("no figure" in result.feedback) is asked


def test_an_end_that_no_rule_sees_is_not_called_missing() -> None:
    result = score(
        "The lift was stuck on a Friday. I rang the firm and carried the crates up. On Monday the boss he happy."
    )
    assert result.star.result is None
    assert "In the end" in advice(result) and "what changed" not in advice(result)
    assert "how it ended" not in result.feedback
