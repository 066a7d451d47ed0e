"""GPX and GeoJSON from anybody: read whole, or refused in words that name the file."""

import json
from pathlib import Path

import pytest

from mapper.errors import MapperError, SourceFormatError, UsageError
from mapper.exposure.route_file import read_route

_GPX = """<?xml version="1.0"?>
<gpx version="1.1" creator="x" xmlns="http://www.topografix.com/GPX/1/1">
<wpt lat="60" lon="24"><name>home</name></wpt>
<trk><name>t</name><trkseg>
<trkpt lat="60.17" lon="24.94"><ele>3</ele><time>2026-01-01T08:00:00Z</time></trkpt>
<trkpt lat="60.171" lon="24.94"/></trkseg>
<trkseg><trkpt lat="60.18" lon="24.94"/><trkpt lat="60.18" lon="24.95"/></trkseg></trk>
<rte><rtept lat="60.2" lon="24.9"/><rtept lat="60.2" lon="24.91"/></rte></gpx>"""


def _file(folder: Path, text: str, name: str = "route.gpx") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def _line(*positions: list[float]) -> dict[str, object]:
    return {"type": "LineString", "coordinates": list(positions)}


def test_tracks_and_routes_of_gpx_are_lines_and_what_lies_between_them_is_none(
    tmp_path: Path,
) -> None:
    route = read_route(_file(tmp_path, _GPX))
    assert len(route.lines) == 3
    assert route.left_out == 1
    assert route.lines.lengths_m()[0] == pytest.approx(111.2, abs=0.1)


def test_every_geojson_object_with_lines_is_read(tmp_path: Path) -> None:
    one = _line([24.94, 60.17], [24.95, 60.17, 12])
    many = {"type": "MultiLineString", "coordinates": [one["coordinates"], one["coordinates"]]}
    point = {"type": "Point", "coordinates": [24.9, 60.1]}
    for content, pieces, left_out in (
        (one, 1, 0),
        ({"type": "Feature", "geometry": many, "properties": None}, 2, 0),
        ({"type": "GeometryCollection", "geometries": [one, point]}, 1, 1),
        (
            {
                "type": "FeatureCollection",
                "features": [
                    {"type": "Feature", "geometry": one},
                    {"type": "Feature", "geometry": None},
                    {"type": "Feature", "geometry": point},
                ],
            },
            1,
            1,
        ),
    ):
        route = read_route(_file(tmp_path, json.dumps(content), "route.geojson"))
        assert (len(route.lines), route.left_out) == (pieces, left_out)


def test_a_line_across_180_degrees_runs_on(tmp_path: Path) -> None:
    body = json.dumps(_line([179.999, -17], [-179.999, -17], [179.999, -17]))
    route = read_route(_file(tmp_path, body, "route.json"))
    assert route.lines.end_deg[:, 0].tolist() == pytest.approx([180.001, 179.999])
    assert route.lines.lengths_m().max() < 250


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ("", "neither whole GPX nor GeoJSON"),
        ("<osm/>", "XML of 'osm', not GPX"),
        ("<gpx><trk><trkseg><trkpt lat='91' lon='0'/></trkseg></trk></gpx>", "outside -90 to 90"),
        ("<gpx><trk><trkseg><trkpt lon='1'/></trkseg></trk></gpx>", "not a decimal number"),
        ("<gpx><trk>", "no element found"),
        ("<!DOCTYPE gpx [<!ENTITY a 'b'>]><gpx>&a;</gpx>", "DTDForbidden"),
        ("<gpx/>", "no line of two points"),
        ('{"type":"LineString","coordinates":[[1,2],["x",3]]}', "is not a number"),
        ('{"type":"LineString","coordinates":[[1,2],[NaN,3]]}', "NaN is no JSON number"),
        ('{"type":"LineString","coordinates":{"a":1}}', "where a list stands"),
        ('{"type":"LineString","coordinates":[1,2]}', "where a list stands"),
        ('{"type":"Topology","coordinates":[]}', "of the type 'Topology'"),
        ('{"type":"FeatureCollection"}', "without features"),
        ('{"type":"Point","coordinates":[1,2]}', "no line of two points"),
        ("[1,2]", "no GeoJSON object"),
        (
            '{"type":"LineString","coordinates":[[1,2],[1,3]],"crs":{"name":"EPSG:3857"}}',
            "another frame",
        ),
    ],
)
def test_what_is_no_route_is_refused_with_the_file_and_the_reason(
    body: str, said: str, tmp_path: Path
) -> None:
    path = _file(tmp_path, body)
    with pytest.raises(SourceFormatError) as refused:
        read_route(path)
    assert said in str(refused.value)
    assert str(path) in str(refused.value)
    assert refused.value.next_step


@pytest.mark.parametrize("body", [b"\xff\xfe\x00", b"<gpx>\xff</gpx>", b'{"type":"\xff"}'])
def test_bytes_that_are_no_text_are_refused(body: bytes, tmp_path: Path) -> None:
    path = tmp_path / "route.gpx"
    path.write_bytes(body)
    with pytest.raises(MapperError):
        read_route(path)


def test_a_file_that_is_not_there_or_too_large_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(UsageError, match="there is no file"):
        read_route(tmp_path / "none.gpx")
    monkeypatch.setattr("mapper.exposure.route_file.SIZE_BYTES_MAX", 10)
    with pytest.raises(UsageError, match="larger than"):
        read_route(_file(tmp_path, _GPX))
    monkeypatch.setattr("mapper.exposure.route_file.SIZE_BYTES_MAX", 10_000)
    monkeypatch.setattr("mapper.exposure.route_file.POINTS_MAX", 2)
    with pytest.raises(SourceFormatError, match="more than 2 points"):
        read_route(_file(tmp_path, _GPX))
