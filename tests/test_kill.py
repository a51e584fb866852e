"""kill -9 at random moments; `benchmarks/durability.py` does the same for longer."""

from interview_coach.db import sqlite_module
from tests import chaos


def test_no_acknowledged_answer_is_lost_and_no_number_doubled_or_skipped(tmp_path):
    outcome = chaos.run(tmp_path / "data", kills=8)
    assert outcome.faults == []
    assert outcome.acknowledged > 20, "the clients must have got something acknowledged for this to mean anything"
    assert outcome.drafts > 0
    connection = sqlite_module().connect(str(tmp_path / "data" / "coach.db"))
    assert connection.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
    connection.close()
