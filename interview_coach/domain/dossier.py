"""Everything a coach may know about one interview before it starts."""

from dataclasses import dataclass

from interview_coach.domain.evidence import CvItem, Requirement
from interview_coach.domain.formats import Difficulty, Format
from interview_coach.domain.persona import Persona


@dataclass(frozen=True, slots=True)
class Dossier:
    """Texts, what was understood of them, and the person's choices."""

    cv_text: str
    job_text: str
    cv_items: tuple[CvItem, ...]
    """Most telling first."""
    requirements: tuple[Requirement, ...]
    """Most important first."""
    job_title: str
    company: str
    format: Format
    difficulty: Difficulty
    language: str
    """BCP 47 tag, e.g. `en`."""
    max_questions: int
    """Questions and probes together, 1..20."""
    follow_ups: int
    """At most so many probes for one topic."""
    seed: int
    """Same dossier and seed: the offline coach asks the same."""
    earlier_questions: tuple[str, ...] = ()
    """Texts asked in earlier interviews with the same CV; none may be asked again."""
    levels: tuple[tuple[str, Difficulty], ...] = ()
    """(competency, how demanding its questions are) where that is not `difficulty`."""
    focus: tuple[str, ...] = ()
    """Competencies to practise first, the most urgent one first."""
    persona: Persona | None = None
    """Who interviews; None = nobody in particular."""
    minutes: int | None = None
    """Time for a spoken interview. Then `max_questions` is only a limit, and what matters most comes first."""

    def level_of(self, competency: str) -> Difficulty:
        """How demanding questions about a competency are."""
        return dict(self.levels).get(competency, self.difficulty)
