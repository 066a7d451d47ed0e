"""
Read the formats of a release again, each by a reader that shares no code with its writer.

Every reader gives the same shape: by column, the cells in the order of ``camera_id``, as plain
Python values; ``geometry`` is a pair of longitude and latitude in degrees.
"""

import csv
import json
import re
import sqlite3
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any, Final

import pyarrow as pa
import pyarrow.parquet as pq
import pyogrio
import shapely
from pyogrio.errors import DataSourceError as GdalError

from mapper.errors import VerificationError
from mapper.model.columns import CAMERA, ColumnType

Cells = dict[str, list[Any]]
_NAMES: Final = tuple(column.name for column in CAMERA)
_LISTS: Final = {c.name for c in CAMERA if c.column_type in {ColumnType.NUMBERS, ColumnType.TEXTS}}
_NUMBERS: Final = {c.name for c in CAMERA if c.column_type in {ColumnType.NUMBER, ColumnType.WHOLE}}
_TRUTHS: Final = {c.name for c in CAMERA if c.column_type is ColumnType.TRUTH}
_APOSTROPHE: Final = re.compile(
    "(^|[;\t\r\n])'(?=[ '\u00a0\u3000]*[=+\\-@\uff1d\uff0b\uff0d\uff20\t\r\n])"
)


def read_geoparquet(path: Path, _layer: str) -> Cells:
    """Read the reference with its page checksums checked."""
    table = pq.read_table(path, page_checksum_verification=True)
    cells = {name: table[name].to_pylist() for name in _NAMES}
    points = shapely.from_wkb(cells["geometry"])
    cells["geometry"] = list(
        zip(shapely.get_x(points).tolist(), shapely.get_y(points).tolist(), strict=True)
    )
    return _sorted(cells)


def read_csv(path: Path, _layer: str) -> Cells:
    """Read CSV with the standard library, and take the formula guards off."""
    csv.field_size_limit(min(sys.maxsize, 2**31 - 1))
    with path.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    cells: Cells = {
        name: [_from_csv(name, row[name]) for row in rows] for name in _NAMES if name != "geometry"
    }
    cells["geometry"] = [(float(row["lon_deg"]), float(row["lat_deg"])) for row in rows]
    return _sorted(cells)


def _from_csv(name: str, text: str) -> Any:  # noqa: ANN401 - a cell of any column
    if text == "":
        return None
    if name in _NUMBERS:
        return float(text)
    if name in _TRUTHS:
        return {"true": True, "false": False}[text]
    plain = _APOSTROPHE.sub(r"\1", text)
    return json.loads(plain) if name in _LISTS else plain


def read_geojson(path: Path, _layer: str) -> Cells:
    """Read GeoJSON with the standard library; a member that is not there is missing."""
    features = json.loads(path.read_bytes())["features"]
    cells: Cells = {
        name: [feature["properties"].get(name) for feature in features]
        for name in _NAMES
        if name != "geometry"
    }
    cells["geometry"] = [tuple(feature["geometry"]["coordinates"]) for feature in features]
    return _sorted(cells)


@contextmanager
def without_side_files() -> Iterator[None]:
    """Keep GDAL from leaving an ``.aux.xml`` beside a file that it reads or writes."""
    name = "GDAL_PAM_ENABLED"
    before = pyogrio.get_gdal_config_option(name)
    pyogrio.set_gdal_config_options({name: "NO"})
    try:
        yield
    finally:
        pyogrio.set_gdal_config_options({name: before})


def read_with_gdal(path: Path, layer: str) -> Cells:
    """Read a GeoPackage or FlatGeobuf with GDAL."""
    with without_side_files():
        meta, table = pyogrio.read_arrow(path, layer=layer)
    cells: Cells = {name: table[name].to_pylist() for name in _NAMES if name != "geometry"}
    for name in _LISTS:
        cells[name] = [None if text is None else json.loads(text) for text in cells[name]]
    for name in _TRUTHS:
        cells[name] = [None if value is None else bool(value) for value in cells[name]]
    column = meta["geometry_name"] or "wkb_geometry"
    points = shapely.from_wkb(table[column].to_pylist())
    cells["geometry"] = list(
        zip(shapely.get_x(points).tolist(), shapely.get_y(points).tolist(), strict=True)
    )
    return _sorted(cells)


READERS: Final[Mapping[str, Callable[[Path, str], Cells]]] = {
    "geoparquet": read_geoparquet,
    "csv": read_csv,
    "geojson": read_geojson,
    "geopackage": read_with_gdal,
    "flatgeobuf": read_with_gdal,
}


def _sorted(cells: Cells) -> Cells:
    """Put all columns in the order of ``camera_id``."""
    order = sorted(range(len(cells["camera_id"])), key=cells["camera_id"].__getitem__)
    return {name: [values[row] for row in order] for name, values in cells.items()}


def differences(reference: Cells, other: Cells) -> Iterator[str]:
    """Say in which columns two readings differ, with the first row that does."""
    if len(reference["camera_id"]) != len(other["camera_id"]):
        yield f"{len(other['camera_id'])} rows, not {len(reference['camera_id'])}"
        return
    for name, expected in reference.items():
        found = other[name]
        if expected == found:
            continue
        rows = [row for row in range(len(expected)) if expected[row] != found[row]]
        first = rows[0]
        yield (
            f"{name} differs in {len(rows)} rows, first at {reference['camera_id'][first]}: "
            f"{found[first]!r} instead of {expected[first]!r}"
        )


def _count_parquet(path: Path, _layer: str) -> int:
    return int(pq.read_metadata(path).num_rows)


def _count_csv(path: Path, _layer: str) -> int:
    with path.open(encoding="utf-8", newline="") as lines:
        return sum(1 for _ in csv.reader(lines)) - 1


def _count_geojson(path: Path, _layer: str) -> int:
    """Count the lines of features; the writer puts each on a line of its own."""
    with path.open("rb") as lines:
        return sum(line.startswith(b'{"type":"Feature"') for line in lines)


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


def _count_geopackage(path: Path, layer: str) -> int:
    quoted = layer.replace('"', '""')
    with closing(sqlite3.connect(f"file:{path}?mode=ro&immutable=1", uri=True)) as connection:
        (count,) = connection.execute(f'SELECT count(*) FROM "{quoted}"').fetchone()  # noqa: S608 - a quoted identifier
    return int(count)


def _count_with_gdal(path: Path, layer: str) -> int:
    with without_side_files():
        return int(pyogrio.read_info(path, layer=layer, force_feature_count=True)["features"])


def _count_lines(path: Path, _layer: str) -> int:
    with path.open("rb") as lines:
        return sum(1 for _ in lines)


_COUNTERS: Final[Mapping[str, Callable[[Path, str], int]]] = {
    "geoparquet": _count_parquet,
    "parquet": _count_parquet,
    "csv": _count_csv,
    "geojson": _count_geojson,
    "geopackage": _count_geopackage,
    "flatgeobuf": _count_with_gdal,
    "jsonl": _count_lines,
}
