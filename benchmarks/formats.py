"""How well CVs and job ads are read in the forms that people write them in.

Run: python -m benchmarks.formats [--misses] [name ...]

`tests/corpus/formats` holds CVs and ads with what a careful reader finds in them marked inside the text, before any
extraction was run on them: `{d:Answer the phone}`. The first line says whether the rules were made with the document
in view (`tuned`) or measured on it first (`held_out`: looked at only afterwards, so its misses are not printed here),
and for an ad its title and its employer.

Marks of an ad: m(ust), n(ice), d(uty), s(oft). Marks of a CV: a(chievement), p(roject), s(kill), u (education), and
r1, e1, r2, ...: the title of a role and its employer. For a CV, a mark is found when an item of its kind has its label
there, an item is right when its label lies in a mark of its kind, and an employer is known when the role's span holds
it. What is found counts for one mark only: two skills in one item are one skill missed.
"""

import re
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from interview_coach.documents.cv_items import find_cv_items
from interview_coach.documents.requirements import find_requirements, guess_company, guess_title
from interview_coach.domain.evidence import CvItem, CvItemKind, RequirementKind

FOLDER = Path(__file__).resolve().parent.parent / "tests" / "corpus" / "formats"
HALVES = ("tuned", "held_out")
_MARK = re.compile(r"\{([a-z])(\d*):([^{}]*)\}")
_KINDS = {
    "a": CvItemKind.ACHIEVEMENT,
    "p": CvItemKind.PROJECT,
    "s": CvItemKind.SKILL,
    "u": CvItemKind.EDUCATION,
    "r": CvItemKind.ROLE,
}
_ASKED = {
    "m": RequirementKind.MUST,
    "n": RequirementKind.NICE,
    "d": RequirementKind.DUTY,
    "s": RequirementKind.SOFT,
}


@dataclass(frozen=True)
class Mark:
    """`text[start:end]` of the document without its marks; `number` pairs a role with its employer."""

    sort: str
    number: str
    start: int
    end: int


@dataclass(frozen=True)
class Marked:
    """A document as a person would upload it, with what is to be found in it."""

    name: str
    half: str
    title: str
    company: str
    text: str
    marks: tuple[Mark, ...]


def documents(folder: str) -> Iterator[Marked]:
    """The marked documents of `cvs` or `ads`."""
    for path in sorted((FOLDER / folder).glob("*.txt")):
        first, _, marked = path.read_text(encoding="utf-8").partition("\n")
        half, title, company = (*(part.strip() for part in first.strip("# ").split("|")), "", "")[:3]
        plain, marks, at = "", [], 0
        for found in _MARK.finditer(marked):
            plain += marked[at : found.start()]
            marks.append(Mark(found[1], found[2], len(plain), len(plain) + len(found[3])))
            plain += found[3]
            at = found.end()
        yield Marked(path.stem, half, title, company, plain + marked[at:], tuple(marks))


def _overlap(a: tuple[int, int], b: tuple[int, int]) -> bool:
    return a[0] < b[1] and b[0] < a[1]


def _label_range(item: CvItem) -> tuple[int, int]:
    start = item.span.start + max(0, item.span.text.find(item.label))
    return start, start + len(item.label)


def measure_cv(cv: Marked) -> tuple[Counter[str], list[str]]:
    """Counts (`role`, `role of`, ...) and what was missed or is wrong, in words."""
    items = find_cv_items(cv.text)
    counts: Counter[str] = Counter()
    wrong: list[str] = []
    free = list(items)
    for mark in cv.marks:
        if mark.sort == "e":
            continue
        kind = _KINDS[mark.sort]
        counts[f"{kind} of"] += 1
        spot = (mark.start, mark.end)
        item = next((i for i in free if i.kind is kind and _overlap(_label_range(i), spot)), None)
        if item is None:
            wrong.append(f"missed {kind}: {cv.text[mark.start : mark.end]}")
        else:
            free.remove(item)
            counts[kind] += 1
        if kind is CvItemKind.ROLE:
            named = item is not None and " ".join(item.label.split()) == cv.text[mark.start : mark.end]
            counts["named"] += named
            if item is not None and not named:
                wrong.append(f"role named otherwise: {item.label!r} for {cv.text[mark.start : mark.end]!r}")
            for place in (m for m in cv.marks if (m.sort, m.number) == ("e", mark.number)):
                counts["employer of"] += 1
                known = item is not None and item.span.start <= place.start and place.end <= item.span.end
                counts["employer"] += known
                if not known:
                    wrong.append(f"employer unknown: {cv.text[place.start : place.end]}")
    for item in items:
        counts["items"] += 1
        spot = _label_range(item)
        right = any(_overlap(spot, (m.start, m.end)) for m in cv.marks if _KINDS.get(m.sort) is item.kind)
        counts["right"] += right
        if not right:
            wrong.append(f"stray {item.kind}: {' '.join(item.span.text.split())!r} as {item.label!r}")
    return counts, wrong


