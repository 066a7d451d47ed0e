"""The nearest place, on hand-made gazetteers."""

import json

import numpy as np
import pytest

from mapper.clean.gazetteer import Places
from mapper.resolve.nearest_place import nearest_places

# At the equator a degree is 111.195 km on the sphere of the mean radius.
DEGREE_KM = 111.195


def _gazetteer(*rows: tuple[str, float, float, str]) -> Places:
    return Places(
        names_json=tuple(json.dumps(name).encode() for name, *_ in rows),
        lon_deg=np.array([lon_deg for _, lon_deg, _, _ in rows]),
        lat_deg=np.array([lat_deg for _, _, lat_deg, _ in rows]),
        country_codes=np.array([code for *_, code in rows]),
        population=np.full(len(rows), 1_000),
    )


def _nearest(
    places: Places,
    *positions: tuple[float, float],
    code: str | None = "QA",
    is_disputed: bool = False,
) -> list[tuple[object, object]]:
    found = nearest_places(
        np.array([lon_deg for lon_deg, _ in positions]),
        np.array([lat_deg for _, lat_deg in positions]),
        country_code=np.array([code] * len(positions), dtype=object),
        is_disputed=np.full(len(positions), is_disputed),
        places=places,
    )
    return list(found.itertuples(index=False, name=None))


def test_the_nearest_place_and_its_distance_are_given() -> None:
    places = _gazetteer(("Near", 0.0, 0.0, "QA"), ("Far", 10.0, 0.0, "QA"))
    assert _nearest(places, (1.0, 0.0)) == [("Near", pytest.approx(DEGREE_KM, abs=0.01))]


def test_a_place_across_the_border_is_passed_over() -> None:
    places = _gazetteer(("Abroad", 1.0, 0.0, "QB"), ("At home", 3.0, 0.0, "QA"))
    assert _nearest(places, (1.0, 0.0)) == [("At home", pytest.approx(2 * DEGREE_KM, abs=0.02))]


def test_in_a_disputed_area_any_country_counts() -> None:
    places = _gazetteer(("One view", 1.0, 0.0, "QB"), ("Another", 3.0, 0.0, "QA"))
    assert _nearest(places, (1.0, 0.0), is_disputed=True) == [("One view", 0.0)]


def test_across_180_degrees_a_place_is_near() -> None:
    places = _gazetteer(("East of it", -179.9, 0.0, "QA"), ("West of it", 179.0, 0.0, "QA"))
    assert _nearest(places, (179.9, 0.0)) == [
        ("East of it", pytest.approx(0.2 * DEGREE_KM, abs=0.01))
    ]


def test_at_the_pole_the_latitude_decides() -> None:
    places = _gazetteer(("Far round", 170.0, 89.0, "QA"), ("Close", 0.0, 80.0, "QA"))
    assert _nearest(places, (-10.0, 89.9))[0][0] == "Far round"


@pytest.mark.parametrize("code", [None, "QZ"], ids=["on the high seas", "country without places"])
def test_without_a_place_of_the_country_nothing_is_said(code: str | None) -> None:
    places = _gazetteer(("Near", 0.0, 0.0, "QA"))
    ((name, distance_km),) = _nearest(places, (0.0, 0.0), code=code)
    assert name is None
    assert np.isnan(float(str(distance_km)))


def test_the_distance_has_two_decimals() -> None:
    places = _gazetteer(("Near", 0.0, 0.0, "QA"))
    ((_, distance_km),) = _nearest(places, (0.123456, 0.1))
    assert distance_km == round(float(str(distance_km)), 2)


def test_names_of_any_script_come_through() -> None:
    places = _gazetteer(('Zürich "Ost"\\West', 0.0, 0.0, "QA"))
    assert _nearest(places, (0.0, 0.0))[0][0] == 'Zürich "Ost"\\West'
