"""
Which of the roads into a town pass a plate reader.

A road in is where a larger road of the extract crosses the edge of the town, a circle. Two
questions are asked of each: does the shortest way from there to the middle pass a reader, and is
there any way at all that passes none.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import geopandas as gpd
import numpy as np
import shapely
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components, dijkstra
from shapely.geometry.base import BaseGeometry

from mapper.errors import SourceFormatError
from mapper.exposure.route_exposure import NOT_KNOWN
from mapper.exposure.sights import Assumptions, Ints, Truths, sights_of
from mapper.exposure.watched_lines import Lines, stretches_in_view
from mapper.model.basemap import BasemapKind
from mapper.model.enums import DeviceType
from mapper.resolve.earth import EARTH_RADIUS_M, Floats, xyz_m
from mapper.resolve.linkage import linked
from mapper.resolve.standing import standing
from mapper.sources.osm.basemap_kinds import Shape
from mapper.sources.osm.basemap_pbf import known_area, shapes
from mapper.sources.osm.block_reader import BlockReader
from mapper.sources.osm.pbf import header_time

ONE_ROAD_M: Final = 50.0
"""Crossings nearer to each other than this are one road: its two carriageways."""

_METRES_PER_DEGREE: Final = EARTH_RADIUS_M * np.pi / 180
_NOWHERE: Final = -9999
"""Stands for no predecessor in scipy's shortest paths."""


@dataclass(frozen=True, slots=True)
class Town:
    """A town as a circle; degrees WGS 84, and metres."""

    name: str
    lon_deg: float
    lat_deg: float
    radius_m: float


@dataclass(frozen=True, slots=True)
class RoadIn:
    """
    One road into a town.

    Attributes
    ----------
    name, road_class
        As the extract has them; an empty name is not known.
    lon_deg, lat_deg
        Where it crosses the edge.
    way_m
        Length of the shortest way from there to the middle.
    passes, perhaps_passes
        Whether that way passes a reader that faces it; one in reach, its direction not known.
    is_only_past, is_perhaps_only_past
        Whether every way in passes one that faces it; one of either kind.
    """

    name: str
    road_class: str
    lon_deg: float
    lat_deg: float
    way_m: float
    passes: bool
    perhaps_passes: bool
    is_only_past: bool
    is_perhaps_only_past: bool


@dataclass(frozen=True, slots=True)
class SharedReaders:
    """Plate readers of one maker or one operator; the name is empty where no source gives it."""

    name: str
    facing: int
    perhaps: int


@dataclass(frozen=True, slots=True)
class Cordon:
    """
    The roads into a town, from west to east.

    Attributes
    ----------
    readers_facing, readers_perhaps
        Plate readers that face a road of the circle; that are in reach, direction not known.
    by_maker, by_operator
        The same readers, the most first, then by name.
    unconnected
        Crossings from which no road of the extract leads to the middle; in no other number.
    is_covered
        Whether the box that the extract covers holds the circle; None where it says no box.
    """

    town: Town
    assumptions: Assumptions
    roads: tuple[RoadIn, ...]
    readers_facing: int
    readers_perhaps: int
    by_maker: tuple[SharedReaders, ...]
    by_operator: tuple[SharedReaders, ...]
    unconnected: int
    is_covered: bool | None


@dataclass(frozen=True, slots=True, eq=False)
class _Network:
    """Pieces of road between nodes, where the nodes lie, and which road a piece is of."""

    lines: Lines
    nodes_deg: Floats
    start: Ints
    end: Ints
    road: Ints
    roads: tuple[Shape, ...]
    is_covered: bool | None

    def graph(self, kept: Truths) -> csr_array:
        """Return the pieces that are kept as a graph with lengths in metres."""
        lengths_m = self.lines.lengths_m()[kept]
        count = len(self.nodes_deg)
        # The shortest of two pieces between the same nodes: scipy would add them up.
        pairs = np.sort(np.column_stack([self.start[kept], self.end[kept]]), axis=1)
        order = np.lexsort((lengths_m, pairs[:, 1], pairs[:, 0]))
        _, first = np.unique(pairs[order], axis=0, return_index=True)
        chosen = order[first]
        return csr_array(
            (np.maximum(lengths_m[chosen], 1e-3), (pairs[chosen, 0], pairs[chosen, 1])),
            shape=(count, count),
        )


