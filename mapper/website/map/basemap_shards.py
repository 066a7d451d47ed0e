"""
Streets, water and buildings around cameras, in one small file per tile.

docs/page-format.md, context.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import Any, TypeAlias

import numpy as np
import shapely
from shapely.geometry import Polygon
from shapely.geometry.base import BaseGeometry

from mapper.model.basemap import Basemap, BasemapKind
from mapper.website.map.basemap_choice import (
    BYTES_MAX,
    STREET_KINDS,
    BasemapChoice,
    Chosen,
)
from mapper.website.map.data_file import packed_json, script_text
from mapper.website.map.mercator import GRID_BITS, Ints, grid_corners

TILE_ZOOM = 13
_TILE_BITS = GRID_BITS - TILE_ZOOM
_TILE_SIZE = 1 << _TILE_BITS
_OVERLAP = 8
"""How far the parts of a cut area reach into the next tile: no seam shows between them."""

_AREA_KINDS = frozenset({BasemapKind.WATER_AREA, BasemapKind.GREEN, BasemapKind.BUILDING})
_DRAWING_ORDER = (
    BasemapKind.GREEN,
    BasemapKind.WATER_AREA,
    BasemapKind.WATER_LINE,
    BasemapKind.BUILDING,
    BasemapKind.PATH,
    BasemapKind.RAIL,
    BasemapKind.STREET_MINOR,
    BasemapKind.STREET_MAJOR,
)
_RING_POINTS_MIN = 3

Tile: TypeAlias = tuple[int, int]


@dataclass(frozen=True, slots=True)
class ContextSummary:
    """What was written, for the page's meta file and the closing summary."""

    choice: BasemapChoice
    reason: str
    shard_count: int
    size_bytes: int


@dataclass(slots=True)
class _Shard:
    """The shapes of one tile: (place in the drawing order, name, numbers)."""

    shapes: list[tuple[int, str, list[int]]] = field(default_factory=list)

    def payload(self) -> dict[str, Any]:
        """Return the shapes in drawing order; equal ones keep the order read."""
        ordered = sorted(self.shapes, key=lambda shape: shape[0])
        names = sorted({name for _, name, _ in ordered} | {""})
        number_of = {name: number for number, name in enumerate(names)}
        return {
            "kinds": [str(kind) for kind in _DRAWING_ORDER],
            "names": names,
            "shapes": [[kind, number_of[name], *numbers] for kind, name, numbers in ordered],
        }


def write_context(site_dir: Path, context: Basemap | None, chosen: Chosen) -> ContextSummary:
    """
    Write ``data/context/`` as chosen, or less where that would be more than 60 MB.

    Parameters
    ----------
    context
        Shapes within 300 m of a camera; None where the input was read without them.
    """
    if context is None and chosen.choice is not BasemapChoice.NONE:
        chosen = Chosen(BasemapChoice.NONE, "The input was read without streets.")
    if context is None or chosen.choice is BasemapChoice.NONE:
        return ContextSummary(BasemapChoice.NONE, chosen.reason, 0, 0)
    scripts = _scripts(context, chosen.choice)
    size = _size(scripts)
    if size > BYTES_MAX and chosen.choice is BasemapChoice.FULL:
        reason = f"Streets, water and buildings would take {size:,} bytes: streets alone."
        return write_context(site_dir, context, Chosen(BasemapChoice.STREETS, reason))
    if size > BYTES_MAX:
        reason = f"The streets would take {size:,} bytes, more than {BYTES_MAX:,}: left out."
        return ContextSummary(BasemapChoice.NONE, reason, 0, 0)
    folder = site_dir / "data" / "context"
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in scripts.items():
        (folder / f"{name}.js").write_text(text, encoding="ascii", newline="\n")
    # The index is no shard.
    return ContextSummary(chosen.choice, chosen.reason, len(scripts) - 1, size)


def _scripts(context: Basemap, choice: BasemapChoice) -> dict[str, str]:
    shards = _shards(context, choice)
    names = {tile: f"{TILE_ZOOM}-{tile[0]}-{tile[1]}" for tile in sorted(shards)}
    index = {
        "schema": 1,
        "zoom": TILE_ZOOM,
        "tiles": [f"{tile_x}-{tile_y}" for tile_x, tile_y in names],
    }
    scripts = {"index": script_text("context/index", index)}
    for tile, name in names.items():
        payload = {"schema": 1, "gz": packed_json(shards[tile].payload())}
        scripts[name] = script_text(f"context/{name}", payload)
    return scripts


