"""
Every version of every object of a history file (``.osh.pbf``) that ever was a camera.

A deleted version has no tags, so the ids are collected first and all their versions read after.
Devices that enforcement relations point at, and that are no cameras by their own tags, are not
followed: a membership has a history of its own.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import groupby
from pathlib import Path
from typing import Any, NamedTuple

from mapper.errors import SourceFormatError, UsageError
from mapper.model.observation import Observation, Reject
from mapper.model.progress import Progress
from mapper.sources.osm.block_reader import BlockReader, broken_file_refused
from mapper.sources.osm.elements import Candidate, Collector, box_around, known_edit
from mapper.sources.osm.input_body import BodyKind, kind_of
from mapper.sources.osm.pbf import Position
from mapper.sources.osm.subset import NODE, RELATION, WAY, Key, SubsetObject, copied
from mapper.sources.osm.tag_reading import is_camera, read_tags

DELETED = "deleted"
TAG_LOST = "no camera by its tags any more"

_TYPES = {NODE: "node", WAY: "way", RELATION: "relation"}


class Version(NamedTuple):
    """
    One version of an object that was a camera at some time.

    Attributes
    ----------
    ref
        ``node/123``.
    edited_at_utc
        ISO instant.
    observation
        The camera as this version tells it, its reference ``node/123v4``; None where it is none.
    why_none
        ``DELETED`` or ``TAG_LOST``; empty where it is a camera.
    """

    ref: str
    version: int
    edited_at_utc: str
    observation: Observation | None
    why_none: str


@dataclass(frozen=True, slots=True)
class HistoryReading:
    """
    All versions, by object and number, and the versions that could not be read.

    Attributes
    ----------
    data_at_utc
        The file's own time; empty where it says none.
    """

    versions: tuple[Version, ...]
    rejects: tuple[Reject, ...]
    data_at_utc: str


class _Seen(NamedTuple):
    is_deleted: bool
    content: SubsetObject


def read_history(path: Path, *, progress: Progress) -> HistoryReading:
    """
    Read the versions of every object that a history file once shows as a camera.

    Parameters
    ----------
    path
        A history PBF; memory grows with the cameras alone.

    Raises
    ------
    UsageError
        If there is no such file, or it holds one version of each object.
    SourceFormatError
        If it is broken, or no PBF.
    """
    if kind_of(path) is not BodyKind.PBF:
        msg = f"{path}: no PBF"
        raise SourceFormatError(msg, next_step="Give a history file, .osh.pbf.")
    progress.stage(f"reading the history in {path.name}")
    reader = BlockReader(path)
    header = reader.header
    with broken_file_refused(path):
        if not header.has_multiple_object_versions:
            msg = f"{path}: an extract of one moment, which holds one version of each object"
            raise UsageError(msg, next_step="give a history file, .osh.pbf.")
        data_at_utc = str(header.get("osmosis_replication_timestamp") or "")
        ids: dict[str, set[int]] = {letter: set() for letter in _TYPES}
        for osm_object in reader.cameras():
            if is_camera(osm_object.tags.get):
                ids[osm_object.type_str()].add(osm_object.id)
        seen = {letter: list(_versions(reader, letter, ids[letter], progress)) for letter in _TYPES}
        places = _Places.of(reader, [each.content for rows in seen.values() for _, each in rows])
    return _reading(seen, places, data_at_utc)


def _versions(
    reader: BlockReader, letter: str, ids: set[int], progress: Progress
) -> Iterator[tuple[Key, _Seen]]:
    """Yield every version of objects, deleted ones too, sorted by id and version."""
    rows = [
        ((letter, each.id), _Seen(bool(each.deleted), copied(each)))
        for each in reader.by_id(letter, ids)
    ]
    progress.advance(len(rows))
    yield from sorted(rows, key=lambda row: (row[0][1], row[1].content.version))


@dataclass(frozen=True, slots=True)
class _Places:
    """
    Where the parts of ways and relations were last seen.

    Attributes
    ----------
    ways
        The nodes of a way in its newest version that has any.
    """

    nodes: Mapping[int, Position]
    ways: Mapping[int, tuple[int, ...]]

    @classmethod
    def of(cls, reader: BlockReader, objects: list[SubsetObject]) -> "_Places":
        """Read the parts of objects."""
        ways: dict[int, tuple[int, ...]] = {}
        members = [member for each in objects for member in each.members]
        way_ids = {ref for letter, ref, _ in members if letter == WAY}
        for way in reader.by_id(WAY, way_ids):
            if not way.deleted:
                ways[way.id] = tuple(node.ref for node in way.nodes)
        node_ids = {ref for letter, ref, _ in members if letter == NODE}
        node_ids.update(ref for each in objects for ref in each.refs)
        node_ids.update(ref for refs in ways.values() for ref in refs)
        nodes: dict[int, Position] = {}
        for node in reader.by_id(NODE, node_ids):
            if not node.deleted and node.location.valid():
                nodes[node.id] = (node.location.x / 1e7, node.location.y / 1e7)
        return cls(nodes, ways)

    def of_object(self, each: SubsetObject) -> tuple[float | None, float | None]:
        """Return the middle of the box around an object; None and None where nothing is known."""
        if each.place is not None:
            return each.place
        refs = [*each.refs, *(ref for letter, ref, _ in each.members if letter == NODE)]
        refs += [
            node
            for letter, ref, _ in each.members
            if letter == WAY
            for node in self.ways.get(ref, ())
        ]
        box = box_around(self.nodes[ref] for ref in refs if ref in self.nodes)
        return box.centre if box else (None, None)


def _reading(
    seen: Mapping[str, list[tuple[Key, _Seen]]], places: _Places, data_at_utc: str
) -> HistoryReading:
    versions: list[Version] = []
    rejects: list[Reject] = []
    for letter, rows in seen.items():
        for (_, osm_id), group in groupby(rows, key=lambda row: row[0]):
            for _, each in group:
                taken = _version(_TYPES[letter], osm_id, each, places)
                (rejects if isinstance(taken, Reject) else versions).append(taken)  # type: ignore[arg-type]
    return HistoryReading(tuple(versions), tuple(rejects), data_at_utc)


def _version(osm_type: str, osm_id: int, seen: _Seen, places: _Places) -> Version | Reject:
    content = seen.content
    ref, instant = f"{osm_type}/{osm_id}", content.edited_at_utc.strftime("%Y-%m-%dT%H:%M:%SZ")
    if seen.is_deleted or not is_camera(content.get):
        why = DELETED if seen.is_deleted else TAG_LOST
        return Version(ref, content.version, instant, None, why)
    version, edited_on = known_edit(content.version, instant)
    if version is None:
        return Reject("osm", ref, "a version without its number or its time", instant)
    candidate = Candidate(osm_type, osm_id, read_tags(content.get), version, edited_on)
    # One at a time: several versions of one object would be told to stand in the file twice.
    collector = Collector()
    lon_deg, lat_deg = places.of_object(content)
    collector.take(candidate, lon_deg, lat_deg)
    observations, refused = collector.sorted_result()
    if refused:
        return refused[0]
    row: Any = replace(observations[0], source_ref=f"{ref}v{content.version}")
    return Version(ref, content.version, instant, row, "")
