"""The interviewers that one can choose. Data in `data/personas.toml`, checked when it is read."""

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib import resources
from typing import Any

from interview_coach.domain.persona import Persona

SURPRISE = "surprise"
"""Whoever comes."""
MANNERS = ("warm", "direct", "calm", "formal")
GEMINI_VOICES = frozenset([
    "Zephyr", "Puck", "Charon", "Kore", "Fenrir", "Leda", "Orus", "Aoede", "Callirrhoe", "Autonoe", "Enceladus",
    "Iapetus", "Umbriel", "Algieba", "Despina", "Erinome", "Algenib", "Rasalgethi", "Laomedeia", "Achernar", "Alnilam",
    "Schedar", "Gacrux", "Pulcherrima", "Achird", "Zubenelgenubi", "Vindemiatrix", "Sadachbia", "Sadaltager", "Sulafat",
])  # fmt: skip
_VOICES = {
    "gemini": re.compile("|".join(sorted(GEMINI_VOICES))),
    "openai": re.compile(r"[ab][fm]_[a-z]+"),
    "browser": re.compile(r"[a-z]{2}-[A-Z]{2}"),
}
_TEXTS = ("name", "about", "style", "probing", "manner")
_LONGEST = 200


class BadPersona(ValueError):
    """The data of an interviewer cannot be used. Says whose and why."""


def read(text: str) -> dict[str, Persona]:
    """Interviewers by id, in the order of the file. Raises BadPersona for anything missing, unknown or too long."""
    found = {key: _persona(key, table) for key, table in tomllib.loads(text).items()}
    for what, values in (
        ("name", [item.name for item in found.values()]),
        *(
            (f"{provider} voice", [item.voices[provider] for item in found.values()])
            for provider in ("gemini", "openai")
        ),
    ):
        double = {value for value in values if values.count(value) > 1}
        if double:
            raise BadPersona(f"Two interviewers have the same {what}: {', '.join(sorted(double))}.")
    return found


def _persona(key: str, table: Any) -> Persona:
    if not re.fullmatch(r"[a-z]{2,32}", key) or key in (SURPRISE, "default"):
        raise BadPersona(f"{key}: an id is 2 to 32 small letters, and not {SURPRISE} or default.")
    if not isinstance(table, dict) or set(table) != {*_TEXTS, "greetings", "voices"}:
        raise BadPersona(f"{key}: needs exactly {', '.join(_TEXTS)}, greetings and voices.")
    greetings, voices = table["greetings"], table["voices"]
    if not isinstance(greetings, list) or not greetings:
        raise BadPersona(f"{key}: needs at least one greeting.")
    for text in (*(table[name] for name in _TEXTS), *greetings):
        if not isinstance(text, str) or not text.strip() or len(text) > _LONGEST or "$" in text:
            raise BadPersona(f"{key}: every text has 1 to {_LONGEST} characters and no dollar sign.")
    if any("?" in text or table["name"] not in text for text in greetings):
        raise BadPersona(f"{key}: a greeting tells the name and asks nothing.")
    if table["manner"] not in MANNERS:
        raise BadPersona(f"{key}: the manner is one of {', '.join(MANNERS)}.")
    if not isinstance(voices, dict) or set(voices) != set(_VOICES):
        raise BadPersona(f"{key}: needs a voice for {', '.join(_VOICES)}.")
    for provider, pattern in _VOICES.items():
        if not isinstance(voices[provider], str) or not pattern.fullmatch(voices[provider]):
            raise BadPersona(f"{key}: {voices[provider]} is no voice of {provider}.")
    return Persona(
        id=key,
        **{name: table[name] for name in _TEXTS},
        greetings=tuple(greetings),
        voices=dict(voices),
    )


@cache
def personas() -> Mapping[str, Persona]:
    """All by id, in the order in which they are offered."""
    return read((resources.files("interview_coach") / "data" / "personas.toml").read_text("utf-8"))


def persona(id: str) -> Persona | None:
    """The interviewer of this id; None for an empty one, and for one that a later version may not have any more."""
    return personas().get(id)


def surprise(seed: int) -> Persona:
    """One of them. The same seed gives the same."""
    every = tuple(personas().values())
    return every[seed % len(every)]


def names() -> str:
    """What may be chosen, as a list for a sentence."""
    return ", ".join([*personas(), SURPRISE])
