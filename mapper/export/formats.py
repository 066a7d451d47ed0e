"""The formats of a release: a new one is its own file and one line here."""

import csv
import sqlite3
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pyarrow as pa
import pyarrow.parquet as pq
from pyogrio.errors import DataSourceError as GdalError
from rapidfuzz import process

from mapper.errors import UsageError, VerificationError
from mapper.export import (
    csv_spreadsheet,
    csv_text,
    database,
    flatgeobuf,
    geojson,
    geojson_sequence,
    geopackage,
    geoparquet,
    kml,
    kmz,
    vector_tiles,
)
from mapper.export.table_format import Format

FORMATS: Final = (
    vector_tiles.FORMAT,
    geopackage.FORMAT,
    kmz.FORMAT,
    kml.FORMAT,
    geojson.FORMAT,
    geojson_sequence.FORMAT,
    flatgeobuf.FORMAT,
    csv_text.FORMAT,
    csv_spreadsheet.FORMAT,
    geoparquet.FORMAT,
)
"""Every format of a layer, the slowest to write first, so that two writers end together."""

REFERENCE: Final = geoparquet.FORMAT
"""The typed format that the others are compared with."""

BY_NAME: Final[Mapping[str, Format]] = {form.name: form for form in FORMATS}


@dataclass(frozen=True, slots=True)
class FormatChoice:
    """
    Which files of the cameras a release has.

    Attributes
    ----------
    further
        Names of formats beside those that every release has.
    by_country
        Names of formats in which each country gets a file of its own too.
    """

    further: tuple[str, ...] = ()
    by_country: tuple[str, ...] = ()

    @property
    def whole(self) -> tuple[Format, ...]:
        """The formats of every layer, in the order of `FORMATS`."""
        return tuple(form for form in FORMATS if form.is_default or form.name in self.further)

    @property
    def of_countries(self) -> tuple[Format, ...]:
        """The formats of the files by country, in the same order."""
        return tuple(form for form in FORMATS if form.name in self.by_country)


def require_formats(names: Iterable[str], said_by: str) -> tuple[str, ...]:
    """
    Return the names, sorted.

    Parameters
    ----------
    said_by
        The option or setting, for the message.

    Raises
    ------
    UsageError
        If one is no format.
    """
    asked = tuple(sorted(set(names)))
    for name in asked:
        if name not in BY_NAME:
            like = process.extractOne(name, sorted(BY_NAME), score_cutoff=60)
            guess = f"did you mean {like[0]}? " if like else ""
            msg = f"{said_by}: there is no format {name}"
            raise UsageError(msg, next_step=f"{guess}There are: {', '.join(sorted(BY_NAME))}.")
    return asked


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
