"""GeoJSON text sequences by RFC 8142: a reader takes one feature after another, and may stop."""

import json
from pathlib import Path
from typing import Final

from mapper.export import geojson
from mapper.export.layer import Layer
from mapper.export.table_format import Cells, Format, cells_of

_RECORD: Final = b"\x1e"


def write(layer: Layer, path: Path) -> None:
    """
    Write a layer as a sequence of features, each after a record separator and before a line feed.

    Notes
    -----
    Source: RFC 8142, section 2.
    """
    with path.open("wb") as file:
        for text in geojson.feature_texts(layer, before=_RECORD.decode(), after="\n"):
            file.write(text)


def read(path: Path, _layer: str) -> Cells:
    """Read every record; a member that is not there is missing."""
    # JSON escapes control characters, so that the separator stands nowhere within a record.
    features = [json.loads(record) for record in path.read_bytes().split(_RECORD)[1:]]
    return cells_of(features)


def count(path: Path, _layer: str) -> int:
    """Count the record separators."""
    with path.open("rb") as lines:
        return sum(line.count(_RECORD) for line in lines)


FORMAT: Final = Format(
    "geojsonseq",
    ".geojsons",
    write,
    read,
    count,
    holds=("RFC 8142", "`geometry`", "arrays", "the member is left out", "as it is"),
    is_default=False,
)
