"""What the rest of the product relies on, for every vendor, through the real SDKs."""

import asyncio
import threading

import pytest

from interview_coach.providers.base import BadReply, Brief, Message, ProviderError, Refused, Throttled, Unavailable
from interview_coach.providers.breaker import Breaker
from interview_coach.providers.calls import VendorChat
from interview_coach.providers.patience import Patience
from tests.fakes import behaviours
from tests.fakes.vendor import ERROR, FILTERED, LENGTH, STOP, Exchange
from tests.patience import PATIENCE
from tests.providers.bench import BRIEF, CV, SYSTEM, WAYS, Bench, Card, all_of, streamed, whole

ONCE = Patience(tries=1)
HURRIED = Patience(first=0.2, idle=0.2, tail=0.1, total=0.3, tries=1)
SLOW = {behaviours.hang, behaviours.hang_after, behaviours.comments}
QUESTION = "How did you decide what to move first, and in which order?"


def failure(bench: Bench, way: str, **how: object) -> ProviderError:
    with pytest.raises(ProviderError) as caught:
        bench.run(WAYS[way], **how)
    return caught.value


def failures(bench: Bench, **how: object) -> dict[str, ProviderError]:
    """The same for every way at once."""

    async def work(chat: VendorChat) -> dict[str, object]:
        ends = await asyncio.gather(*(way(chat) for way in WAYS.values()), return_exceptions=True)
        return dict(zip(WAYS, ends, strict=True))

    ends = bench.run(work, **how)
    assert all(isinstance(end, ProviderError) for end in ends.values()), ends
    return ends  # type: ignore[return-value]


# Good answers


def test_a_reply_is_the_text_with_its_usage(bench: Bench) -> None:
    bench.server.script(behaviours.say(QUESTION))
    reply = bench.run(lambda chat: chat.reply(BRIEF))
    assert reply.text == QUESTION
    assert reply.usage is not None
    assert bench.usages == [reply.usage]
    assert (reply.usage.input_tokens, reply.usage.output_tokens, reply.usage.outcome) == (120, 30, "ok")
    assert reply.usage.cost_usd == (0.00042 if bench.kind == "openrouter" else None)
    assert reply.model == reply.usage.model == ("fake/model-1" if bench.kind == "openrouter" else "fake-gemini-1")


def test_system_text_and_messages_keep_to_their_places(bench: Bench) -> None:
    bench.run(whole)
    bench.run(streamed)
    for asked in bench.asked:
        assert asked.system == SYSTEM
        assert asked.messages == [(message.role, message.text) for message in BRIEF.messages]
    assert [asked.stream for asked in bench.asked] == [False, True]


def test_pieces_arrive_while_the_rest_is_still_unsaid(bench: Bench) -> None:
    step = threading.Semaphore(0)
    bench.server.script(behaviours.stepped("one two three four five six seven", step))

    async def work(chat: VendorChat) -> list[str]:
        got = []
        step.release()
        async for piece in chat.stream(BRIEF):
            got.append(piece)
            step.release(2 if len(got) == 3 else 1)
        return got

    assert bench.run(work) == ["one two three", " four five six", " seven"]
    assert bench.outcomes == ["ok"]
    assert bench.usages[0].output_tokens == 30


def test_a_structured_reply_is_a_value_of_the_schema(bench: Bench) -> None:
    value = {"marks": [{"points": 70, "quote": "in steps"}], "remark": None}
    bench.server.script(behaviours.obj(value))
    reply = bench.run(lambda chat: chat.reply(BRIEF, schema=Card))
    assert reply.parsed == Card.model_validate(value)
    schema = bench.asked[0].schema
    assert schema is not None
    assert schema["required"] == ["marks", "remark"]
    assert schema["additionalProperties"] is False
    assert schema["$defs"]["Mark"]["required"] == ["points", "quote"]


def test_a_fenced_structured_reply_is_read(bench: Bench) -> None:
    bench.server.script(behaviours.say('```json\n{"marks": [], "remark": "none"}\n```'))
    reply = bench.run(lambda chat: chat.reply(BRIEF, schema=Card))
    assert reply.parsed == Card(marks=[], remark="none")


