"""GeoPackage for desktop programs: an R-tree, the licence inside, and a style."""

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Final

import pyogrio

from mapper.export.layer import Layer
from mapper.export.qgis_style import style_qml
from mapper.export.table_format import Format, read_with_gdal

# GDAL's options belong to the whole program, so two files are never written at once.
_ONE_AT_A_TIME: Final = threading.Lock()
# QGIS looks for its styles in a table of this name and shape.
_STYLE_TABLE: Final = """
CREATE TABLE layer_styles (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    f_table_catalog TEXT(256), f_table_schema TEXT(256), f_table_name TEXT(256),
    f_geometry_column TEXT(256), styleName TEXT(30), styleQML TEXT, styleSLD TEXT,
    useAsDefault BOOLEAN, description TEXT, owner TEXT(30), ui TEXT(30), update_time DATETIME
)
"""


def write(layer: Layer, path: Path) -> None:
    """
    Write a layer as a GeoPackage with one feature table, its style and its licence.

    Every instant the format asks for is midnight of the data date, so that the same rows give
    the same bytes.
    """
    table = layer.text_table.append_column("geometry", layer.points_wkb())
    instant = f"{layer.data_on}T00:00:00.000Z"
    with _ONE_AT_A_TIME, _gdal_date(instant):
        pyogrio.write_arrow(
            table,
            path,
            driver="GPKG",
            layer=layer.name,
            geometry_name="geometry",
            geometry_type="Point",
            crs="EPSG:4326",
            layer_options={"IDENTIFIER": layer.title, "DESCRIPTION": layer.attribution},
            dataset_metadata={"LICENSE": layer.license_id, "ATTRIBUTION": layer.attribution},
        )
    _add_style(path, layer.name, instant)


@contextmanager
def _gdal_date(instant: str) -> Iterator[None]:
    """Let GDAL take the data date for the clock, and build the R-tree in this thread."""
    # GDAL stamps gpkg_contents with the time of writing, and a tree that two threads build differs
    # from run to run.
    names = ("OGR_CURRENT_DATE", "OGR_GPKG_ALLOW_THREADED_RTREE")
    before = {name: pyogrio.get_gdal_config_option(name) for name in names}
    pyogrio.set_gdal_config_options(dict(zip(names, (instant, "NO"), strict=True)))
    try:
        yield
    finally:
        pyogrio.set_gdal_config_options(before)


def _add_style(path: Path, layer_name: str, instant: str) -> None:
    """Add the table in which QGIS keeps styles, with one default style."""
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute(_STYLE_TABLE)
        connection.execute(
            "INSERT INTO layer_styles VALUES (1, '', '', ?, 'geom', 'by device type', ?, NULL, 1,"
            " 'One marker for each device type', '', NULL, ?)",
            (layer_name, style_qml(), instant),
        )


def count(path: Path, layer: str) -> int:
    """Count the rows with SQLite, which is not what wrote them."""
    quoted = layer.replace('"', '""')
    # Immutable: SQLite takes no lock, and leaves nothing beside a file of a release.
    with closing(sqlite3.connect(f"file:{path}?mode=ro&immutable=1", uri=True)) as connection:
        (rows,) = connection.execute(f'SELECT count(*) FROM "{quoted}"').fetchone()  # noqa: S608 - a quoted identifier
    return int(rows)


FORMAT: Final = Format(
    "geopackage",
    ".gpkg",
    write,
    read_with_gdal,
    count,
    holds=("GeoPackage", "`geom`", "JSON text", "NULL", "as it is"),
)
