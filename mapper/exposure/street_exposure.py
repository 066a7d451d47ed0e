"""
How much of the streets of an extract lies in the view of cameras, by tile and kind of street.

An extract is one partition: its ways are read in batches, so that memory grows with a batch and
the positions of nodes, and a batch needs nothing of another. Cameras within reach outside of the
extract count too, since they are given whole.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Final

import geopandas as gpd
import numpy as np
import shapely

from mapper.exposure.sights import INDOOR, Assumptions, Ints, Sights, sights_of
from mapper.exposure.watched_lines import Lines, stretches_in_view
from mapper.model.basemap import BasemapKind
from mapper.resolve.earth import EARTH_RADIUS_M, Floats, mercator
from mapper.resolve.standing import standing
from mapper.sources.osm.basemap_kinds import Shape
from mapper.sources.osm.basemap_pbf import shapes
from mapper.sources.osm.block_reader import BlockReader
from mapper.sources.osm.pbf import header_time

STREET_KINDS: Final = (BasemapKind.STREET_MAJOR, BasemapKind.STREET_MINOR, BasemapKind.PATH)
TILE_ZOOM: Final = 6
_BATCH: Final = 20_000

Key = tuple[str, BasemapKind]


@dataclass(frozen=True, slots=True)
class StreetExposure:
    """
    The streets of one kind in one tile.

    Attributes
    ----------
    tile
        Zoom, column and row in Web Mercator, ``6/36/18``: where the middle of a piece lies.
    street_m, in_view_m, perhaps_m
        Length of all; of what cameras look at; of what lies in reach of cameras of unknown
        direction, and is not in view.
    """

    tile: str
    kind: BasemapKind
    street_m: float
    in_view_m: float
    perhaps_m: float


def street_sights(cameras: gpd.GeoDataFrame, assumptions: Assumptions) -> Sights:
    """Return the views of cameras that stand outdoors; columns ``CAMERA``, EPSG:4326."""
    stand = standing(cameras)
    outdoors: gpd.GeoDataFrame = stand[(stand["visibility"] != INDOOR).to_numpy(dtype=bool)]
    return sights_of(outdoors, assumptions)


def street_batches(extract: Path) -> Iterator[list[Shape]]:
    """
    Yield the streets of an extract, some thousands at once, after the whole file was checked.

    Parameters
    ----------
    extract
        An OSM PBF of one moment.

    Yields
    ------
    list of Shape
        In the order of the file.

    Raises
    ------
    SourceFormatError
        If the file is no PBF, is broken, or is a history.
    """
    reader = BlockReader(extract)
    reader.check()
    header_time(reader)
    streets = shapes(extract, frozenset(STREET_KINDS))
    while batch := list(islice(streets, _BATCH)):
        yield batch


def street_exposure(extract: Path, sights: Sights, *, reach_m: float) -> tuple[StreetExposure, ...]:
    """
    Measure the streets of an extract.

    Parameters
    ----------
    extract
        An OSM PBF of one moment.
    sights
        Of cameras anywhere; those out of reach cost little.

    Returns
    -------
    tuple
        Sorted by tile and kind. A way that crosses the edge of two extracts is in both.

    Raises
    ------
    SourceFormatError
        If the file is no PBF, is broken, or is a history.
    """
    sums: defaultdict[Key, Floats] = defaultdict(lambda: np.zeros(3))
    for batch in street_batches(extract):
        for key, metres in _measured(batch, sights, reach_m):
            sums[key] += metres
    return tuple(
        StreetExposure(tile, kind, *(float(metres) for metres in sums[tile, kind]))
        for tile, kind in sorted(sums)
    )


def _measured(batch: list[Shape], sights: Sights, reach_m: float) -> Iterator[tuple[Key, Floats]]:
    """Yield the three sums of every tile and kind that a batch of ways touches."""
    coordinates, way = shapely.get_coordinates(
        [street.geometry for street in batch], return_index=True
    )
    is_piece = way[1:] == way[:-1]
    if not is_piece.any():
        return
    lines = Lines(coordinates[:-1][is_piece], coordinates[1:][is_piece])
    number_of = {kind: number for number, kind in enumerate(STREET_KINDS)}
    kinds = np.array([number_of[street.kind] for street in batch])[way[1:][is_piece]]
    columns, rows = tiles_of(lines)
    keys, group = np.unique(np.column_stack([columns, rows, kinds]), axis=0, return_inverse=True)
    group = group.reshape(-1)
    metres = metres_of(lines, sights, reach_m=reach_m)
    sums = np.column_stack([np.bincount(group, each, len(keys)) for each in metres.T])
    for (column, row, kind), summed in zip(keys.tolist(), sums, strict=True):
        yield (f"{TILE_ZOOM}/{column}/{row}", STREET_KINDS[kind]), summed


def metres_of(lines: Lines, sights: Sights, *, reach_m: float) -> Floats:
    """
    Measure each piece of streets by itself.

    Returns
    -------
    Floats
        Shape (n, 3), metres: its length; what of it cameras look at; what lies in reach of cameras
        of unknown direction, and is not in view.
    """
    near = _near(sights, lines, reach_m)
    stretches = stretches_in_view(lines, near, reach_m=reach_m)
    facing = stretches.only(near.is_facing[stretches.sight])
    in_view_m = np.bincount(facing.piece, facing.new_m(), len(lines))
    any_m = np.bincount(stretches.piece, stretches.new_m(), len(lines))
    # A difference of two sums may be a hair below nothing.
    perhaps_m = np.maximum(any_m - in_view_m, 0.0)
    return np.column_stack([lines.lengths_m(), in_view_m, perhaps_m])


def tiles_of(lines: Lines) -> tuple[Ints, Ints]:
    """Return column and row of the tile that the middle of each piece lies in."""
    middle = mercator((lines.start_deg + lines.end_deg) / 2)
    share = middle / (2 * np.pi * EARTH_RADIUS_M)
    last = (1 << TILE_ZOOM) - 1
    column = np.floor((share[:, 0] + 0.5) * (last + 1)).astype(np.int64)
    row = np.floor((0.5 - share[:, 1]) * (last + 1)).astype(np.int64)
    return np.clip(column, 0, last), np.clip(row, 0, last)


def _near(sights: Sights, lines: Lines, reach_m: float) -> Sights:
    """Return the views that can have any of the lines, by the box around them."""
    corners = mercator(np.concatenate([lines.start_deg, lines.end_deg]))
    margin = reach_m * sights.stretch
    is_near = np.ones(len(sights), dtype=np.bool_)
    for axis in (0, 1):
        is_near &= sights.xy[:, axis] >= corners[:, axis].min() - margin
        is_near &= sights.xy[:, axis] <= corners[:, axis].max() + margin
    return sights.only(is_near)
