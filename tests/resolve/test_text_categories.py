"""Columns of categories hold the texts that they were made of, and no others."""

import numpy as np
import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from mapper.resolve.text_categories import categorised, put, taken, together, without

CELLS = st.lists(st.none() | st.sampled_from(["a", "b", "ab", "é"]), max_size=12)


def _column(cells: list[str | None]) -> pd.Series:
    texts = np.empty(len(cells), dtype=object)
    texts[:] = cells
    return pd.Series(categorised(texts))


def _cells(column: pd.Series) -> list[str | None]:
    cells: list[str | None] = column.astype(object).where(column.notna(), None).tolist()
    return cells


@given(st.lists(CELLS, min_size=1, max_size=3))
def test_columns_come_one_below_the_other_as_categories(parts: list[list[str | None]]) -> None:
    whole = together([_column(part) for part in parts])
    assert _cells(whole) == [cell for part in parts for cell in part]
    assert isinstance(whole.dtype, pd.CategoricalDtype)
    assert whole.index.tolist() == list(range(len(whole)))


def test_a_column_of_objects_among_them_makes_objects_of_all() -> None:
    whole = together([_column(["a"]), pd.Series(["b"], dtype=object)])
    assert _cells(whole) == ["a", "b"]
    assert whole.dtype == object


def test_no_column_is_an_empty_one() -> None:
    assert len(together([])) == 0


@given(st.data(), CELLS)
def test_a_text_in_none_of_the_rows_taken_is_no_category(
    data: st.DataObject, cells: list[str | None]
) -> None:
    rows = data.draw(
        st.lists(st.sampled_from(range(len(cells))), unique=True) if cells else st.just([])
    )
    part = taken(_column(cells), np.array(rows, dtype=np.int64))
    assert _cells(part) == [cells[row] for row in rows]
    assert set(part.cat.categories) == {cells[row] for row in rows} - {None}


def test_a_text_left_blank_in_all_its_rows_is_no_category() -> None:
    column = _column(["a", "b", "a", None])
    assert _cells(without(column, np.array([0, 2]))) == [None, "b", None, None]
    assert without(column, np.array([0, 2])).cat.categories.tolist() == ["b"]
    assert without(column, np.array([0])).cat.categories.tolist() == ["a", "b"]
    assert _cells(column) == ["a", "b", "a", None]


@given(CELLS, st.none() | st.sampled_from(["a", "new"]), st.data())
def test_one_text_is_put_into_some_rows_and_the_column_given_stays(
    cells: list[str | None], text: str | None, data: st.DataObject
) -> None:
    is_changed = data.draw(st.lists(st.booleans(), min_size=len(cells), max_size=len(cells)))
    column = _column(cells)
    changed = put(column, np.array(is_changed, dtype=bool), text)
    told = [text if is_new else cell for cell, is_new in zip(cells, is_changed, strict=True)]
    assert _cells(pd.Series(changed)) == told
    assert _cells(column) == cells
