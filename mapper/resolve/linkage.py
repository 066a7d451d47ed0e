"""
Single linkage of points on the globe, in time that grows with the points and not their square.

Lists that were geocoded put thousands of cameras on one spot; the pairs among them are millions.
Points of one small cube are within reach of each other by its size, so only cubes are compared.
"""

import itertools

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components
from scipy.spatial import cKDTree

from mapper.resolve.earth import Floats

Labels = npt.NDArray[np.int64]

_FEW_PAIRS = 64
"""Up to so many point pairs of two cubes are written out; more are asked of a tree."""


def linked(points_m: Floats, within_m: float) -> Labels:
    """
    Label points so that two have one label where a chain of steps of ``within_m`` joins them.

    Parameters
    ----------
    points_m
        Shape (n, 3), metres.

    Returns
    -------
    Labels
        One per point; which number a label is says nothing.
    """
    # The diagonal of a cube is then just below the reach, so that all points in it are linked.
    side_m = within_m / np.sqrt(3) * (1 - 1e-9)
    grid = np.floor(points_m / side_m).astype(np.int64)
    cube_of = _cube_numbers(grid)
    sizes = np.bincount(cube_of)
    members = np.argsort(cube_of, kind="stable")
    starts = np.concatenate([[0], np.cumsum(sizes)])
    cubes = grid[members[starts[:-1]]]
    # Middles of cubes that could hold two points within reach lie no farther apart than this. The
    # tree is asked once, so that the time a balanced one takes to build would not come back.
    near = cKDTree((cubes + 0.5) * side_m, balanced_tree=False).query_pairs(
        within_m + side_m * np.sqrt(3), output_type="ndarray"
    )
    # Writing out is faster for few points; a crowded pair of cubes would write out millions.
    is_few = sizes[near[:, 0]] * sizes[near[:, 1]] <= _FEW_PAIRS
    touching = _written_out(points_m, near[is_few], members, starts, within_m)
    points_of = [members[begin:end] for begin, end in itertools.pairwise(starts.tolist())]
    crowded = [
        (one, other)
        for one, other in near[~is_few].tolist()
        if _touch(points_m[points_of[one]], points_m[points_of[other]], within_m)
    ]
    joined = np.concatenate([touching, np.array(crowded, dtype=np.int64).reshape(-1, 2)])
    ones = np.ones(len(joined), dtype=np.int8)
    graph = coo_array((ones, (joined[:, 0], joined[:, 1])), shape=(len(cubes), len(cubes)))
    _, labels = connected_components(graph, directed=False)
    label_of: Labels = labels[cube_of].astype(np.int64)
    return label_of


def _cube_numbers(grid: Labels) -> Labels:
    """Return a number for each row of shape (n, 3), by the order in which rows first occur."""
    numbers = np.zeros(len(grid), dtype=np.int64)
    # By hashes, an axis at a time: sorting whole rows takes five times as long. A number is less
    # than the count of points, so that its product with the width of an axis fits into 64 bits.
    for axis in (grid - grid.min(axis=0)).T if len(grid) else ():
        codes, _ = pd.factorize(numbers * (int(axis.max()) + 1) + axis)
        numbers = codes.astype(np.int64)
    return numbers


def _written_out(
    points_m: Floats, pairs: Labels, members: Labels, starts: Labels, within_m: float
) -> Labels:
    """Return those pairs of cubes of which two points are within reach, point by point."""
    sizes = np.diff(starts)
    widths = sizes[pairs[:, 1]]
    counts = sizes[pairs[:, 0]] * widths
    row = np.repeat(np.arange(len(pairs)), counts)
    place = np.arange(len(row)) - np.repeat(np.cumsum(counts) - counts, counts)
    here = members[starts[pairs[row, 0]] + place // widths[row]]
    there = members[starts[pairs[row, 1]] + place % widths[row]]
    apart_m = np.sqrt(((points_m[here] - points_m[there]) ** 2).sum(axis=1))
    touching: Labels = pairs[np.unique(row[apart_m <= within_m])]
    return touching


def _touch(one_m: Floats, other_m: Floats, within_m: float) -> bool:
    few, many = sorted((one_m, other_m), key=len)
    # A hair above the reach, since the tree leaves out what lies exactly on its bound.
    nearest_m, _ = cKDTree(many).query(few, distance_upper_bound=within_m * (1 + 1e-12))
    return bool(np.any(nearest_m <= within_m))
