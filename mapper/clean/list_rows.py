"""
The rows of a publisher's list, taken apart field by field.

A field that is gone, new or of another kind is a change of the publisher's shape and stops the
source; what cannot be read in one row is that row's own trouble.
"""

import csv
import io
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from typing import Any, Final
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring

from mapper.clean.coordinates import lonlat_from_geojson
from mapper.clean.text import clean_tags, clean_text
from mapper.errors import CoordinateError, SourceChangedError, SourceFormatError
from mapper.model.observation import Observation, Reject

REF_USED_TWICE: Final = "the reference is used twice"
REF_EMPTY: Final = "the reference cannot be seen"
_KML: Final = "{http://www.opengis.net/kml/2.2}"
_SHOWN_CHARS: Final = 120
_TRY_AGAIN: Final = "collect it again; the last good snapshot stays in use."
_LOOK: Final = "look at the publisher's page, and at the fields this source knows."


@dataclass(slots=True)
class Row:
    """
    One row: every ``take`` removes a field, and ``finish`` asks what is left.

    Attributes
    ----------
    number
        Counted from 1, for messages.
    fields
        The publisher's names and values that were not taken yet.
    geometry
        The geometry of a GeoJSON feature; None in other lists.
    """

    source_id: str
    number: int
    fields: dict[str, Any]
    geometry: object = field(default=None)

    def take(self, name: str) -> object:
        """
        Remove a field that must be there, and give its value of whatever kind.

        Raises
        ------
        SourceChangedError
            If the row has no such field.
        """
        if name not in self.fields:
            msg = f"{self.source_id}: row {self.number} has no field {name!r}"
            raise SourceChangedError(msg, next_step=_LOOK)
        return self.fields.pop(name)

    def text(self, name: str) -> str:
        """
        Remove a field that must be there, and give it as text; null is the empty text.

        Raises
        ------
        SourceChangedError
            If the row has no such field, or it holds a list, an object or a truth value.
        """
        value = self.take(name)
        if value is None:
            return ""
        if isinstance(value, bool) or not isinstance(value, str | int | float):
            msg = f"{self.source_id}: field {name!r} of row {self.number} is no text: "
            raise SourceChangedError(msg + str(value)[:_SHOWN_CHARS], next_step=_LOOK)
        return str(value).strip()

    def optional(self, name: str) -> object:
        """Remove a field that the publisher leaves out where it is empty; None where it did."""
        return self.fields.pop(name, None)

    def optional_text(self, name: str) -> str:
        """Remove a field that the publisher leaves out where it is empty; as ``text``."""
        return self.text(name) if name in self.fields else ""

    def finish(self, ignored: frozenset[str], *, ignored_prefixes: tuple[str, ...] = ()) -> None:
        """
        Check that nothing is left but what is left out on purpose.

        Raises
        ------
        SourceChangedError
            If a field is neither taken nor ignored.
        """
        left = [name for name in self.fields if name not in ignored]
        unknown = sorted(name for name in left if not name.startswith(ignored_prefixes))
        if unknown:
            shown = ", ".join(repr(clean_text(name).text[:40]) for name in unknown[:5])
            msg = f"{self.source_id}: row {self.number} has fields that are not known: {shown}"
            raise SourceChangedError(msg, next_step=_LOOK)

    def point(self) -> tuple[float, float]:
        """
        Read the position of a GeoJSON point.

        Raises
        ------
        CoordinateError
            If the geometry is missing, no point, or its numbers are no position.
        """
        return point_of(self.geometry)

    def reject(self, ref: str, reason: str, value: str = "") -> Reject:
        """Say why this row gives no observation; the reason is one of few, for counting."""
        shown = clean_text(value[:_SHOWN_CHARS]).text
        return Reject(self.source_id, ref or f"row {self.number}", reason, shown)


def point_of(geometry: object) -> tuple[float, float]:
    """
    Read a GeoJSON point, or a multipoint of exactly one.

    Returns
    -------
    lon_deg, lat_deg
        Decimal degrees, WGS 84.

    Raises
    ------
    CoordinateError
        If it is no such geometry, or its numbers are no position.
    """
    if not isinstance(geometry, dict):
        msg = "the geometry is missing"
        raise CoordinateError(msg)
    kind, position = geometry.get("type"), geometry.get("coordinates")
    if kind == "MultiPoint" and isinstance(position, list) and len(position) == 1:
        kind, position = "Point", position[0]
    if kind != "Point" or not isinstance(position, list):
        msg = "the geometry is no point"
        raise CoordinateError(msg)
    return lonlat_from_geojson(position)


def observed(
    row: Row,
    ref: str,
    position: tuple[float, float],
    tags: Mapping[str, str],
) -> Observation:
    """Make the observation of a row; empty values are no values."""
    clean = clean_tags(tags)
    return Observation(
        source_id=row.source_id,
        source_ref=clean_text(ref).text,
        lon_deg=position[0],
        lat_deg=position[1],
        tags=clean.tags,
        text_cleaned=clean.cleaned,
        text_cut=clean.cut,
    )


def made_ref(*parts: str) -> str:
    """
    Make a reference for a row that has none of its own, from what identifies it.

    The same parts give the same reference, in any order of rows; it tells nothing of them.
    """
    return sha256("\n".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:12]


