"""Which coach takes a turn: the offline one, or one that prompts a configured provider. Clients live as long as the
process."""

import threading

from flask import current_app

from interview_coach.coach.base import Assessor, Interviewer
from interview_coach.config import Settings
from interview_coach.metering import meter
from interview_coach.providers.base import Chat, NotConfigured, Provider, ProviderError

OFFLINE = "offline"
NAMES = ("auto", OFFLINE, "gemini", "openrouter")


class Coaches:
    """The coaches of one application."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._lock = threading.Lock()
        self._chats: dict[str, Chat] = {}
        self._parts: dict[str, Provider] = {}

    def resolve(self, name: str) -> str:
        """`auto` -> the first configured one."""
        return self._settings.default_coach if name == "auto" else name

    def interviewer(self, name: str) -> Interviewer:
        """Who asks. A provider that is not configured raises `NotConfigured` with a sentence."""
        from interview_coach.coach.rules.interviewer import RulesInterviewer

        name = self.resolve(name)
        if name == OFFLINE:
            return RulesInterviewer()
        from interview_coach.coach.model import ModelInterviewer

        return ModelInterviewer(self._chat(name), fall_back=self._settings.fallback == "auto")

    def assessor(self, name: str = OFFLINE, runs: int = 1) -> Assessor:
        """Who judges; a model reads each answer `runs` times. A provider that is not configured raises
        `NotConfigured`."""
        name = self.resolve(name)
        if name == OFFLINE:
            from interview_coach.coach.rules.assessor import RulesAssessor

            return RulesAssessor()
        from interview_coach.coach.model_assessor import ModelAssessor

        return ModelAssessor(self._chat(name), runs=runs)

    def use(self, name: str, chat: Chat) -> None:
        """Reach this provider through `chat` from now on."""
        with self._lock:
            self._chats[name] = chat

    def is_configured(self, name: str) -> bool:
        """True when this coach can be asked for."""
        return self.resolve(name) in (OFFLINE, *self._settings.configured_providers)

    def parts(self, name: str) -> Provider:
        """What this coach can do aloud: `live`, or `ears` and `voice`, or neither. Made once and kept."""
        from interview_coach.providers.registry import make_provider, make_speech

        name = self.resolve(name)
        with self._lock:
            if name not in self._parts:
                if name == OFFLINE:
                    ears, voice = make_speech(self._settings, meter)
                    self._parts[name] = Provider(OFFLINE, ears=ears, voice=voice)
                else:
                    self._parts[name] = make_provider(name, self._settings, meter)
            return self._parts[name]

    def can_call(self, name: str) -> bool:
        """True when something here hears or speaks for this coach; otherwise the person's browser must."""
        try:
            return bool(self.parts(name).voice) or self.can_hear(name)
        except ProviderError:
            return False

    def can_hear(self, name: str) -> bool:
        """True when something here hears what is said to this coach."""
        try:
            parts = self.parts(name)
        except ProviderError:
            return False
        return bool(parts.live or parts.ears)

    def use_parts(self, name: str, parts: Provider) -> None:
        """Hear and speak through these from now on."""
        with self._lock:
            self._parts[name] = parts

    def _chat(self, name: str) -> Chat:
        from interview_coach.providers.registry import make_provider

        with self._lock:
            if name not in self._chats:
                chat = make_provider(name, self._settings, meter).chat
                if chat is None:
                    raise NotConfigured("This interviewer cannot hold a written interview.")
                self._chats[name] = chat
            return self._chats[name]


def coaches() -> Coaches:
    """The coaches of the current application."""
    found: Coaches = current_app.extensions["coaches"]
    return found
