"""A town of four roads with plate readers, as an extract of OpenStreetMap would hold it."""

import math
from typing import Any, Final

LON, LAT = 13.4, 52.5
BOX: Final = (LON - 0.05, LAT - 0.03, LON + 0.05, LAT + 0.03)
NORTH_M = 6_371_008.8 * math.pi / 180
EAST_M = NORTH_M * math.cos(math.radians(LAT))

PLACES: Final = {
    1: (0, 0),
    2: (0, 500),
    3: (0, 1500),
    4: (500, 0),
    5: (1500, 0),
    6: (0, -500),
    7: (0, -1500),
    8: (-500, 0),
    9: (-1500, 0),
}
_WAYS: Final = {
    1: ("primary", "North Road", [1, 2, 3]),
    2: ("primary", "<b>East</b> Road", [1, 4, 5]),
    3: ("trunk", "", [1, 6, 7]),
    4: ("secondary", "West Road", [1, 8, 9]),
    5: ("tertiary", "Short Cut", [2, 4]),
}
# On the northern road below the junction, on the eastern before it, on the western of no direction,
# and a camera beside the southern road that reads no plates.
_READERS: Final = (
    (10, 250, "ALPR", {"direction": "270", "manufacturer": "Flock Safety", "operator": "Town"}),
    (700, 10, "ALPR", {"direction": "180", "manufacturer": "Axis"}),
    (-700, 5, "ALPR", {"operator": "Town"}),
    (10, -250, "camera", {"direction": "270"}),
)


def at(east_m: float, north_m: float) -> dict[str, float]:
    """Return a position in degrees, by metres from the middle of the town."""
    return {"lon": round(LON + east_m / EAST_M, 7), "lat": round(LAT + north_m / NORTH_M, 7)}


def elements() -> list[dict[str, Any]]:
    """Return the town in the shape of OSM JSON, sorted by type and id."""
    nodes = [{"type": "node", "id": ref, **at(*place)} for ref, place in PLACES.items()]
    readers = [
        {
            "type": "node",
            "id": 100 + number,
            "version": 1,
            "timestamp": "2025-01-01T00:00:00Z",
            **at(east_m, north_m),
            "tags": {
                "man_made": "surveillance",
                "surveillance": "public",
                "surveillance:type": kind,
                **tags,
            },
        }
        for number, (east_m, north_m, kind, tags) in enumerate(_READERS)
    ]
    ways = [
        {
            "type": "way",
            "id": ref,
            "nodes": refs,
            "tags": {"highway": kind} | ({"name": name} if name else {}),
        }
        for ref, (kind, name, refs) in _WAYS.items()
    ]
    return [*nodes, *readers, *ways]
