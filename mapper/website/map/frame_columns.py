"""
Columns of the released frames, with one word for empty: as plain lists, or as distinct values.

A release has a few distinct values in most columns: whatever is worked out for a value is worked
out once for all rows that hold it.
"""

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

from mapper.model.column_types import LIST_TYPES, TEXT_TYPES
from mapper.model.columns import ColumnType
from mapper.resolve.chosen_rows import CameraColumns, ChosenRows
from mapper.website.map.mercator import Floats

_ValueT = TypeVar("_ValueT")
EMPTY = -1
"""The code of a row without a value."""


@dataclass(frozen=True, slots=True, eq=False)
class Coded(Generic[_ValueT]):
    """
    A column as its distinct values and, for each row, the place of its own among them.

    Attributes
    ----------
    distinct
        In the order in which they first come.
    codes
        One per row of the frame, in its order; `EMPTY` where the row has no value.
    """

    distinct: tuple[_ValueT, ...]
    codes: NDArray[np.int32]

    def counts(self) -> Counter[_ValueT]:
        """Count the rows of each value, in the order of ``distinct``."""
        rows = np.bincount(self.codes[self.codes != EMPTY], minlength=len(self.distinct))
        return Counter(dict(zip(self.distinct, rows.tolist(), strict=True)))


def coded_texts(frame: CameraColumns, name: str) -> Coded[str]:
    """Return a text column as its distinct texts."""
    return _coded_cells(frame[name])


def coded_lists(frame: CameraColumns, name: str) -> Coded[tuple[Any, ...]]:
    """Return a column of lists as its distinct lists, each as a tuple."""
    cells = frame[name].to_numpy(dtype=object)
    codes = np.full(len(cells), EMPTY, dtype=np.int32)
    filled = np.flatnonzero(pd.notna(cells))
    lists = cells[filled].tolist()
    # Most rows share their list with others: it is compared once, and they follow it.
    by_object = {id(cell): cell for cell in lists}
    numbers: dict[tuple[Any, ...], int] = {}
    number_of = {
        object_id: numbers.setdefault(tuple(cell), len(numbers))
        for object_id, cell in by_object.items()
    }
    codes[filled] = [number_of[id(cell)] for cell in lists]
    return Coded(tuple(numbers), codes)


def coded_values(
    frame: CameraColumns, name: str, column_type: ColumnType
) -> "Coded[str] | Coded[bool] | Coded[float] | Coded[list[Any]]":
    """
    Return a released column as distinct values that JSON can hold.

    Whole numbers are written without a decimal point, so that equal values are equal text
    whichever reader they came through.
    """
    if column_type in TEXT_TYPES:
        return coded_texts(frame, name)
    if column_type in LIST_TYPES:
        lists = coded_lists(frame, name)
        return Coded(tuple(_plain_list(value) for value in lists.distinct), lists.codes)
    if column_type is ColumnType.TRUTH:
        truths: Coded[Any] = _coded_cells(frame[name])
        return Coded(tuple(bool(value) for value in truths.distinct), truths.codes)
    column = _coded_cells(pd.Series(numbers(frame, name)))
    return Coded(tuple(_plain_number(value) for value in column.distinct), column.codes)


def coded_together(frame: CameraColumns, names: Sequence[str]) -> Coded[tuple[str | None, ...]]:
    """Return text columns as the distinct combinations of their texts."""
    columns = [coded_texts(frame, name) for name in names]
    codes = np.zeros(len(frame), dtype=np.int64)
    for column in columns:
        # An empty row is numbered -1, and so has a number of its own. Numbered anew after each
        # column, so that the product of many stays small.
        codes = pd.factorize(codes * (len(column.distinct) + 1) + column.codes + 1)[0]
    _, firsts = np.unique(codes, return_index=True)
    parts: list[list[str | None]] = []
    for column in columns:
        texts_of = (*column.distinct, None)
        parts.append([texts_of[code] for code in column.codes[firsts].tolist()])
    return Coded(tuple(zip(*parts, strict=True)), codes.astype(np.int32))


def _coded_cells(column: pd.Series) -> Coded[Any]:
    if isinstance(column.dtype, pd.CategoricalDtype):
        return _coded_categories(column)
    codes, cells = pd.factorize(column)
    return Coded(tuple(cells.tolist()), codes.astype(np.int32))


def _coded_categories(column: pd.Series) -> Coded[Any]:
    """Return a column of categories as `Coded` has it, those that stand in no row left out."""
    given = column.cat.codes.to_numpy()
    numbers = pd.unique(given)
    numbers = numbers[numbers != EMPTY]
    # The last place is that of rows without a value, whose code is -1 in both.
    place_of = np.full(len(column.cat.categories) + 1, EMPTY, dtype=np.int32)
    place_of[numbers] = np.arange(len(numbers))
    return Coded(tuple(column.cat.categories[numbers].tolist()), place_of[given])


def texts(frame: CameraColumns, name: str) -> list[str | None]:
    """Return a text column in the frame's order."""
    column = frame[name].astype("object")
    values: list[str | None] = column.where(column.notna(), None).tolist()
    return values


def numbers(frame: CameraColumns, name: str) -> Floats:
    """Return a column of numbers in the frame's order, NaN where it is empty."""
    return pd.to_numeric(frame[name]).to_numpy(dtype=np.float64, na_value=math.nan)


def _plain_list(value: tuple[Any, ...]) -> list[Any]:
    return [item if isinstance(item, str) else _plain_number(float(item)) for item in value]


def _plain_number(value: float) -> float:
    # 1.0 and 1 are one value and two texts.
    return int(value) if value.is_integer() else value


def positions(frame: CameraColumns) -> tuple[Floats, Floats]:
    """Return longitude and latitude in degrees, WGS 84 (EPSG:4326)."""
    table, places = (
        (frame.table, frame.places) if isinstance(frame, ChosenRows) else (frame, slice(None))
    )
    # Asked where they lie: to choose points counts a reference to each, and what is written into
    # two processes hold twice.
    points = np.asarray(table.geometry.array)
    return shapely.get_x(points)[places], shapely.get_y(points)[places]
