"""The formats of a release: a new one is its own file and one line here."""

import csv
import sqlite3
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

import pyarrow as pa
import pyarrow.parquet as pq
from pyogrio.errors import DataSourceError as GdalError

from mapper.errors import VerificationError
from mapper.export import csv_text, database, flatgeobuf, geojson, geopackage, geoparquet
from mapper.export.table_format import Format

FORMATS: Final = (
    geopackage.FORMAT,
    geojson.FORMAT,
    flatgeobuf.FORMAT,
    csv_text.FORMAT,
    geoparquet.FORMAT,
)
"""Every format of a layer, the slowest to write first, so that two writers end together."""

REFERENCE: Final = geoparquet.FORMAT
"""The typed format that the others are compared with."""

BY_NAME: Final[Mapping[str, Format]] = {form.name: form for form in FORMATS}


def count_rows(path: Path, file_format: str, layer: str) -> int:
    """
    Count a table's rows without reading all of its values.

    Raises
    ------
    VerificationError
        If the file cannot be read as its format, or no reader knows the format.
    """
    counter = _COUNTERS.get(file_format)
    if counter is None:
        msg = f"{path.name}: no reader for the format {file_format}"
        raise VerificationError(msg)
    try:
        return counter(path, layer)
    except (pa.ArrowException, sqlite3.Error, csv.Error, ValueError, GdalError) as error:
        msg = f"{path.name} cannot be read: {error}"
        raise VerificationError(msg) from error


def _count_parquet(path: Path, _layer: str) -> int:
    return int(pq.read_metadata(path).num_rows)


def _count_lines(path: Path, _layer: str) -> int:
    with path.open("rb") as lines:
        return sum(1 for _ in lines)


_COUNTERS: Final[Mapping[str, Callable[[Path, str], int]]] = {
    **{form.name: form.count for form in FORMATS},
    # Tables that are no layer: evidence, links and registry, and the investigators' entities.
    "parquet": _count_parquet,
    "jsonl": _count_lines,
    database.FORMAT_NAME: database.count,
}
