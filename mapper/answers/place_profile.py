"""What the registry holds of a town: systems at it, and those of the whole country."""

from dataclasses import dataclass
from typing import Final

import pyproj

from mapper.answers.country_profile import in_time_only
from mapper.answers.documented_systems import DocumentedSystem, standing_deployments, system_of
from mapper.answers.time_window import Window
from mapper.clean import gazetteer
from mapper.clean.country_names import country_called
from mapper.clean.gazetteer import FoundPlace
from mapper.clean.spelling import folded_words, nearest
from mapper.errors import UsageError
from mapper.registry.codes import Answer
from mapper.registry.registry import Registry
from mapper.registry.tables import Deployment

_EARTH: Final = pyproj.Geod(ellps="WGS84")
_WIDE_M: Final = 50_000
"""A system whose point stands for more than this is one of a region, not of a town."""

_SHOWN_MAX: Final = 5


@dataclass(frozen=True, slots=True)
class PlaceProfile:
    """
    One town, or another place that the registry names.

    Attributes
    ----------
    name
        Of the place, with its country.
    country_code
        ISO 3166-1 alpha-2.
    point
        The place as GeoNames has it; None where only the registry names it.
    others
        Places of the same name that are not meant, the largest first; a few of them.
    elsewhere
        Those of them at which the registry holds a system.
    systems
        At the place, by name.
    nationwide
        Of the same country, without a point: they may reach it, and no source says so.
    outside
        How many of both certainly lie outside of the time asked for.
    """

    name: str
    country_code: str
    window: Window | None
    point: FoundPlace | None
    others: tuple[FoundPlace, ...]
    elsewhere: tuple[FoundPlace, ...]
    systems: tuple[DocumentedSystem, ...]
    nationwide: tuple[DocumentedSystem, ...]
    outside: int


def place_profile(
    registry: Registry, name: str, *, country: str = "", window: Window | None = None
) -> PlaceProfile:
    """
    Gather what the registry holds of a place.

    Parameters
    ----------
    name
        Its name in any spelling of GeoNames, or as the registry writes it; what stands behind a
        comma names the country or the state: ``Belgrade, RS``.
    country
        To look in one country alone, in any spelling.

    Raises
    ------
    UsageError
        If neither GeoNames nor the registry knows such a place; ``next_step`` names like ones.
    """
    code = country_called(country) if country else ""
    points = gazetteer.search(name, code)
    rows = standing_deployments(registry)
    # A place of the registry may be one that GeoNames does not have, such as a district or a
    # campus.
    named = [row for row in rows if _is_named(row, name) and code in {"", row.country_code}]
    if not points and not named:
        msg = f"neither GeoNames nor the registry knows a place called {name!r}"
        near = ", ".join(_spelled_alike(name, rows))
        raise UsageError(msg, next_step=f"Did you mean: {near}?" if near else "")
    point = points[0] if points else None
    # The largest place of a name is meant, unless a country was named; the others are listed, so
    # that who meant another sees it.
    country_code = point.country_code if point is not None else named[0].country_code
    here = [row for row in named if row.country_code == country_code]
    if point is not None:
        here += [row for row in _at(point, rows) if row not in here]
    # Country-wide systems have no point. They may reach the town, and no source says so: they stand
    # apart and are never counted as being at it.
    wide = [row for row in rows if row.country_code == country_code and row.lon_deg is None]
    kept, outside = _in_time(registry, here, window)
    wide_kept, wide_outside = _in_time(registry, [row for row in wide if row not in here], window)
    return PlaceProfile(
        name=point.name if point is not None else named[0].place,
        country_code=country_code,
        window=window,
        point=point,
        others=tuple(points[1 : 1 + _SHOWN_MAX]),
        elsewhere=tuple(one for one in points[1:] if _at(one, rows)),
        systems=kept,
        nationwide=wide_kept,
        outside=outside + wide_outside,
    )


def _is_named(row: Deployment, asked: str) -> bool:
    wanted = folded_words(asked.partition(",")[0])
    # "Kowloon; Hong Kong" and "Riverton, North State" name several places that each are an answer.
    parts = {folded_words(part) for part in row.place.replace(";", ",").split(",")}
    return wanted in parts


def _at(point: FoundPlace, rows: tuple[Deployment, ...]) -> list[Deployment]:
    """Return the systems whose point, within what it stands for, lies at a place."""
    here = []
    for row in rows:
        precision_m = float(row.location_precision_m or 0)
        if row.lon_deg is None or row.lat_deg is None or precision_m > _WIDE_M:
            continue
        # A radius around a border town reaches into a country that the source did not name.
        if row.country_code != point.country_code:
            continue
        _, _, metres = _EARTH.inv(row.lon_deg, row.lat_deg, point.lon_deg, point.lat_deg)
        # Both points stand for an area: the larger of the two decides whether they can be one
        # place.
        if metres <= max(precision_m, point.precision_m):
            here.append(row)
    return here


def _in_time(
    registry: Registry, rows: list[Deployment], window: Window | None
) -> tuple[tuple[DocumentedSystem, ...], int]:
    ordered = sorted(rows, key=lambda row: (row.name.casefold(), row.deployment_id))
    systems = [in_time_only(system_of(registry, row, window)) for row in ordered]
    kept = tuple(system for system in systems if system.in_time is not Answer.NO)
    return kept, len(systems) - len(kept)


def _spelled_alike(asked: str, rows: tuple[Deployment, ...]) -> list[str]:
    places = {folded_words(row.place): row for row in rows}
    near = [places[name] for name in nearest(folded_words(asked), places)]
    return [f"{row.place} ({row.country_code})" for row in near]
