"""Names of the streets around the cameras, for the search (docs/page-format.md, search)."""

from collections import defaultdict
from typing import Any

import numpy as np

from mapper.model.basemap import Basemap, BasemapKind

PARTS = 100_000
"""Parts of a degree: about a metre."""

_STREETS = frozenset({BasemapKind.STREET_MAJOR, BasemapKind.STREET_MINOR})
_APART_DEG = 0.05
"""Pieces of a name farther from each other than this, 3 to 5 km, are two streets."""


def streets_payload(context: Basemap | None) -> dict[str, Any]:
    """
    Return the named streets, by name: where one is meant, the middle of its longest piece.

    Parameters
    ----------
    context
        None where the page has no streets.
    """
    pieces: defaultdict[str, list[tuple[int, float, float]]] = defaultdict(list)
    if context is not None:
        lonlat_deg = np.asarray(context.lonlat_deg, dtype=np.float64).reshape(-1, 2)
        for shape, (kind, name) in enumerate(zip(context.kinds, context.names, strict=True)):
            if kind not in _STREETS or not name:
                continue
            points = lonlat_deg[context.offsets[shape] : context.offsets[shape + 1]]
            lon_deg, lat_deg = points[len(points) // 2]
            pieces[name].append((len(points), float(lon_deg), float(lat_deg)))
    rows = [(name, *point) for name in sorted(pieces) for point in _streets(pieces[name])]
    return {
        "parts": PARTS,
        "name": [name for name, _, _ in rows],
        "lon": [round(lon_deg * PARTS) for _, lon_deg, _ in rows],
        "lat": [round(lat_deg * PARTS) for _, _, lat_deg in rows],
    }


def _streets(pieces: list[tuple[int, float, float]]) -> list[tuple[float, float]]:
    """Return a point for each street of a name, that of its longest piece."""
    points: list[tuple[float, float]] = []
    for _, lon_deg, lat_deg in sorted(pieces, key=lambda piece: (-piece[0], piece[1:])):
        is_new = all(
            abs(lon_deg - other) > _APART_DEG or abs(lat_deg - beside) > _APART_DEG
            for other, beside in points
        )
        if is_new:
            points.append((lon_deg, lat_deg))
    return points
