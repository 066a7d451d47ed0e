"""Text from outside comes out safe to store, and otherwise as it was."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mapper.clean.text import (
    MARKS_MAX,
    PARTS_MAX,
    TAGS_MAX,
    VALUE_CHARS_MAX,
    clean_tags,
    clean_text,
)

any_text = st.text(st.characters(exclude_categories=()), max_size=300)


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("Flock Safety", "Flock Safety"),
        ("Большой брат", "Большой брат"),
        ("a\0b", "ab"),
        ("Axis\r\nCommunications", "Axis  Communications"),
        ("one\u2028two", "one two"),
        ("\ufeffAxis", "Axis"),
        ("Ax\u200bis", "Axis"),
        ("safe\u202egpj.exe", "safegpj.exe"),
        ("\u2066Ring\u2069", "Ring"),
        ("soft\u00adhyphen", "softhyphen"),
        ("lone\ud800surrogate", "lonesurrogate"),
        ("private\ue000use", "privateuse"),
        ("Mu\u0308nchen", "M\u00fcnchen"),
        ("Z" + "\u0300\u0316" * 20, "Z\u0316\u0316\u0316\u0316"),
        ("tag\U000e0041\U000e0042", "tag"),
        ("\u0600\u0661", "\u0600\u0661"),
        ("non\u00a0breaking", "non\u00a0breaking"),
    ],
    ids=[
        "plain text stays",
        "other scripts stay",
        "NUL goes",
        "line breaks become spaces",
        "a line separator becomes a space",
        "the byte order mark goes",
        "a zero-width space goes",
        "a right-to-left override goes",
        "isolates go",
        "a soft hyphen goes",
        "a lone surrogate goes",
        "private use goes",
        "decomposed letters are composed",
        "a flood of marks is cut to four",
        "invisible tags go",
        "a visible format character stays",
        "a non-breaking space stays",
    ],
)
def test_only_what_harms_is_removed(written: str, expected: str) -> None:
    result = clean_text(written)
    assert result.text == expected
    assert result.cleaned == (written != expected)
    assert not result.cut


@given(any_text)
def test_cleaning_twice_is_cleaning_once(written: str) -> None:
    once = clean_text(written).text
    assert clean_text(once).text == once


@given(any_text)
def test_what_comes_out_can_be_stored_anywhere(written: str) -> None:
    text = clean_text(written).text
    text.encode("utf-8")
    assert unicodedata.is_normalized("NFC", text)
    assert not {unicodedata.category(character) for character in text} & {"Cc", "Cs", "Co", "Cn"}
    assert not set(text) & set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f")


@given(st.text(st.sampled_from("ab\u0300\u0301\u0316\u20dd;\u200d"), max_size=80))
def test_no_run_of_marks_is_longer_than_four(written: str) -> None:
    run = 0
    for character in clean_text(written).text:
        run = run + 1 if unicodedata.category(character) in {"Mn", "Me"} else 0
        assert run <= MARKS_MAX


def test_a_huge_value_is_cut_and_says_so() -> None:
    result = clean_text("x" * 5_000_000)
    assert result.text == "x" * VALUE_CHARS_MAX
    assert result.cut
    assert not result.cleaned


def test_a_value_of_a_thousand_parts_keeps_fifty() -> None:
    result = clean_text(";".join("n" * 1 for _ in range(400)))
    assert result.text.split(";") == ["n"] * PARTS_MAX
    assert result.cut


def test_of_ten_thousand_tags_a_hundred_are_kept() -> None:
    result = clean_tags({f"key{number:05}": "value" for number in range(10_000)})
    assert list(result.tags) == [f"key{number:05}" for number in range(TAGS_MAX)]
    assert result.cut


def test_one_odd_value_marks_the_object_and_leaves_the_others() -> None:
    result = clean_tags({"operator": "City", "model": "Q\u200b60"})
    assert result.tags == {"operator": "City", "model": "Q60"}
    assert result.cleaned
    assert not result.cut


def test_of_two_keys_that_become_one_the_first_is_kept() -> None:
    result = clean_tags({"brand": "Axis", "bra\u200bnd": "Other"})
    assert result.tags == {"brand": "Axis"}
    assert result.cut


@given(st.dictionaries(any_text, any_text, max_size=8))
def test_cleaning_tags_twice_is_cleaning_them_once(tags: dict[str, str]) -> None:
    once = clean_tags(tags).tags
    assert clean_tags(once).tags == once
