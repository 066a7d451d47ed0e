"""A place by its name is the municipality: what lies beyond its boundary is left out."""

import json
import socket
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import unquote_plus

import pytest

from mapper.errors import FetchError
from mapper.fetch.archive import Archive
from mapper.fetch.overpass_boundary import boundary_in, municipality_among
from mapper.model.progress import NoProgress
from mapper.pipeline.collecting_osm import OsmRequest, collect_osm
from mapper.pipeline.updating_osm import update_osm
from mapper.settings import Settings
from mapper.sources import osm
from tests.fetch.raw_server import RawServer, ok, serving

# A square with a corner cut off, and a hole in it; Rennes lies at -1.68, 48.11.
OUTER = [[(-1.8, 48.0), (-1.5, 48.0), (-1.5, 48.2)], [(-1.8, 48.0), (-1.5, 48.2)]]
INNER = [[(-1.6, 48.02), (-1.55, 48.02), (-1.55, 48.06), (-1.6, 48.02)]]


def way(number: int, line: list[tuple[float, float]], role: str) -> dict[str, Any]:
    points = [{"lon": lon, "lat": lat} for lon, lat in line]
    return {"type": "way", "ref": number, "role": role, "geometry": points}


def relation(outer: list[list[tuple[float, float]]] = OUTER) -> dict[str, Any]:
    members = [way(n, line, "outer") for n, line in enumerate(outer)]
    members += [way(n + 50, line, "inner") for n, line in enumerate(INNER)]
    tags = {"boundary": "administrative", "admin_level": "8", "name": "Rennes"}
    return {"type": "relation", "id": 54517, "tags": tags, "members": members}


def area(number: int, level: str, name: str, **more: str) -> dict[str, Any]:
    return {"type": "relation", "id": number, "tags": {"admin_level": level, "name": name, **more}}


AREAS = [
    area(1, "4", "Bretagne"),
    area(2, "6", "Ille-et-Vilaine"),
    area(3, "7", "Rennes"),
    area(54517, "8", "Rennes", **{"name:br": "Roazhon"}),
    area(5, "10", "Rennes"),
]


def camera(number: int, lon: float, lat: float) -> dict[str, Any]:
    tags = {"man_made": "surveillance"}
    return {"type": "node", "id": number, "lon": lon, "lat": lat, "tags": tags}


CAMERAS = [
    camera(1, -1.6, 48.01),
    camera(2, -1.7, 48.15),
    camera(3, -1.56, 48.03),
    camera(4, -1.65, 48.0),
    {**camera(5, 0, 0), "type": "way", "nodes": [9], "center": {"lon": -1.55, "lat": 48.1}},
    {**camera(6, 0, 0), "type": "way", "nodes": [9], "center": {"lon": -1.9, "lat": 48.1}},
    {
        "type": "relation", "id": 7, "tags": {"type": "enforcement"},
        "members": [{"type": "node", "ref": 1, "role": "device"}],
        "center": {"lon": -1.9, "lat": 48.3},
    },
    {
        "type": "relation", "id": 8, "tags": {"type": "enforcement"},
        "members": [{"type": "node", "ref": 2, "role": "device"}],
        "center": {"lon": -1.9, "lat": 48.3},
    },
]  # fmt: skip
# A lamp that is a device by its relation alone, whose middle lies beyond.
CAMERAS.append({**camera(12, -1.6, 48.05), "tags": {"highway": "street_lamp"}})
CAMERAS.append(
    {
        **CAMERAS[6],
        "id": 9,
        "members": [{"type": "node", "ref": 12, "role": "device"}],
    }
)
for each in (CAMERAS[4], CAMERAS[5]):
    del each["lon"], each["lat"]


@dataclass
class Server:
    """An Overpass that knows Rennes."""

    areas: list[dict[str, Any]] = field(default_factory=lambda: list(AREAS))
    cameras: list[dict[str, Any]] = field(default_factory=lambda: list(CAMERAS))
    asked: list[str] = field(default_factory=list)
    url: str = ""

    def __call__(self, request: bytes, connection: socket.socket) -> None:
        """Answer by what is asked for: areas around a point, a boundary, or cameras."""
        text = unquote_plus(request.decode())
        self.asked.append(text)
        elements = self.cameras
        if "is_in(" in text:
            elements = self.areas
        elif "rel(54517)" in text:
            elements = [relation()]
        elif "out tags geom" in text:
            elements = []
        answer = {"osm3s": {"timestamp_osm_base": "2026-11-20T00:00:00Z"}, "elements": elements}
        connection.sendall(ok(json.dumps(answer).encode()))


