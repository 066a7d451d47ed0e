"""
Small maps without a script: land and rings around the places named, drawn as one SVG.

The land is that of ``data/boundaries/land_110m.json`` (Natural Earth), cut to a window around
the rings. Geometry alone; the template draws it with classes, so that the colours and themes
are the style sheet's.
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from mapper.website.map.mercator import Floats, world_position

Shapes: TypeAlias = NDArray[np.object_]

_WIDTH = 640.0
_WORLD_TOP, _WORLD_BOTTOM = 0.13, 0.71
"""Of the unit square: 75 degrees north to 57 degrees south, where nobody is mapped."""

_SPAN_MIN = 0.15
"""Of the world's width: 54 degrees, so that a reader sees coasts and knows where it is."""

_HEIGHT_SHARE = 0.5
_MARGIN = 1.35
_EARTH_M = 40_075_016.7
_RADIUS_MIN = 5.0
_TOLERANCE_PX = 0.8


@dataclass(frozen=True, slots=True)
class Spot:
    """
    A place to be marked.

    Attributes
    ----------
    precision_m
        Radius in metres around the point; drawn where it is larger than the ring.
    """

    lon_deg: float
    lat_deg: float
    precision_m: float
    name: str
    address: str


@dataclass(frozen=True, slots=True)
class Ring:
    """
    A marked place in the picture; deployments at one point share a ring.

    Attributes
    ----------
    names
        Of all that share the point.
    precision_px
        Radius of the area meant; 0 where the ring covers it.
    label_anchor
        ``start`` or ``end``: on which side of the ring its name has room.
    """

    x: float
    y: float
    names: tuple[str, ...]
    address: str
    precision_px: float
    label_anchor: str


@dataclass(frozen=True, slots=True)
class Locator:
    """A small map: data of SVG paths, and the rings from north to south."""

    width: float
    height: float
    land: str
    borders: str
    disputed: str
    rings: tuple[Ring, ...]


class Land:
    """The land and border lines, ready to be cut to windows."""

    def __init__(self, path: Path) -> None:
        """Read a file of docs/page-format.md, land."""
        payload = json.loads(path.read_bytes())
        size = float(1 << payload["q"])
        rings = [shapely.Polygon(_corners(ring, size)) for ring in payload["rings"]]
        self._land = np.asarray(shapely.make_valid(rings), dtype=np.object_)
        self._borders = _lines(payload["borders"], size)
        self._disputed = _lines(payload["disputed"], size)

    def locator(self, spots: Iterable[Spot], *, whole_world: bool = False) -> Locator | None:
        """
        Draw a map around some spots; None where there is none.

        Parameters
        ----------
        whole_world
            Shows the world whatever the spots.
        """
        ranked = sorted(spots, key=lambda spot: (-spot.lat_deg, spot.lon_deg, spot.name))
        if not ranked:
            return None
        x, y = world_position(
            np.asarray([spot.lon_deg for spot in ranked]),
            np.asarray([spot.lat_deg for spot in ranked]),
        )
        west, north, span, tall = _world() if whole_world else _window(x, y)
        scale = _WIDTH / span
        frame = (west, north, west + span, north + tall)
        return Locator(
            width=_WIDTH,
            height=round(tall * scale, 1),
            land=_path(self._land, frame, scale, closed=True),
            borders=_path(self._borders, frame, scale, closed=False),
            disputed=_path(self._disputed, frame, scale, closed=False),
            rings=_rings(ranked, (x - west) * scale, (y - north) * scale, scale),
        )


def _corners(steps: Sequence[int], size: float) -> Floats:
    corners: Floats = np.cumsum(np.asarray(steps, dtype=np.float64).reshape(-1, 2), axis=0) / size
    return corners


def _lines(lists: Sequence[Sequence[int]], size: float) -> Shapes:
    return np.asarray(
        [shapely.LineString(_corners(steps, size)) for steps in lists], dtype=np.object_
    )


def _world() -> tuple[float, float, float, float]:
    return 0.0, _WORLD_TOP, 1.0, _WORLD_BOTTOM - _WORLD_TOP


def _window(x: Floats, y: Floats) -> tuple[float, float, float, float]:
    """Return west, north, width and height of a window around positions, in the unit square."""
    width = max(float(np.ptp(x)) * _MARGIN, _SPAN_MIN)
    height = max(float(np.ptp(y)) * _MARGIN, width * _HEIGHT_SHARE)
    width = max(width, height / _HEIGHT_SHARE * 0.8)
    if width >= 0.8:  # noqa: PLR2004 - nearly all of it
        return _world()
    west = (float(x.min()) + float(x.max()) - width) / 2
    north = (float(y.min()) + float(y.max()) - height) / 2
    return min(max(west, 0.0), 1 - width), max(north, 0.0), width, height


def _path(
    shapes: Shapes,
    frame: tuple[float, float, float, float],
    scale: float,
    *,
    closed: bool,
) -> str:
    west, north, east, south = frame
    left, top, right, bottom = shapely.bounds(shapes).T
    # Most of the world is not in the frame; to clip what is outside gives nothing, slowly.
    inside = (left <= east) & (right >= west) & (top <= south) & (bottom >= north)
    cut = shapely.clip_by_rect(shapes[inside], *frame)
    # Nobody sees less, and the path is a quarter as long.
    cut = shapely.simplify(cut, _TOLERANCE_PX / scale)
    parts = []
    for shape in cut:
        for line in _point_lists(shape):
            points = (line - (west, north)) * scale
            steps = np.diff(np.rint(points).astype(np.int64), axis=0, prepend=[[0, 0]])
            moves = [f"{dx} {dy}" for dx, dy in steps[1:] if dx or dy]
            if not moves:
                continue
            text = f"{steps[0][0]} {steps[0][1]}l{' '.join(moves)}".replace(" -", "-")
            parts.append(f"M{text}{'z' if closed else ''}")
    return "".join(parts)


def _point_lists(shape: BaseGeometry) -> Iterable[Floats]:
    for part in getattr(shape, "geoms", [shape]):
        if part.is_empty:
            continue
        if isinstance(part, shapely.Polygon):
            yield shapely.get_coordinates(part.exterior)[:-1]
            for hole in part.interiors:
                yield shapely.get_coordinates(hole)[:-1]
        elif isinstance(part, shapely.LineString):
            yield shapely.get_coordinates(part)


def _rings(spots: Sequence[Spot], x: Floats, y: Floats, scale: float) -> tuple[Ring, ...]:
    together: dict[tuple[float, float], list[int]] = {}
    for position in range(len(spots)):
        key = (round(float(x[position]), 1), round(float(y[position]), 1))
        together.setdefault(key, []).append(position)
    return tuple(
        Ring(
            x=at[0],
            y=at[1],
            names=tuple(spots[position].name for position in positions),
            address=spots[positions[0]].address,
            precision_px=_precision_px(spots[positions[0]], scale),
            label_anchor="end" if at[0] > _WIDTH * 0.6 else "start",
        )
        for at, positions in together.items()
    )


def _precision_px(spot: Spot, scale: float) -> float:
    around = _EARTH_M * np.cos(np.radians(spot.lat_deg))
    radius = spot.precision_m / around * scale
    return round(float(radius), 1) if radius > _RADIUS_MIN else 0.0
