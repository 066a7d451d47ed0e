"""No cell of the CSV begins a formula, and every guarded text can be had back."""

import csv
import re
from pathlib import Path

import pyarrow as pa
import pyarrow.csv
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mapper.export.csv_text import guard_column, guarded, write
from mapper.export.formula_guard import guard, lines_text, unguard
from tests.export.test_formats import layer_of
from tests.release.factory import device

# OWASP ASVS 1.2.10, with the full-width forms that some spreadsheets fold.
TRIGGERS = "=+-@\t\r\n\uff1d\uff0b\uff0d\uff20"
FUZZ = st.text(
    st.sampled_from([*TRIGGERS, ";", ",", "'", '"', " ", "\u00a0", "\u3000", "a", "1"]), max_size=12
)


@pytest.mark.parametrize(
    ("text", "guarded"),
    [
        ("=1+1", "'=1+1"),
        ("-90", "'-90"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\uff1dcmd", "'\uff1dcmd"),
        ("90;-45", "90;'-45"),
        ("  =x", "'  =x"),
        ("'=x", "''=x"),
        ("'s-Hertogenbosch", "'s-Hertogenbosch"),
        ("Rue de l'Est", "Rue de l'Est"),
        ("a=b", "a=b"),
        ("", ""),
    ],
)
def test_what_is_guarded_and_what_is_left(text: str, guarded: str) -> None:
    assert guard(text) == guarded


@settings(max_examples=2000, deadline=None)
@given(FUZZ)
def test_a_guarded_text_begins_no_formula_and_comes_back(text: str) -> None:
    guarded = guard(text)
    for part in re.split("[;\t\r\n]", guarded):
        assert part.strip(" \u00a0\u3000")[:1] not in set(TRIGGERS) or part == ""
    assert unguard(guarded) == text


@settings(max_examples=2000, deadline=None)
@given(st.text(max_size=20))
def test_any_text_comes_back(text: str) -> None:
    assert unguard(guard(text)) == text


@settings(max_examples=300, deadline=None)
@given(st.lists(st.one_of(FUZZ, st.none()), min_size=1, max_size=30))
def test_a_column_is_guarded_like_its_cells(texts: list[str | None]) -> None:
    guarded = guard_column(pa.array(texts, type=pa.string())).to_pylist()
    assert guarded == [None if text is None else guard(text) for text in texts]


def test_numbers_stay_numbers_and_texts_are_guarded(tmp_path: Path) -> None:
    rows = [device(-3, operator_name="=1", directions_as_written="-45", nearest_place_km=0.0)]
    path = tmp_path / "cameras_osm.csv"
    write(layer_of(rows), path)
    with path.open(encoding="utf-8", newline="") as lines:
        (row,) = csv.DictReader(lines)
    assert float(row["lon_deg"]) == 24.937
    assert row["operator_name"] == "'=1"
    assert row["directions_as_written"] == "'-45"
    assert row["operator_withheld"] == "false"
    assert row["mount"] == ""


@settings(
    max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(st.one_of(FUZZ, st.none(), st.text(max_size=8)), min_size=4, max_size=4))
def test_a_layer_is_written_as_arrow_writes_its_table(
    tmp_path: Path, texts: list[str | None]
) -> None:
    rows = [
        device(number, operator_name=text, nearest_place_km=None if text is None else 0.1 * number)
        for number, text in enumerate(texts)
    ]
    layer = layer_of(rows)
    write(layer, tmp_path / "ours.csv")
    table = layer.text_table.add_column(1, "lon_deg", pa.array(layer.lon_deg))
    table = table.add_column(2, "lat_deg", pa.array(layer.lat_deg))
    pyarrow.csv.write_csv(guarded(table), tmp_path / "arrow.csv")
    assert (tmp_path / "ours.csv").read_bytes() == (tmp_path / "arrow.csv").read_bytes()


def test_negative_longitudes_are_not_guarded(tmp_path: Path) -> None:
    path = tmp_path / "cameras_osm.csv"
    write(layer_of([device(-30_000)]), path)
    with path.open(encoding="utf-8", newline="") as lines:
        (row,) = csv.DictReader(lines)
    assert row["lon_deg"] == "-5.06"


def test_no_cell_of_a_line_begins_a_formula_and_a_number_stays_one() -> None:
    text = lines_text([("a", "-83.00"), ("=1+1", "-1+1"), ("@x", "7"), ("ok", "")])
    assert text == "a,-83.00\n'=1+1,'-1+1\n'@x,7\nok,\n"
