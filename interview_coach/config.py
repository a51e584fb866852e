"""Environment -> frozen settings. The README's table lists every field; a test compares the two."""

from functools import cached_property
from pathlib import Path

from pydantic import AliasChoices, Field, SecretStr, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    """What the operator chose. Unknown names are ignored because the environment is shared with everything else."""

    model_config = SettingsConfigDict(
        env_file=".env", env_prefix="COACH_", extra="ignore", frozen=True, populate_by_name=True, env_ignore_empty=False
    )

    data_dir: Path = Field(default=Path("instance"), description="Folder of the database, the secret key and backups")
    database_url: str = Field(default="", description="SQLAlchemy URL; empty = SQLite in the data folder")
    provider: str = Field(
        default="auto", pattern="^(auto|offline|gemini|openrouter)$", description="Who interviews by default"
    )
    fallback: str = Field(
        default="auto",
        pattern="^(auto|ask)$",
        description="When a model fails: the built-in coach asks at once (auto), or the person chooses (ask)",
    )
    secret_key: SecretStr | None = Field(default=None, description="Signs cookies; made and kept when absent")
    limit_interviews: str = Field(default="5/minute", description="New interviews; empty = no limit")
    evaluation_batch: int = Field(default=8, ge=1, le=20, description="Answers that are judged and stored together")
    careful: bool = Field(default=False, description="A model reads every answer three times, and the spread is shown")
    limit_answers: str = Field(
        default="10/minute", description="Answers, and as often asking for marks again; empty = no limit"
    )

    gemini_api_key: SecretStr | None = Field(
        default=None, validation_alias=AliasChoices("GEMINI_API_KEY", "GOOGLE_API_KEY"), description="Key for Gemini"
    )
    gemini_base_url: str | None = Field(
        default=None, validation_alias="GOOGLE_GEMINI_BASE_URL", description="Another address for Gemini"
    )
    gemini_chat_model: str = Field(default="gemini-3.8-flash", description="Gemini model for text")
    gemini_live_model: str = Field(default="gemini-3.8-live", description="Gemini model for live voice")

    openrouter_api_key: SecretStr | None = Field(
        default=None, validation_alias="OPENROUTER_API_KEY", description="Key for OpenRouter or a compatible server"
    )
    openrouter_base_url: str = Field(
        default="https://openrouter.ai/api/v1",
        validation_alias="OPENROUTER_BASE_URL",
        description="Any OpenAI-compatible server",
    )
    openrouter_chat_model: str = Field(default="google/gemini-3-flash-preview", description="Model for text")
    openrouter_stt_model: str = Field(default="openai/whisper-large-v3-turbo", description="Model for speech to text")
    openrouter_tts_model: str = Field(default="hexgrad/kokoro-82m", description="Model for text to speech")

    speech_base_url: str = Field(
        default="", description="OpenAI-compatible server that hears and speaks; empty = OPENROUTER_BASE_URL"
    )
    speech_api_key: SecretStr | None = Field(default=None, description="Key for that server")
    voice_base_url: str = Field(
        default="", description="OpenAI-compatible server that only speaks; empty = COACH_SPEECH_BASE_URL"
    )
    voice_api_key: SecretStr | None = Field(default=None, description="Key for that server")
    gemini_live_version: str = Field(default="v1beta", description="API version for live voice with Gemini")
    thinking_seconds: float = Field(
        default=1.2,
        ge=0.4,
        le=5,
        description="Silence after which a spoken answer is finished, unless chosen otherwise",
    )
    interim_seconds: float = Field(
        default=2,
        ge=0,
        le=10,
        description="Between its pauses speech is heard and kept this often; 0 = only at pauses, which is cheaper",
    )
    least_words: int = Field(default=2, ge=1, le=10, description="Spoken words below which nothing counts as an answer")
    fillers: str = Field(default="", description="More words that are no answer, separated by commas")
    most_calls: int = Field(default=20, ge=1, le=200, description="Live calls at the same time")
    most_calls_per_person: int = Field(default=2, ge=1, le=200, description="Live calls of one person at the same time")
    limit_calls: str = Field(default="30/minute", description="Beginnings of live calls; empty = no limit")
    longest_call_minutes: int = Field(default=60, ge=5, le=240, description="After which a call ends by itself")

    @field_validator("limit_interviews", "limit_answers", "limit_calls")
    @classmethod
    def _is_limit(cls, value: str) -> str:
        from limits import parse

        if value:
            try:
                parse(value)
            except ValueError:
                raise ValueError("write it as in 5/minute, or leave it empty for no limit") from None
        return value

    @cached_property
    def is_openrouter(self) -> bool:
        """True for OpenRouter itself, False for another OpenAI-compatible server."""
        return "openrouter.ai" in self.openrouter_base_url

    @property
    def configured_providers(self) -> tuple[str, ...]:
        """Vendors that have what they need, in the order in which `auto` tries them."""
        found = []
        if self.gemini_api_key and self.gemini_api_key.get_secret_value():
            found.append("gemini")
        has_key = self.openrouter_api_key and self.openrouter_api_key.get_secret_value()
        if has_key or not self.is_openrouter:
            found.append("openrouter")
        return tuple(found)

    @property
    def default_coach(self) -> str:
        """`offline`, `gemini` or `openrouter`: what `auto` comes down to."""
        if self.provider != "auto":
            return self.provider
        return next(iter(self.configured_providers), "offline")

    @property
    def missing(self) -> str | None:
        """One sentence about what the chosen provider lacks, or None."""
        if self.provider == "gemini" and "gemini" not in self.configured_providers:
            return "COACH_PROVIDER is gemini, but GEMINI_API_KEY is not set."
        if self.provider == "openrouter" and "openrouter" not in self.configured_providers:
            return "COACH_PROVIDER is openrouter, but OPENROUTER_API_KEY is not set."
        return None
