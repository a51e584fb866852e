"""Files that nobody's Interview Coach wrote: a sentence, the right status, and nothing written."""

import copy
import json
import tracemalloc
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pydantic import ValidationError
from sqlalchemy import func, select

from interview_coach import evaluating, interviewing, portability
from interview_coach.db import Base, db, reading
from interview_coach.errors import Problem
from interview_coach.portability import reading as files
from interview_coach.portability.shape import DataFile
from tests.apps import bare_app
from tests.portability.history import ME

Data = dict[str, Any]
CANARY = "Zyxwvu"


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """One installation for all files: none of them may leave anything in it."""
    made = bare_app(tmp_path_factory.mktemp("hostile") / "data")
    with made.app_context():
        yield made
        db.engine.dispose()


def rows() -> int:
    with reading() as session:
        return sum(session.scalar(select(func.count()).select_from(t)) or 0 for t in Base.metadata.sorted_tables)


def refusal(raw: bytes) -> Problem:
    with pytest.raises(Problem) as caught:
        portability.import_(ME, raw)
    assert rows() == 0
    assert caught.value.message.endswith(".") and CANARY not in str(caught.value.to_json())
    return caught.value


def saying(raw: bytes, words: str) -> None:
    problem = refusal(raw)
    assert (problem.code, problem.status) == ("VALIDATION_FAILED", 422)
    assert words in problem.message, problem.message


def at(data: Data, *path: str | int) -> Any:
    found: Any = data
    for step in path:
        found = found[step]
    return found


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"{",
        b"\x00",
        b"\xff\xfe{\x00}\x00",
        b"PK\x03\x04" + bytes(100),
        b"[" * 9_000,
        b'{"a":' * 9_000,
        b'{"format": "interview-coach-data", "version": NaN}',
        b'{"format": "interview-coach-data", "version": Infinity}',
        b'{"format": "interview-coach-data", "a": "\\ud800"}',
        b'{"format": "\xed\xa0\x80"}',
        b'{"format": "interview-coach-data"} {}',
    ],
    ids=lambda raw: repr(raw[:12]),
)
def test_what_is_no_json_is_said_to_be_none(app: Flask, raw: bytes) -> None:
    saying(raw, "not complete JSON")


@pytest.mark.parametrize("raw", [b"[]", b"null", b'"x"', b"7", b"{}", b'{"format": 1}', b'{"format": "resume"}'])
def test_other_json_is_said_to_be_no_file_of_ours(app: Flask, raw: bytes) -> None:
    saying(raw, "not a file that Interview Coach wrote")


def test_huge_numbers_and_nothing_else_are_harmless(app: Flask) -> None:
    digits = b"9" * 200_000
    refusal(b'{"format": "interview-coach-data", "version": ' + digits + b"}")
    refusal(b'{"format": "interview-coach-data", "version": 2, "a": ' + digits + b"}")
    refusal(b'{"format": "interview-coach-data", "version": 2, "a": 1e' + digits + b"}")


@pytest.mark.parametrize(("version", "words"), [(3, "newer version"), (10**30, "newer version"), (0, "which version")])
@pytest.mark.parametrize("more", [{}, {"shape": "of tomorrow"}])
def test_another_version_is_refused_in_words(app: Flask, saved: bytes, version: int, words: str, more: Data) -> None:
    saying(json.dumps({**json.loads(saved), "version": version, **more}).encode(), words)


@pytest.mark.parametrize("version", [None, "1", 1.0, True, [1]])
def test_a_version_that_is_no_number_is_refused(app: Flask, saved: bytes, version: object) -> None:
    saying(json.dumps({**json.loads(saved), "version": version}).encode(), "which version")


