"""
Natural Earth's land and borders as the page draws them: converted once, committed.

The input is a file ``countries-110m.json`` or ``countries-50m.json`` of the npm package
world-atlas: TopoJSON (a format of shared arcs, github.com/topojson/topojson-specification),
longitude and latitude in degrees, stitched together at the antimeridian. The output is the
payload of docs/page-format.md, land: whole numbers of Web Mercator, cut at the antimeridian.
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any, TypeAlias

import numpy as np
import shapely
from shapely.affinity import translate
from shapely.geometry import LineString, MultiPolygon, Polygon, box
from shapely.geometry.base import BaseGeometry

from mapper.errors import SourceFormatError
from mapper.website.map.mercator import Floats, grid_corners

GRID_BITS = {"land_110m": 13, "land_50m": 16}
"""Grid of each file: a step is half a pixel at the last zoom it is drawn at, 4 and 7."""

_UNSETTLED_PARTIES = frozenset(
    {"Kosovo", "N. Cyprus", "Palestine", "Siachen Glacier", "Somaliland", "W. Sahara"}
)
"""All borders of these are drawn as not settled."""

_UNSETTLED_PARTS: tuple[tuple[frozenset[str], tuple[float, float, float, float]], ...] = (
    # Crimea: General Assembly resolution 68/262. Natural Earth draws who administers it.
    (frozenset({"Russia", "Ukraine"}), (32.0, 44.0, 37.0, 46.4)),
    # The notes of the United Nations' map 4170: the Line of Control in Jammu and Kashmir; the
    # boundary of Sudan and South Sudan, "not yet determined". Beside them the lines that
    # Natural Earth itself files as disputed: Aksai Chin and the eastern sector of China and
    # India, Shaksgam, the Golan Heights, the Hala'ib area.
    (frozenset({"India", "Pakistan"}), (73.5, 32.4, 78.0, 37.0)),
    (frozenset({"China", "India"}), (77.0, 32.0, 80.5, 36.5)),
    (frozenset({"China", "India"}), (91.4, 26.5, 97.6, 29.8)),
    (frozenset({"China", "Pakistan"}), (74.4, 35.3, 78.2, 37.3)),
    (frozenset({"Israel", "Syria"}), (35.4, 32.5, 36.2, 33.6)),
    (frozenset({"Egypt", "Sudan"}), (31.0, 21.5, 37.5, 23.6)),
    (frozenset({"S. Sudan", "Sudan"}), (23.0, 8.0, 34.5, 13.0)),
)
"""Two parties and the box (west, south, east, north) in which their line is not settled."""

_HALF_TURN_DEG = 180.0
_TURN_DEG = 360.0
# Where Web Mercator ends: there the world is a square.
_WORLD = box(-180.0, -85.06, 180.0, 85.06)
_RING_POINTS_MIN = 3

Ring: TypeAlias = list[tuple[float, float]]


@dataclass(frozen=True, slots=True)
class _Topology:
    """A decoded file: arcs in degrees, and the geometries that point into them."""

    arcs: list[Ring]
    countries: list[dict[str, Any]]
    land: list[dict[str, Any]]

    def ring(self, arc_refs: Iterable[int]) -> Ring:
        """Join arcs to a ring; a reference below 0 is that arc, counted from -1, reversed."""
        points: Ring = []
        for ref in arc_refs:
            # TopoJSON specification 2.1.4: a negative index i stands for arc ~i, backwards.
            arc = self.arcs[ref] if ref >= 0 else self.arcs[~ref][::-1]
            # Of two arcs that follow each other the last point of one is the first of the other.
            points.extend(arc[1:] if points else arc)
        return points


def convert_land(topojson_path: Path, out_path: Path) -> int:
    """
    Convert one file of world-atlas and give the number of rings written.

    Parameters
    ----------
    topojson_path
        ``countries-110m.json`` or ``countries-50m.json``.
    out_path
        ``land_110m.json`` or ``land_50m.json``; the stem chooses the grid.

    Raises
    ------
    SourceFormatError
        If the file is not such a TopoJSON.
    """
    topology = _read_topology(topojson_path)
    bits = GRID_BITS[out_path.stem]
    settled, unsettled = _borders(topology)
    payload = {
        "schema": 1,
        "q": bits,
        "rings": sorted(
            ring for polygon in _land(topology) for ring in _quantised_rings(polygon, bits)
        ),
        "borders": sorted(_quantised_lines(settled, bits)),
        "disputed": sorted(_quantised_lines(unsettled, bits)),
    }
    text = json.dumps(payload, separators=(",", ":"))
    # One list a line, so that a later conversion can be read as a diff.
    out_path.write_text(text.replace("],[", "],\n[") + "\n", encoding="ascii", newline="\n")
    return len(payload["rings"])  # type: ignore[arg-type] # a list, as written above


def _read_topology(path: Path) -> _Topology:
    try:
        body = json.loads(path.read_bytes())
        scale, shift = body["transform"]["scale"], body["transform"]["translate"]
        arcs = [_arc(steps, scale, shift) for steps in body["arcs"]]
        countries = body["objects"]["countries"]["geometries"]
        land = body["objects"]["land"]["geometries"]
    except (ValueError, KeyError, TypeError) as error:
        msg = f"{path.name} is not a countries file of world-atlas: {error!r}"
        raise SourceFormatError(msg) from error
    return _Topology(arcs, countries, land)


def _arc(steps: list[list[int]], scale: list[float], shift: list[float]) -> Ring:
    # Quantised arcs hold steps from point to point; only the first pair is a position.
    cells = np.cumsum(np.asarray(steps, dtype=np.int64), axis=0)
    return [(float(lon), float(lat)) for lon, lat in cells * np.asarray(scale) + np.asarray(shift)]


def _polygons(geometry: dict[str, Any]) -> list[list[list[int]]]:
    if geometry["type"] == "Polygon":
        return [geometry["arcs"]]
    if geometry["type"] == "MultiPolygon":
        return list(geometry["arcs"])
    msg = f"a {geometry['type']} is no area"
    raise SourceFormatError(msg)


def _land(topology: _Topology) -> Iterator[Polygon]:
    for geometry in topology.land:
        for rings in _polygons(geometry):
            shell, *holes = (_unrolled(topology.ring(refs)) for refs in rings)
            yield from _cut_at_antimeridian(shapely.make_valid(Polygon(shell, holes)))


def _unrolled(ring: Ring) -> Ring:
    """Go on past 180 degrees instead of jumping, and close a ring around a pole over the pole."""
    points = [ring[0]]
    turns = 0.0
    for (lon_before, _), (lon, lat) in pairwise(ring):
        if lon - lon_before > _HALF_TURN_DEG:
            turns -= _TURN_DEG
        elif lon_before - lon > _HALF_TURN_DEG:
            turns += _TURN_DEG
        points.append((lon + turns, lat))
    if abs(points[-1][0] - points[0][0]) > _HALF_TURN_DEG:
        pole_deg = 90.0 if points[0][1] > 0 else -90.0
        points += [(points[-1][0], pole_deg), (points[0][0], pole_deg)]
    return points


def _cut_at_antimeridian(area: BaseGeometry) -> Iterator[Polygon]:
    # What went on past 180 degrees is brought back from either side; without a cut it would be
    # drawn across the whole map.
    for turn in (-_TURN_DEG, 0.0, _TURN_DEG):
        moved = translate(area, xoff=turn)
        yield from _areas(shapely.intersection(moved, _WORLD))


def _areas(geometry: BaseGeometry) -> Iterator[Polygon]:
    if isinstance(geometry, Polygon):
        if not geometry.is_empty:
            yield geometry
    elif isinstance(geometry, MultiPolygon) or hasattr(geometry, "geoms"):
        for part in geometry.geoms:
            yield from _areas(part)


def _borders(topology: _Topology) -> tuple[list[LineString], list[LineString]]:
    owners: defaultdict[int, set[str]] = defaultdict(set)
    for country in topology.countries:
        for rings in _polygons(country):
            for ref in (ref for refs in rings for ref in refs):
                owners[ref if ref >= 0 else ~ref].add(country["properties"]["name"])
    settled: list[LineString] = []
    unsettled: list[LineString] = []
    for arc, parties in sorted(owners.items()):
        # A coast has one owner; a line with the sea on one side is no border.
        if len(parties) > 1:
            inside, outside = _by_settlement(LineString(topology.arcs[arc]), frozenset(parties))
            unsettled += inside
            settled += outside
    return settled, unsettled


def _by_settlement(
    line: LineString, parties: frozenset[str]
) -> tuple[list[LineString], list[LineString]]:
    if parties & _UNSETTLED_PARTIES:
        return [line], []
    areas = [box(*bounds) for pair, bounds in _UNSETTLED_PARTS if pair == parties]
    area = shapely.union_all(areas)
    return _lines(line.intersection(area)), _lines(line.difference(area))


def _lines(geometry: BaseGeometry) -> list[LineString]:
    if isinstance(geometry, LineString):
        return [] if geometry.is_empty else [geometry]
    merged = shapely.line_merge(geometry)
    parts = getattr(merged, "geoms", [merged])
    return [part for part in parts if isinstance(part, LineString) and not part.is_empty]


def _quantised_rings(polygon: Polygon, bits: int) -> Iterator[list[int]]:
    for ring in (polygon.exterior, *polygon.interiors):
        steps = _steps(shapely.get_coordinates(ring)[:-1], bits)
        # On the coarse grid a small island may shrink to a line or a point.
        if len(steps) >= 2 * _RING_POINTS_MIN:
            yield steps


def _quantised_lines(lines: Iterable[LineString], bits: int) -> Iterator[list[int]]:
    for line in lines:
        steps = _steps(shapely.get_coordinates(line), bits)
        if len(steps) > 2:  # noqa: PLR2004 - one position is no line
            yield steps


def _steps(lonlat_deg: Floats, bits: int) -> list[int]:
    x, y = grid_corners(lonlat_deg[:, 0], lonlat_deg[:, 1], bits)
    corners = np.stack([x, y], axis=1)
    moves = np.diff(corners, axis=0)
    # Points that fall into one cell say the same.
    moves = moves[moves.any(axis=1)]
    return [int(number) for number in np.concatenate([corners[:1], moves]).ravel()]
