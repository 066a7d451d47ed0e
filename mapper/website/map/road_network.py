"""
The larger roads of a build, for the question which of them pass a plate reader.

docs/page-format.md, roads. One file of all roads: a part of them would tell a server which town is
asked for.
"""

from itertools import pairwise
from typing import Any

import numpy as np

from mapper.model.basemap import ROAD_CLASSES, Basemap, Roads, RoadsState
from mapper.website.map.data_file import packed_json

PARTS = 10_000_000
"""Parts of a degree: OpenStreetMap's own, so that roads that meet there meet in the page."""


def roads_payload(context: Basemap | None) -> dict[str, Any]:
    """
    Return the payload of ``data/roads.js``: the roads, or why there are none.

    Parameters
    ----------
    context
        None where the page has no streets.
    """
    roads = RoadsState.NO_STREETS if context is None else context.roads
    if not isinstance(roads, Roads):
        return _payload(roads, Roads())
    return _payload(RoadsState.WHOLE, roads)


def _payload(state: RoadsState, roads: Roads) -> dict[str, Any]:
    names = sorted({"", *roads.names})
    number_of = {name: number for number, name in enumerate(names)}
    class_of = {road_class: number for number, road_class in enumerate(ROAD_CLASSES)}
    lonlat_deg = np.asarray(roads.lonlat_deg, dtype=np.float64).reshape(-1, 2)
    corners = np.rint(lonlat_deg * PARTS).astype(np.int64)
    shapes = []
    for road_class, name, (start, end) in zip(
        roads.classes, roads.names, pairwise(roads.offsets), strict=True
    ):
        own = corners[start:end]
        # From corner to corner: small numbers, which pack to a third.
        moves = np.concatenate([own[:1], np.diff(own, axis=0)]).ravel().tolist()
        shapes.append([class_of[road_class], number_of[name], *moves])
    return {
        "schema": 1,
        "state": str(state),
        "covered": None if roads.covered_deg is None else list(roads.covered_deg),
        "parts": PARTS,
        "classes": list(ROAD_CLASSES),
        "names": names,
        "n": len(roads),
        "gz": packed_json(shapes),
    }
