"""CSV cells to rows: each file of data/registry read by itself, every problem collected."""

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from io import StringIO
from pathlib import Path
from typing import TypeAlias, TypeVar

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from mapper.registry.registry import TABLE_OF, TABLES, columns
from mapper.registry.row import Row, enum_of

_RowT = TypeVar("_RowT", bound=Row)
# Read whole into memory; a table of the evidence is a hundredth of this.
_FILE_BYTES_MAX = 64_000_000
_SHOWN_MAX = 120


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """
    One thing that is wrong, and where.

    Attributes
    ----------
    file
        Name of the file.
    line
        Line on which the row ends, the header being line 1; 0 where the file as a whole is
        meant.
    column
        Name of the column; empty where the row as a whole is meant.
    value
        The cell as written, cut at 120 characters.
    allowed
        What would be right.
    """

    file: str
    line: int
    column: str
    value: str
    allowed: str

    def __str__(self) -> str:
        """Say it in one line."""
        place = f"{self.file}:{self.line}" if self.line else self.file
        column = f" {self.column}" if self.column else ""
        return f"{place}{column}: {self.value!r}; allowed: {self.allowed}"


@dataclass(frozen=True, slots=True)
class Placed:
    """
    A row and where it stands.

    Attributes
    ----------
    line
        Line on which the row ends.
    folder
        Name of a folder of one's own, whose rows join the bundled ones; empty for those.
    """

    line: int
    row: Row
    folder: str = ""

    def file_name(self, table: str) -> str:
        """Return the name of the file of a table that the row stands in."""
        return f"{self.folder}/{table}.csv" if self.folder else f"{table}.csv"


def problem(table: str, placed: Placed, column: str, allowed: str) -> Problem:
    """Say what is wrong with one cell of a row that could be read."""
    value = getattr(placed.row, column)
    shown = "" if value is None else _shown(str(value))
    return Problem(placed.file_name(table), placed.line, column, shown, allowed)


Tables: TypeAlias = Mapping[str, tuple[Placed, ...]]
"""Table name -> its readable rows, in file order. Every table is there, if only empty."""


def each(tables: Tables, model: type[_RowT]) -> Iterator[tuple[Placed, _RowT]]:
    """Yield the rows of a model's table, each with where it stands."""
    for placed in tables[TABLE_OF[model]]:
        if isinstance(placed.row, model):
            yield placed, placed.row


@dataclass(frozen=True, slots=True)
class Reading:
    """
    What the files hold.

    Attributes
    ----------
    tables
        The rows that could be read.
    broken_ids
        Table name -> the first cells of the rows that could not; a reference to one of them is
        no second problem.
    unreadable
        The tables whose file could not be read at all, or not to its end; a reference to one of
        them is no second problem either.
    problems
        Why they could not.
    """

    tables: Tables
    broken_ids: Mapping[str, frozenset[str]]
    unreadable: frozenset[str]
    problems: tuple[Problem, ...]

    @property
    def is_whole(self) -> bool:
        """Whether every row of every table could be read."""
        return not self.unreadable and not any(self.broken_ids.values())