def test_thinking_aloud_is_no_part_of_the_words(bench: Bench) -> None:
    bench.server.default = behaviours.say(f"<think>SECRET {CV} thoughts</think>\n\n{QUESTION}")
    assert bench.run(whole) == QUESTION
    assert bench.run(streamed) == QUESTION


def test_text_that_utf8_cannot_hold_passes_both_ways(bench: Bench) -> None:
    bench.server.default = behaviours.say("How \ud83d so?")
    odd = Brief(SYSTEM, (Message("user", "broken \udc00 text"),), max_tokens=50)
    assert bench.run(lambda chat: chat.reply(odd)).text == "How ? so?"
    assert bench.run(lambda chat: all_of(chat.stream(odd))) == "How ? so?"
    assert bench.asked[0].last == "broken ? text"


def test_one_chat_serves_many_at_once(bench: Bench) -> None:
    async def work(chat: VendorChat) -> list[str]:
        return await asyncio.gather(*(streamed(chat) for _ in range(12)))

    bench.server.default = behaviours.say(QUESTION)
    assert bench.run(work) == [QUESTION] * 12
    assert bench.outcomes == ["ok"] * 12


def test_a_connection_left_open_after_the_last_word_does_not_spoil_the_answer(bench: Bench) -> None:
    bench.server.script(behaviours.no_finish_then_hang)
    assert bench.run(streamed, patience=Patience(tail=0.1)) == "How did you do that?"
    assert bench.outcomes == ["ok"]
    assert bench.asked[0].disconnected.wait(PATIENCE)


# Faults


@pytest.mark.parametrize("status", [400, 401, 402, 403, 404, 413, 422])
def test_a_refusal_is_final(bench: Bench, status: int) -> None:
    bench.server.default = behaviours.status(status)
    assert {type(error) for error in failures(bench).values()} == {Refused}
    assert len(bench.asked) == len(WAYS)
    assert bench.outcomes == ["Refused"] * len(WAYS)
    assert bench.clock.slept == []


@pytest.mark.parametrize("status", [408, 500, 502, 503, 529])
def test_a_vendor_in_trouble_is_asked_three_times(bench: Bench, status: int) -> None:
    bench.server.default = behaviours.status(status)
    assert {type(error) for error in failures(bench).values()} == {Unavailable}
    assert len(bench.asked) == 3 * len(WAYS)
    assert bench.outcomes == ["Unavailable"] * 3 * len(WAYS)
    assert sorted(bench.clock.slept) == [0.75] * 3 + [1.5] * 3


@pytest.mark.parametrize("way", WAYS)
def test_the_second_try_may_succeed(bench: Bench, way: str) -> None:
    bench.server.script(behaviours.status(503), behaviours.reset_at_once)
    assert bench.run(WAYS[way])
    assert len(bench.asked) == 3
    assert bench.outcomes == ["Unavailable", "Unavailable", "ok"]


@pytest.mark.parametrize("way", ["whole", "streamed"])
def test_retry_after_is_waited_for(bench: Bench, way: str) -> None:
    bench.server.script(behaviours.FAULTS["429"])
    assert bench.run(WAYS[way])
    assert bench.clock.slept == [7.5]
    assert bench.outcomes == ["Throttled", "ok"]


def test_retry_after_may_be_a_date(bench: Bench) -> None:
    # The date is made when it is told: who stands still in between has not waited. Dates are whole seconds, and the
    # moment of the answer is told after that of the retry.
    bench.server.script(lambda x: behaviours.status(429, retry_after=behaviours.in_seconds(30))(x))
    assert bench.run(whole)
    [slept] = bench.clock.slept
    assert 15 <= slept <= 32


def test_a_time_in_the_body_of_gemini_is_waited_for(gemini: Bench) -> None:
    gemini.server.script(behaviours.status(429, retry_info="7.25s"))
    assert gemini.run(streamed)
    assert gemini.clock.slept == [7.75]


