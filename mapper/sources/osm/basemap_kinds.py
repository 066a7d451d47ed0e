"""Which shapes of the map are drawn around cameras, and as what; by OpenStreetMap's own tags."""

from collections.abc import Callable
from dataclasses import dataclass

from shapely.geometry.base import BaseGeometry

from mapper.clean.text import clean_text
from mapper.model.basemap import ROAD_CLASSES, BasemapKind

COASTLINE_TAG = ("natural", "coastline")
"""Lines with land to their left and the sea to their right."""

LINE_KINDS = frozenset(
    {
        BasemapKind.STREET_MAJOR,
        BasemapKind.STREET_MINOR,
        BasemapKind.PATH,
        BasemapKind.RAIL,
        BasemapKind.WATER_LINE,
    }
)
AREA_KINDS = frozenset({BasemapKind.WATER_AREA, BasemapKind.GREEN, BasemapKind.BUILDING})

TAG_KEYS: tuple[str, ...] = (
    "area",
    "building",
    "highway",
    "landuse",
    "leisure",
    "name",
    "natural",
    "railway",
    "service",
    "tunnel",
    "type",
    "waterway",
)
"""All keys that decide over a shape or are shown with it."""

_SLIP_ROAD = "_link"
_MAJOR = {f"{word}{suffix}" for word in ROAD_CLASSES for suffix in ("", _SLIP_ROAD)}
_MINOR = {"residential", "unclassified", "living_street", "service", "road", "pedestrian", "busway"}
_PATHS = {"footway", "path", "cycleway", "steps", "track", "bridleway"}
_STREETS = (
    dict.fromkeys(_MAJOR, BasemapKind.STREET_MAJOR)
    | dict.fromkeys(_MINOR, BasemapKind.STREET_MINOR)
    | dict.fromkeys(_PATHS, BasemapKind.PATH)
)
_PRIVATE_WAYS = {"driveway", "parking_aisle", "drive-through"}
_RAILS = {"rail", "tram", "light_rail", "subway", "narrow_gauge", "funicular", "monorail"}
_WATERWAYS = {"river", "canal", "stream"}
_AREAS = {
    ("natural", "water"): BasemapKind.WATER_AREA,
    ("waterway", "riverbank"): BasemapKind.WATER_AREA,
    ("waterway", "dock"): BasemapKind.WATER_AREA,
    ("landuse", "reservoir"): BasemapKind.WATER_AREA,
    ("landuse", "basin"): BasemapKind.WATER_AREA,
    ("leisure", "park"): BasemapKind.GREEN,
    ("leisure", "garden"): BasemapKind.GREEN,
    ("leisure", "golf_course"): BasemapKind.GREEN,
    ("leisure", "nature_reserve"): BasemapKind.GREEN,
    ("landuse", "allotments"): BasemapKind.GREEN,
    ("landuse", "cemetery"): BasemapKind.GREEN,
    ("landuse", "forest"): BasemapKind.GREEN,
    ("landuse", "grass"): BasemapKind.GREEN,
    ("landuse", "meadow"): BasemapKind.GREEN,
    ("landuse", "orchard"): BasemapKind.GREEN,
    ("landuse", "recreation_ground"): BasemapKind.GREEN,
    ("landuse", "village_green"): BasemapKind.GREEN,
    ("landuse", "vineyard"): BasemapKind.GREEN,
    ("natural", "grassland"): BasemapKind.GREEN,
    ("natural", "heath"): BasemapKind.GREEN,
    ("natural", "scrub"): BasemapKind.GREEN,
    ("natural", "wood"): BasemapKind.GREEN,
}

GetTag = Callable[[str], str | None]


@dataclass(frozen=True, slots=True)
class Shape:
    """
    One shape of the map in degrees, WGS 84; lines or polygons.

    Attributes
    ----------
    ref
        Type (0 node, 1 way, 2 relation) and id in OpenStreetMap, to sort by.
    is_coastline
        Whether it is an edge of the sea, a line, of the kind that the sea is.
    road_class
        Of a larger street OpenStreetMap's word, a slip road under that of its road; else empty.
    """

    kind: BasemapKind
    ref: tuple[int, int]
    name: str
    geometry: BaseGeometry
    is_coastline: bool = False
    road_class: str = ""


def is_coastline(get: GetTag) -> bool:
    """Tell an edge of the sea."""
    return get(COASTLINE_TAG[0]) == COASTLINE_TAG[1]


def line_kind(get: GetTag) -> BasemapKind | None:
    """Say what a way is as a line, a coastline being water; None where it is not drawn as one."""
    if is_coastline(get):
        return BasemapKind.WATER_AREA
    highway = get("highway")
    if highway in _STREETS and get("area") != "yes":
        is_private_way = highway == "service" and get("service") in _PRIVATE_WAYS
        return BasemapKind.PATH if is_private_way else _STREETS[highway]
    if get("tunnel") not in {None, "no"}:
        return None
    if get("railway") in _RAILS:
        return BasemapKind.RAIL
    return BasemapKind.WATER_LINE if get("waterway") in _WATERWAYS else None


def road_class(kind: BasemapKind, get: GetTag) -> str:
    """Return which of ``ROAD_CLASSES`` a larger street is; empty for every other line."""
    if kind is not BasemapKind.STREET_MAJOR:
        return ""
    return (get("highway") or "").removesuffix(_SLIP_ROAD)


def area_kind(get: GetTag) -> BasemapKind | None:
    """Say what a closed way or multipolygon is; None where it is not drawn."""
    if get("building") not in {None, "no"}:
        return BasemapKind.BUILDING
    for key in ("natural", "waterway", "landuse", "leisure"):
        value = get(key)
        if value is not None and (key, value) in _AREAS:
            return _AREAS[key, value]
    return None


def shown_name(kind: BasemapKind, get: GetTag) -> str:
    """
    Return the cleaned name of a street, a water or a park.

    Buildings stay without one: theirs may be the name of who lives there.
    """
    name = None if kind is BasemapKind.BUILDING else get("name")
    return clean_text(name).text if name else ""
