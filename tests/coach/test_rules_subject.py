"""The network that sees whether an answer is about what was asked."""

import subprocess
import sys

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from interview_coach.coach.rules import relevance
from interview_coach.coach.rules.marking import Kind, mark
from interview_coach.coach.rules.network import gelu
from interview_coach.coach.rules.subject import on_subject
from interview_coach.coach.rules.wordpiece import WordPiece
from interview_coach.domain.transcript import QuestionKind
from tests.coach.test_rules_assessor import STORY, asked, score

PLANNING = "How do you keep track of many tasks at once?"
LIST = "Everything goes on one list in the morning, with a star for what cannot wait, and at noon I look at it again."
CARAVAN = "We bought a caravan last summer and my brother painted it green. The children sleep in the top bunks."
TRADE = (
    "Tourism has changed a lot. Nobody stays longer than two nights now, and the platforms take a fifth of the price."
)


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("Unbelievably, naïve!", ["un", "##bel", "##ie", "##va", "##bly", ",", "naive", "!"]),
        ("Zoë paid £12.50", ["zoe", "paid", "£1", "##2", ".", "50"]),
        ("HTMX's re-rendering", ["h", "##tm", "##x", "'", "s", "re", "-", "rendering"]),
        ("日本 ok", ["[UNK]", "[UNK]", "ok"]),
        ("x" * 150, ["[UNK]"]),
        ("", []),
    ],
)
def test_words_are_cut_as_the_model_that_it_began_from_cuts_them(text: str, pieces: list[str]) -> None:
    vocabulary = ["[UNK]", "[CLS]", "[SEP]", *dict.fromkeys(piece for piece in pieces if piece != "[UNK]")]
    cut = WordPiece(vocabulary).pieces(text, most=100)
    assert [vocabulary[number] for number in cut] == pieces


def test_the_longest_piece_is_taken_first() -> None:
    vocabulary = ["[UNK]", "[CLS]", "[SEP]", "re", "rend", "##render", "##ing", "##r"]
    cut = WordPiece(vocabulary).pieces("rerendering rend", most=3)
    assert [vocabulary[number] for number in cut] == ["re", "##render", "##ing"]


def test_gelu_is_what_its_formula_gives() -> None:
    rows = np.array([-3.0, -1.0, 0.0, 0.5, 2.0], dtype=np.float32)
    assert gelu(rows) == pytest.approx([-0.00404951, -0.15865526, 0.0, 0.34573123, 1.95449974], abs=2e-6)


@pytest.mark.parametrize("other", [CARAVAN, TRADE, STORY])
def test_what_answers_the_question_is_nearer_to_it_than_what_does_not(other: str) -> None:
    assert on_subject(PLANNING, LIST) > 0 > on_subject(PLANNING, other) + 1


def test_the_weights_are_those_that_were_measured() -> None:
    """Others want new figures in docs/scoring.md; the last places may differ between processors."""
    assert [on_subject(PLANNING, text) for text in (LIST, CARAVAN, TRADE)] == pytest.approx(
        [2.18, -4.33, -4.47], abs=0.05
    )


def test_who_comes_to_the_subject_late_has_come_to_it() -> None:
    waffle = " ".join([CARAVAN] * 6)
    assert on_subject(PLANNING, f"{waffle} {LIST * 4}") > on_subject(PLANNING, waffle) + 1


@settings(max_examples=25, deadline=None)
@given(st.text(max_size=600), st.text(max_size=600))
def test_any_text_can_be_read(question: str, answer: str) -> None:
    found = on_subject(question, answer)
    assert np.isfinite(found) and found == on_subject(question, answer) == round(found, 2)


def test_a_book_is_read_in_bounded_steps(monkeypatch: pytest.MonkeyPatch) -> None:
    from interview_coach.coach.rules.network import Network

    read: list[int] = []
    direction = Network.direction
    monkeypatch.setattr(Network, "direction", lambda self, pieces: read.append(len(pieces)) or direction(self, pieces))
    on_subject(PLANNING, "We looked at the list again. " * 2000)
    assert 2 <= len(read) <= 5 and max(read) <= 112


def test_it_is_asked_only_where_words_leave_a_doubt(monkeypatch: pytest.MonkeyPatch) -> None:
    heard: list[tuple[str, str]] = []

    def listen(question: str, answer: str) -> float:
        heard.append((question, answer))
        return 0.0

    monkeypatch.setattr(relevance, "on_subject", listen)
    mark(asked(None))
    mark(asked("asdf qwer zxcv uiop"))
    mark(asked(STORY), trade="Hotel receptionist")
    mark(asked(CARAVAN, kind=QuestionKind.PROBE))
    mark(asked(CARAVAN), by_words=True)
    mark(asked("Wir haben im Sommer den Wohnwagen von meinem Bruder für die Kinder gekauft."))
    assert heard == []
    mark(asked(f"Good morning. {CARAVAN}", question=f"You said “that. Then this”. {PLANNING}"))
    assert heard == [(PLANNING, CARAVAN)]


def test_the_nearer_it_is_the_more_marks_it_may_get(monkeypatch: pytest.MonkeyPatch) -> None:
    told = "In spring I repainted the hull of a ferry. I sanded it for two weeks. By May it floated, 20 minutes faster."
    found = []
    for odds in (-9.0, -2.6, -2.0, -1.5, 0.0, 5.0):
        monkeypatch.setattr(relevance, "on_subject", lambda question, answer, odds=odds: odds)
        found.append(score(told).score or 0)
    assert found == sorted(found) and found[0] <= 4 < found[1] < found[2] < found[3] <= found[4] == found[5]
    monkeypatch.setattr(relevance, "on_subject", lambda question, answer: -9.0)
    assert mark(asked(told)).kind is Kind.ELSEWHERE


def test_nothing_of_it_is_loaded_before_an_answer_is_marked() -> None:
    told = "import sys, interview_coach.coach.rules.assessor; print('numpy' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", told], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
