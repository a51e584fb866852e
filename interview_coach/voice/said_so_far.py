"""The words of the person's turn that is under way, or was answered last."""


class SaidSoFar:
    """`lasts` is true when words that come after an answer still belong to the same turn."""

    def __init__(self, *, lasts: bool) -> None:
        self._lasts = lasts
        self._typed: set[str] = set()
        self._ahead: list[str] = []
        """Typed while the interviewer still speaks: it answers that, and not what was asked before."""
        self.words = ""
        """What was heard for good, or typed."""
        self.interim = ""
        """What is probably being said behind that."""
        self.is_over = False
        """It is being answered, or was: these are no words to keep any more."""

    @property
    def text(self) -> str:
        """All of it."""
        return " ".join(part for part in (self.words.strip(), self.interim, *self._ahead) if part)

    def hear(self, text: str) -> None:
        """More words, for good."""
        self._begin()
        self.words, self.interim = self.words + text, ""

    def overhear(self, text: str) -> None:
        """What follows them, as far as it is known; it may still change."""
        self._begin()
        self.interim = text

    def _begin(self) -> None:
        if self.is_over and not self._lasts:
            self.words, self.is_over = "", False

    def type(self, text: str, *, ahead: bool = False) -> None:
        """These words were typed, all of them a turn; `ahead` of the end of what the interviewer is saying."""
        self._typed.add(text)
        if self._lasts and ahead:
            self._ahead.append(text)
        elif self._lasts:
            self.words = f"{self.words} {text}".strip()

    def was_typed(self, text: str) -> bool:
        """The turn consists of nothing else than what was typed at once."""
        return text in self._typed

    def answering(self, text: str) -> None:
        """The whole turn was this, and it is being answered."""
        self.words, self.interim, self.is_over = text, "", True

    def answered(self, text: str) -> None:
        """The turn of these words is done with."""
        self._typed.discard(text)

    def turn_over(self, text: str) -> None:
        """The interviewer's turn after these words is over: what came since begins the next one."""
        rest = self.words.strip().removeprefix(text.strip()).strip()
        self.words, self.interim, self._ahead = " ".join(part for part in (rest, *self._ahead) if part), "", []
        self._typed &= {self.words}

    def goes_on(self) -> None:
        """The interviewer's turn does not count: what was typed meanwhile goes on with these words."""
        self.words, self._ahead = " ".join(part for part in (self.words.strip(), *self._ahead) if part), []