def _size(scripts: dict[str, str]) -> int:
    return sum(len(text) for text in scripts.values())


def _shards(context: Basemap, choice: BasemapChoice) -> dict[Tile, _Shard]:
    shards: defaultdict[Tile, _Shard] = defaultdict(_Shard)
    lonlat_deg = np.asarray(context.lonlat_deg, dtype=np.float64).reshape(-1, 2)
    x, y = grid_corners(lonlat_deg[:, 0], lonlat_deg[:, 1], GRID_BITS)
    corners = np.stack([x, y], axis=1)
    place_of = {kind: place for place, kind in enumerate(_DRAWING_ORDER)}
    for kind, name, (start, end) in zip(
        context.kinds, context.names, pairwise(context.offsets), strict=True
    ):
        if choice is BasemapChoice.STREETS and kind not in STREET_KINDS:
            continue
        parts = _area_parts if kind in _AREA_KINDS else _line_parts
        for tile, part in parts(corners[start:end]):
            numbers = _numbers(part, tile, closed=kind in _AREA_KINDS)
            if numbers:
                shards[tile].shapes.append((place_of[kind], name, numbers))
    return dict(shards)


def _line_parts(corners: Ints) -> Iterator[tuple[Tile, Ints]]:
    """Cut a line where the middle of its segments passes into another tile."""
    # The sum of two corners is twice their middle: one more bit to the right gives its tile.
    middles = (corners[:-1] + corners[1:]) >> (_TILE_BITS + 1)
    if len(middles) == 0:
        return
    changes = np.flatnonzero(np.diff(middles, axis=0).any(axis=1)) + 1
    bounds = [0, *changes.tolist(), len(middles)]
    for first, last in pairwise(bounds):
        yield (int(middles[first, 0]), int(middles[first, 1])), corners[first : last + 1]


def _area_parts(corners: Ints) -> Iterator[tuple[Tile, Ints]]:
    """Yield a small area whole to the tile of its middle, and cut a large one by tiles."""
    low, high = corners.min(axis=0), corners.max(axis=0)
    # A house that lies over the edge is drawn whole by one tile; cut in two it would show a seam.
    if (high - low).max() < _TILE_SIZE // 4:
        middle = (low + high) >> (_TILE_BITS + 1)
        yield (int(middle[0]), int(middle[1])), corners
        return
    area = shapely.make_valid(Polygon(corners.astype(np.float64)))
    first, last = low >> _TILE_BITS, high >> _TILE_BITS
    for tile_x in range(int(first[0]), int(last[0]) + 1):
        for tile_y in range(int(first[1]), int(last[1]) + 1):
            yield from _clipped(area, (tile_x, tile_y))


def _clipped(area: BaseGeometry, tile: Tile) -> Iterator[tuple[Tile, Ints]]:
    left, top = tile[0] * _TILE_SIZE, tile[1] * _TILE_SIZE
    part = shapely.clip_by_rect(
        area,
        left - _OVERLAP,
        top - _OVERLAP,
        left + _TILE_SIZE + _OVERLAP,
        top + _TILE_SIZE + _OVERLAP,
    )
    for polygon in shapely.get_parts(part):
        if shapely.get_type_id(polygon) == shapely.GeometryType.POLYGON:
            ring = shapely.get_coordinates(shapely.get_exterior_ring(polygon))
            yield tile, np.rint(ring).astype(np.int64)


def _numbers(corners: Ints, tile: Tile, *, closed: bool) -> list[int]:
    own = corners - np.array(tile, dtype=np.int64) * _TILE_SIZE
    moves = np.diff(own, axis=0)
    moves = moves[moves.any(axis=1)]
    # A ring that ends where it begins: the reader closes it without the last move.
    if closed and len(moves) and not moves.sum(axis=0).any():
        moves = moves[:-1]
    if len(moves) + 1 < (_RING_POINTS_MIN if closed else 2):
        return []
    return [int(number) for number in np.concatenate([own[:1], moves]).ravel()]
