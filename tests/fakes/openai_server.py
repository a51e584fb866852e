"""OpenAI's chat completions as OpenRouter speaks them.

`python -m tests.fakes.openai_server --port 8766 --fault 429`, then OPENROUTER_BASE_URL=http://127.0.0.1:8766/v1
"""

from collections.abc import Iterable
from typing import Any

from tests.fakes.behaviours import good_interviewer, serve
from tests.fakes.vendor import ERROR, FILTERED, LENGTH, STOP, Asked, Behaviour, FakeVendor

_FINISH = {STOP: "stop", LENGTH: "length", FILTERED: "content_filter", ERROR: "error"}
_KINDS = {
    401: "authentication",
    402: "payment_required",
    403: "permission_denied",
    404: "not_found",
    429: "rate_limit_exceeded",
    500: "server",
    503: "provider_overloaded",
}


class FakeOpenAI(FakeVendor):
    opening = ": OPENROUTER PROCESSING\n\n"
    closing = "data: [DONE]\n\n"
    keep_alive = ": OPENROUTER PROCESSING\n\n"

    def __init__(self, default: Behaviour = good_interviewer, port: int = 0) -> None:
        super().__init__(default, port)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/v1"

    def read(self, path: str, headers: dict[str, str], body: dict[str, Any]) -> Asked | None:
        if not path.endswith("/chat/completions"):
            return None
        messages = [(turn["role"], turn["content"]) for turn in body["messages"]]
        return Asked(
            path=path,
            headers=headers,
            body=body,
            stream=bool(body.get("stream")),
            system="\n".join(text for role, text in messages if role == "system"),
            messages=[(role, text) for role, text in messages if role != "system"],
            schema=body.get("response_format", {}).get("json_schema", {}).get("schema"),
        )

    def whole(self, asked: Asked, text: str, reason: str) -> dict[str, Any]:
        message = {"role": "assistant", "content": text, "refusal": None, "reasoning": "hidden thoughts"}
        choice = {"index": 0, "message": message, "finish_reason": _FINISH[reason], "native_finish_reason": reason}
        return {
            "id": "gen-1",
            "object": "chat.completion",
            "created": 1,
            "model": "fake/model-1",
            "provider": "Fake",
            "choices": [choice],
            "usage": self._usage(),
        }

    def piece(self, asked: Asked, text: str) -> dict[str, Any]:
        return self._chunk([{"index": 0, "delta": {"role": "assistant", "content": text}, "finish_reason": None}])

    def finish(self, asked: Asked, reason: str) -> Iterable[dict[str, Any]]:
        yield self._chunk([{"index": 0, "delta": {"content": ""}, "finish_reason": _FINISH[reason]}])
        yield {**self._chunk([]), "usage": self._usage()}

    def error(self, asked: Asked, status: int, *, retry_info: str | None = None) -> dict[str, Any]:
        message = f"Refused for {asked.headers.get('authorization')}: {asked.last}"
        metadata = {"error_type": _KINDS.get(status, "invalid_request"), "flagged_input": asked.last}
        return {"error": {"code": status, "message": message, "metadata": metadata}, "user_id": "user_1"}

    def _chunk(self, choices: list[dict[str, Any]]) -> dict[str, Any]:
        return {
            "id": "gen-1",
            "object": "chat.completion.chunk",
            "created": 1,
            "model": "fake/model-1",
            "provider": "Fake",
            "choices": choices,
        }

    def _usage(self) -> dict[str, Any]:
        return {"prompt_tokens": 120, "completion_tokens": 30, "total_tokens": 150, "cost": 0.00042}


if __name__ == "__main__":
    serve(FakeOpenAI, "OPENROUTER_BASE_URL")
