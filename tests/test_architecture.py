"""Imports point down only. Reads the source with `ast`, so it sees imports inside functions as well.

web, cli, commands
    use cases: creating, interviewing, evaluating, reporting, ... (every other module at the top)
        coach, providers, documents     the edges
            domain                      pure
"""

import ast
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = "interview_coach"

ENTRY = {"web", "voice", "cli", "commands", "__main__"}
EDGES = {"coach", "providers", "documents"}
GROUND = {"config", "errors", "shipped", "bootstrap"}
"""Small modules at the top that know nothing of interviews."""

HEAVY = {
    "google": "providers",
    "openai": "providers",
    "numpy": "",
    "soxr": "",
    "pypdf": "documents",
    "fpdf": "pdf",
    "uharfbuzz": "pdf",
    "gunicorn": "commands",
    "pysqlite3": "db",
    "alembic": "",
    "psycopg": "",
    "websockets": "",
}
"""Library -> the one room that may import it, and there only inside a function unless the module is an adapter."""
ON_PAPER = (
    "bars", "cover", "dimensions", "foot", "headings", "marks", "method", "missing", "paper", "progression", "prose",
    "question", "radar", "remarks", "report", "speaking", "structure", "summary", "table", "takes", "timeline",
    "trends", "typecase",
)  # fmt: skip
"""Modules of the PDF that draw. The others there know nothing of the library."""
ADAPTERS = {
    "coach.rules.network",
    "commands.worker",
    "documents.pdf",
    "voice.frames",
    "voice.line",
    *(f"pdf.{name}" for name in ON_PAPER),
}
"""Modules that are themselves imported only inside functions, so that a library at their top costs nothing."""

IMPURE = {
    "asyncio", "datetime", "http", "io", "logging", "os", "pathlib", "random", "secrets", "shutil", "socket",
    "sqlite3", "subprocess", "sys", "tempfile", "threading", "time", "urllib", "uuid",
}  # fmt: skip
"""Parts of the standard library that reach out of a function: the world, the clock, chance."""


@dataclass(frozen=True)
class Import:
    """`name` is the full dotted name; `at_top` is False inside a function or under TYPE_CHECKING."""

    name: str
    at_top: bool

    @property
    def library(self) -> str:
        return self.name.split(".")[0]

    @property
    def room(self) -> str:
        """The first name below our package: `domain`, `web`, `db` ..., empty for the package itself or a library."""
        parts = self.name.split(".")
        return parts[1] if parts[0] == PACKAGE and len(parts) > 1 else ""


def imports(source: str, module: str) -> Iterator[Import]:
    """All imports of a module; `module` is its dotted name below the package."""

    def walk(node: ast.AST, at_top: bool) -> Iterator[Import]:
        for child in ast.iter_child_nodes(node):
            if isinstance(child, ast.Import):
                yield from (Import(alias.name, at_top) for alias in child.names)
            elif isinstance(child, ast.ImportFrom):
                above = [PACKAGE, *module.split(".")][: -child.level] if child.level else []
                base = ".".join([*above, *([child.module] if child.module else [])])
                yield from (Import(f"{base}.{alias.name}", at_top) for alias in child.names)
            else:
                inner = isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda)
                only_types = isinstance(child, ast.If) and "TYPE_CHECKING" in ast.unparse(child.test)
                yield from walk(child, at_top and not inner and not only_types)

    yield from walk(ast.parse(source), True)


def faults(module: str, source: str) -> list[str]:
    """Every rule that this module breaks, as sentences."""
    room = module.split(".")[0]
    found = []

    def fault(imported: Import, why: str) -> None:
        found.append(f"{module} imports {imported.name}: {why}")

    for imported in imports(source, module):
        target = imported.room
        if room == "domain":
            if target and target != "domain":
                fault(imported, "the domain knows nothing of what is above it")
            elif not target and imported.library not in (PACKAGE, *sys.stdlib_module_names):
                fault(imported, "the domain uses the standard library only")
            elif imported.library in IMPURE:
                fault(imported, "the domain is pure: no I/O, no clock, no chance")
        if room in EDGES:
            if target and target not in {"domain", room, *GROUND, *EDGES}:
                fault(imported, "an edge imports the domain and never a use case or a page")
            if imported.library in ("flask", "flask_sqlalchemy", "sqlalchemy"):
                fault(imported, "an edge knows neither pages nor storage")
        if room == "coach" and target == "providers" and not imported.name.startswith(f"{PACKAGE}.providers.base"):
            fault(imported, "a coach knows providers by their protocol only")
        if room == "providers" and target in ("coach", "documents"):
            fault(imported, "a provider is about wires and knows nothing of interviews")
        if room == "documents" and target in ("coach", "providers"):
            fault(imported, "documents are read without a coach or a model")
        if room not in ENTRY | {"", "__init__"} and target in ENTRY:
            fault(imported, "pages and commands are on top")
        if room == "web" and target == "providers":
            fault(imported, "pages reach a model through the use cases")
        if room in ENTRY and re.match(rf"{PACKAGE}\.documents\.(child|jail|pdf|docx)\b", imported.name):
            fault(imported, "hostile files are opened in the child process, through documents.reading")
        if imported.library in HEAVY:
            owner = HEAVY[imported.library]
            if owner and room != owner:
                fault(imported, f"only {owner} may use it")
            if imported.at_top and module not in ADAPTERS:
                fault(imported, "it is heavy, so it is imported where it is used")
        if imported.room and module not in ADAPTERS and imported.at_top:
            below = imported.name.removeprefix(f"{PACKAGE}.")
            if any(below == adapter or below.startswith(f"{adapter}.") for adapter in ADAPTERS):
                fault(imported, "it brings a heavy library along, so it is imported where it is used")
        if module in ("__init__", "__main__", "bootstrap") and imported.at_top:
            ours = imported.room in ("bootstrap", "config") and module != "__init__"
            if imported.library not in sys.stdlib_module_names and not ours:
                fault(imported, "the first start runs before anything is installed")
    return found


