"""Read data/registry: all problems at once, or the checked evidence."""

from pathlib import Path
from typing import Any

from mapper.errors import RegistryError
from mapper.registry.cells import Problem, Tables, read_tables
from mapper.registry.check import problems_between
from mapper.registry.registry import Registry

_SHOWN_MAX = 20


def check(folder: Path) -> list[Problem]:
    """
    Find everything that is wrong with a folder of tables.

    Parameters
    ----------
    folder
        Holds the CSV files of `mapper.registry.registry.TABLES`; a missing one is empty.

    Returns
    -------
    list of Problem
        Sorted by file and line; empty if the folder can be loaded. It never raises for what a
        file holds.
    """
    return _read(folder)[1]


def load(folder: Path) -> Registry:
    """
    Read and check a folder of tables.

    Parameters
    ----------
    folder
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
    tables, problems = _read(folder)
    if problems:
        shown = "\n".join(str(problem) for problem in problems[:_SHOWN_MAX])
        msg = f"{len(problems)} problems in the evidence registry:\n{shown}"
        raise RegistryError(msg, next_step="Run `mapper registry check` for all of them.")
    return from_tables(tables)


def from_tables(tables: Tables) -> Registry:
    """Build the registry from rows that have been checked."""
    rows: dict[str, Any] = {
        name: tuple(sorted((placed.row for placed in table), key=lambda row: row.key))
        for name, table in tables.items()
    }
    return Registry(**rows)


def _read(folder: Path) -> tuple[Tables, list[Problem]]:
    if not folder.is_dir():
        return {}, [Problem(folder.name, 0, "", folder.name, "a folder of CSV files")]
    reading = read_tables(folder)
    return reading.tables, sorted([*reading.problems, *problems_between(reading)])
