"""Gemini through google-genai.

What to know before changing this:
- The SDK takes about a second to import, so it is imported in a thread, and only when it is first needed.
- One client is kept: a temporary one closes its connections when it is collected, in the middle of a request.
- The API version is the SDK's choice (v1; GOOGLE_GENAI_API_VERSION=beta for models that are only there).
- `.text` and `.parsed` hide why there is nothing; the parts and the finish reason say it.
- Thinking counts towards `max_output_tokens`.
- Dropping the SDK's stream leaves the request open (its generators hold each other), so we close the response.
"""

import asyncio
import re
from collections.abc import AsyncGenerator
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel

from interview_coach.providers import verdicts
from interview_coach.providers.base import Brief, Meter, NotConfigured, ProviderError
from interview_coach.providers.calls import VendorChat
from interview_coach.providers.patience import Patience, retry_after
from interview_coach.providers.schemas import strict_schema
from interview_coach.providers.tally import Tally
from interview_coach.providers.wire import checked_key, held, http_client

if TYPE_CHECKING:
    import httpx2
    from google import genai
    from google.genai import types

THINKING_ROOM = 1024
"""Tokens on top of what the brief allows for words."""

_BLOCKED = {"SAFETY", "RECITATION", "LANGUAGE", "BLOCKLIST", "PROHIBITED_CONTENT", "SPII", "ESCALATION"}


def warm_up() -> None:
    """Import the SDK: about a second, so call it from a thread."""
    import google.genai.types  # noqa: F401


class GeminiChat(VendorChat):
    """A Gemini model. `base_url` None = Google's, or what the SDK finds in GOOGLE_GEMINI_BASE_URL."""

    provider = "gemini"
    label = "Gemini"

    def __init__(self, key: str | None, model: str, meter: Meter, *, base_url: str | None = None, **how: Any) -> None:
        super().__init__(meter, **how)
        self.model = model
        usable = checked_key(self.label, key)
        if usable is None:
            raise NotConfigured("There is no key for Gemini. Set GEMINI_API_KEY.")
        self._key = usable
        self._base_url = base_url
        self._opening = asyncio.Lock()
        self._client: genai.Client | None = None
        self._http: httpx2.AsyncClient | None = None

    async def _ask(self, brief: Brief, schema: type[BaseModel] | None, tally: Tally) -> str:
        client = await self._opened()
        response = await client.aio.models.generate_content(
            model=self.model, contents=_contents(brief), config=self._config(brief, schema)
        )
        answer = _Answer(self.label, tally)
        text = answer.take(response)
        answer.end()
        return text

    async def _tell(self, brief: Brief, tally: Tally) -> AsyncGenerator[str, None]:
        client = await self._opened()
        responses: list[httpx2.Response] = []
        held.set(responses)
        try:
            answer = _Answer(self.label, tally)
            stream = await client.aio.models.generate_content_stream(
                model=self.model, contents=_contents(brief), config=self._config(brief, None)
            )
            async for chunk in stream:
                yield answer.take(chunk)
            answer.end()
        finally:
            for response in responses:
                await response.aclose()

    def _classify(self, exc: Exception) -> ProviderError:
        import httpx2
        from google.genai import errors

        if isinstance(exc, errors.APIError):
            status = exc.code if isinstance(exc.code, int) else 0
            if status == 400 and _reason(exc.details) in {"API_KEY_INVALID", "API_KEY_EXPIRED"}:
                status = 401
            named = _retry_info(exc.details)
            if named is None and isinstance(exc.response, httpx2.Response):
                named = retry_after(exc.response.headers)
            return verdicts.of_status(self.label, status, retry_after=named)
        if isinstance(exc, httpx2.UnsupportedProtocol | httpx2.InvalidURL):
            return NotConfigured("The address for Gemini is not a web address. Check GOOGLE_GEMINI_BASE_URL.")
        if isinstance(exc, httpx2.DecodingError):
            return verdicts.unreadable(self.label)
        if isinstance(exc, httpx2.RemoteProtocolError | httpx2.ReadError):
            return verdicts.cut(self.label)
        if isinstance(exc, httpx2.HTTPError | OSError):
            return verdicts.unreachable(self.label)
        # Bad JSON, a body that is no answer, or one that the SDK's own code stumbles over (TypeError, ValidationError).
        return verdicts.unreadable(self.label)

    def _config(self, brief: Brief, schema: type[BaseModel] | None) -> "types.GenerateContentConfig":
        from google.genai import types

        config = types.GenerateContentConfig(
            system_instruction=brief.system,
            temperature=brief.temperature,
            max_output_tokens=brief.max_tokens + THINKING_ROOM,
            automatic_function_calling=types.AutomaticFunctionCallingConfig(disable=True),
        )
        generation = re.match(r"(?:models/)?gemini-(\d+)", self.model)
        if generation and int(generation.group(1)) >= 3:
            # Older models refuse the field; newer ones think at length before a one-line question without it.
            config.thinking_config = types.ThinkingConfig(thinking_level=types.ThinkingLevel.LOW)
        if schema is not None:
            config.response_mime_type = "application/json"
            config.response_json_schema = strict_schema(schema)
        return config

    async def _opened(self) -> "genai.Client":
        async with self._opening:
            if self._client is None:
                # Import and TLS set-up would hold up everything else on this loop.
                client, self._http = await asyncio.to_thread(_open, self._key, self._base_url, self._patience)
                self._client = client
            return self._client

    async def aclose(self) -> None:
        """See `VendorChat.aclose`."""
        client, http, self._client, self._http = self._client, self._http, None, None
        if http is not None:
            await http.aclose()
        if client is not None:
            client.close()


