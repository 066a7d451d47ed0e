"""Which of many areas a position lies in, where outlines are right to a known distance only."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import shapely

from mapper.resolve.earth import Floats, mercator, points, segments, stretch


@dataclass(frozen=True, slots=True)
class AreaLookup:
    """
    Areas of one level, ready to look up positions.

    Attributes
    ----------
    area_ids
        Each id once, sorted.
    polygons, polygon_numbers
        The parts of all areas, and the place among the ids of the area that each is part of.
    lines, line_numbers
        Every piece of every outline, in ``mercator``, and the place of its area.
    right_to_m
        How far an outline may lie from the true line.
    """

    area_ids: npt.NDArray[np.object_]
    polygons: npt.NDArray[np.object_]
    polygon_numbers: npt.NDArray[np.int64]
    lines: shapely.STRtree
    line_numbers: npt.NDArray[np.int64]
    right_to_m: float

    @classmethod
    def of(
        cls, geometries: Sequence[shapely.Geometry], area_ids: Sequence[str], *, right_to_m: float
    ) -> "AreaLookup":
        """
        Prepare areas.

        Parameters
        ----------
        geometries
            Polygons or multipolygons, degrees; several may be of one area.
        """
        ids, numbers = np.unique(np.array(area_ids, dtype=np.object_), return_inverse=True)
        polygons, area = shapely.get_parts(
            np.array(geometries, dtype=np.object_), return_index=True
        )
        rings, polygon = shapely.get_rings(polygons, return_index=True)
        corners, ring = shapely.get_coordinates(rings, return_index=True)
        is_piece = ring[1:] == ring[:-1]
        lines = segments(corners[:-1][is_piece], corners[1:][is_piece])
        line_area = area[polygon[ring[:-1][is_piece]]]
        tree = shapely.STRtree(lines)
        return cls(ids, polygons, numbers[area], tree, numbers[line_area], right_to_m)

    def ids_at(self, lon_deg: Floats, lat_deg: Floats) -> npt.NDArray[np.object_]:
        """
        Return the area of each position (degrees), None where it lies in none, or perhaps in two.

        A position outside of all areas that is near one alone lies in that one: shores are drawn
        no better than lines on land.
        """
        ids = np.full(len(lon_deg), None, dtype=np.object_)
        if not len(self.polygons):
            return ids
        # The tree holds the positions: there are mostly fewer polygons than of those.
        inside, covered = shapely.STRtree(points(lon_deg, lat_deg)).query(
            self.polygons, predicate="covers"
        )
        places = points(*mercator(np.column_stack([lon_deg, lat_deg])).T)
        near, line = self.lines.query(
            places, predicate="dwithin", distance=self.right_to_m * stretch(lat_deg)
        )
        position = np.concatenate([covered, near])
        number = np.concatenate([self.polygon_numbers[inside], self.line_numbers[line]])
        # Where the lowest and the highest candidate are one, there is no other.
        lowest = np.full(len(ids), len(self.area_ids), dtype=np.int64)
        highest = np.full(len(ids), -1, dtype=np.int64)
        np.minimum.at(lowest, position, number)
        np.maximum.at(highest, position, number)
        is_sure = lowest == highest
        ids[is_sure] = self.area_ids[lowest[is_sure]]
        return ids
