"""Small hand-written inputs in the shape of OpenStreetMap data, whole and broken."""

import gzip
import json
import struct
import zlib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import osmium

DATA_TIME = "2026-03-01T12:00:00Z"


def camera(number: int, *, lon_deg: float = 10.0, **tags: str) -> dict[str, Any]:
    """Return one camera node, 11 m north of the one numbered before."""
    return {
        "type": "node",
        "id": 1000 + number,
        "lat": round(50.0 + number * 0.0001, 7),
        "lon": lon_deg,
        "version": 1,
        "timestamp": "2024-01-02T03:04:05Z",
        "tags": {"man_made": "surveillance", "surveillance": "public", **tags},
    }


def answer(elements: Sequence[dict[str, Any]], **more: str) -> str:
    """Write an Overpass answer."""
    document = {"version": 0.6, "osm3s": {"timestamp_osm_base": DATA_TIME}, **more}
    return json.dumps({**document, "elements": list(elements)})


def cameras(count: int) -> list[dict[str, Any]]:
    """Return a row of cameras."""
    return [camera(number) for number in range(count)]


def write_pbf(path: Path, count: int) -> None:
    """Write cameras as a PBF with several blocks, dated by its objects."""
    writer = osmium.SimpleWriter(str(path), overwrite=True)
    try:
        for number in range(count):
            row = camera(number)
            writer.add_node(
                osmium.osm.mutable.Node(
                    id=row["id"],
                    version=1,
                    timestamp=row["timestamp"],
                    location=(row["lon"], row["lat"]),
                    tags=row["tags"],
                )
            )
    finally:
        writer.close()


def pbf_without_its_last_block(path: Path) -> bytes:
    """Return a PBF that ends where its last block begins: a valid file with objects missing."""
    body = path.read_bytes()
    starts, at = [], 0
    while at < len(body):
        starts.append(at)
        (header_size,) = struct.unpack(">I", body[at : at + 4])
        at += 4 + header_size + _data_size(body[at + 4 : at + 4 + header_size])
    assert len(starts) > 2, "a header, and two blocks at least"
    return body[: starts[-1]]


def _data_size(header: bytes) -> int:
    """Read field 3 (datasize, a varint) of a BlobHeader; field 1 is its type, a short text."""
    at = 2 + header[1]
    assert header[at] == 0x18
    size = shift = 0
    for byte in header[at + 1 :]:
        size |= (byte & 0x7F) << shift
        shift += 7
        if byte < 0x80:
            break
    return size


def bomb() -> bytes:
    """Return a gzip file of 64 MB of blanks that ends like an answer: 1,000 to 1."""
    blanks = b" " * (64 * 1024 * 1024)
    return gzip.compress(b'{"elements": [' + blanks + b"]}", mtime=0)


def png() -> bytes:
    """Return the beginning of a picture."""
    return b"\x89PNG\r\n\x1a\n" + zlib.compress(b"pixels")
