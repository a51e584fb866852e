"""A page that was just acted on may be empty, half there or still the old one: a test of it asks until it is so.

`expect(...)` asks again, and so does `eventually(lambda: ...)`. Reads the source with `ast`, as
`test_architecture.py` does.
"""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

HERE = Path(__file__).resolve().parent / "browser"
FILES = sorted(HERE.rglob("*.py"))
READ_ONCE = {
    "all_inner_texts", "all_text_contents", "content", "count", "get_attribute", "inner_html", "inner_text",
    "input_value", "is_checked", "is_disabled", "is_editable", "is_enabled", "is_hidden", "is_visible", "text_content",
    "title",
}  # fmt: skip
"""What Playwright reads once, at this very moment."""
LUCK = {"sleep", "wait_for_timeout"}
"""Waiting for so long, instead of for what must happen."""


def asserted(node: ast.AST) -> Iterator[ast.AST]:
    """All that an assertion looks at once. A lambda is for somebody who asks again."""
    yield node
    for child in ast.iter_child_nodes(node):
        if not isinstance(child, ast.Lambda):
            yield from asserted(child)


def habits(source: str) -> list[str]:
    """Bad ones, each with its line."""
    found = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Assert):
            for part in asserted(node.test):
                if _is_call(part, READ_ONCE):
                    found.append(f"{part.lineno}: {part.func.attr}() is read once")
                if isinstance(part, ast.Attribute) and part.attr == "url" and _named(part.value, "page"):
                    found.append(f"{part.lineno}: the address is read once")
        elif _is_call(node, LUCK):
            found.append(f"{node.lineno}: {node.func.attr}() waits for luck")
    return found


def _is_call(node: ast.AST, names: set[str]) -> bool:
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in names


def _named(node: ast.AST, name: str) -> bool:
    return name in (getattr(node, "id", None), getattr(node, "attr", None))


@pytest.mark.parametrize("file", FILES, ids=lambda file: str(file.relative_to(HERE)))
def test_a_page_is_asked_until_it_is_so(file: Path) -> None:
    assert habits(file.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    "line",
    [
        'assert "words" in page.content()',
        'assert not page.locator("h1").is_visible(), "hidden"',
        'assert page.url.endswith("/data")',
        "page.wait_for_timeout(100)",
        "time.sleep(1)",
    ],
)
def test_a_bad_habit_is_seen(line: str) -> None:
    assert habits(line) != []


@pytest.mark.parametrize(
    "line", ["assert eventually(lambda: dots.count() == 12)", "expect(page).to_have_url(site.url)", "assert site.url"]
)
def test_asking_again_is_no_bad_habit(line: str) -> None:
    assert habits(line) == []
