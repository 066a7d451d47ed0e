"""
The world in boxes that each hold about as many cameras: what one question to Overpass can carry.

A grid of counts says where cameras are dense. The fullest box is cut in two until there are as many
as asked for, so that the boxes cover the world by the way they are made; ``first_gap`` looks at the
boxes alone and holds them to it.
"""

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from mapper.fetch.overpass_area import Bbox

_DECIMALS = 7
_LON_DEG, _LAT_DEG = 180.0, 90.0

Cell = tuple[int, int]
"""Column and row of a square grid over Web Mercator, from 180 degrees west and from the north."""


class Piece(NamedTuple):
    """One box, and how many cameras the counts had in it."""

    bbox: Bbox
    counted: int


class _Block(NamedTuple):
    """A rectangle of cells: first and behind-the-last column and row, and its counts."""

    west: int
    north: int
    east: int
    south: int
    cells: Mapping[Cell, int]

    @property
    def total(self) -> int:
        return sum(self.cells.values())

    @property
    def beside_fullest(self) -> int:
        return self.total - max(self.cells.values(), default=0)


def balanced_pieces(
    cameras_by_cell: Mapping[Cell, int], *, grid_bits: int, most: int
) -> tuple[Piece, ...]:
    """
    Cut the world into boxes of about as many cameras each.

    Parameters
    ----------
    grid_bits
        The grid has ``2 ** grid_bits`` columns and as many rows.
    most
        How many boxes there are; fewer where each holds one cell with cameras.

    Returns
    -------
    tuple of Piece
        From west to east, then from south to north; neighbours share their edge, in seven decimals.
    """
    size = 1 << grid_bits
    blocks = [_Block(0, 0, size, size, dict(cameras_by_cell))]
    while len(blocks) < most:
        cuttable = [each for each in blocks if len(each.cells) > 1]
        if not cuttable:
            break
        # Its fullest cell cannot be cut, and alone it would only gain empty boxes around it. Of two
        # that are alike the first by place, so that every run cuts alike.
        fullest = max(cuttable, key=lambda each: (each.beside_fullest, -each.west, -each.north))
        blocks.remove(fullest)
        blocks.extend(_halves(fullest))
    pieces = (Piece(_bbox(each, size), each.total) for each in blocks)
    return tuple(sorted(pieces, key=lambda piece: (piece.bbox.west_deg, piece.bbox.south_deg)))


def first_gap(boxes: Sequence[Bbox]) -> tuple[float, float] | None:
    """
    Return a point of the world that lies in none of the boxes; None where they cover all of it.

    Returns
    -------
    lon_deg, lat_deg
        WGS 84.
    """
    # No edge runs within a rectangle of this grid, so that its middle speaks for all of it.
    lons_deg = {-_LON_DEG, _LON_DEG, *(side for b in boxes for side in (b.west_deg, b.east_deg))}
    lats_deg = {-_LAT_DEG, _LAT_DEG, *(side for b in boxes for side in (b.south_deg, b.north_deg))}
    rows = [(south + north) / 2 for south, north in pairwise(sorted(lats_deg))]
    for west_deg, east_deg in pairwise(sorted(lons_deg)):
        lon_deg = (west_deg + east_deg) / 2
        column = [box for box in boxes if box.west_deg < lon_deg < box.east_deg]
        for lat_deg in rows:
            if not any(box.south_deg < lat_deg < box.north_deg for box in column):
                return lon_deg, lat_deg
    return None


def _halves(block: _Block) -> tuple[_Block, _Block]:
    """Cut along the line that comes nearest to the half of its cameras."""
    cuts = [
        *_cuts(block, axis=0, first=block.west, behind=block.east),
        *_cuts(block, axis=1, first=block.north, behind=block.south),
    ]
    _, _, axis, line = min(cuts)
    low = {cell: count for cell, count in block.cells.items() if cell[axis] < line}
    high = {cell: count for cell, count in block.cells.items() if cell[axis] >= line}
    if axis == 0:
        return block._replace(east=line, cells=low), block._replace(west=line, cells=high)
    return block._replace(south=line, cells=low), block._replace(north=line, cells=high)


def _cuts(
    block: _Block, *, axis: int, first: int, behind: int
) -> list[tuple[int, float, int, int]]:
    """Return each line across an axis: how uneven it cuts, how far from the middle, where."""
    by_line: Counter[int] = Counter()
    for cell, count in block.cells.items():
        by_line[cell[axis]] += count
    total, below = block.total, 0
    cuts = []
    for line in range(first + 1, behind):
        below += by_line[line - 1]
        # Of lines through empty sea the middle one: slivers would be questions for nothing.
        away = abs(line - (first + behind) / 2) / (behind - first)
        cuts.append((abs(2 * below - total), away, axis, line))
    return cuts


def _bbox(block: _Block, size: int) -> Bbox:
    return Bbox(
        _lon_deg(block.west, size),
        _lat_deg(block.south, size),
        _lon_deg(block.east, size),
        _lat_deg(block.north, size),
    )


def _lon_deg(column: int, size: int) -> float:
    return round(column / size * 2 * _LON_DEG - _LON_DEG, _DECIMALS)


def _lat_deg(row: int, size: int) -> float:
    if row in (0, size):
        # The grid ends at 85 degrees, the world does not.
        return _LAT_DEG if row == 0 else -_LAT_DEG
    return round(math.degrees(math.atan(math.sinh(math.pi * (1 - 2 * row / size)))), _DECIMALS)
