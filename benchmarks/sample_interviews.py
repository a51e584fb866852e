"""The sample interview as two people would answer it: one who has prepared and one who has not.

    python -m benchmarks.sample_interviews [--into FOLDER]

Starts the server, uses it over HTTP in an empty data folder, and prints the questions, the answers and what the report
says; with `--into` the report is kept as JSON, page and PDF. The prepared one must come out far above the other one.
"""

import argparse
import sys
import tempfile
import tomllib
import urllib.request
from pathlib import Path
from typing import Any

from tests.chaos import Server, call

PEOPLE = Path(__file__).parent / "people"
IMAGINED = (  # how a question sounds that asks for a plan or a view
    "imagine",
    "picture",
    "suppose",
    "would",
    "how does that",
    "how do you",
    "which rule",
    "what matters",
    "what do you",
)


def choose(person: dict[str, dict[str, str]], question: dict[str, Any], used: set[str]) -> str:
    """What this person says to this question: by its competency and its kind, nothing twice."""
    key = question["competency"] if question["competency"] in person else "other"
    last = question["text"].split(". ")[-1].lower()
    imagined = any(word in question["text"].lower() if word == "imagine" else word in last for word in IMAGINED)
    order = ["more"] if question["kind"] == "probe" else []
    order += ["plan", "story", "more"] if imagined else ["story", "plan", "more"]
    for name in (key, "other"):
        for kind in order:
            text = " ".join(person[name][kind].split())
            if text not in used:
                used.add(text)
                return text
    return "I have told you all I can about that."


def interview(server: Server, name: str, *, told: bool = True) -> str:
    """The whole interview; returns its id."""
    person = tomllib.loads((PEOPLE / f"{name}.toml").read_text(encoding="utf-8"))
    made = call(server.port, "POST", "/interviews", {"sample": "yes", "force_create": True})[1]["id"]
    used: set[str] = set()
    while True:
        status, question = call(server.port, "POST", f"/interviews/{made}/questions", {})
        if status != 200:
            break
        text = choose(person, question, used)
        if told:
            print(f"\n{question['number']}. [{question['competency']}, {question['kind']}] {question['text']}")
            print(f"   > {text}")
        status, _ = call(
            server.port, "POST", f"/interviews/{made}/answers", {"number": question["number"], "answer": text}
        )
        assert status == 200, status
        if question["number"] == 8:
            break
    while call(server.port, "GET", f"/interviews/{made}")[1]["evaluation"]["status"] in ("PENDING", "PROCESSING"):
        pass
    return str(made)


def told(report: dict[str, Any]) -> None:
    """The report in lines."""
    print(f"\noverall {report['overall']}, coverage {report['coverage']}, {report['recommendation']}")
    print(f"{report['readiness']}\n{report['summary']}\n{report['dimensions']}")
    for step in report["next_steps"]:
        print(f"  - ({step['number']}) {step['text']}  “{step['quote']}”")
    for entry in report["answers"]:
        marks = f"{entry['accuracy']}+{entry['completeness']}+{entry['clarity']}={entry['score']}"
        print(f"  {entry['number']}. {marks}  {entry['feedback']}")
        for point in entry["improvements"]:
            print(f"       next time: {point['text']}  “{point['quote']}”")
        for quote in entry["quotes"]:
            if quote["about"] != "improvement":
                print(f"       worked: {quote['remark']}  “{quote['text']}”")


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--into", type=Path)
    options = parser.parse_args()
    overall = {}
    for name in ("well", "badly"):
        with tempfile.TemporaryDirectory() as folder:
            data = Path(folder) / "data"
            data.mkdir()
            server = Server(data)
            server.start()
            try:
                print(f"\n===== {name} =====")
                made = interview(server, name)
                report = call(server.port, "GET", f"/interviews/{made}/report")[1]
                told(report)
                overall[name] = report["overall"]
                if options.into:
                    options.into.mkdir(parents=True, exist_ok=True)
                    for suffix in (".json", ".pdf", ""):
                        address = f"http://127.0.0.1:{server.port}/interviews/{made}/report{suffix}"
                        with urllib.request.urlopen(address) as response:
                            (options.into / f"{name}{suffix or '.html'}").write_bytes(response.read())
            finally:
                server.stop()
    print(f"\nwell {overall['well']}, badly {overall['badly']}")
    return int(overall["well"] < 75 or overall["badly"] > 30)


if __name__ == "__main__":
    sys.exit(main())
