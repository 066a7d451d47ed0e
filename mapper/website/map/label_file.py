"""
Names that stand on the map: countries by code, and the larger cities (docs/page-format.md, labels).

Country names are not in the file: the page says them in the reader's language. Smaller places come
with ``places.js`` once the map is close enough to show them.
"""

import csv
import math
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from mapper.clean.gazetteer import places
from mapper.website.map.mercator import grid_cells

GRID_BITS = 16
LEAST_POPULATION = 300_000
_NO_COUNTRY = frozenset({"AQ"})
"""Its name would stand where nobody is mapped."""


_EARTH_PX = 256
_COUNTRY_PX = 130
"""How wide the widest circle inside a country is when the map opens on it."""
_ZOOM_MIN, _ZOOM_MAX = 3, 10


@cache
def country_views(boundaries_dir: Path) -> dict[str, tuple[float, float, int]]:
    """
    Return for each country where the map opens on it: longitude and latitude in degrees, and zoom.

    Parameters
    ----------
    boundaries_dir
        ``Settings.boundaries_dir``, which holds ``country_points.csv``.
    """
    size = 1 << GRID_BITS
    views = {}
    for row in _country_points(boundaries_dir):
        lon_deg = (int(row["x"]) + 0.5) / size * 360 - 180
        turned = math.pi * (1 - 2 * (int(row["y"]) + 0.5) / size)
        lat_deg = math.degrees(math.atan(math.sinh(turned)))
        wanted = math.log2(_COUNTRY_PX / _EARTH_PX * size / (2 * int(row["radius"])))
        zoom = min(_ZOOM_MAX, max(_ZOOM_MIN, math.floor(wanted)))
        views[row["country_code"]] = (lon_deg, lat_deg, zoom)
    return views


def _country_points(boundaries_dir: Path) -> list[dict[str, str]]:
    with (boundaries_dir / "country_points.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@cache
def labelled_rows() -> npt.NDArray[np.int64]:
    """Return the rows of the gazetteer that `labels.js` names, the most populous first."""
    population = places().population
    order = np.argsort(-population, kind="stable").astype(np.int64)
    rows: npt.NDArray[np.int64] = order[population[order] >= LEAST_POPULATION]
    return rows


@cache
def labelled_cities() -> tuple[tuple[str, str], ...]:
    """Return the name and the country's code of each of `labelled_rows`."""
    table, rows = places(), labelled_rows()
    names = map(table.name, rows.tolist())
    return tuple(zip(names, table.country_codes[rows].tolist(), strict=True))


def labels_payload(boundaries_dir: Path) -> dict[str, Any]:
    """
    Return the payload of ``data/labels.js``.

    Parameters
    ----------
    boundaries_dir
        ``Settings.boundaries_dir``, which holds ``country_points.csv``.
    """
    points = _country_points(boundaries_dir)
    rows = [row for row in points if row["country_code"] not in _NO_COUNTRY]
    rows.sort(key=lambda row: (-int(row["radius"]), row["country_code"]))
    table, chosen = places(), labelled_rows()
    x, y = grid_cells(table.lon_deg[chosen], table.lat_deg[chosen], GRID_BITS)
    return {
        "schema": 1,
        "q": GRID_BITS,
        "countries": {
            "code": [row["country_code"] for row in rows],
            "x": [int(row["x"]) for row in rows],
            "y": [int(row["y"]) for row in rows],
            "radius": [int(row["radius"]) for row in rows],
        },
        # The most populous first.
        "cities": {
            "name": [name for name, _ in labelled_cities()],
            "x": x.tolist(),
            "y": y.tolist(),
            "thousands": (table.population[chosen] // 1000).tolist(),
        },
    }
