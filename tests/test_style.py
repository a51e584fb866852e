"""ruff and mypy, run by the tests so that one command and one closing line say whether the tree is in order."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
CHECKS = {
    "lint": ["ruff", "check", "--no-cache", "--output-format", "concise"],
    "format": ["ruff", "format", "--no-cache", "--check"],
    "types": ["mypy"],
}
BAD = {
    "lint": "import os\n",
    "format": "x = [1,2]\n",
    "types": "def f() -> int:\n    return 'x'\n",
}


def check(name: str, *arguments: str) -> "subprocess.CompletedProcess[str]":
    """Run one tool of this environment over the tree."""
    command = [sys.executable, "-m", *CHECKS[name], *arguments]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=500)


@pytest.mark.parametrize("name", CHECKS)
def test_the_tree_passes(name: str) -> None:
    done = check(name)
    assert done.returncode == 0, f"{done.stdout}\n{done.stderr}"


@pytest.mark.parametrize("name", CHECKS)
def test_a_bad_file_does_not_pass(name: str, tmp_path: Path) -> None:
    bad = tmp_path / "bad.py"
    bad.write_text(BAD[name])
    # Its own cache: two workers must not write to one.
    cache = ["--cache-dir", str(tmp_path / "cache")] if name == "types" else []
    assert check(name, *cache, str(bad)).returncode == 1
