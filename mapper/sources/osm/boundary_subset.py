"""The kept boundaries of an extract, brought to a later moment by its change files."""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

import osmium

from mapper.sources.osm.block_reader import OsmObject, broken_file_refused, processor
from mapper.sources.osm.boundary_cut import (
    BOUNDARY_TAG,
    RING_ROLES,
    STREET_KEY,
    admin_level,
    write_boundaries,
)
from mapper.sources.osm.subset import (
    NODE,
    RELATION,
    WAY,
    Key,
    Replication,
    Rule,
    Subset,
    SubsetObject,
    copied,
    parts_of,
)
from mapper.sources.osm.subset_file import write_subset


def _is_boundary(osm_object: OsmObject) -> bool:
    if not osm_object.is_relation():
        return False
    key, value = BOUNDARY_TAG
    return osm_object.tags.get(key) == value and admin_level(osm_object) is not None


def _rings(_key: Key, relation: SubsetObject) -> Iterable[Key]:
    """Return the ways of a boundary's rings; its label and its capital are no part of them."""
    return [
        (WAY, ref) for letter, ref, role in relation.members if letter == WAY and role in RING_ROLES
    ]


BOUNDARIES = Rule(_is_boundary, _rings)


def read_boundary_subset(path: Path, replication: Replication) -> Subset:
    """
    Read what ``write_boundaries`` wrote.

    Parameters
    ----------
    replication
        Of the extract that it was cut out of: a file of boundaries does not say it.

    Raises
    ------
    SourceFormatError
        If the file is broken.
    """
    objects: dict[Key, SubsetObject] = {}
    with broken_file_refused(path):
        for osm_object in processor(path, osmium.osm.ALL):
            objects[osm_object.type_str(), osm_object.id] = copied(osm_object, BOUNDARIES)
    absent = frozenset(parts_of(objects, BOUNDARIES) - objects.keys())
    return Subset(objects, absent, replication, None)


def write_boundary_subset(subset: Subset, before: Subset, path: Path) -> int:
    """
    Write boundaries as ``write_boundaries`` writes those of an extract of the same moment.

    Parameters
    ----------
    before
        The boundaries as they were collected: how many metres of street lie within is kept of
        those whose rings are the same.

    Returns
    -------
    int
        How many boundaries there are. With none, no file is.

    Raises
    ------
    StorageError
        If the file cannot be written.
    """
    street_m = {
        f"relation/{osm_id}": float(measured)
        for (letter, osm_id), each in before.objects.items()
        if letter == RELATION
        and (measured := each.get(STREET_KEY)) is not None
        and _outline((letter, osm_id), before.objects) == _outline((letter, osm_id), subset.objects)
    }
    whole = path.with_name(f"{path.name}.whole")
    try:
        # By the writer of whole extracts, so that nothing tells the two apart.
        write_subset(subset, whole)
        return write_boundaries(whole, path, street_m)
    finally:
        whole.unlink(missing_ok=True)


def _outline(key: Key, objects: Mapping[Key, SubsetObject]) -> list[object]:
    """Return all that decides over the ring of a boundary; empty where it is none any more."""
    return list(_ring_parts(key, objects)) if key in objects else []


def _ring_parts(key: Key, objects: Mapping[Key, SubsetObject]) -> Iterator[object]:
    for letter, ref, role in objects[key].members:
        if letter == WAY and role in RING_ROLES:
            way = objects.get((WAY, ref))
            yield ref, role
            for node_id in way.refs if way else ():
                node = objects.get((NODE, node_id))
                yield node_id, node.place if node else None
