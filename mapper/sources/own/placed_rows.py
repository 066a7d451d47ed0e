"""From rows to observations: positions first, because a list wrong throughout stops here."""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Final

from pyproj import CRS, Transformer
from pyproj.exceptions import CRSError

from mapper.clean.coordinates import LAT_DEG_MAX, LON_DEG_MAX, checked_lonlat
from mapper.clean.text import clean_tags
from mapper.errors import CoordinateError, SourceChangedError, UsageError
from mapper.model.observation import Observation, Reject
from mapper.model.tags import READ_TAGS
from mapper.sources.own.mapping import WGS84, Mapping, When
from mapper.sources.own.table import Table

_NUMBER = re.compile(r"[-+]?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?")
_COMMA = re.compile(r"[-+]?\d+,\d+")
_MANGLED = re.compile(r"[-+]?\d{1,3}(?:[.,]\d{3}){2,}")
_PAIR = re.compile(r"\(?\s*([-+]?[\d.,]+?)\s*[,; ]\s*([-+]?[\d.]+)\s*\)?")
_MOST = 0.5
"""A finding on more than half of the rows is a finding on the list."""
_SWAPPED = "latitude out of range"
_NEXT: Final = "write it into the mapping and import again; see docs/your-own-list.md."


@dataclass(frozen=True, slots=True)
class _Bad:
    """Why a position cannot be used: a reason to count by, and the text that shows it."""

    reason: str
    shown: str = ""


Place = tuple[float, float] | _Bad


@dataclass(frozen=True, slots=True)
class PlaceCount:
    """A count of cameras by place, from a list without positions."""

    place: str
    value_as_written: str


def parse(
    table: Table,
    mapping: Mapping,
    *,
    source_id: str,
    is_inside: Callable[[float, float], bool] | None = None,
) -> Iterator[Observation | Reject]:
    """
    Make an observation or a reject of every row.

    Parameters
    ----------
    is_inside
        Whether a longitude and a latitude lie in the country the list is of; None asks nothing.

    Raises
    ------
    UsageError
        If the list has no position columns, or they are swapped, projected or written with a
        decimal comma throughout; the message says what to write into the mapping.
    SourceChangedError
        If a column of the mapping is gone.
    """
    gone = sorted(set(mapping.columns.values()) - set(table.columns))
    if gone:
        msg = f"{source_id}: the column {gone[0]!r} is gone; there are: {', '.join(table.columns)}"
        raise SourceChangedError(msg, next_step="import the list again with a new mapping.")
    written = [_written_position(row, mapping) for row in table.rows]
    _require_readable(written, mapping)
    project = _projection(mapping.epsg)
    places = [_position(one, mapping, project) for one in written]
    _require_axes(places, is_inside)
    refs = _refs(table, mapping)
    for row, ref, place in zip(table.rows, refs, places, strict=True):
        yield _observe(row, ref, place, mapping, source_id, is_inside)


def counts_by_place(table: Table, mapping: Mapping) -> tuple[PlaceCount, ...]:
    """Return the counts of a list that has places and counts but no positions; else nothing."""
    place, count = mapping.columns.get("place"), mapping.columns.get("count")
    if place is None or count is None:
        return ()
    return tuple(PlaceCount(row[place], row[count]) for row in table.rows if row[count])


def _written_position(row: dict[str, str], mapping: Mapping) -> tuple[str, str]:
    """Return the texts of longitude and latitude."""
    columns = mapping.columns
    if "lon" in columns and "lat" in columns:
        lon, lat = row[columns["lon"]], row[columns["lat"]]
    elif "position" in columns:
        pair = _PAIR.fullmatch(row[columns["position"]])
        lat, lon = (pair.group(1), pair.group(2)) if pair else ("", "")
    else:
        lon = lat = ""
    return (lat, lon) if mapping.is_swapped else (lon, lat)


def _require_readable(written: Sequence[tuple[str, str]], mapping: Mapping) -> None:
    """Stop at what is wrong with the whole list, before any row is judged by itself."""
    filled = [one for one in written if any(one)]
    if not filled:
        msg = "the list has no positions: no column of longitude and latitude was recognised"
        step = "name them in the mapping: [columns] lon = ..., lat = ..., or position = ..."
        raise UsageError(msg, next_step=step)
    commas = sum(bool(_COMMA.fullmatch(lon) and _COMMA.fullmatch(lat)) for lon, lat in filled)
    if mapping.decimal == "." and commas > _MOST * len(filled):
        example = ", ".join(filled[0])
        msg = f"{commas:,} of {len(filled):,} positions have a decimal comma ({example})"
        raise UsageError(msg, next_step=f'decimal = ",": {_NEXT}')
    if mapping.epsg != WGS84:
        return
    numbers = [_numbers(one, mapping.decimal) for one in filled]
    far = [pair for pair in numbers if pair and max(map(abs, pair)) > LON_DEG_MAX]
    if len(far) > _MOST * len(filled):
        msg = (
            f"{len(far):,} of {len(filled):,} positions are no degrees "
            f"({far[0][0]:g}, {far[0][1]:g}): they are projected"
        )
        raise UsageError(msg, next_step=f"epsg = the number of their system: {_NEXT}")


