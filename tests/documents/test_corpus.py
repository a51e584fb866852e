"""Every document of the corpus ends in text or in a clear sentence, in time and within memory."""

import os
import random
import re
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from interview_coach.documents import jail
from interview_coach.documents.cleaning import clean_text
from interview_coach.documents.errors import DocumentProblem
from interview_coach.documents.kinds import Kind, kind_of
from interview_coach.documents.limits import DEFAULT_LIMITS, MIB
from interview_coach.documents.reading import read_upload
from tests.documents import corpus
from tests.documents.corpus import Document
from tests.documents.ends import UNHURRIED, End, assert_ended_well, read

ROOT = Path(__file__).resolve().parents[2]
SAMPLES = ROOT.parent / "shared" / "samples"
DOCUMENTS = [*corpus.controls(), *corpus.hostile()]
GREEDY = {
    "ten megabytes.txt",
    "text bomb.pdf",
    "flate bomb.pdf",
    "zip bomb.docx",
    "lying sizes.docx",
    "hundred thousand members.docx",
    "many entries.json",
    "many rows.docx",
    "just too long.txt",
    "one line.txt",
}
"""Large once unpacked: read in a process that tells what that took, see below."""


@pytest.fixture(scope="module")
def end_of(request: pytest.FixtureRequest) -> Callable[[Document], End]:
    """Reads what was selected, two at a time and ahead of the tests; one by one where pytest runs many processes."""
    if "PYTEST_XDIST_WORKER" in os.environ:
        return read
    pool = ThreadPoolExecutor(2)
    futures = {document.name: pool.submit(read, document) for document in _selected(request)}
    pool.shutdown(wait=False)
    return lambda document: futures[document.name].result()


def _selected(request: pytest.FixtureRequest) -> list[Document]:
    parameters = [item.callspec.params for item in request.session.items if hasattr(item, "callspec")]
    return [found["document"] for found in parameters if isinstance(found.get("document"), Document)]


def test_the_corpus_is_large_and_its_names_are_distinct() -> None:
    assert len(list(corpus.hostile())) >= 60
    assert len({document.name for document in DOCUMENTS}) == len(DOCUMENTS)


@pytest.mark.parametrize(
    "document",
    [document for document in DOCUMENTS if document.name not in GREEDY],
    ids=lambda document: ascii(document.name[:40]),
)
def test_ends_in_text_or_a_clear_sentence(document: Document, end_of: Callable[[Document], End]) -> None:
    assert_ended_well(document, end_of(document))


SERVER = """
import re, resource, sys
from dataclasses import replace
from pathlib import Path
from tests.documents import corpus
from tests.documents.ends import assert_ended_well, read
def peak():
    if sys.platform != "linux":
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 2**20
    # ru_maxrss would count what the parent held when it forked
    return int(re.search(r"VmHWM:\\s+(\\d+) kB", Path("/proc/self/status").read_text())[1]) // 1024
known = {document.name: document for document in corpus.hostile()}
chosen = [replace(known[path.name], make=path.read_bytes) for path in map(Path, sys.argv[1:])]
before = peak()
ends = list(map(read, chosen))
print(before, peak(), "flask" in sys.modules, "pypdf" in sys.modules)
for document, end in zip(chosen, ends):
    print(document.name, file=sys.stderr)
    assert_ended_well(document, end)
"""


def test_the_server_stays_small_while_bombs_are_read_and_they_end_well(tmp_path: Path) -> None:
    chosen = [document for document in corpus.hostile() if document.name in GREEDY]
    assert len(chosen) == len(GREEDY)
    paths = [tmp_path / document.name for document in chosen]
    for path, document in zip(paths, chosen, strict=True):
        path.write_bytes(document.make())
    command = [sys.executable, "-c", SERVER, *map(str, paths)]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=280)
    assert run.returncode == 0, run.stderr
    before, after, flask, pypdf = run.stdout.split()
    assert int(after) - int(before) < 64
    assert (flask, pypdf) == ("False", "False")


