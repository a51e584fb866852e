"""How soon the interviewer of a cascade is heard after an answer: by sentences, beside whole questions.

    python -m benchmarks.first_sound [--pairs 12] [--rates 45,20,8] [--model-seconds 0.5] [--voice-seconds 0.35]

The questions are those of the built-in coach over CVs and ads of the corpus, said again by a stand-in for a model, word
by word, through the real guards and the real rule for whole sentences. Time is counted, not waited for: a word costs
its share of a second, the first word and the first sound what is given. The ratio is that of the means. Once more with
one question in ten that fails at its last word and is worded again, to see how many are put another way aloud.
"""

import argparse
import asyncio
import statistics
import sys
from collections.abc import AsyncIterator
from dataclasses import dataclass
from itertools import product

from benchmarks.questions import CANDIDATES, Interview, answer_of, documents, dossier_for, question_for
from interview_coach.coach.base import Asked, Situation, Withdrawn, Words
from interview_coach.coach.guarded import Guarded
from interview_coach.coach.rules.interviewer import RulesInterviewer
from interview_coach.domain.dossier import Dossier
from interview_coach.domain.moves import Close, Probe, next_move
from interview_coach.domain.transcript import QuestionKind, Transcript, Turn
from interview_coach.providers.base import Brief
from interview_coach.voice.sentences import whole_sentences

SPOILT = " You are a woman?"
"""Behind a question, this makes two of it and touches what may not be asked."""


class Wordy:
    """A `Chat` that says one text word by word and counts them; `spoilt` the first time."""

    provider = model = "stand-in"

    def __init__(self, text: str, *, spoilt: bool) -> None:
        self._text = text
        self._spoilt = spoilt
        self.given = self.tries = 0

    async def stream(self, brief: Brief) -> AsyncIterator[str]:
        del brief
        self.tries += 1
        text, self._spoilt = self._text + (SPOILT if self._spoilt else ""), False
        for word in text.split():
            self.given += 1
            yield f"{word} "


@dataclass(frozen=True)
class Heard:
    """Words that the model had said when the first sentence could be spoken, and when the question was whole; and how
    often it was asked."""

    first: int
    whole: int
    tries: int
    bridged: bool


async def listen(situation: Situation, asked: Asked, rules: RulesInterviewer, *, spoilt: bool) -> Heard:
    """One question."""
    chat = Wordy(asked.text, spoilt=spoilt)
    guarded = Guarded(chat, rules, situation, nonce=lambda: "0" * 16, fall_back=True)  # type: ignore[arg-type]
    written, first, bridged = "", None, False
    async for event in guarded.ask():
        if isinstance(event, Words):
            written += event.text
            if first is None and whole_sentences(written):
                first = chat.given
        elif isinstance(event, Withdrawn):
            bridged = bridged or first is not None
            written = ""
    return Heard(chat.given if first is None else first, chat.given, chat.tries, bridged)


async def interview(dossier: Dossier, candidate: str, faults: float, found: list[Heard]) -> None:
    """All questions of one interview."""
    rules = RulesInterviewer()
    held = Interview(dossier, await rules.plan(dossier))
    while True:
        transcript = Transcript(tuple(held.turns))
        move = next_move(held.plan, transcript, max_questions=dossier.max_questions, follow_ups=dossier.follow_ups)
        if isinstance(move, Close):
            return
        situation = Situation(dossier, held.plan, transcript, move)
        asked = await question_for(rules, situation)
        spoilt = len(found) * faults % 1 + faults >= 1
        found.append(await listen(situation, asked, rules, spoilt=spoilt))
        number = len(held.turns) + 1
        answer = answer_of(candidate, number, asked.text)
        kind = QuestionKind.PROBE if isinstance(move, Probe) else QuestionKind.QUESTION
        held.turns.append(Turn(number, kind, move.topic, asked.text, asked.evidence, answer, answer is None))


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--pairs", type=int, default=12)
    parser.add_argument("--rates", default="45,20,8", help="words a second")
    parser.add_argument("--model-seconds", type=float, default=0.5, help="to the first word")
    parser.add_argument("--voice-seconds", type=float, default=0.35, help="to the first sound")
    options = parser.parse_args()
    cvs, ads = documents()
    pairs = list(product(cvs.values(), ads.values()))
    chosen = pairs[:: max(1, len(pairs) // options.pairs)][: options.pairs]
    fixed = options.model_seconds + options.voice_seconds
    for faults in (0.0, 0.1):
        found: list[Heard] = []
        for place, (cv, ad) in enumerate(chosen):
            asyncio.run(interview(dossier_for(cv, ad), CANDIDATES[place % 4], faults, found))
        sooner = sum(heard.first < heard.whole for heard in found) / len(found)
        print(f"== {faults:.0%} of the questions fail at their last word and are worded again")
        print(f"questions              {len(found)}, of which {sooner:.0%} lead in with a sentence of their own")
        print(f"put another way        {sum(heard.bridged for heard in found)}")
        for rate in (float(part) for part in options.rates.split(",")):
            again = [options.model_seconds * (heard.tries - 1) for heard in found]
            whole = [fixed + heard.whole / rate + more for heard, more in zip(found, again, strict=True)]
            first = [
                fixed + heard.first / rate + (0 if heard.bridged else more)
                for heard, more in zip(found, again, strict=True)
            ]
            ratio = statistics.mean(first) / statistics.mean(whole)
            print(
                f"{rate:>4.0f} words a second      whole {statistics.median(whole):.2f} s, "
                f"by sentences {statistics.median(first):.2f} s, ratio {ratio:.2f}"
            )
    return 0


if __name__ == "__main__":
    sys.exit(main())
