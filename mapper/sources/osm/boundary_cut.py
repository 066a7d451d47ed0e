"""
Boundaries of administrative areas cut out of an extract, with the ways and nodes they are made of.

Of a relation the tags are written that are read of it, of ways and nodes none. Versions, time
stamps and whoever mapped it are left out.
"""

from collections.abc import Mapping
from pathlib import Path

import osmium

from mapper.errors import StorageError
from mapper.sources.osm.block_reader import OsmObject, broken_file_refused, processor
from mapper.sources.osm.id_batches import id_batches

BOUNDARY_TAG = ("boundary", "administrative")
ISO_KEY = "ISO3166-2"
LEVELS = frozenset({4, 6})
"""The two levels that areas are told of, by the usual meaning of OpenStreetMap's levels."""

LEVEL_MAX = 10
"""The deepest that a code of ISO 3166-2 is looked for: the wards of Monaco."""

STREET_KEY = "whose_cameras:street_m"
"""What was measured in the whole extract, and stands in no other file than what is cut here."""

KEPT_KEYS = (
    ISO_KEY,
    "admin_level",
    "boundary",
    "name",
    "population",
    "population:date",
    "type",
)
_FORMAT = "pbf,add_metadata=none,pbf_compression=zlib,pbf_compression_level=9"
_GENERATOR = "whose-cameras boundaries"
_STRETCHES_AT_ONCE = 100
RING_ROLES = frozenset({"outer", "inner", ""})


def write_boundaries(
    source: Path, out_path: Path, street_m_by_area: Mapping[str, float] | None = None
) -> int:
    """
    Write the boundaries of an extract as a PBF; the same source gives the same bytes.

    Parameters
    ----------
    source
        An OSM PBF of one moment. It is read three times; memory grows with the boundaries.

    street_m_by_area
        Metres of street by ``relation/54517``, to be kept with the boundary.

    Returns
    -------
    int
        How many relations were written. With none, no file is.

    Raises
    ------
    SourceFormatError
        If the source is broken.
    StorageError
        If the file cannot be written.
    """
    with broken_file_refused(source):
        relations = _relations(source, street_m_by_area or {})
        if not relations:
            return 0
        ways = _ways(source, {ref for each in relations for _kind, ref, _role in each.members})
        nodes = {ref for way in ways for ref in way.nodes}
        header = _header(source)
    try:
        target = osmium.io.File(str(out_path.resolve()), _FORMAT)
        with (
            broken_file_refused(source),
            osmium.SimpleWriter(target, header=header, overwrite=True) as writer,
        ):
            for batch in id_batches(source, nodes, _STRETCHES_AT_ONCE):
                for node in processor(source, osmium.osm.NODE, osmium.filter.IdFilter(batch)):
                    place = (node.location.lon, node.location.lat)
                    writer.add_node(osmium.osm.mutable.Node(id=node.id, location=place))
            for way in ways:
                writer.add_way(way)
            for relation in relations:
                writer.add_relation(relation)
    except OSError as error:
        out_path.unlink(missing_ok=True)
        msg = f"{out_path}: cannot be written: {error}"
        raise StorageError(msg, next_step="Check the folder and the space on the disk.") from error
    return len(relations)


def admin_level(relation: OsmObject) -> int | None:
    """Return the level of a boundary that is told of; None where it is none of those."""
    text = relation.tags.get("admin_level") or ""
    # An extract can hold any text there, and digits of other scripts are digits to Python.
    if not (text.isascii() and text.isdigit() and len(text) <= len(str(LEVEL_MAX))):
        return None
    level = int(text)
    has_code = relation.tags.get(ISO_KEY) is not None and LEVEL_MAX >= level > min(LEVELS)
    return level if level in LEVELS or has_code else None


def _relations(source: Path, street_m_by_area: Mapping[str, float]) -> list[OsmObject]:
    relations = []
    is_ours = processor(source, osmium.osm.NOTHING).header.get("generator") == _GENERATOR
    keys = (*KEPT_KEYS, STREET_KEY) if is_ours else KEPT_KEYS
    for relation in processor(source, osmium.osm.RELATION, osmium.filter.TagFilter(BOUNDARY_TAG)):
        if admin_level(relation) is None:
            continue
        get = relation.tags.get
        # Only ways make rings; a label, the capital and parts of the area are members too.
        members = [
            (each.type, each.ref, each.role)
            for each in relation.members
            if each.type == "w" and each.role in RING_ROLES
        ]
        tags: dict[str, str] = {key: value for key in keys if (value := get(key)) is not None}
        if (street_m := street_m_by_area.get(f"relation/{relation.id}")) is not None:
            tags[STREET_KEY] = f"{street_m:.0f}"
        relations.append(osmium.osm.mutable.Relation(id=relation.id, tags=tags, members=members))
    return sorted(relations, key=lambda relation: int(relation.id))


def _ways(source: Path, wanted: set[int]) -> list[OsmObject]:
    ways = []
    for batch in id_batches(source, wanted, _STRETCHES_AT_ONCE):
        for way in processor(source, osmium.osm.WAY, osmium.filter.IdFilter(batch)):
            refs = [node.ref for node in way.nodes]
            ways.append(osmium.osm.mutable.Way(id=way.id, nodes=refs))
    return sorted(ways, key=lambda way: int(way.id))


def _header(source: Path) -> OsmObject:
    """Keep the data time of the source."""
    before = processor(source, osmium.osm.NOTHING).header
    header = osmium.io.Header()
    header.set("generator", _GENERATOR)
    header.set("sorting", "Type_then_ID")
    data_at_utc = before.get("osmosis_replication_timestamp") or before.get("timestamp")
    if data_at_utc:
        header.set("osmosis_replication_timestamp", data_at_utc)
    return header
