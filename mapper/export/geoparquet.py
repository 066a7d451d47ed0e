"""GeoParquet 1.1, the reference format: typed, compressed, ordered in space, checksummed."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Final

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.parquet as pq
import pyproj
import shapely

from mapper.export.layer import Layer, plain_table
from mapper.export.table_format import NAMES, Cells, Format, by_camera_id, lon_lat_of

HILBERT_BOUNDS: Final = (-180.0, -90.0, 180.0, 90.0)
"""The whole world, so that a row's place in the order does not depend on the other rows."""
# Small enough that a reader of one town, by the bbox column, skips most of a world's file.
_ROW_GROUP: Final = 20_000


def write(layer: Layer, path: Path) -> None:
    """
    Write a layer as GeoParquet 1.1.

    WKB points in EPSG:4326, a ``bbox`` covering column, rows along a Hilbert curve (ties by
    ``camera_id``), zstd, page checksums; licence and attribution in the file's metadata.

    Notes
    -----
    Source: GeoParquet specification 1.1.0, sections "File metadata" and "Bounding box columns".
    """
    order = hilbert_order(layer)
    metadata = _metadata(layer)
    schema = _along(layer, order[:0]).schema.with_metadata(metadata)
    with pq.ParquetWriter(path, schema, compression="zstd", write_page_checksum=True) as file:
        # A row group at a time, of no rows too: the whole table in another order would weigh as
        # much again.
        for start in range(0, max(1, len(order)), _ROW_GROUP):
            # Without a name, which would hold one group while the next is made.
            file.write_table(
                _along(layer, order[start : start + _ROW_GROUP]).replace_schema_metadata(metadata),
                row_group_size=_ROW_GROUP,
            )


def _along(layer: Layer, order: npt.NDArray[np.int64]) -> pa.Table:
    """Return rows in an order, with their points and boxes."""
    lon_deg, lat_deg = layer.lon_deg[order], layer.lat_deg[order]
    box = pa.StructArray.from_arrays(
        [pa.array(lon_deg), pa.array(lat_deg), pa.array(lon_deg), pa.array(lat_deg)],
        names=["xmin", "ymin", "xmax", "ymax"],
    )
    table = plain_table(layer.table.take(order))
    rows = replace(layer, table=table, lon_deg=lon_deg, lat_deg=lat_deg)
    return rows.table.add_column(1, "geometry", rows.points_wkb()).append_column("bbox", box)


def hilbert_order(layer: Layer) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    """Return the row numbers along the curve; the table's own order decides ties."""
    distances = np.zeros(len(layer), dtype=np.uint32)
    # A part at a time, for the points of a world are objects of fifty megabytes.
    for start in range(0, len(layer), _ROW_GROUP):
        rows = slice(start, start + _ROW_GROUP)
        points = gpd.GeoSeries(shapely.points(layer.lon_deg[rows], layer.lat_deg[rows]))
        part = points.hilbert_distance(total_bounds=HILBERT_BOUNDS, level=16)
        distances[rows] = part.to_numpy()
    # Stable, so that rows at one point keep the order of their ids.
    return np.argsort(distances, kind="stable")


def _metadata(layer: Layer) -> dict[str, str]:
    """Return the ``geo`` block, and what a copied file must still say of itself."""
    column: dict[str, object] = {
        "encoding": "WKB",
        "geometry_types": ["Point"],
        "crs": pyproj.CRS.from_epsg(4326).to_json_dict(),
        "covering": {"bbox": {side: ["bbox", side] for side in ("xmin", "ymin", "xmax", "ymax")}},
    }
    # The specification has no box of nothing.
    if len(layer):
        column["bbox"] = [
            float(layer.lon_deg.min()),
            float(layer.lat_deg.min()),
            float(layer.lon_deg.max()),
            float(layer.lat_deg.max()),
        ]
    geo = {"version": "1.1.0", "primary_column": "geometry", "columns": {"geometry": column}}
    return {
        "geo": json.dumps(geo, sort_keys=True),
        "title": layer.title,
        "license": layer.license_id,
        "attribution": layer.attribution,
        "data_on": layer.data_on,
        "code_version": layer.code_version,
    }


def read(path: Path, _layer: str) -> Cells:
    """Read the reference with its page checksums checked."""
    table = pq.read_table(path, page_checksum_verification=True)
    cells = {name: table[name].to_pylist() for name in NAMES}
    cells["geometry"] = lon_lat_of(cells["geometry"])
    return by_camera_id(cells)


def count(path: Path, _layer: str) -> int:
    """Return the count of rows that the footer holds."""
    return int(pq.read_metadata(path).num_rows)


FORMAT: Final = Format(
    "geoparquet",
    ".parquet",
    write,
    read,
    count,
    holds=(
        "GeoParquet 1.1, the reference",
        "`geometry` (WKB), `bbox`",
        "lists",
        "null",
        "as it is",
    ),
)
