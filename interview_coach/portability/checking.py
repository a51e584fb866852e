"""What types alone cannot say: that references lead somewhere, that quotes are where they claim to be, that marks are
in range, that an interview is in a state which an interview can be in. Everything that reads stored rows relies on it.
"""

from collections.abc import Iterable, Iterator, Mapping

from interview_coach.domain.competencies import COMPETENCIES
from interview_coach.domain.evidence import Source, Span
from interview_coach.domain.plan import Plan
from interview_coach.domain.scorecard import DIMENSIONS, PARTS, AnswerScore
from interview_coach.domain.speech import Delivery
from interview_coach.naming import CRITERIA
from interview_coach.portability.shape import (
    AnswerPart,
    DataFile,
    DocumentPart,
    EvaluationPart,
    InterviewPart,
    QuestionPart,
    ScorePart,
)

TOPICS = frozenset({"opening", "experience", "gap", "situation", "knowledge", "motivation"})
MOST = 1e9
"""Seconds, words or pauses in one answer: far more than a life has."""
MAXIMA = {key: most for key, _, most in CRITERIA}

Texts = Mapping[Source, Iterable[str]]
"""Where a span may be found: it must stand in one of the texts of its source."""


class Unfit(Exception):
    """A sentence about what does not fit; it quotes nothing."""


def check(data: DataFile) -> None:
    """Raises `Unfit` at the first thing that does not fit."""
    _unique((document.id for document in data.documents), "the same document is in it twice.")
    _unique((interview.id for interview in data.interviews), "the same interview is in it twice.")
    evaluations = (evaluation.id for interview in data.interviews for evaluation in interview.evaluations)
    _unique(evaluations, "the same evaluation is in it twice.")
    retakes = (
        take.id for interview in data.interviews for question in interview.questions for take in question.retakes
    )
    _unique(retakes, "the same retake is in it twice.")
    calls = (call.id for interview in data.interviews for call in interview.calls)
    _unique(calls, "the same call is in it twice.")
    documents = {document.id: document for document in data.documents}
    for place, interview in enumerate(data.interviews, 1):
        try:
            _check_interview(interview, documents)
        except Unfit as unfit:
            raise Unfit(f"in interview {place}, {unfit}") from None


def _unique(values: Iterable[object], sentence: str) -> None:
    found = list(values)
    if len(set(found)) < len(found):
        raise Unfit(sentence)


def _must(holds: bool, sentence: str) -> None:
    if not holds:
        raise Unfit(sentence)


def _check_interview(interview: InterviewPart, documents: Mapping[str, DocumentPart]) -> None:
    cv, job = documents.get(interview.cv_id), documents.get(interview.job_id)
    if cv is None or job is None or cv.kind != "cv" or job.kind != "job":
        raise Unfit("the CV or the job ad is missing.")
    texts = {Source.CV: (cv.text,), Source.JOB: (job.text,)}
    understood = [item.span for item in interview.requirements] + [item.span for item in interview.cv_items]
    _spans(understood, texts, "what was understood of the texts")
    known = [item.competency for item in interview.requirements]
    known += [question.competency for question in interview.questions]
    known += [*(interview.levels or ()), *(interview.focus or ())]
    _must(set(known) <= set(COMPETENCIES), "a competency is not known here.")
    _must(all(0 <= item.importance <= 1 for item in interview.requirements), "an importance is out of range.")
    _must(all(0 <= item.weight <= 1 for item in interview.cv_items), "a weight is out of range.")
    if interview.plan is not None:
        _check_plan(interview.plan, interview, texts)
    _check_state(interview)
    _check_transcript(interview, texts)
    _check_calls(interview)
    for evaluation in interview.evaluations:
        _check_evaluation(evaluation, interview, texts)


def _check_plan(plan: Plan, interview: InterviewPart, texts: Texts) -> None:
    _must(0 <= plan.probes <= interview.max_questions, "the plan has too many follow-ups.")
    for topic in plan.topics:
        _must(topic.kind in TOPICS and topic.competency in COMPETENCIES, "a topic of the plan is not known here.")
        wanted = all(0 <= index < len(interview.requirements) for index in topic.requirements)
        item = topic.cv_item is None or 0 <= topic.cv_item < len(interview.cv_items)
        _must(wanted and item, "the plan points to something that is not there.")
        _spans(topic.evidence, texts, "the plan")


def _check_state(interview: InterviewPart) -> None:
    begun = interview.started_at is not None and interview.plan is not None
    _must(begun or (interview.started_at is None and interview.plan is None), "the plan and its beginning do not fit.")
    _must(begun or not interview.questions, "there are questions before its beginning.")
    _must(begun or interview.completed_at is None, "it ended before it began.")
    done = interview.completed_at is not None
    _must(done or not interview.evaluations, "it was judged before its end.")
    asked = {question.number for question in interview.questions}
    _must(
        interview.draft is None or interview.draft.number in asked, "there is a draft for a question that is not there."
    )
    retaken = any(question.retakes for question in interview.questions)
    _must(done or not retaken, "a question was taken again before its end.")


