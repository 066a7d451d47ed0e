"""
Positions of one small cell of a grid, asked once where the answer is the same all over the cell.

Cameras stand close together: of 350,000 of the world 95 of 100 lie in 8,000 cells of an eighth of
a degree that no border comes near. What is not alike all over its cell is asked by itself, so that
the answers are those of every position alone.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd
import shapely

from mapper.resolve.earth import Floats, mercator, stretch

_CELL_DEG = 1 / 8

_POSITIONS_MIN = 4
"""To ask of a cell takes about as long as to ask of so many positions."""

_ROUNDING_M = 1.0
"""More than what projecting corners and positions may differ by, and too little to matter."""

_ROW_CELLS = 1 << 20
"""More cells than a parallel has, of any size that is used."""


@dataclass(frozen=True, slots=True)
class GridCells:
    """
    The cells that hold several positions.

    Attributes
    ----------
    boxes, boxes_mercator
        Each cell in degrees, and in ``earth.mercator``.
    stretch_max
        By how much ``earth.mercator`` stretches a metre at most within each cell.
    cell_of
        The cell of each position; -1 where it has few beside it.
    first_rows
        A position of each cell.
    """

    boxes: npt.NDArray[np.object_]
    boxes_mercator: npt.NDArray[np.object_]
    stretch_max: Floats
    cell_of: npt.NDArray[np.int64]
    first_rows: npt.NDArray[np.int64]

    @classmethod
    def of(cls, lon_deg: Floats, lat_deg: Floats, *, cell_deg: float = _CELL_DEG) -> "GridCells":
        """
        Sort positions into cells.

        Parameters
        ----------
        lon_deg, lat_deg
            Decimal degrees, WGS 84, equally long.
        cell_deg
            The side of a cell, a power of two: no position lies outside of its cell by rounding.
        """
        column = np.floor(lon_deg / cell_deg).astype(np.int64)
        row = np.floor(lat_deg / cell_deg).astype(np.int64)
        number, _ = pd.factorize(row * _ROW_CELLS + column)
        _, first_rows, counts = np.unique(number, return_index=True, return_counts=True)
        is_kept = counts >= _POSITIONS_MIN
        first_rows = first_rows[is_kept]
        # Numbered anew without the cells that are left out.
        kept_number = np.where(is_kept, np.cumsum(is_kept) - 1, -1)
        numbers = np.column_stack([column[first_rows], row[first_rows]])
        corner = numbers.astype(np.float64) * cell_deg
        other = corner + cell_deg
        lat_max = np.maximum(np.abs(corner[:, 1]), np.abs(other[:, 1]))
        return cls(
            _boxes(corner, other),
            _boxes(mercator(corner), mercator(other)),
            stretch(lat_max),
            kept_number[number] if len(number) else number.astype(np.int64),
            first_rows,
        )

    def are_whole(self, polygons: npt.NDArray[np.object_]) -> npt.NDArray[np.bool_]:
        """Say of each cell whether every polygon (degrees) holds all of it or nothing of it."""
        tree = shapely.STRtree(self.boxes)
        _, touched = tree.query(polygons, predicate="intersects")
        _, covered = tree.query(polygons, predicate="covers")
        count = len(self.boxes)
        whole: npt.NDArray[np.bool_] = np.bincount(touched, minlength=count) == np.bincount(
            covered, minlength=count
        )
        return whole

    def are_far(self, lines: shapely.STRtree, within_m: float) -> npt.NDArray[np.bool_]:
        """Say of each cell whether all of it is farther than a distance from ``segments``."""
        near, _ = lines.query(
            self.boxes_mercator,
            predicate="dwithin",
            distance=within_m * self.stretch_max + _ROUNDING_M,
        )
        far = np.ones(len(self.boxes), dtype=np.bool_)
        far[near] = False
        return far

    def asked(
        self, is_alike: npt.NDArray[np.bool_]
    ) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
        """
        Choose the positions that are to be asked.

        Parameters
        ----------
        is_alike
            Of each cell, whether all its positions have one answer.

        Returns
        -------
        rows, answer_of
            The positions to ask, and for each position the place of its answer among those.
        """
        alike = np.flatnonzero(is_alike)
        alone = np.flatnonzero((self.cell_of < 0) | ~np.append(is_alike, [False])[self.cell_of])
        answer_of_cell = np.full(len(is_alike) + 1, -1, dtype=np.int64)
        answer_of_cell[alike] = np.arange(len(alike))
        answer_of = answer_of_cell[self.cell_of]
        answer_of[alone] = len(alike) + np.arange(len(alone))
        return np.concatenate([self.first_rows[alike], alone]), answer_of


def _boxes(corner: Floats, other: Floats) -> npt.NDArray[np.object_]:
    return np.asarray(shapely.box(*corner.T, *other.T), dtype=np.object_)
