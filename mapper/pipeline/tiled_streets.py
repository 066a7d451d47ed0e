"""
Streets in view of many extracts, by tile or by administrative area, in two rounds of partitions.

First each extract is a partition: its streets are laid out into files, one a tile. Then each tile
is one: its files of all extracts, with the cameras around it, which travel with the task. So a
country is as many tasks as it has tiles, and a way over the edge of two extracts counts once.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from enum import StrEnum
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

import numpy as np
import shapely

from mapper.errors import UsageError
from mapper.export.formula_guard import lines_text
from mapper.exposure.sights import Assumptions, Sights
from mapper.exposure.street_tiles import (
    Bounds,
    TileExposure,
    sights_within,
    tile_exposure,
    tile_parts,
)
from mapper.model.boundary_area import BoundaryArea
from mapper.model.progress import Progress
from mapper.partitions import partition_addresses
from mapper.partitions.executors import opened_executor
from mapper.partitions.running import Partition, partitions_of, run
from mapper.pipeline.partitioned import Workers, sights_of_release, streets
from mapper.resolve.earth import mercator
from mapper.sources import osm
from mapper.sources.osm.basemap_pbf import known_area

TILES_HEADER: Final = ("tile", "kind", "street_m", "in_view_m", "perhaps_m")
AREAS_HEADER: Final = ("area_ref", "admin_level", "name", "street_m", "in_view_m", "perhaps_m")
_PART_SUFFIX: Final = ".parquet"


class By(StrEnum):
    """What a row of the table is."""

    EXTRACT = "extract"
    TILE = "tile"
    AREA = "area"


@dataclass(frozen=True, slots=True)
class TileAddress:
    """Where a part of a tile lies, and the box around its pieces."""

    tile: str
    address: str
    bounds_xy: Bounds


@dataclass(frozen=True, slots=True)
class LaidOut:
    """
    What a worker gives back of an extract.

    Attributes
    ----------
    areas
        Administrative areas that lie wholly in the box that the extract says it covers.
    """

    tiles: tuple[TileAddress, ...]
    areas: tuple[BoundaryArea, ...]


@dataclass(frozen=True, slots=True, eq=False)
class TilePartition(Partition):
    """A tile: the addresses of its parts, and all that can be seen or asked for there."""

    parts: tuple[str, ...]
    sights: Sights
    areas: tuple[BoundaryArea, ...]


def streets_by(  # noqa: PLR0913 - what the command is asked
    extracts: Sequence[str],
    *,
    by: str,
    tiles: str,
    place: Path,
    assumptions: Assumptions,
    workers: Workers,
    progress: Progress,
) -> str:
    """
    Measure streets against the cameras of a release, a row for each extract, tile or area.

    Parameters
    ----------
    by
        A value of ``By``.
    tiles
        As ``to`` of ``tiled_streets``; empty for a folder of this machine that goes afterwards.

    Raises
    ------
    UsageError
        If ``by`` is none of them, or a scheduler's workers would have no folder in common; and as
        ``streets`` and ``tiled_streets``.
    """
    if by not in set(By):
        msg = f"--by {by} is none of {', '.join(By)}"
        raise UsageError(msg, next_step="leave it out for a row for each extract, tile and kind.")
    if by == By.EXTRACT:
        return streets(
            extracts, place=place, assumptions=assumptions, workers=workers, progress=progress
        )
    if workers.scheduler and not tiles:
        msg = "the workers of a scheduler need a place in common for tiles"
        raise UsageError(msg, next_step="give --tiles s3://bucket/folder, or a shared folder.")
    with TemporaryDirectory(prefix="whose-cameras-") as folder:
        return tiled_streets(
            extracts,
            by=By(by),
            to=tiles or folder,
            sights=sights_of_release(place, assumptions),
            reach_m=assumptions.reach_m,
            workers=workers,
            progress=progress,
        )


def tiled_streets(  # noqa: PLR0913 - each is named where it is given
    extracts: Sequence[str],
    *,
    by: By,
    to: str,
    sights: Sights,
    reach_m: float,
    workers: Workers,
    progress: Progress,
) -> str:
    """
    Measure the streets of extracts, each metre once.

    Parameters
    ----------
    by
        ``By.TILE`` or ``By.AREA``.
    to
        A folder, or ``s3://bucket/folder``, that every worker reads and writes: the tiles go there,
        a file for each extract and tile, and stay.
    sights
        Of all cameras; each tile is handed those around it.

    Returns
    -------
    str
        CSV with the columns ``TILES_HEADER``, sorted by tile and kind, or ``AREAS_HEADER``, by
        level and reference; metres to a tenth. The same on any number of workers.

    Raises
    ------
    UsageError
        If an extract is not there, or the workers are not.
    SourceFormatError
        If an extract cannot be read; nothing is told of the others then.
    StorageError
        If tiles cannot be written.
    """
    parts = partitions_of(extracts)
    partition_addresses.require_allowed(to)
    task = partial(lay_out, to=to, with_areas=by is By.AREA)
    with opened_executor(workers=workers.count, scheduler=workers.scheduler) as executor:
        laid_out = run(task, parts, executor, progress=progress, stage="laying streets out")
        areas = _areas(laid_out.values())
        tiles = tuple(_tiles(laid_out.values(), areas, sights, reach_m))
        measured = run(
            partial(streets_of_tile, reach_m=reach_m),
            tiles,
            executor,
            progress=progress,
            stage="streets in view",
        )
    if by is By.AREA:
        return lines_text([AREAS_HEADER, *_area_rows(areas, measured.values())])
    return lines_text([TILES_HEADER, *_tile_rows(measured)])


def lay_out(part: Partition, *, to: str, with_areas: bool) -> LaidOut:
    """Lay the streets of one extract out into files of tiles; see ``tile_parts``."""
    with partition_addresses.readable(part.address) as extract:
        tiles = []
        for each in tile_parts(extract):
            folder = partition_addresses.below(to, each.tile)
            address = partition_addresses.below(folder, part.name + _PART_SUFFIX)
            partition_addresses.write(address, each.body)
            tiles.append(TileAddress(each.tile, address, each.bounds_xy))
        areas = _whole_areas(extract) if with_areas else ()
    return LaidOut(tuple(tiles), areas)


def _whole_areas(extract: Path) -> tuple[BoundaryArea, ...]:
    """Return the areas of which the extract says that it has all; of others a part may lack."""
    covered = known_area(extract)
    if covered is None:
        return ()
    areas = osm.read_boundaries(extract).areas
    return tuple(
        each for each in areas if shapely.covers(covered, shapely.from_wkb(each.outline_wkb))
    )


def _areas(laid_out: Iterable[LaidOut]) -> tuple[BoundaryArea, ...]:
    """Return each area once, as the first extract by name has it, by level and reference."""
    first: dict[str, BoundaryArea] = {}
    for extract in laid_out:
        for area in extract.areas:
            first.setdefault(area.area_ref, area)
    return tuple(sorted(first.values(), key=lambda each: (each.admin_level, each.area_ref)))


def _tiles(
    laid_out: Iterable[LaidOut], areas: Sequence[BoundaryArea], sights: Sights, reach_m: float
) -> Iterator[TilePartition]:
    """Yield the partitions of the second round, each with what lies in it and around it."""
    parts: defaultdict[str, list[TileAddress]] = defaultdict(list)
    for extract in laid_out:
        for each in extract.tiles:
            parts[each.tile].append(each)
    boxes = np.array([shapely.bounds(shapely.from_wkb(each.outline_wkb)) for each in areas])
    boxes = boxes.reshape(-1, 4)
    corners = np.hstack([mercator(boxes[:, :2]), mercator(boxes[:, 2:])])
    for tile in sorted(parts):
        bounds = [each.bounds_xy for each in parts[tile]]
        west, south = np.min(np.array(bounds)[:, :2], axis=0)
        east, north = np.max(np.array(bounds)[:, 2:], axis=0)
        is_met = (corners[:, 0] <= east) & (corners[:, 2] >= west)
        is_met &= (corners[:, 1] <= north) & (corners[:, 3] >= south)
        yield TilePartition(
            tile,
            parts[tile][0].address,
            tuple(each.address for each in parts[tile]),
            sights_within(sights, bounds, reach_m=reach_m),
            tuple(area for area, met in zip(areas, is_met.tolist(), strict=True) if met),
        )


def streets_of_tile(part: TilePartition, *, reach_m: float) -> TileExposure:
    """Measure the streets of one tile; see ``tile_exposure``."""
    with ExitStack() as lent:
        paths = [lent.enter_context(partition_addresses.readable(each)) for each in part.parts]
        return tile_exposure(paths, part.sights, part.areas, reach_m=reach_m)


def _tile_rows(measured: Mapping[str, TileExposure]) -> Iterator[tuple[str, ...]]:
    for tile, exposure in measured.items():
        for kind in sorted(exposure.by_kind):
            yield (tile.replace("-", "/"), kind, *_told(exposure.by_kind[kind]))


def _area_rows(
    areas: Sequence[BoundaryArea], measured: Iterable[TileExposure]
) -> Iterator[tuple[str, ...]]:
    sums = {each.area_ref: np.zeros(3) for each in areas}
    for exposure in measured:
        for ref, metres in exposure.by_area.items():
            sums[ref] += metres
    for area in areas:
        metres_of_area = sums[area.area_ref].tolist()
        yield (area.area_ref, str(area.admin_level), area.name, *_told(metres_of_area))


def _told(metres: Sequence[float]) -> tuple[str, ...]:
    # A difference of two sums may be a hair below nothing.
    return tuple(f"{max(0.0, each):.1f}" for each in metres)
