"""
What every published list has in common: its body becomes rows, and each row one camera or a reject.

A source gives its description, the fields it leaves out on purpose and a function that reads one
row; the format, unusable positions, rows without a reference and repeated references are met here.
"""

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import Final

from mapper.clean.list_bodies import csv_rows, feature_rows, json_rows, kml_rows
from mapper.clean.list_rows import Row, unique_refs
from mapper.errors import CoordinateError
from mapper.model.observation import Observation, Reject
from mapper.model.source import Download, PlatformQuery, SourceInfo

Parse = Callable[[bytes], Iterator[Observation | Reject]]
ReadRow = Callable[[Row], Observation | Reject]
Refs = Callable[[Iterable[Observation | Reject]], Iterator[Observation | Reject]]

REF_MISSING: Final = "the row has no number or name"
NO_POSITION: Final = "no position"


def list_parser(
    info: SourceInfo,
    read_row: ReadRow,
    *,
    ignored: frozenset[str] = frozenset(),
    ignored_prefixes: tuple[str, ...] = (),
    split: Callable[[Row], Iterable[Row]] | None = None,
    refs: Refs = unique_refs,
) -> Parse:
    """
    Return the parser of a published list.

    Parameters
    ----------
    info
        The source; the format of the body is the one it is read from.
    read_row
        Takes every field it uses, sets ``row.ref``, and returns what the row says. It may let a
        ``CoordinateError`` pass, which makes the row a reject.
    ignored, ignored_prefixes
        Fields that are left out on purpose, by name and by how their name begins.
    split
        Makes several rows of one where a row holds several cameras.
    refs
        What happens to a reference that comes twice.

    Returns
    -------
    Callable
        From a body to its observations and rejects. It raises ``SourceFormatError`` where the body
        is not whole or not of this format, and ``SourceChangedError`` where its fields are not the
        ones this source knows.

    Raises
    ------
    ValueError
        If lists in the source's format have no reader.
    """
    # Once, when the source is imported: a format without a reader must not wait for a body.
    read_body = _reader_of(info)

    def parse(body: bytes) -> Iterator[Observation | Reject]:
        rows: Iterable[Row] = read_body(body)
        if split is not None:
            rows = (part for row in rows for part in split(row))
        return refs(_read(row, read_row, ignored, ignored_prefixes) for row in rows)

    return parse


def _read(
    row: Row, read_row: ReadRow, ignored: frozenset[str], ignored_prefixes: tuple[str, ...]
) -> Observation | Reject:
    try:
        result = read_row(row)
    except CoordinateError as error:
        result = row.reject(NO_POSITION, str(error))
    # Asked of every row, so that a new field is seen in a rejected one as well.
    row.finish(ignored, ignored_prefixes=ignored_prefixes)
    # A row that cannot be named is no camera, whatever else is wrong with it.
    return row.reject(REF_MISSING) if row.ref == "" else result


def _reader_of(info: SourceInfo) -> Callable[[bytes], Iterator[Row]]:
    match info.read_from:
        case Download(body_format="csv", encoding=encoding, delimiter=delimiter):
            return partial(csv_rows, info.source_id, encoding=encoding, delimiter=delimiter)
        case Download(body_format="kml"):
            return partial(kml_rows, info.source_id)
        case Download(body_format="geojson") | PlatformQuery(platform="arcgis" | "opendatasoft"):
            return partial(feature_rows, info.source_id)
        case Download(body_format="json") | PlatformQuery(platform="socrata" | "ckan"):
            return partial(json_rows, info.source_id)
        case other:
            msg = f"{info.source_id}: what comes from {other} has no reader"
            raise ValueError(msg)
