"""
Make the table of node ids and the days they were given out.

A node in its first version shows id and day together. Ids are given out in rising order, but an
editor may reserve one and upload it later, so the running maximum of the days is the curve that
ids follow. Of that curve the few points are kept that it bends at most.
"""

import csv
import heapq
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
import osmium

from mapper.clean.first_mapped import HEADER, Calibration
from mapper.errors import SourceFormatError
from mapper.sources.osm.block_reader import broken_file_refused, check_blocks, processor

PAIRS_MAX = 500

# OpenStreetMap began in 2004; an earlier time stamp is a default that some program wrote.
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


def first_days(paths: Sequence[Path]) -> dict[int, float]:
    """Return by node id the day of each first version, days since 1970-01-01 (UTC)."""
    day_by_node: dict[int, float] = {}
    for path in paths:
        check_blocks(path)
        with broken_file_refused(path):
            for node in processor(path, osmium.osm.NODE):
                if node.version == 1 and node.timestamp.year >= _YEAR_FIRST_KNOWN:
                    day_by_node[node.id] = node.timestamp.timestamp() / _SECONDS_PER_DAY
    return day_by_node


def first_versions(paths: Sequence[Path]) -> Curve:
    """
    Return the curve of all first versions.

    Returns
    -------
    Curve
        Two columns: node id, rising; days since 1970-01-01 with their fraction, the running
        maximum.
    """
    curve = np.array(sorted(first_days(paths).items()), dtype=float).reshape(-1, 2)
    curve[:, 1] = np.maximum.accumulate(curve[:, 1])
    return curve


@dataclass(frozen=True, slots=True)
class HeldOut:
    """
    How well a refined table dates the first versions that were kept from it.

    Attributes
    ----------
    asked, covered
        How many were asked about, and how many lie within the table.
    median_days, p90_days, p99_days, max_days
        The error of those, in whole days.
    """

    asked: int
    covered: int
    median_days: float
    p90_days: float
    p99_days: float
    max_days: float

    def text(self) -> str:
        """Say it on one line."""
        share = self.covered / self.asked if self.asked else 0.0
        return (
            f"{self.asked:,} first versions held out, {share:.1%} within the table; error in days: "
            f"median {self.median_days:g}, 90 % {self.p90_days:g}, 99 % {self.p99_days:g}, "
            f"largest {self.max_days:g}"
        )


def held_out_error(path: Path, table: Calibration) -> HeldOut:
    """
    Refine a table by every second first version of an extract, and ask it about the others.

    Raises
    ------
    SourceFormatError
        If the file is broken.
    """
    days = first_days([path])
    ids = np.array(sorted(days), dtype=np.int64)
    # Every second one, so that both halves reach over the whole time.
    kept, held = ids[::2], ids[1::2]
    refined = table.refined_by((int(one), _iso(days[int(one)])) for one in kept)
    covered = held[refined.covers(held)]
    true_days = np.array([np.floor(days[int(one)]) for one in covered])
    errors = np.abs(refined.days_of(covered) - true_days)
    if not len(errors):
        return HeldOut(len(held), 0, 0.0, 0.0, 0.0, 0.0)
    median, p90, p99, largest = (float(x) for x in np.quantile(errors, [0.5, 0.9, 0.99, 1.0]))
    return HeldOut(len(held), len(covered), median, p90, p99, largest)


def _iso(day: float) -> str:
    return str(np.datetime64(int(day), "D"))


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
        # Both halves are measured anew against their own line; what was furthest of the whole is
        # settled.
        heapq.heappush(waiting, _furthest(curve, first, middle))
        heapq.heappush(waiting, _furthest(curve, middle, end))
    return sorted(chosen)


def _furthest(curve: Curve, first: int, end: int) -> tuple[float, int, int, int]:
    """Return minus the distance in days, and the indexes of begin, furthest point and end."""
    ids, days = curve[first : end + 1].T
    apart = np.abs(np.interp(ids, ids[[0, -1]], days[[0, -1]]) - days)
    furthest = int(np.argmax(apart))
    return -float(apart[furthest]), first, first + furthest, end
