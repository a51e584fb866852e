"""The seam of wires: text and audio in, text and audio out.

ProviderError
  NotConfigured   a key or a model name is missing: ask the operator
  Refused         the vendor says no and will say no again (401, 402, 403, 404, blocked): do not retry
  Throttled       come back after `retry_after` seconds
  Unavailable     down, slow or cut off: another try may work
  BadReply        an answer came, and it is unusable (empty, not the schema, an error in a 200 that names no cause)
"""

from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager
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
class Frame:
    """Sound: mono PCM, signed 16 bit little-endian. No repr of the bytes: it is somebody's voice."""

    pcm: bytes = field(repr=False)
    rate: int
    """Hertz."""

    @property
    def seconds(self) -> float:
        return len(self.pcm) / 2 / self.rate


@dataclass(frozen=True, slots=True)
class Image:
    """One picture of the person's screen or camera, as JPEG."""

    jpeg: bytes = field(repr=False)


class Ears(Protocol):
    """Speech to text."""

    async def transcribe(self, speech: Frame, *, language: str) -> str:
        """The words of one stretch of speech; empty when there are none. Raises a ProviderError."""
        ...


class Voice(Protocol):
    """Text to speech."""

    def speak(self, text: str, *, voice: str, language: str) -> AsyncIterator[Frame]:
        """Sound as it comes, each frame with its own rate. Closing the iterator cancels the request."""
        ...


@dataclass(frozen=True, slots=True)
class LiveBrief:
    """What the interviewer of a spoken interview is told, and how it listens."""

    instruction: str = field(repr=False)
    voice: str
    """A name that the vendor knows; empty = the vendor's first."""
    language: str
    """BCP 47 tag."""
    history: tuple[Message, ...] = field(default=(), repr=False)
    """What a session that knows nothing must know: the last messages, the first by the `user`."""
    thinking_seconds: float = 1.2
    """Silence after which the person has finished."""
    hands_free: bool = True
    """False = push to talk: only `end_turn` ends a turn."""
    barge_in: bool = True
    """False = the interviewer speaks to the end."""


@dataclass(frozen=True, slots=True)
class Heard:
    """Words of the person. Pieces join without a separator. `final`: nothing more of this stretch will change."""

    text: str = field(repr=False)
    final: bool = False


@dataclass(frozen=True, slots=True)
class Interim:
    """Words of the person behind all that was `Heard`, which may still change: each replaces the one before, and the
    next `Heard` all of them. Only `voice.cascade` says this."""

    text: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Said:
    """Words of the interviewer; pieces join without a separator."""

    text: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Voiced:
    """Sound of the interviewer."""

    frame: Frame


@dataclass(frozen=True, slots=True)
class Interrupted:
    """The person spoke over the interviewer: what has not been played yet is to be dropped."""


@dataclass(frozen=True, slots=True)
class TurnEnded:
    """The interviewer has nothing more to say in this turn. `reason` as the vendor names it, if it does."""

    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Resumable:
    """A session can be resumed with this handle. None = not at this moment; the handle before still holds."""

    handle: str | None = field(repr=False)


@dataclass(frozen=True, slots=True)
class Expiring:
    """The vendor will close the connection in so many seconds."""

    seconds: float


@dataclass(frozen=True, slots=True)
class Metered:
    """What was used since the last one."""

    usage: Usage


@dataclass(frozen=True, slots=True)
class Reconnecting:
    """The connection to the vendor is lost and being made again. Only `voice.lasting` says this."""


@dataclass(frozen=True, slots=True)
class Reconnected:
    """It is back. `resumed` False: a new session, told what was said before."""

    resumed: bool


@dataclass(frozen=True, slots=True)
class Trouble:
    """A part failed and the session goes on without it. `ears`: the last words could not be heard; `voice`: words are
    said without sound; `model`: there is no reply. Only `voice.cascade` says this."""

    part: str
    error: ProviderError


LiveEvent = (
    Heard
    | Interim
    | Said
    | Voiced
    | Interrupted
    | TurnEnded
    | Resumable
    | Expiring
    | Metered
    | Reconnecting
    | Reconnected
    | Trouble
)


class LiveSession(Protocol):
    """One spoken conversation. All calls on one event loop. After the connection is gone they raise a ProviderError."""

    async def hear(self, frame: Frame) -> None:
        """A piece of the microphone, 16 kHz."""
        ...

    async def see(self, image: Image) -> None:
        """A picture of the screen. Ignored by sessions that cannot see."""
        ...

    async def tell(self, text: str) -> None:
        """Words that the person typed, or a note by us. The interviewer answers."""
        ...

    async def end_turn(self) -> None:
        """The person has finished speaking, whatever the silence says."""
        ...

    def events(self) -> AsyncIterator[LiveEvent]:
        """What happens, until the session ends (the iterator ends) or is lost (it raises a ProviderError)."""
        ...


class Live(Protocol):
    """A vendor that holds spoken conversations."""

    @property
    def provider(self) -> str: ...

    @property
    def model(self) -> str: ...

    @property
    def sees(self) -> bool:
        """True when `see` shows pictures to the interviewer."""
        ...

    def connect(self, brief: LiveBrief, *, resume: str | None = None) -> AbstractAsyncContextManager[LiveSession]:
        """Open a session. `resume` is a handle from `Resumable`; Refused when the vendor does not take it any more."""
        ...


@dataclass(frozen=True, slots=True)
class Provider:
    """A bundle of parts; a capability is a part being present."""

    name: str
    chat: Chat | None = None
    ears: Ears | None = None
    voice: Voice | None = None
    live: Live | None = None
