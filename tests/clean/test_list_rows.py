"""Rows of a list: a field gone, new or of another kind is named; a row's trouble stays its own."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mapper.clean.list_bodies import csv_rows, feature_rows, json_rows, kml_rows
from mapper.clean.list_rows import (
    REF_EMPTY,
    REF_USED_TWICE,
    Row,
    iso_day,
    made_ref,
    point_of,
    unique_refs,
)
from mapper.errors import CoordinateError, SourceChangedError, SourceError, SourceFormatError
from mapper.model.observation import Observation, Reject


def row(**fields: object) -> Row:
    return Row("riverton_cctv_au", 1, dict(fields))


def observed(ref: str, tags: dict[str, str] | None = None) -> Observation:
    named = row()
    named.ref = ref
    return named.observed((9.5, 47.1), tags or {})


def test_a_field_that_is_gone_is_named() -> None:
    with pytest.raises(SourceChangedError, match="row 1 has no field 'site'"):
        row(name="x").text("site")


def test_a_field_that_is_new_is_named_unless_it_is_ignored() -> None:
    found = row(site="x", camera_make="y", region_7="z")
    found.text("site")
    with pytest.raises(SourceChangedError, match="'camera_make'"):
        found.finish(frozenset(), ignored_prefixes=("region_",))
    found.finish(frozenset({"camera_make"}), ignored_prefixes=("region_",))


@pytest.mark.parametrize("value", [True, [1], {"a": 1}], ids=["truth", "list", "object"])
def test_a_field_of_another_kind_is_a_change(value: object) -> None:
    with pytest.raises(SourceChangedError, match="'site'"):
        row(site=value).text("site")


@pytest.mark.parametrize(
    ("value", "text"), [(None, ""), (7, "7"), (" x ", "x"), (1.5, "1.5")], ids=str
)
def test_null_is_empty_and_numbers_are_texts(value: object, text: str) -> None:
    assert row(site=value).text("site") == text


def test_a_new_field_with_a_hostile_name_is_shown_cleaned_and_cut() -> None:
    with pytest.raises(SourceChangedError) as caught:
        row(**{"\u202e" + "x" * 500: 1}).finish(frozenset())
    assert "\u202e" not in str(caught.value)
    assert len(str(caught.value)) < 200


@pytest.mark.parametrize(
    "geometry",
    [
        None,
        "POINT (1 2)",
        {"type": "LineString", "coordinates": [[1, 2], [3, 4]]},
        {"type": "Point", "coordinates": None},
        {"type": "Point", "coordinates": [0, 0]},
        {"type": "MultiPoint", "coordinates": [[1, 2], [3, 4]]},
        {"type": "MultiPoint", "coordinates": []},
    ],
)
def test_what_is_no_point_gives_no_position(geometry: object) -> None:
    with pytest.raises(CoordinateError):
        point_of(geometry)


def test_a_multipoint_of_one_is_a_point() -> None:
    assert point_of({"type": "MultiPoint", "coordinates": [[9.5, 47.1]]}) == (9.5, 47.1)


def test_empty_values_are_no_values_and_hostile_ones_are_cleaned() -> None:
    made = observed(" 7\u202e", {"model": "", "operator": "City\x00 of\tElm"})
    assert made.tags == {"operator": "City of Elm"}
    assert made.text_cleaned
    assert "\u202e" not in made.source_ref


@given(st.lists(st.sampled_from("abcd")))
def test_each_reference_comes_once_and_no_row_is_lost(refs: list[str]) -> None:
    given_rows = [observed(ref) for ref in refs]
    found = list(unique_refs(given_rows))
    kept = [one.source_ref for one in found if isinstance(one, Observation)]
    twice = [one for one in found if isinstance(one, Reject)]
    assert kept == list(dict.fromkeys(refs))
    assert len(found) == len(refs)
    assert all(one.reason == REF_USED_TWICE for one in twice)


def test_a_reference_that_cannot_be_seen_is_none() -> None:
    (found,) = unique_refs([observed("\u202e\u200b")])
    assert isinstance(found, Reject)
    assert found.reason == REF_EMPTY


@given(st.text(), st.text())
def test_a_made_reference_tells_nothing_of_its_parts(first: str, second: str) -> None:
    assert made_ref(first, second) == made_ref(first, second)
    assert len(made_ref(first, second)) == 12
    assert set(made_ref(first, second)) <= set("0123456789abcdef")


def test_the_first_of_february_is_no_second_of_january() -> None:
    assert iso_day("01/02/2019 00:00", "%d/%m/%Y %H:%M") == "2019-02-01"
    assert iso_day("bientôt", "%d/%m/%Y %H:%M") == "bientôt"


def test_a_csv_keeps_commas_quotes_and_line_breaks_inside_cells() -> None:
    body = '\ufeffa, b ,\r\n"x, ""y""\r\nz",2,\r\n,,\r\n'.encode()
    (found,) = csv_rows("riverton", body)
    assert found.fields == {"a": 'x, "y"\r\nz', "b": "2"}


@pytest.mark.parametrize(
    ("body", "error"),
    [
        (b"a,a\n1,2\n", SourceChangedError),
        (b"a,b\n1\n", SourceFormatError),
        (b"a,b\n", SourceChangedError),
        (b"", SourceChangedError),
        (b"a\n\xff\n", SourceFormatError),
        (b"a\n" + b"x" * 200_000 + b"\n", SourceFormatError),
    ],
    ids=["columns twice", "torn", "no row", "empty", "encoding", "a cell without end"],
)
def test_a_csv_of_another_shape_is_refused(body: bytes, error: type[SourceError]) -> None:
    with pytest.raises(error):
        list(csv_rows("riverton", body))


def test_a_features_own_number_never_meets_a_property_of_that_name() -> None:
    feature = {"type": "Feature", "id": 7, "properties": {"id": "A"}, "geometry": None}
    (found,) = feature_rows("riverton", json.dumps([feature]).encode())
    assert found.fields == {"id": "A", "@id": 7}


@pytest.mark.parametrize("body", [b"[]", b'{"features": []}', b"null", b'[{"type": "Feature"}]'])
def test_json_of_another_shape_is_refused(body: bytes) -> None:
    with pytest.raises(SourceChangedError):
        list(feature_rows("riverton", body))


def test_json_nested_without_end_is_refused() -> None:
    with pytest.raises(SourceError):
        list(json_rows("riverton", b"[" * 100_000))


BOMB = b"""<?xml version="1.0"?><!DOCTYPE k [<!ENTITY a "aaaa">]>
<kml xmlns="http://www.opengis.net/kml/2.2"><Placemark><name>&a;</name></Placemark></kml>"""


# Without entities the document type alone is refused: it may name a file to be fetched.
TYPED = b"""<?xml version="1.0"?><!DOCTYPE kml SYSTEM "https://elsewhere.example/kml.dtd">
<kml xmlns="http://www.opengis.net/kml/2.2"><Placemark><name>x</name></Placemark></kml>"""


@pytest.mark.parametrize(
    "body",
    [BOMB, TYPED, b"<kml/>", b"<kml", b'<kml xmlns="http://www.opengis.net/kml/2.2"/>'],
    ids=["entities", "document type", "another name space", "cut", "no placemark"],
)
def test_kml_of_another_shape_is_refused(body: bytes) -> None:
    with pytest.raises(SourceError):
        list(kml_rows("riverton", body))


def test_a_placemark_gives_its_children_its_data_and_its_point() -> None:
    body = b"""<kml xmlns="http://www.opengis.net/kml/2.2"><Document><Placemark id="p7">
      <name>Elm</name><ExtendedData><Data name="maker"><value>Axis</value></Data>
      <SchemaData><SimpleData name="year">2020</SimpleData></SchemaData></ExtendedData>
      <Point><coordinates> 9.5,47.1,0 </coordinates></Point></Placemark></Document></kml>"""
    (found,) = kml_rows("riverton", body)
    assert found.fields == {
        "name": "Elm",
        "@id": "p7",
        "maker": "Axis",
        "year": "2020",
        "@coordinates": "9.5,47.1,0",
    }
