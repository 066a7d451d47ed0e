"""What a mapping does not say, found by the columns' names and what their cells hold."""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from collections.abc import Mapping as Dict
from typing import Final

from mapper.clean.lifecycle import state_of_word
from mapper.clean.partial_date import parse as parse_partial
from mapper.clean.privacy_words import Privacy, privacy_of
from mapper.errors import ValueRefusedError
from mapper.model.enums import Lifecycle
from mapper.model.tags import END_DATE_TAG, LIFECYCLE_TAG, READ_TAGS
from mapper.own_lists.column_names import BY_CONTENT, NAMES, axis_of, folded
from mapper.own_lists.mapping import WGS84, Mapping, When
from mapper.own_lists.positions import Numbers, Unread, from_one_cell
from mapper.own_lists.table import GEOMETRY_LAT, GEOMETRY_LON, Table
from mapper.own_lists.value_words import (
    DECIDING,
    camera_type_of,
    device_of,
    kind_of_list,
    meaning_of,
)

# Of the distinct cells: one value that is repeated all over must not decide alone.
_MOST: Final = 0.8
_HALF: Final = 0.5
# So many different cells tell what a column is; reading a million would only be slower.
_DISTINCT_MAX: Final = 300
_FEW: Final = 30
_TRANSLATED: Final = (*DECIDING, "camera:type", "camera:mount", "surveillance:type")
_SLASHED: Final = re.compile(r"(\d{1,2})[/.\-](\d{1,2})[/.\-](?:\d{4}|\d{2})(?:[ T].*)?", re.ASCII)
_DATES: Final = ("start_date", END_DATE_TAG, "check_date", "survey:date")
_NOT_THERE: Final[Dict[Lifecycle | None, str]] = {
    Lifecycle.PLANNED: "planned, not there yet",
    Lifecycle.ENDED: "no longer there",
}
"""Why a row is proposed to be left out, by the state that its list gives it."""
_MONTHS: Final = 12


def completed(mapping: Mapping, table: Table, *names: str) -> Mapping:
    """
    Complete a mapping for a table, so that nothing is left to be guessed.

    Parameters
    ----------
    mapping
        What the user says; with ``guess = false`` only the file's own opening is added.
    names
        What the list is called: its file, its title, its sheet.

    Raises
    ------
    UsageError
        If the mapping names a column that there is not.
    """
    mapping.require_columns(table.columns)
    how = {
        key: getattr(table.how, key)
        for key in ("encoding", "delimiter", "member", "sheet", "layer", "header_row", "records")
    }
    system = {"epsg": mapping.epsg or table.epsg or WGS84}
    # Who wrote the mapping out wants what is written, and not a better idea of tomorrow's version.
    if not mapping.guess:
        return mapping.model_copy(update={**how, **system})
    columns = _columns(mapping, table)
    read = mapping.model_copy(update={**how, **system, "guess": False, "columns": columns})
    values = {
        # The user's own translations stand behind, and so win.
        tag: {**_translations(tag, table.values(column)), **mapping.values.get(tag, {})}
        for tag, column in read.read_columns.items()
        if tag in _TRANSLATED
    }
    return read.model_copy(
        update={
            "tags": {"man_made": "surveillance", **mapping.tags},
            "values": {tag: words for tag, words in {**mapping.values, **values}.items() if words},
            "when": (*mapping.when, *_status(mapping, table)),
            "kind": mapping.kind or ("" if _says_device(columns) else kind_of_list(*names)),
            "date_order": mapping.date_order or _date_order(table, read.read_columns),
        }
    )


def unclear_values(mapping: Mapping, table: Table) -> Dict[str, Counter[str]]:
    """Return, by tag that decides about privacy, the values that nothing says the meaning of."""
    unclear = {}
    for tag in DECIDING:
        column = mapping.read_columns.get(tag)
        if column is None:
            continue
        meanings = mapping.values.get(tag, {})
        counted = Counter(table.values(column))
        odd = {
            value: count
            for value, count in counted.items()
            if value not in meanings and meaning_of(tag, value) is None
        }
        if odd:
            unclear[tag] = Counter(odd)
    return unclear


