"""What is Gemini's own."""

import pytest

from interview_coach.providers.base import NotConfigured, Refused, Unavailable
from interview_coach.providers.gemini import THINKING_ROOM, GeminiChat
from tests.fakes import behaviours
from tests.fakes.gemini_server import FakeGemini
from tests.fakes.vendor import Exchange
from tests.providers.bench import KEY, Bench, streamed, structured, whole


def test_the_request_is_version_1_with_the_key_in_a_header(gemini: Bench) -> None:
    gemini.run(whole)
    gemini.run(streamed)
    first, second = gemini.asked
    assert first.path == "/v1/models/gemini-3.8-flash:generateContent"
    assert second.path == "/v1/models/gemini-3.8-flash:streamGenerateContent?alt=sse"
    assert first.headers["x-goog-api-key"] == KEY
    assert KEY not in first.path


def test_words_get_their_room_beside_the_thinking(gemini: Bench) -> None:
    gemini.run(whole)
    config = gemini.asked[0].body["generationConfig"]
    assert config["maxOutputTokens"] == 150 + THINKING_ROOM
    assert config["temperature"] == 0.3
    assert "LOW" in str(config["thinkingConfig"])


def test_a_schema_comes_with_its_mime_type(gemini: Bench) -> None:
    gemini.run(structured)
    assert gemini.asked[0].body["generationConfig"]["responseMimeType"] == "application/json"


def test_the_version_can_be_chosen_as_the_sdk_has_it(gemini: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GOOGLE_GENAI_API_VERSION", "beta")
    gemini.run(whole)
    assert gemini.asked[0].path.startswith("/v1beta/")


def test_the_sdks_own_variable_for_the_address_is_respected(gemini: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GOOGLE_GEMINI_BASE_URL", gemini.server.url)
    gemini.run(whole, base_url=None)
    assert len(gemini.asked) == 1


def test_variables_meant_for_the_cloud_change_nothing(gemini: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GOOGLE_GENAI_USE_VERTEXAI", "true")
    monkeypatch.setenv("GOOGLE_API_KEY", "another-key")
    gemini.run(whole)
    assert gemini.asked[0].headers["x-goog-api-key"] == KEY
    assert gemini.asked[0].path.startswith("/v1/models/")


def test_older_models_are_not_told_how_to_think(gemini: Bench) -> None:
    async def work(chat: GeminiChat) -> None:
        chat.model = "gemini-2.5-flash-lite"
        await whole(chat)

    gemini.run(work)  # type: ignore[arg-type]
    assert "thinkingConfig" not in gemini.asked[0].body["generationConfig"]


def test_a_wrong_key_comes_as_a_400_and_is_named_as_what_it_is(gemini: Bench) -> None:
    server = gemini.server
    assert isinstance(server, FakeGemini)
    server.default = lambda x: x.json(400, server.bad_key(x.asked))
    with pytest.raises(Refused, match="key"):
        gemini.run(whole)


def test_a_blocked_prompt_is_a_refusal(gemini: Bench) -> None:
    blocked = {"promptFeedback": {"blockReason": "PROHIBITED_CONTENT"}, "usageMetadata": {"promptTokenCount": 12}}

    def behave(x: Exchange) -> None:
        if not x.asked.stream:
            return x.json(200, blocked)
        x.open()
        x.send(x.vendor.event(blocked))
        return x.end()

    gemini.server.default = behave
    for way in (whole, streamed):
        with pytest.raises(Refused):
            gemini.run(way)
    assert [usage.input_tokens for usage in gemini.usages] == [12, 12]


def test_parts_that_are_thoughts_are_left_out(gemini: Bench) -> None:
    parts = [{"text": "SECRET", "thought": True}, {"text": "How "}, {"text": "so?"}]
    body = {"candidates": [{"content": {"role": "model", "parts": parts}, "finishReason": "STOP"}]}

    def behave(x: Exchange) -> None:
        if not x.asked.stream:
            return x.json(200, body)
        x.open()
        x.send(x.vendor.event(body))
        return x.end()

    gemini.server.default = behave
    assert gemini.run(whole) == "How so?"
    assert gemini.run(streamed) == "How so?"


def test_finish_reasons_of_tomorrow_are_no_good_end(gemini: Bench) -> None:
    body = {"candidates": [{"content": {"parts": [{"text": "How so?"}]}, "finishReason": "SOMETHING_NEW"}]}
    gemini.server.default = lambda x: x.json(200, body)
    with pytest.warns(UserWarning, match="SOMETHING_NEW"), pytest.raises(Exception, match="cannot be read"):
        gemini.run(whole)


def test_without_a_key_there_is_nothing_to_configure(gemini: Bench) -> None:
    for key in (None, "", "  "):
        with pytest.raises(NotConfigured, match="GEMINI_API_KEY"):
            gemini.chat(key=key)


def test_an_address_that_is_none_is_a_matter_of_settings(gemini: Bench) -> None:
    with pytest.raises((NotConfigured, Unavailable)) as caught:
        gemini.run(whole, base_url="not a web address")
    assert type(caught.value) is NotConfigured


def test_a_503_with_retry_after_is_waited_for(gemini: Bench) -> None:
    gemini.server.script(behaviours.status(503, retry_after="4"))
    assert gemini.run(whole)
    assert gemini.clock.slept == [4.5]
