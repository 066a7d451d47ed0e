"""
A stand-in for Overpass that holds the embedded sample, and a month later what changed in it.

The way of `docs/the-whole-way.md` is walked against it. The second time that cameras are asked
for a month has gone by: some were mapped, one is gone, one went out of use, two were described
better.
"""

import json
import socket
import stat
import sys
import threading
from pathlib import Path
from typing import Any
from urllib.parse import unquote_plus

import osmium

from mapper.settings import Settings
from tests.fetch.raw_server import ok

DAYS = ("2026-10-25T03:00:00Z", "2026-11-25T03:00:00Z")
BOUNDARY_ID = 34914
_MAPPER = Path(sys.executable).parent / "mapper"
_CORNERS = ((24.93, 60.16), (24.96, 60.16), (24.96, 60.18), (24.93, 60.18), (24.93, 60.16))
_GROUND = ("highway", "railway", "waterway", "natural", "building", "leisure")


class StandIn:
    """
    Answers questions for areas, a boundary, cameras and streets of central Helsinki.

    Attributes
    ----------
    months
        How many months went by since the first question for cameras.
    """

    def __init__(self) -> None:
        self.months = 0
        self._asked = 0
        self._lock = threading.Lock()
        self._cameras, self._ground = _sample()

    def __call__(self, request: bytes, connection: socket.socket) -> None:
        """Answer one request as Overpass does."""
        query = unquote_plus(request.decode("utf-8", "replace"))
        with self._lock:
            elements = self._elements(query)
            day = DAYS[min(self.months, len(DAYS) - 1)]
        document = {"version": 0.6, "osm3s": {"timestamp_osm_base": day}, "elements": elements}
        connection.sendall(ok(json.dumps(document).encode()))

    def _elements(self, query: str) -> list[dict[str, Any]]:
        if "is_in(" in query:
            return [_boundary(with_lines=False)]
        if f"rel({BOUNDARY_ID})" in query:
            return [_boundary(with_lines=True)]
        if "out tags geom" in query:
            return self._ground
        self.months = self._asked
        self._asked += 1
        return self._cameras if not self.months else _a_month_later(self._cameras)


def mapper_that_asks(server_url: str, folder: Path) -> Path:
    """
    Write a `mapper` that asks a server of this machine, and return the folder that holds it.

    The days of the stand-in grow old with this file, so it takes old data too.
    """
    folder.mkdir()
    endpoint = f"{server_url}/api/interpreter"
    program(
        folder / "mapper",
        "case $1 in",
        f"  collect) shift; exec '{_MAPPER}' collect --allow-old --endpoint {endpoint} \"$@\" ;;",
        f"  update) shift; exec '{_MAPPER}' update --allow-old \"$@\" ;;",
        f"  *) exec '{_MAPPER}' \"$@\" ;;",
        "esac",
    )
    return folder


def program(path: Path, *lines: str) -> None:
    """Write a program of a shell."""
    path.write_text("\n".join(["#!/bin/sh", *lines, ""]), "utf-8")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)


def _boundary(*, with_lines: bool) -> dict[str, Any]:
    tags = {"boundary": "administrative", "admin_level": "8", "name": "Helsinki"}
    relation: dict[str, Any] = {"type": "relation", "id": BOUNDARY_ID, "tags": tags}
    if with_lines:
        line = [{"lon": lon_deg, "lat": lat_deg} for lon_deg, lat_deg in _CORNERS]
        relation["members"] = [{"type": "way", "ref": 1, "role": "outer", "geometry": line}]
    return relation


def _sample() -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Return the cameras of the sample, and its ground with the lines of each way."""
    cameras, ground = [], []
    path = Settings().sample_dir / "helsinki.osm.pbf"
    objects: Any = osmium.FileProcessor(str(path)).with_locations()
    for item in objects:
        tags = dict(item.tags)
        if item.is_node() and tags.get("man_made") == "surveillance":
            day = item.timestamp.strftime("%Y-%m-%dT%H:%M:%SZ")
            place = {"lon": item.lon, "lat": item.lat}
            row = {"type": "node", "id": item.id, **place, "version": item.version}
            cameras.append({**row, "timestamp": day, "tags": tags})
        elif item.is_way() and any(key in tags for key in _GROUND):
            nodes = [node for node in item.nodes if node.location.valid()]
            line = [{"lon": node.lon, "lat": node.lat} for node in nodes]
            ground.append({"type": "way", "id": item.id, "tags": tags, "geometry": line})
    return cameras, ground


def _a_month_later(before: list[dict[str, Any]]) -> list[dict[str, Any]]:
    after = [{**row, "tags": dict(row["tags"])} for row in before[1:]]
    for row in after[:3]:
        row |= {"version": row["version"] + 1, "timestamp": "2026-11-03T10:00:00Z"}
    after[0]["tags"]["disused:man_made"] = after[0]["tags"].pop("man_made")
    after[1]["tags"]["camera:type"] = "dome"
    after[2]["tags"] |= {"manufacturer": "Axis", "camera:direction": "90"}
    tags = {"man_made": "surveillance", "surveillance": "public"}
    edit = {"type": "node", "version": 1, "timestamp": "2026-11-07T10:00:00Z", "tags": tags}
    places = [{"lon": round(24.94 + number / 1000, 7), "lat": 60.17} for number in range(3)]
    mapped = [{**edit, "id": 13_000_000_000 + n, **place} for n, place in enumerate(places)]
    return after + mapped
