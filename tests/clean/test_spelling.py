"""One folding of text, and what its options keep apart."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mapper.clean.spelling import folded_words, unaccented, words_alone


@pytest.mark.parametrize(
    ("text", "everywhere", "of_latin_only"),
    [
        ("Niš", "nis", "nis"),
        ("ЙОД", "иод", "йод"),
        ("\uff21\uff38\uff29\uff33", "axis", "axis"),
        ("Straße", "strasse", "strasse"),
    ],
)
def test_an_accent_is_dropped_everywhere_or_in_latin_alone(
    text: str, everywhere: str, of_latin_only: str
) -> None:
    assert unaccented(text) == everywhere
    kept = unaccented(text, is_of_latin_only=True)
    # What stays is taken apart, and means the same.
    assert [kept, folded_words(kept)] == [
        unaccented(of_latin_only, is_of_latin_only=True),
        everywhere,
    ]


def test_only_what_belongs_to_words_is_kept() -> None:
    assert words_alone("m&s, no_7 -- हिन्दी") == "m s no 7 ह न द"
    assert words_alone("m&s, no_7 -- हिन्दी", categories="LMN", signs="&_") == "m&s no_7 हिन्दी"


@given(st.text())
def test_folding_what_is_folded_changes_nothing(text: str) -> None:
    assert folded_words(folded_words(text)) == folded_words(text)


@given(st.text(alphabet=st.characters(codec="ascii")))
def test_plain_letters_take_no_longer_way_to_another_answer(text: str) -> None:
    assert unaccented(text + "\u0301") == unaccented(text)


@given(st.text(st.characters(max_codepoint=127)), st.sampled_from(["", "&", "_"]))
def test_words_of_plain_signs_are_those_of_any_signs(text: str, signs: str) -> None:
    # A letter beyond ASCII leads past the table for ASCII.
    by_sign = words_alone(text + " é", categories="LN", signs=signs)
    assert [*words_alone(text, categories="LN", signs=signs).split(), "é"] == by_sign.split()
