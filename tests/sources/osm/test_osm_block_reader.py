"""The blocks of a PBF are walked before libosmium sees them, and few of them are decoded."""

import itertools
import struct
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import osmium
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mapper.errors import SourceFormatError
from mapper.model.progress import NoProgress
from mapper.settings import Settings
from mapper.sources import osm
from mapper.sources.osm import block_reader, blocks_ahead
from mapper.sources.osm.block_contents import Block, Wanted, look_at
from mapper.sources.osm.block_reader import BlockReader, check_blocks, processor
from mapper.sources.osm.pbf_wire import PackedBlock, raw_block, written_field
from mapper.sources.osm.tag_reading import camera_filters
from tests.sources.osm import generated_pbf
from tests.sources.osm.generated_pbf import Generated, differences, said_of

Make = Callable[..., Path]
SAMPLE = Settings().sample_dir / "helsinki.osm.pbf"
CAMERAS_OF_SAMPLE = osmium.filter.TagFilter(*camera_filters(frozenset()))


def field(number: int, value: bytes | int) -> bytes:
    """Write one protocol buffer field; lengths and numbers below 128 only."""
    if isinstance(value, int):
        return bytes([number << 3, value])
    return bytes([number << 3 | 2, len(value)]) + value


def block(blob: bytes, kind: bytes = b"OSMData") -> bytes:
    header = field(1, kind) + field(3, len(blob))
    return struct.pack(">I", len(header)) + header + blob


HEADER = block(field(1, field(4, b"OsmSchema-V0.6")), b"OSMHeader")


def packed(data: bytes) -> bytes:
    return field(2, len(data)) + field(3, zlib.compress(data))


def strings(*texts: bytes) -> bytes:
    return field(1, b"".join(field(1, text) for text in texts))


def test_the_blocks_of_a_real_file_are_counted() -> None:
    # A header, 12,676 nodes in blocks of at most 8,000, the ways, the relations.
    assert check_blocks(SAMPLE) == 1 + 2 + 1 + 1


@pytest.mark.parametrize("value", [b"Q\0QQ", b"QQQ\0", b"\0QQQ", b"\0\0\0\0"])
def test_a_tag_with_a_nul_byte_is_refused_before_it_is_read(
    make_pbf: Make, tmp_path: Path, value: bytes
) -> None:
    tags = {"man_made": "surveillance", "operator": "QQQQ"}
    made = make_pbf(
        [{"type": "node", "id": 7, "lat": 50.0, "lon": 10.0, "tags": tags}],
        options=",pbf_compression=none",
    )
    hostile = tmp_path / "hostile.osm.pbf"
    hostile.write_bytes(made.read_bytes().replace(b"QQQQ", value))
    with pytest.raises(SourceFormatError, match="NUL"):
        check_blocks(hostile)
    with pytest.raises(SourceFormatError, match="NUL"):
        osm.read(hostile, progress=NoProgress())
    with pytest.raises(SourceFormatError, match="NUL"):
        osm.read_basemap(hostile, lon_deg=[10.0], lat_deg=[50.0], progress=NoProgress())


@pytest.mark.parametrize(
    "texts", [(b"", b"a"), (b"a", b"b"), (b"", b"", b"a"), (b"\n", b""), ()], ids=repr
)
def test_tables_without_a_nul_byte_pass(tmp_path: Path, texts: tuple[bytes, ...]) -> None:
    path = tmp_path / "good.pbf"
    path.write_bytes(HEADER + block(field(1, strings(*texts))))
    assert check_blocks(path) == 2


