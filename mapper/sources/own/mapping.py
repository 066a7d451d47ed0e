"""Which column of a list means what: guessed by its name, or the user's word in a small TOML."""

import re
import tomllib
import unicodedata
from collections.abc import Mapping as Dict
from collections.abc import Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Any, Final

import tomlkit

from mapper.errors import UsageError
from mapper.model.tags import READ_TAGS
from mapper.sources.own.table import GEOMETRY_LAT, GEOMETRY_LON

ROLES: Final = ("ref", "lon", "lat", "position", "precision_m", "place", "count")
"""What a column may be beside a tag: ``position`` holds both numbers, latitude first."""
WGS84: Final = 4326

# Column names as publishers write them, folded; the first that is there wins.
_KNOWN: Final[Dict[str, tuple[str, ...]]] = {
    "lon": ("longitude", "lon", "lng", "long", "londeg", "longitud", "laengengrad", "xcoord", "x"),
    "lat": ("latitude", "lat", "latdeg", "latitud", "breitengrad", "ycoord", "y"),
    "position": ("coordinates", "latlon", "latlong", "geopoint", "geopoint2d", "location"),
    "ref": ("cameraid", "id", "objectid", "camerano", "cameranumber", "assetid", "ref", "px"),
    "manufacturer": ("cameramanufacturer", "manufacturer", "make", "cameramake", "vendor", "marca"),
    "model": ("cameramodel", "model", "modelo"),
    "operator": ("operator", "owner", "agency", "operatedby", "betreiber", "beheerder"),
    "camera:type": ("cameratype", "type", "typ", "tipo"),
    "camera:direction": ("direction", "bearing", "heading", "azimuth", "viewdirection"),
    "camera:mount": ("mount", "mounting", "mountedon"),
    "start_date": ("installed", "installdate", "installedon", "turnondate", "startdate"),
    "check_date": ("lastupdated", "checkdate", "surveydate", "lastchecked", "modifieddate"),
    "surveillance": ("indooroutdoor",),
    "place": ("district", "neighbourhood", "neighborhood", "suburb", "기관명"),
    "count": ("numberofcameras", "cameras", "count", "total", "소계"),
}
_NOT_LETTERS = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class When:
    """For rows whose ``column`` holds one of ``values``: set tags, or leave the row out."""

    column: str
    values: tuple[str, ...]
    tags: Dict[str, str] = field(default_factory=dict)
    precision_m: float | None = None
    left_out: str = ""


@dataclass(frozen=True, slots=True)
class Mapping:
    """
    How a list is read.

    Attributes
    ----------
    columns
        Role or tag key -> the list's column.
    tags
        Tags that every row has.
    epsg
        The system of the two position columns.
    is_swapped
        The column called longitude holds the latitude, and the other way round.
    decimal
        The decimal sign of the position columns.
    country_code
        Where every row must lie; empty for anywhere.
    is_own_inventory
        The publisher runs these cameras, so a maker it names is rung A.
    """

    columns: Dict[str, str]
    tags: Dict[str, str] = field(default_factory=dict)
    when: tuple[When, ...] = ()
    epsg: int = WGS84
    is_swapped: bool = False
    decimal: str = "."
    country_code: str = ""
    is_own_inventory: bool = False


def recognise(columns: Sequence[str]) -> Mapping:
    """Guess the meaning of columns by their names; what is not recognised is not read."""
    folded = {_folded(column): column for column in reversed(columns)}
    found: dict[str, str] = {}
    for role, names in _KNOWN.items():
        column = next((folded[name] for name in names if name in folded), None)
        if column is not None and column not in found.values():
            found[role] = column
    if GEOMETRY_LON in columns:
        found |= {"lon": GEOMETRY_LON, "lat": GEOMETRY_LAT}
    if "lon" in found and "lat" in found:
        found.pop("position", None)
    return Mapping(columns=found, tags={"man_made": "surveillance"})


