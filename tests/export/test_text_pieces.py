"""Rows laid out of pieces are the texts that joining each row would give."""

import json

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mapper.export import text_pieces
from mapper.export.geojson import feature_texts
from mapper.export.text_pieces import Pieces, holds_any, laid_out, parts_of_rows
from tests.export.test_formats import layer_of, rich_rows

TEXTS = st.lists(st.one_of(st.none(), st.sampled_from(["", "a", "é", "\U0001f3a5"]), st.text()))


def written(values: pa.Array) -> pa.StringArray:
    told = [None if value is None else f"<{value}>" for value in values.to_pylist()]
    return pa.array(told, pa.string())


@given(TEXTS)
def test_rows_of_pieces_are_what_joining_them_gives(texts: list[str | None]) -> None:
    values = pa.array(texts, pa.string())
    columns = [Pieces.same("("), Pieces.of(values, written), Pieces.same(","), Pieces.same(")\n")]
    said = ["" if text is None else f"<{text}>" for text in texts]
    assert bytes(laid_out(columns, len(texts))).decode() == "".join(f"({one},)\n" for one in said)


@pytest.mark.parametrize("texts", [["a", "b", None, "c"], ["a", "a", "a", "a", None, "b"]])
def test_a_part_of_a_column_is_written_from_where_it_begins(texts: list[str | None]) -> None:
    values = pa.array(["x", *texts], pa.string()).slice(1)
    pieces = [Pieces.of(values, lambda part: part)]
    assert bytes(laid_out(pieces, len(texts))).decode() == "".join(text or "" for text in texts)


def test_a_value_that_comes_again_is_written_once() -> None:
    asked: list[str | None] = []

    def noting(values: pa.Array) -> pa.StringArray:
        asked.extend(values.to_pylist())
        return values

    Pieces.of(pa.array(["a", "b", "a", None, "a", "b", "a"], pa.string()), noting)
    assert asked == ["a", "b"]


def test_of_a_dictionary_only_what_stands_in_a_row_is_written() -> None:
    asked: list[str | None] = []

    def noting(values: pa.Array) -> pa.StringArray:
        asked.extend(values.to_pylist())
        return values

    words = pa.DictionaryArray.from_arrays(pa.array([2, 0, None, 2], pa.int8()), ["a", "b", "c"])
    pieces = [Pieces.of(words, noting), Pieces.same(",")]
    assert bytes(laid_out(pieces, len(words))).decode() == "c,a,,c,"
    assert asked == ["c", "a"]


@given(st.lists(st.text(max_size=5)), st.integers(0, 3))
def test_a_byte_is_found_in_the_texts_of_a_part_and_not_beside_it(
    texts: list[str], start: int
) -> None:
    part = pa.array(['"', *texts, '"'], pa.string()).slice(1, len(texts)).slice(start)
    assert holds_any(part, b'"') == any('"' in text for text in texts[start:])


def test_parts_hold_every_row_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(text_pieces, "ROWS_AT_ONCE", 2)
    assert [(part.start, part.stop) for part in parts_of_rows(5)] == [(0, 2), (2, 4), (4, 5)]


def test_features_beyond_a_part_stand_in_the_next(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(text_pieces, "ROWS_AT_ONCE", 2)
    layer = layer_of(rich_rows())
    texts = [bytes(text).decode() for text in feature_texts(layer, before="", after="\n")]
    assert len(texts) == 2
    ids = [json.loads(line)["properties"]["camera_id"] for line in "".join(texts).splitlines()]
    assert ids == layer.table["camera_id"].to_pylist()
