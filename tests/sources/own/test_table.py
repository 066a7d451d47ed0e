"""A list in any format becomes rows of text, or an error that says what is wrong with it."""

import io

import openpyxl
import pytest

from mapper.errors import SourceFormatError
from mapper.sources.own.table import GEOMETRY_LAT, GEOMETRY_LON, read_table


@pytest.mark.parametrize(
    ("body", "rows"),
    [
        (b"id,lat\n1,60.1\n", [{"id": "1", "lat": "60.1"}]),
        (b"id;lat\n1;60,1\n", [{"id": "1", "lat": "60,1"}]),
        ("id\tname\n1\tÄänekoski\n".encode(), [{"id": "1", "name": "Äänekoski"}]),
        (b'\xef\xbb\xbf"id","n"\r\n"1","a,b"\r\n\r\n', [{"id": "1", "n": "a,b"}]),
        ("id,name\n1,Malmö\n".encode("cp1252"), [{"id": "1", "name": "Malmö"}]),
        ("id,name\n1,Pärnu\n".encode("utf-16"), [{"id": "1", "name": "Pärnu"}]),
    ],
    ids=["comma", "semicolon", "tab", "quotes and BOM", "cp1252", "utf-16"],
)
def test_csv_is_read_in_the_ways_it_is_written(body: bytes, rows: list[dict[str, str]]) -> None:
    assert list(read_table("list.csv", body).rows) == rows


def test_a_sheet_is_read_as_it_shows_its_cells() -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for line in (
        ["Camera ID", "Lat", "Made"],
        [12.0, 60.25, "Axis"],
        [None, None, None],
        [13, "60,5", None],
    ):
        sheet.append(line)
    stream = io.BytesIO()
    book.save(stream)
    assert list(read_table("list.xlsx", stream.getvalue()).rows) == [
        {"Camera ID": "12", "Lat": "60.25", "Made": "Axis"},
        {"Camera ID": "13", "Lat": "60,5", "Made": ""},
    ]


def test_geojson_gives_its_points_as_columns() -> None:
    body = b"""{"type": "FeatureCollection", "features": [
      {"type": "Feature", "properties": {"no": 7, "up": true, "x": null},
       "geometry": {"type": "Point", "coordinates": [24.9, 60.1, 3]}},
      {"type": "Feature", "properties": null, "geometry": null}]}"""
    assert list(read_table("a.geojson", body).rows) == [
        {"no": "7", "up": "true", "x": "", GEOMETRY_LON: "24.9", GEOMETRY_LAT: "60.1"},
        {"no": "", "up": "", "x": "", GEOMETRY_LON: "", GEOMETRY_LAT: ""},
    ]


def test_flat_json_is_found_inside_its_envelope() -> None:
    body = b'{"updated": "2025", "cameras": [{"id": 1}, {"id": 2, "lat": 60.0}]}'
    assert [row["id"] for row in read_table("a.json", body).rows] == ["1", "2"]


def test_kml_gives_names_data_and_points_and_no_html() -> None:
    body = b"""<?xml version="1.0"?><kml xmlns="http://www.opengis.net/kml/2.2"><Document>
      <Placemark><name>Mill Road</name><description><![CDATA[<b>x</b>]]></description>
      <ExtendedData><Data name="Units"><value>2</value></Data></ExtendedData>
      <Point><coordinates> 0.13,52.19,0 </coordinates></Point></Placemark></Document></kml>"""
    assert list(read_table("a.kml", body).rows) == [
        {"name": "Mill Road", "Units": "2", GEOMETRY_LON: "0.13", GEOMETRY_LAT: "52.19"}
    ]


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (b"  \n", "is empty"),
        (b"<!DOCTYPE html><html>", "web page"),
        (b'{"type": "FeatureCollection", "features": [', "no whole JSON"),
        (b'{"a": [{"b": 1}], "c": [{"d": 1}]}', "2 lists"),
        (b"[1, 2]", "no list of objects"),
        (b"a,b\n1,2,3\n", "3 cells in line 2"),
        (b"a,a\n1,2\n", "columns twice: a"),
        (b"PK\x03\x04broken", "no readable XLSX"),
        (b"<gpx><wpt/></gpx>", "no KML"),
        (b"<kml><unclosed></kml>", "no safe, whole KML"),
        (b"\x00\x01\x02\xff", "no text"),
    ],
)
def test_a_body_that_is_no_list_says_what_it_is(body: bytes, said: str) -> None:
    with pytest.raises(SourceFormatError, match=said):
        read_table("thing", body)


def test_an_xml_bomb_is_refused_unread() -> None:
    bomb = (
        b'<?xml version="1.0"?><!DOCTYPE k [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>'
        b'<kml xmlns="http://www.opengis.net/kml/2.2"><Document>&b;</Document></kml>'
    )
    with pytest.raises(SourceFormatError, match="no safe"):
        read_table("a.kml", bomb)
