"""Rows of one kind are read once, and every row has the answer that it has alone."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mapper.resolve.row_kinds import ByKind, by_kind, kinds, objects

_CELL = st.sampled_from([None, "", "a", "b", "a;b"])
_ROWS = st.lists(st.tuples(_CELL, _CELL, st.booleans()), max_size=30)


@given(_ROWS, st.sampled_from([object, "str"]))
def test_every_row_is_read_as_it_is_alone_and_each_kind_once(
    rows: list[tuple[str | None, str | None, bool]], dtype: object
) -> None:
    one, other, truth = ([row[place] for row in rows] for place in range(3))
    reads = []

    def read(*row: object) -> list[object]:
        reads.append(row)
        return list(row)

    texts = [pd.Series(column, dtype=dtype) for column in (one, other)]  # type: ignore[call-overload]
    answers = by_kind([*texts, np.array(truth, dtype=bool)], read)
    assert answers.rows().tolist() == [list(row) for row in rows]
    assert answers.series().tolist() == [list(row) for row in rows]
    assert sorted(reads, key=str) == sorted(set(rows), key=str)


@given(st.lists(_CELL, max_size=30))
def test_a_column_is_told_apart_and_comes_back(values: list[str | None]) -> None:
    column: ByKind[str | None] = ByKind.of(objects(values))
    assert column.rows().tolist() == values
    assert len(set(column.answers)) == len(column.answers)


def test_kinds_are_numbered_as_they_first_occur() -> None:
    kind_of, firsts = kinds([pd.Series(["b", "a", "b", None]), pd.Series(["x", "x", "y", None])])
    assert kind_of.tolist() == [0, 1, 2, 3]
    assert firsts.tolist() == [0, 1, 2, 3]
    assert kinds([pd.Series(["b", "a", "b"])])[0].tolist() == [0, 1, 0]


def test_without_columns_no_row_has_a_kind() -> None:
    with pytest.raises(ValueError, match="no columns"):
        kinds([])


@pytest.mark.parametrize(
    ("dtype", "expected"),
    [
        (np.float64, pd.Series([1.5, np.nan, 1.5])),
        (object, pd.Series([1.5, None, 1.5], dtype=object)),
    ],
)
def test_a_column_takes_its_type(dtype: object, expected: pd.Series) -> None:
    column = ByKind(np.array([1, 0, 1], dtype=np.int32), [None, 1.5])
    pd.testing.assert_series_equal(column.series(dtype), expected)


def test_counts_are_whole_numbers_and_may_be_missing() -> None:
    counts = ByKind(np.array([0, 1, 0], dtype=np.int32), [3, None]).series("Int64")
    pd.testing.assert_series_equal(counts, pd.Series([3, None, 3], dtype="Int64"))
