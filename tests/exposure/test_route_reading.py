"""The page reads a route file as Python does, and refuses what Python refuses."""

import json
from pathlib import Path

import pytest

from mapper.errors import SourceFormatError
from mapper.exposure.route_file import read_route
from tests.website.front_end_module import answer_of

_SCRIPT = """
import { readRoute } from "site/route_reading.js";
import { piecesOf } from "site/route_exposure.js";
answer(given.map((text) => {
  try {
    const { parts, leftOut } = readRoute(text);
    const { pieces, length } = piecesOf(parts);
    return [pieces.length, Math.round(length * 1000) / 1000, leftOut];
  } catch {
    return null;
  }
}));
"""

_POINTS = "<trkpt lat='60.17' lon=\"24.94\"><ele>1</ele></trkpt><trkpt lon='24.95' lat='60.17'/>"
_LINE = {"type": "LineString", "coordinates": [[24.94, 60.17], [24.95, 60.17, 3]]}
_PREFIXED = (
    "\ufeff<?xml version='1.0'?>\n<x:gpx xmlns:x='u'><x:wpt lat='1' lon='1'/><x:trk><x:trkseg>"
    + _POINTS.replace("<trkpt", "<x:trkpt").replace("</trkpt", "</x:trkpt")
    + "</x:trkseg></x:trk></x:gpx>"
)
_READ = [
    f"<gpx><trk><trkseg>{_POINTS}</trkseg></trk></gpx>",
    _PREFIXED,
    f"<gpx><!-- <trkpt lat='9' lon='9'/> --><rte>{_POINTS.replace('trkpt', 'rtept')}</rte></gpx>",
    json.dumps(_LINE),
    json.dumps(
        {
            "type": "Feature",
            "geometry": {
                "type": "MultiLineString",
                "coordinates": [_LINE["coordinates"], [[179.9, 1], [-179.9, 1]]],
            },
        }
    ),
    json.dumps(
        {
            "type": "FeatureCollection",
            "features": [
                {"type": "Feature", "geometry": None},
                {"type": "Feature", "geometry": {"type": "Point", "coordinates": [1, 2]}},
                {"type": "Feature", "geometry": _LINE},
            ],
        }
    ),
]
_REFUSED = [
    "",
    "no route",
    "<osm/>",
    "<gpx>",
    "<gpx/>",
    f"<gpx><trk><trkseg>{_POINTS}",
    f"<!DOCTYPE gpx [<!ENTITY a 'b'>]><gpx><trk><trkseg>{_POINTS}</trkseg></trk></gpx>",
    "<gpx><trk><trkseg><trkpt lat='91' lon='1'/><trkpt lat='1' lon='1'/></trkseg></trk></gpx>",
    "<gpx><trk><trkseg><trkpt lat='' lon='1'/><trkpt lat='1' lon='1'/></trkseg></trk></gpx>",
    "<gpx><trk><trkseg><trkpt lat='0' lon='0'/><trkpt lat='1' lon='1'/></trkseg></trk></gpx>",
    "<gpx><trk><trkseg><trkpt lat='1e' lon='1'/><trkpt lat='1' lon='1'/></trkseg></trk></gpx>",
    '{"type":"LineString","coordinates":[[1,2]]}',
    '{"type":"LineString","coordinates":[[1,2],["3",4]]}',
    '{"type":"LineString","coordinates":[[1,2],[1,2,3,4]]}',
    '{"type":"LineString","coordinates":[1,2]}',
    '{"type":"Polygon","coordinates":[[[1,2],[3,4],[5,6],[1,2]]]}',
    '{"type":"LineString","coordinates":[[1,2],[3,4]],"crs":{"name":"EPSG:3857"}}',
    '{"type":"FeatureCollection"}',
    "[]",
    "null",
]


def _file(folder: Path, text: str) -> Path:
    path = folder / "route"
    path.write_bytes(text.encode("utf-8"))
    return path


def test_what_python_reads_the_page_reads_alike(tmp_path: Path) -> None:
    expected = []
    for text in _READ:
        route = read_route(_file(tmp_path, text))
        length_m = round(float(route.lines.lengths_m().sum()), 3)
        expected.append([len(route.lines), length_m, route.left_out])
    assert answer_of(_SCRIPT, _READ) == expected


def test_what_python_refuses_the_page_refuses(tmp_path: Path) -> None:
    for text in _REFUSED:
        with pytest.raises(SourceFormatError):
            read_route(_file(tmp_path, text))
    assert answer_of(_SCRIPT, _REFUSED) == [None] * len(_REFUSED)
