"""Word lists written as text."""


def wordset(text: str) -> frozenset[str]:
    """The words between the spaces."""
    return frozenset(text.split())
