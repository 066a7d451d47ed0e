"""Columns of the released frames as plain Python lists, with one word for empty: None."""

import math
from typing import TypeAlias

import geopandas as gpd
import numpy as np
import pandas as pd

from mapper.model.column_types import LIST_TYPES
from mapper.model.columns import ColumnType
from mapper.website.map.mercator import Floats

Value: TypeAlias = str | float | bool | list[str | float | None] | None
"""What a cell of a released column can hold."""

_TEXT_TYPES = frozenset({ColumnType.TEXT, ColumnType.DAY, ColumnType.INSTANT})


def texts(frame: gpd.GeoDataFrame, name: str) -> list[str | None]:
    """Return a text column in the frame's order."""
    column = frame[name].astype("object")
    values: list[str | None] = column.where(column.notna(), None).tolist()
    return values


def numbers(frame: gpd.GeoDataFrame, name: str) -> Floats:
    """Return a column of numbers in the frame's order, NaN where it is empty."""
    return pd.to_numeric(frame[name]).to_numpy(dtype=np.float64, na_value=math.nan)


def text_lists(frame: gpd.GeoDataFrame, name: str) -> list[list[str]]:
    """Return a column of lists of texts in the frame's order, an empty list where it is empty."""
    return [
        [] if value is None or isinstance(value, float) else [str(text) for text in value]
        for value in frame[name].astype("object")
    ]


def number_lists(frame: gpd.GeoDataFrame, name: str) -> list[list[float]]:
    """Return a column of lists of numbers in the frame's order, an empty list where it is empty."""
    return [
        [] if value is None or isinstance(value, float) else [float(number) for number in value]
        for value in frame[name].astype("object")
    ]


def values(frame: gpd.GeoDataFrame, name: str, column_type: ColumnType) -> list[Value]:
    """
    Return a released column as what JSON can hold, in the frame's order.

    Whole numbers are written without a decimal point, so that equal values are equal text
    whichever reader they came through.
    """
    if column_type in _TEXT_TYPES:
        return list(texts(frame, name))
    if column_type in LIST_TYPES:
        return [_plain_list(value) for value in frame[name].astype("object")]
    if column_type is ColumnType.TRUTH:
        return [bool(value) for value in frame[name]]
    return [_plain_number(value) for value in numbers(frame, name).tolist()]


def _plain_list(value: object) -> Value:
    if value is None or isinstance(value, float):
        return None
    if not isinstance(value, list | tuple | np.ndarray):
        msg = f"a released list column holds a {type(value).__name__}"
        raise TypeError(msg)
    if len(value) == 0:
        return []
    return [item if isinstance(item, str) else _plain_number(float(item)) for item in value]


def _plain_number(value: float) -> float | None:
    if math.isnan(value):
        return None
    # 1.0 and 1 are one value and two texts.
    return int(value) if value.is_integer() else value


def positions(frame: gpd.GeoDataFrame) -> tuple[Floats, Floats]:
    """Return longitude and latitude in degrees, WGS 84 (EPSG:4326)."""
    points = frame.geometry
    return np.asarray(points.x, dtype=np.float64), np.asarray(points.y, dtype=np.float64)
