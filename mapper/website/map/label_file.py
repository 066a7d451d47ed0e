"""
Names that stand on the map: countries by code, and the larger cities (docs/page-format.md, labels).

Country names are not in the file: the page says them in the reader's language. Smaller places come
with ``places.js`` once the map is close enough to show them.
"""

import csv
from pathlib import Path
from typing import Any

import numpy as np

from mapper.clean.gazetteer import places
from mapper.website.map.mercator import grid_cells

GRID_BITS = 16
LEAST_POPULATION = 300_000
_NO_COUNTRY = frozenset({"AQ"})
"""Its name would stand where nobody is mapped."""


def labels_payload(boundaries_dir: Path) -> dict[str, Any]:
    """
    Return the payload of ``data/labels.js``.

    Parameters
    ----------
    boundaries_dir
        ``Settings.boundaries_dir``, which holds ``country_points.csv``.
    """
    with (boundaries_dir / "country_points.csv").open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["country_code"] not in _NO_COUNTRY]
    rows.sort(key=lambda row: (-int(row["radius"]), row["country_code"]))
    table = places()
    order = np.argsort(-table.population, kind="stable")
    chosen = order[table.population[order] >= LEAST_POPULATION]
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
            "name": [table.name(number) for number in chosen.tolist()],
            "x": x.tolist(),
            "y": y.tolist(),
            "thousands": (table.population[chosen] // 1000).tolist(),
        },
    }
