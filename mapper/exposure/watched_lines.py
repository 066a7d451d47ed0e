"""
The parts of lines that lie in views, as stretches along them.

A view is a disc, or a disc cut by two half-planes, so what a straight piece has in it is one
interval, found in closed form: exact, and the same few steps in the page's own script
(``site/js/route_exposure.js``), which must come to the same metres.
"""

from dataclasses import dataclass

import numpy as np
import shapely

from mapper.exposure.sights import Ints, Sights, Truths
from mapper.resolve.earth import Floats, mercator, points, segments, stretch

_HALF_CIRCLE_DEG = 180.0


@dataclass(frozen=True, slots=True, eq=False)
class Lines:
    """
    Straight pieces of a route or of streets, laid end to end.

    Attributes
    ----------
    start_deg, end_deg
        Shape (n, 2): longitude, latitude in degrees, WGS 84; longitudes may pass 180, so that no
        piece runs around the world.
    """

    start_deg: Floats
    end_deg: Floats

    @classmethod
    def of_parts(cls, parts: list[Floats]) -> "Lines":
        """Lay lines end to end, each of shape (n, 2); what lies between two is no part of them."""
        starts = [part[:-1] for part in parts if len(part) > 1]
        ends = [part[1:] for part in parts if len(part) > 1]
        empty = np.empty((0, 2), dtype=np.float64)
        return cls(np.concatenate([empty, *starts]), np.concatenate([empty, *ends]))

    def __len__(self) -> int:
        """Count the pieces."""
        return len(self.start_deg)

    def lengths_m(self) -> Floats:
        """Return the length of each piece in metres."""
        moves = mercator(self.end_deg) - mercator(self.start_deg)
        middle_lat_deg = (self.start_deg[:, 1] + self.end_deg[:, 1]) / 2
        lengths: Floats = np.hypot(moves[:, 0], moves[:, 1]) / stretch(middle_lat_deg)
        return lengths


@dataclass(frozen=True, slots=True, eq=False)
class Stretches:
    """
    Parts of lines in views.

    Attributes
    ----------
    sight, piece
        Rows in the views and in the lines.
    from_m, to_m
        Where it begins and ends, counted from the beginning of the first line.
    """

    sight: Ints
    piece: Ints
    from_m: Floats
    to_m: Floats

    def only(self, wanted: Truths) -> "Stretches":
        """Return those that are wanted."""
        return Stretches(
            self.sight[wanted], self.piece[wanted], self.from_m[wanted], self.to_m[wanted]
        )

    def union_m(self) -> float:
        """Return the length of what at least one of them covers, in metres."""
        return float(self.new_m().sum())

    def new_m(self) -> Floats:
        """
        Return what each adds, in metres, to those that begin before it.

        The sum over any set of whole pieces is the length covered there: a stretch never leaves
        its piece.
        """
        order = np.lexsort((self.to_m, self.from_m))
        begin, end = self.from_m[order], self.to_m[order]
        reached = np.concatenate([[0.0], np.maximum.accumulate(end)[:-1]]) if len(end) else end
        added = np.empty_like(end)
        added[order] = np.maximum(0.0, end - np.maximum(begin, reached))
        return added


def stretches_in_view(lines: Lines, sights: Sights, *, reach_m: float) -> Stretches:
    """Find every stretch of the lines that lies in a view, in metres along the lines."""
    lengths_m = lines.lengths_m()
    first_m = np.concatenate([[0.0], np.cumsum(lengths_m)[:-1]]) if len(lines) else lengths_m
    tree = shapely.STRtree(segments(lines.start_deg, lines.end_deg))
    sight, piece = tree.query(
        points(sights.xy[:, 0], sights.xy[:, 1]),
        predicate="dwithin",
        distance=reach_m * sights.stretch,
    )
    # The tree's order is its own; ours is the same whatever it was built from.
    order = np.lexsort((piece, sight))
    sight, piece = sight[order].astype(np.int64), piece[order].astype(np.int64)
    start_xy, end_xy = mercator(lines.start_deg[piece]), mercator(lines.end_deg[piece])
    # At the camera a metre is a metre, and the plane keeps angles.
    scale = sights.stretch[sight, None]
    begin, move = (start_xy - sights.xy[sight]) / scale, (end_xy - start_xy) / scale
    low, high = _in_disc(begin, move, reach_m)
    for side in (-1, 1):
        low, high = _on_side(begin, move, sights, sight, side, (low, high))
    kept = high > low
    return Stretches(
        sight[kept],
        piece[kept],
        (first_m[piece] + low * lengths_m[piece])[kept],
        (first_m[piece] + high * lengths_m[piece])[kept],
    )


def _in_disc(begin: Floats, move: Floats, reach_m: float) -> tuple[Floats, Floats]:
    """Return from where to where, as shares of each piece, it is within reach."""
    squared = (move**2).sum(axis=1)
    along = (begin * move).sum(axis=1)
    left = along**2 - squared * ((begin**2).sum(axis=1) - reach_m**2)
    is_crossing = (left > 0) & (squared > 0)
    root = np.sqrt(np.where(is_crossing, left, 0.0))
    divisor = np.where(is_crossing, squared, 1.0)
    low = np.where(is_crossing, (-along - root) / divisor, 1.0)
    high = np.where(is_crossing, (-along + root) / divisor, 0.0)
    return np.maximum(low, 0.0), np.minimum(high, 1.0)


def _on_side(
    begin: Floats,
    move: Floats,
    sights: Sights,
    sight: Ints,
    side: int,
    shares: tuple[Floats, Floats],
) -> tuple[Floats, Floats]:
    """Keep what lies on the inner side of the left (-1) or right (1) edge of each sector."""
    half_deg = sights.half_deg[sight]
    edge = np.radians(sights.heading_deg[sight] + side * half_deg)
    east, north = np.sin(edge), np.cos(edge)
    # Positive where a point lies inside: clockwise of the left edge, the other way of the right.
    inside = side * (east * begin[:, 1] - north * begin[:, 0])
    change = side * (east * move[:, 1] - north * move[:, 0])
    is_cut = half_deg < _HALF_CIRCLE_DEG
    crossing = -inside / np.where(change == 0, 1.0, change)
    low = np.where(is_cut & (change > 0), np.maximum(shares[0], crossing), shares[0])
    high = np.where(is_cut & (change < 0), np.minimum(shares[1], crossing), shares[1])
    is_outside = is_cut & (change == 0) & (inside < 0)
    return low, np.where(is_outside, 0.0, high)
