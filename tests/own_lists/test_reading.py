"""A list in any format becomes rows of text, or an error that says what is wrong with it."""

import bz2
import gzip
import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import geopandas as gpd
import openpyxl
import pandas as pd
import pyogrio
import pytest
import shapely

from mapper.errors import SourceFormatError, UsageError
from mapper.own_lists import Mapping, completed, placed_rows, read_table
from mapper.own_lists.table import GEOMETRY_LAT, GEOMETRY_LON, HowRead


@pytest.mark.parametrize(
    ("body", "rows"),
    [
        (b"id,lat\n1,60.1\n", [{"id": "1", "lat": "60.1"}]),
        (b"id;lat\n1;60,1\n", [{"id": "1", "lat": "60,1"}]),
        ("id\tname\n1\tÄänekoski\n".encode(), [{"id": "1", "name": "Äänekoski"}]),
        (b'\xef\xbb\xbf"id","n"\r\n"1","a,b"\r\n\r\n', [{"id": "1", "n": "a,b"}]),
        ("id,name\n1,Pärnu\n".encode("utf-16"), [{"id": "1", "name": "Pärnu"}]),
    ],
    ids=["comma", "semicolon", "tab", "quotes and BOM", "utf-16"],
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
        {"Camera ID": "13", "Lat": "60,5"},
    ]


def test_geojson_gives_its_points_as_columns() -> None:
    body = b"""{"type": "FeatureCollection", "features": [
      {"type": "Feature", "properties": {"no": 7, "up": true, "x": null},
       "geometry": {"type": "Point", "coordinates": [24.9, 60.1, 3]}},
      {"type": "Feature", "properties": null, "geometry": null}]}"""
    assert list(read_table("a.geojson", body).rows) == [
        {"no": "7", "up": "true", GEOMETRY_LON: "24.9", GEOMETRY_LAT: "60.1"}
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
        (b"[1, 2]", "no list of objects"),
        (b"a,b\n1,2,3\n4,5,6\n", "the first is line 2"),
        (b"a,a\n1,2\n", "columns twice: a"),
        (b"PK\x03\x04broken", "no whole zip"),
        (b"<rss><channel/></rss>", "no KML"),
        (b"<kml><unclosed></kml>", "no safe, whole"),
        (b"\x00\x01\x02\xff", "no text"),
    ],
)
def test_a_body_that_is_no_list_says_what_it_is(body: bytes, said: str) -> None:
    with pytest.raises(SourceFormatError, match=said):
        read_table("thing", body)


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (b'{"a": [{"b": 1}], "c": [{"d": 1}]}', "2 lists"),
        ("id,name\n1,Malmö\n".encode("cp1252"), "Malmö"),
        ("id,name\n1,Žďár nad Sázavou\n".encode("cp1250"), "Žďár nad Sázavou"),
        ("id,name\n1,ГКУ ЦОДД\n".encode("cp1251"), "ГКУ ЦОДД"),
        ("id,name\n1,臺北市政府\n".encode("big5"), "臺北市政府"),
        ("id,name\n1,서울특별시\n".encode("cp949"), "서울특별시"),
    ],
)
def test_what_could_be_read_in_several_ways_is_asked_and_not_guessed(
    body: bytes, said: str
) -> None:
    with pytest.raises(UsageError) as caught:
        read_table("thing", body)
    assert said in str(caught.value)


def test_the_answer_to_the_question_reads_the_list() -> None:
    body = "id,name\n1,Žďár\n".encode("cp1250")
    assert list(read_table("l", body, HowRead(encoding="windows-1250")).rows) == [
        {"id": "1", "name": "Žďár"}
    ]


def test_one_bad_byte_rejects_its_line_and_keeps_the_others() -> None:
    body = "id,name\n1,Žďár\n2,Brno\n3,Město\n".encode().replace("Ž".encode(), b"\xc5", 1)
    table = read_table("l", body)
    assert [row["name"] for row in table.rows] == ["Brno", "Město"]
    assert [(line.number, line.reason) for line in table.bad_lines] == [
        (2, "holds bytes that are no UTF-8")
    ]


