"""
The coast of a close view, in one small file per cell of zoom 6 (docs/page-format.md, coast).

The cells lie in ``data/boundaries/coast`` as the page gets them, packed. A build takes along those
near what it shows.
"""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from mapper.website.map.data_file import write_data_file
from mapper.website.map.mercator import Floats, world_position

ZOOM: Final = 6
CELLS_ACROSS: Final = 1 << ZOOM
GRID_BITS: Final = 19
"""A step is two pixels at zoom 12: 76 m at the equator, 38 m at 60 degrees."""

CELL_SIZE: Final = 1 << (GRID_BITS - ZOOM)
OVERLAP: Final = 32
"""How far, in steps, the land of a cell reaches into the next: no seam shows between them."""

SEA, LAND, COAST, ABSENT = "s", "l", "f", "-"
"""What a cell holds: no land, no sea, a file with both, or a file that this build left out."""

INDEX_FILE: Final = "index.json"
_BLOCK_SHIFT: Final = 3
"""Committed cells share a file by blocks of 8 x 8, for a checkout of 900 small ones is slow."""


class Nearness(NamedTuple):
    """
    Points that the page shows, and how far around them its coast is wanted.

    Attributes
    ----------
    lon_deg, lat_deg
        Decimal degrees, WGS 84.
    reach_cells
        In widths of a cell, 5.6 degrees of longitude; at most 1.
    """

    lon_deg: Floats
    lat_deg: Floats
    reach_cells: float


def block_name(cell_x: int, cell_y: int) -> str:
    """Return the file below ``data/boundaries/coast`` that holds a cell."""
    return f"{cell_x >> _BLOCK_SHIFT}-{cell_y >> _BLOCK_SHIFT}.jsonl"


def write_coast(
    site_dir: Path, boundaries_dir: Path, nearness: Iterable[Nearness] | None = None
) -> int:
    """
    Write ``data/coast/`` and give the number of its cells that have a file.

    Parameters
    ----------
    boundaries_dir
        ``Settings.boundaries_dir``, which holds ``coast``.
    nearness
        What the cells must lie near to; None takes all of the world.
    """
    folder = boundaries_dir / "coast"
    index: dict[str, Any] = json.loads((folder / INDEX_FILE).read_bytes())
    rows: list[str] = index["cells"]
    is_near = _near_cells(nearness)
    wanted: dict[str, set[str]] = {}
    shown = []
    for cell_y, row in enumerate(rows):
        marks = list(row)
        for cell_x, mark in enumerate(row):
            if mark != COAST:
                continue
            if is_near[cell_y, cell_x]:
                names = wanted.setdefault(block_name(cell_x, cell_y), set())
                names.add(f"{cell_x}-{cell_y}")
            else:
                marks[cell_x] = ABSENT
        shown.append("".join(marks))
    write_data_file(site_dir, "coast/index", index | {"cells": shown})
    for block, names in sorted(wanted.items()):
        for line in (folder / block).read_text("ascii").splitlines():
            cell = json.loads(line)
            if cell["cell"] in names:
                payload = {"schema": 1, "gz": cell["gz"]}
                write_data_file(site_dir, f"coast/{ZOOM}-{cell['cell']}", payload)
    return sum(len(names) for names in wanted.values())


def _near_cells(nearness: Iterable[Nearness] | None) -> NDArray[np.bool_]:
    """Mark, by row and column, the cells that any of the points reaches."""
    if nearness is None:
        return np.ones((CELLS_ACROSS, CELLS_ACROSS), dtype=np.bool_)
    is_near = np.zeros((CELLS_ACROSS, CELLS_ACROSS), dtype=np.bool_)
    for lon_deg, lat_deg, reach in nearness:
        x, y = world_position(lon_deg, lat_deg)
        for east in (-reach, reach):
            for south in (-reach, reach):
                # Eastward the world goes on with its other end; at the poles it ends.
                column = np.floor(x * CELLS_ACROSS + east).astype(np.int64) % CELLS_ACROSS
                row = np.floor(y * CELLS_ACROSS + south).astype(np.int64)
                is_near[np.clip(row, 0, CELLS_ACROSS - 1), column] = True
    return is_near
