"""The HTTP client that both SDKs get from us."""

from contextvars import ContextVar
from typing import TYPE_CHECKING

from interview_coach.providers.base import NotConfigured
from interview_coach.providers.patience import Patience

if TYPE_CHECKING:
    import httpx2

held: "ContextVar[list[httpx2.Response] | None]" = ContextVar("held", default=None)
"""Set to a list to be given the responses that open in this context, in order to close them for certain."""


def http_client(patience: Patience) -> "httpx2.AsyncClient":
    """Belongs to the event loop of its first request.

    - No redirects: a redirect to another host would carry the key in Gemini's header along.
    - google-genai overwrites the connect time-out on each request, so it is set again on the way out.
    """
    import httpx2

    async def hurry(request: httpx2.Request) -> None:
        limits = {"read": patience.total, "write": patience.total}
        request.extensions["timeout"] = {**limits, "connect": patience.connect, "pool": patience.connect}

    async def hold(response: httpx2.Response) -> None:
        responses = held.get()
        if responses is not None:
            responses.append(response)

    return httpx2.AsyncClient(follow_redirects=False, event_hooks={"request": [hurry], "response": [hold]})


def checked_key(label: str, key: str | None) -> str | None:
    """The key without the blanks of a careless paste; None when there is none.

    Raises NotConfigured for one that cannot travel in a header: found later, the error would quote it.
    """
    key = (key or "").strip()
    if not (key.isascii() and key.isprintable() and " " not in key):
        raise NotConfigured(f"The key for {label} holds characters that no key has. Paste it again.")
    return key or None
