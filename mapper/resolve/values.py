"""
The columns that one observation gives by itself, read by distinct value.

Hundreds of thousands of objects share a few thousand spellings, so each spelling is read once.
"""

from collections.abc import Callable, Iterable, Mapping

import numpy as np
import numpy.typing as npt
import pandas as pd

from mapper.clean import partial_date
from mapper.clean.camera_words import camera_type, mount, visibility, zone
from mapper.clean.dates import tag_date
from mapper.clean.devices import device_type
from mapper.clean.directions import Directions, parse_directions
from mapper.clean.lifecycle import lifecycle_of
from mapper.clean.site_count import site_camera_count
from mapper.errors import ValueRefusedError
from mapper.model.enums import DeviceRole, Flag, GeometryKind, Lifecycle
from mapper.model.tags import COUNT_TAG, END_DATE_TAG, LIFECYCLE_TAG
from mapper.resolve.row_kinds import ByKind, by_kind

_DEVICE_KEYS = ("surveillance:type", "surveillance", "highway", "enforcement")
_WORDS: dict[str, tuple[str, Callable[[str | None], str | None]]] = {
    "camera_type": ("camera:type", camera_type),
    "mount": ("camera:mount", mount),
    "zone": ("surveillance:zone", zone),
    "visibility": ("surveillance", visibility),
}
_DATE_KEYS = ("start_date", END_DATE_TAG, "check_date", "survey:date")
_BIT_OF = {flag: 1 << place for place, flag in enumerate(sorted(Flag, key=str))}


def texts(frame: pd.DataFrame, name: str) -> list[str | None]:
    """Return a text column as a list, None where it is empty, whichever reader it came through."""
    column = frame[name].astype(object)
    return column.where(column.notna(), None).tolist()


def device_types(frame: pd.DataFrame) -> ByKind[str]:
    """Say of each observation what it is (``DeviceType``)."""
    return by_kind([frame[key] for key in (*_DEVICE_KEYS, "device_role")], _device_type)


def _device_type(*values_and_role: str | None) -> str:
    *values, role = values_and_role
    tags = {
        key: value for key, value in zip(_DEVICE_KEYS, values, strict=True) if value is not None
    }
    return device_type(tags, DeviceRole(str(role))).value


def word_columns(frame: pd.DataFrame) -> dict[str, ByKind[str | None]]:
    """Return ``camera_type``, ``mount``, ``zone`` and ``visibility``."""
    return {name: by_kind([frame[key]], read) for name, (key, read) in _WORDS.items()}


def directions(frame: pd.DataFrame) -> ByKind[Directions]:
    """Return what the two direction keys of each observation say."""
    return by_kind([frame["camera:direction"], frame["direction"]], parse_directions)


Dates = tuple[str | None, str | None, str | None, bool]
"""``installed_on``, ``ended_on``, ``last_checked_on``, and whether a date was refused."""


def dates(frame: pd.DataFrame) -> ByKind[Dates]:
    """
    Return the days that each observation states.

    Of two check dates the one that begins later counts: it is the last that somebody vouches
    for.
    """
    return by_kind([frame[key] for key in _DATE_KEYS], _four_dates)


def _four_dates(*values: str | None) -> Dates:
    installed, ended, *checked = (_date(text) for text in values)
    refused = any(
        text is not None and read is None
        for text, read in zip(values, (installed, ended, *checked), strict=True)
    )
    readable = [partial_date.parse(text) for text in checked if text is not None]
    latest = max(readable, key=lambda day: (day.earliest, day.latest), default=None)
    return installed, ended, latest.text if latest else None, refused


def lifecycles(frame: pd.DataFrame, data_days: ByKind[str | None], *, is_osm: bool) -> ByKind[str]:
    """
    Say of each observation whether it stands (``Lifecycle``).

    Parameters
    ----------
    data_days
        ISO day of the data behind each row; None where it is not known. An end after it has not
        come yet.
    is_osm
        Whether silence means that it stands, as it does in OpenStreetMap.
    """
    silent = Lifecycle.IN_USE if is_osm else Lifecycle.UNKNOWN
    return by_kind(
        [frame[LIFECYCLE_TAG], frame[END_DATE_TAG], data_days.rows()],
        lambda state, end, data_day: _lifecycle(state, end, data_day, silent=silent).value,
    )


def _lifecycle(
    state: str | None, end_as_written: str | None, data_day: str | None, *, silent: Lifecycle
) -> Lifecycle:
    said = lifecycle_of(state) if state is not None else silent
    if end_as_written is None or said in {Lifecycle.ENDED, Lifecycle.PLANNED}:
        return said
    ended_on = _date(end_as_written)
    if ended_on is None:
        return Lifecycle.UNKNOWN
    end = partial_date.parse(ended_on)
    if data_day is not None and end.certainly_after(partial_date.parse(data_day)):
        return said
    return Lifecycle.ENDED


def site_counts(frame: pd.DataFrame) -> ByKind[tuple[int | None, bool]]:
    """Return how many cameras a source counts at each place, and whether a count was refused."""
    return by_kind([frame[COUNT_TAG]], _count)


def _count(text: str | None) -> tuple[int | None, bool]:
    if text is None:
        return None, False
    try:
        return site_camera_count(text), False
    except ValueRefusedError:
        return None, True


def _date(text: str | None) -> str | None:
    if text is None:
        return None
    try:
        return tag_date(text)
    except ValueRefusedError:
        return None


def flag_lists(
    frame: pd.DataFrame,
    *,
    raised: Iterable[ByKind[tuple[Flag, ...]]],
    said: Mapping[Flag, ByKind[bool]],
) -> ByKind[list[str]]:
    """
    Return the flags of each row, sorted, without those that need its neighbours.

    Parameters
    ----------
    raised
        Flags by what they were raised in: directions, makers.
    said
        Flags that a single truth raises.
    """
    bits = np.zeros(len(frame), dtype=np.int64)
    for flags in raised:
        bits |= _of_rows(flags.map(_bits))
    for flag, is_so in said.items():
        bits |= _of_rows(is_so.map(lambda truth, flag=flag: _BIT_OF[flag] if truth else 0))  # type: ignore[misc]
    own = {
        Flag.TEXT_CLEANED: frame["text_cleaned"].to_numpy(dtype=bool),
        Flag.TEXT_CUT: frame["text_cut"].to_numpy(dtype=bool),
        Flag.AREA_CENTRE: (frame["geometry_kind"] == GeometryKind.AREA.value).to_numpy(dtype=bool),
    }
    for flag, is_flagged in own.items():
        bits[is_flagged] |= _BIT_OF[flag]
    kinds, kind_of = np.unique(bits, return_inverse=True)
    answers = [
        [flag.value for flag, bit in _BIT_OF.items() if kind & bit] for kind in kinds.tolist()
    ]
    return ByKind(kind_of.astype(np.int32), answers)


def _bits(flags: Iterable[Flag]) -> int:
    return sum(_BIT_OF[flag] for flag in set(flags))


def _of_rows(numbers: ByKind[int]) -> npt.NDArray[np.int64]:
    of_rows: npt.NDArray[np.int64] = np.array(numbers.answers, dtype=np.int64)[numbers.kind_of]
    return of_rows
