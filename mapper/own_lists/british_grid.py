"""
References of the British National Grid, ``TQ 300 800``, as degrees.

Two letters name a square of 100 km, the digits a smaller one in it, eastings first. The position
is the middle of that square. References coarser than 100 m are no position of a camera.
"""

import re
from functools import cache
from typing import Final

from pyproj import Transformer

_REFERENCE: Final = re.compile(
    r"(?P<square>[HJNOST][A-HJ-Z])(?P<digits>\d{6}|\d{8}|\d{10})", re.ASCII
)
_HALVES: Final = re.compile(r"[A-Z]{2}\s*(?P<east>\d+)[\s,]+(?P<north>\d+)", re.ASCII)
_LETTERS: Final = "ABCDEFGHJKLMNOPQRSTUVWXYZ"
_FIVE: Final = 5
_SQUARE_M: Final = 100_000
# The grid begins 1,000 km west and 500 km south of its square SV.
_WEST_500_KM = 2
_EAST_MAX_M, _NORTH_MAX_M = 700_000, 1_300_000


def degrees_of(text: str) -> tuple[float, float] | None:
    """
    Return longitude and latitude in degrees, WGS 84, of the middle of the square.

    None for anything that is no reference of the grid, or is coarser than 100 m.

    Examples
    --------
    ``TQ 300 800`` is a square of 100 m near Charing Cross; ``TQ 30000 80000`` one of 1 m.
    """
    upper = text.strip().upper()
    halves = _HALVES.fullmatch(upper)
    if halves and len(halves["east"]) != len(halves["north"]):
        return None
    match = _REFERENCE.fullmatch(re.sub(r"[\s,]+", "", upper))
    if match is None:
        return None
    half = len(match["digits"]) // 2
    size_m = 10 ** (_FIVE - half)
    large, small = (_LETTERS.index(letter) for letter in match["square"])
    # Both letters count from the north-west corner of a block of five by five.
    east = (large % _FIVE - _WEST_500_KM) * _FIVE + small % _FIVE
    north = (3 - large // _FIVE) * _FIVE + (_FIVE - 1 - small // _FIVE)
    east_m = east * _SQUARE_M + int(match["digits"][:half]) * size_m + size_m / 2
    north_m = north * _SQUARE_M + int(match["digits"][half:]) * size_m + size_m / 2
    if not (0 <= east_m < _EAST_MAX_M and 0 <= north_m < _NORTH_MAX_M):
        return None
    lon_deg, lat_deg = _to_degrees().transform(east_m, north_m)
    return float(lon_deg), float(lat_deg)


@cache
def _to_degrees() -> Transformer:
    return Transformer.from_crs("EPSG:27700", "EPSG:4326", always_xy=True)
