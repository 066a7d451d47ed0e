"""Land and borders: converted without streaks over the map, and the committed files as such."""

import json
import math
from itertools import accumulate, pairwise
from pathlib import Path
from typing import Any

import pytest
import shapely

from mapper.errors import SourceFormatError
from mapper.settings import Settings
from mapper.upkeep.land_source import convert_land

_SIZE = 2**13
"""Of the grid of land_110m."""


def _mercator(lon_deg: float, lat_deg: float, size: int) -> tuple[float, float]:
    """Project by the formula of EPSG guidance note 7-2, "Popular Visualisation"."""
    north = math.asinh(math.tan(math.radians(lat_deg))) / math.pi
    return (lon_deg / 360 + 0.5) * size, (1 - north) / 2 * size


def _topology(
    arcs: list[list[list[int]]], countries: list[dict[str, Any]], land: list[Any]
) -> dict[str, Any]:
    """Write a TopoJSON by hand: steps are whole degrees."""
    return {
        "type": "Topology",
        "transform": {"scale": [1, 1], "translate": [0, 0]},
        "arcs": arcs,
        "objects": {
            "countries": {"type": "GeometryCollection", "geometries": countries},
            "land": {"geometries": [{"type": "MultiPolygon", "arcs": land}]},
        },
    }


def _country(name: str, *refs: int) -> dict[str, Any]:
    return {"type": "Polygon", "arcs": [list(refs)], "properties": {"name": name}}


def _converted(folder: Path, topology: dict[str, Any]) -> dict[str, Any]:
    source, out = folder / "countries-110m.json", folder / "land_110m.json"
    source.write_text(json.dumps(topology), encoding="utf-8")
    convert_land(source, out)
    converted: dict[str, Any] = json.loads(out.read_text("ascii"))
    return converted


def _places(steps: list[int]) -> list[tuple[int, int]]:
    moves = list(zip(steps[::2], steps[1::2], strict=True))
    return list(accumulate(moves, lambda place, move: (place[0] + move[0], place[1] + move[1])))


def test_an_island_across_the_antimeridian_becomes_two_on_the_edges(tmp_path: Path) -> None:
    # From 170 east over the antimeridian to 170 west, the equator to 10 north.
    arc = [[170, 0], [0, 10], [-340, 0], [0, -10], [340, 0]]
    land = _converted(tmp_path, _topology([arc], [_country("Isle", 0)], [[[0]]]))
    rings = [_places(ring) for ring in land["rings"]]
    assert len(rings) == 2
    for ring in rings:
        across = [x for x, _ in ring]
        assert max(across) - min(across) == pytest.approx(_SIZE * 10 / 360, abs=1)
    assert {min(x for x, _ in ring) for ring in rings} == {0, round(_SIZE * 350 / 360)}
    assert {max(x for x, _ in ring) for ring in rings} == {round(_SIZE * 10 / 360), _SIZE}


@pytest.mark.parametrize("last", [60, -300], ids=["to 180 east", "back to 180 west"])
def test_land_around_the_pole_reaches_the_lower_edge_of_the_map(tmp_path: Path, last: int) -> None:
    # The coast of a southern continent at 70 degrees south, eastward once around.
    coast = [[-180, -70], *([[60, 0]] * 5), [last, 0]]
    land = _converted(tmp_path, _topology([coast], [_country("South", 0)], [[[0]]]))
    (ring,) = (_places(ring) for ring in land["rings"])
    assert {(0, _SIZE), (_SIZE, _SIZE)} <= set(ring)
    assert min(y for _, y in ring) == round(_mercator(0.0, -70.0, _SIZE)[1])


def _two_neighbours(one: str, other: str, west: int = 0, south: int = 0) -> dict[str, Any]:
    """Two squares of 10 degrees, side by side; arc 0 is the line between them."""
    arcs = [
        [[west + 10, south], [0, 10]],
        [[west + 10, south + 10], [-10, 0], [0, -10], [10, 0]],
        [[west + 10, south], [10, 0], [0, 10], [-10, 0]],
    ]
    countries = [_country(one, 0, 1), _country(other, 2, -1)]
    return _topology(arcs, countries, [[[1, 2]]])


