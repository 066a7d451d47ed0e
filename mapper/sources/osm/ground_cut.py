"""
Streets and other shapes cut out of a large extract into a small one, with what they are made of.

Of shapes only the tags are written that decide over them, without version or time stamp; of
cameras that are to come along, the tags that are read, version and time stamp. Never a user, a
user id or a changeset.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

import osmium

from mapper.errors import StorageError
from mapper.model.basemap import BasemapKind
from mapper.model.tags import READ_TAGS
from mapper.sources.osm.basemap_kinds import TAG_KEYS
from mapper.sources.osm.basemap_objects import Selection
from mapper.sources.osm.block_reader import OsmObject, broken_file_refused, processor

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


@dataclass(slots=True)
class Wanted:
    """Ids of what goes into the cut: cameras by type, shapes, and what those are made of."""

    cameras: dict[str, set[int]] = field(
        default_factory=lambda: {"node": set(), "way": set(), "relation": set()}
    )
    relations: set[int] = field(default_factory=set)
    ways: set[int] = field(default_factory=set)
    unnamed: set[int] = field(default_factory=set)
    member_ways: set[int] = field(default_factory=set)
    nodes: set[int] = field(default_factory=set)

    def add_shapes(self, selection: Selection) -> None:
        """Want the shapes of a selection, and the edges of the sea."""
        for shape in (*selection.shapes, *selection.coast):
            kind, osm_id = shape.ref
            (self.ways if kind == 1 else self.relations).add(osm_id)
            # The name of a building may be that of who lives there.
            if shape.kind is BasemapKind.BUILDING:
                self.unnamed.add(osm_id)


def write_cut(source_path: Path, out_path: Path, wanted: Wanted, *, generator: str) -> None:
    """
    Write what is wanted of a PBF as a PBF; the same source gives the same bytes.

    Parameters
    ----------
    generator
        Stands in the header as what wrote it.

    Raises
    ------
    SourceFormatError
        If the source is broken.
    StorageError
        If the cut cannot be written.
    """
    with broken_file_refused(source_path):
        relations = _relations(source_path, wanted)
        ways = _ways(source_path, wanted)
        nodes = _nodes(source_path, wanted)
        header = _header(source_path, generator)
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


def _header(source_path: Path, generator: str) -> OsmObject:
    """Keep the box that the source covers, and its data time where it has one."""
    source = processor(source_path, osmium.osm.NOTHING).header
    header = osmium.io.Header()
    header.set("generator", generator)
    header.set("sorting", "Type_then_ID")
    if source.get("timestamp"):
        # The one header time that libosmium writes into a PBF.
        header.set("osmosis_replication_timestamp", source.get("timestamp"))
    if source.box().valid():
        header.add_box(source.box())
    return header


def _relations(source_path: Path, wanted: Wanted) -> list[OsmObject]:
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


def _points_at_camera(relation: OsmObject, members: Iterable[Member], wanted: Wanted) -> bool:
    return relation.tags.get("type") == "enforcement" and any(
        (kind == "n" and ref in wanted.cameras["node"])
        or (kind == "w" and ref in wanted.cameras["way"])
        for kind, ref, _ in members
    )


def _ways(source_path: Path, wanted: Wanted) -> list[OsmObject]:
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


def _nodes(source_path: Path, wanted: Wanted) -> list[OsmObject]:
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
