"""Who is at the other end of the calls whose server is killed: a live model, or a server that hears, words and speaks.
And that server of ours, with one of them."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from interview_coach.personas import persona
from interview_coach.voice.cascade import PREROLL
from tests.chaos import CV, JOB, Server, call
from tests.fakes import sounds
from tests.fakes.gemini_live_script import Script, Turn, Utterance
from tests.fakes.gemini_live_server import FakeGeminiLive, Talk, speech
from tests.fakes.speech_server import RATE, FakeSpeech, bytes_of, heard
from tests.fakes.vendor import Exchange

GREETING = "Good morning, I am the interviewer of this stand-in."
SPEECH_SECONDS = 0.8


class _Endless(list[Any]):
    """Items that are made when they are asked for."""

    def __init__(self, make: Callable[[int], Any]) -> None:
        super().__init__()
        self._make = make

    def __len__(self) -> int:
        return 1_000_000

    def __getitem__(self, at: Any) -> Any:
        return self._make(at)

    def __setitem__(self, at: Any, item: Any) -> None:
        """Nothing is kept: what is said anew is worded anew."""


class LiveVendor(FakeGeminiLive):
    """Gemini's live wire. Never says the same question twice, takes no utterance for another, and greets whoever is new
    to it."""

    provider, persona = "gemini", ""
    greetings: tuple[str, ...] = (GREETING,)
    greets_apart = False

    def __init__(self, *, seconds: float = 0.6) -> None:
        self.questions = self.utterances = 0
        self._seconds = seconds
        script = Script(speed=4.0, playback=1.0)
        script.turns = _Endless(self._question)
        script.heard = _Endless(self._utterance)
        super().__init__(script, each=True)

    def _question(self, at: int) -> Turn:
        self.questions += 1
        text = f"What did you do in project number {self.questions} when it went wrong?"
        return Turn(f"{GREETING} {text}" if at == 0 else text, seconds=self._seconds)

    def _utterance(self, _at: int) -> Utterance:
        self.utterances += 1
        return Utterance(f"There I led a team of {self.utterances} people and we cut the waiting time by half.")

    def talk(self) -> Talk:
        """Of a session without a handle. One that is told what was said before does not greet."""
        read = self.sessions[-1].read
        return Talk(turn=int(bool(read.get("historyConfig", {}).get("initialHistoryInClientContent"))))

    @property
    def settings(self) -> dict[str, str]:
        """What the server must know to find it."""
        return {
            "GEMINI_API_KEY": "a-key-of-nobody-at-all",
            "GOOGLE_GEMINI_BASE_URL": self.url,
            "SSL_CERT_FILE": str(self.cafile),
        }

    def speech(self) -> bytes:
        """What it takes for one utterance, and the silence after it."""
        return speech(SPEECH_SECONDS, 1.2)


class SpeechVendor(FakeSpeech):
    """A server of OpenAI's kind that hears, words and speaks, for a cascade. Takes no clip for another.

    With `running` it hears so many words a second instead, and takes `answers_in` seconds for each clip."""

    provider, persona = "openrouter", "amara"
    greets_apart = True
    """The greeting stands before the first question in its caption, and not in its row."""

    def __init__(self, *, running: int = 0, answers_in: float = 0.0) -> None:
        super().__init__()
        self.utterances = 0
        self.running = running
        self._answers_in = answers_in
        who = persona(self.persona)
        assert who is not None
        self.greetings = who.greetings
        self.hears = self._hear
        self.speaks = bytes_of(sounds.tone(0.6, rate=RATE), f"audio/pcm;rate={RATE}")  # many calls at once: cheap

    @property
    def settings(self) -> dict[str, str]:
        """As for the other vendor."""
        return {"OPENROUTER_API_KEY": "a-key-of-nobody-at-all", "OPENROUTER_BASE_URL": self.url}

    def speech(self) -> bytes:
        """As for the other vendor."""
        return sounds.voice(SPEECH_SECONDS, seed=2) + sounds.silence(1.2)

    def _hear(self, x: Exchange) -> None:
        if x.gone(self._answers_in):
            return x.hang_up()
        with self._lock:
            self.utterances += 1
            text = f"There I led a team of {self.utterances} people and we cut the waiting time by half."
        if self.running:
            spoken = x.asked.body["clip"].seconds - PREROLL
            text = " ".join(["then"] * max(1, int(spoken * self.running)))
        return heard(text)(x)


Vendor = LiveVendor | SpeechVendor


class CallServer(Server):
    """As `Server`, with a voice and so many lines for the one local person."""

    def __init__(self, data_dir: Path, vendor: Vendor, *, calls: int = 2) -> None:
        self.vendor = vendor
        super().__init__(
            data_dir,
            COACH_THINKING_SECONDS="0.5",
            COACH_MOST_CALLS=str(max(20, calls)),
            COACH_MOST_CALLS_PER_PERSON=str(calls),
            COACH_LIMIT_CALLS="",
            **vendor.settings,
        )

    def interview(self, who: int, questions: int) -> str:
        texts = {"cv_text": CV.format(who=who), "job_text": JOB.format(who=who)}
        chosen = {"questions": questions, "provider": self.vendor.provider, "persona": self.vendor.persona}
        status, made = call(self.port, "POST", "/interviews", {**texts, **chosen})
        assert status == 201, (status, made)
        return str(made["id"])