def overlooked(mapping: Mapping, table: Table) -> Dict[str, Counter[str]]:
    """Return columns that are not read and hold words of inside, home, private or doorbell."""
    named = {*mapping.read_columns.values(), *mapping.ignored, *(w.column for w in mapping.when)}
    # An empty name in the mapping says that the role is left out on purpose.
    named |= {column for role, column in mapping.columns.items() if not column}
    told = {}
    for column in table.columns:
        if column in named:
            continue
        counted = Counter(table.values(column))
        # A column of many different texts is free text; single words of it decide nothing.
        if len(counted) > _FEW:
            continue
        words = {value: count for value, count in counted.items() if _is_guarded(value)}
        if words:
            told[column] = Counter(words)
    return told


def _is_guarded(value: str) -> bool:
    meanings = privacy_of(value) or frozenset()
    return bool(meanings & {Privacy.INDOOR, Privacy.PRIVATE, Privacy.DOORBELL, Privacy.HOME})


def _columns(mapping: Mapping, table: Table) -> dict[str, str]:
    """Return role or tag -> column: the user's, then the names, then what the cells hold."""
    columns = dict(mapping.columns)
    open_columns = [
        column
        for column in table.columns
        if column not in {*columns.values(), *mapping.ignored, GEOMETRY_LON, GEOMETRY_LAT}
    ]
    # Names first: what a column is called says more than what its cells look like.
    for role, column in _by_name(table, open_columns):
        if role not in columns and column not in columns.values():
            columns[role] = column
    for role, column in _by_content(table, open_columns):
        if role not in columns and column not in columns.values():
            columns[role] = column
    # The file's own geometry is the publisher's position; columns beside it may be rounded or old.
    if GEOMETRY_LON in table.columns and "position" not in mapping.columns:
        columns = {"lon": GEOMETRY_LON, "lat": GEOMETRY_LAT, **columns}
        if "lon" not in mapping.columns:
            columns |= {"lon": GEOMETRY_LON, "lat": GEOMETRY_LAT}
    if columns.get("lon") and columns.get("lat"):
        columns = {r: c for r, c in columns.items() if r != "position" or r in mapping.columns}
    return columns


def _by_name(table: Table, columns: list[str]) -> Iterator[tuple[str, str]]:
    """Yield role and column by exact tag keys, then by names whose cells do not gainsay them."""
    yield from ((column, column) for column in columns if column in READ_TAGS)
    # Reversed, so that of two names that fold alike the first column stays.
    by_folded = {folded(column): column for column in reversed(columns)}
    for role, names in NAMES.items():
        fitting = (by_folded[name] for name in names if name in by_folded)
        column = next((column for column in fitting if _fits(role, table.values(column))), None)
        if column is not None:
            yield role, column


def _by_content(table: Table, columns: list[str]) -> Iterator[tuple[str, str]]:
    for column in columns:
        role = _role_by_content(folded(column), table.values(column))
        if role:
            yield role, column
    for column in columns:
        if _fits("position", table.values(column)):
            yield "position", column


def _role_by_content(name: str, values: list[str]) -> str:
    """Return what a column of a name that many things go by is; empty where nothing fits."""
    axis = axis_of(name)
    if axis and _share(values, _is_small_number) >= _MOST:
        return axis
    if name in BY_CONTENT["type"] or name in NAMES["camera:type"]:
        if _share(values, lambda value: bool(device_of(value))) > _HALF:
            return "surveillance:type"
        return "camera:type" if _share(values, lambda v: bool(camera_type_of(v))) > _HALF else ""
    if name in BY_CONTENT["brand"]:
        return "manufacturer"
    if name in BY_CONTENT["status"]:
        # One state that is understood is enough: the others become "not understood", and are
        # counted.
        return LIFECYCLE_TAG if _share(values, lambda v: state_of_word(v) is not None) > 0 else ""
    return "surveillance" if _share(values, _says_inside_or_outside) >= _MOST else ""


