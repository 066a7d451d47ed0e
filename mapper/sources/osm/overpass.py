"""
Cameras from OSM JSON: Overpass answers, the OSM API's JSON, bare lists of elements.

An element that is needed for a position (a node of a way, a member of a relation) may stand
anywhere in the file; ``center``, ``bounds`` and ``geometry``, which Overpass adds on request,
are taken first.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from mapper.errors import SourceFormatError
from mapper.model.enums import DeviceRole
from mapper.model.talk import Talk
from mapper.sources.osm.elements import (
    DEVICE_ROLE,
    ENFORCEMENT_TAG,
    TYPES,
    Box,
    Collector,
    Devices,
    Found,
    box_around,
    is_camera,
    known_edit,
    read_tags,
)
from mapper.sources.osm.json_body import load_json

Element = Mapping[str, object]
Key = tuple[str, int]

_TOP_FIELDS = frozenset(
    [
        "version",
        "generator",
        "osm3s",
        "elements",
        "remark",
        "copyright",
        "attribution",
        "license",
        "bounds",
    ]
)
_ELEMENT_FIELDS = frozenset(
    [
        "type",
        "id",
        "lat",
        "lon",
        "tags",
        "version",
        "timestamp",
        "nodes",
        "members",
        "center",
        "bounds",
        "geometry",
        "user",
        "uid",
        "changeset",
        "visible",
    ]
)
# Answers to ``out count`` and areas: Overpass sends them among the elements; they are no objects.
_TYPES_PASSED_OVER = frozenset({"count", "area"})
_INSTANT = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z", re.ASCII)
_FOREIGN_NEXT = "Give OSM or Overpass JSON; other lists come in with mapper import."
_ADVANCE_EVERY = 10_000


@dataclass(frozen=True, slots=True)
class JsonBody:
    """
    A parsed body.

    Attributes
    ----------
    is_answer
        Whether it carries Overpass's ``osm3s`` block and so ends where Overpass ended.
    base_time
        ``timestamp_osm_base`` as written, empty where there is none.
    """

    elements: Sequence[Element]
    is_answer: bool
    base_time: str
    notes: tuple[str, ...]


def read_body(path: Path, *, gzipped: bool) -> JsonBody:
    """
    Parse a file and check that it is a list of OSM elements.

    Raises
    ------
    SourceFormatError
        If it is not, or if the server says in ``remark`` that the answer is partial.
    """
    parsed = load_json(path, gzipped=gzipped)
    if isinstance(parsed, list):
        return JsonBody(_checked(path, parsed), is_answer=False, base_time="", notes=())
    if not isinstance(parsed, dict) or "elements" not in parsed:
        kind = parsed.get("type") if isinstance(parsed, dict) else None
        what = f"of type {kind!r}"[:60] if kind else "of another kind"
        msg = f"{path}: JSON {what}, with no OSM elements"
        raise SourceFormatError(msg, next_step=_FOREIGN_NEXT)
    if "remark" in parsed:
        msg = f"{path}: the server says that its answer is partial: {str(parsed['remark'])[:300]!r}"
        raise SourceFormatError(msg, next_step="Ask for a smaller area, or use an extract.")
    elements = parsed["elements"]
    if not isinstance(elements, list):
        msg = f"{path}: 'elements' is no list"
        raise SourceFormatError(msg, next_step=_FOREIGN_NEXT)
    osm3s = parsed.get("osm3s")
    base_time = osm3s.get("timestamp_osm_base") if isinstance(osm3s, dict) else ""
    return JsonBody(
        _checked(path, elements),
        is_answer=isinstance(osm3s, dict),
        base_time=base_time if isinstance(base_time, str) else "",
        notes=_fields_not_read(parsed, elements),
    )


def collect(path: Path, body: JsonBody, *, talk: Talk) -> tuple[Collector, tuple[str, ...]]:
    """
    Find every candidate of a body.

    Returns
    -------
    collector, notes

    Raises
    ------
    SourceFormatError
        If a camera's way names nodes and the file holds only some of them.
    """
    collector, devices = Collector(), Devices()
    areas = [each for each in body.elements if _takes_part(each, collector, devices, talk)]
    missing = set(devices.missing_from(collector)) - {_key(area) for area in areas}
    index = _Index(path, body.elements, areas, missing)
    for area in areas:
        collector.take_at_box(_found(area), index.box(area))
    for key in sorted(missing):
        _take_device(key, index, devices, collector)
    partial = (f"{index.partial} relations lie at the middle of the members that the file holds",)
    return collector, (*body.notes, *(partial if index.partial else ()))


def _takes_part(element: Element, collector: Collector, devices: Devices, talk: Talk) -> bool:
    """Take a camera node, note an enforcement relation; True for a camera way or relation."""
    tags = element.get("tags")
    if not isinstance(tags, dict):
        return False
    kind, osm_id = _key(element)
    if kind == "relation" and tags.get(ENFORCEMENT_TAG[0]) == ENFORCEMENT_TAG[1]:
        enforced = tags.get("enforcement")
        for member in members(element):
            if member.get("role") == DEVICE_ROLE:
                key = _member_key(member)
                if key[0] in TYPES:
                    devices.add(osm_id, enforced if isinstance(enforced, str) else "", key)
    if not is_camera(tags.get):
        return False
    if kind != "node":
        return True
    collector.take(_found(element), element.get("lon"), element.get("lat"))
    if len(collector) % _ADVANCE_EVERY == 0:
        talk.advance(_ADVANCE_EVERY)
    return False


def _take_device(key: Key, index: "_Index", devices: Devices, collector: Collector) -> None:
    element = index.elements.get(key)
    if element is None or key[0] == "relation":
        collector.miss(*key)
        return
    found = _found(element)
    if found.tags is not None:
        found = replace(found, tags=devices.tags_with_enforcement(key, dict(found.tags)))
    found = replace(found, role=DeviceRole.ENFORCEMENT_DEVICE)
    if key[0] == "node":
        collector.take(found, element.get("lon"), element.get("lat"))
    else:
        collector.take_at_box(found, index.box(element))


class _Index:
    """The elements that positions of ways and relations are made of."""

    def __init__(
        self, path: Path, elements: Sequence[Element], areas: Sequence[Element], devices: set[Key]
    ) -> None:
        self._path = path
        self.partial = 0
        wanted = set(devices)
        self.elements: dict[Key, Element] = {}
        # A relation needs its ways, which need their nodes: the second round finds the nodes.
        for _ in range(2):
            for each in (*areas, *self.elements.values()):
                wanted.update(_parts(each))
            if wanted - self.elements.keys():
                self.elements = {key: each for each in elements if (key := _key(each)) in wanted}

    def box(self, element: Element) -> Box | None:
        """Give the bounding box of a way or relation; None where nothing says it."""
        kind, osm_id = _key(element)
        if "center" in element:
            return box_around(_lonlats([element["center"]]))
        bounds = element.get("bounds")
        if isinstance(bounds, dict):
            return box_around(_lonlats(_corners(bounds)))
        if "geometry" in element:
            return box_around(_lonlats(_list(element["geometry"])))
        if kind == "way":
            return self._box_of_way(osm_id, _parts(element))
        return self._box_of_relation(element)

    def _box_of_way(self, osm_id: int, nodes: Sequence[Key]) -> Box | None:
        held = [self.elements[key] for key in nodes if key in self.elements]
        if held and len(held) < len(nodes):
            msg = f"{self._path}: way/{osm_id} is a camera, and not all its nodes are in the file"
            raise SourceFormatError(msg, next_step="Ask again, with 'out center' for the ways.")
        return box_around(_lonlats(held))

    def _box_of_relation(self, relation: Element) -> Box | None:
        parts = list(_parts(relation))
        for key in tuple(parts):
            if key[0] == "way" and key in self.elements:
                parts.extend(_parts(self.elements[key]))
        held = [self.elements[key] for key in parts if key in self.elements]
        nodes = [each for each in held if _key(each)[0] == "node"]
        in_place = [place for member in members(relation) for place in _member_places(member)]
        self.partial += len(held) < len(parts) and not in_place
        return box_around(_lonlats([*nodes, *in_place]))


def _checked(path: Path, elements: Sequence[object]) -> list[Element]:
    """Keep nodes, ways and relations; anything without a type and a whole id is foreign."""
    kept: list[Element] = []
    for count, element in enumerate(elements):
        if not isinstance(element, dict):
            msg = f"{path}: element {count:,} is no object"
            raise SourceFormatError(msg, next_step=_FOREIGN_NEXT)
        kind = str(element.get("type"))
        if kind in _TYPES_PASSED_OVER:
            continue
        if kind not in TYPES or not isinstance(element.get("id"), int):
            msg = f"{path}: element {count:,} is no node, way or relation with an id"
            raise SourceFormatError(msg, next_step=_FOREIGN_NEXT)
        kept.append(element)
    return kept


def _fields_not_read(top: Mapping[str, object], elements: Sequence[object]) -> tuple[str, ...]:
    odd = set(top) - _TOP_FIELDS
    for element in elements:
        if isinstance(element, dict):
            odd |= element.keys() - _ELEMENT_FIELDS
    if not odd:
        return ()
    names = ", ".join(sorted(repr(name[:40]) for name in odd)[:10])
    return (f"fields that OSM data does not have were not read: {names}",)


def _found(element: Element) -> Found:
    kind, osm_id = _key(element)
    tags = element.get("tags")
    read: dict[str, str] | None = read_tags(tags.get) if isinstance(tags, dict) else {}
    if read is not None and not all(isinstance(value, str) for value in read.values()):
        read = None
    known = known_edit(whole(element.get("version")), _instant(element.get("timestamp")))
    return Found(kind, osm_id, read, *known)


def _instant(written: object) -> str:
    """Give an instant that exists as written, anything else as empty."""
    if not isinstance(written, str) or not _INSTANT.fullmatch(written):
        return ""
    try:
        datetime.fromisoformat(written)
    except ValueError:
        return ""
    return written


def _key(element: Element) -> Key:
    return str(element["type"]), whole(element["id"])


def _member_key(member: Element) -> Key:
    return str(member.get("type")), whole(member.get("ref"))


def whole(value: object) -> int:
    """Give a whole number, and 0 for anything else, which no object has as id or version."""
    return value if isinstance(value, int) and not isinstance(value, bool) else 0


def _list(value: object) -> list[object]:
    return value if isinstance(value, list) else []


def members(relation: Element) -> list[Element]:
    """Give the members of a relation that are objects."""
    return [member for member in _list(relation.get("members")) if isinstance(member, dict)]


def _member_places(member: Element) -> Iterator[object]:
    """Give what ``out geom`` says of a member: its own position or its line."""
    yield from _list(member.get("geometry"))
    if "lat" in member:
        yield member


def _parts(element: Element) -> list[Key]:
    """Give type and id of what a way or relation is made of."""
    nodes = [("node", whole(ref)) for ref in _list(element.get("nodes"))]
    return nodes + [_member_key(member) for member in members(element)]


def _corners(bounds: Element) -> list[object]:
    return [
        {"lon": bounds.get("minlon"), "lat": bounds.get("minlat")},
        {"lon": bounds.get("maxlon"), "lat": bounds.get("maxlat")},
    ]


def _lonlats(places: Sequence[object]) -> Iterator[tuple[float, float]]:
    """Give the positions that are numbers; a line may have gaps."""
    return (place for place in map(lonlat_or_none, places) if place)


def lonlat_or_none(place: object) -> tuple[float, float] | None:
    """Give the position of what has ``lon`` and ``lat``; None of anything else."""
    if not isinstance(place, dict):
        return None
    lon, lat = place.get("lon"), place.get("lat")
    if not isinstance(lon, int | float) or not isinstance(lat, int | float):
        return None
    return lon, lat
