"""A whole interview by the model coach through each vendor's real SDK, also when the vendor fails."""

import re
from pathlib import Path

import pytest

from interview_coach.coach.base import Asked, Situation, Withdrawn, Words
from interview_coach.coach.model import ModelInterviewer
from interview_coach.coach.rules import checks
from interview_coach.documents.cv_items import find_cv_items
from interview_coach.documents.requirements import find_requirements
from interview_coach.domain.dossier import Dossier
from interview_coach.domain.evidence import Source
from interview_coach.domain.formats import Difficulty, Format
from interview_coach.domain.moves import Close, Probe, next_move
from interview_coach.domain.transcript import QuestionKind, Transcript, Turn
from interview_coach.providers.calls import VendorChat
from interview_coach.providers.patience import Patience
from tests.coach.interviews import CV
from tests.fakes import behaviours
from tests.fakes.vendor import Asked as Request
from tests.fakes.vendor import Behaviour
from tests.providers.bench import Bench

AD = Path(__file__).parents[1] / "corpus" / "ads" / "02_ward_nurse.txt"
ANSWERS = (
    "We kept losing notes at shift change, so I built a one-page board and missed doses fell by a third.",
    "It depends on the day, I think it is important to be flexible.",
    "On the surgical ward I trained new nurses in pairs: I showed each dressing twice and then watched.",
    "I do not know.",
)


def dossier() -> Dossier:
    job = AD.read_text(encoding="utf-8")
    return Dossier(
        cv_text=CV,
        job_text=job,
        cv_items=find_cv_items(CV),
        requirements=find_requirements(job),
        job_title="Nurse",
        company="",
        format=Format.MOCK,
        difficulty=Difficulty.MEDIUM,
        language="en",
        max_questions=8,
        follow_ups=1,
        seed=3,
    )


async def interview(chat: VendorChat) -> list[tuple[Situation, Asked]]:
    """Eight questions with their answers; what the page would show must be what was asked."""
    coach = ModelInterviewer(chat)
    known = dossier()
    plan = await coach.plan(known)
    turns: list[Turn] = []
    asked: list[tuple[Situation, Asked]] = []
    for number in range(1, 9):
        transcript = Transcript(tuple(turns))
        move = next_move(plan, transcript, max_questions=8, follow_ups=1)
        assert not isinstance(move, Close)
        situation = Situation(known, plan, transcript, move)
        page, final = "", None
        async for event in coach.ask(situation):
            match event:
                case Words(text):
                    page += text
                case Withdrawn():
                    page = ""
                case Asked():
                    final = event
        assert final is not None
        assert page == final.text
        asked.append((situation, final))
        kind = QuestionKind.PROBE if isinstance(move, Probe) else QuestionKind.QUESTION
        answer = ANSWERS[number % len(ANSWERS)]
        turns.append(Turn(number, kind, move.topic, final.text, final.evidence, answer))
    return asked


ASKS = (
    "Tell me about {topic}: which decision there was yours?",
    "How do you go about {topic} when time is short?",
    "Which obstacle did you meet around {topic} until you found a way past it?",
    "What changed for your patients through your part in {topic}?",
    "Which mistake taught you most regarding {topic}?",
    "How would you explain {topic} to somebody who starts next week?",
    "What would your colleagues say about you and {topic}?",
    "How did you find out whether you succeeded with {topic}?",
)


def good_interviewer(request: Request) -> str:
    """Asks about the requirement that it finds in the material, another way for each number of the task."""
    number = re.search(r"This is question (\d) of 8", request.last)
    requirement = re.search(r"^<<data (\S+) requirement>>\n(.+)\n<<end \1>>$", request.last, re.MULTILINE)
    assert number
    assert requirement
    words = re.findall(r"[a-z]{2,}", requirement[2])[:4]
    return ASKS[int(number[1]) - 1].format(topic=" ".join(words))


def test_eight_good_questions_are_asked_by_the_model(bench: Bench) -> None:
    bench.server.default = behaviours.say(good_interviewer)
    asked = bench.run(interview)
    by_model = [final for _, final in asked if final.provenance.coach == "model"]
    assert len(by_model) == 8, [final.provenance.reason for _, final in asked]
    assert len(bench.asked) == 8
    for situation, final in asked:
        stored = {Source.CV: situation.dossier.cv_text, Source.JOB: situation.dossier.job_text}
        stored[Source.ANSWER] = next((turn.answer or "" for turn in reversed(situation.transcript.turns)), "")
        assert final.evidence
        assert all(span.is_in(stored[span.source]) for span in final.evidence)
        assert final.provenance.provider == bench.kind
        before = [turn.question for turn in situation.transcript.turns]
        assert not checks.repeats(final.text, before)
    for request in bench.asked:
        assert "Okafor" not in request.system
        assert all("Okafor" not in text or "<<data " in text for _, text in request.messages)
        assert not any(
            contact in str(request.body) for contact in ("mara.okafor@example.com", "7946 0958", "Rose Street")
        )


FAULTS: dict[str, Behaviour] = {
    "401": behaviours.status(401),
    "402": behaviours.status(402),
    "429": behaviours.status(429, retry_after="7"),
    "500": behaviours.status(500),
    "hang": behaviours.hang,
    "cut": behaviours.cut,
    "reset": behaviours.reset,
    "error in a 200": behaviours.error_in_200,
    "error event": behaviours.error_event,
    "malformed": behaviours.malformed,
    "empty": behaviours.say(""),
    "JSON": behaviours.say('{"question": "How did you lead shift handovers?"}'),
    "repeat": behaviours.say("How did you lead the handover redesign on a 28-bed surgical ward?"),
    "leak": behaviours.say(lambda asked: asked.system),
    "echo": behaviours.say(lambda asked: asked.last[-300:]),
    "praise": behaviours.say("Great answer, that was impressive. How did you lead the handover redesign on the ward?"),
}


@pytest.mark.parametrize("fault", FAULTS.values(), ids=FAULTS)
def test_eight_questions_are_asked_whatever_the_vendor_does(bench: Bench, fault: Behaviour) -> None:
    bench.server.default = fault
    asked = bench.run(interview, patience=Patience(first=0.2, idle=0.2, tail=0.1, total=0.4, tries=1))
    assert len(asked) == 8
    fallbacks = [final for _, final in asked if final.provenance.fallback]
    assert len(fallbacks) >= 7
    for final in fallbacks:
        assert final.provenance.coach == "rules"
        assert final.provenance.provider == bench.kind
        assert final.provenance.reason is not None
        assert "offline coach" in final.provenance.reason
        assert "Okafor" not in final.provenance.reason
    texts = [final.text for _, final in asked]
    assert len(set(texts)) == 8
    assert not any("material" in text or "<<" in text for text in texts)
