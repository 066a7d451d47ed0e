"""
The boundary of a municipality, as OpenStreetMap has it, and what lies within.

Asked for by the point of the place, as any spelling of its name may be that of another: of the
administrative areas around the point the one that bears the name is taken, at the level of
municipalities first.

Notes
-----
Source: https://wiki.openstreetmap.org/wiki/Overpass_API/Overpass_QL, ``is_in``, ``pivot`` and
``out geom``; https://wiki.openstreetmap.org/wiki/Tag:boundary=administrative, by which level 8 is
the municipality in most countries, and a city that is a state or a county of its own has 4 to 7.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import shapely
from shapely.geometry.base import BaseGeometry

from mapper.clean.spelling import folded_words
from mapper.errors import FetchError
from mapper.fetch.overpass_area import Bbox

_LEVELS = ("8", "7", "6", "9", "10", "5", "4")
"""``admin_level`` in the order of belief: that of municipalities, above and below it."""
_NAME_KEYS = frozenset({"name", "int_name", "alt_name", "short_name", "official_name"})
_NAME_PREFIX = "name:"
_OUTER, _INNER = "outer", "inner"
# Members of an old boundary may lack their role; the outer line is what they are then.
_OUTER_ROLES = frozenset({_OUTER, ""})


@dataclass(frozen=True, slots=True)
class Boundary:
    """
    One administrative area.

    Attributes
    ----------
    ref
        ``relation/54517``.
    geometry
        Polygons in degrees, WGS 84.
    """

    ref: str
    geometry: BaseGeometry

    @property
    def bbox(self) -> Bbox:
        """The box around it."""
        return Bbox(*self.geometry.bounds)

    def within(self, elements: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
        """
        Return the elements of an Overpass answer that lie within.

        A node by its place, a way or relation by its ``center``; enforcement stays where one of its
        devices stays.
        """
        shapely.prepare(self.geometry)
        inside = [each for each in elements if self._holds(each)]
        refs = {(each["type"], each["id"]) for each in inside}
        return [
            each
            for each in elements
            if (each["type"], each["id"]) in refs or _points_at(each, refs)
        ]

    def _holds(self, element: Mapping[str, Any]) -> bool:
        place = element if "lat" in element else element.get("center")
        if not isinstance(place, Mapping):
            return False
        lon_deg, lat_deg = place.get("lon"), place.get("lat")
        if not isinstance(lon_deg, int | float) or not isinstance(lat_deg, int | float):
            return False
        # On the line is within: neither of two neighbours may lose the camera on it.
        return bool(shapely.intersects_xy(self.geometry, lon_deg, lat_deg))


def _points_at(element: Mapping[str, Any], refs: set[tuple[str, int]]) -> bool:
    members = element.get("members")
    return isinstance(members, list) and any(
        isinstance(each, Mapping)
        and each.get("role") == "device"
        and (each.get("type"), each.get("ref")) in refs
        for each in members
    )


def areas_query(lon_deg: float, lat_deg: float) -> str:
    """Write the query for the administrative areas around a point."""
    levels = "|".join(_LEVELS)
    return (
        f"[out:json][timeout:60];is_in({lat_deg:.7f},{lon_deg:.7f})->.a;"
        f'rel(pivot.a)["boundary"="administrative"]["admin_level"~"^({levels})$"];out tags;'
    )


def geometry_query(relation_id: int) -> str:
    """Write the query for one relation with the lines that it is made of."""
    return f"[out:json][timeout:120];rel({relation_id});out geom;"


def municipality_among(elements: Iterable[Mapping[str, Any]], names: Iterable[str]) -> int | None:
    """
    Return the id of the relation that bears one of the names; None where none does.

    Parameters
    ----------
    elements
        Those of an answer to ``areas_query``.
    """
    wanted = {folded_words(name) for name in names} - {""}
    by_level: dict[str, int] = {}
    for element in sorted(elements, key=lambda each: int(each["id"])):
        tags = element.get("tags")
        if element["type"] != "relation" or not isinstance(tags, Mapping):
            continue
        if wanted & {folded_words(name) for name in _names_in(tags)}:
            by_level.setdefault(str(tags.get("admin_level")), int(element["id"]))
    return next((by_level[level] for level in _LEVELS if level in by_level), None)


def _names_in(tags: Mapping[str, Any]) -> Iterable[str]:
    for key, value in tags.items():
        if isinstance(value, str) and (key in _NAME_KEYS or key.startswith(_NAME_PREFIX)):
            yield from value.split(";")


def boundary_in(elements: Sequence[Mapping[str, Any]], relation_id: int) -> Boundary:
    """
    Read the answer to ``geometry_query``.

    Raises
    ------
    FetchError
        If the relation is not there, or its lines do not close.
    """
    relation = next(
        (each for each in elements if each["type"] == "relation" and each["id"] == relation_id),
        None,
    )
    if relation is None:
        msg = f"Overpass has no boundary relation/{relation_id}"
        raise FetchError(msg, next_step="name the area with --bbox.")
    outer, inner = _lines(relation, _OUTER_ROLES), _lines(relation, {_INNER})
    # Every member counts: a line that is left over shows that the ring has a gap.
    rings, cuts, dangles, invalid = shapely.polygonize_full(outer)
    is_open = any(not part.is_empty for part in (cuts, dangles, invalid))
    area = shapely.union_all(shapely.get_parts(rings))
    if is_open or area.is_empty:
        msg = f"the boundary relation/{relation_id} does not close in OpenStreetMap"
        raise FetchError(msg, next_step="name the area with --bbox, or mend the boundary.")
    holes = shapely.union_all(shapely.get_parts(shapely.polygonize(inner)))
    return Boundary(f"relation/{relation_id}", area.difference(holes))


def _lines(relation: Mapping[str, Any], roles: Iterable[str]) -> list[BaseGeometry]:
    wanted = set(roles)
    try:
        return [
            shapely.linestrings([(point["lon"], point["lat"]) for point in member["geometry"]])
            for member in relation["members"]
            if member["type"] == "way" and member.get("role", "") in wanted
        ]
    except (KeyError, TypeError, ValueError, shapely.errors.GEOSException) as error:
        msg = f"Overpass sent the boundary relation/{relation['id']} without its lines"
        raise FetchError(msg, next_step="try again later, or name the area with --bbox.") from error
