"""JSON Resume (schema 1.x) -> CV text.

Files in the wild are looser than the schema: numbers for strings, null for lists, one string for a list. Whatever is
of an odd type is left out; the rest is still read.
"""

import json
from typing import Annotated, Any

from pydantic import AliasChoices, BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from interview_coach.documents.limits import Limits
from interview_coach.documents.problems import Stop

_MAX_ITEMS = 2_000


def _word(value: Any) -> str:
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, bool) or value is None:
        return ""
    return str(value) if isinstance(value, int | float) else ""


def _words(value: Any) -> list[str]:
    if not isinstance(value, list):
        value = [value]
    return [word for word in map(_word, value[:_MAX_ITEMS]) if word]


def _things(value: Any) -> list[Any]:
    """Entries of a section. One entry without a list counts; a bare string stands for its name."""
    if isinstance(value, dict | str):
        value = [value]
    if not isinstance(value, list):
        return []
    entries = [{"name": entry} if isinstance(entry, str) else entry for entry in value[:_MAX_ITEMS]]
    return [entry for entry in entries if isinstance(entry, dict)]


def _thing(value: Any) -> Any:
    return value if isinstance(value, dict) else {}


Word = Annotated[str, BeforeValidator(_word)]
Words = Annotated[list[str], BeforeValidator(_words)]


class _Part(BaseModel):
    model_config = ConfigDict(extra="ignore", populate_by_name=True)


class _Place(_Part):
    address: Word = ""
    postal_code: Word = Field(default="", alias="postalCode")
    city: Word = ""
    region: Word = ""
    country: Word = Field(default="", alias="countryCode")

    def line(self) -> str:
        town = " ".join(filter(None, (self.postal_code, self.city)))
        return ", ".join(filter(None, (self.address, town, self.region, self.country)))


class _Profile(_Part):
    network: Word = ""
    username: Word = ""
    url: Word = ""


class _Basics(_Part):
    name: Word = ""
    label: Word = ""
    email: Word = ""
    phone: Word = ""
    url: Word = ""
    summary: Word = ""
    location: Annotated[_Place, BeforeValidator(_thing)] = Field(default_factory=_Place)
    profiles: Annotated[list[_Profile], BeforeValidator(_things)] = Field(default_factory=list)


class _Entry(_Part):
    """Any entry of any section: the schema's sections differ only in what they call things."""

    head: Word = Field(default="", validation_alias=AliasChoices("position", "studyType", "title", "language", "name"))
    topic: Word = Field(default="", validation_alias=AliasChoices("area", "fluency", "level"))
    place: Word = Field(
        default="",
        validation_alias=AliasChoices(
            "company", "organization", "institution", "awarder", "issuer", "publisher", "entity"
        ),
    )
    name: Word = ""
    location: Word = ""
    start: Word = Field(default="", alias="startDate")
    end: Word = Field(default="", alias="endDate")
    date: Word = Field(default="", validation_alias=AliasChoices("date", "releaseDate"))
    summary: Word = Field(default="", validation_alias=AliasChoices("summary", "description", "reference"))
    score: Word = Field(default="", validation_alias=AliasChoices("score", "gpa"))
    highlights: Words = Field(default_factory=list)
    courses: Words = Field(default_factory=list)
    keywords: Words = Field(default_factory=list)
    roles: Words = Field(default_factory=list)

    def lines(self) -> list[str]:
        """A heading with its dates, the summary, one bullet for each highlight."""
        name = self.name if self.name != self.head else ""
        head = ", ".join(filter(None, (self.head, self.topic, name, self.place, self.location)))
        if self.keywords and not self.summary and not self.highlights:
            return ["- " + (f"{head}: " if head else "") + ", ".join(self.keywords)]
        dates = self.date or " to ".join(filter(None, (self.start, self.end or ("present" if self.start else ""))))
        found = [" | ".join(filter(None, (head, dates)))]
        found += [self.summary, f"Grade: {self.score}" if self.score else "", ", ".join(self.roles)]
        found += [f"- {item}" for item in (*self.highlights, *self.courses)]
        found.append(", ".join(self.keywords))
        return [line for line in found if line]


Entries = Annotated[list[_Entry], BeforeValidator(_things)]


class _Resume(_Part):
    basics: Annotated[_Basics, BeforeValidator(_thing)] = Field(default_factory=_Basics)
    work: Entries = Field(default_factory=list)
    volunteer: Entries = Field(default_factory=list)
    projects: Entries = Field(default_factory=list)
    education: Entries = Field(default_factory=list)
    skills: Entries = Field(default_factory=list)
    certificates: Entries = Field(default_factory=list)
    awards: Entries = Field(default_factory=list)
    publications: Entries = Field(default_factory=list)
    languages: Entries = Field(default_factory=list)
    interests: Entries = Field(default_factory=list)
    references: Entries = Field(default_factory=list)


_SECTIONS = {
    "work": "Experience",
    "volunteer": "Volunteering",
    "projects": "Projects",
    "education": "Education",
    "skills": "Skills",
    "certificates": "Certificates",
    "awards": "Awards",
    "publications": "Publications",
    "languages": "Languages",
    "interests": "Interests",
    "references": "References",
}


def resume_text(data: bytes, limits: Limits) -> str:
    """A CV in the usual order of sections. Raises `Stop`."""
    try:
        found = json.loads(data, parse_constant=lambda _: None)
    except (ValueError, RecursionError) as error:
        raise Stop("bad_json") from error
    if not isinstance(found, dict):
        raise Stop("no_resume")
    try:
        resume = _Resume.model_validate(found)
    except (ValidationError, RecursionError) as error:
        raise Stop("no_resume") from error
    blocks = [_top(resume.basics)]
    for key, heading in _SECTIONS.items():
        entries: list[_Entry] = getattr(resume, key)
        bodies = ["\n".join(entry.lines()) for entry in entries]
        joint = "\n" if key in {"skills", "languages", "interests"} else "\n\n"
        body = joint.join(filter(None, bodies))
        if body:
            blocks.append(f"{heading}\n{body}")
    text = "\n\n".join(filter(None, blocks))
    if not text:
        raise Stop("no_resume")
    if len(text) > limits.characters:
        raise Stop("text")
    return text


def _top(basics: _Basics) -> str:
    lines = [basics.name, basics.label, basics.email, basics.phone, basics.location.line(), basics.url]
    for profile in basics.profiles:
        lines.append(": ".join(filter(None, (profile.network, profile.url or profile.username))))
    top = "\n".join(filter(None, lines))
    return "\n\n".join(filter(None, (top, f"Summary\n{basics.summary}" if basics.summary else "")))
