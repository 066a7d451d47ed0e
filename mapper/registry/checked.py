"""Read data/registry: all problems at once, or the checked evidence."""

import csv
from collections.abc import Sequence
from functools import lru_cache, partial
from hashlib import blake2b
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mapper.errors import RegistryError
from mapper.registry.registry import TABLES, Registry
from mapper.registry.row import Row
from mapper.registry.seal import sealed_bodies, table_bodies

if TYPE_CHECKING:
    from mapper.registry.cells import Problem, Tables

_SHOWN_MAX = 20


def check(folder: Path, *own_folders: Path) -> "list[Problem]":
    """
    Find everything that is wrong with a folder of tables.

    Parameters
    ----------
    folder
        Holds the CSV files of `mapper.registry.registry.TABLES`; a missing one is empty.
    own_folders
        Folders of one's own, whose rows join those of the first.

    Returns
    -------
    list of Problem
        Sorted by file and line; empty if the folder can be loaded. It never raises for what a
        file holds.
    """
    return _read(folder, own_folders)[1]


def load(folder: Path, *own_folders: Path) -> Registry:
    """
    Read and check a folder of tables, with the rows that folders of one's own add to it.

    Parameters
    ----------
    folder, own_folders
        As for `check`.

    Returns
    -------
    Registry
        Every table sorted by its key, whatever the order of the files.

    Raises
    ------
    RegistryError
        If anything is wrong; the message names the first problems.
    """
    return _loaded((folder, *own_folders), _digest((folder, *own_folders)))


# The evidence is read and checked once in a process, however often it is asked for: its rows never
# change in memory, and bytes that changed on the disk have another digest.
@lru_cache(maxsize=2)
def _loaded(folders: tuple[Path, ...], _digest: str) -> Registry:
    bodies = sealed_bodies(folders[0]) if len(folders) == 1 else None
    if bodies is not None:
        return Registry.of_readers(
            {table: partial(_checked_rows, table, bodies.get(f"{table}.csv")) for table in TABLES}
        )
    return from_tables(require_whole(*folders))


def require_whole(folder: Path, *own_folders: Path) -> "Tables":
    """
    Read and check every row of a folder of tables, whether it carries a seal or not.

    Raises
    ------
    RegistryError
        If anything is wrong; the message names the first problems.
    """
    tables, problems = _read(folder, own_folders)
    if problems:
        shown = "\n".join(str(problem) for problem in problems[:_SHOWN_MAX])
        msg = f"{len(problems)} problems in the evidence registry:\n{shown}"
        raise RegistryError(msg, next_step="Run `mapper registry check` for all of them.")
    return tables


def from_tables(tables: "Tables") -> Registry:
    """Build the registry from rows that have been checked."""
    rows: dict[str, Any] = {
        name: tuple(sorted((placed.row for placed in table), key=lambda row: row.key))
        for name, table in tables.items()
    }
    return Registry(**rows)


def _checked_rows(table: str, body: bytes | None) -> tuple[Row, ...]:
    """Read the rows of a table whose bytes carry their seal, sorted by their key."""
    if body is None:
        return ()
    lines = csv.reader(StringIO(body.decode("utf-8"), newline=""), strict=True)
    next(lines, None)
    return TABLES[table].of_checked(lines)


def _digest(folders: Sequence[Path]) -> str:
    """Return a digest of every table's name and bytes; empty where they cannot be read."""
    whole = blake2b()
    try:
        for folder in folders:
            for name, body in table_bodies(folder).items():
                whole.update(f"{folder / name} {len(body)}\n".encode())
                whole.update(body)
    except OSError:
        # What cannot be read is a problem that `check` names, and no reason to stop here.
        return ""
    return whole.hexdigest()


def _read(folder: Path, own_folders: Sequence[Path]) -> "tuple[Tables, list[Problem]]":
    # The rules are imported where they are asked: tables that carry their seal need none of them.
    from mapper.registry.cells import Problem, read_tables  # noqa: PLC0415
    from mapper.registry.check import problems_between  # noqa: PLC0415

    missing = [place for place in (folder, *own_folders) if not place.is_dir()]
    if missing:
        return {}, [
            Problem(place.name, 0, "", place.name, "a folder of CSV files") for place in missing
        ]
    reading = read_tables(folder, *own_folders)
    return reading.tables, sorted([*reading.problems, *problems_between(reading)])
