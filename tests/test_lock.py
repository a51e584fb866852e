"""The lock: everything that pyproject.toml asks for, pinned, with hashes, and nothing of one machine."""

import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

ROOT = Path(__file__).resolve().parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
RUN, TEST = "requirements.lock", "requirements-test.lock"


def rows(text: str) -> list[str]:
    """One string a package: its continuation lines joined, comments left out."""
    lines = [line for line in text.splitlines() if line.strip() and not line.lstrip().startswith("#")]
    return [row.strip() for row in re.split(r"\n(?=\S)", "\n".join(lines).replace(" \\\n", " ")) if row.strip()]


def faults(text: str) -> list[str]:
    """Rows that are not `name==version [; marker] --hash=sha256:...`, and options, addresses or paths."""
    good = re.compile(r"[a-z0-9][a-z0-9._-]*==[0-9][\w.+!]*( ; [^#@/\\]+?)?( +--hash=sha256:[0-9a-f]{64})+")
    return [row[:80] for row in rows(text) if not good.fullmatch(row)]


def pinned(name: str) -> dict[str, list[Requirement]]:
    """Package -> its rows (two when the version depends on the Python)."""
    found: dict[str, list[Requirement]] = {}
    for row in rows((ROOT / name).read_text("utf-8")):
        requirement = Requirement(row.split(" --hash")[0])
        found.setdefault(canonicalize_name(requirement.name), []).append(requirement)
    return found


def wanted(*extras: str) -> list[Requirement]:
    lines = list(PROJECT["project"]["dependencies"]) + list(PROJECT["dependency-groups"]["build"])
    for extra in extras:
        lines += PROJECT["project"]["optional-dependencies"][extra]
    return [Requirement(line) for line in lines]


@pytest.mark.parametrize("name", [RUN, TEST])
def test_every_row_is_pinned_with_hashes(name: str) -> None:
    text = (ROOT / name).read_text("utf-8")
    assert len(rows(text)) > 40
    assert faults(text) == []


@pytest.mark.parametrize(
    "row",
    [
        "flask>=3 --hash=sha256:" + "0" * 64,
        "flask==3.1.3",
        "flask==3.1.3 --hash=md5:" + "0" * 32,
        "--index-url https://example.test/simple",
        "--find-links /somewhere",
        "flask @ file:///somewhere/flask.whl --hash=sha256:" + "0" * 64,
        "-e .",
    ],
)
def test_an_unfit_row_is_found(row: str) -> None:
    assert faults(f"# made by a tool\n{row}\n") != []


@pytest.mark.parametrize(("name", "extras"), [(RUN, ()), (TEST, ("test",))])
def test_the_lock_holds_what_the_project_asks_for(name: str, extras: tuple[str, ...]) -> None:
    lock = pinned(name)
    for requirement in wanted(*extras):
        versions = [Version(next(iter(row.specifier)).version) for row in lock[canonicalize_name(requirement.name)]]
        assert all(requirement.specifier.contains(version) for version in versions), requirement


def test_the_test_lock_is_the_lock_and_more() -> None:
    run, test = pinned(RUN), pinned(TEST)
    assert {name: list(map(str, rows)) for name, rows in run.items()} == {
        name: list(map(str, rows)) for name, rows in test.items() if name in run
    }
    assert set(run) < set(test)
