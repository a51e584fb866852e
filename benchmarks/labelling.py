"""What a second reader of the ladders thinks of their order, and how near the offline assessor comes to that.

The second reader saw every question with its seven answers shuffled and unnamed, and gave each 0-100 as an interviewer
of that trade would. It was a language model that had neither written the ladders nor seen the rules: no human. The
labels are in `tests/corpus/second_labels.json`, by ladder and rung.
"""

import json
from collections.abc import Callable
from itertools import combinations
from pathlib import Path
from statistics import fmean

LABELS = Path(__file__).parent.parent / "tests" / "corpus" / "second_labels.json"
APART = 10
"""Marks between two answers from which on the second reader is taken to see a difference."""

Marks = dict[str, dict[str, float]]
"""ladder -> rung -> marks"""


def second_labels() -> Marks:
    """The second reader's marks, 0-100."""
    labels: Marks = json.loads(LABELS.read_text(encoding="utf-8"))
    return labels


def agreement(
    given: Marks, labels: Marks, rungs: tuple[str, ...], spearman: Callable[[list[float], list[float]], float]
) -> list[str]:
    """Lines for a reader: whether the labels confirm the ladders, and whether the marks that were given follow the
    labels. `rungs` is the order in which the ladders were written, worst first. Ladders without labels are left out."""
    ladders = sorted(given.keys() & labels.keys())
    if not ladders:
        return []
    pairs = [(ladder, low, high) for ladder in ladders for low, high in combinations(rungs, 2)]
    confirmed = sum(labels[ladder][low] < labels[ladder][high] for ladder, low, high in pairs)
    turned = sum(labels[ladder][low] > labels[ladder][high] for ladder, low, high in pairs)
    apart = [pair for pair in pairs if abs(labels[pair[0]][pair[1]] - labels[pair[0]][pair[2]]) >= APART]
    same = sum(
        (labels[ladder][low] < labels[ladder][high]) == (given[ladder][low] < given[ladder][high])
        for ladder, low, high in apart
    )
    rho = fmean(
        spearman([labels[ladder][rung] for rung in rungs], [given[ladder][rung] for rung in rungs])
        for ladder in ladders
    )
    return [
        f"second reader of {len(ladders)} ladders: confirms {confirmed} of {len(pairs)} pairs, turns {turned} round",
        f"marks beside the second reader's: same order in {same} of {len(apart)} pairs that are {APART} or more apart"
        f" ({same / len(apart):.1%}), Spearman {rho:.3f}",
    ]
