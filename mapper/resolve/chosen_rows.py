"""
Rows chosen of a table of cameras, without a second table.

Of a world nearly all rows stand, and a table of them alone would weigh as much as the first, while
nobody asks for more than one column at a time.
"""

from dataclasses import dataclass
from typing import TypeAlias

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd


@dataclass(frozen=True, slots=True, eq=False)
class ChosenRows:
    """
    Some rows of a table; a column is taken out of it each time that it is asked for.

    Attributes
    ----------
    table
        Held by others too, and never changed.
    places
        Of the rows in the table.
    """

    table: gpd.GeoDataFrame
    places: npt.NDArray[np.intp]

    @classmethod
    def of(cls, rows: "CameraColumns", is_chosen: npt.NDArray[np.bool_]) -> "ChosenRows":
        """Choose of a table, or of rows that were chosen before."""
        if isinstance(rows, ChosenRows):
            return cls(rows.table, rows.places[is_chosen])
        return cls(rows, np.flatnonzero(is_chosen))

    def __len__(self) -> int:
        """Count the rows."""
        return len(self.places)

    def __getitem__(self, name: str) -> pd.Series:
        """Return a column of the rows, which are numbered anew."""
        # The table's own labels are the cameras' ids: with them a column would weigh thrice.
        column = self.table[name]
        # Its type is told, or pandas looks at every text to find one.
        return pd.Series(column.array.take(self.places), dtype=column.dtype, copy=False)


CameraColumns: TypeAlias = gpd.GeoDataFrame | ChosenRows
"""Whatever gives columns ``model.columns.CAMERA`` one at a time."""
