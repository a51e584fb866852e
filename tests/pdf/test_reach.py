"""Making a PDF reaches for nothing: no address, no file but fonts, whatever people write."""

import http.server
import json
import subprocess
import sys
import textwrap
import threading
from dataclasses import replace
from pathlib import Path

import pytest

import interview_coach.pdf.faces as faces
from tests.pdf.reports import ARABIC, CHINESE, STORY, plain, report, words

CHILD = textwrap.dedent(
    """
    import json, sys
    from dataclasses import replace
    from tests.pdf.reports import COVER, MOMENT, plain, report, take
    from tests.pdf.test_trends import TRENDS
    from interview_coach.pdf import faces
    from interview_coach.pdf.report import render

    sent = json.load(sys.stdin)
    if not sent["system"]:
        faces.installed = dict
    result = report(*sent["answers"])
    evil = sent["answers"][0]
    first = replace(result.answers[0], question=evil, takes=(take(evil),))
    result = replace(result, answers=(first, *result.answers[1:]), written=evil, interview_id=evil)
    cover = replace(COVER, job=evil, cv=evil)
    plain(report(*[sent["warm"]] * 2))  # modules are imported on first use

    seen = []
    allowed = [str(place) for place in sent["allowed"]]

    def watch(event, arguments):
        if event == "open":
            name = arguments[0]
            if not isinstance(name, str) or not any(name.startswith(place) for place in allowed):
                seen.append([event, repr(name)])
        elif event in sent["forbidden"] or event.startswith(("socket.", "urllib.", "http.", "ftplib.", "smtplib.")):
            seen.append([event, repr(arguments)[:200]])

    sys.addaudithook(watch)
    if sent["sin"]:
        open(sent["sin"]).close()
    for numbers in (True, False):
        render(result, cover, TRENDS, numbers=numbers)
    print(json.dumps(seen))
    """
)
FORBIDDEN = ["subprocess.Popen", "os.system", "os.exec", "os.posix_spawn", "os.fork", "os.startfile", "ctypes.dlopen"]


class Canary(http.server.BaseHTTPRequestHandler):
    """Counts who comes."""

    hits: list[str]

    def do_GET(self):
        self.hits.append(self.path)
        self.send_response(200)
        self.end_headers()

    do_HEAD = do_POST = do_OPTIONS = do_GET

    def log_message(self, *_):
        pass


@pytest.fixture
def canary(tmp_path):
    """(address, file, hits) of a server and a file that nobody must ask for."""
    handler = type("Handler", (Canary,), {"hits": []})
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    file = tmp_path / "canary.png"
    file.write_bytes(b"CANARY-BYTES")
    yield f"http://127.0.0.1:{server.server_address[1]}", file, handler.hits
    server.shutdown()
    server.server_close()
    thread.join()


def bait(address: str, file: Path) -> str:
    """All the ways in which a text may ask to be followed."""
    return (
        f'<img src="{address}/a.png"> <img src={address}/b> <img src="file://{file}"> ![x]({address}/c.png) '
        f"![y](file://{file}) [link]({address}/d) {address}/e <link rel=stylesheet href={address}/f.css> "
        f"<style>@import url({address}/g); body{{background:url('file://{file}')}}</style> <iframe src={address}/h> "
        f'<svg><image xlink:href="{address}/i"/></svg> <object data="{file}"> \\includegraphics{{{file}}} '
        f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "file://{file}">]>&e; {file} '
    )


def run(answers: list[str], *, system: bool, allowed: list[Path], sin: str = "") -> list[list[str]]:
    sent = {
        "warm": ARABIC + CHINESE + STORY,
        "answers": answers,
        "system": system,
        "allowed": list(map(str, allowed)),
        "forbidden": FORBIDDEN,
        "sin": sin,
    }
    done = subprocess.run(
        [sys.executable, "-c", CHILD], input=json.dumps(sent), capture_output=True, text=True, timeout=280,
        cwd=Path(__file__).parents[2], check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_nothing_is_fetched_and_nothing_but_our_fonts_is_opened(canary):
    address, file, hits = canary
    answers = [bait(address, file) + STORY, ARABIC + CHINESE + bait(address, file)]
    assert run(answers, system=False, allowed=[faces.FOLDER]) == []
    assert hits == []


def test_with_the_fonts_of_this_computer_only_their_folders_are_opened(canary):
    address, file, hits = canary
    answers = [bait(address, file) + STORY, ARABIC + CHINESE + bait(address, file)]
    assert run(answers, system=True, allowed=[faces.FOLDER, *faces.folders()]) == []
    assert hits == []


def test_the_watch_would_see_a_file_that_is_opened(canary):
    _, file, _ = canary
    assert run([STORY], system=False, allowed=[faces.FOLDER], sin=str(file)) == [["open", repr(str(file))]]


def test_what_is_written_about_addresses_is_printed_and_leads_nowhere(canary):
    address, file, hits = canary
    result = report(bait(address, file))
    pdf = plain(replace(result, written=bait(address, file)))
    letters = "".join(words(pdf).split())
    assert f"{address}/a.png" in letters and str(file) in letters
    assert b"CANARY-BYTES" not in pdf and b"/URI" not in pdf and b"/Launch" not in pdf and hits == []
