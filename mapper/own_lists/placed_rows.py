"""From rows to observations: positions first, because a list wrong throughout stops here."""

from collections.abc import Callable, Sequence
from collections.abc import Mapping as Dict
from dataclasses import dataclass
from typing import Final

from pyproj import CRS, Transformer
from pyproj.exceptions import CRSError

from mapper.clean.coordinates import LAT_DEG_MAX, LON_DEG_MAX, checked_lonlat
from mapper.clean.lifecycle import told_state
from mapper.clean.placeholders import is_placeholder
from mapper.clean.site_count import site_camera_count
from mapper.clean.text import clean_tags, clean_text
from mapper.errors import CoordinateError, SourceChangedError, UsageError, ValueRefusedError
from mapper.model.observation import Observation, Reject
from mapper.model.tags import COUNT_TAG, END_DATE_TAG, LIFECYCLE_TAG, READ_TAGS, VENDOR_TAGS
from mapper.own_lists.guessing import dated
from mapper.own_lists.mapping import WGS84, Mapping, When
from mapper.own_lists.positions import (
    Degrees,
    Numbers,
    Unread,
    Written,
    as_number,
    from_one_cell,
    from_two_cells,
)
from mapper.own_lists.row_refs import RowRefs, row_refs
from mapper.own_lists.table import Table
from mapper.own_lists.value_words import KINDS

_MOST: Final = 0.5
"""A finding on more than half of the rows is a finding on the list."""
_SWAPPED: Final = "latitude out of range"
_NEXT: Final = "write it into the mapping and import again; see docs/your-own-list.md."
_DATES: Final = ("start_date", END_DATE_TAG, "check_date", "survey:date")
_DEVICE_TAGS: Final = frozenset({"surveillance:type", "highway", "enforcement"})
_NAMES: Final = frozenset(VENDOR_TAGS) | {"camera:type", "camera:mount"}

Inside = Callable[[float, float], bool]


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


@dataclass(frozen=True, slots=True)
class PlacedRows:
    """Every row as an observation or a reject, in the order of the file, and its references."""

    rows: tuple[Observation | Reject, ...]
    refs: RowRefs

    @property
    def observations(self) -> tuple[Observation, ...]:
        """The rows that are kept."""
        return tuple(row for row in self.rows if isinstance(row, Observation))

    @property
    def rejects(self) -> tuple[Reject, ...]:
        """The rows that are not, with their reasons."""
        return tuple(row for row in self.rows if isinstance(row, Reject))


def placed_rows(
    table: Table, mapping: Mapping, *, source_id: str, is_inside: Inside | None = None
) -> PlacedRows:
    """
    Make an observation or a reject of every row.

    Parameters
    ----------
    mapping
        Complete; see ``guessing.completed``.
    is_inside
        Whether a longitude and a latitude lie in the countries the list is of; None asks nothing.

    Raises
    ------
    UsageError
        If the list has no position columns, or they are swapped, projected or written with a
        decimal comma throughout; the message says what to write into the mapping.
    SourceChangedError
        If a column of the mapping is gone.
    """
    gone = sorted(set(mapping.read_columns.values()) - set(table.columns))
    if gone:
        msg = f"{source_id}: the column {gone[0]!r} is gone; there are: {', '.join(table.columns)}"
        raise SourceChangedError(msg, next_step="import the list again with a new mapping.")
    positions = [_written_position(row, mapping) for row in table.rows]
    # What is wrong with all rows is told once, as what to write into the mapping, and not as a
    # thousand rejects.
    _require_readable(positions, mapping)
    project = _projection(mapping.epsg or WGS84)
    places = [_position(position, mapping, project) for position in positions]
    _require_axes(places, is_inside)
    refs = _refs(table, mapping, places)
    rows: list[Observation | Reject] = [
        _observe(row, ref or f"line {number}", place, mapping, source_id, is_inside)
        for row, number, ref, place in zip(
            table.rows, table.row_numbers, refs.refs, places, strict=True
        )
    ]
    rows += [
        Reject(source_id, f"line {line.number}", line.reason, clean_text(line.text).text)
        for line in table.bad_lines
    ]
    return PlacedRows(tuple(rows), refs)


def counts_by_place(table: Table, mapping: Mapping) -> tuple[PlaceCount, ...]:
    """Return the counts of a list that has places and counts but no positions; else nothing."""
    place, count = mapping.columns.get("place"), mapping.columns.get("count")
    if not place or not count:
        return ()
    return tuple(PlaceCount(row.get(place, ""), row[count]) for row in table.rows if row.get(count))


