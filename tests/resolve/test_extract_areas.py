"""Areas by an extract's own boundaries, beside those that are bundled."""

import gzip
import json
from collections import Counter

import numpy as np
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely.geometry import shape

from mapper.model.boundary_area import BoundaryArea
from mapper.model.enums import AdminMethod
from mapper.resolve.admin_areas import COUNTIES_FILE
from mapper.resolve.countries import Countries
from mapper.resolve.extract_areas import ExtractAreas
from mapper.settings import Settings
from tests.boundary_world import box, place

FOLDER = Settings().boundaries_dir
COUNTRIES = Countries.load(FOLDER)


def boundary(
    number: int, level: int, ring: list[tuple[float, float]], **more: object
) -> BoundaryArea:
    wkb = shapely.to_wkb(shapely.MultiPolygon([shapely.Polygon([place(*each) for each in ring])]))
    said = {"name": f"N{number}", "iso_code": "", "population": None, "population_on": None} | more
    return BoundaryArea(f"relation/{number}", level, outline_wkb=wkb, **said)  # type: ignore[arg-type]


def rows_at(
    areas: ExtractAreas, *corners: tuple[float, float], country: str = "DE"
) -> list[tuple[str | None, ...]]:
    lon_deg, lat_deg = np.array([place(*corner) for corner in corners]).T
    codes = np.array([country] * len(corners), dtype=object)
    return list(areas.assigned(lon_deg, lat_deg, codes, FOLDER).itertuples(index=False, name=None))


def test_the_extract_comes_first_and_the_bundled_file_where_it_says_nothing() -> None:
    areas = ExtractAreas.of([boundary(5, 6, box(0, 0))], COUNTRIES, FOLDER)
    assert rows_at(areas, (0.5, 0.5), (3.5, 0.5)) == [
        ("DE-BY", "natural_earth", "osm:relation/5", "openstreetmap"),
        ("DE-BY", "natural_earth", None, None),
    ]
    # Bavaria around it is the bundled one, by a point inside.
    (kreis,) = [area for area in areas.areas_of(FOLDER, ["DE"]) if area.level == 2]
    assert (kreis.within, kreis.name, kreis.country_code) == ("DE-BY", "N5", "DE")
    assert 82.0 < kreis.area_km2 < 84.0


def test_a_code_of_iso_is_the_id_and_takes_the_place_of_the_bundled_area() -> None:
    areas = ExtractAreas.of(
        [boundary(5, 4, box(0, 0, 4, 4), iso_code="DE-BY", name="Freistaat")], COUNTRIES, FOLDER
    )
    (row,) = rows_at(areas, (1.5, 1.5))
    assert row[:2] == ("DE-BY", "openstreetmap")
    named = {area.area_id: area.name for area in areas.areas_of(FOLDER, ["DE"])}
    assert (named["DE-BY"], len(named)) == ("Freistaat", 16)
    # Of another country's code the relation is the id.
    foreign = ExtractAreas.of([boundary(5, 4, box(0, 0), iso_code="FR-IDF")], COUNTRIES, FOLDER)
    assert rows_at(foreign, (0.5, 0.5))[0][0] == "osm:relation/5"


def test_a_code_that_two_boundaries_of_a_level_bear_is_the_id_of_neither() -> None:
    twice = [
        boundary(5, 6, box(0, 0), iso_code="DE-XX"),
        boundary(6, 6, box(2, 0), iso_code="DE-XX"),
        boundary(7, 6, box(4, 0), iso_code="DE-YY"),
    ]
    areas = ExtractAreas.of(twice, COUNTRIES, FOLDER)
    ids = [row[2] for row in rows_at(areas, (0.5, 0.5), (2.5, 0.5), (4.5, 0.5))]
    assert ids == ["osm:relation/5", "osm:relation/6", "DE-YY"]


def test_deeper_levels_count_only_where_no_area_of_the_country_is_bundled() -> None:
    ward = boundary(5, 10, box(0, 0), iso_code="DE-BY")
    assert ExtractAreas.of([ward], COUNTRIES, FOLDER).levels == {}


def test_the_united_states_keep_their_counties() -> None:
    box_us = shapely.to_wkb(shapely.MultiPolygon([shapely.box(-118.5, 34.0, -118.0, 34.5)]))
    county = BoundaryArea("relation/5", 6, "Los Angeles", "", None, None, box_us)
    areas = ExtractAreas.of([county], COUNTRIES, FOLDER)
    answer = areas.assigned(
        np.array([-118.24]), np.array([34.05]), np.array(["US"], dtype=object), FOLDER
    )
    assert answer["admin2"].tolist() == ["US-06037"]


def test_the_extract_tells_inhabitants_and_streets_of_the_county_that_it_draws_too() -> None:
    (county,) = [
        feature
        for feature in json.loads(gzip.decompress((FOLDER / COUNTIES_FILE).read_bytes()))[
            "features"
        ]
        if feature["properties"]["admin2"] == "US-39153"
    ]
    outline = shapely.to_wkb(shape(county["geometry"]))
    summit = BoundaryArea("relation/5", 6, "Summit", "", 540428, "2020", outline, 7_000_000.0)
    # A city in it is smaller, whatever its level says.
    akron = shapely.to_wkb(shapely.MultiPolygon([shapely.box(-81.6, 41.0, -81.4, 41.2)]))
    city = BoundaryArea("relation/6", 6, "Akron", "", 190000, "2020", akron, 1.0)
    for drawn in ([summit, city], [city, summit]):
        areas = ExtractAreas.of(drawn, COUNTRIES, FOLDER)
        told = {area.area_id: area for area in areas.areas_of(FOLDER, ["US"])}
        assert (told["US-39153"].population, told["US-39153"].population_on) == (540428, "2020")
        assert told["US-39153"].street_m == 7_000_000.0
        assert told["US-39153"].method is AdminMethod.CENSUS_BUREAU
        assert told["US-39155"].population is None


CORNERS = st.tuples(st.floats(-0.5, 4.5), st.floats(-0.5, 4.5))


@settings(deadline=None, max_examples=40)
@given(st.lists(CORNERS, min_size=1, max_size=25), st.integers(1, 3))
def test_a_camera_is_in_one_area_of_a_level_at_most_and_the_sums_are_equal(
    corners: list[tuple[float, float]], overlap: int
) -> None:
    # A grid of squares that overlap by a third of themselves or touch.
    wide = 1 + (overlap - 1) / 3
    cells = [(column, row) for column in range(4) for row in range(4)]
    drawn = [
        boundary(10 + number, 6, box(column, row, wide, wide))
        for number, (column, row) in enumerate(cells)
    ]
    areas = ExtractAreas.of(drawn, COUNTRIES, FOLDER)
    rows = rows_at(areas, *corners)
    counted = Counter(row[2] for row in rows)
    assert counted.total() == len(corners)
    for corner, row in zip(corners, rows, strict=True):
        holding = [
            f"osm:{each.area_ref}"
            for each in drawn
            if shapely.from_wkb(each.outline_wkb).covers(shapely.Point(place(*corner)))
        ]
        assert row[2] is None or not holding or holding == [row[2]]
        assert (row[2] is None) == (row[3] is None)
