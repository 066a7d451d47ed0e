"""Whatever stands in a field of a file: rows, rejects, or one plain error; never anything else."""

import copy
import json
import struct
import zlib
from pathlib import Path
from typing import Any

import pytest

from mapper.errors import MapperError, SourceFormatError
from mapper.model.observation import Reading
from mapper.model.progress import NoProgress
from mapper.resolve.observation_table import observation_tables
from mapper.sources.osm import block_contents, block_reader, json_body, read
from mapper.sources.osm.elements import ID_MAX, ID_TOO_LARGE, VERSION_TOO_LARGE
from tests.osm_fixtures import MakePbf

SURROGATE = "a\ud800b"
ODD: list[Any] = [
    None, True, -1, 0, 2**31, 2**63, 2**64, 10**400, 1e300, -1e300, 1.5, "", SURROGATE, "²",
    "\x00", "\u202e", "9" * 4_000, "x" * 20_000, [], [[]], {}, {"a": {}}, "node", "NaN",
    [SURROGATE], {SURROGATE: SURROGATE},
]  # fmt: skip
WHOLE: dict[str, Any] = {
    "version": 0.6,
    "generator": "Overpass API",
    "osm3s": {"timestamp_osm_base": "2024-06-01T00:00:00Z"},
    "elements": [
        {
            "type": "node", "id": 7, "lat": 60.17, "lon": 24.94, "version": 3,
            "timestamp": "2024-05-01T10:00:00Z",
            "tags": {"man_made": "surveillance", "surveillance:type": "camera", "disused": "no",
                     "camera:count": "3", "end_date": "2020", "lifecycle": "active"},
        },
        {
            "type": "way", "id": 8, "center": {"lat": 60.17, "lon": 24.94}, "nodes": [1, 2],
            "bounds": {"minlat": 60.0, "minlon": 24.0, "maxlat": 60.1, "maxlon": 24.1},
            "tags": {"man_made": "surveillance"},
        },
        {
            "type": "way", "id": 9, "geometry": [{"lat": 60.1, "lon": 24.9}],
            "tags": {"man_made": "surveillance"},
        },
        {
            "type": "relation", "id": 10,
            "tags": {"type": "enforcement", "enforcement": "maxspeed"},
            "members": [{"type": "way", "ref": 8, "role": "device"},
                        {"type": "node", "ref": 7, "role": "device", "lat": 1.0, "lon": 1.0}],
        },
    ],
}  # fmt: skip