def read_tables(folder: Path, *own_folders: Path) -> Reading:
    """
    Read every table of a folder, and the rows that folders of one's own add to it.

    Parameters
    ----------
    folder
        Holds ``<table>.csv`` in UTF-8 without a byte order mark, the header being exactly the
        columns of the table in their order. A missing file is an empty table; a CSV file that
        is no table is a problem.
    own_folders
        The same, each with as few of the tables as it has rows for.

    Returns
    -------
    Reading
        The rows that could be read, and everything that could not.
    """
    tables: dict[str, tuple[Placed, ...]] = {}
    broken: dict[str, frozenset[str]] = {}
    unreadable: set[str] = set()
    problems: list[Problem] = []
    # The bundled rows first, so that of a repeated id the row of one's own is the one that is
    # named.
    places = [(folder, ""), *((own, own.name) for own in own_folders)]
    for table in TABLES:
        parts = [part for place, name in places for part in _read_file(place, table, name)]
        tables[table] = tuple(part for part in parts if isinstance(part, Placed))
        broken[table] = frozenset(part.first_cell for part in parts if isinstance(part, _Broken))
        for part in parts:
            if isinstance(part, _Broken):
                problems += part.problems
            elif isinstance(part, Problem):
                problems.append(part)
                # A file that cannot be read would otherwise make every reference into it a problem
                # too.
                unreadable.add(table)
    file_names = {f"{table}.csv" for table in TABLES}
    problems += [
        Problem(path.name, 0, "", path.name, "one file for each table: " + ", ".join(TABLES))
        for place, _ in places
        for path in sorted(place.iterdir())
        if path.suffix.lower() in {".csv", ".tsv"} and path.name not in file_names
    ]
    return Reading(tables, broken, frozenset(unreadable), tuple(problems))


@dataclass(frozen=True, slots=True)
class _Broken:
    first_cell: str
    problems: tuple[Problem, ...]


_Found: TypeAlias = Placed | _Broken | Problem


def _read_file(folder: Path, table: str, own_name: str) -> Iterator[_Found]:
    path = folder / f"{table}.csv"
    name = f"{own_name}/{path.name}" if own_name else path.name
    if not path.exists():
        return
    try:
        body = path.read_bytes()
        if len(body) > _FILE_BYTES_MAX:
            yield Problem(name, 0, "", f"{len(body)} bytes", f"at most {_FILE_BYTES_MAX} bytes")
            return
        text = body.decode("utf-8")
    except OSError as error:
        yield Problem(name, 0, "", type(error).__name__, "a file that can be read")
        return
    except UnicodeDecodeError as error:
        yield Problem(name, 0, "", f"byte {error.start}", "text in UTF-8")
        return
    yield from _read_text(name, table, text, own_name)


def _read_text(name: str, table: str, text: str, own_name: str) -> Iterator[_Found]:
    wanted = columns(table)
    # Strict: a quote that is not closed would swallow the rest of the file into one cell.
    reader = csv.reader(StringIO(text, newline=""), strict=True)
    try:
        header = next(reader, [])
        # The order too: a diff of evidence must show a cell, not a column that moved.
        if tuple(header) != wanted:
            yield Problem(name, 1, "", _shown(",".join(header)), ",".join(wanted))
            return
        for cells in reader:
            part = _read_row(name, table, reader.line_num, cells)
            yield replace(part, folder=own_name) if isinstance(part, Placed) else part
    except csv.Error as error:
        yield Problem(name, reader.line_num, "", str(error), "well-formed CSV")


def _read_row(name: str, table: str, line: int, cells: list[str]) -> Placed | _Broken:
    wanted = columns(table)
    if len(cells) != len(wanted):
        problem = Problem(name, line, "", f"{len(cells)} cells", f"{len(wanted)} cells")
        # The first cell is the id where there is one, for rows that refer to it.
        return _Broken(cells[0] if cells else "", (problem,))
    cell_by_column = dict(zip(wanted, cells, strict=True))
    try:
        return Placed(line, TABLES[table].model_validate(cell_by_column))
    except ValidationError as error:
        problems = []
        for detail in error.errors(include_url=False):
            column = str(detail["loc"][0])
            allowed = _allowed(table, column, detail)
            problems.append(Problem(name, line, column, _shown(cell_by_column[column]), allowed))
        return _Broken(cells[0], tuple(problems))


def _allowed(table: str, column: str, detail: ErrorDetails) -> str:
    word = enum_of(TABLES[table].model_fields[column].annotation)
    if word is not None:
        return ", ".join(word)
    _, _, allowed = detail["msg"].partition("allowed: ")
    return allowed or detail["msg"].removeprefix("Value error, ")


def _shown(value: str) -> str:
    return value if len(value) <= _SHOWN_MAX else value[:_SHOWN_MAX] + "…"