def _written_position(row: Dict[str, str], mapping: Mapping) -> Written:
    columns = mapping.read_columns
    if "lon" in columns and "lat" in columns:
        lon, lat = row.get(columns["lon"], ""), row.get(columns["lat"], "")
        read = from_two_cells(lon, lat)
    elif "position" in columns:
        cell = row.get(columns["position"], "")
        read = from_one_cell(cell, mapping.position, mapping.decimal)
    else:
        return Unread()
    if mapping.is_swapped and isinstance(read, Numbers):
        return Numbers(read.lat_text, read.lon_text)
    return read


def _require_readable(positions: Sequence[Written], mapping: Mapping) -> None:
    """Stop at what is wrong with the whole list, before any row is judged by itself."""
    columns = mapping.read_columns
    if not ("position" in columns or {"lon", "lat"} <= columns.keys()):
        msg = "the list has no positions: no column of longitude and latitude was recognised"
        step = (
            "name them in the mapping: [columns] lon = ..., lat = ..., or position = ...; "
            "--dry-run shows the columns and a mapping to correct."
        )
        raise UsageError(msg, next_step=step)
    filled = [position for position in positions if isinstance(position, Numbers)]
    commas = [
        position
        for position in filled
        if "," in position.lon_text
        and "," in position.lat_text
        and _numbers(position, ",") is not None
    ]
    # More than half: single odd cells are rejects, a whole list of commas is a list of another
    # country.
    if mapping.decimal == "." and len(commas) > _MOST * len(filled):
        example = f"{commas[0].lon_text}, {commas[0].lat_text}"
        msg = f"{len(commas):,} of {len(filled):,} positions have a decimal comma ({example})"
        raise UsageError(msg, next_step=f'decimal = ",": {_NEXT}')
    if mapping.epsg not in {None, WGS84}:
        return
    numbers = [_numbers(position, mapping.decimal) for position in filled]
    # Metres of a projection are thousands and more; degrees never pass 180.
    far = [pair for pair in numbers if pair and max(map(abs, pair)) > LON_DEG_MAX]
    if len(far) > _MOST * len(filled):
        msg = (
            f"{len(far):,} of {len(filled):,} positions are no degrees "
            f"({far[0][0]:g}, {far[0][1]:g}): they are projected"
        )
        raise UsageError(msg, next_step=f"epsg = the number of their system: {_NEXT}")


def _require_axes(places: Sequence[Place], is_inside: Inside | None) -> None:
    swapped = 0
    for place in places:
        if isinstance(place, _Bad):
            swapped += place.reason == _SWAPPED
        elif is_inside is not None and not is_inside(*place):
            swapped += _would_fit(place[1], place[0], is_inside)
    if swapped > _MOST * len(places):
        msg = f"{swapped:,} of {len(places):,} positions have longitude and latitude swapped"
        raise UsageError(msg, next_step=f"swapped = true: {_NEXT}")


def _would_fit(lon: float, lat: float, is_inside: Inside) -> bool:
    return abs(lat) <= LAT_DEG_MAX and is_inside(lon, lat)


def _numbers(position: Numbers, decimal: str) -> tuple[float, float] | None:
    lon, lat = as_number(position.lon_text, decimal), as_number(position.lat_text, decimal)
    return None if lon is None or lat is None else (lon, lat)


def _projection(epsg: int) -> Transformer | None:
    if epsg == WGS84:
        return None
    try:
        # always_xy: some systems name northing first, and files hold easting first all the same.
        return Transformer.from_crs(CRS.from_epsg(epsg), CRS.from_epsg(WGS84), always_xy=True)
    except CRSError as error:
        msg = f"there is no coordinate system EPSG:{epsg}"
        raise UsageError(
            msg, next_step="look the number up in the publisher's metadata."
        ) from error


def _position(position: Written, mapping: Mapping, project: Transformer | None) -> Place:
    """Return longitude and latitude in degrees, or the reason why not."""
    if isinstance(position, Unread):
        return (
            _Bad("position cannot be read", position.text) if position.text else _Bad("no position")
        )
    if isinstance(position, Degrees):
        numbers = (position.lon_deg, position.lat_deg)
        shown = f"{position.lon_deg:g}, {position.lat_deg:g}"
    else:
        shown = f"{position.lon_text}, {position.lat_text}"
        plain = _numbers(position, mapping.decimal)
        if plain is None:
            is_mangled = any(map(_is_mangled, (position.lon_text, position.lat_text)))
            mangled = "number mangled by a spreadsheet"
            return _Bad(mangled if is_mangled else "position is no pair of numbers", shown)
        numbers = plain if project is None else project.transform(*plain)
    try:
        return checked_lonlat(*numbers)
    except CoordinateError:
        is_swapped = LAT_DEG_MAX < abs(numbers[1]) <= LON_DEG_MAX and abs(numbers[0]) <= LAT_DEG_MAX
        return _Bad(_SWAPPED if is_swapped else "position out of range, or 0, 0", shown)


