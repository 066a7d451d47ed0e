"""
Cut a small extract out of a large one: the embedded default of the project.

What ``read`` and ``read_basemap`` make of the cut is what they make of the source: the cameras
with the tags that are read, their versions and time stamps, and the shapes around them with the
tags that decide over a shape. Nothing else is written, and never a user, a user id or a
changeset.
"""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

import osmium

from mapper.errors import SourceFormatError, StorageError
from mapper.model.basemap import BasemapKind
from mapper.model.progress import Progress
from mapper.model.tags import READ_TAGS
from mapper.sources.osm.basemap_kinds import TAG_KEYS
from mapper.sources.osm.basemap_objects import ALL_KINDS, RADIUS_M, select
from mapper.sources.osm.input_body import BodyKind, kind_of
from mapper.sources.osm.pbf import OsmObject, broken_file_refused, processor
from mapper.sources.osm.reading import read

_GENERATOR = "mapper sample cut"
# Versions and time stamps are written, users and changesets are not.
_FORMAT = "pbf,add_metadata=version+timestamp,pbf_compression=zlib,pbf_compression_level=9"

_SHAPE_KEYS = frozenset(TAG_KEYS)
_NAME = frozenset({"name"})
_RELATION_KEYS = _SHAPE_KEYS | {"enforcement"}
_MUTABLE = {
    "n": osmium.osm.mutable.Node,
    "w": osmium.osm.mutable.Way,
    "r": osmium.osm.mutable.Relation,
}

Member = tuple[str, int, str]


class SampleCut(NamedTuple):
    """What was cut, for the note on its origin."""

    cameras: int
    shapes: int
    size_bytes: int
    sha256: str
    source_sha256: str


@dataclass(slots=True)
class _Wanted:
    """Ids of what goes into the cut: cameras by type, shapes, and what those are made of."""

    cameras: dict[str, set[int]]
    relations: set[int] = field(default_factory=set)
    ways: set[int] = field(default_factory=set)
    unnamed: set[int] = field(default_factory=set)
    member_ways: set[int] = field(default_factory=set)
    nodes: set[int] = field(default_factory=set)


def cut_sample(
    source_path: Path, out_path: Path, *, radius_m: float = RADIUS_M, progress: Progress
) -> SampleCut:
    """
    Write the cameras of a PBF and what lies around them as a small PBF.

    Parameters
    ----------
    source_path
        An OSM PBF.
    out_path
        Replaced if it is there; its folder must exist.
    radius_m
        How far from a camera the surroundings reach.

    Returns
    -------
    SampleCut
        The same source gives the same bytes.

    Raises
    ------
    UsageError
        If there is no such source.
    SourceFormatError
        If the source is no readable PBF.
    StorageError
        If the cut cannot be written.
    """
    if kind_of(source_path) is not BodyKind.PBF:
        msg = f"{source_path}: a sample is cut from a PBF"
        raise SourceFormatError(msg, next_step="Give a .osm.pbf extract.")
    reading = read(source_path, progress=progress)
    selection = select(
        source_path,
        lon_deg=[each.lon_deg for each in reading.observations],
        lat_deg=[each.lat_deg for each in reading.observations],
        radius_m=radius_m,
        kinds=ALL_KINDS,
        progress=progress,
    )
    wanted = _Wanted({"node": set(), "way": set(), "relation": set()})
    for observation in reading.observations:
        osm_type, number = observation.source_ref.split("/")
        wanted.cameras[osm_type].add(int(number))
    for shape in (*selection.shapes, *selection.coast):
        kind, osm_id = shape.ref
        (wanted.ways if kind == 1 else wanted.relations).add(osm_id)
        if shape.kind is BasemapKind.BUILDING:
            wanted.unnamed.add(osm_id)
    progress.stage(f"writing {out_path.name}")
    _write(source_path, out_path, wanted)
    body = out_path.read_bytes()
    return SampleCut(
        cameras=len(reading.observations),
        shapes=len(wanted.ways | wanted.relations),
        size_bytes=len(body),
        sha256=hashlib.sha256(body).hexdigest(),
        source_sha256=reading.snapshot.sha256,
    )


