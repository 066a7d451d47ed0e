"""State and county of a position, where boundaries that may be passed on are bundled."""

import gzip
import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyproj
import shapely
from shapely.geometry import shape

from mapper.resolve.borders import BorderLines
from mapper.resolve.earth import Floats, points

ADMIN_COLUMNS = ("admin1", "admin2")
"""The columns of ``assign_admin_areas``."""

COUNTIES_FILE = "us_counties.geojson.gz"
"""The counties of the United States as the folder of bundled files has them."""

_COUNTRY = "US"
_M2_PER_KM2 = 1e6


@dataclass(frozen=True, slots=True)
class AdminArea:
    """
    A state or a county.

    Attributes
    ----------
    area_id
        As the columns ``admin1`` and ``admin2`` have it.
    level
        1 for a state, 2 for a county.
    within
        The state of a county; empty for a state.
    area_km2
        Of the simplified outline, on the ellipsoid of WGS 84; lakes of a county are counted.
    """

    area_id: str
    level: int
    name: str
    within: str
    area_km2: float


@dataclass(frozen=True, slots=True)
class _Counties:
    polygons: npt.NDArray[np.object_]
    states: npt.NDArray[np.object_]
    counties: npt.NDArray[np.object_]
    county_lines: BorderLines
    state_lines: BorderLines


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
        ISO code of each position; a state is looked for in its own country alone.
    boundaries_dir
        ``Settings.boundaries_dir``.

    Returns
    -------
    DataFrame
        One row per position in the order given, columns ``ADMIN_COLUMNS``, None where it is not
        known. The outlines are simplified by up to about 1 km, so that within 1 km of a line
        between two counties ``admin2`` is None, and of one between two states ``admin1`` too.
    """
    answers = {name: np.full(len(lon_deg), None, dtype=np.object_) for name in ADMIN_COLUMNS}
    rows = np.flatnonzero(np.asarray(country_code, dtype=object) == _COUNTRY)
    # The file is large, and most inputs hold no camera that it tells anything of.
    if len(rows):
        areas = _counties(boundaries_dir / COUNTIES_FILE)
        lon_deg, lat_deg = np.asarray(lon_deg, float)[rows], np.asarray(lat_deg, float)[rows]
        tree = shapely.STRtree(points(lon_deg, lat_deg))
        owners, inside = tree.query(areas.polygons, predicate="covers")
        for name, values, lines in (
            ("admin1", areas.states, areas.state_lines),
            ("admin2", areas.counties, areas.county_lines),
        ):
            within = np.full(len(rows), None, dtype=np.object_)
            within[inside] = values[owners]
            within[lines.are_near(lon_deg, lat_deg)] = None
            answers[name][rows] = within
    return pd.DataFrame(answers, columns=list(ADMIN_COLUMNS), dtype=object)


def admin_areas(boundaries_dir: Path) -> Iterator[AdminArea]:
    """Yield every state and county that a camera can be in, by their ids."""
    earth = pyproj.Geod(ellps="WGS84")
    states: dict[str, tuple[str, float]] = {}
    counties = []
    for feature in _features(boundaries_dir / COUNTIES_FILE):
        of = feature["properties"]
        area_m2, _length_m = earth.geometry_area_perimeter(
            shapely.orient_polygons(shape(feature["geometry"]))
        )
        area_km2 = abs(area_m2) / _M2_PER_KM2
        counties.append(AdminArea(of["admin2"], 2, of["admin2_name"], of["admin1"], area_km2))
        before = states.get(of["admin1"], ("", 0.0))[1]
        states[of["admin1"]] = (of["admin1_name"], before + area_km2)
    for area_id, (name, area_km2) in sorted(states.items()):
        yield AdminArea(area_id, 1, name, "", area_km2)
    yield from sorted(counties, key=lambda county: county.area_id)


def _features(path: Path) -> list[dict[str, dict[str, str]]]:
    features: list[dict[str, dict[str, str]]] = json.loads(gzip.decompress(path.read_bytes()))[
        "features"
    ]
    return features


@lru_cache(maxsize=2)
def _counties(path: Path) -> _Counties:
    features = _features(path)
    whole = np.array([shape(feature["geometry"]) for feature in features], dtype=np.object_)
    polygons, owners = shapely.get_parts(whole, return_index=True)
    states, counties = (
        np.array([feature["properties"][name] for feature in features], dtype=np.object_)[owners]
        for name in ADMIN_COLUMNS
    )
    return _Counties(
        polygons,
        states,
        counties,
        BorderLines.between(polygons, list(counties), ()),
        BorderLines.between(polygons, list(states), ()),
    )