@pytest.mark.parametrize(
    ("text", "header_row", "above"),
    [
        ("sep=;\nid;lat;lon\n1;60;24\n", 2, 0),
        ("List of cameras,,\n,,\nid,lat,lon\n1,60,24\n", 3, 1),
        ("Made 2025\n\nid,lat,lon\n1,60,24\n", 3, 1),
        ("id,lat,lon,,,\n1,60,24,,,\n", 1, 0),
        ("\n\nid,lat,lon\n1,60,24\n", 3, 0),
    ],
)
def test_the_header_is_found_and_what_stands_above_it_is_named(
    text: str, header_row: int, above: int
) -> None:
    table = read_table("l", text.encode())
    assert table.columns == ("id", "lat", "lon")
    assert [dict(row) for row in table.rows] == [{"id": "1", "lat": "60", "lon": "24"}]
    assert table.how.header_row == header_row
    assert len(table.not_read) == above


def test_a_torn_line_is_set_aside_with_its_number() -> None:
    body = b"id,name,lat,lon\n1,A,60,24\n2,KM 12,5,60,24\n3,C,60,24\n"
    table = read_table("l", body)
    assert [row["id"] for row in table.rows] == ["1", "3"]
    assert [line.number for line in table.bad_lines] == [3]


def workbook(sheets: dict[str, list[list[object]]]) -> bytes:
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for name, lines in sheets.items():
        sheet = book.create_sheet(name)
        for line in lines:
            sheet.append(line)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def test_every_sheet_is_read_or_named() -> None:
    header: list[object] = ["id", "lat", "lon"]
    body = workbook(
        {
            "North": [header, [1, 60.1, 24.1]],
            "South": [["Cameras"], header, [2, 60.2, 24.2], [3, 60.3, 24.3]],
            "Notes": [["word", "meaning"], ["x", "y"]],
        }
    )
    table = read_table("l.xlsx", body)
    assert [row["id"] for row in table.rows] == ["1", "2", "3"]
    assert table.not_read == ("sheet 'Notes' with 2 filled rows",)
    one = read_table("l.xlsx", body, HowRead(sheet="South"))
    assert [row["id"] for row in one.rows] == ["2", "3"]
    with pytest.raises(UsageError, match="no sheet 'West'") as caught:
        read_table("l.xlsx", body, HowRead(sheet="West"))
    assert "North, South, Notes" in caught.value.next_step


POINTS = gpd.GeoDataFrame(
    {"Camera ID": ["A1", "A2"], "Make": ["Axis", None]},
    geometry=[shapely.Point(24.94, 60.17), shapely.Point(24.95, 60.18)],
    crs=4326,
)


@pytest.mark.parametrize("suffix", ["gpkg", "fgb", "gml", "gpx", "parquet", "shp.zip", "geojsonl"])
@pytest.mark.parametrize("epsg", [4326, 3067])
def test_geographic_formats_give_the_same_points(suffix: str, epsg: int, tmp_path: Path) -> None:
    path = tmp_path / f"list.{suffix}"
    points = POINTS.rename(columns={"Camera ID": "name" if suffix == "gpx" else "id"})
    if suffix in {"gpx", "geojsonl"}:
        epsg = 4326
    points = points.to_crs(epsg)
    if suffix == "parquet":
        points.to_parquet(path)
    elif suffix == "gpx":
        pyogrio.write_dataframe(points[["name", "geometry"]], path, driver="GPX")
    elif suffix == "geojsonl":
        pyogrio.write_dataframe(points, path, driver="GeoJSONSeq")
    else:
        pyogrio.write_dataframe(points, path)
    table = read_table(path.name, path.read_bytes())
    mapping = completed(Mapping(columns={"ref": points.columns[0]}), table)
    kept = placed_rows(table, mapping, source_id="mine").observations
    placed = sorted(kept, key=lambda row: row.source_ref)
    assert [row.source_ref for row in placed] == ["A1", "A2"]
    assert [row.lon_deg for row in placed] == pytest.approx([24.94, 24.95], abs=1e-5)
    assert [row.lat_deg for row in placed] == pytest.approx([60.17, 60.18], abs=1e-5)


