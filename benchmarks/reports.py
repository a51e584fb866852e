"""A hundred reports of random interviews, written as JSON and recomputed by a script that imports nothing of ours.

    python -m benchmarks.reports [--reports 100] [--into FOLDER]

Answers are drawn from the corpora of the tests: whole stories, half ones, nothing, rubbish, other languages, very long
ones; questions are skipped, interviews finished early, questions taken again.
"""

import argparse
import json
import random
import subprocess
import sys
import tempfile
from pathlib import Path

from interview_coach import create_app, creating, evaluating, interviewing, retaking
from interview_coach.config import Settings
from interview_coach.creating import NewInterview
from interview_coach.db import db
from interview_coach.errors import Problem
from interview_coach.samples import load_sample

CORPUS = Path(__file__).parent.parent / "tests" / "corpus"
ME = "local"
OTHERS = (
    "私は去年の冬、三人の新人を教えました。結果として、ミスは半分になりました。",
    "في الشتاء الماضي درّبت ثلاثة زملاء، وانخفضت الأخطاء إلى النصف.",
    "Ich habe im Winter drei neue Kollegen eingearbeitet, danach gab es halb so viele Fehler.",
    "👍👍 I called them 🙂 and we fixed it in 20 minutes 🚀",
    "I led the team. " * 400,
)


def texts() -> list[str]:
    """Answers of every kind."""
    found = list(OTHERS)
    for file in sorted((CORPUS / "ladders").glob("*.json")):
        data = json.loads(file.read_text(encoding="utf-8"))
        found += [rung["text"] for rung in data["rungs"]]
        found += [*data["variants_of_full"].values(), *data["worthless"].values()]
    return [text for text in found if text.strip()]


def interview(rng: random.Random, pool: list[str]) -> str:
    """One finished interview; returns its id."""
    sample = load_sample()
    count = rng.choice((1, 2, 3, 5, 8, 8, 8, 12, 20))
    made, _ = creating.create(
        ME, NewInterview(cv_text=sample.cv_text, job_text=sample.job_text, questions=count, force_create=True)
    )
    given = []
    for _ in range(count):
        question = interviewing.next_question(ME, made)
        if rng.random() < 0.04:
            interviewing.finish(ME, made)
            break
        if rng.random() < 0.12:
            interviewing.skip(ME, made, question.number)
            continue
        try:
            interviewing.answer(ME, made, question.number, rng.choice(pool)[:9000])
            given.append(question.number)
        except Problem:  # a filler consumes no question
            interviewing.skip(ME, made, question.number)
    if given and rng.random() < 0.3:
        retaking.retake(ME, made, rng.choice(given), rng.choice([text for text in pool if len(text) > 60])[:9000])
    return made


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--reports", type=int, default=100)
    parser.add_argument("--into", type=Path)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    rng, pool = random.Random(options.seed), texts()
    with tempfile.TemporaryDirectory() as folder:
        into = options.into or Path(folder) / "reports"
        into.mkdir(parents=True, exist_ok=True)
        app = create_app(Settings(data_dir=Path(folder) / "data", database_url="", provider="offline"))
        with app.app_context():
            for number in range(options.reports):
                report = evaluating.report(ME, interview(rng, pool)).to_json()
                (into / f"{number:03}.json").write_text(json.dumps(report), encoding="utf-8")
            db.engine.dispose()
        script = Path(__file__).parent / "recompute.py"
        return subprocess.run([sys.executable, "-I", str(script), str(into)], check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
