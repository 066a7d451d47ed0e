"""The world out of the extracts of an index: resumed, joined, and followed afterwards."""

import json
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from mapper.errors import FetchError, SourceChangedError
from mapper.fetch.archive import Archive
from mapper.fetch.extract_index import Extract, covering
from mapper.model.progress import NoProgress
from mapper.pipeline.collecting_osm import OsmRequest, collect_osm
from mapper.pipeline.updating_osm import update_osm
from mapper.settings import Settings
from mapper.sources import osm
from tests.changing_world import Thing, World
from tests.fetch.raw_server import RawServer, ok, serving, status

CAMERA = {"man_made": "surveillance"}


class Planet:
    """A publisher of two extracts, each with its own change files."""

    def __init__(self, folder: Path) -> None:
        self.parts: dict[str, World] = {}
        self.gone: set[str] = set()
        self.url = ""
        self.asked: list[str] = []
        for seed, name in enumerate(("east", "west")):
            (folder / name).mkdir()
            self.parts[name] = World(seed, folder / name)

    def answer(self, request: bytes, connection: socket.socket) -> None:
        """Serve the index, and hand what lies in a folder to its part."""
        path = request.split()[1].decode()
        self.asked.append(path)
        name, _, rest = path.removeprefix("/").partition("/")
        if path == "/index.json":
            members = [
                {"id": each, "name": each, "urls": {"pbf": f"{self.url}/{each}/x.osm.pbf"}}
                for each in self.parts
            ]
            inner = {**members[0], "id": "inner", "parent": "east"}
            index = {"features": [{"properties": each} for each in (*members, inner)]}
            connection.sendall(ok(json.dumps(index).encode()))
        elif name in self.gone:
            connection.sendall(status(404))
        else:
            self.parts[name].answer(f"GET /{rest} HTTP/1.1".encode(), connection)


@pytest.fixture(name="planet")
def two_extracts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Planet]:
    monkeypatch.setattr("time.sleep", lambda _: None)
    planet = Planet(tmp_path)
    listening: RawServer
    with serving(planet.answer) as listening:
        planet.url = listening.url
        for name, world in planet.parts.items():
            world.base_url = f"{listening.url}/{name}/updates/"
            # Beyond the ids that the other has made, but for one that lies on the edge of both.
            world.put(("n", 10**6 if name == "east" else 2 * 10**6), Thing(tags=CAMERA))
            world.publish()
        yield planet


def collect(planet: Planet, raw_dir: Path) -> str:
    request = OsmRequest(is_world=True, index_url=f"{planet.url}/index.json", is_old_allowed=True)
    return collect_osm(request, settings=Settings(raw_dir=raw_dir), progress=NoProgress())


def refs_of(path: Path) -> dict[str, Any]:
    reading = osm.read(path, progress=NoProgress())
    return {row.source_ref: row for row in reading.observations}


def require_joined(planet: Planet, raw_dir: Path) -> None:
    """Hold the world to the cameras of both extracts, of one in both the later version."""
    archive = Archive(raw_dir)
    kept = archive.answers("osm")[-1]
    assert kept.request_key == "world"
    expected: dict[str, Any] = {}
    for name, world in planet.parts.items():
        whole = raw_dir / f"{name}.osm.pbf"
        whole.write_bytes(world.extract())
        for ref, row in refs_of(whole).items():
            if ref not in expected or expected[ref].version < row.version:
                expected[ref] = row
    there = refs_of(archive.body_path(kept.sha256))
    assert there.keys() >= {"node/1000000", "node/2000000"}
    nodes = {ref for ref in expected if ref.startswith("node/")}
    assert {ref for ref in there if ref.startswith("node/")} >= nodes
    same = [ref for ref in nodes if there[ref].tags == expected[ref].tags]
    assert len(same) == len(nodes)


def test_what_failed_is_asked_again_alone_and_the_world_is_joined_and_followed(
    planet: Planet, tmp_path: Path
) -> None:
    raw_dir = tmp_path / "raw"
    planet.gone.add("west")
    with pytest.raises(FetchError, match="1 of 2 extracts failed") as caught:
        collect(planet, raw_dir)
    assert "/west/x.osm.pbf" in str(caught.value)
    assert "404" in str(caught.value)
    planet.gone.clear()
    planet.asked.clear()
    # Nothing of the world may be built before all of it is there.
    assert Archive(raw_dir).answers("osm") == []
    said = collect(planet, raw_dir)
    assert "world: 2 extracts, 1 of them to come" in said
    assert not [path for path in planet.asked if path.startswith("/east/")]
    assert "2 of 2 extracts that cover the index: east" in said
    require_joined(planet, raw_dir)
    planet.asked.clear()
    said = collect(planet, raw_dir)
    assert "2 extracts, 0 of them to come: 0 bytes" in said
    assert planet.asked == ["/index.json"]
    planet.parts["west"].put(("n", 3 * 10**6), Thing(tags=CAMERA))
    planet.parts["west"].publish()
    planet.asked.clear()
    said = update_osm(
        settings=Settings(raw_dir=raw_dir), progress=NoProgress(), is_old_allowed=True
    )
    assert "1 came, 0 went, 0 changed" in said
    assert not [path for path in planet.asked if path.endswith(".pbf")]
    require_joined(planet, raw_dir)


def extract(extract_id: str, parent_id: str = "") -> Extract:
    return Extract(extract_id, parent_id, extract_id, frozenset(), frozenset(), "https://x.org/x")


def test_the_world_is_what_lies_within_nothing_else() -> None:
    inner = [extract("fr", "europe"), extract("bretagne", "fr")]
    chosen = covering([*inner, extract("europe"), extract("asia")])
    assert [each.extract_id for each in chosen] == ["asia", "europe"]


@pytest.mark.parametrize(
    "extracts",
    [
        [],
        [extract("europe"), extract("fr", "atlantis")],
        [extract("europe"), extract("a", "b"), extract("b", "a")],
        [extract("a", "a")],
    ],
)
def test_an_index_with_a_gap_is_no_world(extracts: list[Extract]) -> None:
    with pytest.raises(SourceChangedError):
        covering(extracts)
