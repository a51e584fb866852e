"""The vendors by name. Importing this imports no SDK: those take a second each."""

from collections.abc import Iterable
from typing import Any

from pydantic import SecretStr

from interview_coach.config import Settings
from interview_coach.providers import gemini, openrouter
from interview_coach.providers.base import Meter, NotConfigured, Provider

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
            return Provider(name, chat=chat)
        case "openrouter":
            _needs("COACH_OPENROUTER_CHAT_MODEL", settings.openrouter_chat_model)
            _needs("OPENROUTER_BASE_URL", settings.openrouter_base_url)
            return Provider(
                name,
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
    aclose = getattr(provider.chat, "aclose", None)
    if aclose is not None:
        await aclose()


def _secret(value: SecretStr | None) -> str | None:
    return value.get_secret_value() if value else None


def _needs(setting: str, value: str) -> None:
    if not value.strip():
        raise NotConfigured(f"{setting} is empty.")