def cordon(
    extract: Path,
    town: Town,
    cameras: gpd.GeoDataFrame,
    assumptions: Assumptions,
    maker_names: Mapping[str, str],
) -> Cordon:
    """
    Ask of every larger road into a town whether it passes a plate reader.

    Parameters
    ----------
    extract
        An OSM PBF of one moment that holds the whole town.
    cameras
        Columns ``model.columns.CAMERA``; of them the plate readers that stand are looked at.
    maker_names
        Names of organisations by id; an id that is not in it stands for itself.

    Raises
    ------
    SourceFormatError
        If the file cannot be read, or holds no larger road in the circle.
    """
    network = _network(extract, town)
    stand = standing(cameras)
    readers = stand[(stand["device_type"] == DeviceType.PLATE_READER).to_numpy(dtype=bool)]
    sights = sights_of(readers, assumptions)
    stretches = stretches_in_view(network.lines, sights, reach_m=assumptions.reach_m)
    is_facing = sights.is_facing[stretches.sight]
    watched, perhaps = (np.zeros(len(network.lines), dtype=np.bool_) for _ in range(2))
    watched[stretches.piece[is_facing]] = True
    perhaps[stretches.piece[~is_facing]] = True
    roads, unconnected = _roads(network, town, watched, perhaps)
    facing, unknown = (
        np.unique(sights.camera[stretches.sight[kind]]).tolist() for kind in (is_facing, ~is_facing)
    )
    makers = [
        NOT_KNOWN if not isinstance(org_id, str) else maker_names.get(org_id, org_id)
        for org_id in readers["vendor_id"]
    ]
    operators = [name if isinstance(name, str) else NOT_KNOWN for name in readers["operator_name"]]
    return Cordon(
        town,
        assumptions,
        roads,
        readers_facing=len(facing),
        readers_perhaps=len(unknown),
        by_maker=_shared(facing, unknown, makers),
        by_operator=_shared(facing, unknown, operators),
        unconnected=unconnected,
        is_covered=network.is_covered,
    )


def _shared(facing: list[int], perhaps: list[int], names: list[str]) -> tuple[SharedReaders, ...]:
    facing_of = Counter(names[reader] for reader in facing)
    perhaps_of = Counter(names[reader] for reader in perhaps)
    rows = [
        SharedReaders(name, facing_of[name], perhaps_of[name])
        for name in sorted(facing_of.keys() | perhaps_of.keys())
    ]
    return tuple(sorted(rows, key=lambda row: -(row.facing + row.perhaps)))


def _network(extract: Path, town: Town) -> _Network:
    """Read the larger roads that have a piece within the circle, or across its edge."""
    reader = BlockReader(extract)
    reader.check()
    header_time(reader)
    # Wider than the circle: a way may leave it and come back.
    around = _box(town, 2)
    roads = tuple(
        road
        for road in shapes(extract, frozenset({BasemapKind.STREET_MAJOR}))
        if road.geometry.intersects(around)
    )
    parts = [shapely.get_coordinates(road.geometry) for road in roads]
    lines = Lines.of_parts(parts)
    road_of = np.repeat(np.arange(len(roads)), [len(part) - 1 for part in parts])
    touched = _inside(lines.start_deg, town) | _inside(lines.end_deg, town)
    if not touched.any():
        msg = f"{extract}: no larger road lies within {town.radius_m / 1000:g} km of {town.name}"
        raise SourceFormatError(msg, next_step="give the extract that holds the town.")
    lines = Lines(lines.start_deg[touched], lines.end_deg[touched])
    # Ways that meet share a node, so the very same numbers; a bridge over a road does not.
    nodes_deg, number = np.unique(
        np.concatenate([lines.start_deg, lines.end_deg]), axis=0, return_inverse=True
    )
    number = number.reshape(-1).astype(np.int64)
    covered = known_area(extract)
    return _Network(
        lines,
        nodes_deg,
        start=number[: len(lines)],
        end=number[len(lines) :],
        road=road_of[touched],
        roads=roads,
        is_covered=None if covered is None else bool(covered.covers(_box(town, 1))),
    )


