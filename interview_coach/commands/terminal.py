"""Words out, lines in: what a conversation in a terminal needs."""

import select
import shutil
import sys
import textwrap
from collections.abc import Iterator
from contextlib import contextmanager, suppress

PASTE_SECONDS = 0.05
"""Lines that arrive closer together than this were pasted, not typed."""


class Terminal:
    """The person's terminal, or a pipe: then each line of input is one answer."""

    def __init__(self) -> None:
        self.interactive = sys.stdin.isatty() and sys.stdout.isatty()
        if self.interactive:
            with suppress(ImportError):  # editing and history of a line, where Python has it
                import readline  # noqa: F401

    def say(self, text: str, *, wrap: bool = True) -> None:
        """Print, folded to the width of the window (at most 88 characters: longer lines are hard to read)."""
        width = min(shutil.get_terminal_size().columns, 88)
        for line in text.splitlines() if wrap else [text]:
            print(textwrap.fill(line, width) if wrap else line)
        sys.stdout.flush()

    def ask(self, prompt: str) -> str | None:
        """One answer, without the spaces around it; None at the end of the input.

        A line that ends with a backslash goes on in the next one, and so does a pasted text of several lines.
        """
        lines: list[str] = []
        while True:
            try:
                line = input(("  " if lines else prompt) if self.interactive else "")
            except EOFError:
                if not lines:
                    return None
                break
            goes_on = line.endswith("\\")
            lines.append(line[:-1].rstrip() if goes_on else line)
            if not goes_on and not self._more_is_there():
                break
        return "\n".join(lines).strip()

    def _more_is_there(self) -> bool:
        if not self.interactive or sys.platform == "win32":
            return False
        return bool(select.select([sys.stdin], [], [], PASTE_SECONDS)[0])

    @contextmanager
    def waiting(self, text: str) -> Iterator[None]:
        """Shows that something is being done; gone when it is done."""
        if not self.interactive:
            yield
            return
        print(text, end="", flush=True)
        try:
            yield
        finally:
            print(f"\r{' ' * len(text)}\r", end="", flush=True)
