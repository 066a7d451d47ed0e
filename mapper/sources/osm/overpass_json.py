"""
Cameras from OSM JSON: Overpass answers, the OSM API's JSON, bare lists of elements.

An element that is needed for a position (a node of a way, a member of a relation) may stand
anywhere in the file; ``center``, ``bounds`` and ``geometry``, which Overpass adds on request,
are taken first.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from mapper.errors import SourceFormatError
from mapper.model.enums import DeviceRole
from mapper.model.progress import Progress
from mapper.sources.osm.column_collector import ColumnCollector
from mapper.sources.osm.elements import (
    DEVICE_ROLE,
    TYPES,
    Box,
    Candidate,
    Collector,
    Devices,
    box_around,
    known_edit,
)
from mapper.sources.osm.json_elements import (
    Element,
    JsonBody,
    Key,
    instant_of,
    key_of,
    list_of,
    lonlat_or_none,
    member_key,
    members,
    parts_of,
    whole,
)
from mapper.sources.osm.json_nodes import JsonNodes
from mapper.sources.osm.tag_reading import ENFORCEMENT_TAG, is_camera, read_tags_at_hand

_ADVANCE_EVERY = 10_000


def collect(path: Path, body: JsonBody, *, progress: Progress) -> tuple[Collector, tuple[str, ...]]:
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
    collector, devices = ColumnCollector(), Devices()
    nodes = JsonNodes(collector.tag_sets)
    areas = []
    for number, each in enumerate(body.elements, start=1):
        if not (each["type"] == "node" and nodes.take(each)) and _takes_part(
            each, collector, devices
        ):
            areas.append(each)
        if number % _ADVANCE_EVERY == 0:
            progress.advance(_ADVANCE_EVERY)
    collector.take_nodes(nodes.columns())
    missing = set(devices.missing_from(collector)) - {key_of(area) for area in areas}
    index = _Index(path, body.elements, areas, missing)
    for area in areas:
        collector.take_at_box(_candidate(area), index.box(area))
    for key in sorted(missing):
        _take_device(key, index, devices, collector)
    partial = (f"{index.partial} relations lie at the middle of the members that the file holds",)
    return collector, (*body.notes, *(partial if index.partial else ()))


def _takes_part(element: Element, collector: Collector, devices: Devices) -> bool:
    """Take a camera node, note an enforcement relation; True for a camera way or relation."""
    tags = element.get("tags")
    if not isinstance(tags, dict):
        return False
    kind, osm_id = key_of(element)
    if kind == "relation" and tags.get(ENFORCEMENT_TAG[0]) == ENFORCEMENT_TAG[1]:
        enforced = tags.get("enforcement")
        for member in members(element):
            if member.get("role") == DEVICE_ROLE:
                key = member_key(member)
                if key[0] in TYPES:
                    devices.add(osm_id, enforced if isinstance(enforced, str) else "", key)
    if not is_camera(tags.get):
        return False
    if kind != "node":
        return True
    collector.take(_candidate(element), element.get("lon"), element.get("lat"))
    return False


def _take_device(key: Key, index: "_Index", devices: Devices, collector: Collector) -> None:
    element = index.elements.get(key)
    if element is None or key[0] == "relation":
        collector.miss(*key)
        return
    candidate = _candidate(element)
    if candidate.tags is not None:
        candidate = replace(
            candidate, tags=devices.tags_with_enforcement(key, dict(candidate.tags))
        )
    candidate = replace(candidate, role=DeviceRole.ENFORCEMENT_DEVICE)
    if key[0] == "node":
        collector.take(candidate, element.get("lon"), element.get("lat"))
    else:
        collector.take_at_box(candidate, index.box(element))


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
                wanted.update(parts_of(each))
            if wanted - self.elements.keys():
                self.elements = {key: each for each in elements if (key := key_of(each)) in wanted}

    def box(self, element: Element) -> Box | None:
        """Return the bounding box of a way or relation; None where nothing says it."""
        kind, osm_id = key_of(element)
        if "center" in element:
            return box_around(_lonlats([element["center"]]))
        bounds = element.get("bounds")
        if isinstance(bounds, dict):
            return box_around(_lonlats(_corners(bounds)))
        if "geometry" in element:
            return box_around(_lonlats(list_of(element["geometry"])))
        if kind == "way":
            return self._box_of_way(osm_id, parts_of(element))
        return self._box_of_relation(element)

    def _box_of_way(self, osm_id: int, nodes: Sequence[Key]) -> Box | None:
        held = [self.elements[key] for key in nodes if key in self.elements]
        if held and len(held) < len(nodes):
            msg = f"{self._path}: way/{osm_id} is a camera, and not all its nodes are in the file"
            raise SourceFormatError(msg, next_step="Ask again, with 'out center' for the ways.")
        return box_around(_lonlats(held))

    def _box_of_relation(self, relation: Element) -> Box | None:
        """Return the box of the nodes and ways; relations within the relation do not count."""
        parts = [key for key in parts_of(relation) if key[0] != "relation"]
        for key in tuple(parts):
            if key[0] == "way" and key in self.elements:
                parts.extend(parts_of(self.elements[key]))
        held = [self.elements[key] for key in parts if key in self.elements]
        nodes = [each for each in held if key_of(each)[0] == "node"]
        in_place = [place for member in members(relation) for place in _member_places(member)]
        self.partial += len(held) < len(parts) and not in_place
        return box_around(_lonlats([*nodes, *in_place]))


def _candidate(element: Element) -> Candidate:
    kind, osm_id = key_of(element)
    tags = element.get("tags")
    read: dict[str, str] | None = read_tags_at_hand(tags) if isinstance(tags, dict) else {}
    if read is not None and not all(isinstance(value, str) for value in read.values()):
        read = None
    edit = known_edit(whole(element.get("version")), instant_of(element.get("timestamp")))
    return Candidate(kind, osm_id, read, *edit)


def _member_places(member: Element) -> Iterator[object]:
    """Yield what ``out geom`` says of a member: its own position or its line."""
    yield from list_of(member.get("geometry"))
    if "lat" in member:
        yield member


def _corners(bounds: Element) -> list[object]:
    return [
        {"lon": bounds.get("minlon"), "lat": bounds.get("minlat")},
        {"lon": bounds.get("maxlon"), "lat": bounds.get("maxlat")},
    ]


def _lonlats(places: Sequence[object]) -> Iterator[tuple[float, float]]:
    """Return the positions that are numbers; a line may have gaps."""
    return (place for place in map(lonlat_or_none, places) if place)
