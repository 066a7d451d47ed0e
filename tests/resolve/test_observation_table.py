"""Observations as a table: natural order, and one row per object."""

from dataclasses import replace

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mapper.model.enums import DeviceRole, GeometryKind
from mapper.model.observation import Observation, Reading, Snapshot
from mapper.model.tags import PRIVACY_TAGS, PUBLISHED_TAGS
from mapper.resolve.observation_table import (
    _key_of_parts,
    natural_key,
    natural_order,
    observation_tables,
)


def _reading(sha256: str, *observations: Observation) -> Reading:
    snapshot = Snapshot("osm", f"{sha256}.json", sha256, 1, "ODbL-1.0", "OpenStreetMap")
    return Reading(snapshot, observations)


def _seen(ref: str, **values: object) -> Observation:
    return Observation("osm", ref, 24.94, 60.17, {"man_made": "surveillance"}, **values)  # type: ignore[arg-type]


def _run_by(operator: str, ref: str) -> Observation:
    return replace(_seen(ref), tags={"operator": operator})


def test_references_are_sorted_as_people_do() -> None:
    refs = ["way/2", "node/10", "relation/1", "node/9", "node/2", "node/900000000001"]
    assert sorted(refs, key=natural_key) == [
        "node/2",
        "node/9",
        "node/10",
        "node/900000000001",
        "relation/1",
        "way/2",
    ]


def test_every_number_of_a_reference_counts() -> None:
    refs = [
        "site 2 camera 10",
        "site 10 camera 1",
        "site 2 camera 9",
        "site 2",
        "7",
        "10b",
        "10a",
        "08",
    ]
    assert sorted(refs, key=natural_key) == [
        "7",
        "08",
        "10a",
        "10b",
        "site 2",
        "site 2 camera 9",
        "site 2 camera 10",
        "site 10 camera 1",
    ]


@given(st.lists(st.text(max_size=12)))
def test_any_references_can_be_sorted_and_none_is_lost(refs: list[str]) -> None:
    assert sorted(sorted(refs, key=natural_key)) == sorted(refs)
    backwards = list(reversed(refs))
    assert sorted(backwards, key=natural_key) == sorted(refs, key=natural_key)


def test_a_reference_of_five_thousand_digits_can_be_sorted() -> None:
    long = "1" * 5000
    assert sorted([long, "2"], key=natural_key) == ["2", long]


def test_the_table_has_a_column_for_every_field_and_tag() -> None:
    seen = Observation(
        "osm",
        "way/7",
        1.5,
        2.5,
        {"operator": "City", "indoor": "yes"},
        geometry_kind=GeometryKind.AREA,
        device_role=DeviceRole.ENFORCEMENT_DEVICE,
        version=3,
        edited_on="2025-01-02",
        location_precision_m=10.0,
        text_cleaned=True,
        text_cut=True,
    )
    table = observation_tables([_reading("a", seen)])["osm"].frame
    row = table.iloc[0].to_dict()
    tags = {key: row.pop(key) for key in (*PUBLISHED_TAGS, *PRIVACY_TAGS)}
    assert {key: value for key, value in tags.items() if not pd.isna(value)} == {
        "operator": "City",
        "indoor": "yes",
    }
    assert row == {
        "source_ref": "way/7",
        "lon_deg": 1.5,
        "lat_deg": 2.5,
        "geometry_kind": "area",
        "device_role": "enforcement_device",
        "version": 3,
        "edited_on": "2025-01-02",
        "location_precision_m": 10.0,
        "text_cleaned": True,
        "text_cut": True,
        "snapshot_sha256": "a",
    }


def test_what_is_not_known_is_missing() -> None:
    table = observation_tables([_reading("a", _seen("node/1"))])["osm"].frame
    assert table["edited_on"].isna().tolist() == [True]
    assert table["version"].isna().tolist() == [True]
    assert table["location_precision_m"].isna().tolist() == [True]


