"""An area in degrees, as it is written on the command line and asked of Overpass."""

from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

from mapper.errors import UsageError

_DECIMALS = 7
"""In which OpenStreetMap keeps its positions: about a centimetre."""
_STEP_DEG = Decimal(10) ** -_DECIMALS
_LON_DEG_MAX, _LAT_DEG_MAX = 180.0, 90.0


@dataclass(frozen=True, slots=True)
class Bbox:
    """An area in degrees, WGS 84; ``west`` may be above ``east`` across 180 degrees."""

    west_deg: float
    south_deg: float
    east_deg: float
    north_deg: float

    @property
    def width_deg(self) -> float:
        """From west to east, going east."""
        return (self.east_deg - self.west_deg) % 360 or 360.0

    @property
    def area_deg2(self) -> float:
        """Width times height."""
        return self.width_deg * (self.north_deg - self.south_deg)

    def quarters(self) -> tuple["Bbox", ...]:
        """Return the four quarters, south-west first."""
        middle_deg = round(_wrapped(self.west_deg + self.width_deg / 2), _DECIMALS)
        half_deg = round((self.south_deg + self.north_deg) / 2, _DECIMALS)
        return (
            Bbox(self.west_deg, self.south_deg, middle_deg, half_deg),
            Bbox(middle_deg, self.south_deg, self.east_deg, half_deg),
            Bbox(self.west_deg, half_deg, middle_deg, self.north_deg),
            Bbox(middle_deg, half_deg, self.east_deg, self.north_deg),
        )

    def parts(self) -> tuple["Bbox", ...]:
        """Return the area without a part that crosses 180 degrees, which Overpass does not take."""
        if self.west_deg < self.east_deg:
            return (self,)
        return (
            Bbox(self.west_deg, self.south_deg, _LON_DEG_MAX, self.north_deg),
            Bbox(-_LON_DEG_MAX, self.south_deg, self.east_deg, self.north_deg),
        )

    def as_asked(self) -> str:
        """
        Write the smallest box of seven decimals that holds the whole area: ``S,W,N,E``.

        Rounded to the nearest, a camera on the edge would be lost without a word.
        """
        low = (_stepped(self.south_deg, ROUND_FLOOR), _stepped(self.west_deg, ROUND_FLOOR))
        high = (_stepped(self.north_deg, ROUND_CEILING), _stepped(self.east_deg, ROUND_CEILING))
        return ",".join((*low, *high))

    def __str__(self) -> str:
        """Write it as ``W,S,E,N``, every digit that it has."""
        sides = (self.west_deg, self.south_deg, self.east_deg, self.north_deg)
        return ",".join(_plain(Decimal(repr(side))) for side in sides)


def bbox_from_text(text: str) -> Bbox:
    """
    Read ``W,S,E,N`` in degrees.

    Raises
    ------
    UsageError
        If it is not four numbers in range and order.
    """
    try:
        west, south, east, north = (float(part) for part in text.split(","))
    except ValueError as error:
        msg = f"--bbox takes four numbers W,S,E,N, not {text[:80]!r}"
        raise UsageError(msg, next_step="for example --bbox 24.90,60.15,24.98,60.19") from error
    longitudes_fit = all(-_LON_DEG_MAX <= lon <= _LON_DEG_MAX for lon in (west, east))
    latitudes_fit = -_LAT_DEG_MAX <= south < north <= _LAT_DEG_MAX
    if not (longitudes_fit and latitudes_fit and west != east):
        msg = f"--bbox {text[:80]} is out of range or in another order than W,S,E,N"
        raise UsageError(msg, next_step="longitudes come first and third; south is below north.")
    return Bbox(west, south, east, north)


def around(lon_deg: float, lat_deg: float, half_lat_deg: float) -> Bbox:
    """Return the area around a point, twice as wide in degrees as it is high."""
    half_lon_deg = half_lat_deg * 2
    return Bbox(
        round(_wrapped(lon_deg - half_lon_deg), 4),
        round(max(lat_deg - half_lat_deg, -_LAT_DEG_MAX), 4),
        round(_wrapped(lon_deg + half_lon_deg), 4),
        round(min(lat_deg + half_lat_deg, _LAT_DEG_MAX), 4),
    )


def _wrapped(lon_deg: float) -> float:
    return (lon_deg + 180.0) % 360.0 - 180.0


def _stepped(side_deg: float, rounding: str) -> str:
    return _plain(Decimal(repr(side_deg)).quantize(_STEP_DEG, rounding))


def _plain(number: Decimal) -> str:
    text = f"{number:f}"
    return (text.rstrip("0").rstrip(".") if "." in text else text) or "0"
