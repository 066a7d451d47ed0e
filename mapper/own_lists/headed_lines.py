"""Lines of cells with a header somewhere near the top: CSV and the sheets of a workbook."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from mapper.errors import SourceFormatError, UsageError
from mapper.own_lists.column_names import is_known_name
from mapper.own_lists.table import COLUMNS_MAX, BadLine, HowRead, Table, refused, table_of

_HEADER_WITHIN: Final = 30
_NAMES_ENOUGH: Final = 2
_MOST: Final = 0.5
_NUMBER: Final = re.compile(r"[-+]?\d+(?:[.,]\d+)?")
_SHOWN_CHARS: Final = 120


@dataclass(frozen=True, slots=True)
class Line:
    """A line of cells and where it stands in the file, counted from 1."""

    number: int
    cells: Sequence[str]


def headed_table(name: str, file_format: str, lines: Sequence[Line], how: HowRead) -> Table:
    """
    Find the header, name what stands above it, and read the lines below it.

    A line with more or fewer cells than the header is set aside with its number. Columns without
    a name and a value are no columns.

    Raises
    ------
    SourceFormatError
        If there is no line, a column name stands twice, or most lines do not fit the header.
    UsageError
        If the stated header row is not there.
    """
    lines = [line for line in lines if any(line.cells)]
    if not lines:
        raise refused(name, "has no line that says anything", "look at the file.")
    start = _header_index(name, lines, how.header_row)
    header = _header(name, lines[start], lines[start + 1 :])
    bad: list[BadLine] = []
    rows = list(_rows(lines[start + 1 :], header, bad))
    if len(bad) > max(1, _MOST * (len(rows) + len(bad))):
        raise _misfit(name, bad, lines[start].number, header)
    above = [" ".join(filter(None, line.cells))[:_SHOWN_CHARS] for line in lines[:start]]
    return table_of(
        name,
        file_format,
        rows,
        columns=filter(None, header),
        bad_lines=bad,
        not_read=[f"above the header: {text}" for text in above],
        how=replace(how, header_row=lines[start].number),
    )


def _header_index(name: str, lines: Sequence[Line], stated: int) -> int:
    if stated:
        at = [index for index, line in enumerate(lines) if line.number == stated]
        if not at:
            msg = f"{name}: row {stated} is blank or not there, and the mapping calls it the header"
            raise UsageError(msg, next_step="look at the file, and correct header_row.")
        return at[0]
    top = lines[:_HEADER_WITHIN]
    for index, line in enumerate(top):
        if sum(map(is_known_name, line.cells)) >= _NAMES_ENOUGH:
            return index
    # No names are known: the header is the first line as wide as most lines are.
    # Above the header stand titles and notes, which fill fewer cells than the rows below.
    widths = Counter(_filled(line) for line in top)
    widest = max(widths, key=lambda width: (widths[width], width))
    wide = (i for i, line in enumerate(top) if _filled(line) >= widest and _is_words(line))
    return next(wide, 0)


def _is_words(line: Line) -> bool:
    """Whether a line can be names of columns: most of its cells are no numbers."""
    numbers = sum(bool(_NUMBER.fullmatch(cell)) for cell in line.cells)
    return numbers <= _MOST * _filled(line)


def _filled(line: Line) -> int:
    return sum(map(bool, line.cells))


def _header(name: str, line: Line, below: Sequence[Line]) -> list[str]:
    """Return the column names; a nameless column with values gets its number as a name."""
    header = list(line.cells)
    while header and not header[-1]:
        header.pop()
    if len(header) > COLUMNS_MAX:
        what = f"has {len(header):,} columns in row {line.number:,}"
        raise refused(name, what, "look whether it is a list, and whether the delimiter is right.")
    # The mapping names columns; of two with one name it cannot say which.
    twice = sorted(column for column, times in Counter(header).items() if column and times > 1)
    if twice:
        what = f"has columns twice: {', '.join(twice[:5])}"
        raise refused(name, what, "rename one of each.")
    used = {
        index
        for below_line in below
        for index, cell in enumerate(below_line.cells[: len(header)])
        if cell
    }
    return [
        column or (f"column {index + 1}" if index in used else "")
        for index, column in enumerate(header)
    ]


def _rows(
    lines: Sequence[Line], header: Sequence[str], bad: list[BadLine]
) -> Iterator[tuple[int, dict[str, str]]]:
    for line in lines:
        cells = list(line.cells)
        # Spreadsheets write empty cells to the right of what was ever touched.
        while len(cells) > len(header) and not cells[-1]:
            cells.pop()
        if len(cells) != len(header):
            reason = "the line has more or fewer cells than the header"
            bad.append(BadLine(line.number, reason, " | ".join(cells)[:_SHOWN_CHARS]))
            continue
        pairs = zip(header, cells, strict=False)
        yield line.number, {column: cell for column, cell in pairs if column}


def _misfit(
    name: str, bad: Sequence[BadLine], header_row: int, header: Sequence[str]
) -> SourceFormatError:
    what = (
        f"has {len(bad):,} lines that do not fit the {len(header)} columns of row {header_row}; "
        f"the first is line {bad[0].number:,}: {bad[0].text}"
    )
    step = "it may be cut, or a cell holds an unquoted comma; a mapping can name the header_row."
    return refused(name, what, step)
