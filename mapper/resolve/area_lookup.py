"""Which of many areas a position lies in, where outlines are right to a known distance only."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import shapely

from mapper.resolve.earth import Floats, mercator, points, stretch
from mapper.resolve.grid_cells import GridCells

_CELL_DEG = 1 / 32
"""Some 3 km: most of the positions of a city lie in cells that no outline comes within 1 km of."""


@dataclass(frozen=True, slots=True)
class Outlines:
    """
    Polygons ready to look up positions, whatever each of them is called.

    Attributes
    ----------
    count
        How many outlines there are; each may have several polygons.
    polygons, polygon_outlines
        The parts of all outlines, degrees, and the place of the outline that each is part of.
    lines, line_outlines
        Every piece of every outline, in ``mercator``, and the place of its outline.
    right_to_m
        How far an outline may lie from the true line.
    """

    count: int
    polygons: npt.NDArray[np.object_]
    polygon_outlines: npt.NDArray[np.int64]
    lines: shapely.STRtree
    line_outlines: npt.NDArray[np.int64]
    right_to_m: float

    @classmethod
    def of(cls, geometries: Sequence[shapely.Geometry], *, right_to_m: float) -> "Outlines":
        """
        Prepare outlines.

        Parameters
        ----------
        geometries
            Polygons or multipolygons, degrees.
        """
        polygons, outline = shapely.get_parts(
            np.array(geometries, dtype=np.object_), return_index=True
        )
        rings, polygon = shapely.get_rings(polygons, return_index=True)
        corners, ring = shapely.get_coordinates(rings, return_index=True)
        is_piece = ring[1:] == ring[:-1]
        # Each corner is projected once, though two pieces end in it.
        ends = mercator(corners)
        pieces = np.stack([ends[:-1][is_piece], ends[1:][is_piece]], axis=1)
        lines = np.asarray(shapely.linestrings(pieces), dtype=np.object_)
        line_outlines = outline[polygon[ring[:-1][is_piece]]]
        tree = shapely.STRtree(lines)
        return cls(len(geometries), polygons, outline, tree, line_outlines, right_to_m)

    def candidates(self, lon_deg: Floats, lat_deg: Floats) -> "Candidates":
        """Find the outlines that may hold each position (degrees, equally long)."""
        cells = GridCells.of(lon_deg, lat_deg, cell_deg=_CELL_DEG)
        # A long line is straight in degrees or in Mercator and not in both, hence both questions.
        is_alike = cells.are_far(self.lines, self.right_to_m) & cells.are_whole(self.polygons)
        rows, answer_of = cells.asked(is_alike)
        lon_deg, lat_deg = lon_deg[rows], lat_deg[rows]
        # The tree holds the positions: there are mostly fewer polygons than of those.
        inside, covered = shapely.STRtree(points(lon_deg, lat_deg)).query(
            self.polygons, predicate="covers"
        )
        places = points(*mercator(np.column_stack([lon_deg, lat_deg])).T)
        near, line = self.lines.query(
            places, predicate="dwithin", distance=self.right_to_m * stretch(lat_deg)
        )
        return Candidates(
            answer_of,
            len(rows),
            np.concatenate([covered, near]),
            np.concatenate([self.polygon_outlines[inside], self.line_outlines[line]]),
        )


@dataclass(frozen=True, slots=True)
class Candidates:
    """
    The outlines that may hold positions.

    Attributes
    ----------
    answer_of
        For each position which of the asked ones has its answer.
    asked_count
        How many were asked.
    asked, outlines
        Pairs of an asked position and an outline around it or near it, in no order.
    """

    answer_of: npt.NDArray[np.int64]
    asked_count: int
    asked: npt.NDArray[np.int64]
    outlines: npt.NDArray[np.int64]

    def sole_ids(self, area_ids: Sequence[str | None]) -> npt.NDArray[np.object_]:
        """
        Return the id of each position, None where there is no candidate, or several ids.

        Parameters
        ----------
        area_ids
            Of each outline; several may be of one area, and those with None are none.
        """
        distinct = np.array(sorted({each for each in area_ids if each is not None}), np.object_)
        number_of = {area_id: number for number, area_id in enumerate(distinct.tolist())}
        numbers = np.array([number_of.get(each, -1) for each in area_ids], dtype=np.int64)
        number = numbers[self.outlines]
        is_area = number >= 0
        # Where the lowest and the highest candidate are one, there is no other.
        lowest = np.full(self.asked_count, len(distinct), dtype=np.int64)
        highest = np.full(self.asked_count, -1, dtype=np.int64)
        np.minimum.at(lowest, self.asked[is_area], number[is_area])
        np.maximum.at(highest, self.asked[is_area], number[is_area])
        ids = np.full(self.asked_count, None, dtype=np.object_)
        is_sure = lowest == highest
        ids[is_sure] = distinct[lowest[is_sure]]
        answers: npt.NDArray[np.object_] = ids[self.answer_of]
        return answers


@dataclass(frozen=True, slots=True)
class AreaLookup:
    """
    Areas of one level, ready to look up positions.

    Attributes
    ----------
    area_ids
        The area of each outline; several may be of one.
    """

    outlines: Outlines
    area_ids: tuple[str, ...]

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
        return cls(Outlines.of(geometries, right_to_m=right_to_m), tuple(area_ids))

    def ids_at(self, lon_deg: Floats, lat_deg: Floats) -> npt.NDArray[np.object_]:
        """
        Return the area of each position (degrees), None where it lies in none, or perhaps in two.

        A position outside of all areas that is near one alone lies in that one: shores are drawn
        no better than lines on land.
        """
        return self.outlines.candidates(lon_deg, lat_deg).sole_ids(self.area_ids)
