"""
Positions as people write them: two numbers, one cell, WKT, GeoJSON, degrees-minutes-seconds, MGRS.

Every pattern here takes time that grows with the text alone, and a cell longer than any position
is not looked at.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Final

import mgrs
import shapely

from mapper.clean.strict_json import RefusedJsonError, load_strict
from mapper.own_lists import british_grid

_CHARS_MAX: Final = 300
_NUMBER: Final = re.compile(r"[-+]?\d{1,12}(?:\.\d{1,20})?(?:[eE][-+]?\d{1,3})?", re.ASCII)
_WKT: Final = re.compile(
    r"(?:SRID=\d{1,6};)?\s*POINT\s*(?:Z|M|ZM)?\s*\(\s*(\S{1,40})\s+(\S{1,40})(?:\s+\S{1,40}){0,2}\s*\)",
    re.IGNORECASE,
)
# Letters I and O are left out of the grid, being too like 1 and 0.
_MGRS: Final = re.compile(r"\d{1,2}[C-HJ-NP-X][A-HJ-NP-Z]{2}(?:\d{2}){1,5}", re.IGNORECASE)
# A byte of order (00 or 01) and a point's 20 bytes, with a few more for a system or a height.
_WKB: Final = re.compile(r"0[01](?:[0-9A-Fa-f]{2}){20,40}", re.ASCII)
_BEHIND: Final = re.compile(
    r"\((-?\d{1,3}\.\d{1,20})\s{0,3},\s{0,3}(-?\d{1,3}\.\d{1,20})\)\s{0,9}\Z", re.ASCII
)
_BRACKETS: Final = "()[]<> "
_MARKS: Final = re.compile(r"[\u00b0\u00ba\u02da'\u2019\u2032\u00b4`\"\u201d\u2033dms:\s]*")
_ANGLE_SIGNS: Final = "\u00b0\u00ba\u02da\u2032\u2033"
_ANGLE_NUMBER: Final = re.compile(r"\d{1,3}(?:[.,]\d{1,12})?", re.ASCII)
_PARTS_MAX: Final = 3
_SIXTY: Final = 60.0
_DEGREES_MAX: Final = 180.0


@dataclass(frozen=True, slots=True)
class Numbers:
    """Two numbers as written, which one is which, and no word of their system."""

    lon_text: str
    lat_text: str


@dataclass(frozen=True, slots=True)
class Degrees:
    """Longitude and latitude that the writing itself states, decimal degrees, WGS 84."""

    lon_deg: float
    lat_deg: float


@dataclass(frozen=True, slots=True)
class Unread:
    """A position that cannot be read; the text is empty where none is written."""

    text: str = ""


Written = Numbers | Degrees | Unread


def as_number(text: str, decimal: str) -> float | None:
    """Read a plain number; None for anything else."""
    plain = text.replace(decimal, ".") if decimal != "." else text
    return float(plain) if _NUMBER.fullmatch(plain) else None


def from_two_cells(lon_text: str, lat_text: str) -> Written:
    """Read the cells of a longitude and a latitude column."""
    if not lon_text and not lat_text:
        return Unread()
    if max(len(lon_text), len(lat_text)) > _CHARS_MAX:
        return Unread(f"{lon_text[:60]}, {lat_text[:60]}")
    if _looks_like_angle(lon_text) and _looks_like_angle(lat_text):
        lon, lat = _angle(lon_text, "EW"), _angle(lat_text, "NS")
        if lon is not None and lat is not None:
            return Degrees(lon, lat)
    return Numbers(lon_text, lat_text)


def from_one_cell(cell: str, syntax: str, decimal: str) -> Written:
    """
    Read a cell that holds both numbers.

    Parameters
    ----------
    syntax
        One of ``mapping.POSITIONS``; empty reads each cell by its own looks, plain pairs
        latitude first.
    decimal
        The decimal sign; with a comma the two numbers are parted by a semicolon or a blank.
    """
    text = cell.strip()
    if not text:
        return Unread()
    if len(text) > _CHARS_MAX:
        return Unread(text[:120])
    for name, reader in _SYNTAXES.items():
        if syntax in {"", name}:
            read = reader(text)
            if read is not None:
                return read
    if syntax in {"", "lat lon", "lon lat"}:
        return _pair(text, decimal, is_lon_first=syntax == "lon lat") or Unread(text)
    return Unread(text)


def _wkt(text: str) -> Written | None:
    match = _WKT.fullmatch(text)
    return Numbers(match[1], match[2]) if match else None


def _wkb(text: str) -> Written | None:
    """Read a point in hexadecimal WKB, as databases write their geometry into CSV."""
    if not _WKB.fullmatch(text):
        return None
    shape = shapely.from_wkb(text, on_invalid="ignore")
    if shape is None or shape.geom_type != "Point" or shape.is_empty:
        return None
    return Numbers(repr(float(shapely.get_x(shape))), repr(float(shapely.get_y(shape))))


def _geojson(text: str) -> Written | None:
    if not text.startswith("{"):
        return None
    try:
        value = load_strict(text)
    except RefusedJsonError:
        return None
    if not isinstance(value, Mapping):
        return None
    position = value.get("coordinates")
    if value.get("type") == "Point" and isinstance(position, list) and len(position) > 1:
        return Numbers(str(position[0]), str(position[1]))
    if "longitude" in value and "latitude" in value:
        return Numbers(str(value["longitude"]), str(value["latitude"]))
    return None


def _mgrs(text: str) -> Written | None:
    compact = "".join(text.split())
    if not _MGRS.fullmatch(compact):
        return None
    try:
        lat_deg, lon_deg = _grid().toLatLon(compact.upper())
    except (mgrs.core.MGRSError, ValueError):
        return None
    return Degrees(float(lon_deg), float(lat_deg))


@cache
def _grid() -> mgrs.MGRS:
    return mgrs.MGRS()


def _os_grid(text: str) -> Written | None:
    read = british_grid.degrees_of(text)
    return Degrees(*read) if read is not None else None


def _behind_address(text: str) -> Written | None:
    """Read latitude and longitude in brackets behind an address, as older portals write them."""
    match = _BEHIND.search(text)
    return Numbers(match[2], match[1]) if match else None


def _angles(text: str) -> Written | None:
    """Read two angles with hemispheres or degree signs, in either order."""
    if not _looks_like_angle(text):
        return None
    upper = text.strip(_BRACKETS).upper()
    halves = _halves(upper)
    if halves is None:
        return None
    first, second = halves
    # The empty text is in every text: without a letter the order is latitude first.
    if _hemisphere(first) in "EW" and _hemisphere(first):
        first, second = second, first
    lat, lon = _angle(first, "NS"), _angle(second, "EW")
    return Degrees(lon, lat) if lat is not None and lon is not None else None


def _halves(text: str) -> tuple[str, str] | None:
    letters = [index for index, sign in enumerate(text) if sign in "NSEW"]
    if len(letters) == 2:  # noqa: PLR2004 - one for each of two angles
        cut = letters[1] if letters[0] == 0 else letters[0] + 1
        return text[:cut].strip(" ,;/|"), text[cut:].strip(" ,;/|")
    if letters:
        return None
    for sign in (";", "/", "|", ", ", ",", "  ", " "):
        parts = [part for part in text.split(sign) if part.strip()]
        if len(parts) == 2:  # noqa: PLR2004 - latitude and longitude
            return parts[0], parts[1]
    return None


def _looks_like_angle(text: str) -> bool:
    return any(sign in _ANGLE_SIGNS for sign in text) or any(sign in "NSEWnsew" for sign in text)


def _hemisphere(text: str) -> str:
    letters = [sign for sign in text.upper() if sign in "NSEW"]
    return letters[0] if len(letters) == 1 else ""


def _angle(text: str, hemispheres: str) -> float | None:
    """Read one angle; None where anything but numbers, marks and one hemisphere stands in it."""
    upper = text.strip(_BRACKETS).upper()
    hemisphere = _hemisphere(upper)
    if (hemisphere and hemisphere not in hemispheres) or (
        not hemisphere and any(sign in "NSEW" for sign in upper)
    ):
        return None
    bare = upper.replace(hemisphere, " ", 1).strip() if hemisphere else upper
    is_negative = bare.startswith("-")
    bare = bare.removeprefix("-").removeprefix("+")
    numbers = _ANGLE_NUMBER.findall(bare)
    rest = _ANGLE_NUMBER.sub("", bare).casefold()
    if not 1 <= len(numbers) <= _PARTS_MAX or not _MARKS.fullmatch(rest):
        return None
    # Only the last part of degrees, minutes and seconds may have decimals.
    if any("." in number or "," in number for number in numbers[:-1]):
        return None
    parts = [float(number.replace(",", ".")) for number in numbers]
    if any(part >= _SIXTY for part in parts[1:]) or parts[0] > _DEGREES_MAX:
        return None
    # "-33 S" could mean either half of the world.
    if is_negative and hemisphere:
        return None
    degrees = sum(part / _SIXTY**power for power, part in enumerate(parts))
    return -degrees if is_negative or hemisphere in {"S", "W"} else degrees


def _pair(text: str, decimal: str, *, is_lon_first: bool) -> Numbers | None:
    inner = text.strip(_BRACKETS)
    signs = (";", "|", "/", " ") if decimal == "," else (",", ";", "|", "/", " ", "\t")
    for sign in signs:
        parts = [part.strip() for part in inner.split(sign) if part.strip()]
        if len(parts) == 2 and all(_NUMBER.fullmatch(part.replace(decimal, ".")) for part in parts):  # noqa: PLR2004 - two numbers
            lat, lon = reversed(parts) if is_lon_first else parts
            return Numbers(lon, lat)
    return None


_SYNTAXES: Final = {
    "wkt": _wkt, "wkb": _wkb, "geojson": _geojson, "mgrs": _mgrs, "os grid": _os_grid,
    "address (lat, lon)": _behind_address, "degrees minutes seconds": _angles,
}  # fmt: skip
