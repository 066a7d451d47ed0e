"""CSV for people and their spreadsheets: UTF-8, one header row, no formula can run."""

import csv
import re
import sys
from collections.abc import Iterable, Sequence
from io import StringIO
from pathlib import Path
from typing import Any, Final

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv

from mapper.export.layer import Layer
from mapper.export.table_format import (
    LISTS,
    NAMES,
    NUMBERS,
    TRUTHS,
    Cells,
    Format,
    by_camera_id,
    list_in,
)

_NUMBER: Final = re.compile(r"-?[0-9]+(\.[0-9]+)?", re.ASCII)
_TRIGGERS: Final = "=+\\-@\uff1d\uff0b\uff0d\uff20\\t\\r\\n"
_PADDING: Final = " '\\x{a0}\\x{3000}"
_MAY_BEGIN: Final = frozenset("=+-@\uff1d\uff0b\uff0d\uff20\t\r\n '\u00a0\u3000")
_SEPARATORS: Final = frozenset(";\t\r\n")
# For whole columns by Arrow, whose RE2 cannot look behind; the two below cut at the same places.
# A spreadsheet set to semicolons or tabs begins a cell after each of them, quoted or not.
_SUSPECT: Final = f"(?:^|[;\\t\\r\\n])[{_PADDING}]*[{_TRIGGERS}]"
_INSERT_AT: Final = re.compile(
    "(?:^|(?<=[;\\t\\r\\n]))(?=[ '\u00a0\u3000]*[=+\\-@\uff1d\uff0b\uff0d\uff20\\t\\r\\n])"
)
_REMOVE_AT: Final = re.compile(
    "(?:^|(?<=[;\\t\\r\\n]))'(?=[ '\u00a0\u3000]*[=+\\-@\uff1d\uff0b\uff0d\uff20\\t\\r\\n])"
)


def guard(text: str) -> str:
    """
    Put an apostrophe where a spreadsheet would begin a formula.

    That is before ``= + - @`` (their full-width forms too), tab and line breaks, at the
    beginning of the text and after each semicolon, tab or line break.

    Notes
    -----
    Source: OWASP ASVS 1.2.10. Reversible: see ``unguard``.
    """
    # Nearly every cell begins with a letter or a digit and has no separator: the pattern, which
    # looks at each place of a text, is for the others.
    if text[:1] not in _MAY_BEGIN and _SEPARATORS.isdisjoint(text):
        return text
    return _INSERT_AT.sub("'", text)


def unguard(text: str) -> str:
    """Take back what ``guard`` did; ``unguard(guard(text)) == text`` for every text."""
    return _REMOVE_AT.sub("", text)


def guard_column(texts: pa.Array | pa.ChunkedArray) -> pa.Array:
    """Guard a text column; only the few suspect cells are touched one by one."""
    flat = texts.combine_chunks() if isinstance(texts, pa.ChunkedArray) else texts
    suspect = pc.fill_null(pc.match_substring_regex(flat, _SUSPECT), fill_value=False)
    # Nearly every column; Arrow has looked at it without making one Python text.
    if not pc.any(suspect).as_py():
        return flat
    replacements = [guard(text) for text in flat.filter(suspect).to_pylist()]
    return pc.replace_with_mask(flat, suspect, pa.array(replacements, type=pa.string()))


def guarded(table: pa.Table) -> pa.Table:
    """Guard every text column of a table; numbers and truths stay what they are."""
    for position, field in enumerate(table.schema):
        if pa.types.is_string(field.type):
            table = table.set_column(position, field.name, guard_column(table[field.name]))
    return table


def lines_text(lines: Iterable[Sequence[str]]) -> str:
    """Return lines of cells as CSV in which no cell begins a formula; numbers stay numbers."""
    into = StringIO()
    writer = csv.writer(into, lineterminator="\n")
    for line in lines:
        # A negative longitude is a number to a spreadsheet, and must stay one for the table.
        writer.writerow([cell if _NUMBER.fullmatch(cell) else guard(cell) for cell in line])
    return into.getvalue()


def write(layer: Layer, path: Path) -> None:
    """
    Write a layer as CSV.

    ``lon_deg`` and ``lat_deg`` stand in place of ``geometry``; ids of a list
    stand with semicolons, other lists are JSON text; a missing value is an empty cell; the line
    end is a single line feed.
    """
    table = layer.text_table
    table = table.add_column(1, "lon_deg", pa.array(layer.lon_deg))
    table = table.add_column(2, "lat_deg", pa.array(layer.lat_deg))
    pyarrow.csv.write_csv(guarded(table), path)


def read(path: Path, _layer: str) -> Cells:
    """Read CSV with the standard library, with a byte order mark or without; take guards off."""
    # The limit holds for every reader of the process: what comes from outside keeps the usual one.
    usual = csv.field_size_limit(min(sys.maxsize, 2**31 - 1))
    try:
        with path.open(encoding="utf-8-sig", newline="") as lines:
            rows = list(csv.DictReader(lines))
    finally:
        csv.field_size_limit(usual)
    cells: Cells = {
        name: [_cell(name, row[name]) for row in rows] for name in NAMES if name != "geometry"
    }
    cells["geometry"] = [(float(row["lon_deg"]), float(row["lat_deg"])) for row in rows]
    return by_camera_id(cells)


def _cell(name: str, text: str) -> Any:  # noqa: ANN401 - a cell of any column
    if text == "":
        return None
    if name in NUMBERS:
        return float(text)
    if name in TRUTHS:
        return {"true": True, "false": False}[text]
    plain = unguard(text)
    return list_in(name, plain) if name in LISTS else plain


def count(path: Path, _layer: str) -> int:
    """Count the rows below the header; a quoted cell may hold line breaks."""
    with path.open(encoding="utf-8-sig", newline="") as lines:
        return sum(1 for _ in csv.reader(lines)) - 1


FORMAT: Final = Format(
    "csv",
    ".csv",
    write,
    read,
    count,
    holds=("CSV", "`lon_deg`, `lat_deg`", "JSON text", "empty cell", "guarded, see below"),
)
