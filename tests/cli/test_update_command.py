"""`mapper update` as a person runs it, over an area and over an extract."""

import socket
from pathlib import Path

from mapper.fetch.archive import Archive
from tests.changing_world import Thing, World
from tests.cli import inputs
from tests.cli.command import Door
from tests.cli.faults import QUICK
from tests.cli.test_collect import BBOX, STREET
from tests.fetch.raw_server import ok, serving


def test_an_area_is_asked_for_again_and_what_is_gone_is_gone(door: Door, tmp_path: Path) -> None:
    cameras = inputs.cameras(6)

    def script(request: bytes, connection: socket.socket) -> None:
        wants_ground = b"out%20tags%20geom" in request
        connection.sendall(ok(inputs.answer([STREET] if wants_ground else cameras).encode()))

    with serving(script) as server:
        endpoint = f"{server.url}/api/interpreter"
        told = door.run(
            "collect", "osm", "--bbox", BBOX, "--endpoint", endpoint, "--allow-old",
            cwd=tmp_path, before=QUICK,
        )  # fmt: skip
        assert told.code == 0, told
        # A server that holds no history leaves out what was deleted and what lost its tag alike.
        cameras = [*inputs.cameras(9)[7:], *cameras[:4]]
        told = door.run("update", "--allow-old", cwd=tmp_path, before=QUICK)
    assert told.code == 0, told
    assert "6 objects now: 2 came, 2 went, 0 changed" in told.stdout
    keys = [answer.request_key for answer in Archive(tmp_path / "data" / "raw").answers("osm")]
    assert keys == [f"cameras {BBOX}", f"streets {BBOX}"] * 2


def test_an_extract_follows_its_changes_and_becomes_a_map(door: Door, tmp_path: Path) -> None:
    world = World(5, tmp_path)
    with serving(world.answer) as server:
        world.base_url = f"{server.url}/updates/"
        told = door.run(
            "collect", "osm", "--pbf", f"{server.url}/x.osm.pbf", "--allow-old",
            cwd=tmp_path, before=QUICK,
        )  # fmt: skip
        assert told.code == 0, told
        world.put(("n", 9003), Thing(tags={"man_made": "surveillance"}))
        world.publish()
        told = door.run("update", "--allow-old", cwd=tmp_path, before=QUICK)
    assert told.code == 0, told
    assert "sequence 2, by the change files 2 to 2, each with its length" in told.stdout
    assert "1 came, 0 went, 0 changed" in told.stdout
    assert "1 change files to come" in told.stderr
    built = door.run("build", "osm", cwd=tmp_path)
    assert built.code == 0, built


def test_nothing_to_update_is_a_plain_error(door: Door, tmp_path: Path) -> None:
    door.run("update", cwd=tmp_path).require_good_error(2)