@pytest.fixture(name="server")
def rennes(monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    monkeypatch.setattr("mapper.pipeline.collecting_osm.time.sleep", lambda _: None)
    script = Server()
    listening: RawServer
    with serving(script) as listening:
        script.url = f"{listening.url}/api/interpreter"
        yield script


def collect(server: Server, folder: Path, **more: Any) -> str:  # noqa: ANN401 - fields of the request
    request = OsmRequest(
        place="Rennes, FR", endpoint=server.url, is_old_allowed=True, with_streets=False, **more
    )
    return collect_osm(request, settings=Settings(raw_dir=folder), progress=NoProgress())


def refs_kept(folder: Path) -> list[str]:
    archive = Archive(folder)
    kept = archive.require("osm", "cameras relation/54517")
    reading = osm.read(archive.body_path(kept.sha256), progress=NoProgress())
    assert not reading.rejects
    return [row.source_ref for row in reading.observations]


def test_what_lies_beyond_the_boundary_is_left_out(server: Server, tmp_path: Path) -> None:
    said = collect(server, tmp_path)
    assert "within its boundary relation/54517" in said
    # 2 lies behind the cut corner, 3 in the hole, 6 beside; 4 lies on the line.
    assert refs_kept(tmp_path) == ["node/1", "node/4", "node/12", "way/5"]
    assert "[bbox:48,-1.8,48.2,-1.5]" in server.asked[-1]
    assert "within the boundary relation/54517" in Archive(tmp_path).answers("osm")[-1].proof


def test_an_update_asks_within_the_same_boundary(server: Server, tmp_path: Path) -> None:
    collect(server, tmp_path)
    server.cameras = [camera(10, -1.6, 48.01), camera(11, -1.9, 48.3)]
    settings = Settings(raw_dir=tmp_path)
    said = update_osm(settings=settings, progress=NoProgress(), is_old_allowed=True)
    assert "1 objects now: 1 came, 4 went, 0 changed" in said
    assert refs_kept(tmp_path) == ["node/10"]


def test_without_a_network_the_place_is_known_by_its_boundary(
    server: Server, tmp_path: Path
) -> None:
    collect(server, tmp_path)
    count = len(server.asked)
    assert "of cameras relation/54517 kept" in collect(server, tmp_path, is_offline=True)
    assert len(server.asked) == count


def test_a_place_without_a_boundary_of_its_name_is_a_box_and_that_is_said(
    server: Server, tmp_path: Path
) -> None:
    server.areas = [area(1, "4", "Bretagne"), area(9, "8", "Cesson")]
    said = collect(server, tmp_path)
    assert "no municipality of that name has a boundary there" in said
    (answer,) = Archive(tmp_path).answers("osm")
    assert answer.request_key.startswith("cameras -1.7")


@pytest.mark.parametrize(
    ("areas", "names", "chosen"),
    [
        (AREAS, ["Rennes"], 54517),
        (AREAS, ["ROAZHON"], 54517),
        (AREAS, ["Nantes"], None),
        ([area(1, "4", "Berlin"), area(2, "9", "Mitte")], ["Berlin"], 1),
        ([area(2, "6", "Paris"), area(1, "6", "Paris")], ["Paris"], 1),
        ([{**area(1, "8", "Rennes"), "type": "node"}], ["Rennes"], None),
        (AREAS, [""], None),
    ],
)  # fmt: skip
def test_the_municipality_is_the_area_that_bears_the_name(
    areas: list[dict[str, Any]], names: list[str], chosen: int | None
) -> None:
    assert municipality_among(areas, names) == chosen


@pytest.mark.parametrize(
    "broken",
    [
        [],
        [relation(OUTER[:1])],
        [relation([*OUTER, [(-1.9, 48.0), (-1.8, 48.0)]])],
        [{**relation(), "members": [{"type": "way", "role": "outer"}]}],
        [{**relation(), "members": "none"}],
        [relation([[(-1.8, 48.0)]])],
    ],
)
def test_a_boundary_that_does_not_close_is_an_error(broken: list[dict[str, Any]]) -> None:
    with pytest.raises(FetchError, match="relation/54517"):
        boundary_in(broken, 54517)
