"""Load the cameras of a release as a GeoDataFrame."""

from collections.abc import Sequence
from pathlib import Path

import geopandas as gpd
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import shapely

from mapper.model.column_types import LIST_TYPES
from mapper.model.columns import CAMERA, CAMERA_NAMES, ColumnType
from mapper.release.concluded_again import read_table
from mapper.release.manifest import read_manifest
from mapper.release.store import find_release

_LISTS = [c.name for c in CAMERA if c.column_type in LIST_TYPES]
_COUNTS = [c.name for c in CAMERA if c.column_type is ColumnType.WHOLE]
# Of schema 1.3; releases of before it are still read.
_LATER_COLUMNS = ("admin1", "admin2")


def load_cameras(
    path: Path | str = "build",
    *,
    release_id: str | None = None,
    layer: str = "cameras",
    country: str | Sequence[str] | None = None,
    vendor: str | Sequence[str] | None = None,
    bbox: tuple[float, float, float, float] | None = None,
) -> gpd.GeoDataFrame:
    """
    Load cameras, or another layer, of a release.

    Parameters
    ----------
    path
        The output folder, its ``release`` folder, or one release.
    release_id
        Which release; None takes the latest.
    layer
        ``cameras`` or ``other_devices`` for the rows of all sources, or one file's stem,
        ``cameras_osm``.
    country
        ISO 3166-1 alpha-2 code or codes.
    vendor
        Organisation id or ids.
    bbox
        West, south, east, north in degrees, WGS 84; west above east crosses 180 degrees.

    Returns
    -------
    cameras
        GeoDataFrame, one row per camera, the index its id (unique, sorted), columns
        ``model.columns.CAMERA``, geometry Point in EPSG:4326; list columns hold Python lists.
        ``license_id`` says under which licence each row stands.

    Raises
    ------
    UsageError
        If there is no release.
    """
    folder = find_release(Path(path), release_id)
    names = [
        entry["layer"]
        for entry in read_manifest(folder)["files"]
        if entry["file_format"] == "geoparquet"
        and (entry["layer"] == layer or entry["layer"].startswith(f"{layer}_"))
    ]
    condition = _condition(country, vendor, bbox)
    tables = [read_table(folder / f"{name}.parquet", filters=condition) for name in sorted(names)]
    return _frame(tables)


def _condition(
    country: str | Sequence[str] | None,
    vendor: str | Sequence[str] | None,
    bbox: tuple[float, float, float, float] | None,
) -> pc.Expression | None:
    """Turn the wishes into one filter that the reader can push down."""
    condition = None
    for name, wanted in (("country_code", country), ("vendor_id", vendor)):
        if wanted is not None:
            words = [wanted] if isinstance(wanted, str) else list(wanted)
            condition = _both(condition, pc.field(name).isin(words))
    if bbox is not None:
        west, south, east, north = bbox
        # The covering column, so that whole row groups far away are never read.
        lon_deg, lat_deg = pc.field("bbox", "xmin"), pc.field("bbox", "ymin")
        inside = (lon_deg >= west) & (lon_deg <= east)
        if west > east:
            # West of 180 degrees or east of it: a box around Fiji begins at 177 and ends at -178.
            inside = (lon_deg >= west) | (lon_deg <= east)
        condition = _both(condition, inside & (lat_deg >= south) & (lat_deg <= north))
    return condition


def _both(first: pc.Expression | None, second: pc.Expression) -> pc.Expression:
    return second if first is None else first & second


def _with_later_columns(table: pa.Table) -> pa.Table:
    """Give a table of an earlier release the columns that it did not have yet, empty."""
    for name in _LATER_COLUMNS:
        if name not in table.column_names:
            table = table.append_column(name, pa.nulls(len(table), pa.string()))
    return table


def _frame(tables: Sequence[pa.Table]) -> gpd.GeoDataFrame:
    """Join the tables of several sources and restore points and lists."""
    if not tables:
        empty = pd.DataFrame(columns=[name for name in CAMERA_NAMES if name != "geometry"])
        frame = gpd.GeoDataFrame(empty, geometry=[], crs="EPSG:4326")
        return frame[list(CAMERA_NAMES)]
    # Licence and title differ between sources; with them the tables would not join.
    plain = [_with_later_columns(table.replace_schema_metadata(None)) for table in tables]
    table = pa.concat_tables(plain).drop_columns(["bbox"])
    points = shapely.from_wkb(table["geometry"].to_numpy())
    columns = table.drop_columns(["geometry", *_LISTS]).to_pandas()
    for name in _LISTS:
        columns[name] = pd.Series(table[name].to_pylist(), index=columns.index, dtype=object)
    for name in _COUNTS:
        # Nullable whole numbers: pandas would make floats of a column with a gap.
        columns[name] = pd.Series(table[name].to_pylist(), index=columns.index, dtype="Int64")
    frame = gpd.GeoDataFrame(columns, geometry=points, crs="EPSG:4326")
    frame.index = pd.Index(frame["camera_id"].astype(object), name=None)
    frame = frame.sort_index()
    return frame[list(CAMERA_NAMES)]
