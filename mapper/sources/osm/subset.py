"""
What of an extract is kept: cameras, enforcement, and all that those are made of.

A country's extract is gigabytes and its cameras are a few thousand objects. Objects are kept whole
but for the mapper's name, id and changeset: a node without a tag today may be a device tomorrow,
by a relation that a change file brings without the node.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from mapper.sources.osm.block_reader import OsmObject
from mapper.sources.osm.elements import DEVICE_ROLE
from mapper.sources.osm.tag_reading import ENFORCEMENT_TAG, is_camera

NODE, WAY, RELATION = "n", "w", "r"

Key = tuple[str, int]
"""Letter of the type, and id."""

Members = tuple[tuple[str, int, str], ...]
_ORDER = {NODE: 0, WAY: 1, RELATION: 2}


class SubsetObject(NamedTuple):
    """
    One object, with all that its file says but who mapped it.

    Attributes
    ----------
    tags
        Key and value in the order of the file, where a key may stand twice.
    place
        Longitude and latitude in degrees; None for ways and relations.
    refs
        The nodes of a way.
    members
        Letter, id and role of each member of a relation.
    is_root
        Whether it is kept for its own sake; any other is part of a root.
    """

    tags: tuple[tuple[str, str], ...]
    version: int
    edited_at_utc: datetime
    place: tuple[float, float] | None
    refs: tuple[int, ...]
    members: Members
    is_root: bool

    def get(self, key: str) -> str | None:
        """Return the first value of a tag; None where the object has none."""
        return next((value for name, value in self.tags if name == key), None)


@dataclass(frozen=True, slots=True)
class Replication:
    """
    Where changes to an extract are published, and which of them it holds.

    Attributes
    ----------
    base_url
        Empty where the extract names none.
    sequence
        Number of the last change it holds; None where the extract does not say.
    data_at_utc
        ISO instant as written; empty where the extract does not say.
    """

    base_url: str
    sequence: int | None
    data_at_utc: str


@dataclass(frozen=True, slots=True)
class Subset:
    """
    The objects kept of one extract at one moment.

    Attributes
    ----------
    absent
        Objects that a root is made of and that the extract does not hold: they lie beyond its
        edge. Of any other object that is not here it is not known whether the extract holds it.
    box
        West, south, east and north in degrees of what the extract covers; None where it says none.
    """

    objects: Mapping[Key, SubsetObject]
    absent: frozenset[Key]
    replication: Replication
    box: tuple[float, float, float, float] | None

    def sorted_items(self) -> Iterator[tuple[Key, SubsetObject]]:
        """Yield the objects by type and id."""
        for key in sorted(self.objects, key=lambda key: (_ORDER[key[0]], key[1])):
            yield key, self.objects[key]


@dataclass(frozen=True, slots=True)
class Rule:
    """
    What of an extract is kept for its own sake, and what such an object is made of.

    Attributes
    ----------
    is_root
        Whether an object of a file is kept for its own sake.
    direct
        The objects that a root names; the nodes of ways among them follow by themselves.
    """

    is_root: Callable[[OsmObject], bool]
    direct: Callable[[Key, SubsetObject], Iterable[Key]]


def copied(osm_object: OsmObject, rule: Rule | None = None) -> SubsetObject:
    """Copy an object out of the reader's memory, which the next object overwrites."""
    letter = osm_object.type_str()
    tags = tuple((tag.k, tag.v) for tag in osm_object.tags)
    location = osm_object.location if letter == NODE else None
    return SubsetObject(
        tags=tags,
        version=osm_object.version,
        edited_at_utc=osm_object.timestamp,
        # By the whole numbers of the format: an odd position stays what it is until it is judged.
        place=None if location is None else (location.x / 1e7, location.y / 1e7),
        refs=tuple(node.ref for node in osm_object.nodes) if letter == WAY else (),
        members=(
            tuple((each.type, each.ref, each.role) for each in osm_object.members)
            if letter == RELATION
            else ()
        ),
        is_root=(rule or CAMERAS).is_root(osm_object),
    )


def is_root(osm_object: OsmObject) -> bool:
    """Tell whether an object is a camera by its tags, or enforcement that points at cameras."""
    get = osm_object.tags.get
    is_enforcement = osm_object.is_relation() and get(ENFORCEMENT_TAG[0]) == ENFORCEMENT_TAG[1]
    return bool(is_enforcement) or is_camera(get)


def parts_of(objects: Mapping[Key, SubsetObject], rule: Rule | None = None) -> set[Key]:
    """Return every object that a root is made of, whether it is there or not."""
    direct = (rule or CAMERAS).direct
    parts = {part for key, each in objects.items() if each.is_root for part in direct(key, each)}
    ways = [objects[key] for key in parts if key[0] == WAY and key in objects]
    parts.update((NODE, ref) for way in ways for ref in way.refs)
    return parts


def without_strays(
    objects: Mapping[Key, SubsetObject], rule: Rule | None = None
) -> dict[Key, SubsetObject]:
    """Return the roots and what they are made of, and nothing else."""
    parts = parts_of(objects, rule)
    return {key: each for key, each in objects.items() if each.is_root or key in parts}


def _direct(key: Key, root: SubsetObject) -> Iterable[Key]:
    if key[0] != RELATION:
        return [(NODE, ref) for ref in root.refs]
    # Of enforcement only the devices are cameras; its other members are streets and signs.
    counts_all = is_camera(root.get)
    return [
        (letter, ref)
        for letter, ref, role in root.members
        if letter in (NODE, WAY) and (counts_all or role == DEVICE_ROLE)
    ]


CAMERAS = Rule(is_root, _direct)
"""The rule by which cameras are kept; boundaries have one of their own."""
