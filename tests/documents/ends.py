"""How the reading of a document ends, and that it ends well."""

import re
from dataclasses import dataclass, replace

from interview_coach.documents import jail
from interview_coach.documents.cleaning import clean_text
from interview_coach.documents.errors import DocumentProblem, TooLarge, Unreadable
from interview_coach.documents.limits import DEFAULT_LIMITS
from interview_coach.documents.reading import read_upload
from tests.documents.corpus import Document

UNHURRIED = replace(DEFAULT_LIMITS, wall_seconds=250.0)
"""What the processor does is limited, not how busy it is."""


@dataclass
class End:
    """How the reading of one document ended."""

    text: str | None
    problem: DocumentProblem | None
    peak_bytes: int


def read(document: Document) -> End:
    data = document.make()
    children: list[jail.Parsed] = []
    text, problem = None, None
    try:
        text = read_upload(data, document.name, UNHURRIED, watch=children.append)
    except DocumentProblem as found:
        problem = found
    return End(text, problem, max((c.peak_bytes or 0 for c in children), default=0))


def assert_ended_well(document: Document, end: End) -> None:
    """In text or in a clear sentence, whichever is right, and within memory."""
    assert end.peak_bytes <= DEFAULT_LIMITS.memory_bytes
    if end.text is not None:
        assert document.outcome in {"text", ""}
        assert any(character.isalnum() for character in end.text)
        assert end.text == clean_text(end.text)
        assert len(end.text) <= DEFAULT_LIMITS.characters
        assert [word for word in document.words if word not in end.text] == []
        return
    assert end.problem is not None
    expected = {"text": (), "unreadable": Unreadable, "large": TooLarge, "": DocumentProblem}[document.outcome]
    assert isinstance(end.problem, expected)
    message = end.problem.message
    assert message[0].isupper() and message.endswith(".") and 20 < len(message) < 240
    assert "paste" in message.lower()
    assert not re.search(r"Traceback|Error|Exception|pypdf|expat|zip|/|!", message)