def measure_ad(ad: Marked) -> tuple[Counter[str], list[str]]:
    """Counts and what was missed or is wrong, in words."""
    found = find_requirements(ad.text)
    counts: Counter[str] = Counter()
    wrong: list[str] = []
    for sort, said, meant in (
        ("title", guess_title(ad.text), ad.title),
        ("company", guess_company(ad.text), ad.company),
    ):
        counts[f"{sort} of"] += 1
        counts[sort] += said.casefold() == meant.casefold()
        if said.casefold() != meant.casefold():
            wrong.append(f"{sort}: {said!r} for {meant!r}")
    free = sorted(found, key=lambda r: r.span.start)
    for mark in ad.marks:
        counts["asked of"] += 1
        hits = [r for r in free if _overlap((r.span.start, r.span.end), (mark.start, mark.end))]
        free = [r for r in free if r not in hits]
        counts["asked"] += bool(hits)
        counts["kind"] += any(r.kind is _ASKED[mark.sort] for r in hits)
        if not hits:
            wrong.append(f"missed: {ad.text[mark.start : mark.end]}")
        elif not any(r.kind is _ASKED[mark.sort] for r in hits):
            wrong.append(f"taken for {hits[0].kind}, is {_ASKED[mark.sort]}: {ad.text[mark.start : mark.end]}")
    for r in found:
        right = any(_overlap((r.span.start, r.span.end), (m.start, m.end)) for m in ad.marks)
        counts["items"] += 1
        counts["right"] += right
        if not right:
            wrong.append(f"stray: {' '.join(r.span.text.split())!r} as {r.label!r}")
    return counts, wrong


def _share(counts: Counter[str], part: str, whole: str) -> str:
    return f"{counts[part]:3}/{counts[whole]:<3}"


def _cv_line(name: str, c: Counter[str]) -> str:
    kinds = " ".join(_share(c, k, f"{k} of") for k in ("achievement", "project", "skill", "education"))
    return (
        f"{name:32.32} {_share(c, 'role', 'role of')} {_share(c, 'named', 'role of')} "
        f"{_share(c, 'employer', 'employer of')} {kinds} {_share(c, 'right', 'items')}"
    )


def _ad_line(name: str, c: Counter[str]) -> str:
    return (
        f"{name:32.32} {_share(c, 'title', 'title of')} {_share(c, 'company', 'company of')} "
        f"{_share(c, 'asked', 'asked of')} {_share(c, 'kind', 'asked of')} {_share(c, 'right', 'items')}"
    )


def main(arguments: list[str]) -> None:
    names = [a for a in arguments if not a.startswith("-")]
    for folder, measure, line, head in (
        ("cvs", measure_cv, _cv_line, "roles   named   employ. deeds   projects skills educ.   items right"),
        ("ads", measure_ad, _ad_line, "title   company asked   as kind items right"),
    ):
        print(f"{folder:32} {head}")
        totals = {half: Counter[str]() for half in HALVES}
        for document in documents(folder):
            if names and document.name not in names:
                continue
            counts, wrong = measure(document)
            totals[document.half] += counts
            if document.half == "tuned":
                print(line(document.name, counts))
                for miss in wrong if "--misses" in arguments else ():
                    print("      ", miss)
        for half in HALVES:
            print(line(half, totals[half]))
        print()


if __name__ == "__main__":
    main(sys.argv[1:])
