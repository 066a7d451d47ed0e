"""
Small maps without a script: land and rings around the places named, drawn as one SVG.

The land is that of ``data/boundaries/land_110m.json`` (Natural Earth), cut to a window around
the rings. Geometry alone; the template draws it with classes, so that the colours and themes
are the style sheet's.
"""

import json
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

import numpy as np
import shapely
from numpy.typing import NDArray

from mapper.website.map.mercator import Floats, world_position

Shapes: TypeAlias = NDArray[np.object_]
_Frame: TypeAlias = tuple[float, float, float, float]
"""West, north, east and south in the unit square."""

LAND_FILE = "land_110m.json"
"""Below the folder of boundaries."""

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

_LINE, _RING, _POLYGON = 1, 2, 3
"""As `shapely.get_type_id` numbers them."""


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
        self._layers = (
            _Layer(np.asarray(shapely.make_valid(rings), dtype=np.object_), is_area=True),
            _Layer(_lines(payload["borders"], size)),
            _Layer(_lines(payload["disputed"], size)),
        )
        # A maker of one system has the window of that system, and systems of a town share one.
        self._drawn: dict[_Frame, tuple[str, ...]] = {}

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
        if frame not in self._drawn:
            self._drawn[frame] = tuple(_path(layer, frame, scale) for layer in self._layers)
        land, borders, disputed = self._drawn[frame]
        return Locator(
            width=_WIDTH,
            height=round(tall * scale, 1),
            land=land,
            borders=borders,
            disputed=disputed,
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


class _Layer:
    """Shapes of the unit square, simplified once for each of a few scales."""

    def __init__(self, shapes: Shapes, *, is_area: bool = False) -> None:
        self.is_area = is_area
        self._shapes = shapes
        self._at: dict[int, tuple[Shapes, Floats]] = {}

    def inside(self, frame: _Frame, scale: float) -> Shapes:
        """Return the shapes whose box touches a frame, with no more corners than can be seen."""
        # What is outside clips to nothing, slowly.
        shapes, boxes = self._simplified(scale)
        west, north, east, south = frame
        left, top, right, bottom = boxes.T
        touches = (left <= east) & (right >= west) & (top <= south) & (bottom >= north)
        inside: Shapes = shapes[touches]
        return inside

    def _simplified(self, scale: float) -> tuple[Shapes, Floats]:
        """Return the shapes and the box of each, as fine as the nearest power of two to a scale."""
        power = round(math.log2(scale))
        if power not in self._at:
            # Nobody sees less, and a path is a quarter as long. Before the cut, not after: to
            # simplify each of a thousand windows cost as much as all else about them.
            shapes = shapely.simplify(self._shapes, _TOLERANCE_PX / 2.0**power)
            self._at[power] = (shapes, shapely.bounds(shapes))
        return self._at[power]


def _path(layer: _Layer, frame: _Frame, scale: float) -> str:
    lines = _lines_of(shapely.clip_by_rect(layer.inside(frame, scale), *frame))
    if not len(lines):
        return ""
    points, of_line = shapely.get_coordinates(lines, return_index=True)
    steps = np.rint((points - frame[:2]) * scale).astype(np.int64)
    is_first = np.diff(of_line, prepend=-1) > 0
    # A ring ends where it began, and `z` leads there.
    is_end = (np.diff(of_line, append=len(lines)) > 0) & (shapely.get_type_id(lines) == _RING)[
        of_line
    ]
    steps[~is_first] -= np.roll(steps, 1, axis=0)[~is_first]
    kept = is_first | (steps.any(axis=1) & ~is_end)
    parts: list[str] = []
    end = "z" if layer.is_area else ""
    moves: list[str] = []
    for (dx, dy), first in zip(steps[kept].tolist(), is_first[kept].tolist(), strict=True):
        if first:
            _add_line(parts, moves, end)
            moves = [f"{dx} {dy}"]
        else:
            moves.append(f"{dx} {dy}")
    _add_line(parts, moves, end)
    return "".join(parts)


def _add_line(parts: list[str], moves: list[str], end: str) -> None:
    """Add one line, its first point absolute; a line shorter than a pixel is none."""
    if len(moves) > 1:
        text = f"{moves[0]}l{' '.join(moves[1:])}".replace(" -", "-")
        parts.append(f"M{text}{end}")


def _lines_of(shapes: Shapes) -> Shapes:
    """Return the rings and lines of shapes, each shape's in order."""
    parts = shapely.get_parts(shapes)
    kinds = shapely.get_type_id(parts)
    is_area, is_line = kinds == _POLYGON, kinds == _LINE
    if is_area.all():
        lines = shapely.get_rings(parts)
    elif is_line.all():
        lines = parts
    else:
        # A window's edge that touches a coast cuts a line out of an area.
        split = [
            shapely.get_rings(part) if area else [part]
            for part, area in zip(parts, is_area, strict=True)
        ]
        lines = np.asarray([line for each in split for line in each], dtype=np.object_)
        kinds = shapely.get_type_id(lines)
        lines = lines[(kinds == _RING) | (kinds == _LINE)]
    return lines[~shapely.is_empty(lines)]


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
