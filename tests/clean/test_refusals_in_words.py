"""What is refused says of which source, which row and which value, and what to do next."""

import json
from collections.abc import Callable, Iterator

import pytest

from mapper.clean.coordinates import lonlat_from_text
from mapper.clean.directions import parse_directions
from mapper.clean.list_bodies import csv_rows, feature_rows, json_rows, kml_rows
from mapper.clean.list_rows import Row
from mapper.clean.site_count import site_camera_count
from mapper.errors import CoordinateError, SourceError, ValueRefusedError
from mapper.model.enums import Flag
from mapper.model.observation import Reject

SOURCE = "riverton_cctv_au"
Reader = Callable[[str, bytes], Iterator[Row]]
FEATURE = {"type": "Feature", "properties": {"name": "a"}, "geometry": None}
KML = b"""<kml xmlns="http://www.opengis.net/kml/2.2"><Document>
<Placemark><name>a</name></Placemark><Placemark><name>b</name></Placemark></Document></kml>"""


@pytest.mark.parametrize(
    ("read", "body"),
    [
        (csv_rows, b"name\na\nb\n"),
        (json_rows, b'[{"name": "a"}, {"name": "b"}]'),
        (feature_rows, json.dumps([FEATURE, FEATURE]).encode()),
        (kml_rows, KML),
    ],
)
def test_a_row_of_each_format_knows_its_source_and_its_number(read: Reader, body: bytes) -> None:
    rejects = [row.reject("no position", "x") for row in read(SOURCE, body)]
    assert rejects == [Reject(SOURCE, f"row {number}", "no position", "x") for number in (1, 2)]


def test_a_feature_hands_on_its_geometry() -> None:
    point = {"type": "Point", "coordinates": [9.5, 47.1]}
    (row,) = feature_rows(SOURCE, json.dumps([{**FEATURE, "geometry": point}]).encode())
    assert row.geometry == point


@pytest.mark.parametrize(
    ("read", "body", "what"),
    [
        (csv_rows, b"name,site\na,1\nb\n", "row 2 has 1 cells, the header 2"),
        (csv_rows, b"name,name\na,1\n", "columns twice: name"),
        (csv_rows, b"name\n\xff\n", "not in utf-8-sig"),
        (csv_rows, b"name\n", "holds no row"),
        (json_rows, b'[{"name": "a"}, 1]', "row 2 is no object"),
        (json_rows, b'{"rows": 1}', "in another shape"),
        (json_rows, b"[]", "holds no row"),
        (feature_rows, json.dumps([FEATURE, {"type": "Point"}]).encode(), "row 2 is no GeoJSON"),
        (feature_rows, json.dumps([{**FEATURE, "properties": 1}]).encode(), "row 1 is no object"),
        (kml_rows, b"<kml xmlns='http://www.opengis.net/kml/2.2'/>", "holds no row"),
    ],
)
def test_a_body_that_is_refused_is_named_with_the_row_and_the_next_step(
    read: Reader, body: bytes, what: str
) -> None:
    with pytest.raises(SourceError, match=what) as told:
        list(read(SOURCE, body))
    assert str(told.value).startswith(f"{SOURCE}: ")
    assert told.value.next_step


@pytest.mark.parametrize("text", ["0-360;N", "somewhere", "400"])
def test_a_direction_that_is_refused_is_kept_as_written_and_flagged(text: str) -> None:
    refused = parse_directions(text, None)
    assert (refused.directions_deg, refused.as_written) == ((), text)
    assert refused.flags == (Flag.DIRECTION_REFUSED,)


@pytest.mark.parametrize(
    ("lon_text", "lat_text", "name"), [("x", "1", "longitude"), ("1", "x", "latitude")]
)
def test_a_coordinate_that_is_no_number_is_named_and_quoted(
    lon_text: str, lat_text: str, name: str
) -> None:
    with pytest.raises(CoordinateError, match=name) as told:
        lonlat_from_text(lon_text, lat_text)
    assert "'x'" in str(told.value)


@pytest.mark.parametrize(("text", "shown"), [("2-3", "'2-3'"), ("x" * 50, "'" + "x" * 40 + "'")])
def test_a_count_that_is_refused_is_quoted_and_cut(text: str, shown: str) -> None:
    with pytest.raises(ValueRefusedError) as told:
        site_camera_count(text)
    assert str(told.value) == f"{shown} is no count of cameras"
