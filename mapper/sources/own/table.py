"""A list as rows of text, whichever format it came in."""

import csv
import io
import json
import zipfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

import openpyxl

from mapper.clean.body_formats import delimited_lines, json_document, kml_placemarks
from mapper.errors import SourceFormatError

GEOMETRY_LON: Final = "geometry longitude"
GEOMETRY_LAT: Final = "geometry latitude"
"""Columns made from the geometry of GeoJSON and KML; no publisher's column has a blank in it so."""
_ROWS_MAX = 2_000_000
_BODY_BYTES_MAX = 500_000_000
_SNIFF_CHARS = 20_000
_DELIMITERS = ",;\t|"
_KML_DRAWING = frozenset({"description", "styleUrl", "visibility", "open"})


@dataclass(frozen=True, slots=True)
class Table:
    """
    Rows of text under the publisher's own column names.

    Attributes
    ----------
    columns
        In the order first met.
    rows
        One dict per row; an absent or empty cell is the empty text.
    """

    file_format: str
    columns: tuple[str, ...]
    rows: tuple[dict[str, str], ...]


def read_table(name: str, body: bytes) -> Table:
    """
    Read a list by its content; its name only tells CSV from other text.

    Raises
    ------
    SourceFormatError
        If the body is empty, no such format, cut, or too large.
    """
    if not body.strip():
        raise _refused(name, "is empty", "download it again.")
    if len(body) > _BODY_BYTES_MAX:
        raise _refused(name, f"is larger than {_BODY_BYTES_MAX:,} bytes", "cut it into parts.")
    head = body.lstrip(b"\xef\xbb\xbf \t\r\n")[:200].lower()
    if head.startswith((b"<!doctype html", b"<html")):
        raise _refused(name, "is a web page, not a list", "look for the page's download button.")
    reader: Callable[[str, bytes], Iterator[dict[str, str]]]
    if body.startswith(b"PK\x03\x04"):
        file_format, reader = "XLSX", _xlsx
    elif head.startswith((b"{", b"[")):
        file_format, reader = "JSON", _json
    elif head.startswith(b"<"):
        file_format, reader = "KML", _kml
    else:
        file_format, reader = "CSV", _csv
    rows = tuple(reader(name, body))
    if len(rows) > _ROWS_MAX:
        raise _refused(name, f"has more than {_ROWS_MAX:,} rows", "cut it into parts.")
    columns = tuple(dict.fromkeys(column for row in rows for column in row))
    filled = tuple({column: row.get(column, "") for column in columns} for row in rows)
    return Table(file_format, columns, filled)


def _csv(name: str, body: bytes) -> Iterator[dict[str, str]]:
    text = _decoded(name, body)
    try:
        dialect: Any = csv.Sniffer().sniff(text[:_SNIFF_CHARS], delimiters=_DELIMITERS)
    except csv.Error:
        dialect = csv.excel
    lines = delimited_lines(name, text, dialect.delimiter)
    _, header = next(lines, (0, []))
    if len(set(header)) != len(header):
        twice = sorted({column for column in header if header.count(column) > 1})
        raise _refused(name, f"has columns twice: {', '.join(twice)}", "rename one of each.")
    for number, cells in lines:
        if len(cells) != len(header):
            what = f"has {len(cells)} cells in line {number}, and {len(header)} columns"
            raise _refused(name, what, "it may be cut, or a cell holds an unquoted comma.")
        yield dict(zip(header, cells, strict=True))


def _decoded(name: str, body: bytes) -> str:
    for encoding in ("utf-8-sig", "utf-16" if body[:2] in {b"\xff\xfe", b"\xfe\xff"} else "utf-8"):
        try:
            return body.decode(encoding)
        except UnicodeDecodeError:
            continue
    if b"\0" in body:
        raise _refused(name, "is no text and no known format", "save it as CSV UTF-8.")
    return body.decode("cp1252", "replace")


def _xlsx(name: str, body: bytes) -> Iterator[dict[str, str]]:
    try:
        book = openpyxl.load_workbook(io.BytesIO(body), read_only=True, data_only=True)
        sheet = book.worksheets[0]
        lines = sheet.iter_rows(values_only=True)
        header = [_cell(cell) for cell in next(lines)]
        for line in lines:
            cells = [_cell(cell) for cell in line]
            if any(cells):
                yield {column: cell for column, cell in zip(header, cells, strict=False) if column}
    except (zipfile.BadZipFile, KeyError, StopIteration, ValueError, OSError) as error:
        raise _refused(name, f"is no readable XLSX ({error})", "save it as CSV UTF-8.") from error


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, float):
        # As the sheet shows it: 12.0 is a whole number there.
        return repr(value) if not value.is_integer() else str(int(value))
    return str(value).strip()


def _json(name: str, body: bytes) -> Iterator[dict[str, str]]:
    document = json_document(name, body)
    if isinstance(document, dict) and document.get("type") == "FeatureCollection":
        features = document.get("features")
        if not isinstance(features, list):
            raise _refused(name, "is GeoJSON without features", "download it again.")
        yield from (_feature(name, feature) for feature in features)
        return
    for row in _records(name, document):
        yield {str(key): _json_cell(value) for key, value in row.items()}


def _records(name: str, document: object) -> Sequence[dict[str, Any]]:
    """Find the one list of objects: the document itself, or its only such member."""
    if isinstance(document, dict):
        lists = [v for v in document.values() if isinstance(v, list) and v]
        lists = [v for v in lists if isinstance(v[0], dict)]
        if len(lists) != 1:
            what = f"holds {len(lists)} lists of objects"
            raise _refused(name, what, "keep one list, as an array of flat objects.")
        document = lists[0]
    if not isinstance(document, list) or not all(isinstance(row, dict) for row in document):
        raise _refused(name, "is no list of objects", "keep an array of flat objects.")
    return document


def _feature(name: str, feature: object) -> dict[str, str]:
    if not isinstance(feature, dict) or not isinstance(feature.get("properties") or {}, dict):
        raise _refused(name, "holds a feature of another shape", "check it with a GeoJSON tool.")
    row = {str(key): _json_cell(value) for key, value in (feature["properties"] or {}).items()}
    geometry = feature.get("geometry")
    if isinstance(geometry, dict) and geometry.get("type") == "Point":
        position = geometry.get("coordinates")
        if isinstance(position, list) and len(position) >= 2:  # noqa: PLR2004 - lon and lat
            row[GEOMETRY_LON], row[GEOMETRY_LAT] = _json_cell(position[0]), _json_cell(position[1])
    return row


def _json_cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return value.strip()
    return json.dumps(value, ensure_ascii=False)


def _kml(name: str, body: bytes) -> Iterator[dict[str, str]]:
    for fields in kml_placemarks(name, body):
        # How the map draws it, and HTML made of the data beside it, are no data.
        row = {key: value for key, value in fields.items() if key not in _KML_DRAWING}
        lon, _, rest = row.pop("@coordinates", "").partition(",")
        if rest:
            row[GEOMETRY_LON], row[GEOMETRY_LAT] = lon.strip(), rest.partition(",")[0].strip()
        yield row


def _refused(name: str, what: str, next_step: str) -> SourceFormatError:
    return SourceFormatError(f"{name} {what}", next_step=next_step)
