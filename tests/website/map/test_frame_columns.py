"""Columns as distinct values: a row keeps its value, and like rows are counted together."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from mapper.model.columns import ColumnType
from mapper.resolve.chosen_rows import ChosenRows
from mapper.website.map.frame_columns import (
    EMPTY,
    Coded,
    coded_lists,
    coded_texts,
    coded_together,
    coded_values,
    positions,
)

_TEXTS = st.lists(st.none() | st.sampled_from(["", "a", "b", "é"]), max_size=12)


def _frame(**columns: Sequence[object]) -> gpd.GeoDataFrame:
    return gpd.GeoDataFrame(pd.DataFrame(columns, dtype=object))


def _rows(column: Coded[Any]) -> list[object]:
    return [None if code == EMPTY else column.distinct[code] for code in column.codes.tolist()]


@given(words=_TEXTS)
def test_every_row_has_its_own_text_and_empty_rows_have_none(words: list[str | None]) -> None:
    column = coded_texts(_frame(word=list(words)), "word")
    assert _rows(column) == words
    assert list(column.distinct) == [word for word in dict.fromkeys(words) if word is not None]
    assert column.counts() == Counter(word for word in words if word is not None)


@given(words=_TEXTS)
def test_a_column_of_categories_is_read_like_one_of_texts(words: list[str | None]) -> None:
    frame = _frame(word=list(words))
    # Its categories stand in another order than its rows, and one of them is in no row.
    frame["word"] = pd.Categorical(words, categories=["é", "none of them", "b", "a", ""])
    column, of_texts = coded_texts(frame, "word"), coded_texts(_frame(word=list(words)), "word")
    assert _rows(column) == words
    assert column.distinct == of_texts.distinct


def test_chosen_rows_stand_where_they_do_in_their_table() -> None:
    points = gpd.points_from_xy([1.0, 2.0, 3.0], [4.0, 5.0, 6.0])
    table = gpd.GeoDataFrame({"id": ["a", "b", "c"]}, geometry=points, crs="EPSG:4326")
    chosen = ChosenRows.of(table, np.array([False, True, True]))
    assert [axis.tolist() for axis in positions(table)] == [[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]]
    assert [axis.tolist() for axis in positions(chosen)] == [[2.0, 3.0], [5.0, 6.0]]


@given(lists=st.lists(st.none() | st.lists(st.sampled_from([0.0, 1.0, 12.5]), max_size=2)))
def test_a_list_stays_apart_from_no_list(lists: list[list[float] | None]) -> None:
    frame = _frame(directions=list(lists))
    told = [None if one is None else tuple(one) for one in lists]
    assert _rows(coded_lists(frame, "directions")) == told
    plain = _rows(coded_values(frame, "directions", ColumnType.NUMBERS))
    assert repr(plain) == repr(
        [one if one is None else [int(n) if n.is_integer() else n for n in one] for one in lists]
    )


def test_rows_share_the_number_of_their_list_whether_or_not_they_share_its_object() -> None:
    shared = [90.0]
    column = coded_lists(_frame(directions=[[0.0], shared, None, shared, [90.0]]), "directions")
    assert column.distinct == ((0.0,), (90.0,))
    assert column.codes.tolist() == [0, 1, EMPTY, 1, 1]


@given(rows=st.lists(st.tuples(*[st.none() | st.sampled_from(["a", "b", "c"])] * 3)))
def test_combinations_are_counted_as_row_by_row(rows: list[tuple[str | None, ...]]) -> None:
    frame = _frame(**{name: [row[place] for row in rows] for place, name in enumerate("xyz")})
    column = coded_together(frame, "xyz")
    assert _rows(column) == rows
    assert list(column.counts().items()) == list(Counter(rows).items())
