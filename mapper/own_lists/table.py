"""A list as rows of text, whichever format it came in, and what of the file was not read."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final

from mapper.errors import SourceFormatError

GEOMETRY_LON: Final = "geometry longitude"
GEOMETRY_LAT: Final = "geometry latitude"
"""Columns made from geometries; no publisher's column has a blank in it so."""
ROWS_MAX: Final = 500_000
COLUMNS_MAX: Final = 2_000
CELLS_MAX: Final = 5_000_000
CELL_CHARS_MAX: Final = 100_000
"""Caps of every reader: a list beyond them is cut into parts, or is no list."""


@dataclass(frozen=True, slots=True)
class HowRead:
    """
    How a file is opened; what is empty is found out, and the table then says it.

    Attributes
    ----------
    encoding
        The text's encoding, as Python names it.
    delimiter
        The sign between two cells.
    member, sheet, layer
        The file in an archive, the sheet of a workbook, the layer of a geographic file.
    header_row
        The row with the column names, counted from 1; 0 where it is to be found.
    records
        The way to the list in a JSON document, names joined by dots.
    """

    encoding: str = ""
    delimiter: str = ""
    member: str = ""
    sheet: str = ""
    layer: str = ""
    header_row: int = 0
    records: str = ""


@dataclass(frozen=True, slots=True)
class BadLine:
    """A line that is no row of the list: its number in the file, why, and what it holds."""

    number: int
    reason: str
    text: str


@dataclass(frozen=True, slots=True)
class Table:
    """
    Rows of text under the publisher's own column names.

    Attributes
    ----------
    file_format
        The format's name, for people.
    columns
        In the order first met.
    rows
        One mapping per row, column to text; an absent or empty cell is left out.
    row_numbers
        Where each row stands in the file, counted from 1; equally long.
    bad_lines
        Lines that are no row.
    not_read
        Parts of the file that were not read, in words: sheets, layers, members, title rows.
    notes
        What else a reader of the import should know, in words.
    epsg
        The system of the geometry columns as the file itself states it; None where it does not.
    how
        How the file was opened, complete, so that it is opened so again.
    """

    file_format: str
    columns: tuple[str, ...]
    rows: tuple[Mapping[str, str], ...]
    row_numbers: tuple[int, ...] = ()
    bad_lines: tuple[BadLine, ...] = ()
    not_read: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    epsg: int | None = None
    how: HowRead = field(default_factory=HowRead)

    def values(self, column: str) -> list[str]:
        """Return the cells of a column that say something, in the order of rows."""
        return [row[column] for row in self.rows if column in row]


def table_of(  # noqa: PLR0913 - what a table holds
    name: str,
    file_format: str,
    rows: Iterable[tuple[int, Mapping[str, str]]],
    *,
    how: HowRead,
    columns: Iterable[str] = (),
    bad_lines: Iterable[BadLine] = (),
    not_read: Iterable[str] = (),
    notes: Iterable[str] = (),
    epsg: int | None = None,
) -> Table:
    """
    Put rows together, within the caps.

    Parameters
    ----------
    rows
        Number in the file, and cells by column; blank cells are left out.
    columns
        Columns that are there even where no row fills them.

    Raises
    ------
    SourceFormatError
        If there are more rows, columns or cells than a list has, or a cell of a book's length.
    """
    order: dict[str, None] = dict.fromkeys(columns)
    kept: list[dict[str, str]] = []
    numbers: list[int] = []
    cells = halves = 0
    for number, row in rows:
        said: dict[str, str] = {}
        for column, text in row.items():
            whole = _whole(text.strip())
            halves += whole != text.strip()
            if whole:
                said[_whole(column)] = whole
        if not said:
            continue
        order |= dict.fromkeys(said)
        kept.append(said)
        numbers.append(number)
        cells += len(said)
        _require_caps(name, number, said, (len(kept), len(order), cells))
    extra = [f"{halves:,} cells hold half a character, shown as ?"] if halves else []
    return Table(
        file_format=file_format,
        columns=tuple(order),
        rows=tuple(kept),
        row_numbers=tuple(numbers),
        bad_lines=tuple(bad_lines),
        not_read=tuple(not_read),
        notes=(*notes, *extra),
        epsg=epsg,
        how=how,
    )


def refused(name: str, what: str, next_step: str) -> SourceFormatError:
    """Return the error of a file that cannot be read as a list."""
    return SourceFormatError(f"{name} {what}", next_step=next_step)


def _whole(text: str) -> str:
    """Replace lone surrogates, which no file can hold, and let everything else through."""
    return text if text.isascii() else text.encode("utf-8", "replace").decode("utf-8")


def _require_caps(
    name: str, number: int, said: Mapping[str, str], counts: tuple[int, int, int]
) -> None:
    cut = "cut it into parts, or look whether it is a list."
    for count, most, what in zip(
        counts, (ROWS_MAX, COLUMNS_MAX, CELLS_MAX), ("rows", "columns", "cells"), strict=True
    ):
        if count > most:
            raise refused(name, f"has more than {most:,} {what}", cut)
    if any(len(text) > CELL_CHARS_MAX for text in said.values()):
        what = f"holds a cell of more than {CELL_CHARS_MAX:,} characters in row {number:,}"
        raise refused(name, what, cut)