def mapping_from_toml(text: str, columns: Sequence[str]) -> Mapping:
    """
    Read the user's mapping; what it does not say is guessed.

    Raises
    ------
    UsageError
        If it is no TOML, names a key or a column that there is not, or a value of another type.
    """
    try:
        written = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        msg = f"the mapping is no TOML: {error}"
        raise UsageError(msg, next_step="see docs/your-own-list.md for an example.") from error
    known = {
        "columns", "tags", "when", "epsg", "swapped", "decimal", "country", "own_inventory"
    }  # fmt: skip
    _require_known("key", written, known)
    guessed = recognise(columns)
    chosen = {**guessed.columns, **_texts(written.get("columns", {}), "columns")}
    chosen = {role: column for role, column in chosen.items() if column}
    _require_known("role or tag", chosen, READ_TAGS | set(ROLES))
    _require_known("column", dict.fromkeys(chosen.values()), set(columns))
    tags = _texts(written.get("tags", {}), "tags")
    _require_known("tag", tags, READ_TAGS)
    return Mapping(
        columns=chosen,
        tags={**guessed.tags, **tags},
        when=tuple(_when(one, columns) for one in written.get("when", ())),
        epsg=_typed(written, "epsg", int, WGS84),
        is_swapped=_typed(written, "swapped", bool, default=False),
        decimal=_typed(written, "decimal", str, "."),
        country_code=_typed(written, "country", str, "").upper(),
        is_own_inventory=_typed(written, "own_inventory", bool, default=False),
    )


def mapping_to_toml(mapping: Mapping) -> str:
    """Write a mapping so that ``mapping_from_toml`` reads the same, for the user to correct."""
    document = tomlkit.document()
    document["epsg"] = mapping.epsg
    document["swapped"] = mapping.is_swapped
    document["decimal"] = mapping.decimal
    document["country"] = mapping.country_code
    document["own_inventory"] = mapping.is_own_inventory
    document["columns"] = dict(mapping.columns)
    document["tags"] = dict(mapping.tags)
    whens = tomlkit.aot()
    for one in mapping.when:
        table = tomlkit.table()
        table["column"], table["values"] = one.column, list(one.values)
        if one.tags:
            table["tags"] = dict(one.tags)
        if one.precision_m is not None:
            table["precision_m"] = one.precision_m
        if one.left_out:
            table["left_out"] = one.left_out
        whens.append(table)
    if mapping.when:
        document["when"] = whens
    return tomlkit.dumps(document)


def _when(written: Dict[str, Any], columns: Sequence[str]) -> When:
    _require_known(
        "key of [[when]]", written, {"column", "values", "tags", "precision_m", "left_out"}
    )
    column = _typed(written, "column", str, "")
    _require_known("column", {column: None}, set(columns))
    tags = _texts(written.get("tags", {}), "tags")
    _require_known("tag", tags, READ_TAGS)
    precision = written.get("precision_m")
    return When(
        column=column,
        values=tuple(str(value) for value in _typed(written, "values", list, [])),
        tags=tags,
        precision_m=None if precision is None else float(precision),
        left_out=_typed(written, "left_out", str, ""),
    )


def _typed(written: Dict[str, Any], key: str, wanted: type, default: Any) -> Any:  # noqa: ANN401 - by the key
    value = written.get(key, default)
    if not isinstance(value, wanted) or (wanted is int and isinstance(value, bool)):
        msg = f"the mapping's {key!r} must be of type {wanted.__name__}, not {value!r}"
        raise UsageError(msg, next_step="see docs/your-own-list.md for an example.")
    return value


def _texts(written: Any, name: str) -> dict[str, str]:  # noqa: ANN401 - TOML of any shape
    if not isinstance(written, dict) or not all(isinstance(v, str) for v in written.values()):
        msg = f"the mapping's [{name}] must hold texts"
        raise UsageError(msg, next_step="see docs/your-own-list.md for an example.")
    return dict(written)


def _require_known(kind: str, written: Dict[str, Any], known: set[str] | frozenset[str]) -> None:
    unknown = sorted(set(written) - known)
    if unknown:
        near = get_close_matches(unknown[0], sorted(known), n=1)
        msg = f"the mapping names a {kind} that there is not: {unknown[0]!r}"
        step = f"did you mean {near[0]!r}?" if near else f"there are: {', '.join(sorted(known))}."
        raise UsageError(msg, next_step=step)


def _folded(column: str) -> str:
    return _NOT_LETTERS.sub("", unicodedata.normalize("NFKC", column).casefold())
