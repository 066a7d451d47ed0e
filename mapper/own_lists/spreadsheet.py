"""Workbooks (XLSX, ODS) through GDAL: every sheet is read, or named as not read."""

import io
import posixpath
import re
import zipfile
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

import pyogrio
from defusedxml.ElementTree import fromstring

from mapper.errors import SourceFormatError, UsageError
from mapper.own_lists.file_access import layer_names, on_disk, require_whole_xml, zip_members
from mapper.own_lists.headed_lines import Line, headed_table
from mapper.own_lists.table import ROWS_MAX, HowRead, Table, refused

_SAVE: Final = "open it where it was made, and save it again, or as CSV UTF-8."
_UNPACKED_BYTES_MAX: Final = 150_000_000
_WORKBOOK: Final = "xl/workbook.xml"
_RELATIONS: Final = "xl/_rels/workbook.xml.rels"
_CONTENT: Final = "content.xml"
_ROW_TAG: Final = {"XLSX": b"<row", "ODS": b"<table:table-row"}
_REPEATED: Final = re.compile(rb'number-(?P<what>row|column)s-repeated="(?P<times>\d+)"')
_REPEATS_MAX: Final = 1_000
_OPTIONS: Final = {"HEADERS": "DISABLE", "FIELD_TYPES": "STRING"}


def read_workbook(name: str, body: bytes, how: HowRead, *, file_format: str) -> Table:
    """
    Read a sheet, and those with the same columns after it.

    Parameters
    ----------
    file_format
        ``XLSX`` or ``ODS``, which is GDAL's driver too.

    Raises
    ------
    SourceFormatError
        If the workbook is encrypted, misses a part, has a broken one, or holds no list.
    UsageError
        If the stated sheet is not there.
    """
    with zip_members(name, io.BytesIO(body), unpacked_max=_UNPACKED_BYTES_MAX) as archive:
        _require_parts(name, archive, file_format)
    with on_disk(name, body, f".{file_format.lower()}") as opened:
        source = f"{file_format}:{opened.path}"
        sheets = layer_names(source)
        if how.sheet and how.sheet not in sheets:
            msg = f"{name} has no sheet {how.sheet!r}"
            raise UsageError(msg, next_step=f"there are: {', '.join(sheets)}.")
        lines = {sheet: _lines(name, source, sheet) for sheet in sheets}
    filled = {sheet: cells for sheet, cells in lines.items() if cells}
    if not filled:
        raise refused(name, f"is {file_format} and holds no cell", _SAVE)
    first = how.sheet or next(iter(filled))
    if first not in filled:
        raise refused(name, f"holds nothing in the sheet {first!r}", "name another sheet.")
    table = headed_table(name, file_format, filled[first], replace(how, sheet=how.sheet))
    table = _with_others(name, table, filled, first)
    return replace(table, notes=(*table.notes, *opened.notes()))


def _with_others(name: str, table: Table, filled: dict[str, list[Line]], first: str) -> Table:
    """Add the sheets that have the same columns; name the others with their rows."""
    rows, numbers = list(table.rows), list(table.row_numbers)
    bad, not_read, notes = list(table.bad_lines), list(table.not_read), list(table.notes)
    for sheet, lines in filled.items():
        if sheet == first:
            continue
        other = None if table.how.sheet else _like(name, table, lines)
        if other is None:
            not_read.append(f"sheet {sheet!r} with {len(lines):,} filled rows")
            continue
        rows += other.rows
        numbers += other.row_numbers
        bad += other.bad_lines
        notes.append(f"sheet {sheet!r} has the same columns and is read too")
    return replace(
        table,
        rows=tuple(rows),
        row_numbers=tuple(numbers),
        bad_lines=tuple(bad),
        not_read=tuple(not_read),
        notes=(f"sheet {first!r} is read", *notes),
    )


def _like(name: str, table: Table, lines: Sequence[Line]) -> Table | None:
    try:
        other = headed_table(name, table.file_format, lines, replace(table.how, header_row=0))
    except SourceFormatError:
        return None
    return other if other.columns == table.columns else None


def _lines(name: str, source: str, sheet: str) -> list[Line]:
    """Read a sheet as lines of text; GDAL keeps the blank rows between, so numbers are right."""
    _, _, _, columns = pyogrio.raw.read(
        source, layer=sheet, read_geometry=False, max_features=ROWS_MAX + 1, **_OPTIONS
    )
    cells = zip(*(column.tolist() for column in columns), strict=True)
    if len(columns) and len(columns[0]) > ROWS_MAX:
        raise refused(name, f"has more than {ROWS_MAX:,} rows in {sheet!r}", "cut it into parts.")
    lines = (
        Line(number, [_text(cell) for cell in line]) for number, line in enumerate(cells, start=1)
    )
    return [line for line in lines if any(line.cells)]


def _text(cell: object) -> str:
    return "" if cell is None else str(cell).strip()


def _require_parts(name: str, archive: zipfile.ZipFile, file_format: str) -> None:
    """Look at the parts that GDAL passes over in silence where they are cut or not there."""
    members = set(archive.namelist())
    needed = [_CONTENT] if file_format == "ODS" else [_WORKBOOK, _RELATIONS]
    missing = [part for part in needed if part not in members]
    if missing:
        raise refused(name, f"is {file_format} without its part {missing[0]}", _SAVE)
    for part in sorted(members):
        if part in needed or (part.startswith("xl/") and part.endswith((".xml", ".rels"))):
            with archive.open(part) as stream:
                rows = require_whole_xml(name, part, stream, row_tag=_ROW_TAG[file_format])
            if rows > ROWS_MAX:
                what = f"has more than {ROWS_MAX:,} rows in {part}"
                raise refused(name, what, "cut it into parts.")
    if file_format == "ODS":
        _require_no_repeats(name, archive.read(_CONTENT))
    if file_format == "XLSX":
        gone = [part for part in _sheet_parts(archive) if part not in members]
        if gone:
            raise refused(name, f"is XLSX without its part {gone[0]}", _SAVE)


def _require_no_repeats(name: str, content: bytes) -> None:
    """Refuse a filled row or cell that says it stands millions of times; GDAL drops it unsaid."""
    for match in _REPEATED.finditer(content):
        what, times = match["what"].decode(), int(match["times"][:12])
        end = content.find(b"</table:table-row>", match.end())
        if times > _REPEATS_MAX and b"<text:p" in content[match.end() : end]:
            raise refused(name, f"repeats a filled {what} {times:,} times", _SAVE)


def _sheet_parts(archive: zipfile.ZipFile) -> list[str]:
    relations = fromstring(archive.read(_RELATIONS), forbid_dtd=True)
    targets = [
        relation.get("Target", "")
        for relation in relations
        if relation.get("Type", "").endswith("/worksheet")
    ]
    return [
        target.removeprefix("/") if target.startswith("/") else posixpath.join("xl", target)
        for target in targets
    ]
