"""Questions put to the distinct texts of a column, once each."""

from collections.abc import Callable

import numpy as np
import numpy.typing as npt
import pandas as pd

Mask = npt.NDArray[np.bool_]
"""One truth per row."""


def by_value(values: pd.Series, says: Callable[[str], bool]) -> Mask:
    """Ask each distinct text once and give one answer per row; an empty cell answers no."""
    codes, distinct = pd.factorize(values)
    answers = np.array([says(str(value)) for value in distinct] + [False], dtype=bool)
    return answers[codes]
