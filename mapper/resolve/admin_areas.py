"""State and county of a position, and what they are called elsewhere, by bundled boundaries."""

import gzip
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyproj
import shapely

from mapper.model.enums import AdminMethod
from mapper.resolve.area_lookup import Outlines
from mapper.resolve.earth import Floats

ADMIN_COLUMNS = ("admin1", "admin1_method", "admin2", "admin2_method")
"""The columns of ``assign_admin_areas``."""

COUNTIES_FILE = "us_counties.geojson.gz"
"""The counties of the United States as the folder of bundled files has them."""

WORLD_DIR = "world_areas"
"""Holds the areas of other countries, a file each: a build opens those it has cameras in."""

AREA_FILE_END = ".geojson.gz"

_US = "US"
_RIGHT_TO_M = 1000.0
"""Both files are simplified by up to about this much."""

_M2_PER_KM2 = 1e6
_GEOMETRY_AFTER = ',"geometry":'


@dataclass(frozen=True, slots=True)
class AdminArea:
    """
    An area of the first level (a state, a region) or of the second (a county, a department).

    Attributes
    ----------
    area_id
        As the columns ``admin1`` and ``admin2`` have it.
    level
        1 or 2.
    within
        The area of the first level that one of the second lies in; empty for the first level.
    area_km2
        Of the simplified outline, on the ellipsoid of WGS 84; lakes are counted.
    population, population_on
        Inhabitants, and the year, month or day they were counted; None where it is not known.
    street_m
        Metres of street; None where they were not measured.
    """

    area_id: str
    level: int
    name: str
    within: str
    area_km2: float
    country_code: str
    method: AdminMethod
    population: int | None = None
    population_on: str | None = None
    street_m: float | None = None


@dataclass(frozen=True, slots=True)
class _Country:
    """One country's areas, ready to look up, and what each is called on either level."""

    outlines: Outlines
    area_ids: tuple[tuple[str, ...], tuple[str | None, ...]]
    method: AdminMethod


def assign_admin_areas(
    lon_deg: Floats, lat_deg: Floats, country_code: npt.NDArray[np.object_], boundaries_dir: Path
) -> pd.DataFrame:
    """
    Look up positions.

    Parameters
    ----------
    lon_deg, lat_deg
        Decimal degrees, WGS 84, equally long.
    country_code
        ISO code of each position; an area is looked for in its own country alone.
    boundaries_dir
        ``Settings.boundaries_dir``.

    Returns
    -------
    DataFrame
        One row per position in the order given, columns ``ADMIN_COLUMNS``, None where it is not
        known. The outlines are right to about 1 km, so that within 1 km of a line between two
        areas neither is said.
    """
    answers = {name: np.full(len(lon_deg), None, dtype=np.object_) for name in ADMIN_COLUMNS}
    lon_deg, lat_deg = np.asarray(lon_deg, float), np.asarray(lat_deg, float)
    for code, rows in rows_by_code(country_code):
        country = _country(boundaries_dir, code)
        if country is None:
            continue
        # Once for both levels, since an area of the first one is made of those of the second.
        candidates = country.outlines.candidates(lon_deg[rows], lat_deg[rows])
        for level, area_ids in enumerate(country.area_ids, start=1):
            ids = candidates.sole_ids(area_ids)
            answers[f"admin{level}"][rows] = ids
            is_known = np.array([area_id is not None for area_id in ids.tolist()], dtype=np.bool_)
            answers[f"admin{level}_method"][rows[is_known]] = country.method.value
    return pd.DataFrame(answers, columns=list(ADMIN_COLUMNS), dtype=object)


def rows_by_code(
    country_code: npt.NDArray[np.object_],
) -> Iterator[tuple[str, npt.NDArray[np.int64]]]:
    """Yield each country code and the rows that have it, rising; those without one are left out."""
    # Numbered once: to compare every row with each of 170 codes takes a fifth of a world's time.
    numbers, codes = pd.factorize(np.asarray(country_code, dtype=object))
    in_order = np.argsort(numbers, kind="stable")
    starts = np.searchsorted(numbers[in_order], np.arange(len(codes) + 1))
    for code, number in sorted((str(code), number) for number, code in enumerate(codes)):
        yield code, in_order[starts[number] : starts[number + 1]]