@pytest.mark.parametrize("swapped", [False, True])
@pytest.mark.parametrize(
    ("old", "new"),
    [
        ({"version": 1}, {"version": 2}),
        ({}, {"version": 1}),
        ({"version": 2, "edited_on": "2024-01-01"}, {"version": 2, "edited_on": "2024-01-02"}),
        ({"version": 2}, {"version": 2}),
    ],
    ids=["a higher version", "a known version", "a later edit", "the snapshot's hash"],
)
def test_of_an_object_in_two_readings_the_later_version_counts(
    old: dict[str, object], new: dict[str, object], *, swapped: bool
) -> None:
    readings = [_reading("a", _seen("node/1", **old)), _reading("b", _seen("node/1", **new))]
    table = observation_tables(readings[::-1] if swapped else readings)["osm"]
    assert table.frame["snapshot_sha256"].tolist() == ["b"]
    assert [(row.source_ref, row.source_id) for row in table.superseded] == [("node/1", "osm")]
    assert "another reading" in table.superseded[0].reason


def test_texts_of_several_readings_are_categories_of_one_column() -> None:
    readings = [
        _reading("a", _run_by("City", "node/1"), _seen("node/2")),
        _reading("b", _run_by("Town", "node/3"), _run_by("City", "node/4")),
    ]
    operators = observation_tables(readings)["osm"].frame["operator"]
    assert operators.astype(object).where(operators.notna(), None).tolist() == [
        "City",
        None,
        "Town",
        "City",
    ]
    assert sorted(operators.cat.categories) == ["City", "Town"]


def test_an_object_three_times_is_superseded_twice() -> None:
    readings = [
        _reading(sha, _seen("node/1", version=v)) for sha, v in [("a", 3), ("b", 1), ("c", 2)]
    ]
    table = observation_tables(readings)["osm"]
    assert table.frame["version"].tolist() == [3]
    assert len(table.superseded) == 2


def test_no_reading_gives_no_table() -> None:
    assert observation_tables([]) == {}


def test_an_empty_reading_gives_an_empty_table_with_all_columns() -> None:
    frame = observation_tables([_reading("a")])["osm"].frame
    assert len(frame) == 0
    assert set(PUBLISHED_TAGS) < set(frame.columns)


@given(st.from_regex(r"\A[a-zé²0-9]{0,3}/?[0-9²٣]{0,4}\Z"))
def test_the_key_of_a_reference_of_openstreetmap_is_that_of_any_other(ref: str) -> None:
    assert natural_key(ref) == _key_of_parts(ref)


_OF_OPENSTREETMAP = st.from_regex(r"\A(node|nodes|way|W)/0{0,2}[0-9]{1,18}\Z")
_OF_OTHERS = st.from_regex(r"\A[a-zé]{0,3}/?[0-9²٣]{0,20}\Z") | st.text(max_size=4)


@given(st.lists(_OF_OPENSTREETMAP) | st.lists(_OF_OPENSTREETMAP | _OF_OTHERS))
def test_references_sorted_as_columns_stand_as_when_sorted_by_their_keys(refs: list[str]) -> None:
    by_key = sorted(range(len(refs)), key=lambda row: natural_key(refs[row]))
    assert natural_order(refs).tolist() == by_key


def test_numbers_too_long_for_64_bits_are_sorted_like_all_others() -> None:
    refs = ["node/100000000000000000000", "node/20", "node/99999999999999999999", "node/3"]
    assert natural_order(refs).tolist() == [3, 1, 2, 0]


def test_rows_share_the_texts_that_they_have_in_common() -> None:
    rows = [_seen(f"node/{number}") for number in range(1, 50)]
    frame = observation_tables([_reading("a" * 64, *rows)])["osm"].frame
    for name in ("snapshot_sha256", "geometry_kind", "device_role", "man_made"):
        assert len({id(text) for text in frame[name]}) == 1, name
