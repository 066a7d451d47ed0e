"""
The bodies of published lists, read row by row: JSON, GeoJSON, CSV and KML.

A body that is cut, foreign, of another shape or without a row stops the source.
"""

from collections.abc import Iterator
from typing import Any

from mapper.clean.body_formats import delimited_lines, json_document, kml_placemarks
from mapper.clean.list_rows import LOOK, Row
from mapper.errors import SourceChangedError, SourceFormatError

_TRY_AGAIN = "collect it again; the last good snapshot stays in use."


def json_rows(source_id: str, body: bytes) -> Iterator[Row]:
    """
    Read a JSON array of objects.

    Raises
    ------
    SourceFormatError
        If the body is no JSON.
    SourceChangedError
        If it is no array of objects, or an empty one.
    """
    for number, item in enumerate(_json_list(source_id, body), start=1):
        yield Row(source_id, number, _object(source_id, number, item))


def feature_rows(source_id: str, body: bytes) -> Iterator[Row]:
    """
    Read GeoJSON features: an array of them, or the members of a FeatureCollection.

    A feature's own ``id`` is the field ``@id``, so that it never meets a property ``id``.

    Raises
    ------
    SourceFormatError
        If the body is no JSON.
    SourceChangedError
        If it holds no features.
    """
    for number, item in enumerate(_json_list(source_id, body), start=1):
        feature = _object(source_id, number, item)
        # A bare geometry has no properties, so no field of it could be read or ignored.
        if feature.get("type") != "Feature" or "geometry" not in feature:
            msg = f"{source_id}: row {number} is no GeoJSON feature"
            raise SourceChangedError(msg, next_step=LOOK)
        fields = dict(_object(source_id, number, feature.get("properties")))
        if "id" in feature:
            fields["@id"] = feature["id"]
        yield Row(source_id, number, fields, geometry=feature["geometry"])


def csv_rows(
    source_id: str, body: bytes, *, encoding: str = "utf-8-sig", delimiter: str = ","
) -> Iterator[Row]:
    """
    Read CSV with a header; blank lines and columns without a name and a value are passed over.

    Raises
    ------
    SourceFormatError
        If the body is not in this encoding, or a line has more or fewer cells than the header.
    SourceChangedError
        If two columns have one name, or there is no row.
    """
    try:
        text = body.decode(encoding)
    except UnicodeDecodeError as error:
        msg = f"{source_id}: the list is not in {encoding} ({error.reason})"
        raise SourceFormatError(msg, next_step=LOOK) from error
    lines = delimited_lines(source_id, text, delimiter)
    _, header = next(lines, (0, []))
    # With two columns of one name the second would silently win.
    twice = sorted({name for name in header if name and header.count(name) > 1})
    if twice:
        msg = f"{source_id}: the list has columns twice: {', '.join(twice)}"
        raise SourceChangedError(msg, next_step=LOOK)
    number = 0
    for number, (_, cells) in enumerate(lines, start=1):
        yield Row(source_id, number, _cells(source_id, number, header, cells))
    if not number:
        raise _empty(source_id)


def kml_rows(source_id: str, body: bytes) -> Iterator[Row]:
    """
    Read the placemarks of a KML file.

    A row's fields are the placemark's own ``@id``, the texts of its direct children (``name``,
    ``description`` and the like), its extended data, and ``@coordinates`` of its point.

    Raises
    ------
    SourceFormatError
        If the body is no safe, whole KML.
    SourceChangedError
        If it holds no placemark.
    """
    number = 0
    for number, fields in enumerate(kml_placemarks(source_id, body), start=1):
        yield Row(source_id, number, dict(fields))
    if not number:
        raise _empty(source_id)


def _cells(source_id: str, number: int, header: list[str], cells: list[str]) -> dict[str, Any]:
    if len(cells) != len(header):
        msg = f"{source_id}: row {number} has {len(cells)} cells, the header {len(header)}"
        raise SourceFormatError(msg, next_step=_TRY_AGAIN)
    pairs = zip(header, cells, strict=True)
    # A trailing comma makes a column without a name: it is dropped while it is empty, and stops the
    # source as an unknown field as soon as it holds something.
    return {name: cell for name, cell in pairs if name or cell}


def _json_list(source_id: str, body: bytes) -> list[Any]:
    document = json_document(source_id, body)
    if isinstance(document, dict) and document.get("type") == "FeatureCollection":
        document = document.get("features")
    if not isinstance(document, list):
        msg = f"{source_id}: the list came in another shape"
        raise SourceChangedError(msg, next_step=LOOK)
    if not document:
        raise _empty(source_id)
    return document


def _empty(source_id: str) -> SourceChangedError:
    return SourceChangedError(f"{source_id}: the list holds no row", next_step=LOOK)


def _object(source_id: str, number: int, item: object) -> dict[str, Any]:
    if not isinstance(item, dict):
        msg = f"{source_id}: row {number} is no object"
        raise SourceChangedError(msg, next_step=LOOK)
    return dict(item)