def test_an_open_document_sheet_is_read_like_any_other(tmp_path: Path) -> None:
    path = tmp_path / "list.ods"
    frame = pd.DataFrame({"id": ["A1"], "lat": ["60.17"], "lon": ["24.94"]})
    pyogrio.write_dataframe(frame, path, driver="ODS")
    table = read_table("list.ods", path.read_bytes())
    assert table.file_format == "ODS"
    assert list(table.rows) == [{"id": "A1", "lat": "60.17", "lon": "24.94"}]


TOPOLOGY = b"""{"type": "Topology", "arcs": [], "objects": {"cams": {"type": "GeometryCollection",
 "geometries": [{"type": "Point", "coordinates": [24.94, 60.17], "properties": {"id": "A1"}}]}}}"""
ARCGIS = b"""{"spatialReference": {"wkid": 4326}, "features":
 [{"attributes": {"id": "A1"}, "geometry": {"x": 24.94, "y": 60.17}}]}"""
SOCRATA_ROWS = b"""{"meta": {"view": {"columns": [{"fieldName": "id"}, {"fieldName": "lat"},
 {"fieldName": "lon"}]}}, "data": [["A1", "60.17", "24.94"]]}"""
MULTIPOINT = b"""{"type": "FeatureCollection", "features": [{"type": "Feature", "properties":
 {"id": "A1"}, "geometry": {"type": "MultiPoint", "coordinates": [[24.94, 60.17]]}}]}"""
NESTED = b"""{"help": "x", "result": {"total": 9, "fields": [{"id": "_id"}], "records":
 [{"id": "A1", "where": {"latitude": 60.17, "longitude": 24.94}}]}}"""
KEYED = b'{"A1": {"lat": 60.17, "lon": 24.94}, "A2": {"lat": 60.1, "lon": 24.9}}'
POINT = b'{"type": "Point", "coordinates": [24.94, 60.17]}'


@pytest.mark.parametrize(
    "body",
    [
        TOPOLOGY, ARCGIS, SOCRATA_ROWS, MULTIPOINT, NESTED, KEYED,
        b'{"id": "A1", "lat": 60.17, "lon": 24.94}\n{"id": "A2", "lat": 60.1, "lon": 24.9}\n',
        b'[{"id": "A1", "place": {"type": "Point", "coordinates": [24.94, 60.17]}}]',
        b'[{"id": "A1", "location": {"latitude": "60.17", "longitude": "24.94"}}]',
        b'[{"id": "A1", "wkt": "POINT (24.94 60.17)"}]',
        b'{"type": "Feature", "id": "A1", "geometry": ' + POINT + b"}",
        b'{"type": "GeometryCollection", "geometries": [' + POINT + b"]}",
    ],
)  # fmt: skip
def test_json_of_every_shape_gives_its_first_camera(body: bytes) -> None:
    table = read_table("l.json", body)
    first = placed_rows(table, completed(Mapping(), table), source_id="mine").observations[0]
    assert (first.lon_deg, first.lat_deg) == pytest.approx((24.94, 60.17))
    assert first.source_ref == "A1" or b"A1" not in body


def test_a_total_larger_than_the_list_is_said() -> None:
    assert read_table("l", NESTED).notes == ("the file says total 9, and 1 rows are here",)