def _fits(role: str, values: list[str]) -> bool:
    """Whether a column's cells can be what its name says."""
    if role == "position":
        return _share(values, _is_position) >= _HALF
    if role == "camera:direction":
        return _share(values, lambda value: bool(meaning_of(role, value))) > _HALF
    if role == "camera:type":
        # A column of kinds of device is not one of shapes of camera.
        shapes = _share(values, lambda value: bool(camera_type_of(value)))
        return shapes >= _share(values, lambda value: bool(device_of(value)))
    if role in {"manufacturer", "operator"}:
        return _share(values, lambda value: not value.isdigit()) >= _HALF
    if role == "count":
        return _share(values, str.isdigit) > _HALF
    return True


def _share(values: list[str], says: Callable[[str], bool]) -> float:
    distinct = list(dict.fromkeys(values))[:_DISTINCT_MAX]
    return sum(map(says, distinct)) / len(distinct) if distinct else 0.0


def _is_small_number(value: str) -> bool:
    try:
        return abs(float(value.replace(",", "."))) <= 180  # noqa: PLR2004 - degrees
    except ValueError:
        return False


def _is_position(value: str) -> bool:
    read = from_one_cell(value, "", ".")
    if isinstance(read, Unread):
        return False
    return not isinstance(read, Numbers) or "." in read.lon_text or "(" in value or "{" in value


def _says_inside_or_outside(value: str) -> bool:
    return bool((privacy_of(value) or frozenset()) & {Privacy.INDOOR, Privacy.OUTDOOR})


def _says_device(columns: Dict[str, str]) -> bool:
    return any(columns.get(tag) for tag in ("surveillance:type", "highway", "enforcement"))


def _translations(tag: str, values: list[str]) -> dict[str, str]:
    """Return the written values whose meaning is another word."""
    words = {}
    for value in list(dict.fromkeys(values))[:_DISTINCT_MAX]:
        meaning = meaning_of(tag, value)
        if meaning is not None and meaning != value:
            words[value] = meaning
    return words


def _status(mapping: Mapping, table: Table) -> Iterator[When]:
    """Propose to leave out the rows that a status column says are not there."""
    said = {when.column for when in mapping.when} | set(mapping.ignored)
    for column in table.columns:
        if folded(column) not in BY_CONTENT["status"] or column in said:
            continue
        by_reason: dict[str, list[str]] = {}
        for value in list(dict.fromkeys(table.values(column)))[:_DISTINCT_MAX]:
            reason = _NOT_THERE.get(state_of_word(value))
            if reason:
                by_reason.setdefault(reason, []).append(value)
        for reason, values in sorted(by_reason.items()):
            yield When(column=column, values=tuple(values), left_out=reason)


def _date_order(table: Table, columns: Dict[str, str]) -> str:
    """Return the order that the dates themselves prove; empty where they leave it open."""
    days_first = months_first = False
    for tag in _DATES:
        for value in table.values(columns[tag]) if tag in columns else ():
            match = _SLASHED.fullmatch(value)
            if match:
                # A 13 can be no month: one such date proves the order of the whole column.
                days_first |= int(match[1]) > _MONTHS
                months_first |= int(match[2]) > _MONTHS
    # Neither is proven, or both, and then the column holds two orders.
    if days_first == months_first:
        return ""
    return "day first" if days_first else "month first"


def dated(value: str, order: str) -> str:
    """
    Bring a date that begins with the day or the month to ISO; any other text stays as it is.

    Parameters
    ----------
    order
        One of ``mapping.DATE_ORDERS``. A year of two digits below 70 lies after 2000.
    """
    match = re.fullmatch(
        r"(\d{1,4})[/.\-](\d{1,2})[/.\-](\d{1,4})(?:[ T].*)?", value.strip(), re.ASCII
    )
    if match is None or not order:
        return value
    first, second, third = match[1], match[2], match[3]
    year, month, day = {
        "day first": (third, second, first),
        "month first": (third, first, second),
        "year first": (first, second, third),
    }[order]
    if len(year) == 2:  # noqa: PLR2004 - a year without its century
        year = f"20{year}" if int(year) < 70 else f"19{year}"  # noqa: PLR2004 - as POSIX has it
    text = f"{year}-{int(month):02}-{int(day):02}"
    try:
        return parse_partial(text).text
    except ValueRefusedError:
        return value