@pytest.mark.parametrize(
    "texts", [(b"\0",), (b"", b"\0"), (b"", b"\n\0"), (b"a\0b", b"c")], ids=repr
)
def test_tables_with_a_nul_byte_do_not(tmp_path: Path, texts: tuple[bytes, ...]) -> None:
    path = tmp_path / "bad.pbf"
    path.write_bytes(HEADER + block(packed(strings(*texts))))
    with pytest.raises(SourceFormatError, match="NUL"):
        check_blocks(path)


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (struct.pack(">I", 2**31), "are allowed"),
        (b"\0\0", "ends within a length"),
        (block(field(1, b"abc"))[:-1], "are there"),
        (block(field(1, b"a") + field(1, b"b")), "twice"),
        (block(field(4, b"lzma")), "another way than zlib: LZMA"),
        (block(field(6, b"lz4")), "another way than zlib: LZ4"),
        (block(field(7, b"zstd")), "another way than zlib: Zstandard"),
        (
            block(field(2, 5) + field(3, zlib.compress(strings(b"")))),
            "unpacks to 4 bytes, and says 5",
        ),
        (block(field(3, zlib.compress(strings(b"")))), "unpacks to 4 bytes, and says None"),
        (block(field(1, strings(b"")), b"OSMHeader"), "no OSMData, but OSMHeader"),
        (block(field(3, b"no zlib")), "packed data is broken"),
        (block(field(3, zlib.compress(b"long enough to be cut")[:-6])), "does not end"),
        (block(field(1, b"\x0b")), "wire type 3"),
        (block(field(1, b"\x0a\x7f")), "longer than what holds it"),
        (block(field(1, b"\xff" * 11)), "does not end"),
        (struct.pack(">I", 2) + field(3, 1), "lacks type or size"),
    ],
)
def test_a_block_that_breaks_the_format_is_refused_with_its_place(
    tmp_path: Path, body: bytes, said: str
) -> None:
    path = tmp_path / "bad.pbf"
    good = HEADER + block(field(1, strings(b"")))
    path.write_bytes(good + body)
    with pytest.raises(SourceFormatError, match=said) as caught:
        check_blocks(path)
    assert f"at byte {len(good)}" in str(caught.value)


def test_a_broken_block_behind_whole_ones_is_told_by_its_own_byte(tmp_path: Path) -> None:
    path = tmp_path / "broken.pbf"
    whole = HEADER + block(packed(strings(b"a"))) * 3
    broken = block(field(2, 3) + field(3, b"abc"))
    path.write_bytes(whole + broken + block(packed(strings(b"b"))))
    with pytest.raises(SourceFormatError, match=f"the block at byte {len(whole):,}: its packed"):
        check_blocks(path)


