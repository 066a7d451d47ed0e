"""Rows chosen of a table: each column of these rows alone, also chosen twice."""

import geopandas as gpd
import numpy as np
import pandas as pd

from mapper.resolve.chosen_rows import ChosenRows

_TABLE = gpd.GeoDataFrame(
    {"name": ["a", "b", "c"], "ids": [["x"], None, []], "count": pd.array([1, None, 3], "Int64")},
    geometry=gpd.points_from_xy([1.0, 2.0, 3.0], [4.0, 5.0, 6.0]),
    crs="EPSG:4326",
    index=["node/1", "node/2", "node/3"],
)
_TABLE["text"] = _TABLE["name"].astype(object)
_IS_KEPT = np.array([False, True, True])


def test_chosen_rows_give_what_a_table_of_them_alone_would() -> None:
    chosen, alone = ChosenRows.of(_TABLE, _IS_KEPT), _TABLE[_IS_KEPT].reset_index(drop=True)
    assert len(chosen) == 2
    for name in ("name", "text", "ids", "count"):
        pd.testing.assert_series_equal(chosen[name], alone[name], check_names=False)


def test_of_rows_that_were_chosen_some_are_chosen_again() -> None:
    chosen = ChosenRows.of(ChosenRows.of(_TABLE, _IS_KEPT), np.array([False, True]))
    assert chosen.table is _TABLE
    assert (len(chosen), chosen["name"].tolist()) == (1, ["c"])
