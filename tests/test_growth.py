"""The measure by which tests tell linear work from other work."""

import re

from tests.growth import is_linear

TEXT = "a" * 16_000


def test_the_square_is_not_taken_for_linear() -> None:
    assert not is_linear(lambda text: re.search("a*b", text), TEXT)


def test_linear_is() -> None:
    assert is_linear(lambda text: re.findall("[^b]", text), TEXT * 50)
