"""The question bank: forms as data, read once and only when a question is wanted."""

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources

from interview_coach.domain.formats import Difficulty

_SLOT = re.compile(r"\{(\w+)\}")
MAIN = ("experience", "near", "situation", "gap", "knowledge", "joint", "motivation", "resume", "bare", "proof", "line")
"""Files of forms for main questions, by competency (`any` for all) and difficulty."""
AIMS = ("situation", "task", "action", "result", "specific", "deeper")
QUOTES = frozenset({"did", "thing", "told", "claim", "plan", "quote"})
"""Slots for a phrase of the last answer."""
SLOTS = QUOTES | {"ad", "req", "cv", "in_cv", "cv_says", "job", "employer", "doing"}


@dataclass(frozen=True, slots=True)
class Form:
    """One way of asking. `text` has slots in braces."""

    text: str
    kind: str
    competency: str = "any"
    difficulty: Difficulty = Difficulty.MEDIUM
    trade: str | None = None
    subject: frozenset[str] = frozenset()
    """Words of the field that a case belongs to; empty for a form that suits any."""

    @property
    def slots(self) -> frozenset[str]:
        return frozenset(_SLOT.findall(self.text))

    @property
    def core(self) -> str:
        """The longest stretch without a slot: how the form is recognised in a question that was asked."""
        return max((piece.strip(" .,:;") for piece in _SLOT.split(self.text)[::2]), key=len)


@dataclass(frozen=True, slots=True)
class Trade:
    """A line of work, told by its words."""

    key: str
    words: frozenset[str]


@dataclass(frozen=True, slots=True)
class Bank:
    """All forms. `main` by kind; `openings` by `cv`, `far` (the CV item does not show what the ad asks for), `item` (no
    requirement), `plain`, `bare`;
    `probes` by (aim, mode); leads of a re-ask."""

    main: dict[str, tuple[Form, ...]]
    openings: dict[str, tuple[Form, ...]]
    probes: dict[tuple[str, str], tuple[Form, ...]]
    leads: dict[str, tuple[str, ...]]
    bridges: dict[str, tuple[str, ...]]
    """Sentences that say the last answer back, by the slot that they hold."""
    turns: dict[str, tuple[str, ...]]
    """Sentences that turn to the `next` topic or the `last` one, or move on after `nothing` or what
    sounded `upset`."""
    manners: dict[str, dict[str, tuple[str, ...]]]
    """The same groups as `turns`, as an interviewer of this manner says them."""
    trades: tuple[Trade, ...]

    def turn(self, group: str, manner: str) -> tuple[str, ...]:
        """Sentences of a group of `turns`; an empty or unknown manner has the usual ones."""
        return self.manners.get(manner, {}).get(group) or self.turns[group]

    @property
    def forms(self) -> tuple[Form, ...]:
        """Every form of a main question, an opening or a probe."""
        groups = (*self.main.values(), *self.openings.values(), *self.probes.values())
        # A trade's form stands once for each competency that it suits.
        return tuple({form.text: form for group in groups for form in group}.values())


def words_of(label: str) -> frozenset[str]:
    """The words of a requirement as a case of a field is looked for: hyphened words stay whole."""
    return frozenset(word.strip(".'") for word in re.findall(r"[\w'.-]+", label.casefold()))


@cache
def bank() -> Bank:
    """The forms that ship with the product."""
    main = {kind: _by_competency(kind) for kind in MAIN}
    trades = []
    for key, table in _table("trades").items():
        trades.append(Trade(key, frozenset(table["words"])))
        for kind, texts in table.items():
            if kind == "words":
                continue
            for line in texts:
                suits, _, text = line.partition(": ")
                main[kind] += tuple(Form(text, kind, suit, trade=key) for suit in suits.split(", "))
    for field in _table("cases").values():
        words = frozenset(str(field["words"]).split())
        main["situation"] += tuple(Form(text, "situation", subject=words) for text in field["cases"])
    openings = {
        group: tuple(
            Form(text, "opening", group, Difficulty(level)) for level, texts in levels.items() for text in texts
        )
        for group, levels in _table("opening").items()
    }
    probes: dict[tuple[str, str], tuple[Form, ...]] = {}
    leads: dict[str, tuple[str, ...]] = {}
    for aim, modes in _table("probes").items():
        for mode, texts in modes.items():
            if mode.startswith("lead_"):
                leads[mode.removeprefix("lead_")] = tuple(texts)
            else:
                probes[aim, mode] = tuple(Form(text, f"probe_{aim}", mode) for text in texts)
    bridges = _table("bridges")
    back, turns = ({key: tuple(texts) for key, texts in bridges[part].items()} for part in ("back", "turn"))
    manners = {
        manner: {group: tuple(texts) for group, texts in groups.items()} for manner, groups in _table("manners").items()
    }
    return Bank(main, openings, probes, leads, back, turns, manners, tuple(trades))


def _by_competency(kind: str) -> tuple[Form, ...]:
    return tuple(
        Form(text, kind, competency, Difficulty(level))
        for competency, levels in _table(kind).items()
        for level, texts in levels.items()
        for text in texts
    )


def _table(name: str) -> dict[str, dict[str, list[str]]]:
    text = resources.files(__package__).joinpath(f"data/{name}.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)
