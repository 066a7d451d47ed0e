"""
Make the table of node ids and the days they were given out.

A node in its first version shows id and day together. Ids are given out in rising order, but an
editor may reserve one and upload it later, so the running maximum of the days is the curve that
ids follow. Of that curve the few points are kept that it bends at most.
"""

import csv
import heapq
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt
import osmium

from mapper.clean.first_mapped import HEADER
from mapper.errors import SourceFormatError
from mapper.sources.osm.pbf import broken_file_refused, processor
from mapper.sources.osm.pbf_blocks import check_blocks

PAIRS_MAX = 500

_YEAR_FIRST_KNOWN = 2005
_SECONDS_PER_DAY = 86_400
_ENDS = 2

Pair = tuple[int, str]
Curve = npt.NDArray[np.float64]


def calibrate(paths: Sequence[Path], *, pairs_max: int = PAIRS_MAX) -> tuple[Pair, ...]:
    """
    Make the table from the version-1 nodes of OSM PBF extracts; no position is looked at.

    Parameters
    ----------
    paths
        Extracts whose nodes carry version and time stamp.
    pairs_max
        How many pairs to keep, the first and the last among them.

    Returns
    -------
    tuple
        Pairs of node id and ISO day (UTC), rising.

    Raises
    ------
    SourceFormatError
        If a file is broken, or all of them together hold fewer than two first versions.
    """
    curve = first_versions(paths)
    if len(curve) < _ENDS:
        msg = f"{', '.join(map(str, paths))}: fewer than two nodes in version 1 with a day"
        raise SourceFormatError(msg, next_step="Give extracts with history details.")
    kept = curve[_bends(curve, pairs_max)]
    days = np.floor(kept[:, 1]).astype("datetime64[D]").astype(str)
    return tuple(zip(kept[:, 0].astype(np.int64).tolist(), days.tolist(), strict=True))


def write_calibration(pairs: Sequence[Pair], path: Path) -> None:
    """Write the pairs as CSV with the columns ``node_id`` and ``day``."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(HEADER)
        writer.writerows(pairs)


def first_versions(paths: Sequence[Path]) -> Curve:
    """
    Return the curve of all first versions.

    Returns
    -------
    Curve
        Two columns: node id, rising; days since 1970-01-01 with their fraction, the running
        maximum.
    """
    day_by_id: dict[int, float] = {}
    for path in paths:
        check_blocks(path)
        with broken_file_refused(path):
            for node in processor(path, osmium.osm.NODE):
                if node.version == 1 and node.timestamp.year >= _YEAR_FIRST_KNOWN:
                    day_by_id[node.id] = node.timestamp.timestamp() / _SECONDS_PER_DAY
    curve = np.array(sorted(day_by_id.items()), dtype=float).reshape(-1, 2)
    curve[:, 1] = np.maximum.accumulate(curve[:, 1])
    return curve


def _bends(curve: Curve, pairs_max: int) -> list[int]:
    """Choose indexes, each time the point that lies furthest in days from the line so far."""
    last = len(curve) - 1
    chosen = {0, last}
    waiting = [_furthest(curve, 0, last)]
    while waiting and len(chosen) < pairs_max:
        apart, first, middle, end = heapq.heappop(waiting)
        if apart == 0:
            break
        chosen.add(middle)
        heapq.heappush(waiting, _furthest(curve, first, middle))
        heapq.heappush(waiting, _furthest(curve, middle, end))
    return sorted(chosen)


def _furthest(curve: Curve, first: int, end: int) -> tuple[float, int, int, int]:
    """Return minus the distance in days, and the indexes of begin, furthest point and end."""
    ids, days = curve[first : end + 1].T
    apart = np.abs(np.interp(ids, ids[[0, -1]], days[[0, -1]]) - days)
    furthest = int(np.argmax(apart))
    return -float(apart[furthest]), first, first + furthest, end
