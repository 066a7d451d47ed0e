"""CSV for people and their spreadsheets: UTF-8, one header row, no formula can run."""

import csv
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import pyarrow as pa
import pyarrow.compute as pc

from mapper.export.formula_guard import guard, unguard
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
from mapper.export.text_pieces import Pieces, holds_any, laid_out, parts_of_rows

_TRIGGERS: Final = "=+\\-@\uff1d\uff0b\uff0d\uff20\\t\\r\\n"
# Of those the bytes, the full-width ones by their first.
_TRIGGER_BYTES: Final = b"=+-@\t\r\n\xef"
_PADDING: Final = " '\\x{a0}\\x{3000}"
# For whole columns by Arrow, whose RE2 cannot look behind; `formula_guard` cuts at the same places.
# A spreadsheet set to semicolons or tabs begins a cell after each of them, quoted or not.
_SUSPECT: Final = f"(?:^|[;\\t\\r\\n])[{_PADDING}]*[{_TRIGGERS}]"


def guard_column(texts: pa.Array | pa.ChunkedArray) -> pa.Array:
    """Guard a text column; only the few suspect cells are touched one by one."""
    flat = texts.combine_chunks() if isinstance(texts, pa.ChunkedArray) else texts
    if not holds_any(flat, _TRIGGER_BYTES):
        return flat
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
    with path.open("wb") as file:
        file.write((",".join(f'"{name}"' for name in table.column_names) + "\n").encode())
        for rows in parts_of_rows(len(layer)):
            part = table.slice(rows.start, rows.stop - rows.start)
            file.write(laid_out(list(_cells_and_commas(part)), part.num_rows))


def _cells_and_commas(table: pa.Table) -> Iterator[Pieces]:
    for number, values in enumerate(table.columns):
        if number:
            yield Pieces.same(",")
        yield Pieces.of(values.combine_chunks(), _cells)
    yield Pieces.same("\n")


def _cells(values: pa.Array) -> pa.StringArray:
    """Write values as cells by RFC 4180: every text between quotes, so that "" is not missing."""
    if not pa.types.is_string(values.type):
        return values.cast(pa.string())
    doubled = guard_column(values)
    if holds_any(doubled, b'"'):
        doubled = pc.replace_substring(doubled, '"', '""')
    return pc.binary_join_element_wise('"', doubled, '"', "")


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