def iso_day(text: str, written_as: str) -> str:
    """
    Bring a date of a known order to ISO; a text in another form is given back as it is.

    Parameters
    ----------
    written_as
        The publisher's documented form, as ``strptime`` takes it.
    """
    try:
        return datetime.strptime(text, written_as).date().isoformat()  # noqa: DTZ007 - a day
    except ValueError:
        return text


def unique_refs(rows: Iterable[Observation | Reject]) -> Iterator[Observation | Reject]:
    """
    Let the first observation of each reference through; a second one becomes a reject.

    So does one whose reference was nothing but characters that cannot be seen.
    """
    seen: set[str] = set()
    for row in rows:
        if isinstance(row, Observation):
            if not row.source_ref:
                yield Reject(row.source_id, "", REF_EMPTY)
                continue
            if row.source_ref in seen:
                yield Reject(row.source_id, row.source_ref, REF_USED_TWICE)
                continue
            seen.add(row.source_ref)
        yield row


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
        if feature.get("type") != "Feature" or "geometry" not in feature:
            msg = f"{source_id}: row {number} is no GeoJSON feature"
            raise SourceChangedError(msg, next_step=_LOOK)
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
        raise SourceFormatError(msg, next_step=_LOOK) from error
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        header = [name.strip() for name in next(lines, [])]
        twice = sorted({name for name in header if name and header.count(name) > 1})
        if twice:
            msg = f"{source_id}: the list has columns twice: {', '.join(twice)}"
            raise SourceChangedError(msg, next_step=_LOOK)
        number = 0
        for number, cells in enumerate(lines, start=1):
            if any(cell.strip() for cell in cells):
                yield Row(source_id, number, _cells(source_id, number, header, cells))
        if not number:
            raise _empty(source_id)
    except csv.Error as error:
        msg = f"{source_id}: the list is no readable CSV ({error})"
        raise SourceFormatError(msg, next_step=_TRY_AGAIN) from error


def kml_rows(source_id: str, body: bytes) -> Iterator[Row]:
    """
    Read the placemarks of a KML 2.2 file.

    A row's fields are the placemark's own ``@id``, the texts of its direct children (``name``,
    ``description`` and the like), its extended data, and ``@coordinates`` of its point.

    Raises
    ------
    SourceFormatError
        If the body is no safe, whole KML.
    SourceChangedError
        If it is other XML, or holds no placemark.
    """
    try:
        root = fromstring(body, forbid_dtd=True)
    except (ParseError, DefusedXmlException, ValueError) as error:
        msg = f"{source_id}: the list is no safe, whole KML ({error})"
        raise SourceFormatError(msg, next_step=_TRY_AGAIN) from error
    if root.tag != f"{_KML}kml":
        msg = f"{source_id}: the list is XML, but no KML 2.2"
        raise SourceChangedError(msg, next_step=_LOOK)
    placemarks = list(root.iter(f"{_KML}Placemark"))
    if not placemarks:
        raise _empty(source_id)
    for number, placemark in enumerate(placemarks, start=1):
        yield Row(source_id, number, _placemark(placemark))


def _placemark(placemark: Element) -> dict[str, Any]:
    fields: dict[str, Any] = {}
    for child in placemark:
        name = child.tag.removeprefix(_KML)
        if len(child) == 0:
            fields[name] = (child.text or "").strip()
    if "id" in placemark.attrib:
        fields["@id"] = placemark.attrib["id"].strip()
    for data in placemark.iter(f"{_KML}Data"):
        fields[data.get("name", "")] = (data.findtext(f"{_KML}value") or "").strip()
    for data in placemark.iter(f"{_KML}SimpleData"):
        fields[data.get("name", "")] = (data.text or "").strip()
    point = placemark.findtext(f"{_KML}Point/{_KML}coordinates")
    if point is not None:
        fields["@coordinates"] = point.strip()
    return fields


def _cells(source_id: str, number: int, header: list[str], cells: list[str]) -> dict[str, Any]:
    if len(cells) != len(header):
        msg = f"{source_id}: row {number} has {len(cells)} cells, the header {len(header)}"
        raise SourceFormatError(msg, next_step=_TRY_AGAIN)
    pairs = zip(header, cells, strict=True)
    return {name: cell.strip() for name, cell in pairs if name or cell.strip()}


def _json_list(source_id: str, body: bytes) -> list[Any]:
    try:
        document = json.loads(body.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        msg = f"{source_id}: the list is no whole JSON ({error})"
        raise SourceFormatError(msg, next_step=_TRY_AGAIN) from error
    if isinstance(document, dict) and document.get("type") == "FeatureCollection":
        document = document.get("features")
    if not isinstance(document, list):
        msg = f"{source_id}: the list came in another shape"
        raise SourceChangedError(msg, next_step=_LOOK)
    if not document:
        raise _empty(source_id)
    return document


def _empty(source_id: str) -> SourceChangedError:
    return SourceChangedError(f"{source_id}: the list holds no row", next_step=_LOOK)


def _object(source_id: str, number: int, item: object) -> dict[str, Any]:
    if not isinstance(item, dict):
        msg = f"{source_id}: row {number} is no object"
        raise SourceChangedError(msg, next_step=_LOOK)
    return dict(item)
