"""Where one country ends and another begins, and how far a point is from there."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import shapely

from mapper.resolve.disputed import DisputedArea
from mapper.resolve.earth import Floats, mercator, points, segments, stretch
from mapper.resolve.grid_cells import GridCells

BORDER_LOW_M = 1000.0
"""The boundary source is simplified by up to about this much at land borders."""

_SCALE = 10_000
"""Coordinates have four decimals, so a corner shared by two countries is one pair of integers."""

_Corners = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class _Lines:
    within_m: float
    tree: shapely.STRtree


@dataclass(frozen=True, slots=True)
class BorderLines:
    """Lines between countries, each with the distance within which it makes a country unsure."""

    groups: tuple[_Lines, ...]

    @classmethod
    def between(
        cls,
        polygons: npt.NDArray[np.object_],
        codes: Sequence[str | None],
        areas: Sequence[DisputedArea],
    ) -> "BorderLines":
        """
        Find the lines.

        Parameters
        ----------
        polygons
            The boundary source's polygons, which share their corners exactly.
        codes
            The country code of each polygon, None where it has none.
        areas
            Those that an outline cuts out of another country add their own edge.
        """
        # Only edges that two countries share are borders; a coast has one owner, and no doubt of
        # the country.
        start, end = _shared_segments(polygons, codes)
        groups = [_Lines(BORDER_LOW_M, shapely.STRtree(segments(start, end)))]
        for area in areas:
            if area.changes_country and not area.whole_features:
                edge = _edge_segments(area.geometry)
                groups.append(_Lines(area.low_within_m, shapely.STRtree(edge)))
        return cls(tuple(groups))

    def are_near(self, lon_deg: Floats, lat_deg: Floats) -> npt.NDArray[np.bool_]:
        """Say for each position (degrees) whether a line is within its distance."""
        # In Mercator a distance in metres is the same in all directions, only stretched by
        # latitude.
        places = points(*mercator(np.column_stack([lon_deg, lat_deg])).T)
        factors = stretch(lat_deg)
        near = np.zeros(len(places), dtype=np.bool_)
        for group in self.groups:
            hits, _ = group.tree.query(
                places, predicate="dwithin", distance=group.within_m * factors
            )
            near[hits] = True
        return near

    def are_far(self, cells: GridCells) -> npt.NDArray[np.bool_]:
        """Say of each cell whether no position in it can be near a line."""
        far = np.ones(len(cells.boxes), dtype=np.bool_)
        for group in self.groups:
            far &= cells.are_far(group.tree, group.within_m)
        return far


def _shared_segments(
    polygons: npt.NDArray[np.object_], codes: Sequence[str | None]
) -> tuple[Floats, Floats]:
    """Return the segments that two polygons of different codes have in common."""
    rings, owners = shapely.get_rings(polygons, return_index=True)
    corners, ring_of = shapely.get_coordinates(rings, return_index=True)
    # Whole numbers, so that corners are compared exactly and not by floats.
    grid: _Corners = np.rint(corners * _SCALE).astype(np.int64)
    keys = (grid[:, 0] + 180 * _SCALE) * (200 * _SCALE) + grid[:, 1] + 90 * _SCALE
    same_ring = ring_of[1:] == ring_of[:-1]
    ends = np.column_stack([keys[:-1], keys[1:]])[same_ring]
    _, names = np.unique(np.array([code or "" for code in codes]), return_inverse=True)
    owner_codes = names[owners[ring_of[:-1][same_ring]]]
    # Sorted by both ends whatever their direction: neighbours run along one border in opposite
    # ways.
    order = np.lexsort((ends.max(axis=1), ends.min(axis=1)))
    sides = np.sort(ends[order], axis=1)
    # A segment that stands twice in a row belongs to two polygons.
    pair = np.all(sides[1:] == sides[:-1], axis=1)
    differ = owner_codes[order][1:] != owner_codes[order][:-1]
    first = np.flatnonzero(same_ring)[order[1:][pair & differ]]
    return corners[first], corners[first + 1]


def _edge_segments(geometry: shapely.Geometry) -> npt.NDArray[np.object_]:
    rings = shapely.get_rings(shapely.get_parts(geometry))
    corners, ring_of = shapely.get_coordinates(rings, return_index=True)
    same_ring = ring_of[1:] == ring_of[:-1]
    return segments(corners[:-1][same_ring], corners[1:][same_ring])
