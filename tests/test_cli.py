"""The command line as a person meets it: exit codes, sentences, and no traceback."""

import io
import os
import re
import signal
import socket
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest

from interview_coach import cli
from interview_coach.commands import serve
from interview_coach.commands.settings import masked
from interview_coach.commands.terminal import Terminal
from interview_coach.commands.words import Stop
from tests.patience import PATIENCE

ROOT = Path(__file__).resolve().parent.parent
CV = """Maria Keller
Team lead at Northside Clinic, 2019 to 2024
Led the intake desk of six people and rewrote the checklist for new patients.
Cut the waiting time from 40 to 15 minutes. Trained twelve new colleagues.
Skills: scheduling, SQL reports, calm talk with upset people.
"""
JOB = """Operations coordinator at Harbour Logistics
You must have experience in leading a small team.
You plan shifts for drivers and keep delivery records in order.
Requirements: good knowledge of SQL, clear writing, experience with customer complaints.
Nice to have: knowledge of warehouse software.
"""
STORY = "In March the intake desk at the clinic failed, so I rewrote the checklist and errors fell from 9 to 2 percent."


@pytest.fixture
def files(tmp_path: Path) -> tuple[str, str]:
    (tmp_path / "cv.txt").write_text(CV)
    (tmp_path / "job.txt").write_text(JOB)
    return str(tmp_path / "cv.txt"), str(tmp_path / "job.txt")


def practice(monkeypatch: pytest.MonkeyPatch, typed: str, *arguments: str) -> int:
    monkeypatch.setattr(sys, "stdin", io.StringIO(typed))
    return cli.run(["practice", *arguments])


@pytest.mark.parametrize("host", ["0.0.0.0", "192.168.1.5", "::", "example.org", "8.8.8.8", ""])
def test_serve_refuses_an_address_that_others_can_reach(host: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["serve", "--host", host]) == 1
    assert "has no accounts yet" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("host", "address"),
    [("localhost", "127.0.0.1"), ("127.0.0.1", "127.0.0.1"), ("127.9.9.9", "127.9.9.9"), ("[::1]", "::1")],
)
def test_serve_takes_an_address_of_this_computer(host: str, address: str) -> None:
    assert serve.loopback(host) == address


