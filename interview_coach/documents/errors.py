"""What can go wrong with a document. Every message is one or two plain sentences for the person who sent it.

DocumentProblem
    Unreadable      no text can be had from it            (422)
        Busy        not now: too many are being read      (503, or 422 with the same sentence)
    TooLarge        more than we read                     (413)
"""


class DocumentProblem(Exception):
    """`message` is for a person; it never holds text of the document, a path or a traceback."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class Unreadable(DocumentProblem):
    """The file holds no text that we can read."""


class Busy(Unreadable):
    """All readers are at work and none became free in time; trying again helps."""


class TooLarge(DocumentProblem):
    """The file, its pages or its text exceed the limits."""
