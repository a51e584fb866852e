"""One small interview that the tests of the model coach share, and an offline coach that says one thing."""

from collections.abc import AsyncIterator, Sequence
from dataclasses import replace

from interview_coach.coach.base import Asked, Interviewer, Situation, Spoken, Withdrawn, Words
from interview_coach.domain.dossier import Dossier
from interview_coach.domain.evidence import CvItem, CvItemKind, Requirement, RequirementKind, Source, Span
from interview_coach.domain.formats import Difficulty, Format
from interview_coach.domain.moves import Ask, Probe
from interview_coach.domain.plan import Plan, Topic
from interview_coach.domain.provenance import Provenance
from interview_coach.domain.transcript import QuestionKind, Transcript, Turn

CV = """Mara Okafor
Registered Nurse
mara.okafor@example.com | +44 20 7946 0958 | 12 Rose Street, Leeds

Staff Nurse, Northfield Hospital, 2019-2024
- Led the handover redesign on a 28-bed surgical ward and cut missed doses by 31%
- Trained 14 newly qualified nurses in wound care

Care Assistant, Elm House, 2016-2019
- Wrote weekly reports for relatives in plain language
"""
JOB = """Senior Nurse, Riverside Trust

You will lead shift handovers and improve patient safety on a busy ward.
You must have experience of wound care and of teaching junior staff.
Knowledge of electronic records (SystmOne) is welcome.
"""
ANSWER = (
    "We kept losing information at shift change, so I built a one-page board with the night team. "
    "I tested it for six weeks on the ward and missed doses fell by 31%."
)
GOOD = "Hello Mara, what did you change first when you led the handover redesign at Northfield Hospital?"
PROBE = "You mentioned a one-page board with the night team: what did you do yourself to get people using it?"
OFFLINE = "Tell me about one shift handover that you improved: what did you do first?"


def span(source: Source, text: str) -> Span:
    stored = CV if source is Source.CV else JOB
    start = stored.index(text)
    return Span(source, text, start, start + len(text))


ITEM = CvItem(span(Source.CV, "Led the handover redesign on a 28-bed surgical ward"), CvItemKind.ACHIEVEMENT, "x", 0.9)
TEACHING = CvItem(span(Source.CV, "Trained 14 newly qualified nurses in wound care"), CvItemKind.ACHIEVEMENT, "x", 0.8)
LEAD = Requirement(
    span(Source.JOB, "lead shift handovers"), RequirementKind.DUTY, "lead shift handovers", 0.9, "leadership"
)
WOUNDS = Requirement(span(Source.JOB, "experience of wound care"), RequirementKind.MUST, "wound care", 1.0, "expertise")
RECORDS = Requirement(
    span(Source.JOB, "Knowledge of electronic records (SystmOne)"), RequirementKind.NICE, "SystmOne", 0.4, "tools"
)
DOSSIER = Dossier(
    cv_text=CV,
    job_text=JOB,
    cv_items=(ITEM, TEACHING),
    requirements=(LEAD, WOUNDS, RECORDS),
    job_title="Senior Nurse",
    company="Riverside Trust",
    format=Format.MOCK,
    difficulty=Difficulty.MEDIUM,
    language="en",
    max_questions=8,
    follow_ups=1,
    seed=7,
)
RULES = Provenance(coach="rules", version="7")
PLAN = Plan(
    topics=(
        Topic("leadership", "opening", (0,), 0, (ITEM.span, LEAD.span)),
        Topic("expertise", "experience", (1,), 1, (TEACHING.span, WOUNDS.span)),
        Topic("tools", "gap", (2,), None, (RECORDS.span,)),
    ),
    probes=2,
    provenance=RULES,
)
FIRST = Turn(1, QuestionKind.QUESTION, 0, GOOD, PLAN.topics[0].evidence, ANSWER)


def opening(**changes: object) -> Situation:
    """Nothing was asked yet."""
    return Situation(replace(DOSSIER, **changes), PLAN, Transcript(), Ask(0, bridge=False))  # type: ignore[arg-type]


def follow_up(aim: str = "action", answer: str = ANSWER, **changes: object) -> Situation:
    """The first question was answered; stay with it."""
    transcript = Transcript((replace(FIRST, answer=answer),))
    return Situation(replace(DOSSIER, **changes), PLAN, transcript, Probe(0, aim))  # type: ignore[arg-type]


def next_topic(*, bridge: bool = True, answer: str = ANSWER, **changes: object) -> Situation:
    """The first question was answered; open the second topic."""
    transcript = Transcript((replace(FIRST, answer=answer),))
    return Situation(replace(DOSSIER, **changes), PLAN, transcript, Ask(1, bridge))  # type: ignore[arg-type]


class OfflineCoach:
    """Always asks the same, as the rules would for this move."""

    async def plan(self, dossier: Dossier) -> Plan:
        return PLAN

    async def ask(self, situation: Situation) -> AsyncIterator[Spoken]:
        yield Words(OFFLINE)
        yield Asked(OFFLINE, PLAN.topics[situation.move.topic].evidence, RULES)


async def listen(interviewer: Interviewer, situation: Situation) -> list[Spoken]:
    return [event async for event in interviewer.ask(situation)]


def on_page(events: Sequence[Spoken]) -> str:
    """What the page shows at the end."""
    shown = ""
    for event in events:
        match event:
            case Words(text):
                shown += text
            case Withdrawn():
                shown = ""
            case Asked():
                pass
    return shown


def ever_shown(events: Sequence[Spoken]) -> str:
    """All words that were on the page at any moment."""
    return "".join(event.text if isinstance(event, Words) else "\n" for event in events if not isinstance(event, Asked))