def test_a_taken_port_is_told_in_a_sentence(capsys: pytest.CaptureFixture[str]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        number = taken.getsockname()[1]
        assert cli.run(["--port", str(number)]) == 1
    assert f"Port {number} is in use" in capsys.readouterr().err


@pytest.mark.parametrize("arguments", [["serve", "--port", "99999"], ["serve", "--port", "x"], ["nonsense"]])
def test_wrong_usage_is_exit_code_2(arguments: list[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        cli.run(arguments)
    assert stopped.value.code == 2


def test_a_wrong_setting_stops_with_its_name_and_without_its_value(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("COACH_PROVIDER", "sk-secret-pasted-here")
    assert cli.run(["config"]) == 1
    error = capsys.readouterr().err
    assert "COACH_PROVIDER cannot be used: it must be one of auto, offline, gemini, openrouter." in error
    assert "sk-secret" not in error


@pytest.mark.parametrize("name", ["COACH_LIMIT_INTERVIEWS", "COACH_LIMIT_ANSWERS", "COACH_LIMIT_CALLS"])
def test_a_limit_that_is_none_is_told_by_its_name(
    name: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv(name, "often, sk-secret")
    assert cli.run(["serve"]) == 1
    error = capsys.readouterr().err
    assert error == f"{name} cannot be used: write it as in 5/minute, or leave it empty for no limit.\n"


def test_config_shows_what_is_in_effect_and_no_secret(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("GEMINI_API_KEY", "key-that-nobody-may-see")
    monkeypatch.setenv("COACH_DATABASE_URL", "postgresql://coach:pass-word@db/coach")
    assert cli.run(["config"]) == 0
    shown = capsys.readouterr().out
    assert re.search(r"^GEMINI_API_KEY +set +set ", shown, re.M)
    assert "postgresql://coach:***@db/coach" in shown
    assert "Who interviews by default: gemini." in shown
    assert "nobody" not in shown and "pass-word" not in shown


def test_an_address_loses_its_password_and_nothing_else() -> None:
    assert masked("https://me:pw@host/v1") == "https://me:***@host/v1"
    assert masked("https://host:8080/v1") == "https://host:8080/v1"


def test_doctor_is_well_without_any_key(capsys: pytest.CaptureFixture[str]) -> None:
    for _ in range(5):  # a port that was free a moment ago may be taken
        with socket.create_server(("127.0.0.1", 0)) as free:
            number = free.getsockname()[1]
        code, shown = cli.run(["doctor", "--port", str(number)]), capsys.readouterr().out
        if code == 0:
            break
    assert code == 0, shown
    for part in ("Python", "SQLite", "Database", "Disk", "built in", "free", "All is well."):
        assert part in shown


def test_doctor_names_what_has_to_be_mended(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("COACH_PROVIDER", "gemini")
    (tmp_path / "no.db").write_text("this is not a database, however long one looks at it" * 20)
    monkeypatch.setenv("COACH_DATABASE_URL", f"sqlite:///{tmp_path / 'no.db'}")
    assert cli.run(["doctor"]) == 1
    shown = capsys.readouterr().out
    assert re.search(r"^BAD +Database", shown, re.M)
    assert "GEMINI_API_KEY is not set" in shown
    assert "2 to mend." in shown


def test_practice_asks_stores_explains_and_reports(
    files: tuple[str, str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    cv, job = files
    typed = f"{STORY}\n:why\n:help\n\n:skip\nFirst line of it,\\\nand I checked every list twice in the evening.\n"
    assert practice(monkeypatch, typed, "--cv", cv, "--job", job, "--questions", "3") == 0
    shown = capsys.readouterr().out
    assert "Question 3 of 3" in shown and "Your CV: “" in shown
    assert "Write an answer first, or type :skip." in shown
    assert re.search(r"Overall \d+ of 100, 2 of 3 answered", shown)
    assert re.search(r"^ +2\. 0 \+ 0 \+ 0 = 0$", shown, re.M)


def test_practice_that_was_left_goes_on_where_it_was(
    files: tuple[str, str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    cv, job = files
    assert practice(monkeypatch, f"{STORY}\n", "--cv", cv, "--job", job, "--questions", "2") == 0
    match = re.search(r"practice --resume (\w+)", capsys.readouterr().out)
    assert match
    assert practice(monkeypatch, ":finish\nno\n:finish\nyes\n", "--resume", match[1]) == 0
    shown = capsys.readouterr().out
    assert "1 of 2 answered" in shown and "Overall" in shown


def test_ctrl_c_leaves_the_interview_resumable(
    files: tuple[str, str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def interrupt(_terminal: Terminal, _prompt: str) -> str | None:
        raise KeyboardInterrupt

    monkeypatch.setattr(Terminal, "ask", interrupt)
    assert practice(monkeypatch, "", "--cv", files[0], "--job", files[1]) == 130
    assert "practice --resume" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        ([], "practice --cv FILE --job FILE"),
        (["--cv", "no-such-file", "--job", "no-such-file"], "no-such-file: No such file"),
        (["--resume", "abc"], "does not exist"),
    ],
)
def test_practice_says_what_is_wrong(
    arguments: list[str], sentence: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert practice(monkeypatch, "", *arguments) == 1
    assert sentence in capsys.readouterr().err


def test_practice_names_every_choice_that_does_not_fit(
    files: tuple[str, str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = ["--cv", files[0], "--job", files[1], "--questions", "50", "--format", "coding"]
    assert practice(monkeypatch, "", *arguments) == 1
    error = capsys.readouterr().err
    assert "later version" in error and "between 1 and 20" in error


def test_backup_and_restore_bring_an_interview_back(
    files: tuple[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    copy = tmp_path / "copy.db"
    assert cli.run(["backup", str(copy)]) == 1
    assert "nothing to back up yet" in capsys.readouterr().err
    practice(monkeypatch, f"{STORY}\n", "--cv", files[0], "--job", files[1])
    match = re.search(r"--resume (\w+)", capsys.readouterr().out)
    assert match
    assert cli.run(["backup", str(copy)]) == 0
    assert cli.run(["backup", str(copy)]) == 1
    assert "exists already" in capsys.readouterr().err
    if os.name == "posix":
        assert copy.stat().st_mode & 0o077 == 0
    data = Path(os.environ["COACH_DATA_DIR"])
    for file in data.glob("coach.db*"):
        file.unlink()
    assert cli.run(["restore", str(copy)]) == 0
    assert practice(monkeypatch, "", "--resume", match[1]) == 0
    assert "1 of 8 answered" in capsys.readouterr().out


def test_an_unforeseen_error_is_one_line_without_its_words(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def broken(_options: object) -> int:
        raise RuntimeError("the words of an answer")

    monkeypatch.setattr("interview_coach.commands.config.run", broken)
    assert cli.run(["config"]) == 1
    error = capsys.readouterr().err
    assert "RuntimeError" in error and "answer" not in error and len(error.splitlines()) == 1


def test_a_stop_is_a_sentence() -> None:
    with pytest.raises(Stop, match=r"8\.8\.8\.8 can be reached"):
        serve.loopback("8.8.8.8")


@pytest.fixture
def server(tmp_path: Path):
    """`serve` as a process of its own, on a free port."""
    environment = {**os.environ, "COACH_DATA_DIR": str(tmp_path / "data"), "PYTHONUNBUFFERED": "1"}
    command = [sys.executable, "-c", "from interview_coach.cli import main; main(['serve', '--port', '0'])"]
    with subprocess.Popen(
        command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    ) as process:
        yield process
        process.kill()


@pytest.mark.skipif(os.name == "nt", reason="signals and gunicorn are POSIX")
@pytest.mark.parametrize("stop", [signal.SIGTERM, signal.SIGINT])
def test_serve_says_where_it_is_serves_and_stops_on_a_signal(
    server: "subprocess.Popen[str]", stop: signal.Signals
) -> None:
    assert server.stdout is not None
    said = [server.stdout.readline() for _ in range(5)]
    text = "".join(said)
    match = re.search(r"Page +(http://127\.0\.0\.1:\d+)", text)
    assert match, text
    assert "built in" in text and "coach.db" in text
    with urllib.request.urlopen(f"{match[1]}/healthz", timeout=PATIENCE) as response:
        assert response.status == 200
    server.send_signal(stop)
    assert server.wait(PATIENCE) == 0
    # A machine that stands still for all the time that is given: gunicorn says that it did not wait any longer.
    assert [line for line in server.stdout if "was sent SIGKILL" not in line] == []


def test_the_application_starts_without_the_heavy_libraries(tmp_path: Path) -> None:
    heavy = ("google.genai", "openai", "numpy", "pypdf", "soxr", "alembic")
    code = (
        "import sys\nfrom interview_coach import create_app\ncreate_app()\n"
        f"print([name for name in {heavy} if name in sys.modules])"
    )
    environment = {**os.environ, "COACH_DATA_DIR": str(tmp_path / "data")}
    subprocess.run([sys.executable, "-c", code], cwd=ROOT, env=environment, check=True, capture_output=True)
    # The first start migrates and may use Alembic; every later one must not.
    again = subprocess.run([sys.executable, "-c", code], cwd=ROOT, env=environment, check=True, capture_output=True)
    assert again.stdout.decode().strip() == "[]"
