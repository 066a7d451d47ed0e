"""Shapes of the map from OSM or Overpass JSON: ``geometry`` of ``out geom``, or nodes beside."""

from collections.abc import Iterator, Mapping, Sequence

import shapely
from shapely.geometry.base import BaseGeometry

from mapper.model.basemap import BasemapKind
from mapper.sources.osm.basemap_kinds import (
    GetTag,
    Shape,
    area_kind,
    is_coastline,
    line_kind,
    road_class,
    shown_name,
)
from mapper.sources.osm.json_elements import (
    Element,
    JsonBody,
    lonlat_or_none,
    members,
    whole,
)

_CLOSED_MIN = 4

Place = tuple[float, float] | None
Nodes = Mapping[int, tuple[float, float]]


def shapes(body: JsonBody, kinds: frozenset[BasemapKind]) -> Iterator[Shape]:
    """Read all shapes of the kinds asked for; coastlines as water areas."""
    nodes: dict[int, tuple[float, float]] = {}
    ways: dict[int, Element] = {}
    for element in body.elements:
        if element["type"] == "node" and (place := lonlat_or_none(element)):
            nodes[whole(element["id"])] = place
        elif element["type"] == "way":
            ways[whole(element["id"])] = element
    for element in body.elements:
        get = _text_tags(element)
        if get is None:
            continue
        if element["type"] == "way":
            yield from _way_shapes(element, get, kinds, nodes)
        elif element["type"] == "relation" and get("type") == "multipolygon":
            outer = _member_lines(element, "outer", ways, nodes)
            inner = _member_lines(element, "inner", ways, nodes)
            yield from _relation_shapes(element, get, kinds, (outer, inner))


def _way_shapes(
    way: Element, get: GetTag, kinds: frozenset[BasemapKind], nodes: Nodes
) -> Iterator[Shape]:
    places = _places(way, nodes)
    ref = (1, whole(way["id"]))
    line, area = line_kind(get), area_kind(get)
    if line in kinds and line is not None:
        for run in _runs(places):
            name = shown_name(line, get)
            yield Shape(line, ref, name, run, is_coastline(get), road_class(line, get))
    is_closed = len(places) >= _CLOSED_MIN and places[0] == places[-1] and None not in places
    if area in kinds and area is not None and is_closed:
        polygon = shapely.make_valid(shapely.polygons([p for p in places if p]))
        yield Shape(area, ref, shown_name(area, get), polygon)


def _relation_shapes(
    relation: Element,
    get: GetTag,
    kinds: frozenset[BasemapKind],
    lines: tuple[list[BaseGeometry], list[BaseGeometry]],
) -> Iterator[Shape]:
    kind = area_kind(get)
    if kind is None or kind not in kinds:
        return
    outer, inner = lines
    polygon = shapely.difference(_enclosed(outer), _enclosed(inner))
    if not polygon.is_empty:
        yield Shape(kind, (2, whole(relation["id"])), shown_name(kind, get), polygon)


def _member_lines(
    relation: Element, role: str, ways: Mapping[int, Element], nodes: Nodes
) -> list[BaseGeometry]:
    """Return the lines of the members of one role, by their own geometry or by their ways."""
    lines: list[BaseGeometry] = []
    for member in members(relation):
        if member.get("role") == role and member.get("type") == "way":
            places = _places(member, nodes) or _places(
                ways.get(whole(member.get("ref")), {}), nodes
            )
            lines += _runs(places)
    return lines


def _enclosed(lines: list[BaseGeometry]) -> BaseGeometry:
    """Join lines to rings, and give the area they enclose."""
    if not lines:
        return shapely.MultiPolygon()
    rings = shapely.polygonize(shapely.get_parts(shapely.union_all(lines)))
    return shapely.union_all(shapely.get_parts(rings))


def _places(element: Element, nodes: Nodes) -> list[Place]:
    """Return the positions along a way; None where the file does not hold one."""
    geometry = element.get("geometry")
    if isinstance(geometry, list):
        return [lonlat_or_none(place) for place in geometry]
    refs = element.get("nodes")
    return [nodes.get(whole(ref)) for ref in refs] if isinstance(refs, list) else []


def _runs(places: Sequence[Place]) -> list[BaseGeometry]:
    """Return one line per stretch without gaps."""
    runs: list[list[tuple[float, float]]] = [[]]
    for place in places:
        if place is None:
            runs.append([])
        elif not runs[-1] or runs[-1][-1] != place:
            runs[-1].append(place)
    return [shapely.linestrings(run) for run in runs if len(run) > 1]


def _text_tags(element: Element) -> GetTag | None:
    tags = element.get("tags")
    if not isinstance(tags, dict):
        return None
    return {key: value for key, value in tags.items() if isinstance(value, str)}.get
