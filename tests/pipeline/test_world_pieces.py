"""The world from Overpass in pieces: whole, gone on with, asked anew, and never half."""

import json
import re
import socket
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote

import pytest

from mapper.errors import FetchError, UsageError
from mapper.fetch.archive import Archive
from mapper.model.progress import NoProgress
from mapper.pipeline import collecting_world_pieces
from mapper.pipeline.collecting_osm import OsmRequest, collect_osm
from mapper.pipeline.updating_osm import update_osm
from mapper.settings import Settings
from mapper.sources import osm
from tests.fetch.raw_server import ok, serving, status

_BOX = re.compile(r"bbox:([-0-9.]+),([-0-9.]+),([-0-9.]+),([-0-9.]+)\]")
COUNTED = 120
"""In each of the four cells of the counts: enough that a piece with few of them is refused."""


class Server:
    """An Overpass that holds cameras of the whole world, and may fail after some questions."""

    def __init__(self) -> None:
        self.cameras: dict[int, dict[str, object]] = {}
        self.asked: list[tuple[str, ...]] = []
        self.answers_left = 1_000
        self.base = "2026-03-01T12:00:00Z"
        places = [(-100.0, 40.0), (-60.0, -20.0), (25.0, 60.0), (120.0, 30.0)]
        for number, (lon_deg, lat_deg) in enumerate(places):
            for step in range(COUNTED):
                self.put(1 + number * 1_000 + step, lon_deg + step / 10_000, lat_deg)

    def put(self, node_id: int, lon_deg: float, lat_deg: float, *, version: int = 1) -> None:
        """Map or change a camera."""
        self.cameras[node_id] = {
            "type": "node", "id": node_id, "lat": lat_deg, "lon": lon_deg, "version": version,
            "timestamp": "2026-01-01T00:00:00Z", "user": "Mapper Smith",
            "tags": {"man_made": "surveillance"},
        }  # fmt: skip

    def answer(self, request: bytes, connection: socket.socket) -> None:
        """Answer for the box of the question."""
        match = _BOX.search(unquote(request.decode()))
        if match is None or self.answers_left <= 0:
            connection.sendall(status(403))
            return
        self.answers_left -= 1
        self.asked.append(match.groups())
        south, west, north, east = map(float, match.groups())
        elements = [
            each for each in self.cameras.values()
            if west <= float(str(each["lon"])) <= east and south <= float(str(each["lat"])) <= north
        ]  # fmt: skip
        head = {"timestamp_osm_base": self.base}
        document = {"version": 0.6, "osm3s": head, "elements": elements}
        connection.sendall(ok(json.dumps(document).encode()))


class Rig:
    """A server, a folder, and counts of the world in four cells."""

    def __init__(self, server: Server, folder: Path, endpoint: str) -> None:
        self.server = server
        self.settings = Settings(bundled_dir=folder / "bundled", raw_dir=folder / "raw")
        self.archive = Archive(self.settings.raw_dir)
        self._endpoint = endpoint
        overview = self.settings.overview_dir
        overview.mkdir(parents=True)
        about = {"attribution": "x", "cameras": 4 * COUNTED, "data_on": "2025-11-15",
                 "license_id": "ODbL-1.0"}  # fmt: skip
        (overview / "about.json").write_text(json.dumps(about))
        cells = [(113, 193), (170, 285), (291, 148), (426, 211)]
        rows = [f"{x},{y},camera,unknown,{COUNTED}\n" for x, y in cells]
        head = "cell_x,cell_y,device_type,vendor_id,cameras\n"
        (overview / "cells_z9.csv").write_text(head + "".join(rows))
        head = "country_code,device_type,vendor_id,cameras\n"
        (overview / "countries.csv").write_text(f"{head}FI,camera,unknown,{4 * COUNTED}\n")
        (overview / "holes.csv").write_text("west_deg,south_deg,east_deg,north_deg,why\n")

    def collect(self) -> str:
        """Collect the world."""
        request = OsmRequest(
            is_world=True, is_by_overpass=True, endpoint=self._endpoint, is_old_allowed=True
        )
        return collect_osm(request, settings=self.settings, progress=NoProgress())

    def refs(self) -> set[str]:
        """Return the cameras of the world that a build would take."""
        kept = self.archive.answers("osm")[-1]
        assert kept.request_key == "cameras world"
        path = self.archive.body_path(kept.sha256)
        return {row.source_ref for row in osm.read(path, progress=NoProgress()).observations}


