"""
The column file: every camera of a release in a few bytes each (docs/page-format.md, cameras).

A plane holds one byte of one column for all rows, so that like stands beside like and gzip
finds it; 192,514 real objects take 4.0 bytes each.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

import geopandas as gpd
import numpy as np
from numpy.typing import NDArray

from mapper.website.map import frame_columns
from mapper.website.map.data_file import packed
from mapper.website.map.mercator import GRID_BITS, Ints, grid_cells, z_order
from mapper.website.map.vocabulary import Vocabularies

YEAR_BASE = 1999
"""OpenStreetMap's first object is of 2004, and official lists begin in this century."""

_CODE_BYTES = 7
_ROW_BYTES = 4
_ALL_ROUND = 254
_NO_DIRECTION = 255
_FAR_POLE = 255
_YEAR_DIGITS = 4

Bytes = NDArray[np.uint8]


@dataclass(frozen=True, slots=True, eq=False)
class Packing:
    """
    The column file's payload and what the other files need of it.

    Attributes
    ----------
    payload
        For ``data/cameras.js``.
    order
        Row number in the page -> row number in the frame.
    with_direction, with_year
        How many cameras have one; an all-round view counts as a direction.
    years_by_history
        How many have their year from a history.
    """

    payload: dict[str, Any]
    order: Ints
    with_direction: int
    with_year: int
    years_by_history: int


@dataclass(frozen=True, slots=True, eq=False)
class _Sparse:
    """Values that few rows have: row numbers, rising, and a value for each."""

    rows: Ints
    values: Ints


