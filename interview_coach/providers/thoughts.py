"""Takes a model's thinking aloud out of its words.

Hosted models keep their reasoning apart; local ones often write it into the text between tags. Some chat templates
write the opening tag themselves, so that only the closing one arrives.
"""

import re

_WORDS = ("think", "thinking", "thought", "thoughts", "reasoning")
_NAMES = "|".join(_WORDS)
_OPEN = re.compile(rf"<(?:{_NAMES})>", re.IGNORECASE)
_CLOSE = re.compile(rf"</(?:{_NAMES})>", re.IGNORECASE)
_ANY = re.compile(rf"</?(?:{_NAMES})>", re.IGNORECASE)
_BEGUN = {tag[:end] for word in _WORDS for tag in (f"<{word}>", f"</{word}>") for end in range(1, len(tag))}


def without_thoughts(text: str) -> str:
    """A whole reply without its thinking. JSON is left as it is: a tag in it is somebody's words."""
    if text.lstrip()[:1] in {"{", "["}:
        return text
    *_, last = [0, *(found.end() for found in _CLOSE.finditer(text))]
    text = text[last:]
    opened = _OPEN.search(text)
    return text[: opened.start()] if opened else text


class Thoughts:
    """The same for a reply that comes in pieces."""

    def __init__(self) -> None:
        self._held = ""
        self._thinking = False
        self._said = False
        self.leaked = False
        """A closing tag came after words were let through: those words were thoughts."""

    def feed(self, piece: str) -> str:
        """The words that are certain to be no thoughts."""
        self._held += piece
        words = ""
        while found := (_CLOSE if self._thinking else _ANY).search(self._held):
            before, self._held = self._held[: found.start()], self._held[found.end() :]
            if self._thinking:
                self._thinking = False
            elif found.group().startswith("</"):
                self.leaked = self.leaked or self._said
            else:
                words += self._say(before)
                self._thinking = True
        tag = self._held.rfind("<")
        certain = tag if self._held[tag:].lower() in _BEGUN else len(self._held)
        before, self._held = self._held[:certain], self._held[certain:]
        return words if self._thinking else words + self._say(before)

    def finish(self) -> str:
        """What was held back as a possible tag and is none."""
        held, self._held = self._held, ""
        return "" if self._thinking else self._say(held)

    def _say(self, words: str) -> str:
        if not self._said:
            words = words.lstrip()
        self._said = self._said or bool(words)
        return words
