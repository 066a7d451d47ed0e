"""What the parser of every list does with a row that its source could not place or name."""

import json
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mapper.clean.coordinates import lonlat_from_text
from mapper.clean.list_parser import NO_POSITION, REF_MISSING, Parse, list_parser
from mapper.clean.list_rows import Row, numbered_refs
from mapper.errors import SourceChangedError
from mapper.model.observation import Observation, Reject
from mapper.model.source import Download, LocalFile, SourceInfo

INFO = SourceInfo(
    source_id="riverton_cctv_au",
    title="Cameras, Riverton",
    publisher="City of Riverton",
    landing_page="https://data.riverton.example/cameras",
    read_from=Download("https://data.riverton.example/cameras.json", "json"),
    license_id="CC-BY-4.0",
    attribution="City of Riverton",
    row_count_min=1,
    row_count_max=100,
)


def read(row: Row) -> Observation | Reject:
    row.ref = row.text("id")
    state, lon_text, lat_text = row.text("state"), row.text("lon"), row.text("lat")
    if state == "gone":
        return row.reject("taken down", state)
    return row.observed(lonlat_from_text(lon_text, lat_text), {"operator": "City of Riverton"})


parse: Parse = list_parser(INFO, read, ignored=frozenset({"remark"}))


def listed(**fields: object) -> dict[str, Any]:
    return {"id": "7", "state": "", "lon": "9.5", "lat": "47.1", "remark": "", **fields}


def only(row: dict[str, Any]) -> Observation | Reject:
    (result,) = parse(json.dumps([row]).encode())
    return result


@pytest.mark.parametrize("lat", ["", "47,1", "91", "nan", "x"])
def test_a_row_without_a_usable_position_is_a_reject_under_its_reference(lat: str) -> None:
    result = only(listed(lat=lat))
    assert isinstance(result, Reject)
    assert (result.source_ref, result.reason) == ("7", NO_POSITION)


@pytest.mark.parametrize("fields", [{}, {"lat": ""}, {"state": "gone"}], ids=["", "lat", "gone"])
def test_a_row_without_a_reference_is_a_reject_before_all_else(
    fields: dict[str, Any],
) -> None:
    result = only(listed(id="", **fields))
    assert isinstance(result, Reject)
    assert (result.source_ref, result.reason) == ("row 1", REF_MISSING)


@pytest.mark.parametrize("fields", [{}, {"lat": ""}, {"id": ""}, {"state": "gone"}])
def test_a_new_field_is_seen_in_a_rejected_row_as_well(fields: dict[str, Any]) -> None:
    with pytest.raises(SourceChangedError, match="'make'"):
        only(listed(**fields, make="Acme"))


def test_a_format_without_a_reader_is_seen_when_the_source_is_loaded() -> None:
    for read_from in (Download("https://data.riverton.example/x", "xlsx"), LocalFile()):
        with pytest.raises(ValueError, match="riverton_cctv_au"):
            list_parser(replace(INFO, read_from=read_from), read)


@given(st.lists(st.sampled_from("abc")))
def test_numbered_references_lose_no_row_and_name_none_twice(refs: list[str]) -> None:
    numbered = list_parser(INFO, read, ignored=frozenset({"remark"}), refs=numbered_refs)
    rows = [listed(id=ref) for ref in refs] or [listed()]
    results = list(numbered(json.dumps(rows).encode()))
    named = [row.source_ref for row in results if isinstance(row, Observation)]
    assert len(set(named)) == len(named) == len(rows)


def test_the_first_of_several_rows_keeps_its_reference_and_the_rest_are_counted() -> None:
    numbered = list_parser(INFO, read, ignored=frozenset({"remark"}), refs=numbered_refs)
    rows = [listed(id="a"), listed(id="b"), listed(id="a"), listed(id="a")]
    results = list(numbered(json.dumps(rows).encode()))
    named = [row.source_ref for row in results if isinstance(row, Observation)]
    assert named == ["a", "b", "a#2", "a#3"]
