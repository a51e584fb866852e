"""What the interviewer does next."""

from dataclasses import dataclass

from interview_coach.domain.plan import Plan, Topic
from interview_coach.domain.reading import Reading, Study, Substance, study_answer
from interview_coach.domain.text import looks_past
from interview_coach.domain.transcript import QuestionKind, Transcript, Turn
from interview_coach.domain.vocabulary import VERB_FORMS


@dataclass(frozen=True, slots=True)
class Ask:
    """Open the topic `topic` (index into `Plan.topics`)."""

    topic: int
    bridge: bool
    """True when the last answer was substantive: refer to it on the way."""


@dataclass(frozen=True, slots=True)
class Probe:
    """Stay with the topic and ask for what is missing."""

    topic: int
    aim: str
    """`situation`, `task`, `action`, `result`, `specific`, `deeper`, or `again` (the one re-ask after a non-answer)."""


@dataclass(frozen=True, slots=True)
class Close:
    """Nothing more to ask."""


Move = Ask | Probe | Close

_URGENT = {"again", "specific", "action", "result"}
_OTHERS = frozenset({"they", "he", "she", "everyone", "everybody", "nobody", "the", "all", "both"})
_OF_THE_PAST = {"situation", "task"}
"""Parts that only something that happened has: nobody can tell when it was that they would do something."""


def next_move(plan: Plan, transcript: Transcript, *, max_questions: int, follow_ups: int) -> Move:
    """Question, probe or close, from how the last answer reads.

    `max_questions` counts questions and probes together; `follow_ups` limits the probes of one topic and `plan.probes`
    those of the interview. Core topics are asked in the order of the plan. Reserves are slipped in before the last
    core topic, which closes the arc, as soon as it is certain that no probe will need their slot. Raises `ValueError`
    when the last question still waits for its answer.
    """
    last = transcript.last
    if last is not None and last.is_open:
        raise ValueError("the last question is still open")
    slots = max_questions - transcript.question_count
    if slots <= 0:
        return Close()
    study = study_answer(last.answer, last.question) if last and last.answer is not None else None
    reading = study.reading if study is not None else None
    if last is not None and study is not None:
        aim = _aim(plan, transcript, last, study.reading, slots=slots, follow_ups=follow_ups)
        if aim == "result" and _tells_the_end(study):
            aim = "deeper"
        if aim:
            return Probe(last.topic, aim)
    topic = _next_topic(plan, transcript, slots)
    if topic is None:
        return Close()
    return Ask(topic, bridge=reading is not None and reading.is_substantive)


def _tells_the_end(study: Study) -> bool:
    """The last thing told is what others did after the person's own deed (`they brought him out`): an end, whatever it
    is worth."""
    done = study.story.own_actions or study.story.shared_actions
    if not done or done[-1] >= len(study.clauses) - 1:
        return False
    words = [token.lower for token in study.clauses[-1].tokens]
    others = words[:1] and words[0] in _OTHERS
    return bool(others) and any(looks_past(word) or word in VERB_FORMS for word in words[1:4])


def _next_topic(plan: Plan, transcript: Transcript, slots: int) -> int | None:
    asked = {turn.topic for turn in transcript.turns}
    core = [index for index, topic in enumerate(plan.topics) if not topic.reserve and index not in asked]
    reserves = [index for index, topic in enumerate(plan.topics) if topic.reserve and index not in asked]
    if len(core) > 1:
        return core[0]
    if core and (slots == 1 or not reserves or not asked):
        return core[0]
    return reserves[0] if reserves else None


def _aim(
    plan: Plan, transcript: Transcript, last: Turn, reading: Reading, *, slots: int, follow_ups: int
) -> str | None:
    """What a probe would ask for, or None to move on."""
    probes = [turn for turn in transcript.turns if turn.kind is QuestionKind.PROBE]
    here = sum(turn.topic == last.topic for turn in probes)
    core_left = _core_left(plan, transcript)
    if here >= follow_ups or len(probes) >= plan.probes or slots - 1 < core_left:
        return None
    aim = _wanted(plan.topics[last.topic], reading, last, probed=here > 0)
    if aim is None or aim in _URGENT:
        return aim
    # What would only be nice to hear must not eat the probes that a weaker answer may need later.
    done = sum(not topic.reserve for topic in plan.topics) - core_left
    due = plan.probes * done / max(1, done + core_left)
    return aim if len(probes) < due else None


def _core_left(plan: Plan, transcript: Transcript) -> int:
    asked = {turn.topic for turn in transcript.turns}
    return sum(not topic.reserve and index not in asked for index, topic in enumerate(plan.topics))


def _wanted(topic: Topic, reading: Reading, last: Turn, *, probed: bool) -> str | None:
    substance = reading.substance
    if not reading.is_substantive:
        # Pressing someone who has just told what they could would be unkind: only a main question is asked again.
        return None if probed or last.kind is QuestionKind.PROBE else "again"
    if topic.kind == "motivation":
        return "specific" if substance is Substance.VAGUE else None
    if topic.kind in {"situation", "knowledge", "gap"} and substance in {Substance.VAGUE, Substance.OPINION}:
        return "specific"
    if substance is Substance.VAGUE:
        return "specific"
    if substance is Substance.OPINION:
        return "situation"
    missing = [part for part in reading.star.missing if not (reading.is_plan and part in _OF_THE_PAST)]
    if substance is Substance.PARTIAL and missing:
        return missing[0]
    if probed:
        return None
    return "deeper" if reading.numbers else "specific" if substance is Substance.PARTIAL else "deeper"
