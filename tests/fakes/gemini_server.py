"""Gemini's REST wire: `models/{model}:generateContent` and `:streamGenerateContent?alt=sse`.

`python -m tests.fakes.gemini_server --port 8765 --fault hang`, then GOOGLE_GEMINI_BASE_URL=http://127.0.0.1:8765
"""

import re
from collections.abc import Iterable
from typing import Any

from tests.fakes.behaviours import good_interviewer, serve
from tests.fakes.vendor import ERROR, FILTERED, LENGTH, STOP, Asked, Behaviour, FakeVendor

_PATH = re.compile(r"/(v1|v1beta|v1alpha)/models/([^:/]+):(generateContent|streamGenerateContent)(\?alt=sse)?")
_FINISH = {STOP: "STOP", LENGTH: "MAX_TOKENS", FILTERED: "SAFETY", ERROR: "OTHER"}
_STATUS = {
    400: "INVALID_ARGUMENT",
    401: "UNAUTHENTICATED",
    402: "FAILED_PRECONDITION",
    403: "PERMISSION_DENIED",
    404: "NOT_FOUND",
    429: "RESOURCE_EXHAUSTED",
    500: "INTERNAL",
    503: "UNAVAILABLE",
}


class FakeGemini(FakeVendor):
    def __init__(self, default: Behaviour = good_interviewer, port: int = 0) -> None:
        super().__init__(default, port)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def read(self, path: str, headers: dict[str, str], body: dict[str, Any]) -> Asked | None:
        found = _PATH.fullmatch(path)
        if found is None:
            return None
        config = body.get("generationConfig", {})
        return Asked(
            path=path,
            headers=headers,
            body=body,
            stream=found.group(3) == "streamGenerateContent",
            system=_text(body.get("systemInstruction", {})),
            messages=[
                ("assistant" if turn.get("role") == "model" else "user", _text(turn)) for turn in body["contents"]
            ],
            schema=config.get("responseJsonSchema"),
        )

    def whole(self, asked: Asked, text: str, reason: str) -> dict[str, Any]:
        return {**self._candidate(text, reason), "usageMetadata": self._usage(text), "modelVersion": "fake-gemini-1"}

    def piece(self, asked: Asked, text: str) -> dict[str, Any]:
        return {**self._candidate(text, None), "modelVersion": "fake-gemini-1"}

    def finish(self, asked: Asked, reason: str) -> Iterable[dict[str, Any]]:
        yield {**self._candidate("", reason), "usageMetadata": self._usage("")}

    def error(self, asked: Asked, status: int, *, retry_info: str | None = None) -> dict[str, Any]:
        message = f"Refused for {asked.headers.get('x-goog-api-key')}: {asked.last}"
        error: dict[str, Any] = {"code": status, "message": message, "status": _STATUS.get(status, "UNKNOWN")}
        if retry_info is not None:
            error["details"] = [
                {"@type": "type.googleapis.com/google.rpc.Help"},
                {"@type": "type.googleapis.com/google.rpc.RetryInfo", "retryDelay": retry_info},
            ]
        return {"error": error}

    def bad_key(self, asked: Asked) -> dict[str, Any]:
        """What the real one says to a wrong key: a 400."""
        body = self.error(asked, 400)
        body["error"]["details"] = [
            {
                "@type": "type.googleapis.com/google.rpc.ErrorInfo",
                "reason": "API_KEY_INVALID",
                "domain": "googleapis.com",
            }
        ]
        return body

    def _candidate(self, text: str, reason: str | None) -> dict[str, Any]:
        candidate: dict[str, Any] = {"index": 0}
        if text:
            candidate["content"] = {"role": "model", "parts": [{"text": text}]}
        if reason is not None:
            candidate["finishReason"] = _FINISH[reason]
        return {"candidates": [candidate]}

    def _usage(self, text: str) -> dict[str, int]:
        return {
            "promptTokenCount": 120,
            "candidatesTokenCount": 20,
            "thoughtsTokenCount": 10,
            "totalTokenCount": 150,
        }


def _text(content: dict[str, Any]) -> str:
    return "".join(part.get("text", "") for part in content.get("parts", []))


if __name__ == "__main__":
    serve(FakeGemini, "GOOGLE_GEMINI_BASE_URL")
