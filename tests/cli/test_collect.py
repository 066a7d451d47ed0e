"""From a stand-in Overpass or mirror into the archive, and from the archive to a map."""

import hashlib
import json
import re
import socket
from pathlib import Path
from urllib.parse import unquote_plus

import pytest

from mapper.fetch.archive import Archive
from tests.cli import inputs
from tests.cli.command import Door, run
from tests.cli.faults import QUICK, SAMPLE, mirror
from tests.fetch.raw_server import Script, ok, sends, serving, status
from tests.website.unpack import read_payload, unzipped

BBOX = "9.99,49.99,10.01,50.01"
NO_CONNECTION = """
import sys
def heard(event, arguments):
    if event in ("socket.connect", "socket.getaddrinfo"):
        raise RuntimeError("a connection was opened: " + str(arguments))
sys.addaudithook(heard)
"""
STREET = {
    "type": "way",
    "id": 5,
    "tags": {"highway": "residential", "name": "Mill Road"},
    "geometry": [{"lat": 50.0, "lon": 10.0005}, {"lat": 50.002, "lon": 10.0005}],
}
_BOX = re.compile(r"\[bbox:([-0-9.,]+)\]")


def overpass(*, elements: int = 6) -> Script:
    """Answer as Overpass does: cameras to one question, streets with geometry to the other."""

    def script(request: bytes, connection: socket.socket) -> None:
        wants_ground = b"out%20tags%20geom" in request
        found = [STREET] if wants_ground else inputs.cameras(elements)
        connection.sendall(ok(inputs.answer(found).encode()))

    return script


def boxes_asked(requests: list[bytes]) -> list[tuple[float, ...]]:
    """Return the areas of the queries, south, west, north, east."""
    found = [_BOX.search(unquote_plus(request.decode())) for request in requests]
    return [tuple(float(part) for part in box[1].split(",")) for box in found if box]


def context_names(site: Path) -> set[str]:
    """Return the names of streets in the page's context shards."""
    names = set()
    for path in (site / "data" / "context").glob("[0-9]*.js"):
        shard = json.loads(unzipped(read_payload(site, f"context/{path.stem}")))
        names.update(shard["names"])
    return names - {""}


def collect(door: Door, folder: Path, script: Script, *words: str) -> tuple[int, str, list[bytes]]:
    """Collect from a stand-in; waits between two questions are not what is tested."""
    with serving(script) as server:
        endpoint = f"{server.url}/api/interpreter"
        told = door.run(
            "collect", "osm", *words, "--endpoint", endpoint, "--raw", "kept", "--allow-old",
            cwd=folder, before=QUICK,
        )  # fmt: skip
        return told.code, told.stdout + told.stderr, server.requests


def test_an_area_comes_with_its_streets_and_becomes_a_map(door: Door, tmp_path: Path) -> None:
    code, said, requests = collect(door, tmp_path, overpass(), "--bbox", BBOX)
    assert code == 0, said
    assert boxes_asked(requests) == [(49.99, 9.99, 50.01, 10.01)] * 2
    # Versions and times are asked for; who mapped is in nothing that is kept.
    archive = Archive(tmp_path / "kept")
    for answer in archive.answers("osm"):
        body = archive.body_path(answer.sha256).read_bytes()
        assert not {word for word in (b'"user"', b'"uid"', b'"changeset"') if word in body}
    told = door.run("build", "osm", "--raw", "kept", cwd=tmp_path, before=NO_CONNECTION)
    assert told.code == 0, told
    assert "6 cameras in 1 country" in told.stderr
    assert context_names(tmp_path / "build" / "site") == {"Mill Road"}
    manifest = json.loads(
        (tmp_path / "build" / "release" / "2026-03-01.1" / "manifest.json").read_text()
    )
    assert [source["completeness"] for source in manifest["sources"]] == ["proven"]
    assert manifest["sources"][0]["retrieved_at_utc"] is not None


def test_a_busy_server_leaves_what_was_collected_before(door: Door, tmp_path: Path) -> None:
    assert collect(door, tmp_path, overpass(), "--bbox", BBOX)[0] == 0
    archive = Archive(tmp_path / "kept")
    before = archive.answers("osm")
    code, said, requests = collect(door, tmp_path, sends(status(504)), "--bbox", BBOX)
    assert code == 3
    assert "asking again in 30 s" in said
    assert len(requests) == 3
    assert archive.answers("osm") == before
    offline = door.run(
        "collect", "osm", "--bbox", BBOX, "--offline", "--raw", "kept",
        cwd=tmp_path, before=NO_CONNECTION,
    )  # fmt: skip
    assert offline.code == 0, offline
    assert [one.sha256[:12] in offline.stdout for one in before] == [True, True]


def test_too_much_for_the_server_is_asked_in_quarters(door: Door, tmp_path: Path) -> None:
    timeout = ok(inputs.answer([], remark="runtime error: Query timed out").encode())
    whole = ok(inputs.answer(inputs.cameras(6)).encode())
    code, said, requests = collect(
        door, tmp_path, sends(timeout, whole), "--bbox", BBOX, "--no-streets"
    )
    assert code == 0, said
    assert len(requests) == 5
    kept = Archive(tmp_path / "kept").answers("osm")
    assert len(kept) == 1
    body = json.loads(Archive(tmp_path / "kept").body_path(kept[0].sha256).read_text())
    # Each quarter answered with the same six: each stands once.
    assert [one["id"] for one in body["elements"]] == list(range(1000, 1006))


