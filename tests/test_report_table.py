"""The report as a table: every cell is a text that a spreadsheet leaves alone, and can be had back."""

import csv
import io

from hypothesis import given
from hypothesis import strategies as st

from interview_coach.domain.scorecard import Scorecard
from interview_coach.reporting.as_csv import COLUMNS, cell, report_csv
from tests.test_reporting import ACTION, STORY, build, unmarked

FORMULA = '=HYPERLINK("http://example.org","x")'


def rows(data: bytes) -> list[dict[str, str]]:
    assert data.startswith(b"\xef\xbb\xbf"), "without it spreadsheets read UTF-8 as something else"
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))


@given(st.text(max_size=40) | st.text(alphabet="=+-@\t\r\n'a ", max_size=6))
def test_no_cell_is_a_formula_and_every_text_comes_back(text: str) -> None:
    made = cell(text)
    assert not made.startswith(("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"))
    assert made.removeprefix("'") == text


def test_answers_with_quotes_lines_and_formulas_survive_the_file() -> None:
    answers = [FORMULA + "\nsecond, line", '-2 + 3 is "one"; 私は', None, STORY]
    report = build(answers)
    found = rows(report_csv(report))
    assert tuple(found[0]) == COLUMNS and [row["number"] for row in found] == ["1", "2", "3", "4"]
    assert found[0]["answer"] == "'" + answers[0] and found[1]["answer"] == "'" + answers[1]
    assert found[2]["answer"] == "" and found[2]["score"] == "0"
    for row, entry in zip(found, report.answers, strict=True):
        assert row["score"] == str(int(row["accuracy"]) + int(row["completeness"]) + int(row["clarity"]))
        assert row["score"] == str(entry.score.score) and row["question"].removeprefix("'") == entry.question
        assert row["improvements"] == "\n".join(remark.text for remark in entry.score.improvements)
        assert "Marked by the built-in coach" in row["provenance"]


def test_the_five_views_of_each_answer_are_in_it() -> None:
    report = build([STORY, ACTION, None])
    for row, entry in zip(rows(report_csv(report)), report.answers, strict=True):
        for name, value in entry.score.dimensions.items():
            assert row[name] == ("" if value is None else str(value))
    assert any(value is not None for value in report.dimensions.values())


def test_what_has_no_marks_has_empty_cells() -> None:
    whole = build([STORY, ACTION])
    half = build([STORY, ACTION], scorecard=Scorecard(whole.rubric_version, (whole.answers[0].score,)))
    found = rows(report_csv(half))
    assert found[1]["score"] == found[1]["accuracy"] == found[1]["relevance"] == "" and found[1]["answer"] == ACTION
    assert rows(report_csv(build([ACTION], change=unmarked)))[0]["score"] == ""