def places(value: Any, way: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:  # noqa: ANN401 - any JSON
    """List the way to every value of a document."""
    found = [way] if way else []
    if isinstance(value, dict | list):
        pairs = value.items() if isinstance(value, dict) else enumerate(value)
        for key, inner in pairs:
            found += places(inner, (*way, key))
    return found


def with_odd(way: tuple[Any, ...], odd: Any) -> str:  # noqa: ANN401 - any JSON
    changed = copy.deepcopy(WHOLE)
    holder: Any = changed
    for key in way[:-1]:
        holder = holder[key]
    holder[way[-1]] = odd
    return json.dumps(changed)


def read_or_refuse(path: Path) -> tuple[Reading | None, str]:
    """Return what a file gives, or in which words it is refused."""
    try:
        return read(path, progress=NoProgress()), ""
    except MapperError as error:
        return None, str(error)


@pytest.mark.parametrize("way", places(WHOLE), ids=lambda way: ".".join(map(str, way)))
def test_any_value_in_any_field_is_read_or_refused(way: tuple[Any, ...], tmp_path: Path) -> None:
    path = tmp_path / "odd.json"
    for odd in ODD:
        path.write_text(with_odd(way, odd), "ascii")
        reading, refusal = read_or_refuse(path)
        assert reading is not None or str(path) in refusal
        refusal.encode()
        if reading is not None:
            observation_tables([reading])
            repr(reading).encode()


def test_an_object_without_a_real_version_or_id_is_a_reject_and_the_others_stay(
    tmp_path: Path,
) -> None:
    elements = copy.deepcopy(WHOLE["elements"][:1]) * 3
    elements = [copy.deepcopy(element) for element in elements]
    elements[1] |= {"id": 8, "version": 10**400}
    elements[2] |= {"id": ID_MAX + 1}
    path = tmp_path / "huge.json"
    path.write_text(json.dumps(WHOLE | {"elements": elements}))
    reading = read(path, progress=NoProgress())
    assert [row.source_ref for row in reading.observations] == ["node/7"]
    assert {row.reason for row in reading.rejects} == {ID_TOO_LARGE, VERSION_TOO_LARGE}


@pytest.mark.parametrize("ref", [2**55, ID_MAX + 1])
def test_a_reference_that_no_database_gives_is_refused(ref: int, make_pbf: MakePbf) -> None:
    way = {"type": "way", "id": 5, "nodes": [ref, 3], "tags": {"man_made": "surveillance"}}
    path = make_pbf([way])
    assert path.stat().st_size < 1_000
    with pytest.raises(SourceFormatError, match=str(ref)):
        read(path, progress=NoProgress())


def test_scattered_references_are_asked_in_batches_and_bounded(make_pbf: MakePbf) -> None:
    # A way has 2,000 nodes at most; 400 stretches of ids at once would be 1.6 GB.
    nodes = [number * 2**26 + 1 for number in range(1, 251)]
    times = {"version": 1, "timestamp": "2024-05-01T10:00:00Z"}
    elements = [
        {"type": "node", "id": ref, "lat": 60.0 + place / 1_000, "lon": 24.0} | times
        for place, ref in enumerate(nodes)
    ]
    way = {"type": "way", "id": 5, "nodes": nodes, "tags": {"man_made": "surveillance"}} | times
    (camera,) = read(make_pbf([*elements, way]), progress=NoProgress()).observations
    assert camera.lat_deg == pytest.approx(60.1245)
    far = [number * 2**26 + 1 for number in range(1, 1_700)]
    with pytest.raises(SourceFormatError, match="more scattered"):
        read(make_pbf([way | {"nodes": far}], name="far.osm.pbf"), progress=NoProgress())


def test_a_way_as_device_is_a_camera_from_either_format(make_pbf: MakePbf, tmp_path: Path) -> None:
    times = {"version": 2, "timestamp": "2024-05-01T10:00:00Z"}
    nodes = [
        {"type": "node", "id": number, "lat": 60.0 + number / 10, "lon": 24.0} | times
        for number in (1, 2)
    ]
    way = {"type": "way", "id": 8, "nodes": [1, 2], "tags": {"barrier": "gate"}} | times
    members = [{"type": "way", "ref": 8, "role": "device"}]
    tags = {"type": "enforcement", "enforcement": "maxspeed"}
    relation = {"type": "relation", "id": 10, "tags": tags, "members": members} | times
    from_pbf = read(make_pbf([*nodes, way, relation]), progress=NoProgress())
    answer = tmp_path / "answer.json"
    centre = {key: value for key, value in way.items() if key != "nodes"}
    centre["center"] = {"lat": 60.15, "lon": 24.0}
    answer.write_text(json.dumps(WHOLE | {"elements": [centre, relation]}))
    from_overpass = read(answer, progress=NoProgress())
    assert from_pbf.observations == from_overpass.observations
    assert [row.source_ref for row in from_pbf.observations] == ["way/8"]
    assert from_pbf.rejects == from_overpass.rejects == ()


def varint(size: int) -> bytes:
    length = b""
    while size > 0x7F:
        length += bytes([size & 0x7F | 0x80])
        size >>= 7
    return length + bytes([size])


def field(number: int, data: bytes) -> bytes:
    return bytes([number << 3 | 2]) + varint(len(data)) + data


def block(data: bytes, kind: bytes = b"OSMData") -> bytes:
    packed = b"\x10" + varint(len(data)) + field(3, zlib.compress(data, 9))
    header = field(1, kind) + b"\x18" + varint(len(packed))
    return struct.pack(">I", len(header)) + header + packed


def test_blocks_of_empty_strings_and_blocks_that_unpack_without_end_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(block_contents, "PARTS_WALKED_MAX", 10_000)
    monkeypatch.setattr(block_reader, "_RATIO_COUNTS_FROM_BYTES", 1_000_000)
    head = block(field(4, b"OsmSchema-V0.6"), b"OSMHeader")
    path = tmp_path / "empty.osm.pbf"
    path.write_bytes(head + block(field(1, b"\x0a\x01a" + b"\x0a\x00" * 20_000)))
    with pytest.raises(SourceFormatError, match="more strings"):
        block_reader.check_blocks(path)
    path.write_bytes(head + block(field(1, b"\x0a\x05aaaaa" * 10_000_00)))
    with pytest.raises(SourceFormatError, match="100 times its size"):
        block_reader.check_blocks(path)


def test_bodies_that_are_all_brackets_or_digits_are_refused_before_they_are_parsed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(json_body, "CONTAINERS_MAX", 1_000)
    monkeypatch.setattr(json_body, "VALUES_MAX", 10_000)
    path = tmp_path / "long.json"
    for body in ("[" + "[]," * 2_000 + "[]]", "[" + "1," * 20_000 + "1]"):
        path.write_text(body)
        with pytest.raises(SourceFormatError, match="are no OSM elements"):
            read(path, progress=NoProgress())
