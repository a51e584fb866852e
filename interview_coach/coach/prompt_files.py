"""Prompts are files with a name and a version, so that a stored question says which words asked for it.

The rules of conduct are one file and each task another; a question stores the label of both.
"""

import hashlib
import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from string import Template

CONDUCT = "conduct"
"""The system text: rules of conduct and nothing else."""

_FILE = re.compile(r"\A---\nversion: (?P<version>[1-9]\d*)\n---\n(?P<text>.+)\Z", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Prompt:
    """One prompt file."""

    name: str
    version: int
    text: str

    @property
    def label(self) -> str:
        """Name and version as they are stored with a question, e.g. `question@3`."""
        return f"{self.name}@{self.version}"

    @property
    def fingerprint(self) -> str:
        """SHA-256 of the wording, in hex: a change of wording without a new version shows."""
        return hashlib.sha256(self.text.encode()).hexdigest()

    def fill(self, **words: str) -> str:
        """The text with every placeholder replaced. KeyError when one is missing.

        Only words of ours go in here; what others wrote travels as fenced data.
        """
        return Template(self.text).substitute(words)


def parse(name: str, raw: str) -> Prompt:
    """Read a prompt file's text. ValueError when the front matter is not `version: <number>`."""
    found = _FILE.match(raw.replace("\r\n", "\n"))
    if found is None:
        raise ValueError(f"The prompt {name} must begin with a front matter that says its version.")
    return Prompt(name, int(found["version"]), found["text"].strip())


@cache
def load(name: str) -> Prompt:
    """The prompt `name` that ships with the product."""
    return parse(name, (files(__package__) / "prompts" / f"{name}.md").read_text(encoding="utf-8"))


def names() -> tuple[str, ...]:
    """Names of every prompt that ships with the product."""
    found = (entry.name for entry in (files(__package__) / "prompts").iterdir())
    return tuple(sorted(name.removesuffix(".md") for name in found if name.endswith(".md")))
