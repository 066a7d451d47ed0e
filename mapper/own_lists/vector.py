"""Geographic files through GDAL (and GeoParquet through pyarrow): points and their columns."""

import io
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any, Final

import geopandas as gpd
import numpy as np
import pandas as pd
import pyarrow as pa
import pyogrio
import shapely
from pyproj import CRS, Transformer
from pyproj.exceptions import CRSError
from shapely.errors import GEOSException

from mapper.errors import UsageError
from mapper.own_lists.file_access import layer_names, on_disk
from mapper.own_lists.table import (
    GEOMETRY_LAT,
    GEOMETRY_LON,
    ROWS_MAX,
    HowRead,
    Table,
    refused,
    table_of,
)
from mapper.own_lists.xml_numbers import require_numbers

_WGS84: Final = 4326
_EPSG_CONFIDENCE: Final = 25
_DRAWN_COLUMNS: Final = frozenset({"styleUrl", "tessellate", "extrude", "visibility", "icon"})


def read_vector(
    name: str, body: bytes, how: HowRead, *, file_format: str, suffix: str, inside: str = ""
) -> Table:
    """
    Read a layer of points.

    Parameters
    ----------
    file_format
        The format's name, for people.
    suffix
        Of the file's name, for GDAL.
    inside
        The member to open where the body is a zip archive.

    Raises
    ------
    SourceFormatError
        If GDAL cannot read it, or it has no layer with rows.
    UsageError
        If the stated layer is not there.
    """
    if file_format in {"GPX", "GML"}:
        require_numbers(name, body)
    with on_disk(name, body, suffix) as opened:
        source = f"/vsizip/{opened.path}/{inside}" if inside else str(opened.path)
        layers = layer_names(source)
        if how.layer and how.layer not in layers:
            msg = f"{name} has no layer {how.layer!r}"
            raise UsageError(msg, next_step=f"there are: {', '.join(layers)}.")
        counts = {layer: _count(source, layer) for layer in layers}
        filled = [layer for layer in layers if counts[layer]]
        if not filled:
            raise refused(name, f"is {file_format} and has no row", "look at the file.")
        layer = how.layer or filled[0]
        if counts[layer] > ROWS_MAX:
            raise refused(name, f"has {counts[layer]:,} rows", "cut it into parts.")
        meta, _, geometry, columns = pyogrio.raw.read(source, layer=layer)
    others = [f"layer {other!r} with {counts[other]:,} rows" for other in filled if other != layer]
    names = [str(field) for field in meta["fields"]]
    texts = {field: _texts(column) for field, column in zip(names, columns, strict=True)}
    shapes = _shapes(geometry) if geometry is not None else None
    table = _table(name, file_format, texts, shapes, meta["crs"], replace(how, layer=layer))
    return replace(table, not_read=tuple(others), notes=(*table.notes, *opened.notes()))


def read_geoparquet(name: str, body: bytes, how: HowRead) -> Table:
    """
    Read GeoParquet, or Parquet whose columns hold the position.

    Raises
    ------
    SourceFormatError
        If it is damaged or has no row.
    """
    try:
        frame = pd.read_parquet(io.BytesIO(body))
        if "geometry" in frame or b'"primary_column"' in body[-200_000:]:
            frame = gpd.read_parquet(io.BytesIO(body))  # type: ignore[arg-type]  # the stubs know paths alone
    except (
        pa.ArrowException, CRSError, GEOSException, OSError, ValueError, KeyError, TypeError
    ) as error:  # fmt: skip
        words = str(error)[:200]
        raise refused(name, f"is no whole GeoParquet ({words})", "get it again.") from error
    if not len(frame) or len(frame) > ROWS_MAX:
        raise refused(name, f"has {len(frame):,} rows", "look at the file.")
    shapes, crs = None, None
    if isinstance(frame, gpd.GeoDataFrame):
        shapes = frame.geometry.to_numpy()
        crs = frame.crs.to_wkt() if frame.crs else None
        frame = pd.DataFrame(frame.drop(columns=frame.geometry.name))
    texts = {str(column): _texts(frame[column].to_numpy(object)) for column in frame}
    return _table(name, "GeoParquet", texts, shapes, crs, how)


def _shapes(geometry: "np.ndarray[Any, Any]") -> "np.ndarray[Any, Any]":
    """Read geometries; one that is none, such as a line of one point, leaves its row without."""
    return np.asarray(shapely.from_wkb(geometry, on_invalid="ignore"), dtype=object)


def _count(source: str, layer: str) -> int:
    return int(pyogrio.read_info(source, layer=layer, force_feature_count=True)["features"])


def _texts(column: Iterable[object]) -> list[str]:
    return [_text(cell) for cell in column]


def _text(cell: object) -> str:
    if cell is None or cell is pd.NaT or isinstance(cell, bytes):
        return ""
    if isinstance(cell, float | np.floating) and not np.isfinite(cell):
        return ""
    if isinstance(cell, float | np.floating) and float(cell).is_integer():
        return str(int(cell))
    if isinstance(cell, list | np.ndarray):
        return ";".join(str(part) for part in cell)
    return str(cell)


def _table(
    name: str,
    file_format: str,
    texts: dict[str, list[str]],
    shapes: "np.ndarray[Any, Any] | None",
    crs: str | None,
    how: HowRead,
) -> Table:
    epsg, transformer, notes = _system(crs)
    kept = {field: cells for field, cells in texts.items() if field not in _DRAWN_COLUMNS}

    def rows() -> Iterator[tuple[int, dict[str, str]]]:
        count = len(shapes) if shapes is not None else max(map(len, kept.values()), default=0)
        for index in range(count):
            row = {field: cells[index] for field, cells in kept.items()}
            shape = None if shapes is None else shapes[index]
            points = list(_points(shape))
            for lon, lat in points:
                numbers = transformer.transform(lon, lat) if transformer else (lon, lat)
                placed = {
                    GEOMETRY_LON: repr(float(numbers[0])),
                    GEOMETRY_LAT: repr(float(numbers[1])),
                }
                yield index + 1, {**row, **placed}
            if not points:
                yield index + 1, {**row, **_no_point(shape)}

    return table_of(name, file_format, rows(), how=how, epsg=epsg, notes=notes)


def _points(shape: Any) -> Iterator[tuple[float, float]]:  # noqa: ANN401 - shapely's own base
    """Yield the point of a point, and every one of a multipoint: each is a camera."""
    if shape is not None and not shape.is_empty and shape.geom_type in {"Point", "MultiPoint"}:
        for part in shapely.get_parts(shape):
            yield float(part.x), float(part.y)


def _no_point(shape: Any) -> dict[str, str]:  # noqa: ANN401 - shapely's own base
    """Let the row say why it has no position."""
    if shape is None or shape.is_empty:
        return {}
    return {GEOMETRY_LON: str(shape.geom_type), GEOMETRY_LAT: str(shape.geom_type)}


def _system(crs: str | None) -> tuple[int | None, Transformer | None, tuple[str, ...]]:
    """Return the system's number, or how to come from one without a number to WGS 84."""
    if not crs:
        return None, None, ()
    try:
        system = CRS.from_user_input(crs)
        epsg = system.to_epsg(min_confidence=_EPSG_CONFIDENCE)
        if epsg is not None:
            return epsg, None, ()
        to_degrees = Transformer.from_crs(system, CRS.from_epsg(_WGS84), always_xy=True)
    except CRSError:
        return None, None, ("the file states a coordinate system that is not known here",)
    note = f"its coordinate system {system.name!r} has no EPSG number and is brought to WGS 84"
    return _WGS84, to_degrees, (note,)