def _open(key: str, base_url: str | None, patience: Patience) -> "tuple[genai.Client, httpx2.AsyncClient]":
    from google import genai
    from google.genai import types

    http = http_client(patience)
    # A client of our own also keeps the SDK from turning to aiohttp where that is installed.
    options = types.HttpOptions(base_url=base_url or None, httpx_async_client=http)
    return genai.Client(enterprise=False, api_key=key, http_options=options), http


def _contents(brief: Brief) -> "list[types.ContentUnion]":
    from google.genai import types

    roles = {"assistant": "model"}
    return [
        types.Content(role=roles.get(message.role, "user"), parts=[types.Part(text=message.text)])
        for message in brief.messages
    ]


class _Answer:
    """Reads responses: the only one, or the pieces of a stream."""

    def __init__(self, label: str, tally: Tally) -> None:
        self._label = label
        self._tally = tally
        self._finish: str | None = None
        self._blocked = False
        self._any = False

    def take(self, response: "types.GenerateContentResponse") -> str:
        usage = response.usage_metadata
        if usage is not None:
            thought = usage.thoughts_token_count or 0
            words = usage.candidates_token_count
            self._tally.note(
                input_tokens=usage.prompt_token_count, output_tokens=None if words is None else words + thought
            )
        if response.model_version:
            self._tally.model = response.model_version
        if response.prompt_feedback is not None and response.prompt_feedback.block_reason:
            self._blocked = True
        text = ""
        for candidate in (response.candidates or [])[:1]:
            self._any = True
            parts = candidate.content.parts if candidate.content else None
            text = "".join(part.text for part in parts or [] if part.text and not part.thought)
            if candidate.finish_reason is not None:
                self._finish = getattr(candidate.finish_reason, "value", str(candidate.finish_reason))
        self._tally.finished = self._finish == "STOP" and not self._blocked
        return text

    def end(self) -> None:
        """Raises unless the answer came to a good end. Only now, so that a stream is read to its end."""
        if self._blocked or self._finish in _BLOCKED:
            raise verdicts.withheld(self._label)
        if self._finish == "MAX_TOKENS":
            raise verdicts.too_long(self._label)
        if not self._any:
            raise verdicts.empty(self._label)
        if self._finish is None:
            raise verdicts.cut(self._label)
        if self._finish != "STOP":
            raise verdicts.unreadable(self._label)


def _details(body: object) -> list[dict[str, Any]]:
    error = body.get("error", body) if isinstance(body, dict) else None
    details = error.get("details") if isinstance(error, dict) else None
    return [item for item in details if isinstance(item, dict)] if isinstance(details, list) else []


def _reason(body: object) -> str | None:
    return next((item["reason"] for item in _details(body) if isinstance(item.get("reason"), str)), None)


def _retry_info(body: object) -> float | None:
    """Seconds in a google.rpc.RetryInfo ("7s", "7.5s"), which the SDK's own retries do not read."""
    for item in _details(body):
        delay = item.get("retryDelay")
        if isinstance(delay, str) and (found := re.fullmatch(r"(\d+(?:\.\d+)?)s", delay.strip())):
            return float(found.group(1))
    return None