def _is_mangled(text: str) -> bool:
    """Whether a number was cut into thousands: ``461.993.881`` cannot be known again."""
    groups = text.removeprefix("-").replace(",", ".").split(".")
    return (
        len(groups) > 2  # noqa: PLR2004 - two signs at least
        and all(group.isdigit() and group.isascii() for group in groups)
        and all(len(group) == 3 for group in groups[1:])  # noqa: PLR2004 - thousands
    )


def _refs(table: Table, mapping: Mapping, places: Sequence[Place]) -> RowRefs:
    column = mapping.read_columns.get("ref")
    refs = [row.get(column, "") if column else "" for row in table.rows]
    at = [
        f"no place, line {number}" if isinstance(place, _Bad) else f"{place[0]:.6f} {place[1]:.6f}"
        for place, number in zip(places, table.row_numbers, strict=True)
    ]
    contents = [
        "|".join(f"{key}={value}" for key, value in sorted(row.items())) for row in table.rows
    ]
    return row_refs([clean_text(ref).text.strip() for ref in refs], at, contents)


def _observe(
    row: Dict[str, str],
    ref: str,
    place: Place,
    mapping: Mapping,
    source_id: str,
    is_inside: Inside | None,
) -> Observation | Reject:
    applies = [when for when in mapping.when if row.get(when.column, "") in when.values]
    for when in applies:
        if when.left_out:
            return Reject(source_id, ref, when.left_out, row.get(when.column, ""))
    if isinstance(place, _Bad):
        return Reject(source_id, ref, place.reason, clean_text(place.shown[:120]).text)
    if is_inside is not None and not is_inside(*place):
        # Only said, never mended: one row that fits the other way round may as well be a typing
        # error.
        swapped = _would_fit(place[1], place[0], is_inside)
        reason = "longitude and latitude look swapped" if swapped else "outside the country"
        return Reject(source_id, ref, reason, f"{place[0]:g}, {place[1]:g}")
    tags = row_tags(row, mapping, applies)
    if not _is_device(tags):
        return Reject(source_id, ref, "its tags name no camera", tags.get("man_made", ""))
    cleaned = clean_tags(tags)
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


def row_tags(row: Dict[str, str], mapping: Mapping, applies: Sequence[When]) -> dict[str, str]:
    """Return the tags of a row: its own words in OSM's, over what the whole list says."""
    said: dict[str, str] = {}
    for key, column in mapping.read_columns.items():
        if key in READ_TAGS and row.get(column):
            value = meant(key, row[column], mapping)
            if value:
                said[key] = value
    counted = mapping.read_columns.get("count")
    if counted and is_count(row.get(counted, "")):
        said[COUNT_TAG] = row[counted]
    kind = {} if said.keys() & _DEVICE_TAGS else dict(KINDS.get(mapping.kind, {}))
    tags = {**mapping.tags, **kind, **said}
    for when in applies:
        tags |= when.tags
    return tags


def meant(key: str, value: str, mapping: Mapping) -> str:
    """Return what a cell of a tag means: by the mapping, in its order of dates, or as written."""
    value = mapping.values.get(key, {}).get(value, value)
    if key == LIFECYCLE_TAG:
        return told_state(value)
    if key == COUNT_TAG:
        return value if is_count(value) else ""
    if key in _DATES:
        return dated(value, mapping.date_order)
    if key in _NAMES and not key.endswith(":wikidata") and is_placeholder(value):
        return ""
    return value


def is_count(text: str) -> bool:
    """Whether a cell counts cameras."""
    try:
        return site_camera_count(text) > 0
    except ValueRefusedError:
        return False


def _is_device(tags: Dict[str, str]) -> bool:
    """Whether the tags of a row of OSM's own names name a camera or another device."""
    man_made = {part.strip() for part in tags.get("man_made", "surveillance").split(";")}
    highway = {part.strip() for part in tags.get("highway", "").split(";")}
    return "surveillance" in man_made or "speed_camera" in highway or "enforcement" in tags


def _precision_m(row: Dict[str, str], applies: Sequence[When], mapping: Mapping) -> float | None:
    for when in applies:
        if when.precision_m is not None:
            return when.precision_m
    column = mapping.read_columns.get("precision_m")
    number = as_number(row.get(column, ""), ".") if column else None
    return number if number is not None and number >= 0 else None
