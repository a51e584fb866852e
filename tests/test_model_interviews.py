"""Whole interviews through JSON, the real SDKs and stand-ins of the vendors: with each fault eight questions are asked
and answered, and the data says who asked."""

import threading
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from sqlalchemy import select
from werkzeug.serving import make_server

from interview_coach import coaches, create_app, loop
from interview_coach.config import Settings
from interview_coach.db import db, reading
from interview_coach.models import ProviderCall
from interview_coach.providers.patience import Patience
from interview_coach.providers.registry import close, make_provider, warm_up
from interview_coach.samples import load_sample
from tests.apps import put_empty_database
from tests.chaos import call
from tests.fakes.behaviours import FAULTS, good_interviewer
from tests.fakes.gemini_server import FakeGemini
from tests.fakes.openai_server import FakeOpenAI
from tests.fakes.vendor import FakeVendor
from tests.patience import PATIENCE
from tests.providers.bench import PretendClock

KEY = "sk-canary-key-that-no-page-may-show"
HASTY = Patience(connect=2, first=0.9, idle=0.5, tail=0.2, total=3.0)
"""For a vendor that hangs; where the model is to ask, a machine that stands still is not taken for one."""
ANSWERS = (
    "At Harbour Cafe two people were ill, so I called four colleagues and split the shift. We opened on time.",
    "I think it depends.",
    "I don't know, sorry.",
    "In 2022 I wrote a checklist for the evening team because stock went missing. Losses fell by 14 % in two months.",
    "My manager asked me to train a new colleague. I showed her the till and the oven, and we practised every morning.",
    "I measured the waiting time for a week and moved one person to the counter. The queue got shorter by half.",
    "A supplier came late three times. I called him and we agreed on a new hour, and it did not happen again.",
    "I would ask the team first, then try the smallest change and look at the figures after a week.",
)
VENDORS = {"gemini": FakeGemini, "openrouter": FakeOpenAI}
LASTING = ("401", "402", "429", "500", "hang", "hang-after", "cut", "error-200", "error-event", "malformed", "empty")
UNFIT = ("repeated", "leaked", "praise", "double")


@dataclass
class Room:
    """A running application with one provider that is a stand-in."""

    port: int
    provider: str
    vendor: FakeVendor
    app: object

    def ask(self, method: str, path: str, body: object = None) -> dict:
        status, data = call(self.port, method, path, body)
        assert status in (200, 201), (status, data)
        return data

    def interview(self) -> dict:
        sample = load_sample()
        texts = {"cv_text": sample.cv_text, "job_text": sample.job_text}
        made = self.ask("POST", "/interviews", {**texts, "provider": self.provider, "force_create": True})
        path = f"/interviews/{made['id']}"
        for number, answer in enumerate(ANSWERS, start=1):
            question = self.ask("POST", f"{path}/questions", {})
            assert question["number"] == number
            self.ask("POST", f"{path}/answers", {"number": number, "answer": answer})
        shown = self.ask("GET", path)
        assert (shown["question_count"], shown["answered_count"], shown["is_complete"]) == (8, 8, True)
        return shown


@pytest.fixture(scope="module", autouse=True)
def sdks() -> None:
    """Importing them takes longer than a hasty coach waits for the first word."""
    warm_up()


@pytest.fixture(params=VENDORS)
def room(request, tmp_path) -> Iterator[Room]:
    provider = request.param
    patience = HASTY if str(request.node.callspec.params.get("fault")).startswith("hang") else None
    with VENDORS[provider](good_interviewer) as vendor:
        settings = Settings(
            data_dir=tmp_path / "data",
            database_url="",
            limit_interviews="",
            limit_answers="",
            **{
                "gemini": {"gemini_api_key": KEY, "gemini_base_url": vendor.url},
                "openrouter": {"openrouter_api_key": KEY, "openrouter_base_url": vendor.url},
            }[provider],
        )
        put_empty_database(settings.data_dir)
        app = create_app(settings)
        made = make_provider(provider, settings, coaches.meter, patience=patience, clock=PretendClock())
        app.extensions["coaches"].use(provider, made.chat)
        server = make_server("127.0.0.1", 0, app, threaded=True)
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        yield Room(server.server_port, provider, vendor, app)
        server.shutdown()
        thread.join()
        server.server_close()
        loop.call(close(made), timeout=PATIENCE)
        with app.app_context():
            db.engine.dispose()