def _check_transcript(interview: InterviewPart, texts: Texts) -> None:
    questions = interview.questions
    numbers = [question.number for question in questions]
    _must(numbers == list(range(1, len(questions) + 1)), "the questions are not in order.")
    _must(len(questions) <= interview.max_questions, "there are more questions than it can have.")
    _must(all(question.answer for question in questions[:-1]), "an answer is missing before the last question.")
    topics = interview.plan.topics if interview.plan is not None else ()
    said: list[str] = []
    for question in questions:
        _must(question.topic < len(topics), "a question has no topic.")
        _spans(question.evidence, {**texts, Source.ANSWER: said}, f"question {question.number}")
        if question.answer is not None:
            said += _check_answer(question.answer, question.number)
        takes = [take.take for take in question.retakes]
        _unique(takes, f"question {question.number} has two retakes with one number.")
    _unique((question.answer.key for question in questions if question.answer), "two answers have one key.")
    _unique((take.key for question in questions for take in question.retakes), "two retakes have one key.")


def _check_answer(answer: AnswerPart, number: int) -> list[str]:
    """Every text that the answer has had."""
    _must(answer.skipped == (not answer.text), f"the answer to question {number} is empty, or skipped and not empty.")
    versions = [correction.version for correction in answer.corrections]
    _must(versions == list(range(1, len(versions) + 1)), f"the corrections of answer {number} are not in order.")
    _must(not versions or answer.source == "spoken", f"answer {number} was typed, and yet corrected.")
    if answer.delivery is not None:
        spoken = answer.source == "spoken" and not answer.skipped
        _must(spoken and _is_possible(answer.delivery.measured), f"how answer {number} was spoken cannot be.")
    return [answer.text, *(correction.text for correction in answer.corrections)]


def _is_possible(delivery: Delivery) -> bool:
    times = [delivery.duration, delivery.speaking_time, delivery.silence_time]
    rates = [delivery.response_latency or 0, delivery.wpm or 0]
    counts = [delivery.long_pause_count, delivery.words or 0, *(delivery.fillers or {}).values()]
    in_range = all(0 <= value <= MOST for value in (*times, *rates, *counts))
    names = all(len(name) <= 32 for name in delivery.fillers or {})
    return in_range and names and delivery.speaking_time <= delivery.duration + 0.01


def _check_calls(interview: InterviewPart) -> None:
    said = [utterance for call in interview.calls for utterance in call.utterances]
    _unique((utterance.seq for utterance in said), "two things were said at the same place.")
    numbers = {question.number for question in interview.questions}
    known = all(utterance.number is None or utterance.number in numbers for utterance in said)
    _must(known, "something was said to a question that is not there.")


def _check_evaluation(evaluation: EvaluationPart, interview: InterviewPart, texts: Texts) -> None:
    over = evaluation.finished_at is not None and evaluation.failed_at is not None
    _must(not over, "an evaluation both finished and failed.")
    _unique((score.detail.number for score in evaluation.scores), "an answer has two scores in one evaluation.")
    questions = {question.number: question for question in interview.questions}
    if evaluation.retake_id is not None:
        taken = [q for q in interview.questions if any(take.id == evaluation.retake_id for take in q.retakes)]
        _must(bool(taken), "a retake is missing.")
        questions = {question.number: question for question in taken}
    for score in evaluation.scores:
        question = questions.get(score.detail.number)
        if question is None:
            raise Unfit("there are marks for a question that is not there.")
        _check_score(score.detail, {**texts, Source.ANSWER: (_judged(evaluation, question, score),)})


def _judged(evaluation: EvaluationPart, question: QuestionPart, score: ScorePart) -> str:
    """The very words that got these marks."""
    if evaluation.retake_id is not None:
        return next(take.text for take in question.retakes if take.id == evaluation.retake_id)
    if question.answer is None:
        return ""
    if score.correction == 0:
        return question.answer.text
    _must(score.correction <= len(question.answer.corrections), "there are marks for a correction that is not there.")
    return question.answer.corrections[score.correction - 1].text


def _check_score(score: AnswerScore, texts: Texts) -> None:
    place = f"the marks of answer {score.number}"
    for marks in (score, *score.runs):
        given = {name: getattr(marks, name) for name in MAXIMA}
        missing = [value is None for value in given.values()]
        _must(all(missing) or not any(missing), f"{place} are incomplete.")
        in_range = all(value is None or 0 <= value <= MAXIMA[name] for name, value in given.items())
        _must(in_range, f"{place} are out of range.")
    values = score.dimensions.values()
    _must(set(score.dimensions) <= set(DIMENSIONS), f"{place} have a dimension that is not known here.")
    _must(all(value is None or 0 <= value <= 100 for value in values), f"{place} are out of range.")
    _spans(_quotes(score), texts, place)


def _quotes(score: AnswerScore) -> Iterator[Span]:
    for remark in (*score.remarks, *score.improvements):
        if remark.quote is not None:
            yield remark.quote
    yield from (span for part in PARTS if (span := getattr(score.star, part)) is not None)
    yield from score.reference_sources


def _spans(spans: Iterable[Span], texts: Texts, place: str) -> None:
    for span in spans:
        found = 0 <= span.start < span.end and any(span.is_in(text) for text in texts.get(span.source, ()))
        _must(found, f"a quote in {place} is not where it should be.")
