"""
The overview: exact counts for the first paint, before the column file is there.

docs/page-format.md, overview.
"""

from typing import Any

import geopandas as gpd
import numpy as np

from mapper.website.map import frame_columns
from mapper.website.map.data_file import script_text, transfer_size
from mapper.website.map.mercator import GRID_BITS, Ints, grid_cells, z_order
from mapper.website.map.vocabulary import Vocabularies

FINEST_BITS = 16
COARSEST_BITS = 9
_BYTES_MAX = 15_000
"""Of the file as it is sent; first paint as a whole may take 150 kB."""


def overview_of(cameras: gpd.GeoDataFrame, vocabularies: Vocabularies) -> dict[str, Any]:
    """
    Count what stands by cell, kind and vendor, on the finest grid whose file stays small.

    Parameters
    ----------
    cameras
        Columns ``model.columns.CAMERA``, geometry Point in EPSG:4326.
    """
    finest = z_order(*grid_cells(*frame_columns.positions(cameras)))
    for bits in range(FINEST_BITS, COARSEST_BITS, -1):
        payload = _counted(finest, vocabularies, bits)
        # A packed row is 2 bytes or more, so most grids need not be tried.
        if payload["rows"] * 2 > _BYTES_MAX:
            continue
        if transfer_size(script_text("overview", payload)) <= _BYTES_MAX:
            return payload
    return _counted(finest, vocabularies, COARSEST_BITS)


def _counted(finest: Ints, vocabularies: Vocabularies, bits: int) -> dict[str, Any]:
    stands = vocabularies.stands
    cells = finest[stands] >> (2 * (GRID_BITS - bits))
    kinds = vocabularies.kinds.codes[stands].astype(np.int64)
    # One number a row, 32 + 8 + 16 bits: sorting numbers is ten times faster than sorting rows.
    keys = (cells << 24) | (kinds << 16) | vocabularies.vendors.codes[stands]
    rows, counts = np.unique(keys, return_counts=True)
    return {
        "schema": 1,
        "q": bits,
        "n": len(cells),
        "rows": len(rows),
        "cell": np.diff(rows >> 24, prepend=0).tolist(),
        "kind": ((rows >> 16) & 255).tolist(),
        "vendor": (rows & 65_535).tolist(),
        "count": counts.tolist(),
    }
