"""Lists and properties of whole columns are written as each of them would be by itself."""

import json
from functools import partial

import numpy as np
import pandas as pd
import pyarrow as pa
from hypothesis import given
from hypothesis import strategies as st

from mapper.export.geojson import _texts_behind
from mapper.export.layer import _lists, joined_ids, json_lists, list_text
from mapper.export.text_pieces import Pieces, laid_out

NUMBERS = st.lists(st.sampled_from([0.0, 90.0, 45.5, 1e21, -0.25]) | st.floats(0, 360), max_size=3)
WORDS = st.lists(st.sampled_from(["a", 'b"', "", "c\\", "日"]), max_size=3)


@given(st.lists(st.none() | NUMBERS), st.integers(0, 3))
def test_lists_of_numbers_are_written_as_one_by_one(
    cells: list[list[float] | None], start: int
) -> None:
    lists = pa.array(cells, type=pa.list_(pa.float64()))
    expected = [None if cell is None else list_text(cell) for cell in cells]
    assert json_lists(lists).to_pylist() == expected
    # A part of a table is its lists behind an offset.
    assert json_lists(lists.slice(start)).to_pylist() == expected[start:]


@given(st.lists(st.none() | WORDS), st.integers(0, 3))
def test_lists_of_texts_are_written_as_one_by_one(
    cells: list[list[str] | None], start: int
) -> None:
    lists = pa.array(cells, type=pa.list_(pa.string())).slice(start)
    texts = [None if cell is None else list_text(cell) for cell in cells[start:]]
    joined = [None if cell is None else ";".join(cell) for cell in cells[start:]]
    assert json_lists(lists).to_pylist() == texts
    assert joined_ids(lists).to_pylist() == joined


@given(st.lists(st.sampled_from([None, float("nan")]) | NUMBERS))
def test_list_cells_come_into_arrow_in_their_order(cells: list[object]) -> None:
    column = pd.Series([*cells, np.array([1.0])], dtype=object)
    expected = [cell if isinstance(cell, list) else None for cell in cells]
    assert _lists(column, pa.list_(pa.float64())).to_pylist() == [*expected, [1.0]]


@given(st.lists(st.none() | st.sampled_from(["a", "b", 'say "x"', "\x1f", "\\", "é\u2028"])))
def test_properties_of_a_column_are_those_that_json_writes(cells: list[str | None]) -> None:
    property_ = Pieces.of(pa.array(cells, type=pa.string()), partial(_texts_behind, '"key":'))
    text = bytes(laid_out([property_, Pieces.same("\n")], len(cells))).decode()
    assert text.split("\n")[:-1] == [
        "" if cell is None else f'"key":{json.dumps(cell, ensure_ascii=False)}' for cell in cells
    ]