def test_a_place_by_its_name_is_looked_up_without_a_network(door: Door, tmp_path: Path) -> None:
    code, said, requests = collect(
        door, tmp_path, overpass(), "--place", "Helsinki", "--no-streets"
    )
    assert code == 0, said
    ((south, west, north, east),) = boxes_asked(requests)
    # The railway station square of Helsinki, from a map.
    assert west < 24.944 < east
    assert south < 60.171 < north
    assert "place: Helsinki, region 01, Finland (" in said
    assert "6 cameras, as OpenStreetMap stood on 2026-03-01" in said


@pytest.mark.parametrize(
    ("words", "taken", "other"),
    [
        (["--place", "Saint-Denis"], "place: Saint-Denis, ", "Saint-Denis, region 11, France"),
        (["--place", "Paris, Texas"], "place: Paris, Texas, United States", "France"),
        (["--place", "Ghent", "--country", "BE"], "place: Gent, ", "Ghent, New York"),
        (["--place", "Springfield, Illinois"], "place: Springfield, Illinois", "Missouri"),
    ],
)
def test_it_is_said_which_place_was_taken_and_what_else_is_called_so(
    door: Door, tmp_path: Path, words: list[str], taken: str, other: str
) -> None:
    code, said, _ = collect(door, tmp_path, overpass(), *words, "--no-streets")
    assert code == 0, said
    assert taken in said
    assert other in said.partition("Also called so: ")[2]


def test_no_camera_is_said_as_such(door: Door, tmp_path: Path) -> None:
    code, said, _ = collect(door, tmp_path, overpass(elements=0), "--bbox", BBOX, "--no-streets")
    assert code == 0, said
    assert "0 cameras: nobody has mapped one there as of 2026-03-01; try a larger --bbox" in said


def test_an_extract_from_a_mirror_becomes_a_map_with_its_streets(
    door: Door, tmp_path: Path
) -> None:
    body = SAMPLE.read_bytes()
    md5 = hashlib.md5(body, usedforsecurity=False).hexdigest()
    with serving(mirror(body, f"{md5}  helsinki.osm.pbf\n")) as server:
        address = f"{server.url}/helsinki.osm.pbf"
        told = door.run(
            "collect", "osm", "--pbf", address, "--allow-old", cwd=tmp_path, before=QUICK
        )
    assert told.code == 0, told
    assert "length, md5" in told.stdout
    built = door.run("build", "osm", cwd=tmp_path, before=NO_CONNECTION)
    assert built.code == 0, built
    # 221 surveillance objects and 2 speed cameras, as data/sample/ORIGIN.md counts them.
    assert "223 objects read" in built.stderr
    assert "not proven" not in built.stderr
    assert "Mannerheimintie" in context_names(tmp_path / "build" / "site")


@pytest.mark.parametrize(
    "words", [["--country", "Finland"], ["--region", "Uusimaa", "--country", "FI"]]
)
def test_a_country_or_a_region_comes_by_its_extract(
    door: Door, tmp_path: Path, words: list[str]
) -> None:
    body = SAMPLE.read_bytes()
    md5 = hashlib.md5(body, usedforsecurity=False).hexdigest()
    file = mirror(body, f"{md5}  finland.osm.pbf\n")

    def script(request: bytes, connection: socket.socket) -> None:
        if b"/index.json" not in request:
            file(request, connection)
            return
        urls = {"pbf": f"{server.url}/finland.osm.pbf"}
        members = [
            {"id": "finland", "name": "Finland", "iso3166-1:alpha2": ["FI"], "urls": urls},
            {"id": "uusimaa", "name": "Uusimaa", "iso3166-2": ["FI-18"], "urls": urls},
        ]
        index = {"features": [{"properties": member} for member in members]}
        connection.sendall(ok(json.dumps(index).encode()))

    with serving(script) as server:
        told = door.run(
            "collect", "osm", *words, "--extract-index", f"{server.url}/index.json", "--allow-old",
            cwd=tmp_path, before=QUICK,
        )  # fmt: skip
    assert told.code == 0, told
    assert f"finland.osm.pbf, {len(body):,} bytes to come, " in told.stdout
    assert "length, md5" in told.stdout
    assert f"{len(body):,} bytes to come" in told.stderr
    assert "cameras, as OpenStreetMap stood on" in told.stdout


def test_sources_say_their_licence_and_when_they_last_came(door: Door, tmp_path: Path) -> None:
    assert collect(door, tmp_path, overpass(), "--bbox", BBOX, "--no-streets")[0] == 0
    told = run("sources", "--json", "--raw", "kept", cwd=tmp_path)
    assert told.code == 0, told
    assert told.stderr == ""
    listed = {load["source_id"]: load for load in json.loads(told.stdout)["sources"]}
    kept = Archive(tmp_path / "kept").answers("osm")[0]
    assert listed["osm"]["license_id"] == "ODbL-1.0"
    assert listed["osm"]["last_collected_at_utc"] == kept.retrieved_at_utc
    others = [one["last_collected_at_utc"] for name, one in listed.items() if name != "osm"]
    assert set(others) == {None}
    table = door.run("sources", "--raw", "kept", cwd=tmp_path)
    assert kept.retrieved_at_utc in table.stdout
    assert len(table.stdout.splitlines()) >= len(listed)
