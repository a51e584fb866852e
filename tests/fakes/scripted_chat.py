"""A `Chat` that says what a test wrote down, and remembers what it was told and how it was left."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from pydantic import BaseModel

from interview_coach.providers.base import Brief, ProviderError, Reply

T = TypeVar("T", bound=BaseModel)


@dataclass
class ScriptedChat:
    """Each call takes the next script: a text (cut into small pieces), pieces, an error, or pieces and an error."""

    scripts: Sequence[str | ProviderError | Sequence[str | ProviderError]]
    provider: str = "scripted"
    model: str = "scripted-1"
    hang: bool = False
    """Never end a stream: wait for ever after the last piece."""
    briefs: list[Brief] = field(default_factory=list)
    open: int = 0
    """Streams that were begun and not yet left."""
    given: int = 0
    """Pieces handed out."""

    async def reply(self, brief: Brief, *, schema: type[T] | None = None) -> Reply:
        text = "".join([piece async for piece in self.stream(brief)])
        return Reply(text, self.model, schema.model_validate_json(text) if schema else None)

    async def stream(self, brief: Brief) -> AsyncIterator[str]:
        script = self.scripts[len(self.briefs)]
        self.briefs.append(brief)
        self.open += 1
        try:
            for piece in in_pieces(script) if isinstance(script, str) else _as_list(script):
                if isinstance(piece, ProviderError):
                    raise piece
                self.given += 1
                yield piece
            if self.hang:
                await asyncio.Event().wait()
        finally:
            self.open -= 1

    @property
    def told(self) -> str:
        """All that was ever sent, system texts included."""
        return "\n".join(
            text for brief in self.briefs for text in (brief.system, *(message.text for message in brief.messages))
        )


def in_pieces(text: str, size: int = 5) -> list[str]:
    """Pieces that break words, as a vendor's tokens do."""
    return [text[at : at + size] for at in range(0, len(text), size)]


def _as_list(script: ProviderError | Sequence[str | ProviderError]) -> Sequence[str | ProviderError]:
    return [script] if isinstance(script, ProviderError) else script
