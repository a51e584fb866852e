"""Gemini's live voice over the real SDK, against a stand-in that speaks the wire."""

import asyncio
import logging
import traceback
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest

from interview_coach.config import Settings
from interview_coach.providers.base import (
    BadReply,
    Expiring,
    Frame,
    Heard,
    Image,
    Interrupted,
    LiveEvent,
    LiveSession,
    Message,
    Metered,
    NotConfigured,
    ProviderError,
    Refused,
    Resumable,
    Said,
    Throttled,
    TurnEnded,
    Unavailable,
    Voiced,
)
from interview_coach.providers.gemini_live import GeminiLive
from interview_coach.providers.registry import close, make_provider
from tests.fakes.gemini_live_script import Connect, Script, Turn, Utterance
from tests.fakes.gemini_live_server import BAD_KEY, QUOTA, FakeGeminiLive, speech
from tests.patience import PATIENCE
from tests.providers.live_bench import BRIEF, KEY, heard, run, said, speaks, until, voiced
from tests.voice.lines_of_live import HandClock

HISTORY = (Message("user", "Begin."), Message("assistant", "Why us?"), Message("user", "ANSWER-CANARY"))
TURNS = ["Hello and welcome. Who are you?", "What did you do there, Ada?", "Thank you."]
HEARD = ["I am Ada, an engineer.", "I built ships."]


