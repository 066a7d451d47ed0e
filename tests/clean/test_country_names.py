"""Countries by any name a person writes, and groups of countries on a day."""

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mapper.clean.country_names import area_called, country_called
from mapper.clean.spelling import folded_words
from mapper.errors import UsageError


@pytest.mark.parametrize(
    ("written", "code"),
    [
        *[(name, "RS") for name in ("RS", "rs", "SRB", "Serbia", " SERBIA ", "Сербия", "Srbija")],
        *[(name, "CI") for name in ("Ivory Coast", "Côte d'Ivoire", "COTE D'IVOIRE")],
        *[(name, "GB") for name in ("UK", "United Kingdom", "Vereinigtes Königreich")],
        *[(name, "CN") for name in ("China", "中国", "Китай")],
        ("Kosovo", "XK"),
    ],
)
def test_a_country_is_known_by_its_codes_and_its_name_in_every_language(
    written: str, code: str
) -> None:
    assert country_called(written) == code


def test_a_country_that_is_none_is_told_with_those_spelled_alike() -> None:
    with pytest.raises(UsageError, match="no country called 'Serbai'") as caught:
        country_called("Serbai")
    assert "Serbia (RS)" in caught.value.next_step


def test_each_country_that_a_name_may_mean_is_offered_with_its_code() -> None:
    with pytest.raises(UsageError) as caught:
        country_called("Austrlia")
    offered = caught.value.next_step.removeprefix("Did you mean: ").removesuffix("?").split(", ")
    assert len(offered) > 1
    assert all(re.fullmatch(r".+ \([A-Z]{2}\)", each) for each in offered)


@pytest.mark.parametrize("written", ["", "  ", "&", "Narnia"])
def test_what_is_like_no_country_still_says_what_to_do(written: str) -> None:
    with pytest.raises(UsageError) as caught:
        country_called(written)
    assert caught.value.next_step


def test_a_group_of_countries_is_no_country() -> None:
    with pytest.raises(UsageError, match="is no country"):
        country_called("Africa")


def test_the_union_knows_who_belonged_to_it_when() -> None:
    union = area_called("European Union")
    assert union == area_called("EU")
    today = {code for code, (_, last) in union.spans.items() if last == date.max}
    assert len(today) == 27
    assert union.spans["GB"] == (date(1973, 1, 1), date(2020, 1, 31))
    assert union.spans["HR"][0] == date(2013, 7, 1)


@pytest.mark.parametrize(
    ("written", "inside", "outside"),
    [("Africa", "ZW", "IR"), ("Африка", "ZW", "IR"), ("Europe", "RS", "TR"), ("Asia", "IR", "EG")],
)
def test_a_continent_holds_its_countries(written: str, inside: str, outside: str) -> None:
    spans = area_called(written).spans
    assert inside in spans
    assert outside not in spans


@given(st.text())
def test_folding_twice_is_folding_once(text: str) -> None:
    assert folded_words(folded_words(text)) == folded_words(text)


@given(st.text())
def test_folded_words_hold_nothing_but_words(text: str) -> None:
    folded = folded_words(text)
    assert folded == " ".join(folded.split())
    assert all(letter.isalnum() or letter == " " for letter in folded)