def test_a_long_retry_after_is_handed_on(bench: Bench) -> None:
    bench.server.default = behaviours.FAULTS["429-long"]
    error = failure(bench, "streamed")
    assert type(error) is Throttled
    assert error.retry_after == 3600
    assert "60 minutes" in error.message
    assert len(bench.asked) == 1
    assert bench.clock.slept == []


def test_all_pauses_together_stay_under_a_minute(bench: Bench) -> None:
    bench.server.default = behaviours.status(429, retry_after="35")
    error = failure(bench, "whole")
    assert type(error) is Throttled
    assert error.retry_after == 35
    assert bench.clock.slept == [35.5]
    assert len(bench.asked) == 2


@pytest.mark.parametrize(
    ("fault", "expected"),
    [
        (behaviours.hang, Unavailable),
        (behaviours.hang_after, Unavailable),
        (behaviours.cut, Unavailable),
        (behaviours.reset, Unavailable),
        (behaviours.comments, Unavailable),
        (behaviours.error_in_200, BadReply),
        (behaviours.malformed, BadReply),
        (behaviours.empty, BadReply),
        (behaviours.say(" \n "), BadReply),
        (behaviours.say("<think>only thoughts"), BadReply),
        (behaviours.say(QUESTION, LENGTH), BadReply),
        (behaviours.say(QUESTION, FILTERED), Refused),
    ],
    ids=lambda value: getattr(value, "__name__", None),
)
def test_an_answer_that_is_none_is_an_error(
    bench: Bench, fault: behaviours.Behaviour, expected: type[ProviderError]
) -> None:
    bench.server.default = fault
    patience = HURRIED if fault in SLOW else ONCE
    assert {type(error) for error in failures(bench, patience=patience).values()} == {expected}
    assert bench.outcomes == [expected.__name__] * len(WAYS)


def test_an_end_by_the_vendors_own_error_is_an_error(bench: Bench) -> None:
    bench.server.default = behaviours.say(QUESTION, ERROR)
    assert all(isinstance(error, Unavailable | BadReply) for error in failures(bench).values())
    assert "ok" not in bench.outcomes


def test_an_error_event_after_words_ends_the_stream_with_its_meaning(bench: Bench) -> None:
    bench.server.default = behaviours.error_event
    got: list[str] = []
    with pytest.raises(Unavailable):
        bench.run(lambda chat: all_of(chat.stream(BRIEF), got))
    assert got == ["So, how"]
    assert len(bench.asked) == 1


@pytest.mark.parametrize("fault", [behaviours.cut, behaviours.reset, behaviours.hang_after])
def test_what_was_begun_is_never_said_twice(bench: Bench, fault: behaviours.Behaviour) -> None:
    bench.server.default = fault
    got: list[str] = []
    with pytest.raises(Unavailable):
        bench.run(lambda chat: all_of(chat.stream(BRIEF), got), patience=Patience(idle=0.2))
    assert got == ["So, how"]
    assert len(bench.asked) == 1


@pytest.mark.parametrize(
    "text",
    [
        '{"marks": [{"points": 7',
        '{"unexpected": true}',
        '{"marks": [{"points": 101, "quote": "x"}], "remark": null}',
        '{"marks": [{"points": -5, "quote": "x"}], "remark": null}',
        '{"marks": [{"points": "90/100", "quote": "x"}], "remark": null}',
        '{"marks": [{"points": NaN, "quote": "x"}], "remark": null}',
        '{"marks": [{"points": 1e999, "quote": "x"}], "remark": null}',
        '{"marks": [{"points": 50}], "remark": null}',
        '{"marks": ' + "[" * 10_000 + "]" * 10_000 + "}",
        'Here you are: {"marks": [], "remark": null}',
        "null",
        '{"marks": [], "remark": "' + "x" * 500_000 + '"}',
    ],
    ids=lambda text: text[:32],
)
def test_json_that_breaks_the_schema_is_a_bad_reply(bench: Bench, text: str) -> None:
    bench.server.default = behaviours.say(text)
    assert type(failure(bench, "structured")) is BadReply
    assert bench.outcomes == ["BadReply"]
    assert len(bench.asked) == 1


