"""
What the page needs of every camera to measure a route by operator (docs/page-format.md, route).

One file of all cameras: the small files of details would tell a server which street is asked for.
"""

from typing import Any

import geopandas as gpd
import numpy as np

from mapper.website.map import frame_columns
from mapper.website.map.data_file import packed
from mapper.website.map.mercator import Ints

_OPERATOR_BYTES = 3
_PRECISION_BYTES = 2
_PRECISION_MAX_M = 65_535


def route_payload(cameras: gpd.GeoDataFrame, order: Ints) -> dict[str, Any]:
    """
    Return the payload of ``data/route.js``: operators as a list of names, and two planes.

    Parameters
    ----------
    cameras
        Columns ``operator_name`` and ``location_precision_m`` of ``model.columns.CAMERA``.
    order
        Row number in the page -> row number in the frame.
    """
    column = frame_columns.coded_texts(cameras, "operator_name")
    # The empty name stands first: not known, or withheld.
    names = ["", *sorted({name for name in column.distinct if name})]
    number_of = {name: number for number, name in enumerate(names)}
    numbers = np.array([*(number_of[name] for name in column.distinct), 0], dtype=np.uint64)
    operators = numbers[column.codes[order]]
    precisions_m = frame_columns.numbers(cameras, "location_precision_m")[order]
    # Rounded up: a point that is less precise than a reach in whole metres stays so.
    whole_m = np.clip(np.ceil(np.nan_to_num(precisions_m)), 0, _PRECISION_MAX_M).astype(np.uint64)
    planes = [
        ((column >> np.uint64(8 * place)) & np.uint64(255)).astype(np.uint8).tobytes()
        for column, count in ((operators, _OPERATOR_BYTES), (whole_m, _PRECISION_BYTES))
        for place in range(count)
    ]
    return {"schema": 1, "n": len(order), "operators": names, "gz": packed(b"".join(planes))}
