"""
Cameras that a publisher gave another id: gone under one, new under another, at one position.

Positions must be the same to the centimetre. Where as many rows went as came at one spot they are
paired in the order of their ids, which is all that can be said of them; else none is.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from math import asin, cos, radians, sin, sqrt
from typing import Any, Final

EARTH_RADIUS_M: Final = 6_371_008.8
"""The mean radius of the Earth (IUGG)."""

_SAME_DECIMALS: Final = 7
Position = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Renumbered:
    """One camera under two ids."""

    before: str
    after: str


def renumbered(
    removed: Mapping[str, Mapping[str, Any]], added: Mapping[str, Mapping[str, Any]]
) -> tuple[Renumbered, ...]:
    """
    Pair removed and added rows of one source at one position.

    Parameters
    ----------
    removed, added
        Released rows by ``camera_id``; read are ``source_id`` and ``geometry``, a pair of
        longitude and latitude in degrees.

    Returns
    -------
    tuple
        Sorted by the older id. Positions at which several rows went or came make no pair,
        unless as many came as went: then they pair in the order of their ids.
    """
    gone, came = _by_place(removed), _by_place(added)
    return tuple(
        sorted(
            (
                Renumbered(before, after)
                for place in gone.keys() & came.keys()
                # Two cameras of one pole that were renumbered: which is which is not known, that
                # they are two is.
                if len(gone[place]) == len(came[place])
                for before, after in zip(gone[place], came[place], strict=True)
            ),
            key=lambda pair: pair.before,
        )
    )


def _by_place(rows: Mapping[str, Mapping[str, Any]]) -> dict[tuple[str, Position], list[str]]:
    places: defaultdict[tuple[str, Position], list[str]] = defaultdict(list)
    for camera_id in sorted(rows):
        lon_deg, lat_deg = rows[camera_id]["geometry"]
        place = (round(lon_deg, _SAME_DECIMALS), round(lat_deg, _SAME_DECIMALS))
        places[rows[camera_id]["source_id"], place].append(camera_id)
    return places


def distance_m(here: Position, there: Position) -> float:
    """Return the metres between two pairs of longitude and latitude in degrees, on the sphere."""
    (lon_1, lat_1), (lon_2, lat_2) = ((radians(x), radians(y)) for x, y in (here, there))
    half = sin((lat_2 - lat_1) / 2) ** 2
    half += cos(lat_1) * cos(lat_2) * sin((lon_2 - lon_1) / 2) ** 2
    # Rounding can put opposite points a hair above 1, where asin has no value.
    return 2 * EARTH_RADIUS_M * asin(min(1.0, sqrt(half)))
