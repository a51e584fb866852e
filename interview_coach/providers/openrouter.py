"""OpenRouter, and any server that speaks OpenAI's chat completions: Ollama, llama.cpp, vLLM, LM Studio.

What to know before changing this:
- The SDK takes about a second to import, so it is imported in a thread, and only when it is first needed.
- It sends OPENAI_ORG_ID, OPENAI_PROJECT_ID and OPENAI_CUSTOM_HEADERS to any server: they are left out here.
- An error may come inside a 200, as a whole body or as an event of a stream.
- A stream that was cut ends without an exception: only the finish reason is missing.
- A server may drop an unknown parameter without a word, so the schema is checked here again.
"""

import asyncio
import os
from collections.abc import AsyncGenerator, Iterator
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel

from interview_coach.providers import verdicts
from interview_coach.providers.base import Brief, Meter, NotConfigured, ProviderError
from interview_coach.providers.calls import VendorChat
from interview_coach.providers.patience import retry_after
from interview_coach.providers.schemas import strict_schema
from interview_coach.providers.tally import Tally
from interview_coach.providers.wire import checked_key, http_client

if TYPE_CHECKING:
    from openai import AsyncOpenAI

THINKING_ROOM = 1024
"""Tokens on top of what the brief allows for words: a thinking model spends them before the first one."""


def warm_up() -> None:
    """Import the SDK: about a second, so call it from a thread."""
    import openai.resources.chat  # noqa: F401


class OpenRouterChat(VendorChat):
    """A model behind `base_url`. `itself` = OpenRouter's own service: it needs a key and knows more fields."""

    provider = "openrouter"

    def __init__(self, key: str | None, model: str, meter: Meter, *, base_url: str, itself: bool, **how: Any) -> None:
        super().__init__(meter, **how)
        self.label = "OpenRouter" if itself else "The model server"
        self.model = model
        self._key = checked_key(self.label, key)
        self._base_url = base_url
        self._itself = itself
        self._opening = asyncio.Lock()
        self._client: AsyncOpenAI | None = None
        if itself and self._key is None:
            raise NotConfigured("There is no key for OpenRouter. Set OPENROUTER_API_KEY.")

    async def _ask(self, brief: Brief, schema: type[BaseModel] | None, tally: Tally) -> str:
        client = await self._opened()
        completion = await client.chat.completions.create(**self._request(brief, schema))
        answer = _Answer(self, tally)
        text = answer.take(completion)
        answer.end()
        return text or ""

    async def _tell(self, brief: Brief, tally: Tally) -> AsyncGenerator[str, None]:
        client = await self._opened()
        request = self._request(brief, None)
        if not self._itself:
            request["stream_options"] = {"include_usage": True}
        answer = _Answer(self, tally)
        async with await client.chat.completions.create(**request, stream=True) as stream:
            async for chunk in stream:
                piece = answer.take(chunk)
                if piece is not None:
                    yield piece
        answer.end()

    def _classify(self, exc: Exception) -> ProviderError:
        import httpx2
        import openai

        if isinstance(exc, openai.APIStatusError):
            named = retry_after(exc.response.headers)
            return self._meaning(exc.body, status=exc.status_code, retry_after=named)
        if isinstance(exc, openai.APITimeoutError):
            return verdicts.unreachable(self.label)
        if isinstance(exc, openai.APIConnectionError):
            if isinstance(exc.__cause__, httpx2.UnsupportedProtocol | httpx2.InvalidURL):
                return NotConfigured("The address of the model server is not a web address. Check OPENROUTER_BASE_URL.")
            cut = isinstance(exc.__cause__, httpx2.RemoteProtocolError | httpx2.ReadError)
            return verdicts.cut(self.label) if cut else verdicts.unreachable(self.label)
        if isinstance(exc, openai.APIError) and not isinstance(exc, openai.APIResponseValidationError):
            return self._meaning(exc.body)
        if isinstance(exc, httpx2.InvalidURL):
            return NotConfigured("The address of the model server is not a web address. Check OPENROUTER_BASE_URL.")
        # Bad JSON in a body or an event is not wrapped by the SDK; neither is what it stumbles over itself.
        return verdicts.unreadable(self.label)

    def _meaning(self, error: object, *, status: int = 0, retry_after: float | None = None) -> ProviderError:
        """Of an error object, which may be all there is (inside a 200), or come with a status."""
        words = set(_words(error))
        if words & {"content_policy_violation", "refusal", "content_filter"}:
            return verdicts.withheld(self.label)
        if "insufficient_quota" in words:  # OpenAI says 429 to an empty account
            return verdicts.of_status(self.label, 402)
        status = status or next((_STATUS[word] for word in words if word in _STATUS), 0)
        numbers = (int(word) for word in words if word.isascii() and word.isdigit())
        status = status or next((number for number in numbers if 400 <= number < 600), 0)
        return verdicts.of_status(self.label, status, retry_after=retry_after)

    def _request(self, brief: Brief, schema: type[BaseModel] | None) -> dict[str, Any]:
        messages = [{"role": "system", "content": brief.system}]
        messages += [{"role": message.role, "content": message.text} for message in brief.messages]
        request: dict[str, Any] = {
            "model": self.model,
            "messages": messages,
            "max_tokens": brief.max_tokens + THINKING_ROOM,
            "temperature": brief.temperature,
        }
        if schema is not None:
            described = {"name": schema.__name__[:64], "strict": True, "schema": strict_schema(schema)}
            request["response_format"] = {"type": "json_schema", "json_schema": described}
        if not self._key:
            from openai import omit

            request["extra_headers"] = {"Authorization": omit}
        if self._itself:
            # No training on CVs. And only who really knows the schema: the others drop it and answer in prose.
            provider: dict[str, Any] = {"data_collection": "deny"}
            request["extra_body"] = {"provider": provider}
            if schema is not None:
                provider["require_parameters"] = True
            else:
                # Not beside require_parameters, which would then ask for a model that can reason.
                request["extra_body"]["reasoning"] = {"effort": "low", "exclude": True}
        return request

    async def _opened(self) -> "AsyncOpenAI":
        async with self._opening:
            if self._client is None:
                # Import and TLS set-up would hold up everything else on this loop.
                self._client = await asyncio.to_thread(self._open)
            return self._client

    def _open(self) -> "AsyncOpenAI":
        from openai import AsyncOpenAI, omit

        headers: dict[str, Any] = dict.fromkeys(_environment_headers(), omit)
        headers |= {"OpenAI-Organization": omit, "OpenAI-Project": omit}
        if self._key:
            headers["Authorization"] = f"Bearer {self._key}"  # in the environment's there may be another one
        if self._itself:
            headers |= {"HTTP-Referer": "http://localhost", "X-OpenRouter-Title": "Interview Coach"}
        return AsyncOpenAI(
            api_key=self._key or "none",
            base_url=self._base_url,
            max_retries=0,
            timeout=self._patience.total,
            default_headers=headers,
            http_client=http_client(self._patience),
        )

    async def aclose(self) -> None:
        """See `VendorChat.aclose`."""
        client, self._client = self._client, None
        if client is not None:
            await client.close()


