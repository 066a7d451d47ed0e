"""The ground around cameras: chosen by size, cut by tiles, nothing lost."""

import json
import math
from array import array
from collections import defaultdict
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from mapper.model.basemap import Basemap, BasemapKind
from mapper.website.map import basemap_shards
from mapper.website.map.basemap_choice import BasemapChoice, Chosen, choose_context
from mapper.website.map.basemap_shards import write_context
from tests.website.unpack import read_payload, unzipped

_FULL = Chosen(BasemapChoice.FULL, "all of it")
_LINES = {"street_major", "street_minor", "path", "rail", "water_line"}


def _context(*shapes: tuple[BasemapKind, str, list[tuple[float, float]]]) -> Basemap:
    context = Basemap()
    for kind, name, places in shapes:
        context.append(kind, name, array("d", [number for place in places for number in place]))
    return context


def _read(folder: Path) -> dict[str, list[tuple[str, str, list[tuple[int, int]]]]]:
    """Read all shards: tile -> (kind, name, positions on the 2^25 grid of the world)."""
    index = read_payload(folder, "context/index")
    assert index["zoom"] == 13
    tiles = {}
    for tile in index["tiles"]:
        payload = json.loads(unzipped(read_payload(folder, f"context/13-{tile}")))
        corner = [int(number) * 4096 for number in tile.split("-")]
        tiles[tile] = [_shape(payload, shape, corner) for shape in payload["shapes"]]
    return tiles


def _shape(
    payload: dict[str, Any], shape: list[int], corner: list[int]
) -> tuple[str, str, list[tuple[int, int]]]:
    kind, name, *numbers = shape
    x, y = corner
    places = []
    for dx, dy in zip(numbers[::2], numbers[1::2], strict=True):
        x, y = x + dx, y + dy
        places.append((x, y))
    return payload["kinds"][kind], payload["names"][name], places


def _on_grid(lon_deg: float, lat_deg: float) -> tuple[int, int]:
    size = 2**25
    north = math.asinh(math.tan(math.radians(lat_deg))) / math.pi
    return round((lon_deg / 360 + 0.5) * size), round((1 - north) / 2 * size)


def test_a_street_in_one_tile_comes_back_as_it_was(tmp_path: Path) -> None:
    places = [(24.940, 60.170), (24.941, 60.1705), (24.9415, 60.1702)]
    write_context(tmp_path, _context((BasemapKind.STREET_MAJOR, "Kaivokatu", places)), _FULL)
    # Helsinki's central station lies in tile 4663/2371 of zoom 13 (openstreetmap.org).
    assert _read(tmp_path) == {
        "4663-2371": [("street_major", "Kaivokatu", [_on_grid(*place) for place in places])]
    }


_PLACES = st.lists(
    st.tuples(st.floats(24.8, 25.1), st.floats(60.1, 60.25)), min_size=2, max_size=12
)


