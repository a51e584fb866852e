"""The report as a table for spreadsheets: one row a question, UTF-8 with a byte order mark, RFC 4180."""

import csv
import io
from collections.abc import Sequence

from interview_coach.domain.scorecard import DIMENSIONS
from interview_coach.naming import scored_words
from interview_coach.reporting.answers import ReportedAnswer
from interview_coach.reporting.report import Report

COLUMNS = (
    "number",
    "category",
    "question",
    "answer",
    "accuracy",
    "completeness",
    "clarity",
    "score",
    "feedback",
    "improvements",
    "provenance",
    *DIMENSIONS,
)
_ACTIVE = frozenset("=+-@\t\r\n'＝＋－＠")  # spreadsheets of some languages take the wide signs as well
"""A spreadsheet takes a cell that begins with one of these for a formula, or drops the sign. The apostrophe is among
them so that taking one away from the beginning of a cell always gives the text back."""

_NOT_MEASURED = (None,) * len(DIMENSIONS)


def report_csv(report: Report) -> bytes:
    """The whole file. Questions without marks have empty cells there, never a 0 that was not given."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    rows = [(entry.number, _row(entry)) for entry in report.answers]
    rows += [
        (left.number, (left.number, "", left.question, left.answer, None, None, None, None, "", "", "", *_NOT_MEASURED))
        for left in report.unmarked
    ]
    for _, cells in sorted(rows, key=lambda row: row[0]):
        writer.writerow([cell(value) for value in cells])
    return out.getvalue().encode("utf-8-sig")


def cell(value: str | int | None) -> str:
    """What stands in a cell: never anything that a spreadsheet would run."""
    if value is None:
        return ""
    text = str(value)
    return f"'{text}" if text[:1] in _ACTIVE else text


def _row(entry: ReportedAnswer) -> Sequence[str | int | None]:
    score = entry.score
    said = [score.feedback, score.needs_review, *score.notes]
    return (
        entry.number,
        score.category,
        entry.question,
        entry.answer,
        score.accuracy,
        score.completeness,
        score.clarity,
        score.score,
        "\n".join(text for text in said if text),
        "\n".join(remark.text for remark in score.improvements),
        scored_words(score.provenance),
        *(score.dimensions.get(name) for name in DIMENSIONS),
    )