def test_an_older_version_is_brought_up_to_date_step_by_step(
    tmp_path: Path, saved: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As it will be with more versions: what version 0 would have called `choices` is `preferences` now."""

    def first(data: Data) -> Data:
        return {**{name: value for name, value in data.items() if name != "choices"}, "preferences": data["choices"]}

    def second(data: Data) -> Data:
        return {**data, "version": 2}

    monkeypatch.setattr(files, "UPGRADES", {0: first, 1: second})
    data = json.loads(saved)
    data["choices"] = data.pop("preferences")
    upgraded = json.loads(files._upgraded(data, 0))
    assert upgraded == json.loads(saved)
    with pytest.raises(Problem, match="shape of its version"):
        files._upgraded({"no": "choices"}, 0)
    with pytest.raises(Problem, match="too old"):
        files._upgraded(data, -1)


def test_a_file_that_is_too_large_is_413(app: Flask) -> None:
    problem = refusal(b" " * (portability.LARGEST_FILE + 1))
    assert (problem.code, problem.status) == ("DOCUMENT_TOO_LARGE", 413)
    assert "32 MB" in problem.message


FLOODS = {
    "objects": b'{"format":"interview-coach-data","version":2,"documents":[%s]}' % b",".join([b"{}"] * 2_000_000),
    "numbers": b'{"format":"interview-coach-data","version":2,"documents":[%s]}' % b",".join([b"0"] * 2_000_000),
    "names": b"{%s}" % b",".join(b'"%d":0' % number for number in range(500_000)),
    "depth": b"[" * 5_000_000,
    "deep objects": b'{"a":' * 1_000_000,
}


@pytest.mark.parametrize("raw", FLOODS.values(), ids=FLOODS)
def test_a_flood_of_small_things_is_refused_before_each_is_looked_at(app: Flask, raw: bytes) -> None:
    """Validated one by one, two million things that do not fit took gigabytes and a minute."""
    tracemalloc.start()
    try:
        saying(raw, "far more in one place" if raw[:3] != b'{"0' else "Nothing was changed")
        assert tracemalloc.get_traced_memory()[1] < 12 * len(raw) + 2**26
    finally:
        tracemalloc.stop()


def test_many_that_do_not_fit_cost_no_more_than_one(app: Flask, saved: bytes) -> None:
    data = json.loads(saved)
    data["documents"] = [{}] * 20_000
    data["interviews"] = [7] * 20_000
    with pytest.raises(ValidationError) as caught:
        DataFile.model_validate_json(json.dumps(data).encode())
    assert caught.value.error_count() < 20


def changed(*path: str | int, to: object) -> Callable[[Data], None]:
    def change(data: Data) -> None:
        at(data, *path[:-1])[path[-1]] = to

    change.__name__ = f"{' '.join(map(str, path))} = {str(to)[:30]}"
    return change


def moved(*path: str | int, by: int) -> Callable[[Data], None]:
    def change(data: Data) -> None:
        at(data, *path[:-1])[path[-1]] += by

    change.__name__ = f"{' '.join(map(str, path))} + {by}"
    return change


def twice(*path: str | int) -> Callable[[Data], None]:
    def change(data: Data) -> None:
        found = at(data, *path)
        found.append(copy.deepcopy(found[0]))

    change.__name__ = f"{' '.join(map(str, path))} twice"
    return change


def emptied(*path: str | int) -> Callable[[Data], None]:
    def change(data: Data) -> None:
        at(data, *path).pop(0)

    change.__name__ = f"{' '.join(map(str, path))} without the first"
    return change


FIRST, Q = ("interviews", 0), ("interviews", 0, "questions", 0)
E = ("interviews", 0, "evaluations", 0)
D = (*E, "scores", 0, "detail")
SPOKEN, CALL = ("interviews", 1, "questions", 2, "answer"), ("interviews", 1, "calls", 0)
WRONG = [
    changed("documents", 0, "text", to="too short"),
    changed("documents", 0, "text", to="x" * 100_001),
    changed("documents", 0, "text", to=7),
    changed("documents", 0, "kind", to="letter"),
    changed("documents", 0, "id", to="../../etc/passwd"),
    changed("documents", 0, "id", to="x" * 33),
    changed("documents", 0, "id", to="a\n"),
    changed("documents", 0, "filename", to="x" * 256),
    changed("documents", 0, "created_at", to="2026-01-01T00:00:00"),
    changed("documents", 0, "created_at", to="0001-01-01T00:00:00+14:00"),
    changed("documents", 0, "created_at", to="9999-12-31T23:59:59-14:00"),
    changed("documents", 0, "created_at", to=1e300),
    changed("documents", 0, "created_at", to=0),
    changed("documents", 0, "owner_id", to="somebody"),
    changed("documents", 0, CANARY, to=CANARY),
    changed("documents", to={}),
    changed("preferences", "low_anxiety", to=1),
    changed("preferences", to=None),
    changed("app_version", to="x" * 100),
    changed("interviews", to=None),
    changed(*FIRST, "owner_id", to="somebody"),
    changed(*FIRST, "cv_id", to="nowhere"),
    changed(*FIRST, "format", to="poker"),
    changed(*FIRST, "max_questions", to=0),
    changed(*FIRST, "max_questions", to=21),
    changed(*FIRST, "max_questions", to=1),
    changed(*FIRST, "max_questions", to=3.0),
    changed(*FIRST, "max_questions", to=True),
    changed(*FIRST, "max_questions", to="3"),
    changed(*FIRST, "seed", to=-1),
    changed(*FIRST, "seed", to=2**31),
    changed(*FIRST, "seed", to=10**400),
    changed(*FIRST, "difficulty", to="impossible"),
    changed(*FIRST, "language", to="<b>"),
    changed(*FIRST, "coach", to="eve"),
    changed(*FIRST, "coaching", to="always"),
    changed(*FIRST, "levels", to={CANARY: "hard"}),
    changed(*FIRST, "levels", to={"tools": "harder"}),
    changed(*FIRST, "focus", to=[CANARY]),
    changed(*FIRST, "job_title", to="x" * 201),
    changed(*FIRST, "job_title", to="a\x00b"),
    changed(*FIRST, "job_title", to="a\x1b[2Jb"),
    changed(*FIRST, "started_at", to=None),
    changed(*FIRST, "completed_at", to=None),
    changed(*FIRST, "plan", to=None),
    changed(*FIRST, "plan", to={}),
    changed(*FIRST, "plan", "probes", to=1000),
    changed(*FIRST, "plan", "topics", 0, "kind", to="poker"),
    changed(*FIRST, "plan", "topics", 0, "competency", to="poker"),
    changed(*FIRST, "plan", "topics", 0, "cv_item", to=100_000),
    changed(*FIRST, "plan", "topics", 0, "cv_item", to=-1),
    changed(*FIRST, "plan", "topics", 0, "requirements", to=[100_000]),
    changed(*FIRST, "plan", "topics", 0, "requirements", to=[-1]),
    changed(*FIRST, "requirements", 0, "importance", to=1.5),
    changed(*FIRST, "requirements", 0, "competency", to="poker"),
    changed(*FIRST, "requirements", 0, "kind", to="poker"),
    changed(*FIRST, "requirements", 0, "span", "source", to="answer"),
    moved(*FIRST, "requirements", 0, "span", "start", by=1),
    changed(*FIRST, "cv_items", 0, "span", "text", to="I invented this"),
    changed(*FIRST, "cv_items", 0, "weight", to=-0.1),
    changed(*Q, "number", to=2),
    changed(*Q, "number", to=0),
    changed(*Q, "kind", to="monologue"),
    changed(*Q, "topic", to=1000),
    changed(*Q, "topic", to=-1),
    changed(*Q, "competency", to="poker"),
    changed(*Q, "provenance", to={}),
    changed(*Q, "provenance", "coach", to=None),
    changed(*Q, "evidence", to=[{"source": "answer", "text": "I", "start": 0, "end": 1}]),
    changed(*Q, "evidence", to=[{"source": "cv", "text": "", "start": 0, "end": 0}]),
    changed(*Q, "answer", to=None),
    changed(*Q, "answer", "text", to=""),
    changed(*Q, "answer", "text", to="x" * 50_001),
    changed(*Q, "answer", "skipped", to=True),
    changed(*Q, "answer", "source", to="sung"),
    changed(*Q, "answer", "key", to="x" * 65),
    changed(*FIRST, "questions", 2, "answer", "key", to="number-1"),
    changed("interviews", 1, "questions", 2, "answer", "source", to="typed"),
    changed("interviews", 1, "questions", 2, "answer", "corrections", 0, "version", to=7),
    twice("interviews", 1, "questions", 2, "answer", "corrections"),
    changed(*SPOKEN, "delivery", "measured", "speaking_time", to=-1.0),
    changed(*SPOKEN, "delivery", "measured", "speaking_time", to=500.0),
    changed(*SPOKEN, "delivery", "measured", "words", to=10**10),
    changed(*SPOKEN, "delivery", "measured", "fillers", to={"um" * 20: 1}),
    changed(*SPOKEN, "delivery", "measured", "mood", to="nervous"),
    changed(*SPOKEN, "source", to="typed"),
    changed(*FIRST, "persona", to="<b>"),
    changed(*FIRST, "minutes", to=20),
    changed(*CALL, "id", to="../x"),
    changed(*CALL, "seconds", to=-1.0),
    changed(*CALL, "handle", to="mine"),
    changed(*CALL, "utterances", 0, "speaker", to="nobody"),
    changed(*CALL, "utterances", 0, "kind", to="threat"),
    changed(*CALL, "utterances", 0, "number", to=9),
    changed(*CALL, "utterances", 0, "seq", to=3),
    twice("interviews", 1, "calls"),
    twice(*CALL, "utterances"),
    changed(*Q, "retakes", 0, "take", to=1),
    changed(*Q, "retakes", 0, "id", to="?"),
    twice(*Q, "retakes"),
    emptied(*Q, "retakes"),
    twice(*FIRST, "questions"),
    emptied(*FIRST, "questions"),
    twice(*FIRST, "evaluations"),
    twice("interviews"),
    twice("documents"),
    emptied("documents"),
    changed(*FIRST, "draft", to={"number": 9, "text": "x", "updated_at": "2026-01-01T00:00:00Z"}),
    changed(*E, "retake_id", to="nowhere"),
    changed(*E, "coach", to="eve"),
    changed(*E, "runs", to=0),
    changed(*E, "total", to=99),
    changed(*E, "failed_at", to="2026-01-01T00:00:00Z"),
    changed(*E, "rubric_version", to="x" * 40),
    changed(*E, "summary", to={"text": "x"}),
    twice(*E, "scores"),
    changed(*D, "accuracy", to=41),
    changed(*D, "accuracy", to=-1),
    changed(*D, "accuracy", to=None),
    changed(*D, "accuracy", to=1.5),
    changed(*D, "clarity", to=31),
    changed(*D, "runs", to=[{"accuracy": 100, "completeness": 0, "clarity": 0}]),
    changed(*D, "dimensions", "communication", to=101),
    changed(*D, "dimensions", to={CANARY: 1}),
    changed(*D, "number", to=9),
    changed(*D, "remarks", 0, "quote", "text", to="words that nobody said"),
    moved(*D, "remarks", 0, "quote", "start", by=1),
    changed(*D, "remarks", 0, "quote", "source", to="job"),
    changed(*D, "unknown", to=1),
    changed(*E, "scores", 0, "correction", to=1),
    changed("interviews", 1, "provider_calls", 0, "seconds", to=-1),
    changed("interviews", 1, "provider_calls", 0, "seconds", to=1e308),
    changed("interviews", 1, "provider_calls", 0, "cost_usd", to="free"),
    changed("interviews", 1, "provider_calls", 0, "input_tokens", to=2**40),
]


def test_the_file_that_is_changed_below_is_good(tmp_path: Path, saved: bytes) -> None:
    app = bare_app(tmp_path / "data")
    with app.app_context():
        assert portability.import_(ME, saved).interviews == 4
        db.engine.dispose()


@pytest.mark.parametrize("change", WRONG, ids=lambda change: change.__name__)
def test_one_thing_that_does_not_fit_is_enough(app: Flask, saved: bytes, change: Callable[[Data], None]) -> None:
    data = json.loads(saved)
    change(data)
    problem = refusal(json.dumps(data).encode())
    assert (problem.code, problem.status) == ("VALIDATION_FAILED", 422)
    assert set(problem.fields) == {"file"}


def test_every_field_is_needed(app: Flask, saved: bytes) -> None:
    """Nothing is filled in by guessing, except where a value of the domain says what its absence means."""
    optional = {"runs", "needs_review", "notes", "reference_sources", "reserve", "provider", "model", "prompt",
                "fallback", "reason", "situation", "task", "action", "result"}  # fmt: skip
    data = json.loads(saved)
    for part in (data, data["documents"][0], at(data, *FIRST), at(data, *Q), at(data, *E), at(data, *D)):
        for name in [name for name in part if name not in optional or part is at(data, *E)]:
            value = part.pop(name)
            refusal(json.dumps(data).encode())
            part[name] = value


# What the fuzzer puts in place of things: all that JSON can say, and what looks almost right.
LEAVES = (
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20)
    | st.sampled_from(["", "local", "2026-01-01T00:00:00Z", "0001-01-01T00:00:00Z", "mock", "\u0000", "gemini", "cv"])
)  # fmt: skip
VALUES = st.recursive(
    LEAVES, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3)
)


def places(value: Any, path: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    yield path
    for step, inner in (
        value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    ):
        yield from places(inner, (*path, step))


def mutate(draw: st.DrawFn, data: Data) -> Data:
    for _ in range(draw(st.integers(1, 3))):
        all_places = [path for path in places(data) if path]
        if not all_places:
            break
        path = draw(st.sampled_from(all_places))
        holder, last = at(data, *path[:-1]), path[-1]
        match draw(st.sampled_from(["replace", "drop", "copy", "swap", "nudge"])):
            case "replace":
                holder[last] = draw(VALUES)
            case "drop":
                del holder[last]
            case "copy" if isinstance(holder, list):
                holder.append(copy.deepcopy(holder[last]))
            case "swap":
                holder[last] = copy.deepcopy(at(data, *draw(st.sampled_from(all_places[:200]))))
            case "nudge" if isinstance(holder[last], int):
                holder[last] += draw(st.integers(-2, 2))
    return data


def mutant(draw: st.DrawFn, saved: bytes) -> bytes:
    """What becomes of a good file."""
    if draw(st.integers(0, 9)) == 0:  # damage below JSON
        raw = bytearray(saved)
        start = draw(st.integers(0, len(raw) - 1))
        raw[start : start + draw(st.integers(0, 40))] = draw(st.binary(max_size=10))
        return bytes(raw)
    return json.dumps(mutate(draw, json.loads(saved))).encode(errors="surrogatepass")


@settings(max_examples=80, suppress_health_check=list(HealthCheck))
@given(chosen=st.data())
def test_whatever_is_changed_it_is_refused_whole_or_taken_whole_and_readable(
    app: Flask, saved: bytes, chosen: st.DataObject
) -> None:
    raw = mutant(chosen.draw, saved)
    assert rows() == 0
    try:
        imported = portability.import_(ME, raw)
    except Problem as problem:
        assert (problem.code, problem.status) in {("VALIDATION_FAILED", 422)}
        assert rows() == 0
        return
    try:
        data = json.loads(raw)
        assert imported.interviews == len(data["interviews"]) == len(interviewing.listing(ME))
        for row in interviewing.listing(ME):
            interviewing.view(ME, row.id).to_json()
            interviewing.documents(ME, row.id).to_json()
            if row.is_complete:
                evaluating.report(ME, row.id).to_json()
        again = portability.export(ME)
        assert {i["id"] for i in again["interviews"]} == {i["id"] for i in data["interviews"]}
    finally:
        portability.erase_everything(ME)
