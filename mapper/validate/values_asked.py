"""Questions put to the distinct texts of a column, once each."""

from collections.abc import Callable

import numpy as np
import numpy.typing as npt
import pandas as pd

Mask = npt.NDArray[np.bool_]
"""One truth per row."""


def by_value(values: pd.Series, says: Callable[[str], bool]) -> Mask:
    """Ask each distinct text once and give one answer per row; an empty cell answers no."""
    codes, distinct = coded(values)
    answers = np.array([says(str(value)) for value in distinct] + [False], dtype=bool)
    mask: Mask = answers[codes]
    return mask


def coded(values: pd.Series) -> tuple[npt.NDArray[np.integer], npt.NDArray[np.object_]]:
    """
    Return the place of each cell's value among the distinct values, -1 where it is empty.

    Parameters
    ----------
    values
        Anything that can be hashed. Of a column of categories the codes are at hand; some of its
        distinct values may then stand in no cell.
    """
    if isinstance(values.dtype, pd.CategoricalDtype):
        codes, distinct = values.cat.codes.to_numpy(), values.cat.categories
    else:
        codes, distinct = pd.factorize(values)
    return np.asarray(codes), np.asarray(distinct, dtype=object)
