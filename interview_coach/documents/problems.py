"""How a parser in the child process gives up: a code, never a text of the document."""


class Stop(Exception):
    """`code` is one of the codes of `messages`; `count` is the number that its sentence needs."""

    def __init__(self, code: str, count: int = 0) -> None:
        super().__init__(code)
        self.code = code
        self.count = count
