"""
When an object came into OpenStreetMap.

A first version tells its own day. The day of any other node is read from its id: ids are given
out in rising order, so the day lies between the days of known ids on either side. Beyond the
table there is no day, never an extrapolation. Ways and relations have ids of their own, and no
table.
"""

import csv
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np
import numpy.typing as npt

from mapper.errors import SourceFormatError
from mapper.model.enums import FirstMappedMethod

FILE_NAME = "osm_node_id_days.csv"
HEADER = ("node_id", "day")

APART_DAYS_MAX = 90
"""The bundled table has gaps of two years at its end, where days were given out unevenly."""

# A pair says that the id was given out some time on that day; noon is the least wrong moment.
_NOON = 0.5
# By number: of an object nothing is known, until one of the others holds, the last of which counts.
_METHODS = (
    FirstMappedMethod.NOT_KNOWN,
    FirstMappedMethod.BEYOND_CALIBRATION,
    FirstMappedMethod.NODE_ID,
    FirstMappedMethod.VERSION_1,
)


@dataclass(frozen=True, slots=True)
class Calibration:
    """
    Node ids and the days they were given out.

    Attributes
    ----------
    node_ids
        int64, strictly rising.
    day_numbers
        int64, days since 1970-01-01 (UTC), never falling; as long as ``node_ids``.
    """

    node_ids: npt.NDArray[np.int64]
    day_numbers: npt.NDArray[np.int64]

    @classmethod
    def from_pairs(cls, pairs: Sequence[tuple[int, str]]) -> "Calibration":
        """
        Make a table from node ids and ISO days.

        Raises
        ------
        ValueError
            If there are fewer than two pairs, ids do not rise or days fall.
        """
        node_ids = np.array([node_id for node_id, _ in pairs], dtype=np.int64)
        day_numbers = np.array([_day_number(day) for _, day in pairs], dtype=np.int64)
        # Two pairs at least: there is nothing between one point.
        if len(pairs) < len(HEADER) or (np.diff(node_ids) <= 0).any():
            msg = "node ids must rise, and be two at least"
            raise ValueError(msg)
        if (np.diff(day_numbers) < 0).any():
            msg = "days must not fall while node ids rise"
            raise ValueError(msg)
        return cls(node_ids, day_numbers)

    @classmethod
    def load(cls, folder: Path) -> "Calibration":
        """
        Read the table ``FILE_NAME`` of a folder.

        Raises
        ------
        SourceFormatError
            If it is not there, or not a rising table of ids and days.
        """
        path = folder / FILE_NAME
        try:
            with path.open(encoding="utf-8", newline="") as file:
                header, *rows = csv.reader(file)
            if tuple(header) != HEADER:
                msg = f"its columns are {header}, not {list(HEADER)}"
                raise ValueError(msg)  # noqa: TRY301 - told with the other faults below
            return cls.from_pairs([(int(node_id), day) for node_id, day in rows])
        except (OSError, ValueError) as error:
            msg = f"{path}: not usable as a table of node ids and days: {error}"
            raise SourceFormatError(
                msg, next_step="Make it again: mapper bundled calibration EXTRACT..."
            ) from error

    def refined_by(self, pairs: Iterable[tuple[int, str]]) -> "Calibration":
        """
        Return the table with first versions added, within it and beyond its end.

        An id is given out before its node is uploaded, so no id can be younger than the day of
        any higher one: of all days at and above an id the earliest counts. Within the table a
        pair that lies farther than ``APART_DAYS_MAX`` from it is not believed, and beyond it none
        that is older than its end.

        Parameters
        ----------
        pairs
            Node ids with ISO days, in any order.
        """
        ids, days = _latest_days(list(pairs))
        if not len(ids):
            return self
        # A first version far from the table is an old object that was uploaded again, or a damaged
        # date.
        apart = np.abs(days - self.days_of(ids)) <= APART_DAYS_MAX
        # Behind the table's end there is nothing to compare with but that days do not fall.
        beyond = (ids > self.node_ids[-1]) & (days >= self.day_numbers[-1])
        believed = np.where(self.covers(ids), apart, beyond)
        all_ids = np.concatenate([self.node_ids, ids[believed]])
        all_days = np.concatenate([self.day_numbers, days[believed]])
        # Of two days of one id the table's own comes first and stays.
        unique_ids, first = np.unique(all_ids, return_index=True)
        # From the right: of all days at and above an id the earliest counts, as said above.
        rising = np.minimum.accumulate(all_days[first][::-1])[::-1]
        return Calibration(unique_ids, rising)

    def covers(self, node_ids: npt.NDArray[np.int64]) -> npt.NDArray[np.bool_]:
        """Tell which ids lie within the table, both ends included."""
        within: npt.NDArray[np.bool_] = (node_ids >= self.node_ids[0]) & (
            node_ids <= self.node_ids[-1]
        )
        return within

    def days_of(self, node_ids: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
        """Interpolate days, as days since 1970-01-01; meaningless where ``covers`` is false."""
        noons = np.interp(node_ids, self.node_ids, self.day_numbers + _NOON)
        numbers: npt.NDArray[np.int64] = np.floor(noons).astype(np.int64)
        return numbers


def first_mapped_days(
    osm_ids: npt.NDArray[np.int64],
    edited_on: Sequence[str | None],
    table: Calibration,
    *,
    is_node: npt.NDArray[np.bool_],
    is_first_version: npt.NDArray[np.bool_],
) -> tuple[npt.NDArray[np.object_], npt.NDArray[np.object_]]:
    """
    Say when objects came into OpenStreetMap, and how that is known.

    Parameters
    ----------
    osm_ids
        Like all columns here of equal length.
    edited_on
        The ISO day of the last edit of the objects as they are now; None where not known.
    is_node, is_first_version
        Whether it is a node, and whether it never was edited.

    Returns
    -------
    days
        An ISO day or None each. A day read from the id is never later than the last edit.
    methods
        The value of a ``FirstMappedMethod`` each.
    """
    edits = np.empty(len(osm_ids), dtype=np.object_)
    edits[:] = edited_on
    has_edit = np.array([day is not None for day in edited_on], dtype=np.bool_)
    # The only case in which the day is told and not concluded.
    is_told = is_first_version & has_edit
    is_asked = is_node & ~is_told
    is_read = is_asked & table.covers(osm_ids)
    days = np.full(len(osm_ids), None, dtype=np.object_)
    days[is_told] = edits[is_told]
    days[is_read] = _earlier(table.days_of(osm_ids[is_read]), edits[is_read])
    # By number, so that all objects of a method share its text.
    number = np.zeros(len(osm_ids), dtype=np.int8)
    for of_method, rows in enumerate((is_asked, is_read, is_told), start=1):
        number[rows] = of_method
    methods = np.array([method.value for method in _METHODS], dtype=np.object_)
    return days, methods[number]


def _earlier(
    day_numbers: npt.NDArray[np.int64], edits: npt.NDArray[np.object_]
) -> npt.NDArray[np.object_]:
    """Return the earlier of two days each, the second of which may be None."""
    distinct, number_of = np.unique(day_numbers, return_inverse=True)
    id_days = distinct.astype("datetime64[D]").astype(str).tolist()
    # ISO days sort as text, so that their ranks are compared. An edit before the day of the id
    # proves the table late there.
    in_order = sorted({*id_days, *filter(None, edits.tolist())})
    rank_of = {day: rank for rank, day in enumerate(in_order)}
    id_ranks = np.array([rank_of[day] for day in id_days], dtype=np.int64)[number_of]
    no_edit = len(in_order)
    edit_ranks = np.array([rank_of.get(day, no_edit) for day in edits.tolist()], dtype=np.int64)
    earlier: npt.NDArray[np.object_] = np.array(in_order, dtype=np.object_)[
        np.minimum(id_ranks, edit_ranks)
    ]
    return earlier


def _latest_days(
    pairs: Sequence[tuple[int, str]],
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """Return ids, rising, and the day of each; of two days of an id the last one given counts."""
    # Thousands of nodes came on the same few days, and each is read once.
    number_of = {day: _day_number_or_none(day) for day in {day for _, day in pairs}}
    kept = [
        (node_id, number)
        for node_id, day in reversed(pairs)
        if node_id > 0 and (number := number_of[day]) is not None
    ]
    ids = np.array([node_id for node_id, _ in kept], dtype=np.int64)
    numbers = np.array([number for _, number in kept], dtype=np.int64)
    rising, first = np.unique(ids, return_index=True)
    return rising, numbers[first]


def _day_number(day: str) -> int:
    return (date.fromisoformat(day) - date(1970, 1, 1)).days


def _day_number_or_none(day: str) -> int | None:
    try:
        return _day_number(day)
    except ValueError:
        return None