def _write(source_path: Path, out_path: Path, wanted: _Wanted) -> None:
    with broken_file_refused(source_path):
        relations = _relations(source_path, wanted)
        ways = _ways(source_path, wanted)
        nodes = _nodes(source_path, wanted)
        header = _header(source_path)
    staged = out_path.with_name(f".{out_path.name}.partial")
    try:
        target = osmium.io.File(str(staged.resolve()), _FORMAT)
        with osmium.SimpleWriter(target, header=header, overwrite=True) as writer:
            for node in nodes:
                writer.add_node(node)
            for way in ways:
                writer.add_way(way)
            for relation in relations:
                writer.add_relation(relation)
        staged.replace(out_path)
    except (OSError, RuntimeError) as error:
        staged.unlink(missing_ok=True)
        msg = f"{out_path}: cannot be written: {error}"
        raise StorageError(msg, next_step="Check the folder and the space on the disk.") from error


def _header(source_path: Path) -> OsmObject:
    """Keep the box that the source covers, and its data time where it has one."""
    source = processor(source_path, osmium.osm.NOTHING).header
    header = osmium.io.Header()
    header.set("generator", _GENERATOR)
    header.set("sorting", "Type_then_ID")
    if source.get("timestamp"):
        # The one header time that libosmium writes into a PBF.
        header.set("osmosis_replication_timestamp", source.get("timestamp"))
    if source.box().valid():
        header.add_box(source.box())
    return header


def _relations(source_path: Path, wanted: _Wanted) -> list[OsmObject]:
    """Copy multipolygons and cameras, and the enforcement relations of cameras kept."""
    relations = []
    for relation in processor(source_path, osmium.osm.RELATION):
        members: list[Member] = [(each.type, each.ref, each.role) for each in relation.members]
        is_camera = relation.id in wanted.cameras["relation"]
        if is_camera or relation.id in wanted.relations:
            wanted.member_ways.update(ref for kind, ref, _ in members if kind == "w")
            wanted.nodes.update(ref for kind, ref, _ in members if kind == "n")
        elif not _points_at_camera(relation, members, wanted):
            continue
        keys = _RELATION_KEYS | (READ_TAGS if is_camera else frozenset())
        relations.append(_copy(relation, is_camera=is_camera, keys=keys, members=members))
    return sorted(relations, key=_id)


def _points_at_camera(relation: OsmObject, members: Iterable[Member], wanted: _Wanted) -> bool:
    return relation.tags.get("type") == "enforcement" and any(
        (kind == "n" and ref in wanted.cameras["node"])
        or (kind == "w" and ref in wanted.cameras["way"])
        for kind, ref, _ in members
    )


def _ways(source_path: Path, wanted: _Wanted) -> list[OsmObject]:
    ids = wanted.cameras["way"] | wanted.ways | wanted.member_ways
    ways: list[OsmObject] = []
    if not ids:
        return ways
    for way in processor(source_path, osmium.osm.WAY, osmium.filter.IdFilter(ids)):
        refs = [node.ref for node in way.nodes]
        wanted.nodes.update(refs)
        is_camera = way.id in wanted.cameras["way"]
        keys = READ_TAGS if is_camera else frozenset[str]()
        if way.id in wanted.ways:
            keys |= _SHAPE_KEYS - (_NAME if way.id in wanted.unnamed else frozenset())
        ways.append(_copy(way, is_camera=is_camera, keys=keys, nodes=refs))
    return sorted(ways, key=_id)


def _nodes(source_path: Path, wanted: _Wanted) -> list[OsmObject]:
    nodes = []
    ids = wanted.cameras["node"] | wanted.nodes
    for node in processor(source_path, osmium.osm.NODE, osmium.filter.IdFilter(ids)):
        place = (node.location.lon, node.location.lat)
        if node.id in wanted.cameras["node"]:
            nodes.append(_copy(node, is_camera=True, keys=READ_TAGS, location=place))
        else:
            nodes.append(osmium.osm.mutable.Node(id=node.id, location=place))
    return sorted(nodes, key=_id)


def _copy(
    osm_object: OsmObject, *, is_camera: bool, keys: Iterable[str], **parts: object
) -> OsmObject:
    """Copy an object with the tags of some keys, and what a camera's dates are read from."""
    get = osm_object.tags.get
    tags = {key: value for key in sorted(keys) if (value := get(key)) is not None}
    edit = {"version": osm_object.version, "timestamp": osm_object.timestamp} if is_camera else {}
    make = _MUTABLE[osm_object.type_str()]
    return make(id=osm_object.id, tags=tags, **edit, **parts)


def _id(osm_object: OsmObject) -> int:
    return int(osm_object.id)