def test_nobody_listening_is_unavailable(bench: Bench) -> None:
    url = "http://127.0.0.1:1"
    error = failure(bench, "streamed", base_url=url)
    assert type(error) is Unavailable
    assert bench.outcomes == ["Unavailable"] * 3


def test_a_redirect_is_not_followed_because_the_key_would_go_along(bench: Bench) -> None:
    with type(bench.server)() as elsewhere:
        where = {"Location": f"{elsewhere.url}/v1/chat/completions"}
        bench.server.default = lambda x: x.raw(307, b"{}", where)
        assert isinstance(failure(bench, "whole"), BadReply | Refused)
        assert elsewhere.requests == []


# Deadlines and cancelling


def test_keep_alive_signs_do_not_stretch_the_total(bench: Bench) -> None:
    bench.server.default = behaviours.comments
    patience = Patience(first=60, idle=60, total=0.4)
    assert all("too long" in error.message for error in failures(bench, patience=patience).values())
    assert all(asked.disconnected.wait(PATIENCE) for asked in bench.asked)


def test_words_without_end_are_stopped_by_the_total(bench: Bench) -> None:
    bench.server.default = behaviours.drip(0.01, "and " * 1000)
    got: list[str] = []

    async def work(chat: VendorChat) -> None:
        async for piece in chat.stream(BRIEF):
            got.append(piece)
            if len(got) == 4:
                bench.clock.ahead += 60

    with pytest.raises(Unavailable, match="too long"):
        bench.run(work, patience=Patience(total=60))
    assert len(got) >= 4
    assert bench.asked[0].disconnected.wait(PATIENCE)


def test_the_time_a_reader_takes_is_not_the_vendors(bench: Bench) -> None:
    bench.server.default = behaviours.say(QUESTION)

    async def work(chat: VendorChat) -> str:
        words = chat.stream(BRIEF)
        got = await anext(words)
        while not bench.usages:  # the vendor is done while nobody reads
            await asyncio.sleep(0.005)
        bench.clock.ahead += 3600
        return got + await all_of(words)

    assert bench.run(work, patience=Patience(total=60)) == QUESTION
    assert bench.usages[0].seconds < 3600


async def first_then_close(chat: VendorChat) -> None:
    words = chat.stream(BRIEF)
    assert await anext(words)
    await words.aclose()  # type: ignore[attr-defined]


async def first_then_forget(chat: VendorChat) -> None:
    async for piece in chat.stream(BRIEF):
        assert piece
        break


async def cancelled_in_silence(chat: VendorChat) -> None:
    task = asyncio.create_task(streamed(chat))
    await _asked(chat)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task


async def reply_cancelled(chat: VendorChat) -> None:
    task = asyncio.create_task(whole(chat))
    await _asked(chat)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task


async def _asked(chat: VendorChat) -> None:
    requests = chat.__dict__["requests_seen"]
    while not requests:
        await asyncio.sleep(0.005)


@pytest.mark.parametrize(
    ("fault", "leave"),
    [
        (behaviours.hang_after, first_then_close),
        (behaviours.hang_after, first_then_forget),
        (behaviours.drip(0.005, "and " * 1000), first_then_close),
        (behaviours.hang, cancelled_in_silence),
        (behaviours.hang, reply_cancelled),
        (behaviours.comments, cancelled_in_silence),
    ],
)
def test_leaving_is_seen_by_the_server(bench: Bench, fault: behaviours.Behaviour, leave: object) -> None:
    bench.server.default = fault

    async def work(chat: VendorChat) -> None:
        chat.__dict__["requests_seen"] = bench.asked
        await leave(chat)  # type: ignore[operator]
        # While the chat is still open: closing it would close everything.
        assert await asyncio.to_thread(bench.asked[0].disconnected.wait, PATIENCE)

    bench.run(work)
    assert bench.outcomes == ["cancelled"]
    assert len(bench.asked) == 1