def modules() -> dict[str, str]:
    """Dotted name below the package -> source."""
    files = sorted((ROOT / PACKAGE).rglob("*.py"))
    names = [".".join(file.relative_to(ROOT / PACKAGE).with_suffix("").parts) for file in files]
    return {
        name.removesuffix(".__init__") if name != "__init__" else name: file.read_text("utf-8")
        for name, file in zip(names, files, strict=True)
    }


def test_every_module_keeps_the_rules() -> None:
    sources = modules()
    assert len(sources) > 20, "the package was not found"
    assert [fault for name, source in sources.items() for fault in faults(name, source)] == []


@pytest.mark.parametrize(
    ("module", "source"),
    [
        ("domain.moves", "from interview_coach.coach.base import Situation"),
        ("domain.moves", "from interview_coach import db"),
        ("domain.moves", "def f():\n    from flask import g"),
        ("domain.moves", "import random"),
        ("domain.moves", "from datetime import datetime"),
        ("domain.moves", "from ..web import pages"),
        ("coach.model", "import openai"),
        ("coach.model", "def f():\n    from google import genai"),
        ("coach.model", "from interview_coach.providers.gemini import Gemini"),
        ("coach.model", "from interview_coach.interviewing import answer"),
        ("coach.rules.bank", "from flask import current_app"),
        ("documents.matching", "from interview_coach.coach.rules import bank"),
        ("documents.reading", "import pypdf"),
        ("documents.reading", "from interview_coach.documents.pdf import text"),
        ("providers.breaker", "import openai"),
        ("providers.gemini", "from google import genai"),
        ("providers.gemini", "from interview_coach.documents.cleaning import clean_text"),
        ("interviewing", "from interview_coach.web import pages"),
        ("interviewing", "def f():\n    import interview_coach.cli"),
        ("interviewing", "import numpy"),
        ("web.interviews", "from interview_coach.providers.base import Chat"),
        ("web.interviews", "def f():\n    from interview_coach.documents.child import main"),
        ("web.interviews", "import google.genai"),
        ("web.reports", "from interview_coach.pdf.report import render"),
        ("web.reports", "def f():\n    import fpdf"),
        ("pdf.lines", "import fpdf"),
        ("pdf.report", "from interview_coach.web import words"),
        ("__init__", "from flask import Flask"),
        ("bootstrap", "import pydantic"),
    ],
)
def test_a_forbidden_import_is_found(module: str, source: str) -> None:
    assert faults(module, source)


@pytest.mark.parametrize(
    ("module", "source"),
    [
        ("domain.moves", "from interview_coach.domain.plan import Plan\nimport re"),
        ("coach.model", "from interview_coach.providers.base import Chat"),
        ("coach.model", "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    import numpy"),
        ("providers.gemini", "def f():\n    from google import genai"),
        ("documents.pdf", "import pypdf"),
        ("pdf.paper", "from fpdf import FPDF"),
        ("web.reports", "def f():\n    from interview_coach.pdf.report import render"),
        ("documents.reading", "def f():\n    from interview_coach.documents.pdf import text"),
        ("web.interviews", "from interview_coach import interviewing\nfrom flask import Blueprint"),
        ("__init__", "def create_app():\n    from flask import Flask"),
    ],
)
def test_an_allowed_import_is_not_found(module: str, source: str) -> None:
    assert faults(module, source) == []


def test_files_are_named_for_their_noun() -> None:
    """Lower-case words, and none of the names that mean nothing."""
    vague = {"utils", "util", "helpers", "helper", "misc", "common", "manager", "managers", "lib", "core", "stuff"}
    parts = {part for name in modules() for part in name.split(".")} - {"__init__", "__main__"}
    assert {part for part in parts if part in vague or not re.fullmatch(r"[a-z][a-z0-9_]*", part)} == set()


def test_every_package_says_what_it_is() -> None:
    assert [name for name, source in modules().items() if not ast.get_docstring(ast.parse(source))] == []


def test_nothing_is_executed_or_unpickled_from_data() -> None:
    """`eval`, `exec`, `pickle` and a shell have no place where strangers' documents are read."""

    def bad(source: str) -> bool:
        calls = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call)]
        shell = any(keyword.arg == "shell" for call in calls for keyword in call.keywords)
        evaluated = any(isinstance(call.func, ast.Name) and call.func.id in ("eval", "exec") for call in calls)
        return shell or evaluated or "pickle" in {item.library for item in imports(source, "x")}

    assert bad("eval('1')") and bad("import pickle") and bad("run('x', shell=True)")
    assert [name for name, source in modules().items() if bad(source)] == []
