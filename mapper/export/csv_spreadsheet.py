"""CSV that a spreadsheet opens by a double click with the right letters: UTF-8 with its mark."""

import codecs
from pathlib import Path
from typing import Final

from mapper.export import csv_text
from mapper.export.layer import Layer
from mapper.export.table_format import Cells, Format


def write(layer: Layer, path: Path) -> None:
    """
    Write what ``csv_text`` writes, after a byte order mark.

    Excel takes a CSV without the mark for the code page of the machine, and shows other letters.
    """
    csv_text.write(layer, path)
    path.write_bytes(codecs.BOM_UTF8 + path.read_bytes())


def read(path: Path, layer: str) -> Cells:
    """Read the CSV behind the mark."""
    return csv_text.read(path, layer)


def count(path: Path, layer: str) -> int:
    """Count the rows below the header."""
    return csv_text.count(path, layer)


FORMAT: Final = Format(
    "csv-spreadsheet",
    ".spreadsheet.csv",
    write,
    read,
    count,
    holds=(
        "CSV with a byte order mark",
        "`lon_deg`, `lat_deg`",
        "JSON text",
        "empty cell",
        "guarded, see below",
    ),
    is_default=False,
)