def admin_areas(boundaries_dir: Path, country_codes: Iterable[str]) -> Iterator[AdminArea]:
    """Yield every area of countries that a camera can be in: by country, level and id."""
    for code in sorted(set(country_codes)):
        described = _described(boundaries_dir)
        if code in described or _country(boundaries_dir, code) is not None:
            yield from described[code]


@cache
def _described(boundaries_dir: Path) -> dict[str, tuple[AdminArea, ...]]:  # noqa: ARG001 - one a folder
    """Return the areas of each country that was read, which weigh little beside their outlines."""
    return {}


# A few: the outlines of all countries weigh 200 MB, and each country is asked once a build.
@lru_cache(maxsize=4)
def _country(boundaries_dir: Path, country_code: str) -> _Country | None:
    """Read the areas of a country; None where none are bundled."""
    is_us = country_code == _US
    path = boundaries_dir / (COUNTIES_FILE if is_us else world_file(country_code))
    if not path.exists():
        return None
    method = AdminMethod.CENSUS_BUREAU if is_us else AdminMethod.NATURAL_EARTH
    properties, outlines = _read_features(path)
    first = tuple(str(of["admin1"]) for of in properties)
    second = tuple(None if of["admin2"] is None else str(of["admin2"]) for of in properties)
    _described(boundaries_dir)[country_code] = _areas(properties, country_code, method)
    return _Country(Outlines.of(outlines, right_to_m=_RIGHT_TO_M), (first, second), method)


def world_file(country_code: str) -> str:
    """Return where the areas of a country other than the United States lie among the bundled."""
    return f"{WORLD_DIR}/{country_code}{AREA_FILE_END}"


def _read_features(path: Path) -> tuple[list[dict[str, Any]], list[shapely.Geometry]]:
    """Read the properties and outlines of a bundled file, which has a feature a line."""
    properties, outlines = [], []
    for line in gzip.decompress(path.read_bytes()).decode("utf-8").splitlines():
        described, is_feature, drawn = line.rstrip(",").partition(_GEOMETRY_AFTER)
        if is_feature:
            properties.append(json.loads(described + "}")["properties"])
            outlines.append(drawn.removesuffix("}"))
    # GEOS reads the corners: a number of Python's for each would take five times as long.
    return properties, list(shapely.from_geojson(outlines))


def _areas(
    properties: list[dict[str, Any]], country_code: str, method: AdminMethod
) -> tuple[AdminArea, ...]:
    """Describe areas; one of the first level is as large as what it is made of."""
    first: dict[str, AdminArea] = {}
    second = []
    for of in properties:
        # Measured where the file was made: to do so here would take as long as to read it.
        km2, name = of["area_km2"], of["admin1_name"]
        empty = AdminArea(of["admin1"], 1, name, "", 0.0, country_code, method)
        whole = first.get(of["admin1"], empty)
        first[of["admin1"]] = replace(whole, area_km2=whole.area_km2 + km2)
        if of["admin2"] is not None:
            name = of["admin2_name"]
            second.append(AdminArea(of["admin2"], 2, name, of["admin1"], km2, country_code, method))
    ordered = sorted(second, key=lambda area: area.area_id)
    return (*(area for _area_id, area in sorted(first.items())), *ordered)


def geodesic_km2(outline: shapely.Geometry) -> float:
    """Return the area of polygons in degrees on the ellipsoid of WGS 84, in square kilometres."""
    area_m2, _length_m = pyproj.Geod(ellps="WGS84").geometry_area_perimeter(
        shapely.orient_polygons(outline)
    )
    return abs(float(area_m2)) / _M2_PER_KM2
