"""The vendors by name. Importing this imports no SDK: those take a second each."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from pydantic import SecretStr

from interview_coach.config import Settings
from interview_coach.providers import gemini, gemini_live, openrouter, speech
from interview_coach.providers.base import Ears, Meter, NotConfigured, Provider, Voice

NAMES = ("gemini", "openrouter")


def make_provider(name: str, settings: Settings, meter: Meter, **how: Any) -> Provider:
    """One vendor with everything it needs. Keep it: it owns connections and a circuit breaker.

    `how` goes to `VendorChat`: patience, breaker, clock. Raises NotConfigured when a key or a name is missing.
    """
    match name:
        case "gemini":
            _needs("COACH_GEMINI_CHAT_MODEL", settings.gemini_chat_model)
            chat = gemini.GeminiChat(
                _secret(settings.gemini_api_key),
                settings.gemini_chat_model,
                meter,
                base_url=settings.gemini_base_url,
                **how,
            )
            return Provider(name, chat=chat, live=_gemini_live(settings))
        case "openrouter":
            _needs("COACH_OPENROUTER_CHAT_MODEL", settings.openrouter_chat_model)
            _needs("OPENROUTER_BASE_URL", settings.openrouter_base_url)
            ears, voice = make_speech(settings, meter, **how)
            return Provider(
                name,
                ears=ears,
                voice=voice,
                chat=openrouter.OpenRouterChat(
                    _secret(settings.openrouter_api_key),
                    settings.openrouter_chat_model,
                    meter,
                    base_url=settings.openrouter_base_url,
                    itself=settings.is_openrouter,
                    **how,
                ),
            )
        case _:
            raise NotConfigured(f"There is no provider of this name. There are {' and '.join(NAMES)}.")


def make_speech(settings: Settings, meter: Meter, **how: Any) -> tuple[Ears | None, Voice | None]:
    """Who hears and who speaks, for any coach, also the built-in one. None for what is not configured: no server of its
    own and no OpenRouter, an empty model name, or OpenRouter without a key.

    Of `how`, patience and breaker are left out: they were made for words that are read.
    """
    how = {name: how[name] for name in ("clock", "jitter") if name in how}
    chat = _Server(settings.openrouter_base_url.strip(), _secret(settings.openrouter_api_key), "OPENROUTER_BASE_URL")
    hearing = chat.or_else(settings.speech_base_url, settings.speech_api_key, "COACH_SPEECH_BASE_URL")
    speaking = hearing.or_else(settings.voice_base_url, settings.voice_api_key, "COACH_VOICE_BASE_URL")
    ears = voice = None
    if hearing.serves(settings.openrouter_stt_model):
        ears = speech.CompatibleEars(hearing.key, settings.openrouter_stt_model, meter, **hearing.place, **how)
    if speaking.serves(settings.openrouter_tts_model):
        voice = speech.CompatibleVoice(speaking.key, settings.openrouter_tts_model, meter, **speaking.place, **how)
    return ears, voice


def warm_up(names: Iterable[str] = NAMES) -> None:
    """Import the SDKs of these vendors, about a second each. Call it from a thread when the process starts."""
    for name in names:
        match name:
            case "gemini":
                gemini.warm_up()
            case "openrouter":
                openrouter.warm_up()


async def close(provider: Provider) -> None:
    """Close a vendor's connections, on the loop that used them."""
    for part in (provider.chat, provider.ears, provider.voice, provider.live):
        aclose = getattr(part, "aclose", None)
        if aclose is not None:
            await aclose()


@dataclass(frozen=True)
class _Server:
    """`setting` is where its address comes from."""

    url: str
    key: str | None = field(repr=False)
    setting: str

    def or_else(self, url: str, key: SecretStr | None, setting: str) -> "_Server":
        """The server of these settings, or this one when they name none. A key goes only where it belongs: another
        host than this one gets none but its own."""
        url, own = url.strip(), _secret(key)
        if not url:
            return _Server(self.url, own or self.key, self.setting)
        return _Server(url, own or (self.key if _host(url) == _host(self.url) else None), setting)

    @property
    def place(self) -> dict[str, Any]:
        return {"base_url": self.url, "itself": self._is_openrouter, "setting": self.setting}

    def serves(self, model: str) -> bool:
        return bool(self.url and model.strip() and (self.key or not self._is_openrouter))

    @property
    def _is_openrouter(self) -> bool:
        return "openrouter.ai" in self.url


def _gemini_live(settings: Settings) -> gemini_live.GeminiLive | None:
    """None when the operator has taken the model's name away."""
    if not settings.gemini_live_model.strip():
        return None
    return gemini_live.GeminiLive(
        _secret(settings.gemini_api_key),
        settings.gemini_live_model,
        base_url=settings.gemini_base_url,
        version=settings.gemini_live_version,
    )


def _host(url: str) -> str:
    try:
        return urlsplit(url).netloc
    except ValueError:
        return url


def _secret(value: SecretStr | None) -> str | None:
    return value.get_secret_value() if value else None


def _needs(setting: str, value: str) -> None:
    if not value.strip():
        raise NotConfigured(f"{setting} is empty.")
