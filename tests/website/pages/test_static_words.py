"""Days, numbers and lists as a reader writes them."""

import pytest

from mapper.clean.partial_date import parse
from mapper.registry.codes import Counted, LinkKind, OrganisationKind, Role, Says, Technology
from mapper.website.pages import page_words as words


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("2023-03-28", "28 March 2023"),
        ("2023-03-01", "1 March 2023"),
        ("2023-03", "March 2023"),
        ("2022", "2022"),
        ("before:2020", "before 2020"),
        ("before:2023-03-29", "before 29 March 2023"),
        ("after:2019-06", "after June 2019"),
        ("2016/2017", "between 2016 and 2017"),
        ("2021-05/2022-01-09", "between May 2021 and 9 January 2022"),
    ],
)
def test_a_partial_date_is_said_as_exactly_as_it_is_known(written: str, read: str) -> None:
    assert words.day(parse(written)) == read


def test_no_date_is_no_text() -> None:
    assert words.day(None) == ""


@pytest.mark.parametrize(
    ("value", "text"), [(160_000, "160,000"), (0.5, "0.5"), (1_234.5, "1,234.5"), (7, "7")]
)
def test_numbers_have_commas_and_no_needless_decimals(value: float, text: str) -> None:
    assert words.number(value) == text


def test_one_is_singular() -> None:
    assert words.of(1, "camera", "cameras") == "1 camera"
    assert words.of(0, "camera", "cameras") == "0 cameras"


def test_parts_are_joined_as_a_sentence_does() -> None:
    assert words.listed([]) == ""
    assert words.listed(["a"]) == "a"
    assert words.listed(["a", "b", "c"]) == "a, b and c"


def test_a_place_in_no_country_is_not_called_unknown() -> None:
    assert words.country(None) == "High seas or Antarctica"
    assert words.country("FI") == "Finland"


def test_every_word_of_the_registry_has_words_for_a_reader() -> None:
    assert set(words.ROLES) == set(Role)
    assert set(words.SAYS) == set(Says)
    assert set(words.LINKS) == set(LinkKind)
    assert set(words.TECHNOLOGIES) == set(Technology)
    assert set(words.ORGANISATION_KINDS) == set(OrganisationKind)
    assert all("_" not in words.counted(what) for what in Counted)
