"""
What a format of the cameras' tables is: how it is written, read again and counted.

The reader of a format stands beside its writer and calls nothing of it: `verify --deep` compares
what two programs say, and a writer's mistake must not hide in the reader. Every reader gives the
same shape: by column, the cells in the order of ``camera_id``, as plain Python values;
``geometry`` is a pair of longitude and latitude in degrees.
"""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import pyogrio
import shapely

from mapper.export.layer import Layer
from mapper.model.column_types import LIST_TYPES
from mapper.model.columns import CAMERA, ColumnType

Cells = dict[str, list[Any]]

NAMES: Final = tuple(column.name for column in CAMERA)
LISTS: Final = frozenset(c.name for c in CAMERA if c.column_type in LIST_TYPES)
_IDS: Final = frozenset(c.name for c in CAMERA if c.column_type is ColumnType.IDS)
NUMBERS: Final = frozenset(
    c.name for c in CAMERA if c.column_type in {ColumnType.NUMBER, ColumnType.WHOLE}
)
TRUTHS: Final = frozenset(c.name for c in CAMERA if c.column_type is ColumnType.TRUTH)


@dataclass(frozen=True, slots=True)
class Format:
    """
    One file format of a layer.

    Attributes
    ----------
    name, suffix
        As the manifest and the files name it: ``geojson``, ``.geojson``.
    write
        Writes a layer to a path; equal layers give equal bytes.
    read
        Reads every cell again, given the path and the layer's name.
    count
        Counts the rows without reading all values, given the same.
    holds
        What the data dictionary says of it: standard, position, lists, missing value, text.
    is_default
        Whether every release has it; the others are written where they are asked for.
    """

    name: str
    suffix: str
    write: Callable[[Layer, Path], None]
    read: Callable[[Path, str], Cells]
    count: Callable[[Path, str], int]
    holds: tuple[str, str, str, str, str]
    is_default: bool = True


def by_camera_id(cells: Cells) -> Cells:
    """Put all columns in the order of ``camera_id``; formats order their rows differently."""
    # GeoParquet stands along a curve, the others by reference; the id is what they share.
    order = sorted(range(len(cells["camera_id"])), key=cells["camera_id"].__getitem__)
    return {name: [values[row] for row in order] for name, values in cells.items()}


def cells_of(features: Sequence[Mapping[str, Any]]) -> Cells:
    """Return the cells of GeoJSON features; a member that is not there is missing."""
    cells: Cells = {
        name: [feature["properties"].get(name) for feature in features]
        for name in NAMES
        if name != "geometry"
    }
    cells["geometry"] = [tuple(feature["geometry"]["coordinates"]) for feature in features]
    return by_camera_id(cells)


def list_in(name: str, text: str) -> Any:  # noqa: ANN401 - what JSON holds
    """Read the list in a cell of a format without lists: ids by semicolons, else JSON."""
    return text.split(";") if name in _IDS else json.loads(text)


def lon_lat_of(points_wkb: list[bytes]) -> list[tuple[float, float]]:
    """Return longitude and latitude in degrees of points in WKB."""
    points = shapely.from_wkb(points_wkb)
    return list(zip(shapely.get_x(points).tolist(), shapely.get_y(points).tolist(), strict=True))


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
    """Read a format that GDAL reads, in which lists are text and truths may be numbers."""
    with without_side_files():
        meta, table = pyogrio.read_arrow(path, layer=layer)
    cells = typed_cells({name: table[name].to_pylist() for name in NAMES if name != "geometry"})
    # A format without a name for its geometry gets GDAL's own.
    column = meta["geometry_name"] or "wkb_geometry"
    cells["geometry"] = lon_lat_of(table[column].to_pylist())
    return by_camera_id(cells)


def typed_cells(cells: Cells) -> Cells:
    """Turn lists that are text, and truths that are numbers, into what they stand for."""
    typed = dict(cells)
    for name in LISTS:
        typed[name] = [None if text is None else list_in(name, text) for text in cells[name]]
    for name in TRUTHS:
        typed[name] = [None if value is None else bool(value) for value in cells[name]]
    return typed


def differences(reference: Cells, other: Cells) -> Iterator[str]:
    """Say in which columns two readings differ, with the first row that does."""
    if len(reference["camera_id"]) != len(other["camera_id"]):
        yield f"{len(other['camera_id'])} rows, not {len(reference['camera_id'])}"
        return
    for name, expected in reference.items():
        read = other[name]
        if expected == read:
            continue
        rows = [row for row in range(len(expected)) if expected[row] != read[row]]
        first = rows[0]
        yield (
            f"{name} differs in {len(rows)} rows, first at {reference['camera_id'][first]}: "
            f"{read[first]!r} instead of {expected[first]!r}"
        )
