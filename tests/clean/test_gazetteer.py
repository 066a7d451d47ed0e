"""Places by name and as a table."""

import numpy as np
import pytest

from mapper.clean.gazetteer import find, places, search
from mapper.errors import UsageError


def test_a_place_is_found_in_any_spelling() -> None:
    for name in ("Helsinki", "helsinki", " HELSINGFORS ", "Хельсинки"):
        found = find(name, "FI")
        assert (found.name, found.country_code) == ("Helsinki", "FI")
        assert found.lon_deg == pytest.approx(24.94, abs=0.05)
        assert found.lat_deg == pytest.approx(60.17, abs=0.05)


def test_accents_do_not_count() -> None:
    assert find("Zurich", "CH").name == "Zürich"
    assert find("Zürich", "CH").name == "Zürich"


def test_of_two_places_of_one_name_the_larger_one_is_meant() -> None:
    assert find("London").country_code == "GB"
    assert find("London", "CA").country_code == "CA"


@pytest.mark.parametrize(
    ("name", "country", "taken"),
    [
        ("Ghent", "", "Gent, region VLG, Belgium"),
        ("Cologne", "", "Köln, region 07, Germany"),
        ("Odessa", "", "Odesa, region 17, Ukraine"),
        ("Porto", "", "Porto, region 17, Portugal"),
        ("Kiev", "", "Kyiv, region 12, Ukraine"),
        ("Ghent, US", "", "Ghent, New York, United States"),
        ("Ghent, BE", "", "Gent, region VLG, Belgium"),
        ("Ghent, Belgium", "", "Gent, region VLG, Belgium"),
        ("Paris, Texas", "", "Paris, Texas, United States"),
        ("paris , tx", "", "Paris, Texas, United States"),
        ("Paris, CA", "", "Paris, region 08, Canada"),
        ("Springfield, Illinois", "", "Springfield, Illinois, United States"),
        ("Springfield, Illinois, USA", "", "Springfield, Illinois, United States"),
        ("Saint-Denis", "France", "Saint-Denis, region 11, France"),
        ("London", "CAN", "London, region 08, Canada"),
        ("Newcastle", "uk", "Newcastle upon Tyne, England"),
    ],
)
def test_the_number_of_people_decides_unless_more_is_said(
    name: str, country: str, taken: str
) -> None:
    found = str(find(name, country))
    assert found.startswith(taken.replace(", England", ", region ENG"))
    assert found.endswith(" people)")


def test_every_place_of_a_name_is_told_the_largest_first() -> None:
    places_there = search("Springfield")
    people = [place.population for place in places_there if place.name == "Springfield"]
    assert len(people) > 10
    assert people == sorted(people, reverse=True)


def test_a_country_that_there_is_not_is_named() -> None:
    with pytest.raises(UsageError, match="no country called 'Atlantis'"):
        find("Paris", "Atlantis")


def test_a_large_place_is_less_exactly_located_than_a_small_one() -> None:
    assert find("Moscow", "RU").precision_m > find("Vaduz", "LI").precision_m > 0


@pytest.mark.parametrize(
    ("name", "country"),
    [("Atlantis-on-Sea", ""), ("Paris", "FI"), ("", ""), (",", ""), ("Paris, XX", "")],
)
def test_an_unknown_name_says_so(name: str, country: str) -> None:
    with pytest.raises(UsageError, match="no place of 500 people") as raised:
        find(name, country)
    assert "--bbox" in raised.value.next_step


def test_the_table_holds_the_whole_world() -> None:
    table = places()
    assert len(table.names_json) == len(table.lon_deg) == len(table.country_codes) > 200_000
    assert np.abs(table.lon_deg).max() <= 180
    assert np.abs(table.lat_deg).max() <= 90
    assert {"FI", "RU", "US", "XK", "TW", "EH", "PS"} <= set(table.country_codes.tolist())


def test_names_are_read_out_of_their_escapes() -> None:
    table = places()
    among = np.flatnonzero(table.country_codes == "CH")
    names = {table.name(int(place)) for place in among}
    assert {"Zürich", "Genève", "Geneva"} & names
    assert not any("\\u" in name for name in names)


def test_names_read_in_one_piece_are_those_read_one_by_one() -> None:
    table = places()
    asked = range(len(table.names_json) - 1, 0, -997)
    assert table.names(asked) == [table.name(place) for place in asked]
