"""A subset cut out of an extract, and written as a small extract of its own."""

from pathlib import Path
from typing import Any

import osmium

from mapper.errors import StorageError
from mapper.sources.osm.block_reader import (
    BlockReader,
    OsmObject,
    broken_file_refused,
    processor,
)
from mapper.sources.osm.pbf import header_time
from mapper.sources.osm.subset import (
    NODE,
    WAY,
    Key,
    Replication,
    Subset,
    SubsetObject,
    copied,
    parts_of,
    without_strays,
)
from mapper.sources.osm.tag_reading import ENFORCEMENT_TAG

_GENERATOR = "whose-cameras subset"
# Versions and time stamps are written, users and changesets are not.
_FORMAT = "pbf,add_metadata=version+timestamp,pbf_compression=zlib,pbf_compression_level=9"
_BASE_URL = "osmosis_replication_base_url"
_SEQUENCE = "osmosis_replication_sequence_number"
_TIMESTAMP = "osmosis_replication_timestamp"


def cut(path: Path) -> Subset:
    """
    Cut a subset out of an extract; out of a subset it is the same subset.

    Parameters
    ----------
    path
        An OSM PBF of one moment. It is walked for roots, and asked for the ways that they need
        and for the nodes of those. Memory grows with what is kept, not with the file.

    Raises
    ------
    SourceFormatError
        If the file is broken, or a history.
    """
    reader = BlockReader(path)
    written_time = header_time(reader)
    objects: dict[Key, SubsetObject] = {}
    with broken_file_refused(path):
        for osm_object in reader.cameras(ENFORCEMENT_TAG):
            kept = copied(osm_object)
            if kept.is_root:
                objects[osm_object.type_str(), osm_object.id] = kept
        for letter in (WAY, NODE):
            wanted = {key[1] for key in parts_of(objects) if key[0] == letter}
            wanted -= {key[1] for key in objects if key[0] == letter}
            for osm_object in reader.by_id(letter, wanted):
                objects[letter, osm_object.id] = copied(osm_object)
    kept_objects = without_strays(objects)
    absent = frozenset(parts_of(kept_objects) - kept_objects.keys())
    return Subset(
        kept_objects, absent, _replication(reader.header, written_time), _box(reader.header)
    )


def write_subset(subset: Subset, path: Path) -> None:
    """
    Write a subset as a PBF in order of type and id; the same subset gives the same bytes.

    Raises
    ------
    StorageError
        If the file cannot be written.
    """
    try:
        target = osmium.io.File(str(path.resolve()), _FORMAT)
        with osmium.SimpleWriter(target, header=_header(subset), overwrite=True) as writer:
            for key, each in subset.sorted_items():
                _write(writer, key, each)
    except (OSError, RuntimeError) as error:
        path.unlink(missing_ok=True)
        msg = f"{path}: cannot be written: {error}"
        raise StorageError(msg, next_step="Check the folder and the space on the disk.") from error


def is_subset(path: Path) -> bool:
    """
    Tell a subset from an extract that was kept whole.

    Raises
    ------
    SourceFormatError
        If the file is broken.
    """
    with broken_file_refused(path):
        return bool(processor(path, osmium.osm.NOTHING).header.get("generator") == _GENERATOR)


def _replication(header: OsmObject, written_time: str) -> Replication:
    sequence = str(header.get(_SEQUENCE))
    is_number = sequence.isascii() and sequence.isdigit() and len(sequence) < len(str(2**63))
    return Replication(
        str(header.get(_BASE_URL)), int(sequence) if is_number else None, written_time
    )


def _box(header: OsmObject) -> tuple[float, float, float, float] | None:
    box = header.box()
    if not box.valid():
        return None
    low, high = box.bottom_left, box.top_right
    return low.lon, low.lat, high.lon, high.lat


def _header(subset: Subset) -> OsmObject:
    header = osmium.io.Header()
    header.set("generator", _GENERATOR)
    header.set("sorting", "Type_then_ID")
    replication = subset.replication
    if replication.data_at_utc:
        header.set(_TIMESTAMP, replication.data_at_utc)
    if replication.sequence is not None:
        header.set(_SEQUENCE, str(replication.sequence))
    if replication.base_url:
        header.set(_BASE_URL, replication.base_url)
    if subset.box:
        west, south, east, north = subset.box
        header.add_box(
            osmium.osm.Box(osmium.osm.Location(west, south), osmium.osm.Location(east, north))
        )
    return header


def _write(writer: OsmObject, key: Key, each: SubsetObject) -> None:
    letter, osm_id = key
    said: dict[str, Any] = {
        "id": osm_id,
        "tags": list(each.tags),
        "version": each.version,
        "timestamp": each.edited_at_utc,
    }
    if letter == NODE:
        writer.add_node(osmium.osm.mutable.Node(**said, location=each.place))
    elif letter == WAY:
        writer.add_way(osmium.osm.mutable.Way(**said, nodes=list(each.refs)))
    else:
        writer.add_relation(osmium.osm.mutable.Relation(**said, members=list(each.members)))