@pytest.fixture(name="rig")
def overpass_of_the_world(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Rig]:
    monkeypatch.setattr("time.sleep", lambda _: None)
    server = Server()
    with serving(server.answer) as listening:
        yield Rig(server, tmp_path, f"{listening.url}/api/interpreter")


def test_an_interrupted_world_goes_on_with_its_missing_pieces_and_is_asked_anew_by_update(
    rig: Rig,
) -> None:
    server = rig.server
    server.answers_left = 2
    with pytest.raises(FetchError, match="403"):
        rig.collect()
    assert rig.archive.answers("osm") == []
    first = list(server.asked)
    server.answers_left = 1_000
    server.asked.clear()
    said = rig.collect()
    assert "world: 4 pieces, 2 of them to come" in said
    assert len(server.asked) == 2
    assert not set(server.asked) & set(first)
    assert "4 of 4 pieces, whose boxes leave no gap in the world" in said
    assert "480 cameras, as OpenStreetMap stood on 2026-03-01; 480 were counted on" in said
    assert rig.refs() == {f"node/{node_id}" for node_id in server.cameras}
    kept = rig.archive.body_path(rig.archive.answers("osm")[-1].sha256)
    assert b"Smith" not in kept.read_bytes()
    server.asked.clear()
    server.put(9_001, 25.5, 60.2)
    del server.cameras[1]
    said = update_osm(settings=rig.settings, progress=NoProgress(), is_old_allowed=True)
    assert "1 came, 1 went, 0 changed" in said
    assert len(server.asked) == 4
    assert rig.refs() == {f"node/{node_id}" for node_id in server.cameras}


def test_of_a_camera_in_two_pieces_the_later_version_is_the_worlds(rig: Rig) -> None:
    server = rig.server
    rig.server.answers_left = 1
    with pytest.raises(FetchError, match="403"):
        rig.collect()
    south, west, north, east = map(float, server.asked[0])
    server.answers_left = 1_000
    edge_deg = east if east < 180 else west
    server.put(9_002, edge_deg, (south + north) / 2, version=3)
    rig.collect()
    assert "node/9002" in rig.refs()
    kept = rig.archive.answers("osm")[-1]
    elements = json.loads(rig.archive.body_path(kept.sha256).read_bytes())["elements"]
    assert len([each for each in elements if each["id"] == 9_002]) == 1
    join = collecting_world_pieces._join  # noqa: SLF001 - the order of pieces must not matter
    for order in ((1, 2), (2, 1)):
        joined: dict[tuple[str, int], object] = {}
        join(joined, [{"type": "node", "id": 5, "version": each} for each in order])  # type: ignore[arg-type]
        assert joined == {("node", 5): {"type": "node", "id": 5, "version": 2}}


def test_a_server_that_lacks_a_part_of_the_world_is_no_world(rig: Rig) -> None:
    for node_id in range(2_001, 2_001 + COUNTED * 2 // 3):
        del rig.server.cameras[node_id]
    for _ in range(2):
        # The second time too: what was refused once is not taken from the archive.
        with pytest.raises(FetchError, match=r"has 40 cameras in .*, where 120 were counted"):
            rig.collect()
    assert rig.archive.answers("osm") == []


def test_the_time_for_the_whole_world_is_bounded(rig: Rig, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(collecting_world_pieces, "_BUDGET_S", 0.0)
    with pytest.raises(FetchError, match="did not answer all of it within 0 hours"):
        rig.collect()
    assert rig.server.asked == []


@pytest.mark.parametrize(
    "request_",
    [
        OsmRequest(place="Helsinki", is_by_overpass=True),
        OsmRequest(is_world=True, is_by_overpass=True, index_url="https://x.org/index.json"),
    ],
)
def test_overpass_goes_with_the_world_alone(request_: OsmRequest, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="--overpass goes with --world"):
        collect_osm(request_, settings=Settings(raw_dir=tmp_path), progress=NoProgress())
