"""Who the interviewer is: a name and a manner. Not how much is asked, and not how it is judged."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Persona:
    """One interviewer. All texts are ours and meant for people, except `voices`."""

    id: str
    name: str
    about: str
    """Half a sentence for the choice: "warm and encouraging, begins with people"."""
    style: str
    """A sentence that tells a model how to speak."""
    probing: str
    """How follow-ups are worded: continues the sentence "where an answer stays vague: ..."."""
    greetings: tuple[str, ...]
    """Ways of beginning, each whole by itself and without a question."""
    manner: str
    """Which of the built-in coach's turns of phrase fit: `warm`, `direct`, `calm` or `formal`."""
    voices: Mapping[str, str] = field(hash=False)
    """`gemini` and `openai` -> name of a voice there; `browser` -> the accent to look for, as a BCP 47 tag."""

    @property
    def greeting(self) -> str:
        """The usual one."""
        return self.greetings[0]
