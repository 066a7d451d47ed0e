"""Positions from outside: two finite numbers within range, or an error that says why not."""

import math
from collections.abc import Sequence

from mapper.errors import CoordinateError

LON_DEG_MAX = 180.0
LAT_DEG_MAX = 90.0


def checked_lonlat(lon_deg: object, lat_deg: object) -> tuple[float, float]:
    """
    Accept a longitude and a latitude that are numbers, finite and in range.

    The pair (0, 0) is refused, because publishers write it for "unknown"; it lies in the open
    Gulf of Guinea, where no camera stands.

    Parameters
    ----------
    lon_deg, lat_deg
        Decimal degrees, WGS 84. Whole numbers are allowed, texts and truth values are not.

    Returns
    -------
    lon_deg, lat_deg
        Decimal degrees, WGS 84, unrounded.

    Raises
    ------
    CoordinateError
        If a value is no number, not finite, out of range, or both are zero.
    """
    lon = _number(lon_deg, "longitude")
    lat = _number(lat_deg, "latitude")
    if not -LON_DEG_MAX <= lon <= LON_DEG_MAX:
        msg = f"longitude {lon!r} is outside -180 to 180"
        raise CoordinateError(msg)
    if not -LAT_DEG_MAX <= lat <= LAT_DEG_MAX:
        msg = f"latitude {lat!r} is outside -90 to 90"
        raise CoordinateError(msg)
    if lon == 0 and lat == 0:
        msg = "the position is 0, 0, which publishers write for unknown"
        raise CoordinateError(msg)
    return lon, lat


def lonlat_from_text(lon_text: str, lat_text: str) -> tuple[float, float]:
    """
    Read a position from two texts with a decimal point.

    Raises
    ------
    CoordinateError
        If a text is no plain decimal number (a decimal comma, a thousands separator, a word),
        or as ``checked_lonlat``.
    """
    return checked_lonlat(_parsed(lon_text, "longitude"), _parsed(lat_text, "latitude"))


def lonlat_from_geojson(position: Sequence[object]) -> tuple[float, float]:
    """
    Read a GeoJSON position as longitude and latitude.

    A third number (height, in metres) is allowed by the standard and dropped.

    Parameters
    ----------
    position
        Two or three numbers in GeoJSON order: longitude, then latitude, WGS 84.

    Raises
    ------
    CoordinateError
        If there are fewer than two or more than three numbers, or as ``checked_lonlat``.

    Notes
    -----
    Source: RFC 7946, sections 3.1.1 (axis order) and 4 (CRS).
    """
    # A text of two letters has a length of two as well.
    if isinstance(position, str | bytes) or len(position) not in {2, 3}:
        msg = f"a position has two or three numbers, this is {position!r}"
        raise CoordinateError(msg)
    return checked_lonlat(position[0], position[1])


def _number(value: object, name: str) -> float:
    # True is an int to Python, and would be a longitude of one degree.
    if isinstance(value, bool) or not isinstance(value, int | float):
        msg = f"{name} {value!r} is not a number"
        raise CoordinateError(msg)
    try:
        number = float(value)
    except OverflowError as error:
        msg = f"{name} is a whole number too large for any position"
        raise CoordinateError(msg) from error
    if not math.isfinite(number):
        msg = f"{name} {number!r} is not finite"
        raise CoordinateError(msg)
    return number


def _parsed(text: str, name: str) -> float:
    stripped = text.strip()
    # float() also takes "1_0", "infinity" and digits of other scripts.
    if not stripped.isascii() or "_" in stripped:
        msg = f"{name} {text!r} is not a decimal number"
        raise CoordinateError(msg)
    try:
        return float(stripped)
    except ValueError as error:
        msg = f"{name} {text!r} is not a decimal number"
        raise CoordinateError(msg) from error