@pytest.mark.parametrize(
    "name", ["zip bomb.docx", "lying sizes.docx", "overlap.docx", "billion laughs.docx", "deep.docx"]
)
def test_a_docx_bomb_is_cheap(name: str) -> None:
    document = next(document for document in corpus.hostile() if document.name == name)
    code = (
        "import sys;from interview_coach.documents.child import main;code=main(sys.argv[1:]);"
        "status=open('/proc/self/status').read() if sys.platform=='linux' else '';"
        "peak=[line.split()[1] for line in status.splitlines() if 'VmHWM' in line];"
        "print(peak, file=sys.stderr)"
    )
    arguments = ["docx", *jail.arguments_of(Kind.DOCX, UNHURRIED)[1:]]
    run = subprocess.run(
        [sys.executable, "-c", code, *arguments], input=document.make(), capture_output=True, check=True, timeout=280
    )
    kilobytes = run.stderr.decode()
    assert b'"problem"' in run.stdout or (name == "overlap.docx" and b'"text"' in run.stdout)
    assert int("".join(filter(str.isdigit, kilobytes)) or 0) * 1024 <= 100 * MIB


@pytest.mark.skipif(not SAMPLES.is_dir(), reason="the shared samples are not beside this checkout")
@pytest.mark.parametrize(
    ("name", "words"),
    [
        (
            "cv03_harvey_dent_ml_engineer.pdf",
            ["2021 – Present", "ride allocation algorithms. Utilized", "Machine Learning"],
        ),
        (
            "cv09_jan_kuester_sidebar_two_column.pdf",
            ["Scientific Employee", "a flexible assessment", "TECHNOLOGIES\nJavaScript"],
        ),
        (
            "jd26_product_manager.pdf",
            ["\n• Define the product strategy", "cutting-edge software products", "\n\nBenefits"],
        ),
    ],
)
def test_real_pdfs_read_well(name: str, words: list[str]) -> None:
    text = read_upload((SAMPLES / name).read_bytes(), name)
    assert [word for word in words if word not in text] == []
    assert not re.search(r"/[a-z]_[a-z]|/map_marker|[\ue000-\uf8ff\ufb00-\ufb06]", text)


def mutant(seed: int) -> Document:
    """An honest file with bytes changed, cut out, doubled or overwritten by a large number."""
    luck = random.Random(seed)
    origin = luck.choice(
        [document for document in corpus.controls() if document.name in {"cv.pdf", "cv.docx", "long.pdf"}]
    )
    data = bytearray(origin.make())
    for _ in range(luck.choice([1, 5, 50])):
        at = luck.randrange(len(data))
        match luck.randrange(4):
            case 0:
                data[at] = luck.randrange(256)
            case 1:
                del data[at : at + luck.randrange(100)]
            case 2:
                data[at:at] = data[luck.randrange(len(data)) :][: luck.randrange(300)]
            case _:
                data[at : at + 4] = b"9999"
    return Document(f"{seed} {origin.name}", lambda: bytes(data))


def test_mutants_end_well_too() -> None:
    with ThreadPoolExecutor(2) as pool:
        found = list(pool.map(read, map(mutant, range(40))))
    assert all(end.peak_bytes <= DEFAULT_LIMITS.memory_bytes for end in found)
    outcomes = [end.text is not None for end in found]
    assert any(outcomes) and not all(outcomes)


@settings(max_examples=400)
@given(st.binary(max_size=300) | st.text(max_size=100).map(str.encode), st.text(max_size=30))
def test_any_bytes_under_any_text_name_end_in_text_or_a_sentence(data: bytes, name: str) -> None:
    try:
        text = read_upload(data, f"{name}.txt")
    except DocumentProblem:
        return
    assert text == clean_text(text) != ""


NAMES = [
    "",
    ".",
    "..",
    "/",
    "\\",
    ".pdf",
    "a.pdf/",
    "C:\\cv.PDF",
    "cv.pdf\x00.exe",
    "cv.exe\x00.pdf",
    "cv\u202efdp.exe",
    "%00.exe",
]
NAMES += ["cv.pdf;x", "a" * 10_000, "=cmd.xls", "<b>.html", "cv\r\nX: y.pdf", "\ud800.exe", "con.exe", "．ｐｄｆ"]


@pytest.mark.parametrize("name", NAMES, ids=lambda name: ascii(name[:20]))
def test_hostile_names_decide_nothing_but_the_kind(name: str) -> None:
    try:
        assert kind_of(b"%PDF-1.7 and so on", name, DEFAULT_LIMITS) is Kind.PDF
    except DocumentProblem as found:
        assert name[:20] not in found.message or len(name) < 3