@settings(deadline=None)
@given(places=_PLACES)
def test_a_line_over_many_tiles_keeps_every_segment_once(
    tmp_path_factory: pytest.TempPathFactory, places: list[tuple[float, float]]
) -> None:
    folder = tmp_path_factory.mktemp("line")
    write_context(folder, _context((BasemapKind.PATH, "", places)), _FULL)
    corners = [_on_grid(*place) for place in places]
    expected = sorted(pair for pair in pairwise(corners) if pair[0] != pair[1])
    found = []
    for tile, shapes in _read(folder).items():
        for _, _, line in shapes:
            for start, end in pairwise(line):
                middle = ((start[0] + end[0]) // 2 // 4096, (start[1] + end[1]) // 2 // 4096)
                assert tile == f"{middle[0]}-{middle[1]}"
                found.append((start, end))
    assert sorted(found) == expected


def test_a_lake_larger_than_a_tile_is_covered_exactly_once_but_for_the_overlap(
    tmp_path: Path,
) -> None:
    # A diamond of about five tiles.
    ring = [(24.80, 60.17), (24.90, 60.20), (25.00, 60.17), (24.90, 60.14), (24.80, 60.17)]
    write_context(tmp_path, _context((BasemapKind.WATER_AREA, "Lake", ring)), _FULL)
    lake = shapely.Polygon([_on_grid(*place) for place in ring])
    parts = [
        shapely.Polygon(places) for shapes in _read(tmp_path).values() for _, _, places in shapes
    ]
    assert len(parts) > 4
    union = shapely.union_all(parts)
    assert union.symmetric_difference(lake).area < lake.area * 1e-3
    assert sum(part.area for part in parts) < lake.area * 1.03


def test_a_building_is_a_ring_that_does_not_repeat_its_first_place(tmp_path: Path) -> None:
    ring = [(24.94, 60.17), (24.9405, 60.17), (24.9405, 60.1703), (24.94, 60.1703), (24.94, 60.17)]
    write_context(tmp_path, _context((BasemapKind.BUILDING, "", ring)), _FULL)
    ((_, _, places),) = _read(tmp_path)["4663-2371"]
    assert places == [_on_grid(*place) for place in ring[:-1]]


def test_shapes_stand_in_drawing_order(tmp_path: Path) -> None:
    line = [(24.94, 60.17), (24.941, 60.17)]
    ring = [(24.94, 60.17), (24.941, 60.17), (24.941, 60.1705), (24.94, 60.17)]
    kinds = list(BasemapKind)
    shapes = [(kind, "", line if str(kind) in _LINES else ring) for kind in kinds]
    write_context(tmp_path, _context(*shapes), _FULL)
    (found,) = _read(tmp_path).values()
    assert [kind for kind, _, _ in found] == [
        "green",
        "water_area",
        "water_line",
        "building",
        "path",
        "rail",
        "street_minor",
        "street_major",
    ]


def test_what_is_smaller_than_a_cell_of_the_grid_is_left_out(tmp_path: Path) -> None:
    speck = [(24.94, 60.17), (24.94, 60.17), (24.94, 60.17), (24.94, 60.17)]
    write_context(tmp_path, _context((BasemapKind.BUILDING, "", speck)), _FULL)
    assert _read(tmp_path) == {}


@pytest.mark.parametrize(
    ("cameras", "streets", "choice"),
    [
        (20_000, None, "full"),
        (20_001, None, "streets"),
        (100_000, None, "streets"),
        (100_001, None, "none"),
        (100_001, True, "streets"),
        (10, False, "none"),
        (10, True, "full"),
    ],
)
def test_the_number_of_cameras_and_the_users_word_decide(
    cameras: int,
    streets: bool | None,  # noqa: FBT001 - the setting has three values
    choice: str,
) -> None:
    chosen = choose_context(cameras, streets=streets)
    assert chosen.choice == choice
    assert chosen.reason


def test_streets_alone_leave_water_and_buildings_out(tmp_path: Path) -> None:
    line = [(24.94, 60.17), (24.941, 60.17)]
    ring = [(24.94, 60.17), (24.941, 60.17), (24.941, 60.1705), (24.94, 60.17)]
    context = _context((BasemapKind.STREET_MINOR, "", line), (BasemapKind.BUILDING, "", ring))
    write_context(tmp_path, context, Chosen(BasemapChoice.STREETS, "many"))
    (found,) = _read(tmp_path).values()
    assert [kind for kind, _, _ in found] == ["street_minor"]


def _town() -> Basemap:
    counted: defaultdict[BasemapKind, int] = defaultdict(int)
    shapes = []
    for number in range(300):
        kind = (BasemapKind.BUILDING, BasemapKind.BUILDING, BasemapKind.STREET_MINOR)[number % 3]
        counted[kind] += 1
        west, south = 24.9 + number * 1e-4, 60.17 + (number * 37 % 101) * 1e-5
        places = [(west, south), (west + 7e-5, south), (west + 6e-5, south + 9e-5), (west, south)]
        shapes.append((kind, f"name {number}", places))
    return _context(*shapes)


def test_more_than_the_limit_falls_back_to_streets_then_to_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = write_context(tmp_path / "whole", _town(), _FULL)
    assert whole.choice == "full"
    monkeypatch.setattr(basemap_shards, "BYTES_MAX", whole.size_bytes - 1)
    less = write_context(tmp_path / "less", _town(), _FULL)
    assert less.choice == "streets"
    assert 0 < less.size_bytes < whole.size_bytes
    monkeypatch.setattr(basemap_shards, "BYTES_MAX", less.size_bytes - 1)
    none = write_context(tmp_path / "none", _town(), _FULL)
    assert (none.choice, none.shard_count, none.size_bytes) == ("none", 0, 0)
    assert f"{less.size_bytes:,}" in none.reason
    assert not (tmp_path / "none").exists()


def test_an_input_read_without_streets_says_so(tmp_path: Path) -> None:
    summary = write_context(tmp_path, None, _FULL)
    assert summary.choice == "none"
    assert "without streets" in summary.reason


def test_the_sizes_are_those_of_the_files(tmp_path: Path) -> None:
    summary = write_context(tmp_path, _town(), _FULL)
    files = list(tmp_path.rglob("*.js"))
    assert summary.size_bytes == sum(path.stat().st_size for path in files)
    assert summary.shard_count == len(files) - 1