def pack_cameras(
    cameras: gpd.GeoDataFrame,
    vocabularies: Vocabularies,
    first_days: Mapping[str, str] = MappingProxyType({}),
) -> Packing:
    """
    Pack a frame with the columns ``model.columns.CAMERA`` (geometry Point, EPSG:4326).

    Parameters
    ----------
    first_days
        By ``camera_id`` the ISO day on which it became a camera, where a history tells it; the
        year is of that day then, and of ``first_mapped_on`` otherwise.

    Notes
    -----
    Positions are kept to a cell of the 2^25 grid of Web Mercator (0.85 m at most), directions
    and view angles to 2 degrees; all other planes are exact.
    """
    codes = z_order(*grid_cells(*frame_columns.positions(cameras)))
    order = _page_order(cameras, codes)
    directions, further = _directions(cameras, order)
    years, by_history = _years(cameras, first_days)
    years = years[order]
    poles, far_poles = _poles(cameras, order)
    planes = {
        # Steps along the z-order curve are small, so that most of the seven bytes are zero and
        # vanish in gzip.
        "code": _byte_planes(np.diff(codes[order], prepend=0), _CODE_BYTES),
        "kind": _byte_planes(vocabularies.kinds.codes[order], 1),
        "vendor": _byte_planes(vocabularies.vendors.codes[order], 2),
        "rung": _byte_planes(vocabularies.rungs.codes[order], 1),
        "visibility": _byte_planes(vocabularies.visibilities.codes[order], 1),
        "zone": _byte_planes(vocabularies.zones.codes[order], 1),
        "lifecycle": _byte_planes(vocabularies.lifecycles.codes[order], 1),
        "country": _byte_planes(vocabularies.countries.codes[order], 1),
        "year": years.tobytes(),
        "direction": directions.tobytes(),
        "angle": _angles(cameras)[order].tobytes(),
        "pole": poles.tobytes(),
    }
    row_count = len(cameras)
    sparse = _sparse_bytes(further, 1) + _sparse_bytes(far_poles, _ROW_BYTES)
    payload = {
        "schema": 1,
        "n": row_count,
        "q": GRID_BITS,
        "planes": [
            [name, len(data) // row_count if row_count else 0] for name, data in planes.items()
        ],
        "extra": len(further.rows),
        "far_poles": len(far_poles.rows),
        "gz": packed(b"".join(planes.values()) + sparse),
    }
    return Packing(
        payload,
        order,
        with_direction=int(np.count_nonzero(directions != _NO_DIRECTION)),
        with_year=int(np.count_nonzero(years)),
        years_by_history=by_history,
    )


def _page_order(cameras: gpd.GeoDataFrame, codes: Ints) -> Ints:
    order = np.argsort(codes, kind="stable")
    # Cameras in one cell stand by their ids, and not in the order of the frame. Few share one, and
    # sorting all ids takes longer than all else here.
    ranked = codes[order]
    is_same = ranked[1:] == ranked[:-1]
    starts = np.flatnonzero(is_same & ~np.concatenate(([False], is_same[:-1])))
    ends = np.flatnonzero(is_same & ~np.concatenate((is_same[1:], [False]))) + 2
    ids = cameras["camera_id"].to_numpy(dtype=object)
    for start, end in zip(starts.tolist(), ends.tolist(), strict=True):
        rows = order[start:end]
        order[start:end] = sorted(rows.tolist(), key=ids.__getitem__)
    return order


def _byte_planes(values: NDArray[Any], count: int) -> bytes:
    wide = np.asarray(values).astype(np.uint64)
    return b"".join(
        ((wide >> np.uint64(8 * place)) & np.uint64(255)).astype(np.uint8).tobytes()
        for place in range(count)
    )


def _sparse_bytes(sparse: _Sparse, value_bytes: int) -> bytes:
    rows = np.diff(sparse.rows, prepend=0)
    return _byte_planes(rows, _ROW_BYTES) + _byte_planes(sparse.values, value_bytes)


def _directions(cameras: gpd.GeoDataFrame, order: Ints) -> tuple[Bytes, _Sparse]:
    lists = frame_columns.coded_lists(cameras, "directions_deg")
    all_round = frame_columns.numbers(cameras, "view_angle_deg") == 360  # noqa: PLR2004 - a circle
    halves = [[_half_degrees(float(one)) for one in of_list] for of_list in lists.distinct]
    # An empty list is no direction; the last stands for rows that have none, numbered -1.
    firsts = np.array(
        [*(one[0] if one else _NO_DIRECTION for one in halves), _NO_DIRECTION], dtype=np.uint8
    )
    codes = lists.codes[order]
    first = firsts[codes]
    first[all_round[order] & (first == _NO_DIRECTION)] = _ALL_ROUND
    has_more = np.array([*(len(one) > 1 for one in halves), False])
    rows: list[int] = []
    further: list[int] = []
    for row in np.flatnonzero(has_more[codes]).tolist():
        others = halves[codes[row]][1:]
        rows.extend([row] * len(others))
        further.extend(others)
    return first, _Sparse(np.array(rows, dtype=np.int64), np.array(further, dtype=np.int64))


def _half_degrees(direction_deg: float) -> int:
    # 359 and above is nearer to north than to 358.
    return round(direction_deg / 2) % 180


def _angles(cameras: gpd.GeoDataFrame) -> Bytes:
    angles_deg = frame_columns.numbers(cameras, "view_angle_deg")
    # 0 stands for no angle, so the narrowest is two degrees.
    halves = np.clip(np.rint(np.nan_to_num(angles_deg) / 2), 1, 180)
    return np.where(np.isnan(angles_deg), 0, halves).astype(np.uint8)


def _years(cameras: gpd.GeoDataFrame, first_days: Mapping[str, str]) -> tuple[Bytes, int]:
    """Return the year codes, and how many a history told."""
    mapped = frame_columns.coded_texts(cameras, "first_mapped_on")
    # Rows without a day are numbered -1, and so take the last.
    years = np.array([*map(_year_code, mapped.distinct), 0], dtype=np.uint8)[mapped.codes]
    if not first_days:
        return years, 0
    # An object may be older than its tag: a lamp of 2010 that carries a camera since 2024.
    told = [first_days.get(camera_id) for camera_id in cameras["camera_id"].tolist()]
    rows = [row for row, day in enumerate(told) if day is not None]
    years[rows] = [_year_code(told[row]) for row in rows]
    return years, len(rows)


def _year_code(day: str | None) -> int:
    # ``before:2020`` names no year; it is drawn as not known.
    if day is None or not day[:_YEAR_DIGITS].isdigit():
        return 0
    code = int(day[:_YEAR_DIGITS]) - YEAR_BASE
    return code if 0 < code < 256 else 0  # noqa: PLR2004 - one byte


def _poles(cameras: gpd.GeoDataFrame, order: Ints) -> tuple[Bytes, _Sparse]:
    codes = frame_columns.coded_texts(cameras, "pole_id").codes[order]
    back = np.zeros(len(order), dtype=np.uint8)
    first_row: dict[int, int] = {}
    last_row: dict[int, int] = {}
    far_rows: list[int] = []
    far_firsts: list[int] = []
    on_poles = np.flatnonzero(codes != frame_columns.EMPTY)
    for row, pole in zip(on_poles.tolist(), codes[on_poles].tolist(), strict=True):
        if pole in last_row:
            # Poles are runs of neighbours: how many rows back the last one stands fits into a byte.
            step = row - last_row[pole]
            back[row] = min(step, _FAR_POLE)
            if step >= _FAR_POLE:
                far_rows.append(row)
                far_firsts.append(first_row[pole])
        else:
            first_row[pole] = row
        last_row[pole] = row
    return back, _Sparse(np.array(far_rows, dtype=np.int64), np.array(far_firsts, dtype=np.int64))
