"""
Columns of texts that many rows repeat: each distinct text once, and a number a row.

A table of the world has forty such columns. As objects each cell is an address of eight bytes, and
whoever reads it counts it, so that a copy of the process soon has pages of its own; as categories a
cell is one byte or two, and nobody has to tell the distinct texts apart again.
"""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd
from pandas.api.types import union_categoricals


def categorised(cells: npt.NDArray[np.object_]) -> pd.Categorical:
    """Return texts as categories, in the order in which they first occur; None is in none."""
    codes, distinct = pd.factorize(cells)
    # Of objects, for pandas would make another type of text of them, and convert it back each time.
    return pd.Categorical.from_codes(codes, categories=pd.Index(distinct, dtype=object))


def together(columns: Sequence[pd.Series]) -> pd.Series:
    """Return columns one below the other, of categories where all are; the rows begin at 0."""
    if not columns:
        return pd.Series(dtype=object)
    if len(columns) == 1:
        return columns[0].reset_index(drop=True)
    if all(isinstance(column.dtype, pd.CategoricalDtype) for column in columns):
        # `pd.concat` would make objects of categories that are not the same.
        return pd.Series(union_categoricals(list(columns)))
    return pd.concat(columns, ignore_index=True)


def taken(column: pd.Series, rows: npt.NDArray[np.int64]) -> pd.Series:
    """
    Return some rows of a column, numbered from 0.

    A text that stands in none of them is no category either: what was withheld must not be found
    in a table that is handed on.
    """
    return _of_what_stands(column.iloc[rows].reset_index(drop=True))


def without(column: pd.Series, rows: npt.NDArray[np.int64]) -> pd.Series:
    """Return a column of texts with some rows left blank; as for `taken`."""
    cells = column.copy()
    cells.iloc[rows] = None
    return _of_what_stands(cells)


def put(column: pd.Series, is_changed: npt.NDArray[np.bool_], text: str | None) -> pd.Categorical:
    """
    Return the cells of a column of categories with one text in some rows; None leaves them blank.

    What stood there may still be a category: `taken` and `without` take such away.
    """
    cells = pd.Categorical(column.array, copy=True)
    if text is not None and text not in cells.categories:
        cells = cells.add_categories([text])
    cells[is_changed] = text
    return cells


def _of_what_stands(column: pd.Series) -> pd.Series:
    is_coded = isinstance(column.dtype, pd.CategoricalDtype)
    return column.cat.remove_unused_categories() if is_coded else column
