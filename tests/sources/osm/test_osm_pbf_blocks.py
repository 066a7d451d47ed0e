"""The blocks of a PBF are walked before libosmium sees them."""

import struct
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest

from mapper.errors import SourceFormatError
from mapper.model.progress import NoProgress
from mapper.settings import Settings
from mapper.sources import osm
from mapper.sources.osm.pbf_blocks import check_blocks

Make = Callable[..., Path]
SAMPLE = Settings().sample_dir / "helsinki.osm.pbf"


def field(number: int, value: bytes | int) -> bytes:
    """Write one protocol buffer field; lengths and numbers below 128 only."""
    if isinstance(value, int):
        return bytes([number << 3, value])
    return bytes([number << 3 | 2, len(value)]) + value


def block(blob: bytes, kind: bytes = b"OSMData") -> bytes:
    header = field(1, kind) + field(3, len(blob))
    return struct.pack(">I", len(header)) + header + blob


def strings(*texts: bytes) -> bytes:
    return field(1, b"".join(field(1, text) for text in texts))


def test_the_blocks_of_a_real_file_are_counted() -> None:
    # A header, 12,676 nodes in blocks of at most 8,000, the ways, the relations.
    assert check_blocks(SAMPLE).count == 1 + 2 + 1 + 1


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
    path.write_bytes(block(field(1, strings(*texts))))
    assert check_blocks(path).count == 1


@pytest.mark.parametrize(
    "texts", [(b"\0",), (b"", b"\0"), (b"", b"\n\0"), (b"a\0b", b"c")], ids=repr
)
def test_tables_with_a_nul_byte_do_not(tmp_path: Path, texts: tuple[bytes, ...]) -> None:
    path = tmp_path / "bad.pbf"
    path.write_bytes(block(field(3, zlib.compress(strings(*texts)))))
    with pytest.raises(SourceFormatError, match="NUL"):
        check_blocks(path)


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (struct.pack(">I", 2**31), "are allowed"),
        (b"\0\0", "unpack"),
        (block(field(1, b"abc"))[:-1], "are there"),
        (block(field(1, b"a") + field(1, b"b")), "twice"),
        (block(field(4, b"lzma")), "another way than zlib"),
        (block(field(3, b"no zlib")), "incorrect header"),
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
    good = block(field(1, strings(b"")))
    path.write_bytes(good + body)
    with pytest.raises(SourceFormatError, match=said) as caught:
        check_blocks(path)
    assert f"at byte {len(good)}" in str(caught.value)


def test_a_block_that_unpacks_to_more_than_32_mb_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "bomb.pbf"
    packed = zlib.compress(b"\0" * (33 * 1024 * 1024), 9)
    blob = bytes([3 << 3 | 2]) + _varint(len(packed)) + packed
    header = field(1, b"OSMData") + bytes([3 << 3]) + _varint(len(blob))
    path.write_bytes(struct.pack(">I", len(header)) + header + blob)
    with pytest.raises(SourceFormatError, match="larger than a block may be"):
        check_blocks(path)


def _varint(number: int) -> bytes:
    written = bytearray()
    while number > 0x7F:
        written.append(number & 0x7F | 0x80)
        number >>= 7
    written.append(number)
    return bytes(written)
