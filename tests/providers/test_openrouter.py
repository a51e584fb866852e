"""What is OpenRouter's own, and what other servers of the same wire do differently."""

import pytest

from interview_coach.providers.base import BadReply, NotConfigured, Refused, Throttled, Unavailable
from interview_coach.providers.openrouter import THINKING_ROOM
from tests.fakes import behaviours
from tests.fakes.vendor import Exchange
from tests.providers.bench import KEY, Bench, streamed, structured, whole


def test_openrouter_is_asked_for_privacy_and_told_who_we_are(openrouter: Bench) -> None:
    openrouter.run(whole)
    [asked] = openrouter.asked
    assert asked.body["provider"] == {"data_collection": "deny"}
    assert asked.body["max_tokens"] == 150 + THINKING_ROOM
    assert asked.body["temperature"] == 0.3
    assert asked.headers["authorization"] == f"Bearer {KEY}"
    assert asked.headers["x-openrouter-title"] == "Interview Coach"
    assert "http-referer" in asked.headers


def test_a_schema_goes_only_to_those_who_know_schemas(openrouter: Bench) -> None:
    openrouter.run(structured)
    body = openrouter.asked[0].body
    assert body["provider"] == {"data_collection": "deny", "require_parameters": True}
    assert "reasoning" not in body
    assert body["response_format"]["type"] == "json_schema"
    assert body["response_format"]["json_schema"]["name"] == "Card"
    assert body["response_format"]["json_schema"]["strict"] is True


@pytest.mark.parametrize("way", [whole, structured, streamed])
def test_other_servers_get_nothing_of_openrouters(openrouter: Bench, way: object) -> None:
    openrouter.run(way, itself=False)  # type: ignore[arg-type]
    [asked] = openrouter.asked
    assert not {"provider", "models", "plugins", "reasoning"} & set(asked.body)
    assert not {"http-referer", "x-openrouter-title"} & set(asked.headers)
    assert asked.body.get("stream_options") == ({"include_usage": True} if asked.stream else None)


def test_other_servers_need_no_key(openrouter: Bench) -> None:
    openrouter.run(whole, itself=False, key=None)
    assert "authorization" not in openrouter.asked[0].headers
    with pytest.raises(NotConfigured, match="OPENROUTER_API_KEY"):
        openrouter.chat(key=None)


@pytest.mark.parametrize("key", [KEY, None])
def test_nothing_of_the_environment_travels(
    openrouter: Bench, monkeypatch: pytest.MonkeyPatch, key: str | None
) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "LEAK")
    monkeypatch.setenv("OPENAI_ADMIN_KEY", "LEAK")
    monkeypatch.setenv("OPENAI_ORG_ID", "LEAK")
    monkeypatch.setenv("OPENAI_PROJECT_ID", "LEAK")
    monkeypatch.setenv("OPENAI_BASE_URL", "http://127.0.0.1:1/LEAK")
    monkeypatch.setenv("OPENAI_CUSTOM_HEADERS", "X-Mine: LEAK\nAuthorization: Bearer LEAK\nopenai-project: LEAK")
    openrouter.run(whole, itself=False, key=key)
    headers = openrouter.asked[0].headers
    assert "LEAK" not in str(headers)
    assert headers.get("authorization") == (f"Bearer {key}" if key else None)


def body_of(error: object) -> behaviours.Behaviour:
    def behave(x: Exchange) -> None:
        if not x.asked.stream:
            return x.json(200, {"error": error})
        x.open()
        x.send(x.vendor.event({"error": error, "choices": []}))
        return x.end()

    return behave


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        ({"code": 429, "message": "m"}, Throttled),
        ({"code": "502", "message": "m"}, Unavailable),
        ({"code": "server_error", "message": "m"}, Unavailable),
        ({"message": "m", "metadata": {"error_type": "provider_overloaded"}}, Unavailable),
        ({"message": "m", "metadata": {"error_type": "payment_required"}}, Refused),
        ({"code": 400, "message": "m", "metadata": {"error_type": "content_policy_violation"}}, Refused),
        ({"code": "insufficient_quota", "message": "m"}, Refused),
        ({"message": "m"}, BadReply),
        ({"code": 200, "message": "m"}, BadReply),
        ("only words", BadReply),
    ],
)
@pytest.mark.parametrize("way", [whole, streamed])
def test_an_error_inside_a_200_is_read_by_its_codes(
    openrouter: Bench, way: object, error: object, expected: type[Exception]
) -> None:
    openrouter.server.default = body_of(error)
    with pytest.raises(expected) as caught:
        openrouter.run(way)  # type: ignore[arg-type]
    assert type(caught.value) is expected


@pytest.mark.parametrize(
    "body",
    [
        b"<html>Welcome to the hotel's network</html>",
        b"",
        b"[]",
        b"null",
        b'"words"',
        b'{"choices": []}',
        b'{"choices": null}',
        b'{"choices": [{}]}',
        b'{"choices": [{"finish_reason": "stop", "message": null}]}',
        b'{"choices": [{"finish_reason": "stop", "message": {"content": null}}]}',
        b'{"choices": [{"finish_reason": "stop", "message": {"content": 5}}]}',
        b'{"choices": [{"finish_reason": "tool_calls", "message": {"content": "x"}}]}',
    ],
)
@pytest.mark.parametrize("kind", ["application/json", "text/html"])
def test_a_200_that_is_no_completion_is_no_reply(openrouter: Bench, body: bytes, kind: str) -> None:
    openrouter.server.default = lambda x: x.raw(200, body, {"Content-Type": kind})
    with pytest.raises((BadReply, Unavailable)):
        openrouter.run(whole)
    assert "ok" not in openrouter.outcomes


def test_a_refusal_in_its_own_field_is_a_refusal(openrouter: Bench) -> None:
    message = {"role": "assistant", "content": None, "refusal": "CANARY no"}
    body = {"choices": [{"index": 0, "finish_reason": "stop", "message": message}]}
    openrouter.server.default = lambda x: x.json(200, body)
    with pytest.raises(Refused):
        openrouter.run(whole)


def test_usage_that_is_missing_is_unknown(openrouter: Bench) -> None:
    message = {"role": "assistant", "content": "How so?"}
    body = {"choices": [{"index": 0, "finish_reason": "stop", "message": message}]}
    openrouter.server.default = lambda x: x.json(200, body)
    assert openrouter.run(whole) == "How so?"
    [usage] = openrouter.usages
    assert (usage.model, usage.input_tokens, usage.cost_usd) == ("some/model", None, None)


def test_reasoning_beside_the_words_is_a_sign_of_life_and_no_word(openrouter: Bench) -> None:
    def behave(x: Exchange) -> None:
        x.open()
        for _ in range(4):
            chunk = x.vendor.piece(x.asked, "")
            chunk["choices"][0]["delta"]["reasoning_content"] = "hidden"
            x.send(x.vendor.event(chunk))
        x.piece("How so?")
        x.finish()
        x.end()

    openrouter.server.default = behave
    assert openrouter.run(streamed) == "How so?"


def test_an_address_that_is_none_is_a_matter_of_settings(openrouter: Bench) -> None:
    with pytest.raises(NotConfigured, match="OPENROUTER_BASE_URL"):
        openrouter.run(whole, base_url="not a web address")
