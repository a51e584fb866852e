"""What others wrote is in the tree with its version, licence and hash; nothing is fetched from anywhere at run time."""

import hashlib
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
FOLDERS = [
    ROOT / "static" / "vendor",
    ROOT / "tests" / "browser" / "vendor",
    ROOT / "interview_coach" / "pdf" / "fonts",
]
OURS = {"SHA256SUMS", "README.md"}
NAMESPACES = ("http://www.w3.org/",)
"""Names that look like addresses and are never fetched."""


def faults(folder: Path) -> list[str]:
    """Files without a hash, hashes without a file, files that changed."""
    listed = {}
    for line in (folder / "SHA256SUMS").read_text("utf-8").splitlines():
        digest, name = line.split(maxsplit=1)
        listed[name.lstrip("*").removeprefix("./")] = digest
    there = {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.rglob("*")
        if path.is_file() and not (path.parent == folder and path.name in OURS)
    }
    names = sorted({*listed, *there})
    return [name for name in names if listed.get(name) != there.get(name)]


def without_comments(text: str, suffix: str) -> str:
    """The part of a file that a browser acts on."""
    patterns = {
        ".html": r"<!--.*?-->|\{#.*?#\}",
        ".svg": r"<!--.*?-->",
        ".css": r"/\*.*?\*/",
        ".js": r"/\*.*?\*/|^\s*//.*?$",
    }
    return re.sub(patterns.get(suffix, r"(?!)"), "", text, flags=re.S | re.M)


def foreign(text: str, suffix: str) -> list[str]:
    """Addresses of other hosts that a page would load or call."""
    found = re.findall(r"(?:https?:|wss?:)?//[\w.-]+\.[a-z]{2,}[^\s\"'<>)]*", without_comments(text, suffix))
    return [address for address in found if not address.startswith(NAMESPACES)]


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.parent.name)
def test_every_vendored_file_has_its_hash(folder: Path) -> None:
    assert faults(folder) == []


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.parent.name)
def test_every_vendored_library_has_its_version_and_licence(folder: Path) -> None:
    libraries = [path for path in folder.iterdir() if path.is_dir()]
    assert libraries
    for library in libraries:
        assert re.search(r"-\d+\.\d+(\.\d+)?$", library.name), f"{library.name} does not end with a version"
        assert (library / "LICENSE").is_file(), f"{library.name} lacks its licence"


def test_a_changed_an_unlisted_and_a_missing_file_are_found(tmp_path: Path) -> None:
    for name in ("same", "changed", "unlisted"):
        (tmp_path / name).write_text(name)
    right = hashlib.sha256(b"same").hexdigest()
    (tmp_path / "SHA256SUMS").write_text(f"{right}  ./same\n{right}  changed\n{right}  missing\n")
    assert faults(tmp_path) == ["changed", "missing", "unlisted"]


def test_pages_load_nothing_from_another_host() -> None:
    files = [
        path
        for top in ("templates", "static")
        for path in (ROOT / top).rglob("*")
        if path.suffix in (".html", ".css", ".js", ".svg", ".webmanifest") and FOLDERS[0] not in path.parents
    ]
    assert len(files) > 10
    assert {str(path): found for path in files if (found := foreign(path.read_text("utf-8"), path.suffix))} == {}


@pytest.mark.parametrize(
    ("text", "suffix"),
    [
        ('<script src="https://cdn.example.com/x.js"></script>', ".html"),
        ('<img src="//example.com/x.png">', ".html"),
        ("@import url(https://fonts.example.com/css)", ".css"),
        ('fetch("https://api.example.com")', ".js"),
    ],
)
def test_an_address_of_another_host_is_found(text: str, suffix: str) -> None:
    assert foreign(text, suffix)


@pytest.mark.parametrize(
    ("text", "suffix"),
    [
        ('<svg xmlns="http://www.w3.org/2000/svg">', ".svg"),
        ("<!-- from https://example.com -->", ".html"),
        ("/* see https://example.com */", ".css"),
        ("// see https://example.com", ".js"),
    ],
)
def test_a_namespace_or_a_comment_is_no_address(text: str, suffix: str) -> None:
    assert foreign(text, suffix) == []
