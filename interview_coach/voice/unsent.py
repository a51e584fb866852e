"""Words to the open question that are not its answer yet. Some were said, some stand in the page's box for typing; the
interview keeps them as one draft, and a page must show each as what it is."""

from interview_coach.documents.cleaning import clean_text


def parted(draft: str, heard: str | None, box: str | None) -> tuple[str, str]:
    """What of a stored draft was said, and what was typed.

    `heard` is what the page has shown as heard (None = it has no box, so whatever is stored goes on as said), `box`
    what stands in its box (None = it has not been told yet what belongs there). The page may know later words than
    the draft, and the other way round.
    """
    if heard is None:
        return draft, ""
    heard, draft = clean_text(heard).strip(), draft.strip()
    if box == "" and draft.startswith(heard):
        return draft, ""
    if heard and draft.startswith(heard):
        return heard, draft.removeprefix(heard).strip()
    if heard and heard.startswith(draft):
        return heard, ""
    return "", draft  # it was changed elsewhere meanwhile


class Unsent:
    """The draft of one call."""

    def __init__(self, draft: str, number: int | None, *, heard: str | None = None, box: str | None = None) -> None:
        self.said, self.typed = parted(draft, heard, box)
        """Of the draft that was found."""
        self._box = self.typed if box is None else box.strip()
        self._number = number
        self._stored = self._stored_box = "" if box else self._box

    def put(self, text: str, number: int | None) -> None:
        """This stands in the box now, for this question."""
        self._turn_to(number)
        self._box = text.strip()

    def to_store(self, spoken: str | None, number: int | None) -> str | None:
        """The words to keep for this question; None when they are kept already. `spoken` is None while what was said
        is being answered, or was: then it is no draft any more."""
        self._turn_to(number)
        if spoken is None and self._box == self._stored_box:
            return None
        text = " ".join(part for part in ((spoken or "").strip(), self._box) if part)
        return None if text == self._stored else text

    def stored(self, text: str) -> bool:
        """These are kept now. True when words of the box are among them."""
        self._stored, self._stored_box = text, self._box
        return bool(self._box)

    def _turn_to(self, number: int | None) -> None:
        if number != self._number:  # what was not sent to another question is no draft of this one
            self._number = number
            self._box = self._stored = self._stored_box = ""
