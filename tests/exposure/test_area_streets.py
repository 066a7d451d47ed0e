"""Metres of street by area: by hand, and only where the extract has all of them."""

from pathlib import Path

import pytest

from mapper.exposure.area_streets import street_m_by_area
from mapper.sources.osm.boundary_cut import write_boundaries
from mapper.sources.osm.boundary_reading import read_boundaries
from tests.boundary_world import Border, box, tags, write

CELL_M = 11_119.5
"""A tenth of a degree of latitude on a sphere of 6,371.0088 km."""

BORDERS = (
    Border(70, [("outer", box(0, 0))], tags("6", "West")),
    Border(71, [("outer", box(1, 0))], tags("6", "East")),
    Border(72, [("outer", box(0, 0, 2, 1))], tags("4", "Both")),
)
# Northwards through West; and in ten steps through East, beyond its northern edge.
STREETS = (
    [(0.5, 0.2), (0.5, 0.7)],
    [(1.5, step / 10) for step in range(5, 16)],
)


def measured(path: Path, east: float = 3.0) -> dict[str, float]:
    write(path, BORDERS, [(0.5, 0.5)], streets=STREETS, covers=((-1.0, -1.0), (east, 2.0)))
    return street_m_by_area(path, read_boundaries(path).areas)


def test_a_street_counts_to_every_area_that_it_lies_in_as_far_as_it_does(tmp_path: Path) -> None:
    told = measured(tmp_path / "x.osm.pbf")
    assert told == pytest.approx(
        {
            "relation/70": 0.5 * CELL_M,
            "relation/71": 0.5 * CELL_M,
            "relation/72": CELL_M,
        },
        rel=0.001,
    )
    assert told["relation/70"] + told["relation/71"] == pytest.approx(told["relation/72"])


def test_an_area_beyond_the_box_of_the_extract_is_not_measured(tmp_path: Path) -> None:
    assert measured(tmp_path / "x.osm.pbf", east=1.5).keys() == {"relation/70"}


def test_an_extract_that_names_no_box_measures_nothing(tmp_path: Path) -> None:
    path = tmp_path / "x.osm.pbf"
    write(path, BORDERS, streets=STREETS)
    assert street_m_by_area(path, read_boundaries(path).areas) == {}


def test_the_metres_go_along_with_the_boundaries_that_are_cut_out(tmp_path: Path) -> None:
    path, small = tmp_path / "x.osm.pbf", tmp_path / "small.osm.pbf"
    write_boundaries_of = measured(path)
    write_boundaries(path, small, write_boundaries_of)
    kept = {area.area_ref: area.street_m for area in read_boundaries(small).areas}
    assert kept == {ref: round(street_m) for ref, street_m in write_boundaries_of.items()}


def test_metres_that_an_extract_of_others_claims_are_not_believed(tmp_path: Path) -> None:
    path = tmp_path / "x.osm.pbf"
    odd = {"whose_cameras:street_m": "5"}
    write(path, [Border(70, [("outer", box(0, 0))], tags("6", "West", **odd))])
    (area,) = read_boundaries(path).areas
    assert area.street_m is None
