"""`mapper exposure`: a route against a release, in three forms, and what is refused."""

import csv
import json
from io import StringIO
from pathlib import Path

import geopandas as gpd
import pytest

from tests.cli.command import Door


@pytest.fixture(name="route")
def past_the_first_camera(built: Path) -> Path:
    """Write a route of some 220 m past the first camera that stands, and the release beside it."""
    (path,) = (built / "build" / "release").rglob("cameras_osm.parquet")
    frame = gpd.read_parquet(path)
    points = frame[frame["lifecycle"] == "in_use"].geometry
    lon_deg, lat_deg = float(points.x.iloc[0]), float(points.y.iloc[0])
    corners = [[lon_deg, lat_deg - 0.001], [lon_deg, lat_deg + 0.001]]
    body = {"type": "LineString", "coordinates": corners}
    (built / "way.geojson").write_text(json.dumps(body), encoding="utf-8")
    return built


def test_the_three_forms_tell_of_the_same_cameras(door: Door, route: Path) -> None:
    asked = ("exposure", "way.geojson", "--reach-m", "40", "--speed-kmh", "4")
    text = door.run(*asked, cwd=route)
    assert (text.code, text.stderr) == (0, "")
    as_json = json.loads(door.run(*asked, "--json", cwd=route).stdout)
    lines = list(csv.DictReader(StringIO(door.run(*asked, "--csv", cwd=route).stdout)))
    assert [line["camera_id"] for line in lines] == [
        camera["camera_id"] for camera in as_json["cameras"]
    ]
    assert lines
    total = as_json["total"]
    assert total["in_view_m"] + total["perhaps_m"] > 0
    assert as_json["length_m"] == pytest.approx(222.4, abs=0.2)
    assert as_json["assumptions"]["reach_m"] == 40
    assert f"{total['cameras_facing']} camera" in text.stdout
    for told in (text.stdout, as_json["definition"]):
        assert "within 40 m of a camera" in told
        assert "absence of a camera here is not proof" in told


def test_the_same_question_gives_the_same_bytes(door: Door, route: Path) -> None:
    asked = ("exposure", "way.geojson", "--json")
    assert door.run(*asked, cwd=route) == door.run(*asked, cwd=route)


def test_a_release_of_another_place_is_named_as_the_reason_for_zeros(
    door: Door, route: Path
) -> None:
    body = {"type": "LineString", "coordinates": [[100.0, 10.0], [100.0, 10.01]]}
    (route / "far.geojson").write_text(json.dumps(body), encoding="utf-8")
    told = door.run("exposure", "far.geojson", cwd=route)
    assert told.code == 0
    assert "no camera within 5 km of the route" in told.stdout
    assert (
        json.loads(door.run("exposure", "far.geojson", "--json", cwd=route).stdout)[
            "cameras_around"
        ]
        == 0
    )


@pytest.mark.parametrize(
    ("words", "code", "hint"),
    [
        (("none.gpx",), 2, "GPX with a track"),
        (("way.geojson", "--reach-m", "0"), 2, "outside 1 to 1000"),
        (("way.geojson", "--view-angle-deg", "360"), 2, "outside 1 to 359"),
        (("way.geojson", "--speed-kmh", "nan"), 2, "--speed-kmh"),
        (("way.geojson", "--json", "--csv"), 2, "choose one"),
        (("way.geojson", "--release", "nowhere"), 2, "nowhere"),
        (("riverton.json",), 3, "neither whole GPX nor GeoJSON"),
    ],
)
def test_what_cannot_be_measured_says_why(
    words: tuple[str, ...], code: int, hint: str, door: Door, route: Path
) -> None:
    told = door.run("exposure", *words, cwd=route)
    told.require_good_error(code)
    assert hint in told.stderr
