"""Neither a key nor a person's words get into an error or a log."""

import asyncio
import logging
import traceback

import pytest

from interview_coach.providers.base import NotConfigured, ProviderError
from interview_coach.providers.calls import VendorChat
from interview_coach.providers.patience import Patience
from tests.fakes import behaviours
from tests.providers.bench import BRIEF, KEY, WAYS, Bench, whole

SECRETS = (KEY, "CANARY", "hospital", "So, how", "marks")
HURRIED = Patience(first=0.15, idle=0.15, total=0.2)
WORDS = {"wrong-shape": behaviours.say('{"marks": "CANARY"}'), "think": behaviours.say("CANARY</think>")}


@pytest.mark.parametrize("fault", [*behaviours.FAULTS, *WORDS])
def test_no_secret_in_any_error_or_log(bench: Bench, fault: str, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    bench.server.default = {**behaviours.FAULTS, **WORDS}[fault]

    async def work(chat: VendorChat) -> list[object]:
        return await asyncio.gather(*(way(chat) for way in WAYS.values()), return_exceptions=True)

    for end in bench.run(work, patience=HURRIED):
        if isinstance(end, str):
            continue
        assert isinstance(end, ProviderError)
        shown = "".join(traceback.format_exception(end)) + repr(end) + repr(end.__context__)
        shown = "\n".join(line for line in shown.splitlines() if not line.startswith("    "))  # our own source lines
        assert not [secret for secret in SECRETS if secret in shown]
        assert end.__cause__ is None
        assert end.message[0].isupper()
        assert end.message[-1] == "."
        assert "http" not in end.message.lower()
    assert not [secret for secret in SECRETS if secret in caplog.text]


def test_the_search_for_secrets_could_fail(bench: Bench) -> None:
    bench.server.default = behaviours.status(400)
    with pytest.raises(ProviderError):
        bench.run(whole)
    said = str(bench.server.error(bench.asked[0], 400))
    assert KEY in said
    assert BRIEF.messages[-1].text in said


@pytest.mark.parametrize("key", ["schlüssel", "two words", "line\nbreak", "“sk-quoted”", "nul\0"])
def test_a_key_that_cannot_travel_is_refused_without_being_quoted(bench: Bench, key: str) -> None:
    with pytest.raises(NotConfigured) as caught:
        bench.chat(key=key)
    assert key not in str(caught.value)


def test_blanks_around_a_key_are_forgiven(bench: Bench) -> None:
    bench.run(whole, key=f" {KEY}\n")
    headers = bench.asked[0].headers
    assert KEY in (headers.get("x-goog-api-key"), headers.get("authorization", "").removeprefix("Bearer "))
