"""
One published change file (``.osc.gz``) applied to a subset, exactly or not at all.

Change files are applied one after the other and not merged first: a publisher of extracts writes
an object that left its area as deleted, with a version of its own making, and the same object may
come back later with a lower one.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import osmium

from mapper.errors import OutdatedBaseError, SourceFormatError
from mapper.sources.osm.block_reader import OsmObject
from mapper.sources.osm.packed_body import Packing, body_pieces
from mapper.sources.osm.subset import (
    CAMERAS,
    Key,
    Replication,
    Rule,
    Subset,
    SubsetObject,
    copied,
    parts_of,
    without_strays,
)

_OBJECTS = osmium.osm.NODE | osmium.osm.WAY | osmium.osm.RELATION
_GZIP_MAGIC = b"\x1f\x8b"
_WORDS = {"n": "node", "w": "way", "r": "relation"}

Change = tuple[int, SubsetObject | None]
"""The version, and the object as it is now; None where it was deleted."""


def apply_changes(subset: Subset, path: Path, after: Replication, rule: Rule = CAMERAS) -> Subset:
    """
    Return the subset that the extract of the next moment would give.

    Parameters
    ----------
    path
        The change file that follows on the subset's own sequence.
    after
        What the publisher says of the moment after it.
    rule
        What the subset is one of.

    Raises
    ------
    SourceFormatError
        If the file is broken or cut.
    OutdatedBaseError
        If a root is now made of an object that was there before, that the file does not bring,
        and that was not kept, as it was part of no root then.
    """
    with _unpacked(path) as plain:
        newest: dict[Key, Change] = {}
        held, absent = subset.objects, subset.absent

        def concerns(key: Key, osm_object: OsmObject) -> bool:
            is_near = key in held or key in absent
            return is_near or (len(osm_object.tags) > 0 and rule.is_root(osm_object))

        _take(plain, newest, concerns, rule)
        # New cameras are read again, as a later version may have lost the tag, in whichever order
        # they stand; and what cameras are made of now, which by itself is nothing that concerns us.
        asked: set[Key] = set()
        while wanted := _wanted(subset, newest, rule) - asked:
            _take(plain, newest, lambda key, _, keys=frozenset(wanted): key in keys, rule)  # type: ignore[misc]
            asked |= wanted
    objects = without_strays(_changed(held, newest), rule)
    missing = parts_of(objects, rule) - objects.keys()
    deleted = {key for key, (_, each) in newest.items() if each is None}
    if unknown := missing - absent - deleted:
        letter, osm_id = min(unknown)
        whole = "a camera" if rule is CAMERAS else "a boundary"
        msg = f"{_WORDS[letter]}/{osm_id} is part of {whole} now, and was not when the rest came"
        raise OutdatedBaseError(msg)
    return Subset(objects, frozenset(missing), after, subset.box)


def _take(
    path: Path,
    newest: dict[Key, Change],
    concerns: Callable[[Key, OsmObject], bool],
    rule: Rule,
) -> None:
    """Note the highest version of what concerns us; of two that are equal, the later."""
    source: Iterable[OsmObject] = osmium.FileProcessor(
        osmium.io.File(str(path.resolve()), "osc"), _OBJECTS
    )
    for osm_object in source:
        key = (osm_object.type_str(), osm_object.id)
        if concerns(key, osm_object):
            version = osm_object.version
            if key not in newest or newest[key][0] <= version:
                newest[key] = version, None if osm_object.deleted else copied(osm_object, rule)


def _wanted(subset: Subset, newest: Mapping[Key, Change], rule: Rule) -> set[Key]:
    keys = newest.keys() | parts_of(_changed(subset.objects, newest), rule)
    return {key for key in keys if key not in subset.objects and key not in subset.absent}


def _changed(
    held: Mapping[Key, SubsetObject], newest: Mapping[Key, Change]
) -> dict[Key, SubsetObject]:
    changed = {**held, **{key: each for key, (_, each) in newest.items() if each is not None}}
    for key, (_, each) in newest.items():
        if each is None:
            changed.pop(key, None)
    return changed


def _packing(path: Path) -> Packing:
    # A server that says gzip of the transfer too has it unpacked on the way.
    with path.open("rb") as file:
        return Packing.GZIP if file.read(2) == _GZIP_MAGIC else Packing.NONE


@contextmanager
def _unpacked(path: Path) -> Iterator[Path]:
    """Unpack beside the file, within bounds; libosmium would unpack anything of any size."""
    plain = path.with_name(f"{path.name}.osc")
    try:
        with plain.open("wb") as file:
            for piece in body_pieces(path, _packing(path)):
                file.write(piece)
        yield plain
    # pyosmium has no error of its own: libosmium's io and format errors arrive as these.
    except (RuntimeError, ValueError, OverflowError, MemoryError) as error:
        msg = f"{path.name}: the change file is broken or cut: {error}"
        raise SourceFormatError(msg, next_step="Try again later.") from error
    finally:
        plain.unlink(missing_ok=True)