def test_only_what_two_countries_share_is_a_border(tmp_path: Path) -> None:
    land = _converted(tmp_path, _two_neighbours("Here", "There"))
    assert len(land["rings"]) == 1
    (border,) = land["borders"]
    assert [x for x, _ in _places(border)] == [round(_SIZE * 190 / 360)] * 2
    assert land["disputed"] == []


def test_a_border_of_an_unsettled_party_is_disputed(tmp_path: Path) -> None:
    land = _converted(tmp_path, _two_neighbours("Morocco", "W. Sahara"))
    assert (len(land["borders"]), len(land["disputed"])) == (0, 1)


def test_a_border_is_disputed_only_inside_the_area_that_is(tmp_path: Path) -> None:
    # A line between Russia and Ukraine along 35 degrees east from 40 to 50 north: the part
    # south of 46.4 degrees (and north of 44) is the line at Crimea.
    land = _converted(tmp_path, _two_neighbours("Russia", "Ukraine", west=25, south=40))
    (disputed,) = land["disputed"]
    assert len(land["borders"]) == 2
    rows = sorted(y for _, y in _places(disputed))
    assert rows == [round(_mercator(0.0, edge, _SIZE)[1]) for edge in (46.4, 44.0)]


@pytest.mark.parametrize("body", ["", "[]", "{}", '{"transform": {"scale": [1, 1]}}'])
def test_a_foreign_file_is_refused(tmp_path: Path, body: str) -> None:
    source = tmp_path / "countries-110m.json"
    source.write_text(body, encoding="utf-8")
    with pytest.raises(SourceFormatError, match="world-atlas"):
        convert_land(source, tmp_path / "land_110m.json")


def _committed(name: str) -> dict[str, Any]:
    land: dict[str, Any] = json.loads((Settings().boundaries_dir / name).read_bytes())
    return land


@pytest.mark.parametrize("name", ["land_110m.json", "land_50m.json"])
def test_no_committed_ring_or_line_leaves_the_map_or_jumps_across_it(name: str) -> None:
    land = _committed(name)
    size = 2 ** land["q"]
    for steps in (*land["rings"], *land["borders"], *land["disputed"]):
        places = _places(steps)
        assert all(0 <= x <= size and 0 <= y <= size for x, y in places)
        for (x, y), (next_x, next_y) in pairwise(places):
            # Antarctica's lower edge is the one long straight line.
            assert abs(next_x - x) < size / 8 or y == next_y == size
            assert abs(next_y - y) < size / 8


@pytest.mark.parametrize("name", ["land_110m.json", "land_50m.json"])
def test_cities_stand_on_the_committed_land_and_seas_do_not(name: str) -> None:
    land = _committed(name)
    size = 2 ** land["q"]
    rings = [shapely.Polygon(_places(ring)) for ring in land["rings"]]

    def is_land(lon_deg: float, lat_deg: float) -> bool:
        world = shapely.Point(_mercator(lon_deg, lat_deg, size))
        return sum(ring.contains(world) for ring in rings) % 2 == 1

    # Moscow, Chicago, Nairobi, Anadyr's hinterland beyond 180 degrees, the South Pole's rim.
    land_places = [(37.62, 55.75), (-87.9, 41.9), (36.82, -1.29), (-175.0, 67.0), (0.0, -80.0)]
    # Mid-Atlantic, Indian Ocean, the Caspian Sea, the Bering Sea.
    sea_places = [(-30.0, 30.0), (80.0, -20.0), (50.5, 42.0), (-178.0, 58.0)]
    assert [is_land(*place) for place in land_places] == [True] * 5
    assert [is_land(*place) for place in sea_places] == [False] * 4


@pytest.mark.parametrize("name", ["land_110m.json", "land_50m.json"])
def test_the_line_at_crimea_is_drawn_as_disputed(name: str) -> None:
    land = _committed(name)
    size = 2 ** land["q"]
    lines = [shapely.LineString(_places(line)) for line in land["disputed"]]
    # Perekop, 33.7 degrees east, 46.15 north; within 40 km, the simplification of the 110m lines.
    perekop = _mercator(33.7, 46.15, size)
    near = size * 0.6 / 360
    assert min(line.distance(shapely.Point(perekop)) for line in lines) < near
