"""Numbers, lists and codes as a reader writes them."""

import pytest

from mapper.registry.codes import (
    By,
    Counted,
    Layer,
    LinkKind,
    OrganisationKind,
    Role,
    Says,
    Technology,
)
from mapper.telling import words


@pytest.mark.parametrize(
    ("value", "text"), [(160_000, "160,000"), (0.5, "0.5"), (1_234.5, "1,234.5"), (7, "7")]
)
def test_numbers_have_commas_and_no_needless_decimals(value: float, text: str) -> None:
    assert words.format_number(value) == text


def test_a_language_brings_its_own_numbers_and_joints() -> None:
    # By hand from the CLDR charts.
    assert words.format_number(160_000.5, "de") == "160.000,5"
    assert words.join(["a", "b", "c"], "fr") == "a, b et c"


def test_one_is_singular() -> None:
    assert words.count_noun(1, "camera", "cameras") == "1 camera"
    assert words.count_noun(0, "camera", "cameras") == "0 cameras"


def test_parts_are_joined_as_a_sentence_does() -> None:
    assert words.join([]) == ""
    assert words.join(["a"]) == "a"
    assert words.join(["a", "b", "c"]) == "a, b and c"


def test_a_place_in_no_country_is_not_called_unknown() -> None:
    assert words.country(None) == "High seas or Antarctica"
    assert words.country("FI") == "Finland"


def test_every_word_of_the_registry_has_words_for_a_reader() -> None:
    assert set(words.ROLES) == set(Role)
    assert set(words.SAYS) == set(Says)
    assert set(words.BY) == set(By)
    assert set(words.LAYERS) == set(Layer)
    assert set(words.LINKS) == set(LinkKind)
    assert set(words.TECHNOLOGIES) == set(Technology)
    assert set(words.ORGANISATION_KINDS) == set(OrganisationKind)
    assert all("_" not in words.counted(what) for what in Counted)
