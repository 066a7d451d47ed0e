"""No reference of a list says who, where somebody lives, or which number to call."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mapper.own_lists.row_refs import row_refs
from mapper.validate.privacy_gate import is_plain_reference
from tests.privacy_values import values_of

SOURCES = Path(__file__).resolve().parents[1] / "fixtures" / "sources"
OWN_IDS = [
    "1",
    "42",
    "C-007",
    "CAM 12",
    "Camera_3",
    "NO901",
    "A",
    "B12",
    "K9",
    "row-0a1b2c3d4e5f-1",
]


def chosen(written: list[str]) -> list[str]:
    places = [str(number) for number in range(len(written))]
    return list(row_refs(written, places, written).refs)


def test_no_hostile_id_is_taken() -> None:
    hostile = [value for _, value in values_of("contact_values.txt")]
    assert len(hostile) > 120
    assert set(chosen(hostile)) & set(hostile) == set()
    assert all(set(chosen([value])).isdisjoint({value}) for value in hostile if len(value) > 7)


def test_the_gate_stops_by_itself_what_reaches_somebody() -> None:
    values = values_of("contact_values.txt")
    missed = [(kind, value) for kind, value in values if is_plain_reference(value)]
    assert {kind for kind, _ in missed} <= {"phone", "plate", "address", "hidden email", "host"}
    assert len(missed) < len(values) / 3, missed


@given(st.lists(st.text(max_size=24) | st.sampled_from(OWN_IDS), min_size=1, max_size=6))
def test_whatever_an_id_column_holds_the_gate_is_content_with_what_is_taken(
    written: list[str],
) -> None:
    assert all(is_plain_reference(ref) for ref in chosen(written))


def test_what_somebody_counted_stays() -> None:
    assert all(is_plain_reference(ref) for ref in OWN_IDS)
    assert is_plain_reference("node/12345678901")
    assert is_plain_reference("Issy-les-Moulineaux/Caméra 1")


def test_the_references_of_every_source_pass() -> None:
    for path in sorted(SOURCES.glob("*/expected.jsonl")):
        for line in path.read_text("utf-8").splitlines():
            row = json.loads(line)
            if "source_ref" in row:
                assert is_plain_reference(row["source_ref"]), (path.parent.name, row["source_ref"])


@pytest.mark.parametrize("count", [3, 40])
def test_seven_digits_stay_only_where_a_list_counts_by_them(count: int) -> None:
    counted = [str(1_000_000 + number) for number in range(count)]
    assert chosen(counted) == counted
    phones = [str(2_000_000 + number * 777_777 % 7_999_999) for number in range(count)]
    assert set(chosen(phones)).isdisjoint(phones)
    assert "5550147" not in chosen([*(f"C-{number}" for number in range(count)), "5550147"])
