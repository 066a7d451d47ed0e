"""Which reader a file gets: by its content, never by its name; what is no list is named."""

import bz2
import gzip
import io
import zlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import partial
from pathlib import PurePosixPath
from typing import Final
from xml.etree.ElementTree import ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import iterparse

from mapper.clean.body_formats import kml_placemarks
from mapper.errors import UsageError
from mapper.own_lists.delimited import read_delimited
from mapper.own_lists.file_access import UNPACKED_BYTES_MAX, require_whole_xml, zip_members
from mapper.own_lists.json_records import read_json
from mapper.own_lists.spreadsheet import read_workbook
from mapper.own_lists.table import (
    GEOMETRY_LAT,
    GEOMETRY_LON,
    HowRead,
    Table,
    refused,
    table_of,
)
from mapper.own_lists.vector import read_geoparquet, read_vector

_BODY_BYTES_MAX: Final = 500_000_000
_XML_BYTES_MAX: Final = 60_000_000
_GDAL_XML_BYTES_MAX: Final = 20_000_000
_PIECE_BYTES: Final = 1_000_000
_NESTED_MAX: Final = 2
_HEAD_BYTES: Final = 4_096
# How the map draws it, and HTML made of the data beside it, are no data.
_KML_DRAWING: Final = frozenset({"description", "styleUrl", "visibility", "open"})

_NAMED: Final[Mapping[bytes, tuple[str, str]]] = {
    b"\xd0\xcf\x11\xe0": ("an old or encrypted Excel or Word file", "save it as XLSX or CSV."),
    b"%PDF": ("a PDF", "ask the publisher for the table, or copy it into CSV by hand."),
    b"\x89PNG": ("a picture", "ask the publisher for the table."),
    b"\xff\xd8\xff": ("a picture", "ask the publisher for the table."),
    b"{\\rtf": ("a text document", "copy its table into CSV."),
    b"Rar!": ("a RAR archive", "unpack it first."),
    b"7z\xbc\xaf": ("a 7z archive", "unpack it first."),
    b"\xfd7zXZ": ("an xz archive", "unpack it first."),
    b"\x28\xb5\x2f\xfd": ("a Zstandard archive", "unpack it first."),
}
"""First bytes of what is no list, with the way out."""
# It stands behind a length and a tag, within the first bytes of every PBF of OpenStreetMap.
_PBF_MARK: Final = b"OSMHeader"
_BUILD: Final = "build it: mapper build FILE reads it as it is."


_BINARY: Final[Mapping[bytes, Callable[[str, bytes, HowRead], Table]]] = {
    b"SQLite format 3\0": partial(read_vector, file_format="GeoPackage", suffix=".gpkg"),
    b"fgb": partial(read_vector, file_format="FlatGeobuf", suffix=".fgb"),
    b"PAR1": read_geoparquet,
}
"""First bytes of geographic formats, with their readers."""


def read_table(name: str, body: bytes, how: HowRead | None = None) -> Table:
    """
    Read a list by its content.

    Parameters
    ----------
    name
        The file's name, for messages.
    how
        What the mapping says of the file; without it everything is found out.

    Raises
    ------
    SourceFormatError
        If the body is empty, no format known here, cut, or too large.
    UsageError
        If something must be stated first: an encoding, one of several lists.
    """
    return _read(name, body, how or HowRead(), depth=0)


def _read(name: str, body: bytes, how: HowRead, *, depth: int) -> Table:
    head = body[:_HEAD_BYTES]
    if not head.strip() and not body.strip():
        raise refused(name, "is empty", "download it again.")
    if len(body) > _BODY_BYTES_MAX:
        raise refused(name, f"is larger than {_BODY_BYTES_MAX:,} bytes", "cut it into parts.")
    # What is no list is named before any reader tries it, for a reader would only say that it is
    # broken.
    for magic, (what, step) in _NAMED.items():
        if head.startswith(magic):
            raise refused(name, f"is {what}, not a list", step)
    if _PBF_MARK in head[:32]:
        raise refused(name, "is an OpenStreetMap extract", _BUILD)
    if head.startswith(b"PK\x03\x04"):
        return _zip(name, body, how, depth=depth)
    if head.startswith((b"\x1f\x8b", b"BZh")):
        return _packed(name, body, how, depth=depth)
    for magic, reader in _BINARY.items():
        if head.startswith(magic):
            return reader(name, body, how)
    return _text(name, body, how)


def _text(name: str, body: bytes, how: HowRead) -> Table:
    # UTF-16 has a zero beside every sign of the markup, and is looked at without them.
    head = body[:_HEAD_BYTES].lstrip(b"\xef\xbb\xbf\xff\xfe").replace(b"\0", b"")
    head = head.lstrip(b" \t\r\n\x1e").lower()
    if head.startswith((b"<!doctype html", b"<html")):
        raise refused(name, "is a web page, not a list", "look for the page's download button.")
    if head.startswith(b"<"):
        return _xml(name, body, how)
    if head.startswith((b"{", b"[")):
        if b'"topology"' in head[:500] and b'"objects"' in body:
            return read_vector(name, body, how, file_format="TopoJSON", suffix=".topojson")
        return read_json(name, body, how)
    return read_delimited(name, body, how)


