"""States and counties: inside, near a line, abroad; and the conversion of the bundled file."""

import gzip
import json
from pathlib import Path

import numpy as np
import pytest

from mapper.errors import SourceFormatError
from mapper.resolve.admin_areas import admin_areas, assign_admin_areas
from mapper.settings import Settings
from mapper.upkeep.county_source import convert_counties

BOUNDARIES = Settings().boundaries_dir


def areas_at(
    *places: tuple[float, float], country: str = "US"
) -> list[tuple[str | None, str | None]]:
    lon_deg, lat_deg = np.array(places).T
    codes = np.array([country] * len(places), dtype=object)
    found = assign_admin_areas(lon_deg, lat_deg, codes, BOUNDARIES)
    return list(zip(found["admin1"], found["admin2"], strict=True))


def test_well_known_places_lie_in_their_counties() -> None:
    assert areas_at((-118.24, 34.05), (-81.51, 41.08), (-157.85, 21.31), (-76.61, 39.3)) == [
        ("US-CA", "US-06037"),  # Los Angeles
        ("US-OH", "US-39153"),  # Akron, Summit County
        ("US-HI", "US-15003"),  # Honolulu
        ("US-MD", "US-24510"),  # Baltimore, the city
    ]


def test_near_a_line_the_county_is_not_known_and_near_a_state_s_line_neither() -> None:
    # The four corners of Utah, Colorado, Arizona and New Mexico.
    (corner,) = areas_at((-109.0452, 36.9991))
    assert corner == (None, None)
    # Kansas: Ellis and Rush counties meet at 38.697 north, and are of one state.
    assert areas_at((-99.3, 38.6975)) == [("US-KS", None)]


def test_a_position_of_another_country_or_at_sea_has_none() -> None:
    assert areas_at((-118.24, 34.05), country="MX") == [(None, None)]
    assert areas_at((-140.0, 30.0)) == [(None, None)]


def test_every_state_has_its_counties_and_its_size() -> None:
    areas = list(admin_areas(BOUNDARIES))
    states = {area.area_id: area for area in areas if area.level == 1}
    counties = [area for area in areas if area.level == 2]
    assert len(states) == 51
    assert {county.within for county in counties} == states.keys()
    assert len({county.area_id for county in counties}) == len(counties) == 3142
    # The Census Bureau: 423,967 km2 with coastal water, 403,466 km2 of land.
    assert 403_000 < states["US-CA"].area_km2 < 424_000
    for state in states.values():
        parts = sum(county.area_km2 for county in counties if county.within == state.area_id)
        assert parts == pytest.approx(state.area_km2)


def topology(**changes: object) -> dict[str, object]:
    """Return two square counties side by side that share one arc, the second with a tiny hole."""
    content: dict[str, object] = {
        "type": "Topology",
        "transform": {"scale": [0.1, 0.1], "translate": [-100.0, 40.0]},
        "objects": {
            "counties": {
                "geometries": [
                    {"type": "Polygon", "id": "20001", "properties": {"name": "A"},
                     "arcs": [[0, 1]]},
                    {"type": "MultiPolygon", "id": "20002", "properties": {"name": "B"},
                     "arcs": [[[2, -2], [3]]]},
                    {"type": "Polygon", "id": "72001", "properties": {"name": "Elsewhere"},
                     "arcs": [[0, 1]]},
                ]
            }
        },
        "arcs": [
            [[10, 0], [-10, 0], [0, 10], [10, 0]],
            [[10, 10], [0, -10]],
            [[10, 0], [10, 0], [0, 10], [-10, 0]],
            [[15, 5], [1, 0], [-1, 0]],
        ],
    }  # fmt: skip
    return content | changes


def test_shared_arcs_become_rings_and_what_has_no_area_is_left_out(tmp_path: Path) -> None:
    source, to = tmp_path / "counties.json", tmp_path / "us_counties.geojson.gz"
    source.write_text(json.dumps(topology()), "utf-8")
    assert convert_counties(source, to) == 2
    west, east = json.loads(gzip.decompress(to.read_bytes()))["features"]
    assert west["properties"] == {
        "admin1": "US-KS",
        "admin1_name": "Kansas",
        "admin2": "US-20001",
        "admin2_name": "A",
    }
    (ring,) = east["geometry"]["coordinates"][0]
    assert sorted({tuple(corner) for corner in ring}) == [
        (-99.0, 40.0), (-99.0, 41.0), (-98.0, 40.0), (-98.0, 41.0)
    ]  # fmt: skip
    before = to.read_bytes()
    convert_counties(source, to)
    assert to.read_bytes() == before


def test_another_file_is_refused_by_its_name(tmp_path: Path) -> None:
    source = tmp_path / "countries.json"
    source.write_text(json.dumps(topology(objects={})), "utf-8")
    with pytest.raises(SourceFormatError, match=r"countries\.json is not a counties file"):
        convert_counties(source, tmp_path / "out.gz")
