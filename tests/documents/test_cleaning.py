"""Cleaning: no str breaks it, nothing forbidden is left, nothing visible is lost, and time stays linear."""

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from interview_coach.documents.cleaning import MAX_MARKS, clean_extracted, clean_text
from tests.growth import is_linear

ANY = st.text(st.characters(min_codepoint=0, max_codepoint=0x10FFFF), max_size=60)
NASTY = st.text(
    st.sampled_from(
        "a -\t\n\r\x00\x0b\x1b\x85\xa0\xad\u0301\u0316\u0344\u200b\u200d"
        "\u202e\u2028\u2126\u3000\uf0b7\ufb01\ud83d\ude00\udc00\ufffe"
    ),
    max_size=60,
)


def is_forbidden(character: str) -> bool:
    """Written anew from the Unicode categories, so that it cannot repeat a slip of the code."""
    code = ord(character)
    category = unicodedata.category(character)
    if character in "\n\t":
        return False
    invisible = code in {0x34F, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x2800, 0x3164, 0xFFA0, 0xFFFC, 0xFFFD}
    selector = 0xFE00 <= code <= 0xFE0F or 0x180B <= code <= 0x180F or 0xE0000 <= code <= 0xE0FFF
    noncharacter = code & 0xFFFE == 0xFFFE or 0xFDD0 <= code <= 0xFDEF
    steering = 0x200B <= code <= 0x200F or 0x2028 <= code <= 0x202E or 0x2060 <= code <= 0x206F or code == 0xFEFF
    return category in {"Cc", "Cs", "Co"} or invisible or selector or noncharacter or steering


def check(text: str) -> None:
    for clean in (clean_text, clean_extracted):
        once = clean(text)
        assert clean(once) == once
        assert not any(map(is_forbidden, once))
        assert once.encode("utf-8").decode("utf-8") == once
        assert all(line == line.rstrip(" \t") for line in once.split("\n"))


@settings(max_examples=3000)
@given(ANY)
def test_any_text_comes_out_storable_and_stays_as_it_is(text: str) -> None:
    check(text)


@settings(max_examples=3000)
@given(NASTY)
def test_mixtures_of_nasty_characters_too(text: str) -> None:
    check(text)


def test_every_single_code_point() -> None:
    for start in range(0, 0x110000, 0x1000):
        block = "a".join(map(chr, range(start, start + 0x1000)))
        once = clean_text(block)
        assert not any(map(is_forbidden, once))
        assert clean_text(once) == once


def test_the_check_itself_sees_what_is_forbidden() -> None:
    assert all(map(is_forbidden, "\x00\x1b\x7f\x9f\ud800\u200b\u202e\U000e0041\ufdd0\uf8ff\ufe0f"))
    assert not any(map(is_forbidden, "aé\n\tß漢😀½€•–"))


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        ("a\r\nb\rc\u2028d\x0ce", "a\nb\nc\nd\ne"),
        ("\ud83d\ude00 smile", "😀 smile"),
        ("half \ud83d pair", "half  pair"),
        ("pass\u200bword \u202eevil\u2066", "password evil"),
        ("cafe\u0301", "café"),
        ("\uf0b7 Led a ward\n\uf0a7Cut costs", "- Led a ward\n- Cut costs"),
        ("in\uf0b7line", "inline"),
        ("Tom\xa0Tit\u3000x", "Tom Tit x"),
        ("  \n\n    indented\n\tcode  \n\n", "    indented\n\tcode"),
        ("a\n\n\n\nb", "a\n\n\n\nb"),
        ("=1+1 <script> {{7*7}} 💚 漢字 عربى", "=1+1 <script> {{7*7}} 💚 漢字 عربى"),
        ("", ""),
        (" \n\t", ""),
    ],
)
def test_repairs(raw: str, clean: str) -> None:
    assert clean_text(raw) == clean


def test_extracted_text_loses_ligatures_and_stacks_of_blank_lines() -> None:
    assert clean_extracted("of\ufb01ce \ufb00\n\n\n\n\uff21") == "office ff\n\nA"


def test_marks_on_one_letter_are_limited() -> None:
    assert clean_text("x" + "\u0301" * 500).count("\u0301") == MAX_MARKS


@pytest.mark.parametrize(
    "piece",
    [
        "a",
        " ",
        "\n",
        " \n",
        "\t ",
        "\u0301\u0316",
        "a\u0301",
        "\uf0b7",
        "\uf0b7 ",
        "\r",
        "\ud83d",
        "\udc00\ud83d",
        "\ufdfa",
        "é",
        "\x00",
    ],
    ids=ascii,
)
def test_200_000_characters_take_linear_time(piece: str) -> None:
    assert is_linear(clean_text, (piece * 200_000)[:200_000])