def test_an_answer_that_we_reject_halfway_is_cancelled_at_the_server(bench: Bench) -> None:
    def thoughts_without_a_beginning(x: Exchange) -> None:
        x.open()
        x.piece("I should ask about the migration.")
        x.piece("</think>")
        x.wait_until_gone()

    bench.server.default = thoughts_without_a_beginning

    async def work(chat: VendorChat) -> None:
        with pytest.raises(BadReply):
            await streamed(chat)
        assert await asyncio.to_thread(bench.asked[0].disconnected.wait, PATIENCE)

    bench.run(work)


# Breaker


def test_three_failed_calls_stop_the_fourth(bench: Bench) -> None:
    breaker = Breaker(now=bench.clock.monotonic)
    bench.server.default = behaviours.status(500)
    for way in WAYS:
        failure(bench, way, breaker=breaker, patience=ONCE)
    error = failure(bench, "streamed", breaker=breaker, patience=ONCE)
    assert type(error) is Unavailable
    assert 110 < (error.retry_after or 0) <= 120
    assert len(bench.asked) == 3
    assert len(bench.usages) == 3

    bench.clock.ahead += 121
    failure(bench, "whole", breaker=breaker, patience=ONCE)
    assert len(bench.asked) == 4, "one probe goes through"
    failure(bench, "whole", breaker=breaker, patience=ONCE)
    assert len(bench.asked) == 4, "and its failure closes the door again"

    bench.clock.ahead += 121
    bench.server.default = behaviours.good_interviewer
    assert bench.run(whole, breaker=breaker)
    assert bench.run(streamed, breaker=breaker)


def test_refusals_and_bad_replies_leave_the_breaker_closed(bench: Bench) -> None:
    breaker = Breaker(now=bench.clock.monotonic)
    bench.server.script(*[behaviours.status(401)] * 3, *[behaviours.empty] * 3)
    for _ in range(6):
        failure(bench, "streamed", breaker=breaker)
    assert bench.run(streamed, breaker=breaker)


def test_a_cancelled_probe_lets_the_next_one_try(bench: Bench) -> None:
    breaker = Breaker(failures=1, now=bench.clock.monotonic)
    bench.server.script(behaviours.status(500), behaviours.hang_after)
    failure(bench, "whole", breaker=breaker, patience=ONCE)
    bench.clock.ahead += 121
    bench.run(first_then_close, breaker=breaker)
    assert bench.run(whole, breaker=breaker)


# Records and secrets


def test_a_meter_that_fails_does_not_lose_the_answer(bench: Bench, caplog: pytest.LogCaptureFixture) -> None:
    def broken(usage: object) -> None:
        raise RuntimeError("disk full")

    bench.usages = type("Broken", (list,), {"append": staticmethod(broken)})()
    bench.server.default = behaviours.say(QUESTION)
    assert bench.run(whole) == QUESTION
    assert "could not be recorded" in caplog.text


def test_usage_names_the_purpose(bench: Bench) -> None:
    brief = Brief(SYSTEM, BRIEF.messages, 50, purpose="follow-up")
    bench.run(lambda chat: all_of(chat.stream(brief)))
    [usage] = bench.usages
    assert (usage.provider, usage.purpose) == (bench.kind, "follow-up")
    assert usage.seconds > 0


def test_absurd_usage_is_not_believed(bench: Bench) -> None:
    def absurd(x: Exchange) -> None:
        body = x.vendor.whole(x.asked, QUESTION, STOP)
        if "usage" in body:
            body["usage"] = {"prompt_tokens": -4, "completion_tokens": 10**30, "total_tokens": 0, "cost": -1}
        else:
            body["usageMetadata"] = {"promptTokenCount": -4}
        x.json(200, body)

    bench.server.default = absurd
    assert bench.run(whole) == QUESTION
    [usage] = bench.usages
    assert (usage.input_tokens, usage.output_tokens, usage.cost_usd) == (None, None, None)
