"""PMTiles for web maps: one file of vector tiles, fetched part by part from any plain server."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyogrio
import pyproj
from pmtiles.tile import Compression, TileType, zxy_to_tileid
from pmtiles.writer import Writer
from shapely import Point

from mapper.clean.gzip_bytes import gzip_bytes
from mapper.errors import VerificationError
from mapper.export.layer import Layer
from mapper.export.table_format import (
    NAMES,
    Cells,
    Format,
    by_camera_id,
    lon_lat_of,
    typed_cells,
    without_side_files,
)

LAST_ZOOM: Final = 14
"""The zoom with every camera and its columns: viewers draw it at all that follow."""
COUNTS: Final = "counts"
"""The layer of the zooms before: ``cameras`` in each cell; every zoom adds up to all rows."""
_EXTENT: Final = 4096
_CELLS: Final = 32
"""Cells along a tile's side: eight pixels of a screen each, so that circles hardly overlap."""
_MERCATOR_LAT_MAX_DEG: Final = 85.05112877980659
# A bound on the very edge, rounded to a header's whole numbers, can lie beyond it.
_BOUND_LAT_MAX_DEG: Final = 85.0511
_BOUND_LON_MAX_DEG: Final = 179.9999
_MERCATOR: Final = pyproj.Transformer.from_crs("EPSG:4326", "EPSG:3857", always_xy=True)
_MERCATOR_WIDTH_M: Final = 40_075_016.69
_POSITIONS: Final = ("lon_deg", "lat_deg")

Whole = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class _Placed:
    """Rows of one zoom: the tile of each, and the place in it in units of the extent."""

    tile_x: Whole
    tile_y: Whole
    unit_x: Whole
    unit_y: Whole


def write(layer: Layer, path: Path) -> None:
    """
    Write a layer as PMTiles 3 with Mapbox vector tiles 2.1.

    The last zoom holds each row once, with all its columns and its position as numbers, because
    a tile rounds positions to half a metre. The zooms before hold counts. Nothing is thinned out.
    """
    table = layer.text_table
    for name, values in zip(_POSITIONS, (layer.lon_deg, layer.lat_deg), strict=True):
        table = table.append_column(name, pa.array(values))
    with path.open("wb") as file:
        writer = Writer(file)
        for zoom in range(LAST_ZOOM):
            _write_zoom(writer, zoom, COUNTS, _counted(layer, zoom))
        _write_zoom(writer, LAST_ZOOM, layer.name, _whole_rows(layer, table))
        writer.finalize(_header(layer), _metadata(layer, table))


Tile = tuple[int, int, list[dict[str, Any]]]


def _write_zoom(writer: Writer, zoom: int, name: str, tiles: Iterator[Tile]) -> None:
    """Write the tiles of a zoom in the order of the archive."""
    import mapbox_vector_tile  # noqa: PLC0415 - Google's buffers, for a format that few ask for

    # A layer without rows gets one empty tile a zoom: an archive without any is none to readers.
    nowhere: dict[int, list[dict[str, Any]]] = {zxy_to_tileid(zoom, 0, 0): []}
    numbered = {zxy_to_tileid(zoom, x, y): features for x, y, features in tiles} or nowhere
    for tile_id in sorted(numbered):
        content = mapbox_vector_tile.encode(
            {"name": name, "features": numbered[tile_id]},
            default_options={"y_coord_down": True, "extents": _EXTENT},
        )
        # Without a time in it, equal tiles are equal bytes.
        writer.write_tile(tile_id, gzip_bytes(content))


