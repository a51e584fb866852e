"""What can go wrong in words for a person, with the code that the contract promises to programs."""

from dataclasses import dataclass, field

STATUS = {
    "INTERVIEW_NOT_FOUND": 404,
    "NOT_FOUND": 404,
    "INTERVIEW_ALREADY_COMPLETED": 409,
    "INTERVIEW_ALREADY_STARTED": 409,
    "ANSWER_CONFLICT": 409,
    "QUESTION_NOT_FOUND": 409,
    "NOT_COMPLETED": 409,
    "EXAM_MODE": 409,
    "EVALUATION_NOT_FOUND": 404,
    "DOCUMENT_UNREADABLE": 422,
    "DOCUMENT_TOO_LARGE": 413,
    "VALIDATION_FAILED": 422,
    "RATE_LIMIT_EXCEEDED": 429,
    "TOO_MANY_CALLS": 429,
    "CALLS_FULL": 503,
    "PROVIDER_UNAVAILABLE": 503,
    "STORAGE_BUSY": 503,
    "STORAGE_FULL": 507,
    "EVALUATION_FAILED": 500,
    "FORBIDDEN": 403,
    "BAD_REQUEST": 400,
    "METHOD_NOT_ALLOWED": 405,
    "INTERNAL_ERROR": 500,
}
"""Code -> HTTP status."""


@dataclass(eq=False)
class Problem(Exception):
    """`message` says what happened, what was kept, what to do next. It never holds what a person wrote."""

    code: str
    message: str
    retry_after: float | None = None
    """Seconds."""
    fields: dict[str, str] = field(default_factory=dict)
    """Field name -> sentence, for forms."""

    def __post_init__(self) -> None:
        super().__init__(self.message)

    @property
    def status(self) -> int:
        return STATUS[self.code]

    def to_json(self) -> dict[str, object]:
        error: dict[str, object] = {"code": self.code, "message": self.message}
        if self.retry_after is not None:
            error["retry_after"] = self.retry_after
        if self.fields:
            error["fields"] = self.fields
        return {"error": error}


def interview_not_found() -> Problem:
    return Problem("INTERVIEW_NOT_FOUND", "This interview does not exist. It may have been deleted.")


def already_completed() -> Problem:
    return Problem(
        "INTERVIEW_ALREADY_COMPLETED",
        "This interview is finished, so nothing more can be added to it. Your report is on its page.",
    )
