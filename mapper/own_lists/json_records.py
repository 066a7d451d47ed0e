"""JSON of every shape that lists come in: records at any depth, GeoJSON, ArcGIS, Socrata, lines."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from mapper.clean.body_formats import json_document
from mapper.clean.strict_json import RefusedJsonError, load_strict
from mapper.errors import UsageError
from mapper.own_lists.column_names import axis_of, is_known_name
from mapper.own_lists.delimited import decoded_text
from mapper.own_lists.table import (
    GEOMETRY_LAT,
    GEOMETRY_LON,
    BadLine,
    HowRead,
    Table,
    refused,
    table_of,
)

JSON_BYTES_MAX: Final = 150_000_000
# Each becomes an object of Python, of some hundred bytes: the file's size alone says little of what
# it takes to read it.
_CONTAINERS_MAX: Final = 3_000_000
_VALUES_MAX: Final = 15_000_000
_DEPTH_MAX: Final = 6
_FLAT_DEPTH_MAX: Final = 3
_SHOWN_CHARS: Final = 120
_LON_AND_LAT: Final = 2
_TOTALS: Final = ("total", "count", "totalcount", "numbermatched", "total_count", "totalrecords")
_EPSG: Final = re.compile(r"(?:EPSG|epsg)[:/]{1,2}(?:[\d.]*[:/])?(\d{4,6})$")
_CRS84: Final = "CRS84"
_WGS84: Final = 4326
_FLAT: Final = "keep one list, as an array of flat objects, or name its way with records = ..."


@dataclass(frozen=True, slots=True)
class _Records:
    """A list of objects in a document, the way to it, and the totals said on that way."""

    way: str
    items: Sequence[Any]
    totals: tuple[tuple[str, int], ...] = ()


def read_json(name: str, body: bytes, how: HowRead) -> Table:
    """
    Read a JSON document, or JSON Lines.

    Raises
    ------
    SourceFormatError
        If it is cut, larger than any list, OpenStreetMap's own, or holds no list of objects.
    UsageError
        If several lists could be meant, or the stated one is not there.
    """
    _require_bounded(name, body)
    text, encoding = decoded_text(name, body, how)
    read = replace(how, encoding=encoding)
    if _is_lines(text):
        return _json_lines(name, text, read)
    document = json_document(name, text.encode("utf-8", "surrogatepass"))
    if isinstance(document, dict):
        if "elements" in document and ("osm3s" in document or "generator" in document):
            what = "is OpenStreetMap's own JSON"
            raise refused(name, what, "build it: mapper build FILE reads it as it is.")
        if str(document.get("type")) in {"Feature", "Point", "MultiPoint", "GeometryCollection"}:
            document = {"type": "FeatureCollection", "features": _features(document)}
    records = _chosen(name, document, how.records)
    read = replace(read, records=records.way)
    notes = [
        f"the file says {key} {total:,}, and {len(records.items):,} rows are here"
        for key, total in records.totals
        if total > len(records.items)
    ]
    epsg = _stated_epsg(document)
    names = _socrata_columns(document)
    bad: list[BadLine] = []
    rows = list(_rows(records.items, names, bad))
    file_format = "GeoJSON" if _is_geojson(records.items) else "JSON"
    return table_of(name, file_format, rows, bad_lines=bad, notes=notes, epsg=epsg, how=read)


def _require_bounded(name: str, body: bytes) -> None:
    """Count brackets and commas before anything is built of them."""
    cut = "cut it into parts, or look whether it is a list."
    if len(body) > JSON_BYTES_MAX:
        raise refused(name, f"is JSON of more than {JSON_BYTES_MAX:,} bytes", cut)
    if body.count(b"[") + body.count(b"{") > _CONTAINERS_MAX:
        raise refused(name, f"holds more than {_CONTAINERS_MAX:,} lists and objects", cut)
    if body.count(b",") > _VALUES_MAX:
        raise refused(name, f"holds more than {_VALUES_MAX:,} values", cut)


def _is_lines(text: str) -> bool:
    """Whether the first line is a whole object and more follow."""
    # RFC 8142 begins each record with the sign 1E; plain JSON Lines do not.
    first, _, rest = text.lstrip("\x1e \r\n\t").partition("\n")
    if not first.startswith("{") or not rest.strip():
        return False
    try:
        load_strict(first)
    except RefusedJsonError:
        return False
    return True


def _json_lines(name: str, text: str, how: HowRead) -> Table:
    items: list[Any] = []
    numbers: list[int] = []
    bad: list[BadLine] = []
    for number, line in enumerate(text.split("\n"), start=1):
        stripped = line.strip("\x1e \r\t")
        if not stripped:
            continue
        try:
            items.append(load_strict(stripped))
            numbers.append(number)
        except RefusedJsonError as error:
            bad.append(BadLine(number, "the line is no JSON", f"{error}: {stripped[:80]}"))
    rows = [(numbers[index - 1], row) for index, row in _rows(items, (), bad)]
    return table_of(name, "JSON Lines", rows, bad_lines=bad, how=how)


def _features(document: Mapping[str, Any]) -> list[Any]:
    """Return a lone feature or geometry as features."""
    if document["type"] == "Feature":
        return [document]
    parts = document.get("geometries", [document])
    return [{"type": "Feature", "properties": {}, "geometry": part} for part in parts]


def _chosen(name: str, document: object, way: str) -> _Records:
    every = list(_lists(document, (), ()))
    if way:
        for records in every:
            if records.way == way:
                return records
        msg = f"{name} has no list of objects at {way!r}"
        raise UsageError(msg, next_step=f"there are: {_ways(every)}.")
    if _socrata_columns(document):
        every = [records for records in every if records.way == "data"] or every
    if len(every) > 1:
        # Of several lists the one with positions is meant: lists of codes lie beside it in many
        # answers.
        placed = [records for records in every if _has_positions(records.items)]
        every = placed or every
    if len(every) == 1:
        return every[0]
    if not every:
        raise refused(name, "is no list of objects", _FLAT)
    msg = f"{name} holds {len(every)} lists of objects: {_ways(every)}"
    raise UsageError(msg, next_step=f'name one in the mapping: records = "{every[0].way}".')


def _ways(every: Sequence[_Records]) -> str:
    shown = [f"{records.way or 'the document'} ({len(records.items):,} rows)" for records in every]
    return ", ".join(shown[:10])


def _lists(
    value: object, way: tuple[str, ...], totals: tuple[tuple[str, int], ...]
) -> Iterator[_Records]:
    """Find every list of objects, and objects of objects where a list was expected."""
    if isinstance(value, list):
        if (
            (value and all(isinstance(item, dict) for item in value))
            or (value and way == ("data",) and all(isinstance(item, list) for item in value))
            or (value and any(isinstance(item, dict) for item in value))
        ):
            yield _Records(".".join(way), value, totals)
        return
    if not isinstance(value, dict) or len(way) >= _DEPTH_MAX:
        return
    said = tuple(
        (key, number)
        for key, number in value.items()
        # Paged answers say how many there are: fewer rows mean that a page was saved and not the
        # list.
        if key.casefold() in _TOTALS and isinstance(number, int) and not isinstance(number, bool)
    )
    inner = [
        records
        for key, part in value.items()
        for records in _lists(part, (*way, key), (*totals, *said))
    ]
    # {"cam1": {...}, "cam2": {...}}: a list whose ids are its keys.
    if not inner and len(value) > 1 and all(isinstance(part, dict) for part in value.values()):
        keyed = [{"@id": key, **part} for key, part in value.items()]
        inner = [_Records(".".join(way), keyed, totals)]
    yield from inner


def _has_positions(items: Sequence[Any]) -> bool:
    first = items[0] if isinstance(items[0], dict) else {}
    flat = _flat(first)
    return (
        "geometry" in first
        or len(set(map(axis_of, flat)) - {""}) == _LON_AND_LAT
        or any(
            is_known_name(name) and name in first and isinstance(first[name], dict) for name in flat
        )
    )


def _is_geojson(items: Sequence[Any]) -> bool:
    return isinstance(items[0], dict) and items[0].get("type") == "Feature"


def _rows(
    items: Sequence[Any], names: Sequence[str], bad: list[BadLine]
) -> Iterator[tuple[int, dict[str, str]]]:
    for number, item in enumerate(items, start=1):
        if isinstance(item, list) and names:
            # A row may be shorter than the columns that the head names.
            cells = zip(names, item, strict=False)
            yield number, {column: _cell(value) for column, value in cells}
        elif not isinstance(item, dict):
            bad.append(BadLine(number, "the record is no object", _cell(item)[:_SHOWN_CHARS]))
        elif item.get("type") == "Feature" or ("attributes" in item and "geometry" in item):
            yield from ((number, row) for row in _feature_rows(item))
        else:
            yield number, _flat(item)


def _feature_rows(feature: Mapping[str, Any]) -> Iterator[dict[str, str]]:
    """Yield the row of a feature; a multipoint is several cameras."""
    properties = feature.get("properties", feature.get("attributes"))
    row = _flat(properties) if isinstance(properties, dict) else {}
    if "id" in feature and "@id" not in row:
        row["@id"] = _cell(feature["id"])
    geometry = feature.get("geometry")
    points = list(_points(geometry))
    for lon, lat in points:
        yield {**row, GEOMETRY_LON: _cell(lon), GEOMETRY_LAT: _cell(lat)}
    if not points:
        kind = _cell(geometry.get("type")) if isinstance(geometry, dict) else ""
        yield {**row, GEOMETRY_LON: kind, GEOMETRY_LAT: kind} if row or kind else {}


def _points(geometry: object) -> Iterator[tuple[object, object]]:
    if not isinstance(geometry, dict):
        return
    # ArcGIS writes points so.
    if "x" in geometry and "y" in geometry:
        yield geometry["x"], geometry["y"]
        return
    coordinates = geometry.get("coordinates")
    if not isinstance(coordinates, list):
        return
    positions = {"Point": [coordinates], "MultiPoint": coordinates}.get(str(geometry.get("type")))
    for position in positions or ():
        if isinstance(position, list) and len(position) >= _LON_AND_LAT:
            yield position[0], position[1]


def _flat(record: Mapping[str, Any], depth: int = 1) -> dict[str, str]:
    """Lay nested objects side by side (``location.latitude``); a point stays whole in its cell."""
    row: dict[str, str] = {}
    for key, value in record.items():
        is_point = isinstance(value, dict) and "coordinates" in value
        if isinstance(value, dict) and value and depth < _FLAT_DEPTH_MAX and not is_point:
            inner = _flat(value, depth + 1)
            row |= {f"{key}.{name}": cell for name, cell in inner.items()}
        else:
            row[str(key)] = _cell(value)
    return row


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, list) and all(isinstance(part, str) for part in value):
        # As OSM writes several values.
        return ";".join(value)
    return json.dumps(value, ensure_ascii=False)


def _stated_epsg(document: object) -> int | None:
    """Return the system that GeoJSON's old ``crs`` or ArcGIS's ``spatialReference`` states."""
    if not isinstance(document, dict):
        return None
    reference = document.get("spatialReference")
    if isinstance(reference, dict):
        # ArcGIS has numbers of its own (102100); the latest one is EPSG's (3857).
        wkid = reference.get("latestWkid", reference.get("wkid"))
        return wkid if isinstance(wkid, int) and not isinstance(wkid, bool) else None
    crs = document.get("crs")
    properties = crs.get("properties") if isinstance(crs, dict) else None
    stated = str(properties.get("name", "")) if isinstance(properties, dict) else ""
    if stated.endswith(_CRS84):
        return _WGS84
    number = _EPSG.search(stated)
    return int(number[1]) if number else None


def _socrata_columns(document: object) -> tuple[str, ...]:
    """Return the names of Socrata's ``rows.json``, whose rows are lists."""
    view = document.get("meta") if isinstance(document, dict) else None
    view = view.get("view") if isinstance(view, dict) else None
    columns = view.get("columns") if isinstance(view, dict) else None
    if not isinstance(columns, list):
        return ()
    return tuple(
        str(column.get("fieldName", f"column {index}"))
        if isinstance(column, dict)
        else f"column {index}"
        for index, column in enumerate(columns, start=1)
    )