def _box(town: Town, times: float) -> BaseGeometry:
    """Return the box around the circle of a town, or around one some times as wide."""
    high_deg = times * town.radius_m / _METRES_PER_DEGREE
    wide_deg = high_deg / max(0.01, float(np.cos(np.radians(town.lat_deg))))
    box: BaseGeometry = shapely.box(
        town.lon_deg - wide_deg,
        town.lat_deg - high_deg,
        town.lon_deg + wide_deg,
        town.lat_deg + high_deg,
    )
    return box


def _inside(positions_deg: Floats, town: Town) -> Truths:
    middle = xyz_m(np.array([town.lon_deg]), np.array([town.lat_deg]))
    apart_m = np.linalg.norm(xyz_m(positions_deg[:, 0], positions_deg[:, 1]) - middle, axis=1)
    inside: Truths = apart_m <= town.radius_m
    return inside


def _roads(
    network: _Network, town: Town, watched: Truths, perhaps: Truths
) -> tuple[tuple[RoadIn, ...], int]:
    is_inside = _inside(network.nodes_deg, town)
    crossing = np.flatnonzero(is_inside[network.start] != is_inside[network.end])
    outer = np.where(is_inside[network.start], network.end, network.start)[crossing]
    every = np.ones(len(network.lines), dtype=np.bool_)
    whole = network.graph(every)
    middle = _middle(network, town, whole, is_inside)
    away, onward = dijkstra(
        whole, directed=False, indices=np.array([middle]), return_predecessors=True
    )
    away_m, before = away[0], onward[0].astype(np.int64)
    free = _reached(network.graph(~watched), middle)
    surely_free = _reached(network.graph(~(watched | perhaps)), middle)
    piece_of = {
        (min(pair), max(pair)): piece
        for piece, pair in enumerate(zip(network.start.tolist(), network.end.tolist(), strict=True))
    }
    roads, unconnected = [], 0
    for group in _groups(network.nodes_deg[outer]):
        nodes = outer[group]
        nearest = int(np.argmin(away_m[nodes]))
        node = int(nodes[nearest])
        if not np.isfinite(away_m[node]):
            unconnected += 1
            continue
        way = _way(node, before, piece_of)
        road = network.roads[network.road[crossing[group[nearest]]]]
        roads.append(
            RoadIn(
                name=road.name,
                road_class=road.road_class,
                lon_deg=float(network.nodes_deg[node, 0]),
                lat_deg=float(network.nodes_deg[node, 1]),
                way_m=float(away_m[node]),
                passes=bool(watched[way].any()),
                perhaps_passes=bool(perhaps[way].any()),
                is_only_past=not free[nodes].any(),
                is_perhaps_only_past=not surely_free[nodes].any(),
            )
        )
    return tuple(sorted(roads, key=lambda road: (road.lon_deg, road.lat_deg))), unconnected


def _middle(network: _Network, town: Town, whole: csr_array, is_inside: Truths) -> int:
    """Return the node nearest to the centre, of the largest connected part within the circle."""
    _, part = connected_components(whole, directed=False)
    inner = np.flatnonzero(is_inside)
    largest = int(np.argmax(np.bincount(part[inner])))
    inner = inner[part[inner] == largest]
    nodes = network.nodes_deg[inner]
    centre = xyz_m(np.array([town.lon_deg]), np.array([town.lat_deg]))
    apart_m = np.linalg.norm(xyz_m(nodes[:, 0], nodes[:, 1]) - centre, axis=1)
    return int(inner[np.argmin(apart_m)])


def _reached(graph: csr_array, middle: int) -> Truths:
    _, part = connected_components(graph, directed=False)
    reached: Truths = part == part[middle]
    return reached


def _groups(positions_deg: Floats) -> list[Ints]:
    """Join crossings that are one road, in the order of the first of each."""
    if not len(positions_deg):
        return []
    road = linked(xyz_m(positions_deg[:, 0], positions_deg[:, 1]), ONE_ROAD_M)
    return [np.flatnonzero(road == number).astype(np.int64) for number in np.unique(road)]


def _way(node: int, before: Ints, piece_of: dict[tuple[int, int], int]) -> list[int]:
    """Return the pieces from a node to the middle."""
    way = []
    while (onward := int(before[node])) != _NOWHERE:
        way.append(piece_of[min(node, onward), max(node, onward)])
        node = onward
    return way