def test_model_asks_eight_questions_and_is_named(room):
    shown = room.interview()
    for question in shown["questions"]:
        provenance = question["provenance"]
        assert (provenance["coach"], provenance["provider"], provenance["fallback"]) == ("model", room.provider, False)
        assert provenance["model"] and "@" in provenance["prompt"]
    texts = [question["text"] for question in shown["questions"]]
    assert len(set(texts)) == 8


def test_each_call_is_recorded_with_what_it_used(room):
    room.interview()
    with room.app.app_context(), reading() as session:
        calls = session.scalars(select(ProviderCall)).all()
    assert len(calls) >= 8
    assert {call.provider for call in calls} == {room.provider}
    assert all(call.input_tokens and call.output_tokens and call.outcome == "ok" for call in calls)


def test_documents_travel_as_data_without_contact_details(room):
    room.interview()
    assert room.vendor.requests
    sample = load_sample()
    line = max(sample.cv_text.splitlines(), key=len)[:40]
    for request in room.vendor.requests:
        assert line not in request.system
        sent = request.system + "".join(text for _, text in request.messages)
        assert "example.com" not in sent and "555" not in sent


@pytest.mark.parametrize("fault", [*LASTING, *UNFIT])
def test_with_a_lasting_fault_the_interview_goes_on_and_says_who_asked(room, fault):
    room.vendor.default = FAULTS[fault]
    shown = room.interview()
    for question in shown["questions"]:
        provenance = question["provenance"]
        if provenance["coach"] == "model":
            assert not provenance["fallback"]
        else:
            assert provenance["fallback"] and provenance["provider"] == room.provider
            assert provenance["reason"].endswith(".")
            assert KEY not in provenance["reason"] and "http" not in provenance["reason"]
    by_rules = [q for q in shown["questions"] if q["provenance"]["coach"] == "rules"]
    assert len(by_rules) >= 7, "a fault that changes nothing tests nothing"
    assert len({q["text"] for q in shown["questions"]}) == 8


@pytest.mark.parametrize("fault", ["401", "429", "500", "cut", "reset", "empty", "leaked", "praise", "double"])
def test_after_a_passing_fault_the_model_asks_again(room, fault):
    room.vendor.script(FAULTS[fault])
    shown = room.interview()
    assert [q["provenance"]["coach"] for q in shown["questions"][1:]] == ["model"] * 7
    page = str(shown)
    assert KEY not in page


def test_when_asked_to_the_person_chooses_after_a_failure(room):
    room.app.extensions["coaches"]._settings = room.app.config["COACH_SETTINGS"].model_copy(update={"fallback": "ask"})
    room.vendor.default = FAULTS["500"]
    sample = load_sample()
    texts = {"cv_text": sample.cv_text, "job_text": sample.job_text}
    made = room.ask("POST", "/interviews", {**texts, "provider": room.provider})
    path = f"/interviews/{made['id']}"
    status, data = call(room.port, "POST", f"{path}/questions", {})
    assert (status, data["error"]["code"]) == (503, "PROVIDER_UNAVAILABLE")
    assert room.ask("GET", path)["question_count"] == 0
    question = room.ask("POST", f"{path}/questions", {"coach": "offline"})
    assert question["provenance"]["coach"] == "rules"
    room.ask("POST", f"{path}/answers", {"number": 1, "answer": ANSWERS[0]})
    room.vendor.default = good_interviewer
    assert room.ask("POST", f"{path}/questions", {})["provenance"]["coach"] in ("model", "rules")
