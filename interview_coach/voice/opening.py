"""What a call is about and with: read once, before it begins."""

import asyncio
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass

from flask import Flask

from interview_coach import calling
from interview_coach.calling import Conversation, Standing
from interview_coach.coach.live_prompting import Manner, live_instruction, live_label
from interview_coach.coach.model import new_nonce
from interview_coach.coaches import coaches
from interview_coach.config import Settings
from interview_coach.domain.persona import Persona
from interview_coach.domain.provenance import Provenance
from interview_coach.personas import persona
from interview_coach.providers.base import LiveBrief, LiveSession, Message, Provider
from interview_coach.voice import wire
from interview_coach.voice.cascade import Cascade
from interview_coach.voice.lasting import Lasting
from interview_coach.voice.peer import Peer
from interview_coach.voice.phrases import phrase
from interview_coach.voice.replies import Respond
from interview_coach.voice.threads import work

HELLO_SECONDS = 10.0


@dataclass(frozen=True)
class Opening:
    """One call of one person, and who holds it."""

    app: Flask
    settings: Settings
    owner: str
    interview_id: str
    hello: wire.Hello
    parts: Provider
    """`live` only where the vendor's interviewer speaks for itself."""
    standing: Standing
    conversation: Conversation | None
    """What such an interviewer must know."""
    before: tuple[Message, ...]
    """What was said last, for a session that has no memory of it."""
    persona: Persona | None
    greeting: str
    """Empty where the first question brings its own, or for a language that we do not have."""

    @property
    def is_native(self) -> bool:
        """True when the interviewer speaks for itself."""
        return self.parts.live is not None

    @property
    def thinking_seconds(self) -> float:
        """Silence that ends a turn."""
        return self.hello.options.thinking_seconds or self.settings.thinking_seconds

    @property
    def speech(self) -> str:
        """Who speaks and hears: `browser`, `server` or `none`."""
        if self.hello.options.speech == "browser":
            return "browser"
        return "server" if self.parts.live or self.parts.voice or self.parts.ears else "none"

    @property
    def voice(self) -> str:
        """Whose voice the person hears: `browser`, `server` or `none`."""
        if self.hello.options.captions_only:
            return "none"
        return "server" if self.parts.live or self.parts.voice else self.speech

    @property
    def provenance(self) -> Provenance:
        """Of a question that the live model words."""
        live = self.parts.live
        assert live is not None
        return Provenance("model", live_label(), provider=live.provider, model=live.model, prompt=live_label())

    async def history(self) -> tuple[Message, ...]:
        """What was said until now."""
        return await work(self.app, calling.history, self.owner, self.interview_id)

    def connected(
        self, respond: Respond, *, remember: Callable[[str | None], None], is_playing: Callable[[], bool]
    ) -> AbstractAsyncContextManager[LiveSession]:
        """A session with whoever holds the call. `remember` is told handles for resuming; `respond` gives the words of
        an interviewer of ours."""
        voices = self.persona.voices if self.persona else {}
        brief = LiveBrief(
            instruction=self._instruction(),
            voice=voices.get("gemini" if self.is_native else "openai", ""),
            language=self.standing.language,
            history=self.before,
            thinking_seconds=self.thinking_seconds,
            hands_free=self.hello.options.mode == "hands_free",
            barge_in=self.hello.options.barge_in,
        )
        live = self.parts.live
        if live is not None:
            return Lasting(live, brief, handle=self.standing.handle, remember=remember, history=self.history)
        return Cascade(
            self.parts.ears,
            self.parts.voice,
            brief,
            respond,
            interim_seconds=self.settings.interim_seconds,
            is_playing=is_playing,
        )

    def _instruction(self) -> str:
        if self.conversation is None:
            return ""
        manner = Manner(
            name=self.persona.name if self.persona else "the interviewer",
            style=self.persona.style if self.persona else "",
            greeting=self.greeting,
            probing=self.persona.probing if self.persona else "ask for what is missing.",
        )
        found = self.conversation
        return live_instruction(found.dossier, found.plan, found.transcript, manner, new_nonce())


async def hello(peer: Peer) -> wire.Hello:
    """The first message. Raises TimeoutError, WireError, PeerGone."""
    async with asyncio.timeout(HELLO_SECONDS):
        first = wire.parse(await peer.receive())
    if not isinstance(first, wire.Hello):
        raise wire.WireError("The first message must be hello.")
    return first


async def opening(app: Flask, owner: str, interview_id: str, said: wire.Hello) -> Opening:
    """Pick up: from here on the call has a row. Raises Problem and ProviderError."""
    settings: Settings = app.config["COACH_SETTINGS"]

    def read() -> Opening:
        parts = coaches().parts(calling.chosen_coach(owner, interview_id))
        live = parts.live if said.options.speech == "server" and not said.options.captions_only else None
        if live is None and said.options.speech == "browser":
            parts = Provider(parts.name, chat=parts.chat)
        conversation = calling.prepare(owner, interview_id) if live is not None else None
        standing = calling.pick_up(
            owner, interview_id, provider=live.provider if live else parts.name, model=live.model if live else ""
        )
        before: tuple[Message, ...] = ()
        if live is None:
            # Who only reads would wait for what nobody hears, and questions would be cut by what was not heard of them.
            voice = None if said.options.captions_only else parts.voice
            parts = Provider(parts.name, parts.chat, parts.ears, voice)
        else:
            before = calling.history(owner, interview_id)
        who = persona(standing.persona)
        greeting = _greeting(who, standing, interview_id, is_native=live is not None)
        return Opening(app, settings, owner, interview_id, said, parts, standing, conversation, before, who, greeting)

    return await work(app, read)


def _greeting(who: Persona | None, standing: Standing, interview_id: str, *, is_native: bool) -> str:
    if who is None:
        return phrase("greeting") if is_native else ""
    if not is_native and not standing.language.lower().startswith("en"):
        return ""
    return who.greetings[sum(map(ord, interview_id)) % len(who.greetings)]