_STATUS = {
    "authentication": 401,
    "invalid_api_key": 401,
    "payment_required": 402,
    "permission_denied": 403,
    "not_found": 404,
    "model_not_found": 404,
    "context_length_exceeded": 413,
    "rate_limit_exceeded": 429,
    "timeout": 408,
    "server": 500,
    "server_error": 500,
    "provider_overloaded": 503,
    "provider_unavailable": 503,
}


def _words(error: object) -> Iterator[str]:
    """The codes in an error object, OpenRouter's and OpenAI's: never its message, which may quote the request."""
    if not isinstance(error, dict):
        return
    metadata = error.get("metadata")
    kind = metadata.get("error_type") if isinstance(metadata, dict) else None
    for value in (kind, error.get("code"), error.get("type")):
        if isinstance(value, str | int):
            yield str(value)


def _environment_headers() -> Iterator[str]:
    for line in os.environ.get("OPENAI_CUSTOM_HEADERS", "").split("\n"):
        name, colon, _ = line.partition(":")
        if colon:
            yield name.strip()


class _Answer:
    """Reads a completion, or the chunks of one. Local servers leave fields out, so nothing is taken for granted."""

    def __init__(self, chat: OpenRouterChat, tally: Tally) -> None:
        self._chat = chat
        self._tally = tally
        self._finish: str | None = None
        self._refused = False
        self._any = False

    def take(self, message: Any) -> str | None:
        """The text in it; None when it is not part of the answer."""
        error = (getattr(message, "model_extra", None) or {}).get("error")
        if error:
            raise self._chat._meaning(error)
        usage = getattr(message, "usage", None)
        if usage is not None:
            self._tally.note(
                input_tokens=getattr(usage, "prompt_tokens", None),
                output_tokens=getattr(usage, "completion_tokens", None),
                cost_usd=getattr(usage, "cost", None),
            )
        if isinstance(model := getattr(message, "model", None), str) and model:
            self._tally.model = model
        choice = next(iter(getattr(message, "choices", None) or ()), None)
        if choice is None:
            return None
        self._any = True
        said = getattr(choice, "message", None) or getattr(choice, "delta", None)
        self._refused = self._refused or bool(getattr(said, "refusal", None))
        self._finish = getattr(choice, "finish_reason", None) or self._finish
        self._tally.finished = self._finish is not None and self._finish not in _BAD and not self._refused
        text = getattr(said, "content", None)
        return text if isinstance(text, str) else ""

    def end(self) -> None:
        """Raises unless the answer came to a good end."""
        label = self._chat.label
        if self._refused or self._finish == "content_filter":
            raise verdicts.withheld(label)
        if not self._any:
            raise verdicts.empty(label)
        if self._finish is None or self._finish == "error":
            raise verdicts.cut(label)
        if self._finish == "length":
            raise verdicts.too_long(label)
        if self._finish in _BAD:
            raise verdicts.unreadable(label)


_BAD = {"error", "length", "content_filter", "tool_calls", "function_call"}
