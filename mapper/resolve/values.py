"""
The columns that one observation gives by itself, read by distinct value.

Hundreds of thousands of objects share a few thousand spellings, so each spelling is read once.
"""

from collections.abc import Callable, Hashable, Iterable, Sequence
from typing import TypeVar

import numpy as np
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

Texts = list[str | None]

_Value = TypeVar("_Value", bound=Hashable)
_Answer = TypeVar("_Answer")

_DEVICE_KEYS = ("surveillance:type", "surveillance", "highway", "enforcement")
_WORDS: dict[str, tuple[str, Callable[[str | None], str | None]]] = {
    "camera_type": ("camera:type", camera_type),
    "mount": ("camera:mount", mount),
    "zone": ("surveillance:zone", zone),
    "visibility": ("surveillance", visibility),
}


def texts(frame: pd.DataFrame, name: str) -> Texts:
    """Return a text column as a list, None where it is empty, whichever reader it came through."""
    column = frame[name].astype(object)
    return column.where(column.notna(), None).tolist()


def by_distinct(values: Sequence[_Value], read: Callable[[_Value], _Answer]) -> list[_Answer]:
    """Apply ``read`` once to each distinct value and give the answers in the values' order."""
    answers = {value: read(value) for value in set(values)}
    return [answers[value] for value in values]


def device_types(frame: pd.DataFrame) -> list[str]:
    """Say of each observation what it is (``DeviceType``)."""
    roles = texts(frame, "device_role")
    values = list(zip(*(texts(frame, key) for key in _DEVICE_KEYS), roles, strict=True))
    return by_distinct(values, _device_type)


def _device_type(values_and_role: tuple[str | None, ...]) -> str:
    *values, role = values_and_role
    tags = {
        key: value for key, value in zip(_DEVICE_KEYS, values, strict=True) if value is not None
    }
    return device_type(tags, DeviceRole(str(role))).value


def word_columns(frame: pd.DataFrame) -> dict[str, Texts]:
    """Return ``camera_type``, ``mount``, ``zone`` and ``visibility``."""
    return {name: by_distinct(texts(frame, key), read) for name, (key, read) in _WORDS.items()}


def directions(frame: pd.DataFrame) -> list[Directions]:
    """Return what the two direction keys of each observation say."""
    values = list(zip(texts(frame, "camera:direction"), texts(frame, "direction"), strict=True))
    return by_distinct(values, lambda pair: parse_directions(*pair))


def dates(frame: pd.DataFrame) -> tuple[Texts, Texts, Texts, list[bool]]:
    """
    Return ``installed_on``, ``ended_on``, ``last_checked_on``, and whether a date was refused.

    Of two check dates the one that begins later counts: it is the last that somebody vouches
    for.
    """
    values = list(
        zip(
            texts(frame, "start_date"),
            texts(frame, END_DATE_TAG),
            texts(frame, "check_date"),
            texts(frame, "survey:date"),
            strict=True,
        )
    )
    answers = by_distinct(values, _four_dates)
    installed, ended, checked, refused = zip(*answers, strict=True) if answers else ((),) * 4
    return list(installed), list(ended), list(checked), list(refused)


def _four_dates(
    values: tuple[str | None, ...],
) -> tuple[str | None, str | None, str | None, bool]:
    installed, ended, *checked = (_date(text) for text in values)
    refused = any(
        text is not None and read is None
        for text, read in zip(values, (installed, ended, *checked), strict=True)
    )
    readable = [partial_date.parse(text) for text in checked if text is not None]
    latest = max(readable, key=lambda day: (day.earliest, day.latest), default=None)
    return installed, ended, latest.text if latest else None, refused


def lifecycles(
    frame: pd.DataFrame, ended_on: Texts, data_days: Sequence[str | None], *, is_osm: bool
) -> list[str]:
    """
    Say of each observation whether it stands (``Lifecycle``).

    Parameters
    ----------
    ended_on
        The date of its end as read; an end after the day of the data has not come yet.
    data_days
        ISO day of the data behind each row; None where it is not known.
    is_osm
        Whether silence means that it stands, as it does in OpenStreetMap.
    """
    silent = Lifecycle.IN_USE if is_osm else Lifecycle.UNKNOWN
    values = list(
        zip(
            texts(frame, LIFECYCLE_TAG),
            texts(frame, END_DATE_TAG),
            ended_on,
            data_days,
            strict=True,
        )
    )
    return by_distinct(values, lambda row: _lifecycle(*row, silent=silent).value)


def _lifecycle(
    state: str | None,
    end_as_written: str | None,
    ended_on: str | None,
    data_day: str | None,
    *,
    silent: Lifecycle,
) -> Lifecycle:
    said = lifecycle_of(state) if state is not None else silent
    if end_as_written is None or said in {Lifecycle.ENDED, Lifecycle.PLANNED}:
        return said
    if ended_on is None:
        return Lifecycle.UNKNOWN
    end = partial_date.parse(ended_on)
    if data_day is not None and end.certainly_after(partial_date.parse(data_day)):
        return said
    return Lifecycle.ENDED


def site_counts(frame: pd.DataFrame) -> tuple[list[int | None], list[bool]]:
    """Return how many cameras a source counts at each place, and whether a count was refused."""
    values = texts(frame, COUNT_TAG)
    counts = by_distinct(values, _count)
    refused = [
        text is not None and count is None for text, count in zip(values, counts, strict=True)
    ]
    return counts, refused


def _count(text: str | None) -> int | None:
    try:
        return None if text is None else site_camera_count(text)
    except ValueRefusedError:
        return None


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
    seen: Sequence[Directions],
    date_refused: Sequence[bool],
    count_refused: Sequence[bool],
    vendor_flags: Sequence[Iterable[Flag]],
    operator_is_vendor: Sequence[bool],
) -> pd.Series:
    """Return the flags of each row, sorted, without those that need its neighbours."""
    own = {
        Flag.DATE_REFUSED: np.asarray(date_refused, dtype=bool),
        Flag.COUNT_REFUSED: np.asarray(count_refused, dtype=bool),
        Flag.OPERATOR_IS_VENDOR: np.asarray(operator_is_vendor, dtype=bool),
        Flag.TEXT_CLEANED: frame["text_cleaned"].to_numpy(dtype=bool),
        Flag.TEXT_CUT: frame["text_cut"].to_numpy(dtype=bool),
        Flag.AREA_CENTRE: (frame["geometry_kind"] == GeometryKind.AREA.value).to_numpy(dtype=bool),
    }
    flags = [
        {*(str(flag) for flag in direction.flags), *(str(flag) for flag in vendor)}
        for direction, vendor in zip(seen, vendor_flags, strict=True)
    ]
    for flag, rows in own.items():
        for row in np.flatnonzero(rows):
            flags[row].add(flag.value)
    return pd.Series([sorted(of_one) for of_one in flags], dtype=object)
