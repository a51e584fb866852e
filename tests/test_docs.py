"""The docs are true: every call and every error code stands in docs/api.md, every link leads somewhere."""

import re
from pathlib import Path

import pytest

from interview_coach import create_app
from interview_coach.config import Settings
from interview_coach.errors import STATUS

ROOT = Path(__file__).resolve().parent.parent
API = (ROOT / "docs" / "api.md").read_text("utf-8")
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")])


def documented_calls(text: str) -> set[str]:
    """`METHOD /path` of the first column of the table under the heading `Calls`."""
    table = text.split("\n## Calls\n", 1)[1].split("\n## ", 1)[0]
    cells = [line.split("|")[1] for line in table.splitlines() if line.startswith("| `")]
    return {call for cell in cells for call in re.findall(r"`([A-Z]+ /[^`]*)`", cell)}


def documented_codes(text: str) -> dict[str, int]:
    rows = re.findall(r"^\| ((?:`[A-Z_]+`[^|]*)) \| (\d{3}) \|$", text, re.M)
    return {code: int(status) for cell, status in rows for code in re.findall(r"`([A-Z_]+)`", cell)}


def broken_links(page: Path) -> list[str]:
    """Relative targets of a page that do not exist."""
    targets = re.findall(r"\]\(([^)\s#]+)[^)]*\)", page.read_text("utf-8"))
    return [target for target in targets if "://" not in target and not (page.parent / target).exists()]


def test_every_call_is_documented_and_no_other() -> None:
    rules = create_app(Settings()).url_map.iter_rules()
    real = {
        f"{method} {rule.rule}"
        for rule in rules
        if rule.endpoint != "static"
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
    }
    assert len(real) > 10
    assert documented_calls(API) == real


def test_every_error_code_is_documented_with_its_status() -> None:
    assert documented_codes(API) == STATUS


def test_every_benchmark_is_listed() -> None:
    names = {file.stem for file in (ROOT / "benchmarks").glob("*.py")} - {"__init__"}
    table = (ROOT / "docs" / "development.md").read_text("utf-8").split("\n## Benchmarks\n", 1)[1].split("\n## ", 1)[0]
    assert len(names) > 10
    assert names - set(re.findall(r"`(\w+)`", table)) == set()


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_link_leads_somewhere(page: Path) -> None:
    assert broken_links(page) == []


def test_a_broken_link_is_found(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text("[here](page.md) [there](gone.md#part) ![picture](gone.png) [away](https://example.com)")
    assert broken_links(page) == ["gone.md", "gone.png"]
