"""
The streets of many extracts by tiles of the world, so that no metre counts twice.

An extract is laid out into tiles, each piece of a street where its middle lies. A tile is measured
by itself: from the pieces that any extract has of it, and from the cameras that can see one of
them. What two extracts hold both, a way over their edge, is one piece of one tile.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import shapely

from mapper.exposure.sights import Ints, Sights
from mapper.exposure.street_exposure import (
    STREET_KINDS,
    TILE_ZOOM,
    metres_of,
    street_batches,
    tiles_of,
)
from mapper.exposure.watched_lines import Lines
from mapper.model.basemap import BasemapKind
from mapper.model.boundary_area import BoundaryArea
from mapper.resolve.earth import Floats, mercator, points

# OpenStreetMap's own: a ten-millionth of a degree, so that equal ends are equal numbers.
_UNITS_PER_DEGREE: Final = 10_000_000
_ENDS: Final = ("from_lon", "from_lat", "to_lon", "to_lat")
_COLUMNS: Final = ("way_id", *_ENDS)
_BATCH_PIECES: Final = 200_000

Bounds = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class TilePart:
    """
    What one extract has of a tile.

    Attributes
    ----------
    tile
        ``6-36-18``: zoom, column and row in Web Mercator.
    bounds_xy
        The box around its pieces in ``resolve.earth.mercator``: west, south, east, north.
    body
        A Parquet file of them.
    """

    tile: str
    bounds_xy: Bounds
    body: bytes


@dataclass(frozen=True, slots=True)
class TileExposure:
    """
    The streets of a tile: length of all, in view, and perhaps in view.

    Attributes
    ----------
    by_kind
        Metres of each kind there is.
    by_area
        Metres by ``area_ref``, of the areas that were asked for and have streets here.
    """

    by_kind: Mapping[BasemapKind, tuple[float, float, float]]
    by_area: Mapping[str, tuple[float, float, float]]


def tile_parts(extract: Path) -> Iterator[TilePart]:
    """
    Lay the streets of an extract out into tiles; memory grows with its pieces, 40 bytes each.

    Parameters
    ----------
    extract
        An OSM PBF of one moment.

    Yields
    ------
    TilePart
        In the order of their names.

    Raises
    ------
    SourceFormatError
        If the file is no PBF, is broken, or is a history.
    """
    laid_out: defaultdict[tuple[int, int], list[pd.DataFrame]] = defaultdict(list)
    number_of = {kind: number for number, kind in enumerate(STREET_KINDS)}
    for batch in street_batches(extract):
        corners, way = shapely.get_coordinates([each.geometry for each in batch], return_index=True)
        is_piece = way[1:] == way[:-1]
        units = np.rint(corners * _UNITS_PER_DEGREE).astype(np.int32)
        pieces = pd.DataFrame(
            np.hstack([units[:-1][is_piece], units[1:][is_piece]]), columns=list(_ENDS)
        )
        at = way[1:][is_piece]
        pieces["way_id"] = np.array([each.ref[1] for each in batch], dtype=np.int64)[at]
        pieces["kind"] = np.array([number_of[each.kind] for each in batch], dtype=np.int8)[at]
        columns, rows = tiles_of(_lines(pieces))
        for column, row in np.unique(np.column_stack([columns, rows]), axis=0).tolist():
            laid_out[column, row].append(pieces[(columns == column) & (rows == row)])
    for key in sorted(laid_out):
        yield _part(key, pd.concat(laid_out.pop(key), ignore_index=True))


def _part(key: tuple[int, int], pieces: pd.DataFrame) -> TilePart:
    lines = _lines(pieces)
    corners = mercator(np.concatenate([lines.start_deg, lines.end_deg]))
    (west, south), (east, north) = corners.min(axis=0), corners.max(axis=0)
    body = BytesIO()
    pq.write_table(
        pa.Table.from_pandas(pieces, preserve_index=False).replace_schema_metadata(),
        body,
        compression="zstd",
    )
    bounds = (float(west), float(south), float(east), float(north))
    return TilePart(f"{TILE_ZOOM}-{key[0]}-{key[1]}", bounds, body.getvalue())


def sights_within(sights: Sights, bounds: Sequence[Bounds], *, reach_m: float) -> Sights:
    """Return the views that can have anything of what lies in boxes: a tile with its margin."""
    west, south = np.min([[box[0], box[1]] for box in bounds], axis=0)
    east, north = np.max([[box[2], box[3]] for box in bounds], axis=0)
    margin = reach_m * sights.stretch
    x, y = sights.xy.T
    return sights.only(
        (x >= west - margin) & (x <= east + margin) & (y >= south - margin) & (y <= north + margin)
    )


def tile_exposure(
    parts: Sequence[Path], sights: Sights, areas: Sequence[BoundaryArea], *, reach_m: float
) -> TileExposure:
    """
    Measure the streets of one tile.

    Parameters
    ----------
    parts
        What extracts have of it, as ``TilePart.body``; the same in whatever order they come.
    sights
        Of all cameras that can see any of them.
    areas
        Whose streets are told too, by where the middle of a piece lies.
    """
    pieces = _each_once(parts)
    metres = np.zeros((len(pieces), 3))
    for begin in range(0, len(pieces), _BATCH_PIECES):
        batch = pieces.iloc[begin : begin + _BATCH_PIECES]
        metres[begin : begin + len(batch)] = metres_of(_lines(batch), sights, reach_m=reach_m)
    kinds = pieces["kind"].to_numpy()
    return TileExposure(
        {
            kind: _summed(metres[kinds == number])
            for number, kind in enumerate(STREET_KINDS)
            if (kinds == number).any()
        },
        dict(_by_area(_lines(pieces), metres, areas)),
    )


def _by_area(
    lines: Lines, metres: Floats, areas: Sequence[BoundaryArea]
) -> Iterator[tuple[str, tuple[float, float, float]]]:
    middles = (lines.start_deg + lines.end_deg) / 2
    tree = shapely.STRtree(points(middles[:, 0], middles[:, 1]))
    for area in sorted(areas, key=lambda each: each.area_ref):
        outline = shapely.from_wkb(area.outline_wkb)
        shapely.prepare(outline)
        # Of a middle on an edge that two polygons of an area share, once.
        inside: Ints = np.unique(tree.query(outline, predicate="covers"))
        if len(inside):
            yield area.area_ref, _summed(metres[inside])


def _summed(metres: Floats) -> tuple[float, float, float]:
    street_m, in_view_m, perhaps_m = metres.sum(axis=0).tolist()
    return street_m, in_view_m, perhaps_m


def pieces_of(parts: Sequence[Path]) -> Lines:
    """Return the pieces of a tile, each once, in the order in which they are measured."""
    return _lines(_each_once(parts))


def _each_once(parts: Sequence[Path]) -> pd.DataFrame:
    """
    Read what extracts have of a tile; a piece that an earlier one has is not taken again.

    A piece is known by its way and its ends, for an extract may hold a way in part. One that a way
    runs over twice counts twice, as it does in one extract.
    """
    if len(parts) == 1:
        # Most tiles are of one extract, and have nothing twice.
        alone: pd.DataFrame = pq.read_table(parts[0]).to_pandas()
        return alone
    frames = []
    for number, path in enumerate(parts):
        pieces = pq.read_table(path).to_pandas()
        run = pieces.groupby(list(_COLUMNS), sort=False).cumcount()
        frames.append(pieces.assign(run=run.astype(np.int32), part=number))
    whole = pd.concat(frames, ignore_index=True)
    once: pd.DataFrame = whole.drop_duplicates([*_COLUMNS, "run"])
    # By content and not by part: sums of floats are those of their order.
    once.sort_values([*_COLUMNS, "run"], ignore_index=True, inplace=True)  # noqa: PD002 - no copy
    return once


def _lines(pieces: pd.DataFrame) -> Lines:
    ends: npt.NDArray[np.float64] = pieces[list(_ENDS)].to_numpy(np.float64) / _UNITS_PER_DEGREE
    return Lines(ends[:, :2], ends[:, 2:])
