"""Administrative areas of an extract: rings, holes, islands, what is open, what is hostile."""

from pathlib import Path

import osmium
import pytest
import shapely

from mapper.errors import SourceFormatError
from mapper.sources.osm.boundary_cut import write_boundaries
from mapper.sources.osm.boundary_reading import BoundaryReading, polygons_of, read_boundaries
from tests.boundary_world import STEP_DEG, Border, box, place, tags, write
from tests.cli import inputs

CELL_DEG2 = STEP_DEG**2


def reading(
    tmp_path: Path, *borders: Border, lost_ways: frozenset[int] = frozenset()
) -> BoundaryReading:
    path = tmp_path / "x.osm.pbf"
    write(path, borders, lost_ways=lost_ways)
    return read_boundaries(path)


def test_an_area_of_two_islands_with_a_hole_has_all_its_ground_and_no_more(tmp_path: Path) -> None:
    rings = (("outer", box(0, 0, 3, 3)), ("inner", box(1, 1)), ("outer", box(5, 0)))
    told = reading(tmp_path, Border(7, rings, tags("6", "Kreis", **{"ISO3166-2": "DE-XX"})))
    (area,) = told.areas
    outline = shapely.from_wkb(area.outline_wkb)
    assert (area.area_ref, area.admin_level, area.name, area.iso_code) == (
        "relation/7", 6, "Kreis", "DE-XX",
    )  # fmt: skip
    assert outline.area == pytest.approx((9 - 1 + 1) * CELL_DEG2)
    assert outline.contains(shapely.Point(place(5.5, 0.5)))
    assert not outline.contains(shapely.Point(place(1.5, 1.5)))
    assert told.notes == ()


def test_a_ring_that_lacks_a_way_is_named_and_left_out(tmp_path: Path) -> None:
    told = reading(
        tmp_path,
        Border(7, [("outer", box(0, 0))], tags("6", "Whole")),
        Border(8, [("outer", box(1, 0))], tags("6", "Cut")),
        lost_ways=frozenset({4}),
    )
    assert [area.name for area in told.areas] == ["Whole"]
    assert told.open_refs == ("relation/8",)
    assert told.notes == (
        "1 boundaries do not close with what the extract holds, and tell of no area: relation/8",
    )


def test_a_ring_that_crosses_itself_is_never_an_area_of_another_shape(tmp_path: Path) -> None:
    crossed = [(0.0, 0.0), (1.0, 1.0), (1.0, 0.0), (0.0, 1.0), (0.0, 0.0)]
    told = reading(tmp_path, Border(7, [("outer", crossed)], tags("6", "Bow")))
    assert told.areas == ()
    assert told.open_refs == ("relation/7",)


def test_mending_an_outline_loses_its_loose_lines_and_none_of_its_ground() -> None:
    spike = [(0, 0), (4, 4), (4, 0), (0, 4), (0, 0), (-1, 0), (0, 0)]
    mended = shapely.make_valid(shapely.Polygon(spike))
    kinds = [each.geom_type for each in shapely.get_parts(mended)]
    assert kinds == ["MultiPolygon", "LineString"]
    assert sum(each.area for each in polygons_of(mended)) == 8.0
    (square,) = polygons_of(shapely.box(0, 0, 1, 1))
    assert square.area == 1.0


def test_other_levels_and_other_boundaries_are_no_areas(tmp_path: Path) -> None:
    ring = [("outer", box(0, 0))]
    told = reading(
        tmp_path,
        Border(1, ring, tags("2", "Land")),
        Border(2, ring, tags("8", "Gemeinde")),
        Border(3, ring, tags("6", "Park") | {"boundary": "national_park"}),
        Border(4, ring, tags("11", "Deep", **{"ISO3166-2": "DE-XX"})),
        Border(5, ring, tags("8", "Ward", **{"ISO3166-2": "MC-MO"})),
        Border(6, ring, tags("2", "Country", **{"ISO3166-2": "DE-XX"})),
    )
    assert [area.name for area in told.areas] == ["Ward"]
    assert told.open_refs == ()


@pytest.mark.parametrize("level", ["\u0666", "6;4", "-6", " 6", "6.0", "9" * 400, "six", ""])
def test_a_level_that_is_no_number_of_ours_is_none(tmp_path: Path, level: str) -> None:
    assert reading(tmp_path, Border(1, [("outer", box(0, 0))], tags(level, "X"))).areas == ()


def test_a_name_is_cleaned_and_a_code_or_a_count_of_another_form_is_not_taken(
    tmp_path: Path,
) -> None:
    odd = {"ISO3166-2": "<b>DE</b>", "population": "many", "population:date": "2020"}
    told = reading(tmp_path, Border(1, [("outer", box(0, 0))], tags("4", "A\u202eB\nC", **odd)))
    (area,) = told.areas
    assert (area.name, area.iso_code, area.population) == ("AB C", "", None)


@pytest.mark.parametrize(
    ("count", "day", "told"),
    [
        ("1200", "2021-12-31", (1200, "2021-12-31")),
        ("1200", "2021", (1200, "2021")),
        ("1200", "lately", (None, None)),
        ("1.200", "2021", (None, None)),
        ("9" * 30, "2021", (None, None)),
    ],
)
def test_inhabitants_are_told_only_with_their_day(
    tmp_path: Path, count: str, day: str, told: tuple[int | None, str | None]
) -> None:
    counted = {"population": count, "population:date": day}
    (area,) = reading(tmp_path, Border(1, [("outer", box(0, 0))], tags("4", "X", **counted))).areas
    assert (area.population, area.population_on) == told


def test_what_is_cut_out_gives_the_same_areas_and_names_no_mapper(tmp_path: Path) -> None:
    source, small, again = (tmp_path / f"{name}.osm.pbf" for name in ("whole", "small", "again"))
    borders = [Border(7, [("outer", box(0, 0))], tags("6", "A", note="private", fixme="x"))]
    write(source, borders, [(0.5, 0.5)])
    assert write_boundaries(source, small) == write_boundaries(small, again) == 1
    assert read_boundaries(small) == read_boundaries(source)
    assert small.read_bytes() == again.read_bytes()
    kept = [
        (each.type_str(), dict(each.tags), each.version, each.user)
        for each in osmium.FileProcessor(str(small))
        if not isinstance(each, osmium.osm.Changeset)
    ]
    # The camera's node is no part of a ring.
    assert [kind for kind, *_rest in kept] == ["n"] * 4 + ["w"] * 2 + ["r"]
    assert {str(key) for _kind, of, *_rest in kept for key in of} == {
        "type", "boundary", "admin_level", "name",
    }  # fmt: skip
    assert {(version, user) for *_rest, version, user in kept} == {(0, "")}


def test_a_file_without_boundaries_has_none_and_another_format_neither(tmp_path: Path) -> None:
    path = tmp_path / "cameras.osm.pbf"
    inputs.write_pbf(path, 3)
    assert read_boundaries(path) == BoundaryReading()
    assert write_boundaries(path, tmp_path / "none.osm.pbf") == 0
    assert not (tmp_path / "none.osm.pbf").exists()
    other = tmp_path / "cameras.json"
    other.write_text(inputs.answer(inputs.cameras(2)), "utf-8")
    assert read_boundaries(other) == BoundaryReading()


def test_a_broken_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "x.osm.pbf"
    write(path, [Border(7, [("outer", box(0, 0))], tags("6", "A"))])
    path.write_bytes(path.read_bytes()[:-20])
    with pytest.raises(SourceFormatError, match="broken or cut"):
        read_boundaries(path)
