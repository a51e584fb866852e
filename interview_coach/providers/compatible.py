"""What every call to a server of OpenAI's kind has in common: the client, and what its failures mean.

- The SDK takes about a second to import, so it is imported in a thread, and only when it is first needed.
- It sends OPENAI_ORG_ID, OPENAI_PROJECT_ID and OPENAI_CUSTOM_HEADERS to any server: they are left out here.
"""

import asyncio
import os
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from interview_coach.providers import verdicts
from interview_coach.providers.base import Meter, NotConfigured, ProviderError
from interview_coach.providers.calls import VendorCalls
from interview_coach.providers.patience import retry_after
from interview_coach.providers.wire import checked_key, http_client

if TYPE_CHECKING:
    from openai import AsyncOpenAI


class CompatibleCalls(VendorCalls):
    """Calls to `base_url`. `itself` = OpenRouter's own service: it needs a key. `setting` names where the address
    comes from, `label` the server in sentences."""

    provider = "openrouter"

    def __init__(
        self,
        key: str | None,
        model: str,
        meter: Meter,
        *,
        base_url: str,
        itself: bool,
        label: str = "The model server",
        setting: str = "OPENROUTER_BASE_URL",
        **how: Any,
    ) -> None:
        super().__init__(meter, **how)
        self.label = "OpenRouter" if itself else label
        self.model = model
        self._key = checked_key(self.label, key)
        self._base_url = base_url
        self._itself = itself
        self._whom = label[:1].lower() + label[1:]
        self._setting = setting
        self._opening = asyncio.Lock()
        self._client: AsyncOpenAI | None = None
        if itself and self._key is None:
            raise NotConfigured("There is no key for OpenRouter. Set OPENROUTER_API_KEY.")

    @property
    def _extra_headers(self) -> dict[str, Any]:
        """For each request: without a key the SDK would send one of its own making."""
        if self._key:
            return {}
        from openai import omit

        return {"Authorization": omit}

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

    def _classify(self, exc: Exception) -> ProviderError:
        import httpx2
        import openai

        if isinstance(exc, openai.APIStatusError):
            named = retry_after(exc.response.headers)
            return self.meaning(exc.body, status=exc.status_code, retry_after=named)
        if isinstance(exc, openai.APITimeoutError):
            return verdicts.unreachable(self.label)
        if isinstance(exc, openai.APIConnectionError):
            if isinstance(exc.__cause__, httpx2.UnsupportedProtocol | httpx2.InvalidURL):
                return NotConfigured(f"The address of {self._whom} is not a web address. Check {self._setting}.")
            cut = isinstance(exc.__cause__, httpx2.RemoteProtocolError | httpx2.ReadError)
            return verdicts.cut(self.label) if cut else verdicts.unreachable(self.label)
        if isinstance(exc, openai.APIError) and not isinstance(exc, openai.APIResponseValidationError):
            return self.meaning(exc.body)
        if isinstance(exc, httpx2.InvalidURL):
            return NotConfigured(f"The address of {self._whom} is not a web address. Check {self._setting}.")
        if isinstance(exc, httpx2.TimeoutException):
            return verdicts.too_slow(self.label)
        if isinstance(exc, httpx2.TransportError):  # a streamed body lets the transport's own errors through
            return verdicts.cut(self.label)
        # Bad JSON in a body or an event is not wrapped by the SDK; neither is what it stumbles over itself.
        return verdicts.unreadable(self.label)

    def meaning(self, error: object, *, status: int = 0, retry_after: float | None = None) -> ProviderError:
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
