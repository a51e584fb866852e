"""`export` and `import` at the terminal."""

import json
from pathlib import Path

import pytest

from interview_coach import cli, portability
from interview_coach.db import db
from tests.apps import bare_app
from tests.portability.history import ME, fill


def test_out_of_one_installation_and_into_another(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    app = bare_app(tmp_path / "old")
    with app.app_context():
        fill()
        db.engine.dispose()
    file = tmp_path / "mine.json"
    monkeypatch.setenv("COACH_DATA_DIR", str(tmp_path / "old"))
    assert cli.run(["export", str(file)]) == 0
    assert file.stat().st_mode & 0o077 == 0
    assert cli.run(["export", str(file)]) == 1
    assert "exists already" in capsys.readouterr().err
    monkeypatch.setenv("COACH_DATA_DIR", str(tmp_path / "new"))
    assert cli.run(["import", str(file)]) == 0
    assert "Brought in: 4 interviews, 7 evaluations." in capsys.readouterr().out
    assert cli.run(["import", str(file)]) == 0
    assert "left as it was: 4 interviews" in capsys.readouterr().out
    with bare_app(tmp_path / "new").app_context():
        again = portability.export(ME)
        db.engine.dispose()
    assert again["interviews"] == json.loads(file.read_bytes())["interviews"]


def test_a_file_that_does_not_fit_is_a_sentence(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "other.json"
    file.write_text('{"format": "resume"}')
    assert cli.run(["import", str(file)]) == 1
    said = capsys.readouterr().err
    assert "not a file that Interview Coach wrote" in said and "Traceback" not in said
    assert cli.run(["import", str(tmp_path / "nowhere.json")]) == 1
    assert "is not a file" in capsys.readouterr().err