def test_what_a_thread_leaves_of_a_round_is_looked_at_all_the_same(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(blocks_ahead, "_ROUND_UNPACKED_BYTES_MAX", 1)
    left = []

    def noted(packed_block: PackedBlock, wanted: Wanted) -> Block:
        left.append(packed_block)
        return look_at(packed_block, wanted)

    monkeypatch.setattr(block_reader, "look_at", noted)
    expected = said_of(processor(SAMPLE, osmium.osm.ALL, CAMERAS_OF_SAMPLE))
    assert said_of(BlockReader(SAMPLE).cameras()) == expected
    # Four blocks behind the header are one round, of which a thread takes the first.
    assert len(left) == 3


def test_every_camera_key_in_a_table_is_seen_whatever_stands_before_it() -> None:
    wanted = Wanted(with_cameras=True)
    keys = sorted({key for key, _ in camera_filters(frozenset())})
    for first, second in itertools.product(keys, keys):
        table = b"".join(
            written_field(1, text.encode())
            for text in ("", "x\n", first, "\n", second, "surveillance")
        )
        assert {key for key, _ in wanted.tags_in(table, ())} == {first, second}


def test_a_block_that_unpacks_to_more_than_32_mb_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "bomb.pbf"
    packed = zlib.compress(b"\0" * (33 * 1024 * 1024), 9)
    blob = bytes([3 << 3 | 2]) + _varint(len(packed)) + packed
    header = field(1, b"OSMData") + bytes([3 << 3]) + _varint(len(blob))
    path.write_bytes(HEADER + struct.pack(">I", len(header)) + header + blob)
    with pytest.raises(SourceFormatError, match="larger than a block may be"):
        check_blocks(path)


def _varint(number: int) -> bytes:
    written = bytearray()
    while number > 0x7F:
        written.append(number & 0x7F | 0x80)
        number >>= 7
    written.append(number)
    return bytes(written)


@settings(max_examples=100, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.integers(min_value=0, max_value=2**32))
def test_the_reader_gives_the_objects_that_libosmium_gives_of_the_whole_file(
    tmp_path: Path, seed: int
) -> None:
    path = tmp_path / "generated.pbf"
    path.write_bytes(Generated(seed).body)
    assert differences(path) == []


def _town(nodes: int) -> list[dict[str, Any]]:
    """Return nodes in more than one block, of which the last is a camera, and a camera's way."""
    rows = [
        {"type": "node", "id": number, "lat": 50.0, "lon": 10.0, "tags": {"name": f"N{number}"}}
        for number in range(1, nodes)
    ]
    camera = {"man_made": "surveillance"}
    rows.append({"type": "node", "id": nodes, "lat": 50.0, "lon": 10.0, "tags": camera})
    rows.append({"type": "way", "id": 5, "nodes": [1, 2], "tags": camera})
    return rows


def test_only_blocks_that_can_hold_what_is_asked_for_are_decoded(
    make_pbf: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    handed: list[int] = []

    def counted(kind: bytes, data: bytes) -> bytes:
        handed.append(kind == b"OSMData")
        return raw_block(kind, data)

    monkeypatch.setattr("mapper.sources.osm.block_reader.raw_block", counted)
    path = make_pbf(_town(20_000), options=",pbf_dense_nodes=true")
    reader = BlockReader(path)
    assert check_blocks(path) == 1 + 3 + 1
    assert [each.id for each in reader.cameras()] == [20_000, 5]
    assert sum(handed) == 2


def test_objects_of_a_file_in_order_are_looked_up_in_the_blocks_that_hold_them(
    make_pbf: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = make_pbf(_town(20_000), sorting="Type_then_ID")
    reader = BlockReader(path)
    assert len(said_of(reader.cameras())) == 2

    def whole(*_: object) -> None:
        pytest.fail("the whole file is read")

    monkeypatch.setattr(block_reader, "processor", whole)
    assert [each.id for each in reader.by_id("n", {1, 2, 19_000, 30_000})] == [1, 2, 19_000]
    assert [each.id for each in reader.by_id("w", {5, 7})] == [5]


def test_a_file_that_only_says_that_it_is_in_order_is_read_whole(make_pbf: Make) -> None:
    rows = _town(20_000)
    path = make_pbf([*rows[10_000:], *rows[:10_000]], sorting="Type_then_ID")
    reader = BlockReader(path)
    assert len(said_of(reader.cameras())) == 2
    assert sorted(each.id for each in reader.by_id("n", {1, 2, 19_000})) == [1, 2, 19_000]


def test_a_file_that_asks_for_an_unknown_feature_is_refused_by_its_name(tmp_path: Path) -> None:
    path = tmp_path / "new.pbf"
    path.write_bytes(block(field(1, field(4, b"Quadtiles")), b"OSMHeader"))
    with pytest.raises(SourceFormatError, match="feature Quadtiles, which is not read"):
        check_blocks(path)


def test_more_spellings_than_a_filter_can_hold_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "many.pbf"
    texts = [f"surveillance;{number}".encode() for number in range(1_001)]
    data = generated_pbf.field(1, b"".join(generated_pbf.field(1, text) for text in texts))
    blob = generated_pbf.field(1, data)
    header = field(1, b"OSMData") + generated_pbf.field(3, len(blob))
    path.write_bytes(HEADER + struct.pack(">I", len(header)) + header + blob)
    with pytest.raises(SourceFormatError, match="more than 1,000 ways"):
        said_of(BlockReader(path).cameras())
