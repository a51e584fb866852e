"""Reports follow from their parts, by a script that shares no code with them; and the script notices when not."""

import copy
import random
from pathlib import Path

import pytest

from benchmarks import recompute, reports
from interview_coach import evaluating
from interview_coach.db import db
from tests.apps import bare_app


@pytest.fixture(scope="module")
def made(tmp_path_factory) -> list[dict]:
    app = bare_app(tmp_path_factory.mktemp("reports") / "data")
    rng, pool = random.Random(7), reports.texts()
    with app.app_context():
        found = [evaluating.report(reports.ME, reports.interview(rng, pool)).to_json() for _ in range(8)]
        db.engine.dispose()
    return found


def test_every_total_and_quote_of_a_report_follows_from_its_parts(made):
    assert [recompute.differences(report) for report in made] == [[]] * len(made)
    assert sum(len(answer["quotes"]) for report in made for answer in report["answers"]) > 20
    assert len({report["overall"] for report in made}) > 3


def raise_overall(report):
    report["overall"] += 1


def raise_part(report):
    report["answers"][0]["clarity"] = (report["answers"][0]["clarity"] + 1) % 31


def raise_dimension(report):
    name = next(name for name, value in report["dimensions"].items() if value is not None)
    report["dimensions"][name] += 1


def move_quote(report):
    next(answer for answer in report["answers"] if answer["quotes"])["quotes"][0]["start"] += 1


def forget_an_answer(report):
    report["answered"] -= 1


def promote(report):
    report["recommendation"] = "strong_hire" if report["overall"] < 80 else "hire"


@pytest.mark.parametrize("tamper", [raise_overall, raise_part, raise_dimension, move_quote, forget_an_answer, promote])
def test_a_report_that_was_tampered_with_is_noticed(made, tamper):
    report = copy.deepcopy(next(report for report in made if any(answer["quotes"] for answer in report["answers"])))
    tamper(report)
    assert recompute.differences(report) != []


def test_the_script_imports_nothing_of_ours():
    source = Path(recompute.__file__).read_text(encoding="utf-8")
    assert "import interview_coach" not in source and "from interview_coach" not in source
    assert "from tests" not in source and "from benchmarks" not in source
