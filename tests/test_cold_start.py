"""What a first page costs: heavy packages are imported only when they are used."""

import subprocess
import sys

HEAVY = (
    "google.genai",
    "openai",
    "httpx2",
    "numpy",
    "soxr",
    "pypdf",
    "fpdf",
    "fontTools",
    "PIL",
    "alembic",
    "websockets",
)
OFFLINE = """
import sys
from interview_coach import create_app
from interview_coach.samples import load_sample
client = create_app().test_client()
sample = load_sample()
made = client.post("/interviews", json={"cv_text": sample.cv_text, "job_text": sample.job_text, "questions": 1})
path = "/interviews/" + made.json["id"]
assert client.post(path + "/questions", json={}).status_code == 200
print([name for name in %r if name in sys.modules])
answer = {"number": 1, "answer": "I planned the rota and we opened."}
assert client.post(path + "/answers", json=answer).status_code == 200
assert client.get(path + "/report.json").status_code == 200
print([name for name in %r if name in sys.modules])
"""


def test_offline_interview_imports_no_sdk_no_pdf_library_and_numpy_only_to_mark():
    for _ in range(2):  # the first run makes the database and may use Alembic
        done = subprocess.run(
            [sys.executable, "-c", OFFLINE % (HEAVY, HEAVY)], capture_output=True, text=True, check=True
        )
    asked, marked = done.stdout.strip().splitlines()
    assert asked == "[]"
    assert marked in {"[]", "['numpy']"}