@pytest.fixture(autouse=True)
def local(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    monkeypatch.setenv("SSL_CERT_FILE", "set by run")


@pytest.fixture
def serve() -> Iterator[Callable[..., FakeGeminiLive]]:
    """A stand-in that keeps to a script, quickly."""
    running: list[FakeGeminiLive] = []

    def start(turns: list[Any] | None = None, words: list[Any] | None = None, **more: Any) -> FakeGeminiLive:
        how = {name: more.pop(name) for name in ("keys", "versions") if name in more}
        script = Script(
            [turn if isinstance(turn, Turn) else Turn(turn) for turn in (TURNS if turns is None else turns)],
            [item if isinstance(item, Utterance) else Utterance(item) for item in (HEARD if words is None else words)],
            **{"speed": 100.0, "playback": 0.0, **more},
        )
        running.append(FakeGeminiLive(script, **how).start())
        return running[-1]

    yield start
    for server in running:
        server.stop()


Serve = Callable[..., FakeGeminiLive]


def turn_over(event: LiveEvent) -> bool:
    """The handle after a turn: all of it has come."""
    return isinstance(event, Resumable) and event.handle is not None


def converse(server: FakeGeminiLive, brief: Any = BRIEF, turns: int = 1, **how: Any) -> list[list[LiveEvent]]:
    """The events of so many turns, each after an utterance but the first."""

    async def work(live: GeminiLive) -> list[list[LiveEvent]]:
        async with live.connect(brief) as session:
            got = [await until(session, turn_over)]
            for _ in range(turns - 1):
                await speaks(session)
                got.append(await until(session, turn_over))
            return got

    return run(server, work, **how)


def kinds(events: list[LiveEvent]) -> list[str]:
    names = [type(event).__name__ for event in events]
    return [name for at, name in enumerate(names) if at == 0 or names[at - 1] != name]


# What goes up


def test_the_setup_is_what_the_current_model_takes(serve: Serve) -> None:
    server = serve()
    converse(server)
    got = server.sessions[0]
    assert got.path.endswith("v1beta.GenerativeService.BidiGenerateContent")
    assert got.headers["x-goog-api-key"] == KEY
    assert "key" not in got.path
    assert got.read == {
        "model": "models/gemini-3.8-live",
        "generationConfig": {
            "responseModalities": ["AUDIO"],
            "speechConfig": {
                "voiceConfig": {"prebuiltVoiceConfig": {"voiceName": "Kore"}},
                "languageCode": "en-US",
            },
        },
        "systemInstruction": {"parts": [{"text": BRIEF.instruction}], "role": "user"},
        "inputAudioTranscription": {"languageCodes": ["en-US"]},
        "outputAudioTranscription": {},
        "realtimeInputConfig": {
            "automaticActivityDetection": {
                "startOfSpeechSensitivity": "START_SENSITIVITY_HIGH",
                "endOfSpeechSensitivity": "END_SENSITIVITY_LOW",
                "prefixPaddingMs": 100,
                "silenceDurationMs": 500,
            },
            "activityHandling": "START_OF_ACTIVITY_INTERRUPTS",
        },
        "contextWindowCompression": {"slidingWindow": {}},
        "sessionResumption": {},
    }
    assert got.inputs == [("text", "Begin.")]
    assert got.code == 1000


@pytest.mark.parametrize(
    ("language", "told"), [("de", "de-DE"), ("en-GB", "en-GB"), ("sw", None), ("", None), ("zh-Hans-CN", "zh-Hans-CN")]
)
def test_a_language_is_named_with_its_region_or_not_at_all(serve: Serve, language: str, told: str | None) -> None:
    server = serve()
    converse(server, replace(BRIEF, language=language))
    assert server.sessions[0].read["generationConfig"]["speechConfig"].get("languageCode") == told
    assert server.sessions[0].read["inputAudioTranscription"].get("languageCodes") == ([told] if told else None)


def test_push_to_talk_and_no_interruption_are_set_up(serve: Serve) -> None:
    server = serve()
    converse(server, replace(BRIEF, hands_free=False, barge_in=False, voice=""))
    read = server.sessions[0].read
    assert read["realtimeInputConfig"] == {
        "automaticActivityDetection": {"disabled": True},
        "activityHandling": "NO_INTERRUPTION",
    }
    assert "voiceConfig" not in read["generationConfig"]["speechConfig"]


@pytest.mark.parametrize("model", ["gemini-3.8-live", "gemini-3.1-flash-live-preview"])
def test_history_is_told_once_before_anything_else(serve: Serve, model: str) -> None:
    server = serve(words=["More."])

    async def work(live: GeminiLive) -> None:
        async with live.connect(replace(BRIEF, history=HISTORY)) as session:
            await speaks(session)
            await until(session, turn_over)

    run(server, work, model=model)
    got = server.sessions[0]
    assert got.read["historyConfig"] == {"initialHistoryInClientContent": True}
    assert got.kinds() == ["clientContent", "audio"]
    assert got.client_content == [
        {
            "turns": [
                {"parts": [{"text": "Begin."}], "role": "user"},
                {"parts": [{"text": "Why us?"}], "role": "model"},
                {"parts": [{"text": "ANSWER-CANARY"}], "role": "user"},
            ],
            "turnComplete": True,
        }
    ]


def test_a_model_that_takes_no_history_reads_it_in_its_instruction(serve: Serve) -> None:
    server = serve()

    async def work(live: GeminiLive) -> None:
        async with live.connect(replace(BRIEF, history=HISTORY)) as session:
            await session.tell("Go on.")
            await until(session, turn_over)

    run(server, work, model="gemini-2.5-flash-native-audio-preview-12-2025")
    got = server.sessions[0]
    text = got.read["systemInstruction"]["parts"][0]["text"]
    assert text.startswith(BRIEF.instruction)
    assert text.endswith("You: Why us?\nThe other person: ANSWER-CANARY")
    assert "historyConfig" not in got.read
    assert "languageCode" not in got.read["generationConfig"]["speechConfig"]
    assert got.inputs == [("text", "Go on.")]


def test_only_realtime_input_goes_up_during_a_conversation(serve: Serve) -> None:
    server = serve()

    async def work(live: GeminiLive) -> None:
        async with live.connect(BRIEF) as session:
            await until(session, turn_over)
            await speaks(session)
            await until(session, turn_over)
            await session.tell("I type this.")
            await session.see(Image(b"\xff\xd8jpeg\xfb\xff"))
            await session.end_turn()
            await until(session, turn_over)

    run(server, work)
    got = server.sessions[0]
    assert got.client_content == []
    assert got.texts == ["Begin.", "I type this."]
    assert ("video", b"\xff\xd8jpeg\xfb\xff") in got.inputs
    assert {kind for kind, _ in got.inputs} == {"text", "audio", "video", "audioStreamEnd"}


def test_the_microphone_goes_up_in_pieces_of_20_ms_and_nothing_is_kept_back(serve: Serve) -> None:
    server = serve()
    pcm = speech(0.5)[: 640 * 24 + 300]

    async def work(live: GeminiLive) -> None:
        async with live.connect(BRIEF) as session:
            for at in range(0, len(pcm), 640):
                await session.hear(Frame(pcm[at : at + 640], 16_000))
            await session.end_turn()
            await asyncio.to_thread(server.wait_for, lambda s: "audioStreamEnd" in s.sessions[0].kinds())

    run(server, work)
    got = server.sessions[0]
    assert got.audio == pcm
    assert [len(value) for kind, value in got.inputs if kind == "audio"] == [640] * 24 + [300]


def test_push_to_talk_marks_its_beginning_and_its_end(serve: Serve) -> None:
    server = serve()

    async def work(live: GeminiLive) -> list[LiveEvent]:
        async with live.connect(replace(BRIEF, hands_free=False)) as session:
            await until(session, turn_over)
            await session.end_turn()  # nothing was said
            got = []
            for _ in range(2):
                await session.hear(Frame(bytes(640), 16_000))
                await speaks(session, pause=2.0)  # a long pause ends nothing
                await speaks(session)
                await session.end_turn()
                got += await until(session, turn_over)
            return got

    got = run(server, work)
    assert heard(got) == "".join(HEARD)
    assert server.sessions[0].kinds() == ["text", *["activityStart", "audio", "activityEnd"] * 2]


def test_the_service_is_told_when_the_microphone_stops_and_is_kept_awake(serve: Serve) -> None:
    server = serve()
    clock = HandClock()

    async def work(live: GeminiLive) -> None:
        async with live.connect(BRIEF) as session:
            await until(session, turn_over)
            await speaks(session, seconds=0.61, pause=0.0)  # the server would wait for silence for ever
            await clock.passes(0.9)
            assert not any(kind == "audioStreamEnd" for kind, _ in server.sessions[0].inputs)
            await clock.passes(0.4)
            assert heard(await until(session, turn_over)) == HEARD[0]
            for _ in range(4):
                await clock.passes(5)
            await asyncio.to_thread(server.wait_for, lambda s: len(s.sessions[0].inputs) >= end() + 5)

    def end() -> int:
        return server.sessions[0].inputs.index(("audioStreamEnd", True))

    run(server, work, clock=clock)
    inputs = server.sessions[0].inputs
    assert b"".join(value for kind, value in inputs[1 : end()]) == speech(0.61)
    assert inputs[end() + 1 :] == [("audio", bytes(3200))] * 4, "silence, and the end is told once"


def test_a_resumed_session_gets_its_handle_and_no_greeting(serve: Serve) -> None:
    server = serve()

    async def work(live: GeminiLive) -> list[LiveEvent]:
        async with live.connect(BRIEF) as session:
            handle = (await until(session, turn_over))[-1].handle  # type: ignore[union-attr]
        async with live.connect(replace(BRIEF, history=HISTORY), resume=handle) as session:
            await speaks(session)
            return await until(session, turn_over)

    assert said(run(server, work)) == TURNS[1]
    first, second = server.sessions
    assert second.read["sessionResumption"] == {"handle": "handle-1"}
    assert {**second.read, "sessionResumption": {}} == first.read
    assert second.kinds() == ["audio"]
    assert first.closed is not None
    assert first.closed <= second.opened


# What comes down


def test_a_conversation_word_for_word_and_sample_for_sample(serve: Serve) -> None:
    server = serve()
    turns = converse(server, turns=3)
    assert [said(events) for events in turns] == TURNS == server.said
    assert [heard(events) for events in turns] == ["", *HEARD]
    for at, events in enumerate(turns):
        assert voiced(events) == Turn(TURNS[at]).sound(at)
        assert {event.frame.rate for event in events if isinstance(event, Voiced)} == {24_000}
        assert [event for event in events if isinstance(event, TurnEnded)] == [TurnEnded(None)]
        usage = next(event.usage for event in events if isinstance(event, Metered))
        assert (usage.provider, usage.model, usage.purpose) == ("gemini", "gemini-3.8-live", "live")
        assert (usage.input_tokens, usage.output_tokens) == (900, 80)
    final = [at for at, event in enumerate(turns[1]) if isinstance(event, Heard) and event.final]
    assert len(final) == 1
    assert isinstance(turns[1][final[0] + 1], TurnEnded), "the person's line is closed before the turn ends"


def test_speaking_over_the_interviewer_interrupts_it(serve: Serve) -> None:
    server = serve([Turn("A very long story without an end.", seconds=60), "Yes?"], ["Stop, please."], speed=4.0)

    async def work(live: GeminiLive) -> tuple[list[LiveEvent], list[LiveEvent]]:
        async with live.connect(BRIEF) as session:
            await until(session, lambda event: isinstance(event, Said))
            await speaks(session, pause=0.0)
            cut = await until(session, turn_over)
            await speaks(session, 0.1)
            return cut, await until(session, turn_over)

    cut, after = run(server, work)
    assert [name for name in kinds(cut) if name not in {"Voiced", "Said"}][:2] == ["Interrupted", "TurnEnded"]
    assert len(voiced(cut)) < 60 * 48_000
    assert (heard(after), said(after)) == ("Stop, please.", "Yes?")


def test_without_barge_in_the_interviewer_speaks_to_the_end(serve: Serve) -> None:
    server = serve([Turn("A story.", seconds=3), "Yes?"], ["Stop, please."], speed=10.0)

    async def work(live: GeminiLive) -> list[LiveEvent]:
        async with live.connect(replace(BRIEF, barge_in=False)) as session:
            await until(session, lambda event: isinstance(event, Said))
            await speaks(session)
            return [*await until(session, turn_over), *await until(session, turn_over)]

    got = run(server, work)
    assert Interrupted() not in got
    assert (heard(got), said(got)) == ("Stop, please.", "Yes?")


@pytest.mark.parametrize("captions", ["early", "with", "late"])
@pytest.mark.parametrize("how", ["once", "split", "late"])
def test_words_are_the_same_however_they_come(serve: Serve, captions: str, how: str) -> None:
    words = "Ships, and — ça — “boats”."
    server = serve([TURNS[0], Turn("What did you do, Ada?", captions=captions)], [Utterance(words, how)])
    events = converse(server, turns=2)[1]
    assert said(events) == "What did you do, Ada?"
    assert heard(events) == words
    closing = [type(event).__name__ for event in events if event == Heard("", final=True) or event == TurnEnded()]
    assert closing == ["Heard", "TurnEnded"]


def test_words_that_come_after_the_turn_are_not_lost(serve: Serve) -> None:
    server = serve([Turn("Hello there.", captions="after"), "Yes?"], [""])

    async def work(live: GeminiLive) -> str:
        async with live.connect(BRIEF) as session:
            return said(await until(session, lambda event: isinstance(event, Said)))

    assert run(server, work) == "Hello there."


def test_words_without_sound_are_still_words(serve: Serve) -> None:
    server = serve([Turn("Hello there.", fault="text_only")])
    events = converse(server)[0]
    assert said(events) == "Hello there."
    assert voiced(events) == b""
    assert kinds(events).index("Said") < kinds(events).index("TurnEnded")


def test_words_that_are_also_spoken_come_once(serve: Serve) -> None:
    server = serve([TURNS[0]])

    async def work(live: GeminiLive) -> list[LiveEvent]:
        async with live.connect(BRIEF) as session:
            await until(session, turn_over)
            for part in ({"text": "I think", "thought": True}, {"text": "Yes."}):
                server.send({"serverContent": {"modelTurn": {"parts": [part]}}})
            server.send({"serverContent": {"outputTranscription": {"text": "Yes."}}})
            server.send({"serverContent": {"turnComplete": True}})
            return await until(session, lambda event: isinstance(event, TurnEnded))

    assert said(run(server, work)) == "Yes."


@pytest.mark.parametrize("fault", ["garbage", "unknown"])
def test_messages_that_make_no_sense_are_passed_over(
    serve: Serve, fault: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    server = serve([Turn(TURNS[0], fault=fault), TURNS[1]])
    first, second = converse(server, turns=2)
    assert (said(first), said(second)) == (TURNS[0], TURNS[1])
    assert voiced(first) == Turn(TURNS[0]).sound(0)
    ours = "".join(record.getMessage() for record in caplog.records if record.name != "websockets.server")
    assert not [secret for secret in ("CANARY", KEY, "welcome") if secret in ours]


def test_nothing_but_nonsense_ends_the_conversation(serve: Serve) -> None:
    server = serve()

    async def work(live: GeminiLive) -> None:
        async with live.connect(BRIEF) as session:
            await until(session, turn_over)
            for _ in range(30):
                server.send(b"nonsense")
            await until(session, lambda event: False)

    with pytest.raises(BadReply):
        run(server, work)


def test_odd_pieces_lone_surrogates_and_absurd_figures_do_no_harm(serve: Serve) -> None:
    server = serve()
    parts = [{"inlineData": {"data": data, "mimeType": "audio/pcm;rate=16000"}} for data in ("AQID", "BAUG")]

    async def work(live: GeminiLive) -> list[LiveEvent]:
        async with live.connect(BRIEF) as session:
            await until(session, turn_over)
            server.send({"serverContent": {"modelTurn": {"parts": parts}}})
            server.send({"serverContent": {"outputTranscription": {"text": "a\ud800b"}}})
            usage = {"promptTokenCount": -5, "responseTokenCount": 10**15, "thoughtsTokenCount": 3}
            server.send({"usageMetadata": usage, "serverContent": {"turnComplete": True}})
            return await until(session, lambda event: isinstance(event, Metered))

    got = run(server, work)
    assert voiced(got) == bytes([1, 2, 3, 4, 5, 6])
    assert got[0] == Voiced(Frame(bytes([1, 2]), 16_000))
    assert said(got) == "a?b"
    assert got[-1].usage.input_tokens is got[-1].usage.output_tokens is None  # type: ignore[union-attr]


def test_a_reason_and_an_announced_end_are_passed_on(serve: Serve) -> None:
    server = serve([Turn("", fault="empty", why="RESPONSE_REJECTED")])

    async def work(live: GeminiLive) -> list[LiveEvent]:
        async with live.connect(BRIEF) as session:
            got = await until(session, turn_over)
            for told in ("49.5s", "0s", "soon"):
                server.send({"goAway": {"timeLeft": told}})
            return [*got, *[(await until(session, lambda event: True))[0] for _ in range(3)]]

    got = run(server, work)
    assert TurnEnded("RESPONSE_REJECTED") in got
    assert got[0] == Resumable(None), "not while it speaks"
    assert got[-3:] == [Expiring(49.5), Expiring(0), Expiring(10)]


# What ends it

CLOSINGS = [
    ((1007, "API key not valid. Please pass a valid API key."), Refused, "does not accept the key"),
    ((1007, "API key expired. Please renew the API key."), Refused, "does not accept the key"),
    ((1007, "Request contains an invalid argument. CANARY"), Refused, "did not accept the request"),
    ((1008, "models/x is not found for API version v1beta, or is not supported for"), Refused, "this model"),
    ((1008, "Operation is not implemented, or supported, or enabled."), Refused, "did not accept"),
    (QUOTA, Throttled, "busy"),
    ((1011, "Resource has been exhausted (e.g. check quota)."), Throttled, "busy"),
    ((1011, "Internal error encountered. CANARY"), Unavailable, "problem of its own"),
    ((1011, "The service is currently unavailable."), Unavailable, "problem of its own"),
    ((1009, "too big"), Refused, "length"),
    ((1000, ""), Unavailable, "broke off"),
    ((1001, "going away"), Unavailable, "broke off"),
    ((4321, "who knows"), Unavailable, "broke off"),
]


def failure(server: FakeGeminiLive, work: Any = None, **how: Any) -> ProviderError:
    async def connects(live: GeminiLive) -> None:
        async with live.connect(BRIEF) as session:
            await until(session, lambda event: False)

    with pytest.raises(ProviderError) as caught:
        run(server, work or connects, **how)
    error = caught.value
    shown = "".join(traceback.format_exception(error)) + repr(error) + repr(error.__context__)
    shown = "\n".join(line for line in shown.splitlines() if not line.startswith("    "))
    assert not [secret for secret in (KEY, "CANARY") if secret in shown]
    assert error.message[0].isupper()
    assert error.message[-1] == "."
    return error


@pytest.mark.parametrize(("code", "error", "says"), CLOSINGS)
@pytest.mark.parametrize("when", ["at the setup", "in a turn"])
def test_a_close_means_what_its_code_and_reason_say(
    serve: Serve, when: str, code: tuple[int, str], error: type[ProviderError], says: str
) -> None:
    if when == "at the setup":
        server = serve(connects=[Connect(close=code)])
    else:
        server = serve([Turn("Hello there.", fault="close", code=code[0], reason=code[1])])
    found = failure(server)
    assert type(found) is error
    assert says in found.message


@pytest.mark.parametrize(
    ("connect", "error"),
    [
        (Connect(never=True), Unavailable),
        (Connect(drop=True), Unavailable),
        (Connect(first={"error": {"code": 500, "message": "CANARY"}}), BadReply),
        (Connect(first={"serverContent": {"turnComplete": True}}), BadReply),
        (Connect(first={"somethingNew": "CANARY"}), BadReply),
        (Connect(reject=401), Refused),
        (Connect(reject=404), Refused),
        (Connect(reject=429), Throttled),
        (Connect(reject=503), Unavailable),
    ],
)
def test_what_is_no_setup_is_told_apart(serve: Serve, connect: Connect, error: type[ProviderError]) -> None:
    assert type(failure(serve(connects=[connect]), setup_seconds=0.4 if connect.never else PATIENCE)) is error


def test_a_wrong_key_a_wrong_model_and_a_wrong_version_are_refused(serve: Serve) -> None:
    assert "key" in failure(serve(keys={"another"})).message
    assert BAD_KEY[0] == 1007
    assert "model" in failure(serve(), model="gemini-3.8-flash").message
    assert type(failure(serve(versions=("v1",)))) is Refused
    assert converse(serve(versions=("v1",)), version="v1")


def test_an_address_where_nobody_is_and_a_certificate_that_nobody_signed(
    serve: Serve, monkeypatch: pytest.MonkeyPatch
) -> None:
    server = serve()
    assert type(failure(server, base_url="http://127.0.0.1:9")) is Unavailable
    other = serve()
    other.cafile.write_bytes(server.cafile.read_bytes())

    async def distrusts(live: GeminiLive) -> None:
        import certifi

        monkeypatch.setenv("SSL_CERT_FILE", certifi.where())
        async with live.connect(BRIEF):
            raise AssertionError("not reached")

    assert type(failure(server, distrusts)) is Unavailable


@pytest.mark.parametrize("handle", ["of yesterday", "handle-1"])
def test_a_handle_that_is_not_taken_is_refused_and_one_in_use_may_be_tried_again(serve: Serve, handle: str) -> None:
    server = serve()

    async def work(live: GeminiLive) -> None:
        async with live.connect(BRIEF) as session:
            await until(session, turn_over)
            async with live.connect(BRIEF, resume=handle):
                raise AssertionError("not reached")

    assert type(failure(server, work)) is (Unavailable if handle == "handle-1" else Refused)


@pytest.mark.parametrize("refusal", [(1007, "Invalid session handle."), (1008, "session not found")])
def test_an_expired_handle_is_told_in_words(serve: Serve, refusal: tuple[int, str]) -> None:
    server = serve()
    server.refuse_handles, server.refusal = 1, refusal

    async def work(live: GeminiLive) -> None:
        async with live.connect(BRIEF, resume="handle-1"):
            raise AssertionError("not reached")

    assert "does not remember" in failure(server, work).message


def test_a_dropped_connection_is_noticed_by_who_reads_and_by_who_sends(serve: Serve) -> None:
    server = serve([Turn(TURNS[0], fault="drop")])

    async def work(live: GeminiLive) -> None:
        async with live.connect(BRIEF) as session:
            with pytest.raises(Unavailable):
                await until(session, lambda event: False)
            pieces: list[Callable[[LiveSession], Any]] = [
                lambda s: s.hear(Frame(bytes(1280), 16_000)),
                lambda s: s.tell("x"),
                lambda s: s.see(Image(b"x")),
                lambda s: s.end_turn(),
            ]
            for piece in pieces:
                with pytest.raises(Unavailable):
                    await piece(session)

    run(server, work)


def test_a_reader_that_is_away_closes_nothing_and_loses_nothing(serve: Serve) -> None:
    server = serve([Turn("A long story.", seconds=40)], speed=1000.0)

    async def work(live: GeminiLive) -> list[LiveEvent]:
        async with live.connect(BRIEF) as session:
            await asyncio.to_thread(server.wait_for, lambda s: s.handles)
            return await until(session, turn_over)

    assert voiced(run(server, work)) == Turn("A long story.", seconds=40).sound(0)


def test_sound_at_another_rate_is_a_mistake_of_ours(serve: Serve) -> None:
    async def work(live: GeminiLive) -> None:
        async with live.connect(BRIEF) as session:
            await session.hear(Frame(bytes(960), 48_000))

    with pytest.raises(ValueError, match="16 kHz"):
        run(serve(), work)


# Through the settings


def test_the_vendor_of_the_settings_can_hold_a_conversation(serve: Serve, monkeypatch: pytest.MonkeyPatch) -> None:
    server = serve()
    monkeypatch.setenv("SSL_CERT_FILE", str(server.cafile))
    settings = Settings(gemini_api_key=KEY, gemini_base_url=server.url)

    async def work() -> str:
        made = make_provider("gemini", settings, lambda usage: None)
        assert made.live is not None
        assert (made.live.provider, made.live.model, made.live.sees) == ("gemini", "gemini-3.8-live", True)
        async with made.live.connect(BRIEF) as session:
            words = said(await until(session, turn_over))
        await close(made)
        return words

    assert asyncio.run(work()) == TURNS[0]


def test_without_a_model_there_is_no_live_voice_and_without_a_key_no_vendor() -> None:
    made = make_provider("gemini", Settings(gemini_api_key=KEY, gemini_live_model=" "), lambda usage: None)
    assert made.live is None
    with pytest.raises(NotConfigured):
        GeminiLive(None, "gemini-3.8-live")
    with pytest.raises(NotConfigured) as caught:
        GeminiLive("schlüssel", "gemini-3.8-live")
    assert "schlüssel" not in str(caught.value)
