"""
The formats that lists come in, read into plain pieces: lines of cells, a JSON document, placemarks.

The one reader of each format, for published sources and for lists of one's own. How strict to be
with a piece that does not fit is the caller's to decide.
"""

import csv
import io
import zlib
from collections.abc import Iterator
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring

from mapper.clean.strict_json import RefusedJsonError, load_strict
from mapper.errors import SourceFormatError

_AGAIN = "get it again; the last good snapshot stays in use."


def delimited_lines(name: str, text: str, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    """
    Read the lines of delimited text, the header among them, blank ones left out.

    Yields
    ------
    line_number, cells
        The line on which the row ends, counted from 1, and its cells without outer blanks.

    Raises
    ------
    SourceFormatError
        If a cell is longer than any list's, or the text is no CSV.
    """
    # newline="" leaves line breaks inside quoted cells as they are, as the csv module asks for.
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        for cells in lines:
            stripped = [cell.strip() for cell in cells]
            if any(stripped):
                yield lines.line_num, stripped
    except csv.Error as error:
        msg = f"{name}: the list is no readable CSV at line {lines.line_num:,} ({error})"
        raise SourceFormatError(msg, next_step=_AGAIN) from error


def json_document(name: str, body: bytes) -> object:
    """
    Read a JSON body, UTF-8 with or without a byte order mark.

    Raises
    ------
    SourceFormatError
        If it is not UTF-8, or ``strict_json`` refuses it.
    """
    try:
        text = body.decode("utf-8-sig")
        return load_strict(text)
    except UnicodeDecodeError as error:
        msg = f"{name}: the list is no whole JSON (not UTF-8 at byte {error.start:,})"
        raise SourceFormatError(msg, next_step=_AGAIN) from error
    except RefusedJsonError as error:
        place = "" if error.char is None else f" at character {error.char:,}"
        msg = f"{name}: the list is no whole JSON ({error}{place})"
        raise SourceFormatError(msg, next_step=_AGAIN) from error


def kml_placemarks(name: str, body: bytes) -> Iterator[dict[str, str]]:
    """
    Read the placemarks of a KML file of any version, Google Earth's own older ones too.

    Yields
    ------
    dict
        The placemark's own ``@id``, the texts of its direct children (``name``, ``description``
        and the like), its extended data, and ``@coordinates`` of its point: lon,lat[,height].

    Raises
    ------
    SourceFormatError
        If the body is no safe, whole XML, or no KML.
    """
    try:
        # A KML needs no document type; one can make a few bytes grow to gigabytes.
        root = fromstring(body, forbid_dtd=True)
    except (ParseError, DefusedXmlException, ValueError, LookupError, zlib.error) as error:
        # An encoding that Python knows and that is no text encoding ("zip") fails in its own way.
        msg = f"{name}: the list is no safe, whole KML ({error})"
        raise SourceFormatError(msg, next_step=_AGAIN) from error
    if _local(root) != "kml":
        msg = f"{name}: the list is XML, but no KML: its root is {root.tag[:80]!r}"
        raise SourceFormatError(msg, next_step="look at the file; export it as KML or CSV.")
    # Placemarks may lie in folders of any depth.
    for element in root.iter():
        if _local(element) == "Placemark":
            yield _placemark(element)


def _placemark(placemark: Element) -> dict[str, str]:
    # Children with children of their own (Point, ExtendedData) are read below, by what they are.
    fields = {_local(child): _text(child) for child in placemark if len(child) == 0}
    if "id" in placemark.attrib:
        fields["@id"] = placemark.attrib["id"].strip()
    for element in placemark.iter():
        match _local(element):
            case "Data":
                # Some exporters write <Value>; both spellings are met in the field.
                values = [child for child in element if _local(child).casefold() == "value"]
                fields[element.get("name", "")] = _text(values[0]) if values else ""
            case "SimpleData":
                fields[element.get("name", "")] = _text(element)
            case "Point":
                for child in element:
                    if _local(child) == "coordinates":
                        fields["@coordinates"] = _text(child)
    return fields


def _local(element: Element) -> str:
    """Return an element's name without its name space, which differs between versions."""
    return str(element.tag).rpartition("}")[2]


def _text(element: Element) -> str:
    return (element.text or "").strip()
