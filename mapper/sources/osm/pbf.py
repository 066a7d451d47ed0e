"""
Cameras from an OSM PBF file, by ``BlockReader`` and pyosmium's filters.

Filters run in C++, so Python sees candidates only, and of nodes, which nearly all are, columns. One
walk finds them; the ways that relations need and the nodes that ways need are looked up after it.
Memory grows with the candidates, not with the file.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path

import osmium

from mapper.errors import SourceFormatError
from mapper.model.enums import DeviceRole
from mapper.model.progress import Progress
from mapper.sources.osm.block_reader import BlockReader, OsmObject, broken_file_refused
from mapper.sources.osm.column_collector import ColumnCollector
from mapper.sources.osm.elements import (
    DEVICE_ROLE,
    Candidate,
    Collector,
    Devices,
    box_around,
    known_edit,
)
from mapper.sources.osm.node_columns import node_columns
from mapper.sources.osm.tag_reading import (
    ENFORCEMENT_TAG,
    Get,
    is_camera,
    read_tags,
)

_TYPE_OF_LETTER = {"n": "node", "w": "way", "r": "relation"}
_DEGREES_PER_UNIT = 1e7
_NO_NODES = osmium.osm.WAY | osmium.osm.RELATION

Position = tuple[float, float]


@dataclass(slots=True)
class _Waiting:
    """Ways and relations that wait for the positions of what they are made of."""

    ways: list[tuple[Candidate, list[int]]] = field(default_factory=list)
    relations: list[tuple[Candidate, list[tuple[str, int]]]] = field(default_factory=list)
    member_ways: dict[int, list[int]] = field(default_factory=dict)

    def way_ids(self) -> set[int]:
        """Return the ways that relations are made of."""
        return {ref for _, members in self.relations for kind, ref in members if kind == "way"}

    def node_ids(self) -> set[int]:
        """Return the nodes that ways and relations are made of."""
        ids = {ref for _, refs in self.ways for ref in refs}
        ids.update(ref for refs in self.member_ways.values() for ref in refs)
        ids.update(ref for _, members in self.relations for kind, ref in members if kind == "node")
        return ids


def header_time(reader: BlockReader) -> str:
    """
    Return the data time of the header as written, empty where it has none.

    Raises
    ------
    SourceFormatError
        If the file is a history with several versions of each object.
    """
    header = reader.header
    if header.has_multiple_object_versions:
        msg = f"{reader.path}: a history file; it holds every version of each object"
        raise SourceFormatError(
            msg, next_step="`mapper history` reads it; a build takes an extract of one moment."
        )
    time = header.get("osmosis_replication_timestamp") or header.get("timestamp")
    return str(time or "")


def collect(reader: BlockReader, *, progress: Progress) -> tuple[ColumnCollector, tuple[str, ...]]:
    """
    Find every candidate of the file.

    Returns
    -------
    collector, notes

    Raises
    ------
    SourceFormatError
        If the file is broken, or a node of a camera's way is not in it.
    """
    collector, devices, waiting = ColumnCollector(), Devices(), _Waiting()
    with broken_file_refused(reader.path):
        for blocks in reader.camera_blocks(ENFORCEMENT_TAG):
            nodes = node_columns(blocks, collector.tag_sets)
            if nodes is not None:
                collector.take_nodes(nodes)
                progress.advance(len(nodes))
            # Ways and relations are few, and wait for what they are made of.
            for osm_object in blocks.objects(osmium.osm.ALL if nodes is None else _NO_NODES):
                _find(osm_object, collector, devices, waiting)
        missing = devices.missing_from(collector)
        _read_ways(reader, waiting, devices, {ref for kind, ref in missing if kind == "way"})
        positions = _read_nodes(reader, waiting, devices, collector, missing)
    for found, refs in waiting.ways:
        _check_nodes(reader.path, found, refs, positions)
        collector.take_at_box(found, box_around(positions[ref] for ref in refs))
    partial = _take_relations(collector, waiting, positions)
    for key in devices.missing_from(collector):
        collector.miss(*key)
    notes = (f"{partial} relations lie at the middle of the members that the file holds",)
    return collector, notes if partial else ()


def _find(osm_object: OsmObject, collector: Collector, devices: Devices, waiting: _Waiting) -> None:
    """Take a camera node, and note a camera way or relation and what enforcement points at."""
    if osm_object.is_node():
        get = _reader_of(osm_object)
        if _is_candidate(get):
            collector.take(_candidate(osm_object, get), *_position(osm_object))
    elif osm_object.is_way():
        get = _reader_of(osm_object)
        if _is_candidate(get):
            waiting.ways.append((_candidate(osm_object, get), _node_refs(osm_object)))
    else:
        _find_relation(osm_object, devices, waiting)


def _find_relation(relation: OsmObject, devices: Devices, waiting: _Waiting) -> None:
    get = relation.tags.get
    members = [(_TYPE_OF_LETTER[m.type], m.ref, m.role) for m in relation.members]
    if is_camera(get):
        waiting.relations.append((_candidate(relation), [(kind, ref) for kind, ref, _ in members]))
    if get(ENFORCEMENT_TAG[0]) == ENFORCEMENT_TAG[1]:
        for kind, ref, role in members:
            if role == DEVICE_ROLE:
                devices.add(relation.id, get("enforcement") or "", (kind, ref))


def _read_ways(
    reader: BlockReader, waiting: _Waiting, devices: Devices, device_ids: set[int]
) -> None:
    """Read the nodes of ways that relations need, and ways that are devices themselves."""
    device_ids -= {found.osm_id for found, _ in waiting.ways}
    wanted = waiting.way_ids()
    for way in reader.by_id("w", wanted | device_ids):
        refs = _node_refs(way)
        if way.id in wanted:
            waiting.member_ways[way.id] = refs
        if way.id in device_ids:
            waiting.ways.append((_as_device(_candidate(way), devices), refs))


def _read_nodes(
    reader: BlockReader,
    waiting: _Waiting,
    devices: Devices,
    collector: Collector,
    missing: Iterable[tuple[str, int]],
) -> dict[int, Position]:
    """Read the positions that are needed, and take the nodes that are devices."""
    device_ids = {ref for kind, ref in missing if kind == "node"}
    wanted = waiting.node_ids()
    positions: dict[int, Position] = {}
    for node in reader.by_id("n", wanted | device_ids):
        if node.id in wanted and node.location.valid():
            positions[node.id] = _position(node)
        if node.id in device_ids:
            collector.take(_as_device(_candidate(node), devices), *_position(node))
    return positions


def _take_relations(collector: Collector, waiting: _Waiting, positions: dict[int, Position]) -> int:
    """Take the relations; return how many lack a member."""
    partial = 0
    for found, members in waiting.relations:
        nodes = [ref for kind, ref in members if kind == "node"]
        ways = [ref for kind, ref in members if kind == "way"]
        nodes += [node for way in ways for node in waiting.member_ways.get(way, ())]
        member_positions = [positions[ref] for ref in nodes if ref in positions]
        partial += len(member_positions) < len(nodes) or any(
            w not in waiting.member_ways for w in ways
        )
        collector.take_at_box(found, box_around(member_positions))
    return partial


def _check_nodes(
    path: Path, candidate: Candidate, refs: Iterable[int], positions: dict[int, Position]
) -> None:
    absent = [ref for ref in refs if ref not in positions]
    if absent:
        msg = f"{path}: {candidate.ref} is a camera, and its node/{absent[0]} is not in the file"
        raise SourceFormatError(
            msg,
            next_step="The file is cut, or was extracted without whole ways: download it again,"
            " or extract with osmium extract --strategy complete_ways.",
        )


def _as_device(candidate: Candidate, devices: Devices) -> Candidate:
    tags = candidate.tags
    if tags is not None:
        tags = devices.tags_with_enforcement((candidate.osm_type, candidate.osm_id), dict(tags))
    return replace(candidate, tags=tags, role=DeviceRole.ENFORCEMENT_DEVICE)


def _is_candidate(get: Get) -> bool:
    """Tell a camera from a stray ``type=enforcement`` that passed the filter as well."""
    try:
        return is_camera(get)
    except UnicodeDecodeError:
        return True


def _candidate(osm_object: OsmObject, get: Get | None = None) -> Candidate:
    tags: dict[str, str] | None
    try:
        tags = read_tags(get or _reader_of(osm_object))
    except UnicodeDecodeError:
        tags = None
    version, edited_on = known_edit(osm_object.version, osm_object.timestamp.isoformat())
    kind = _TYPE_OF_LETTER[osm_object.type_str()]
    return Candidate(kind, osm_object.id, tags, version, edited_on)


def _reader_of(osm_object: OsmObject) -> Get:
    """Return what reads a tag of an object, from a copy of all tags wherever they are text."""
    # Some fifty keys are asked for of each candidate, which has eight tags: one walk over those
    # is cheaper than a call into libosmium for each key.
    tags: dict[str, str] = {}
    try:
        for tag in osm_object.tags:
            # Of a key that stands twice the first counts, as it does for libosmium.
            tags.setdefault(tag.k, tag.v)
    except UnicodeDecodeError:
        # A tag that nobody reads may be broken without harm; libosmium decodes what is asked for.
        get: Get = osm_object.tags.get
        return get
    return tags.get


def _position(node: OsmObject) -> Position:
    location = node.location
    return location.x / _DEGREES_PER_UNIT, location.y / _DEGREES_PER_UNIT


def _node_refs(way: OsmObject) -> list[int]:
    return [node.ref for node in way.nodes]
