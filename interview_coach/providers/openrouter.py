"""OpenRouter, and any server that speaks OpenAI's chat completions: Ollama, llama.cpp, vLLM, LM Studio.

What to know before changing this:
- An error may come inside a 200, as a whole body or as an event of a stream.
- A stream that was cut ends without an exception: only the finish reason is missing.
- A server may drop an unknown parameter without a word, so the schema is checked here again.
"""

from collections.abc import AsyncGenerator
from typing import Any

from pydantic import BaseModel

from interview_coach.providers import verdicts
from interview_coach.providers.base import Brief
from interview_coach.providers.calls import VendorChat
from interview_coach.providers.compatible import CompatibleCalls
from interview_coach.providers.schemas import strict_schema
from interview_coach.providers.tally import Tally

THINKING_ROOM = 1024
"""Tokens on top of what the brief allows for words: a thinking model spends them before the first one."""


def warm_up() -> None:
    """Import the SDK: about a second, so call it from a thread."""
    import openai.resources.chat  # noqa: F401


class OpenRouterChat(CompatibleCalls, VendorChat):
    """A model behind `base_url`. `itself` = OpenRouter's own service: it needs a key and knows more fields."""

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
        if headers := self._extra_headers:
            request["extra_headers"] = headers
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
            raise self._chat.meaning(error)
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
