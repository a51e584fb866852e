"""The seam of wires: text and audio in, text and audio out.

ProviderError
  NotConfigured   a key or a model name is missing: ask the operator
  Refused         the vendor says no and will say no again (401, 402, 403, 404, blocked): do not retry
  Throttled       come back after `retry_after` seconds
  Unavailable     down, slow or cut off: another try may work
  BadReply        an answer came, and it is unusable (empty, not the schema, an error in a 200 that names no cause)
"""

from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import Protocol, TypeVar

from pydantic import BaseModel

T = TypeVar("T", bound=BaseModel)


class ProviderError(Exception):
    """`message` is a sentence for a person; it never holds a key, a CV or an answer."""

    def __init__(self, message: str, *, retry_after: float | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.retry_after = retry_after


class NotConfigured(ProviderError):
    """Something is missing in the settings."""


class Refused(ProviderError):
    """The vendor will not serve this request, now or later."""


class Throttled(ProviderError):
    """Too many requests; `retry_after` seconds when the vendor said so."""


class Unavailable(ProviderError):
    """No usable connection, a time-out, or a stream that was cut."""


class BadReply(ProviderError):
    """A reply that cannot be used."""


@dataclass(frozen=True, slots=True)
class Message:
    """`role` is `user` or `assistant`."""

    role: str
    text: str


@dataclass(frozen=True, slots=True)
class Brief:
    """What a model is told. Documents and answers travel in `messages`, never in `system`."""

    system: str
    messages: tuple[Message, ...]
    max_tokens: int
    temperature: float = 0.7
    purpose: str = "question"
    """Names the call in the record of usage."""


@dataclass(frozen=True, slots=True)
class Usage:
    """What a call used. None = the vendor did not say."""

    provider: str
    model: str
    purpose: str
    seconds: float
    input_tokens: int | None = None
    output_tokens: int | None = None
    cost_usd: float | None = None
    outcome: str = "ok"
    """`ok`, `cancelled` or the name of the error class."""


@dataclass(frozen=True, slots=True)
class Reply:
    """A whole reply. `parsed` is set when a schema was asked for."""

    text: str
    model: str
    parsed: BaseModel | None = None
    usage: Usage | None = field(default=None, compare=False)


class Meter(Protocol):
    """Told about every call, also the failed ones."""

    def __call__(self, usage: Usage) -> None: ...


class Chat(Protocol):
    """A text model."""

    @property
    def provider(self) -> str: ...

    @property
    def model(self) -> str: ...

    async def reply(self, brief: Brief, *, schema: type[T] | None = None) -> Reply:
        """The whole reply, validated against `schema` when given."""
        ...

    def stream(self, brief: Brief) -> AsyncIterator[str]:
        """Pieces of the reply as they come. Closing the iterator cancels the request."""
        ...


@dataclass(frozen=True, slots=True)
class Provider:
    """A bundle of parts; a capability is a part being present. Ears, Voice and Live come with live voice."""

    name: str
    chat: Chat | None = None
