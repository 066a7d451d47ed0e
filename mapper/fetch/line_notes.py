"""
Notes of one JSON object a line: written whole or not at all, and read whatever befell the file.

A line that a crash or a failing disk damaged is named, set aside beside the file, and missed by
nobody else: the other lines stay in use.
"""

import json
import logging
from collections.abc import Mapping
from dataclasses import MISSING, asdict, fields
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar, get_type_hints

from filelock import FileLock

from mapper.clean.durable_files import replace_file

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

_LOG = logging.getLogger(__name__)
Note = TypeVar("Note", bound="DataclassInstance")


def read_notes(path: Path, kind: type[Note]) -> list[Note]:
    """
    Return the notes of a file, the oldest first; none where there is no file.

    Parameters
    ----------
    kind
        A dataclass of texts and whole numbers. Members that it does not have are passed over, so
        that an older version reads a newer one's notes.
    """
    if not path.is_file():
        return []
    notes, damaged = _parted(path.read_bytes(), kind)
    if damaged:
        _set_aside(path, kind)
    return notes


def add_note(path: Path, note: "DataclassInstance") -> None:
    """Add one note behind the others; a disk that is full leaves the file as it was."""
    path.parent.mkdir(parents=True, exist_ok=True)
    # Texts of servers may hold line separators and lone surrogates: ASCII has neither.
    line = json.dumps(asdict(note), sort_keys=True) + "\n"
    with _lock(path):
        before = path.read_bytes() if path.is_file() else b""
        # What a crash of an earlier version cut has no end of line of its own.
        gap = "" if before.endswith(b"\n") or not before else "\n"
        replace_file(path, before.decode("utf-8", "replace") + gap + line)


def _parted(body: bytes, kind: type[Note]) -> tuple[list[Note], list[bytes]]:
    notes, damaged = [], []
    # By line feeds alone: a text may hold what Unicode counts as an end of line.
    for line in body.split(b"\n"):
        if not line.strip():
            continue
        try:
            notes.append(_note(json.loads(line), kind))
        except (ValueError, TypeError, KeyError, RecursionError):
            damaged.append(line)
    return notes, damaged


def _note(members: Mapping[str, Any], kind: type[Note]) -> Note:
    kinds = get_type_hints(kind)
    taken = {}
    for field in fields(kind):
        if field.name not in members and field.default is not MISSING:
            continue
        value = members[field.name]
        if not isinstance(value, kinds[field.name]) or isinstance(value, bool):
            msg = f"{field.name} is no {kinds[field.name].__name__}"
            raise TypeError(msg)
        taken[field.name] = value
    return kind(**taken)


def _set_aside(path: Path, kind: type[Note]) -> None:
    aside = path.with_name(f"{path.stem}.damaged{path.suffix}")
    try:
        with _lock(path):
            body = path.read_bytes()
            _, damaged = _parted(body, kind)
            with aside.open("ab") as file:
                file.writelines(line + b"\n" for line in damaged)
            kept = [line for line in body.split(b"\n") if line.strip() and line not in damaged]
            replace_file(path, "".join(line.decode("utf-8") + "\n" for line in kept))
    except OSError as error:
        # An archive that may only be read is read all the same.
        _LOG.warning("%s holds damaged lines, which are passed over (%s)", path.name, error)
        return
    _LOG.warning(
        "%s held damaged lines, which are set aside in %s: %d", path.name, aside.name, len(damaged)
    )


def _lock(path: Path) -> FileLock:
    return FileLock(path.with_name(f".{path.name}.lock"))
