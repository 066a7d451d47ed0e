"""The places that the map's search knows: large ones everywhere, small ones beside a camera."""

import pytest

from mapper.website.pages.search_file import LEAST_POPULATION, name_payloads, place_payloads
from tests.website.frames import camera, frame

_CAMERAS = frame([camera(1, nearest_place="Vaduz", country_code="LI")])


def _names_by_country(*, near_only: bool) -> dict[str, list[str]]:
    payload = place_payloads(_CAMERAS, near_only=near_only)["places"]
    names: dict[str, list[str]] = {}
    for name, number in zip(payload["name"], payload["country"], strict=True):
        names.setdefault(payload["countries"][number][0], []).append(name)
    return names


def test_a_small_place_is_known_where_a_camera_is_near_it() -> None:
    payload = place_payloads(_CAMERAS)["places"]
    row = payload["name"].index("Vaduz")
    assert payload["thousands"][row] < LEAST_POPULATION // 1000
    assert payload["near"] == [[row, 1]]
    assert "Triesen" not in payload["name"]


def test_a_name_is_known_once_in_a_country_and_the_most_populous_first() -> None:
    payload = place_payloads(_CAMERAS)["places"]
    assert payload["thousands"] == sorted(payload["thousands"], reverse=True)
    assert all(
        len(set(names)) == len(names) for names in _names_by_country(near_only=False).values()
    )


def test_the_site_of_one_city_knows_the_places_of_its_country_alone() -> None:
    assert set(_names_by_country(near_only=True)) == {"LI"}
    assert {"CH", "LI", "RU"} <= set(_names_by_country(near_only=False))


@pytest.mark.parametrize("near_only", [False, True])
def test_other_names_stand_at_the_row_of_their_place(*, near_only: bool) -> None:
    moscow = frame([camera(1, nearest_place="Moscow", country_code="RU")])
    payloads = place_payloads(moscow, near_only=near_only)
    names = (payloads if near_only else name_payloads())["names-cyrl"]["rows"]
    row = payloads["places"]["name"].index("Moscow")
    assert "Москва" in next(of_place for of_place in names if of_place[0] == row)
    # Without a camera in Ukraine the site of one city does not know it.
    assert ("Київ" in {name for _, *of_place in names for name in of_place}) is not near_only