def _placed(layer: Layer, zoom: int, units: int) -> _Placed:
    """Return the tile of each row, and where in it, in ``units`` from west and north."""
    lat_rad = np.radians(np.clip(layer.lat_deg, -_MERCATOR_LAT_MAX_DEG, _MERCATOR_LAT_MAX_DEG))
    across = (layer.lon_deg + 180.0) / 360.0
    down = (1.0 - np.arcsinh(np.tan(lat_rad)) / np.pi) / 2.0
    whole = units << zoom
    x = np.clip(np.floor(across * whole), 0, whole - 1).astype(np.int64)
    y = np.clip(np.floor(down * whole), 0, whole - 1).astype(np.int64)
    return _Placed(x // units, y // units, x % units, y % units)


def _counted(layer: Layer, zoom: int) -> Iterator[Tile]:
    """Yield the tiles of a zoom with one feature for each cell that has a camera."""
    at = _placed(layer, zoom, _CELLS)
    cells = np.stack([at.tile_x, at.tile_y, at.unit_x, at.unit_y], axis=1)
    if not len(cells):
        return
    distinct, counts = np.unique(cells, axis=0, return_counts=True)
    step = _EXTENT // _CELLS
    for rows in _groups(distinct[:, 0], distinct[:, 1]):
        features = [
            _feature(
                int(distinct[row, 2]) * step + step // 2,
                int(distinct[row, 3]) * step + step // 2,
                {"cameras": int(counts[row])},
            )
            for row in rows
        ]
        yield int(distinct[rows[0], 0]), int(distinct[rows[0], 1]), features


def _whole_rows(layer: Layer, table: pa.Table) -> Iterator[Tile]:
    """Yield the tiles of the last zoom with every row in the one that it lies in."""
    at = _placed(layer, LAST_ZOOM, _EXTENT)
    for rows in _groups(at.tile_x, at.tile_y):
        features = [
            _feature(
                int(at.unit_x[row]),
                int(at.unit_y[row]),
                {name: value for name, value in cells.items() if value is not None},
            )
            for row, cells in zip(rows, table.take(pa.array(rows)).to_pylist(), strict=True)
        ]
        yield int(at.tile_x[rows[0]]), int(at.tile_y[rows[0]]), features


def _groups(tile_x: Whole, tile_y: Whole) -> Iterator[Whole]:
    """Yield the row numbers of each tile; within one the rows keep their order."""
    order = np.lexsort((tile_y, tile_x))
    if not len(order):
        return
    is_next = (np.diff(tile_x[order]) != 0) | (np.diff(tile_y[order]) != 0)
    yield from np.split(order, np.flatnonzero(is_next) + 1)


def _feature(x: int, y: int, properties: dict[str, Any]) -> dict[str, Any]:
    return {"geometry": Point(x, y), "properties": properties}


def _header(layer: Layer) -> dict[str, Any]:
    header: dict[str, Any] = {"tile_type": TileType.MVT, "tile_compression": Compression.GZIP}
    if len(layer):
        # Readers look for tiles within these bounds alone, and web Mercator ends before the poles.
        lat_deg = np.clip(layer.lat_deg, -_BOUND_LAT_MAX_DEG, _BOUND_LAT_MAX_DEG)
        lon_deg = np.clip(layer.lon_deg, -_BOUND_LON_MAX_DEG, _BOUND_LON_MAX_DEG)
        sides = (lon_deg.min(), lat_deg.min(), lon_deg.max(), lat_deg.max())
        names = ("min_lon_e7", "min_lat_e7", "max_lon_e7", "max_lat_e7")
        header |= {name: round(side * 1e7) for name, side in zip(names, sides, strict=True)}
    return header


def _metadata(layer: Layer, table: pa.Table) -> dict[str, Any]:
    """Return what viewers show and readers need: credits, and the columns of each layer."""
    columns = {field.name: _tile_type(field.type) for field in table.schema}
    return {
        "name": layer.title,
        "description": f"Licence {layer.license_id}",
        "attribution": layer.attribution,
        "version": layer.data_on,
        "type": "overlay",
        "vector_layers": [
            {
                "id": COUNTS,
                "minzoom": 0,
                "maxzoom": LAST_ZOOM - 1,
                "fields": {"cameras": "Number"},
            },
            {"id": layer.name, "minzoom": LAST_ZOOM, "maxzoom": LAST_ZOOM, "fields": columns},
        ],
    }


def _tile_type(arrow_type: pa.DataType) -> str:
    if pa.types.is_boolean(arrow_type):
        return "Boolean"
    is_number = pa.types.is_integer(arrow_type) or pa.types.is_floating(arrow_type)
    return "Number" if is_number else "String"


def read(path: Path, layer: str) -> Cells:
    """
    Read the last zoom with GDAL, which has no part in the writing.

    Raises
    ------
    VerificationError
        If a point lies elsewhere than its columns say.
    """
    with without_side_files():
        _meta, table = pyogrio.read_arrow(path, layer=layer, ZOOM_LEVEL=str(LAST_ZOOM))
    cells = typed_cells({name: table[name].to_pylist() for name in NAMES if name != "geometry"})
    cells["geometry"] = list(zip(*(table[name].to_pylist() for name in _POSITIONS), strict=True))
    for camera_id, said, drawn in zip(
        cells["camera_id"],
        cells["geometry"],
        lon_lat_of(table["wkb_geometry"].to_pylist()),
        strict=True,
    ):
        if not _is_drawn_there(said, drawn):
            msg = f"{path.name}: {camera_id} is drawn elsewhere than its columns say"
            raise VerificationError(msg)
    return by_camera_id(cells)


def _is_drawn_there(said_deg: tuple[float, float], drawn_m: tuple[float, float]) -> bool:
    """Whether a point of web Mercator is the position, as far as a tile rounds."""
    lon_deg, lat_deg = said_deg
    lat_deg = min(max(lat_deg, -_MERCATOR_LAT_MAX_DEG), _MERCATOR_LAT_MAX_DEG)
    x_m, y_m = _MERCATOR.transform(lon_deg, lat_deg)
    rounding_m = 1.01 * _MERCATOR_WIDTH_M / (_EXTENT << LAST_ZOOM)
    return bool(max(abs(x_m - drawn_m[0]), abs(y_m - drawn_m[1])) <= rounding_m)


def count(path: Path, layer: str) -> int:
    """Count the points of the last zoom."""
    with without_side_files():
        info = pyogrio.read_info(
            path, layer=layer, force_feature_count=True, ZOOM_LEVEL=str(LAST_ZOOM)
        )
    return int(info["features"])


FORMAT: Final = Format(
    "pmtiles",
    ".pmtiles",
    write,
    read,
    count,
    holds=(
        "PMTiles 3",
        "`lon_deg`, `lat_deg`; the point to half a metre",
        "JSON text",
        "the member is left out",
        "as it is",
    ),
    is_default=False,
)
