"""Areas of an extract, from its collection to the files of a release and their proof."""

import csv
import json
import socket
from pathlib import Path

import pytest

import mapper
from mapper.model.progress import NoProgress
from mapper.pipeline import releases
from mapper.pipeline.building import build_release
from mapper.pipeline.collecting_osm import OsmRequest, collect_osm
from mapper.pipeline.inputs import read_inputs
from mapper.settings import Settings
from tests.boundary_world import Border, box, tags, write
from tests.fetch.raw_server import ok, serving, status

COUNTED = {"population": "2000", "population:date": "2023-12-31"}
BORDERS = (
    Border(70, [("outer", box(0, 0, 2, 2)), ("inner", box(0.5, 0.5, 0.5, 0.5))],
           tags("6", "Landkreis Ring", **COUNTED)),
    Border(71, [("outer", box(0.5, 0.5, 0.5, 0.5))], tags("6", "Kreisfreie Stadt")),
    Border(72, [("outer", box(2, 0))], tags("6", "Open")),
)  # fmt: skip
CAMERAS = ((0.2, 0.2), (0.75, 0.75), (1.5, 1.5), (2.5, 0.5))


def extract(path: Path) -> None:
    streets = [[(1.5, 0.5), (1.5, 1.0)]]
    write(
        path, BORDERS, CAMERAS, lost_ways=frozenset({8}), streets=streets,
        covers=((-1, -1), (4, 4)),
    )  # fmt: skip


def table(folder: Path) -> dict[str, dict[str, str]]:
    with (folder / "areas_osm.csv").open(encoding="utf-8", newline="") as file:
        return {row["area_id"]: row for row in csv.DictReader(file)}


@pytest.fixture
def release(tmp_path: Path) -> Path:
    path = tmp_path / "x.osm.pbf"
    extract(path)
    settings = Settings(out_dir=tmp_path / "build", raw_dir=tmp_path / "raw")
    return build_release([str(path)], settings=settings, progress=NoProgress()).folder


def test_each_camera_is_counted_in_its_district_and_the_table_says_by_whom(release: Path) -> None:
    rows = table(release)
    ring, town = rows["osm:relation/70"], rows["osm:relation/71"]
    assert (ring["name"], ring["cameras"], town["cameras"]) == ("Landkreis Ring", "2", "1")
    assert (ring["within"], ring["method"], ring["country_code"]) == (
        "DE-BY", "openstreetmap", "DE",
    )  # fmt: skip
    assert ring["cameras_per_1000_people"] == "1.0000"
    # Half a cell northwards: a twentieth of a degree.
    assert float(ring["street_km"]) == pytest.approx(5.56, abs=0.05)
    assert float(ring["cameras_per_street_km"]) == pytest.approx(2 / 5.56, rel=0.01)
    assert (town["street_km"], town["cameras_per_street_km"]) == ("", "")
    assert (ring["population"], ring["population_on"]) == ("2000", "2023-12-31")
    assert (town["population"], town["cameras_per_1000_people"]) == ("", "")
    # The fourth stands in a district that the extract has in part.
    assert "osm:relation/72" not in rows
    assert (rows["DE-BY"]["cameras"], rows["DE-BY"]["method"]) == ("4", "natural_earth")
    # Of a degree of longitude and latitude at 48 north, by hand: 82.9 km2 a cell, 4 less a quarter.
    assert float(ring["area_km2"]) == pytest.approx(82.9 * 3.75, rel=0.01)


def test_the_release_carries_its_boundaries_and_every_value_is_concluded_again(
    release: Path,
) -> None:
    drawn = json.loads((release / "boundaries_osm.geojson").read_text("utf-8"))["features"]
    assert [each["properties"]["area_ref"] for each in drawn] == ["relation/70", "relation/71"]
    said = releases.verify(release, deep=True, progress=NoProgress())
    assert "is whole" in said
    explained = releases.explain("osm:node/2", out_dir=release, as_json=False)
    assert "osm:relation/71" in explained
    manifest = json.loads((release / "manifest.json").read_text("utf-8"))
    assert any("relation/72" in remark for remark in manifest["remarks"])


def test_cameras_are_loaded_by_a_district_of_any_country(release: Path) -> None:
    frame = mapper.load(release, admin="osm:relation/70")
    assert sorted(frame.index) == ["osm:node/1", "osm:node/3"]
    assert len(mapper.load(release, admin="DE-BY")) == 4


def test_collecting_an_extract_keeps_its_boundaries_and_a_build_takes_them(tmp_path: Path) -> None:
    path = tmp_path / "served.osm.pbf"
    extract(path)

    def script(request: bytes, connection: socket.socket) -> None:
        is_extract = request.split()[1] == b"/x.osm.pbf"
        connection.sendall(ok(path.read_bytes()) if is_extract else status(404))

    settings = Settings(out_dir=tmp_path / "build", raw_dir=tmp_path / "raw")
    with serving(script) as server:
        request = OsmRequest(pbf_url=f"{server.url}/x.osm.pbf", is_old_allowed=True)
        told = collect_osm(request, settings=settings, progress=NoProgress())
    assert "osm-boundaries: " in told
    (taken,) = read_inputs(["osm"], settings=settings, progress=NoProgress())
    assert [area.area_ref for area in taken.reading.boundaries] == ["relation/70", "relation/71"]
    folder = build_release(["osm"], settings=settings, progress=NoProgress()).folder
    row = table(folder)["osm:relation/70"]
    # Of the whole extract: what is kept of it has the streets near cameras alone.
    assert (row["cameras"], row["street_km"]) == ("2", "5.6")