def _require_axes(
    places: Sequence[Place], is_inside: Callable[[float, float], bool] | None
) -> None:
    swapped = 0
    for place in places:
        if isinstance(place, _Bad):
            swapped += place.reason == _SWAPPED
        elif is_inside is not None and not is_inside(*place):
            swapped += _would_fit(place[1], place[0], is_inside)
    if swapped > _MOST * len(places):
        msg = f"{swapped:,} of {len(places):,} positions have longitude and latitude swapped"
        raise UsageError(msg, next_step=f"swapped = true: {_NEXT}")


def _would_fit(lon: float, lat: float, is_inside: Callable[[float, float], bool]) -> bool:
    return abs(lat) <= LAT_DEG_MAX and is_inside(lon, lat)


def _numbers(written: tuple[str, str], decimal: str) -> tuple[float, float] | None:
    texts = [text.replace(decimal, ".") if decimal != "." else text for text in written]
    if not all(_NUMBER.fullmatch(text) for text in texts):
        return None
    return float(texts[0]), float(texts[1])


def _projection(epsg: int) -> Transformer | None:
    if epsg == WGS84:
        return None
    try:
        return Transformer.from_crs(CRS.from_epsg(epsg), CRS.from_epsg(WGS84), always_xy=True)
    except CRSError as error:
        msg = f"there is no coordinate system EPSG:{epsg}"
        raise UsageError(
            msg, next_step="look the number up in the publisher's metadata."
        ) from error


def _position(written: tuple[str, str], mapping: Mapping, project: Transformer | None) -> Place:
    """Return longitude and latitude in degrees, or the reason why not."""
    shown = ", ".join(written)
    if not any(written):
        return _Bad("no position")
    numbers = _numbers(written, mapping.decimal)
    if numbers is None:
        is_mangled = any(_MANGLED.fullmatch(text) for text in written)
        mangled = "number mangled by a spreadsheet"
        return _Bad(mangled if is_mangled else "position is no pair of numbers", shown)
    if project is not None:
        numbers = project.transform(*numbers)
    try:
        return checked_lonlat(*numbers)
    except CoordinateError:
        is_swapped = LAT_DEG_MAX < abs(numbers[1]) <= LON_DEG_MAX and abs(numbers[0]) <= LAT_DEG_MAX
        return _Bad(_SWAPPED if is_swapped else "position out of range, or 0, 0", shown)


def _refs(table: Table, mapping: Mapping) -> list[str]:
    """Return each row's own reference, or its number where the list has none that is unique."""
    column = mapping.columns.get("ref")
    refs = [row[column] for row in table.rows] if column else []
    if refs and all(refs) and len(set(refs)) == len(refs):
        return refs
    # Without a reference of its own a row is known by what it says, and by its turn among equals.
    seen: Counter[str] = Counter()
    found = []
    for row in table.rows:
        text = "|".join(f"{key}={value}" for key, value in sorted(row.items()))
        seen[text] += 1
        found.append(f"row-{_digest(text)}-{seen[text]}")
    return found


def _digest(text: str) -> str:
    return sha256(text.encode()).hexdigest()[:16]


def _observe(
    row: dict[str, str],
    ref: str,
    place: Place,
    mapping: Mapping,
    source_id: str,
    is_inside: Callable[[float, float], bool] | None,
) -> Observation | Reject:
    applies = [when for when in mapping.when if row[when.column] in when.values]
    for when in applies:
        if when.left_out:
            return Reject(source_id, ref, when.left_out, row[when.column])
    if isinstance(place, _Bad):
        return Reject(source_id, ref, place.reason, place.shown)
    if is_inside is not None and not is_inside(*place):
        swapped = _would_fit(place[1], place[0], is_inside)
        reason = "longitude and latitude look swapped" if swapped else "outside the country"
        return Reject(source_id, ref, reason, f"{place[0]:g}, {place[1]:g}")
    cleaned = clean_tags(_tags(row, applies, mapping))
    return Observation(
        source_id=source_id,
        source_ref=ref,
        lon_deg=place[0],
        lat_deg=place[1],
        tags=cleaned.tags,
        location_precision_m=_precision_m(row, applies, mapping),
        text_cleaned=cleaned.cleaned,
        text_cut=cleaned.cut,
    )


def _tags(row: dict[str, str], applies: Sequence[When], mapping: Mapping) -> dict[str, str]:
    tags = dict(mapping.tags)
    for key, column in mapping.columns.items():
        if key in READ_TAGS and row[column]:
            tags[key] = row[column]
    for when in applies:
        tags |= when.tags
    return tags


def _precision_m(row: dict[str, str], applies: Sequence[When], mapping: Mapping) -> float | None:
    for when in applies:
        if when.precision_m is not None:
            return when.precision_m
    column = mapping.columns.get("precision_m")
    if column is None or not _NUMBER.fullmatch(row[column]):
        return None
    return float(row[column])
