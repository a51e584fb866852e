"""Who asked or scored."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Provenance:
    """`coach` is `rules` or `model`; `version` is the rules' version or the prompt's; a fallback says so."""

    coach: str
    version: str
    provider: str | None = None
    model: str | None = None
    prompt: str | None = None
    """Name and version of the prompt file, e.g. `question@3`."""
    fallback: bool = False
    """True when the rules took a turn that a model was asked for."""
    reason: str | None = None
    """Why there was a fallback, in words for a person."""

    @property
    def hand(self) -> tuple[str | None, ...]:
        """Equal for marks that are one measure: of the same rules, or of the same model by the same prompt."""
        return (self.coach, self.version, self.provider, self.model, self.prompt)