@pytest.mark.parametrize("wrap", [gzip.compress, bz2.compress])
def test_a_packed_list_is_the_list(wrap: Callable[[bytes], bytes]) -> None:
    table = read_table("l.csv.gz", wrap(b"id,lat,lon\n1,60,24\n"))
    assert [row["id"] for row in table.rows] == ["1"]


def archive(members: dict[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as file:
        for name, body in members.items():
            file.writestr(name, body)
    return stream.getvalue()


def test_an_archive_with_one_list_is_read_and_one_with_two_asks() -> None:
    rows = b"id,lat,lon\n1,60,24\n"
    assert len(read_table("l.zip", archive({"a/list.csv": rows, "readme.txt": b"x"})).rows) == 1
    two = archive({"a.csv": rows, "b.csv": rows})
    with pytest.raises(UsageError, match=r"a\.csv, b\.csv"):
        read_table("l.zip", two)
    stated = read_table("l.zip", two, HowRead(member="b.csv"))
    assert stated.not_read == ("file 'a.csv' of the archive",)
    assert stated.how.member == "b.csv"


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (b"%PDF-1.7", "a PDF"),
        (b"\xd0\xcf\x11\xe0rest", "old or encrypted Excel"),
        (b"7z\xbc\xaf\x27\x1c", "7z"),
        (b"<osm version='0.6'></osm>", "OpenStreetMap's own XML"),
        (b'{"version": 0.6, "generator": "x", "elements": []}', "OpenStreetMap's own JSON"),
        (b"\0\0\0\x0d\x0a\x09OSMHeader", "extract"),
        (archive({"mimetype": b"x", "content.xml": b"<a/>"}), "is called ODS"),
        (archive({"a.docx": archive({"[Content_Types].xml": b"<a/>", "word/x": b""})}), "Office"),
    ],
)
def test_what_is_no_list_is_named_for_what_it_is(body: bytes, said: str) -> None:
    with pytest.raises(SourceFormatError, match=said):
        read_table("thing", body)


@pytest.mark.parametrize(
    "body",
    [
        b'<?xml version="1.0"?><!-- <OGRVRTDataSource> --><gpx/>',
        b"<FeatureCollection><OGRVRTDataSource><x/></OGRVRTDataSource></FeatureCollection>",
        b'{"type": "Topology", "objects": {}, "x": "gdal_streamed_alg"}',
    ],
)
def test_a_file_that_points_elsewhere_is_not_opened(body: bytes) -> None:
    with pytest.raises(SourceFormatError, match="points to other files"):
        read_table("thing", body)


COLUMNS = 2_001


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (",".join(f"c{n}" for n in range(COLUMNS)).encode() + b"\n1,2\n", "2,001 columns"),
        (
            ("[" + ",".join(f'{{"c{n}": 1}}' for n in range(COLUMNS)) + "]").encode(),
            "more than 2,000 columns",
        ),
        (b"[" * 3_000_001, "lists and objects"),
        (b"[" + b"1," * 15_000_001 + b"1]", "values"),
        (b'id,where\n1,"' + b"1" * 120_000 + b'"\n', "more than 100,000 characters"),
        (gzip.compress(b"a,b\n" * 10_000_000), "far more than its size"),
        (archive({"a.csv": b"a,b\n" * 10_000_000}), "unpacks to"),
    ],
    ids=["columns", "own columns", "brackets", "values", "a cell", "gzip", "zip"],
)
def test_what_is_larger_than_any_list_is_refused_before_it_is_built(body: bytes, said: str) -> None:
    with pytest.raises(SourceFormatError, match=said):
        read_table("thing", body)


def test_an_xml_bomb_is_refused_unread() -> None:
    bomb = (
        b'<?xml version="1.0"?><!DOCTYPE k [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>'
        b'<kml xmlns="http://www.opengis.net/kml/2.2"><Document>&b;</Document></kml>'
    )
    with pytest.raises(SourceFormatError, match="no safe"):
        read_table("a.kml", bomb)