def _xml(name: str, body: bytes, how: HowRead) -> Table:
    if len(body) > _XML_BYTES_MAX:
        raise refused(name, f"is XML of more than {_XML_BYTES_MAX:,} bytes", "cut it into parts.")
    root = _root(name, body)
    if root == "kml":
        return table_of(name, "KML", _kml_rows(name, body), how=how)
    if root == "osm":
        raise refused(name, "is OpenStreetMap's own XML", _BUILD)
    if root not in {"gpx", "featurecollection"}:
        what = f"is XML, but no KML, GPX or GML: its root is {root!r}"
        raise refused(name, what, "export it as KML or CSV.")
    if len(body) > _GDAL_XML_BYTES_MAX:
        # GDAL reads such a file several times over, once for each layer that it could have.
        most = f"{_GDAL_XML_BYTES_MAX:,} bytes"
        raise refused(
            name, f"is {root.upper()} of more than {most}", "save it as GeoPackage or CSV."
        )
    require_whole_xml(name, "the file", io.BytesIO(body))
    file_format = "GPX" if root == "gpx" else "GML"
    return read_vector(name, body, how, file_format=file_format, suffix=f".{file_format.lower()}")


def _root(name: str, body: bytes) -> str:
    try:
        for _, element in iterparse(io.BytesIO(body), events=("start",), forbid_dtd=True):
            return str(element.tag).rpartition("}")[2].casefold()
    except (ParseError, DefusedXmlException, ValueError, LookupError, zlib.error) as error:
        raise refused(name, f"is no safe, whole XML ({error})", "export it again.") from error
    raise refused(name, "is XML without a root", "export it again.")


def _kml_rows(name: str, body: bytes) -> Iterator[tuple[int, dict[str, str]]]:
    for number, fields in enumerate(kml_placemarks(name, body), start=1):
        row = {key: value for key, value in fields.items() if key not in _KML_DRAWING}
        lon, _, rest = row.pop("@coordinates", "").partition(",")
        if rest:
            row[GEOMETRY_LON], row[GEOMETRY_LAT] = lon.strip(), rest.partition(",")[0].strip()
        yield number, row


def _packed(name: str, body: bytes, how: HowRead, *, depth: int) -> Table:
    """Read what gzip or bzip2 wraps, to a bounded size."""
    stream = (
        gzip.GzipFile(fileobj=io.BytesIO(body))
        if body.startswith(b"\x1f\x8b")
        else bz2.BZ2File(io.BytesIO(body))
    )
    if depth >= _NESTED_MAX:
        raise refused(name, "is packed within packed files", "unpack it first.")
    try:
        inner = stream.read(_unpacked_max(len(body)) + 1)
    except (OSError, EOFError, zlib.error) as error:
        raise refused(name, f"is a cut or broken archive ({error})", "get it again.") from error
    if len(inner) > _unpacked_max(len(body)):
        raise refused(name, "unpacks to far more than its size", "do not trust its origin.")
    return _read(name, inner, how, depth=depth + 1)


def _unpacked_max(packed: int) -> int:
    # Text seldom packs to a hundredth; a small file that unpacks to gigabytes is made to do harm.
    return min(UNPACKED_BYTES_MAX, max(20 * _PIECE_BYTES, 200 * packed))


@dataclass(frozen=True, slots=True)
class _Member:
    """A file in an archive."""

    path: str

    @property
    def suffix(self) -> str:
        """The lower-case ending of its name."""
        return PurePosixPath(self.path).suffix.casefold()


_SHAPE_PARTS: Final = frozenset({".dbf", ".shx", ".prj", ".cpg", ".sbn", ".sbx", ".qpj", ".qmd"})
_BESIDE: Final = frozenset(
    {".txt", ".md", ".pdf", ".png", ".jpg", ".jpeg", ".gif", ".html", ".xsd"}
)
_BESIDE_KML: Final = frozenset({".png", ".jpg", ".jpeg", ".gif"})


def _zip(name: str, body: bytes, how: HowRead, *, depth: int) -> Table:
    with zip_members(name, io.BytesIO(body)) as archive:
        paths = [path for path in archive.namelist() if not path.endswith("/")]
        if "[Content_Types].xml" in paths:
            if not any(path.startswith("xl/") for path in paths):
                raise refused(name, "is an Office file, not a sheet", "save its table as CSV.")
            return read_workbook(name, body, how, file_format="XLSX")
        if "content.xml" in paths and "mimetype" in paths:
            return read_workbook(name, body, how, file_format="ODS")
        if depth >= _NESTED_MAX:
            raise refused(name, "is packed within packed files", "unpack it first.")
        member, others = _chosen_member(name, paths, how.member)
        inner = b"" if member.suffix == ".shp" else archive.read(member.path)
    if member.suffix == ".shp":
        table = read_vector(
            name, body, how, file_format="Shapefile", suffix=".zip", inside=member.path
        )
    else:
        # A layer or sheet is the member's own; the archive's member is not looked for in it.
        table = _read(name, inner, replace(how, member=""), depth=depth + 1)
    not_read = [f"file {path!r} of the archive" for path in others]
    stated = replace(table.how, member=member.path)
    return replace(table, not_read=(*table.not_read, *not_read), how=stated)


def _chosen_member(name: str, paths: list[str], stated: str) -> tuple[_Member, list[str]]:
    """Return the one list of an archive, and what else could be one."""
    lists = [
        path
        for path in paths
        if _Member(path).suffix not in _SHAPE_PARTS | _BESIDE
        and not path.startswith("__MACOSX/")
        and not PurePosixPath(path).name.startswith(".")
    ]
    if stated:
        if stated not in paths:
            msg = f"{name} has no member {stated!r}"
            raise UsageError(msg, next_step=f"there are: {', '.join(lists[:20])}.")
        return _Member(stated), [path for path in lists if path != stated]
    if not lists:
        raise refused(name, "is an archive without a list", "look what is in it.")
    if len(lists) > 1:
        msg = f"{name} holds {len(lists)} files: {', '.join(lists[:20])}"
        raise UsageError(msg, next_step=f'name one in the mapping: member = "{lists[0]}".')
    return _Member(lists[0]), []
