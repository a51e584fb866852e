"""The settings for a person: loaded with sentences instead of a traceback, shown with every secret masked."""

import re

from pydantic import AliasChoices, SecretStr, ValidationError

from interview_coach.commands.words import Stop
from interview_coach.config import Settings


def load() -> Settings:
    """The settings in effect; `Stop` names every value that cannot be used, and never shows a value."""
    try:
        return Settings()
    except ValidationError as error:
        lines = []
        for fault in error.errors(include_input=False, include_url=False):
            field = str(fault["loc"][0])
            name = " or ".join(environment_names(field)) if field in Settings.model_fields else field
            lines.append(f"{name} cannot be used: {_plain(fault['type'], fault['msg'], fault.get('ctx', {}))}")
        raise Stop("\n".join(lines)) from None


def _plain(kind: str, message: str, context: dict[str, object]) -> str:
    pattern = str(context.get("pattern", ""))
    if kind == "string_pattern_mismatch" and re.fullmatch(r"\^\([\w|]+\)\$", pattern):
        return f"it must be one of {', '.join(pattern[2:-2].split('|'))}."
    if kind == "value_error":  # a sentence of ours
        return f"{message.removeprefix('Value error, ')}."
    return f"{message[0].lower()}{message[1:]}."


def environment_names(field: str) -> tuple[str, ...]:
    """The names of the environment that set this field, the first one winning."""
    alias = Settings.model_fields[field].validation_alias
    if alias is None:
        return (f"{Settings.model_config['env_prefix']}{field}".upper(),)
    if isinstance(alias, AliasChoices):
        return tuple(str(choice) for choice in alias.choices)
    return (str(alias),)


def masked(value: object) -> str:
    """Fit for a screen: a secret shows only that it is there, an address without its password."""
    if isinstance(value, SecretStr):
        return "set" if value.get_secret_value() else "not set"
    if value is None or value == "":
        return "not set"
    return re.sub(r"(//[^/@:]*):[^/@]*@", r"\1:***@", str(value))
