"""OSM XML, OSM JSON and PBF of the same objects give the same observations, packed or not."""

import bz2
import gzip
import json
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any
from xml.sax.saxutils import quoteattr

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mapper.model.observation import Reading
from mapper.model.progress import NoProgress
from mapper.sources import osm
from mapper.sources.osm.packed_body import Packing
from mapper.sources.osm.xml_body import load_xml

ATTRIBUTES = ("id", "lat", "lon", "version", "timestamp")
NODES: list[dict[str, Any]] = [
    {"type": "node", "id": 1, "lat": 60.17, "lon": 24.94, "version": 2,
     "timestamp": "2025-06-01T00:00:00Z",
     "tags": {"man_made": "surveillance", "operator": "A & B <x>"}},
    {"type": "node", "id": 2, "lat": 60.18, "lon": 24.95},
    {"type": "node", "id": 3, "lat": 60.19, "lon": 24.96},
    {"type": "way", "id": 5, "nodes": [2, 3], "tags": {"man_made": "surveillance"}},
    {"type": "relation", "id": 7, "members": [{"type": "node", "ref": 2, "role": "device"}],
     "tags": {"type": "enforcement", "enforcement": "maxspeed"}},
]  # fmt: skip


def as_xml(elements: list[dict[str, Any]], extra: str = "") -> bytes:
    """Write elements as OSM XML, with who edited them."""
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', f'<osm version="0.6" generator="x">{extra}']
    for element in elements:
        plain = {
            k: v for k, v in element.items() if k in {"id", "lat", "lon", "version", "timestamp"}
        }
        words = " ".join(f"{key}={quoteattr(str(value))}" for key, value in plain.items())
        lines.append(f'<{element["type"]} {words} user="somebody" uid="9" changeset="8">')
        lines += [f'<nd ref="{ref}"/>' for ref in element.get("nodes", ())]
        for member in element.get("members", ()):
            words = " ".join(f'{key}="{value}"' for key, value in member.items())
            lines += [f"<member {words}/>"]
        tags = element.get("tags", {}).items()
        lines += [f"<tag k={quoteattr(key)} v={quoteattr(value)}/>" for key, value in tags]
        if "center" in element:
            centre = element["center"]
            lines.append(f'<center lat="{centre["lat"]}" lon="{centre["lon"]}"/>')
        lines.append(f"</{element['type']}>")
    return "\n".join([*lines, "</osm>"]).encode()


def read(folder: Path, body: bytes) -> Reading:
    path = folder / "city"
    path.write_bytes(body)
    return osm.read(path, progress=NoProgress())


def plain(body: bytes) -> bytes:
    return body


@pytest.mark.parametrize("pack", [plain, gzip.compress, bz2.compress])
def test_xml_and_json_give_the_same_packed_or_not(
    pack: Callable[[bytes], bytes], tmp_path: Path
) -> None:
    from_xml = read(tmp_path, pack(as_xml(NODES)))
    from_json = read(tmp_path, pack(json.dumps({"elements": NODES}).encode()))
    assert from_xml.observations == from_json.observations
    assert [row.source_ref for row in from_xml.observations] == ["node/1", "node/2", "way/5"]
    assert "somebody" not in repr(from_xml)


def test_an_answer_of_overpass_keeps_its_base_time_and_its_centres(tmp_path: Path) -> None:
    way = {
        "type": "way", "id": 5, "nodes": [2, 3], "center": {"lat": 60.1, "lon": 24.9},
        "tags": {"man_made": "surveillance"},
    }  # fmt: skip
    reading = read(tmp_path, as_xml([way], '<meta osm_base="2025-06-02T00:00:00Z"/>'))
    assert reading.snapshot.data_at_utc == "2025-06-02T00:00:00Z"
    assert [(row.lon_deg, row.lat_deg) for row in reading.observations] == [(24.9, 60.1)]


def test_what_was_deleted_is_no_camera(tmp_path: Path) -> None:
    body = as_xml(NODES[:1])
    for word in (b'visible="false"', b'action="delete"'):
        assert not read(tmp_path, body.replace(b"<node ", b"<node " + word + b" ", 1)).observations


def test_several_streams_in_one_file_are_one_body(tmp_path: Path) -> None:
    body = as_xml(NODES)
    packed = bz2.compress(body[:100]) + bz2.compress(body[100:])
    assert len(read(tmp_path, packed).observations) == 3


@given(st.dictionaries(st.text(min_size=1, max_size=5), st.text(max_size=5), max_size=3))
def test_any_tags_that_xml_can_hold_come_through(tags: dict[str, str]) -> None:
    kept = {
        key: value
        for key, value in tags.items()
        if all(ord(sign) >= 32 and sign.isprintable() for sign in key + value)
    }
    node = {**NODES[0], "tags": {**kept, "man_made": "surveillance"}}
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "city"
        path.write_bytes(as_xml([node]))
        (element,) = load_xml(path, Packing.NONE)["elements"]
    assert element["tags"] == node["tags"]
