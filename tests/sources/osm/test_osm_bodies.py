"""Cut, foreign, empty and hostile files are refused with what, where and what next."""

import bz2
import gzip
import hashlib
import json
import random
import struct
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest

from mapper.errors import MapperError, SourceFormatError, UsageError
from mapper.model.enums import Completeness
from mapper.model.observation import Reading
from mapper.model.progress import NoProgress
from mapper.settings import Settings
from mapper.sources import osm

Make = Callable[..., Path]
SAMPLE = Settings().sample_dir / "helsinki.osm.pbf"


def read(path: Path, *, expected_size: int | None = None) -> Reading:
    return osm.read(path, progress=NoProgress(), expected_size=expected_size)


def write(tmp_path: Path, body: bytes, name: str = "input.bin") -> Path:
    path = tmp_path / name
    path.write_bytes(body)
    return path


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (b"", "empty"),
        (b" \n\t ", "empty"),
        (b"<!DOCTYPE html><html><head><title>Sign\n in</title>", "titled 'Sign in'"),
        (b"\xef\xbb\xbf<html><body>rate_limited</body>", "web page"),
        (b'<?xml version="1.0"?><osm version="0.6">', "cut or broken"),
        (b'<osm><node id="1"', "cut or broken"),
        (b'<!DOCTYPE x [<!ENTITY a "aa">]><osm><node id="1"/></osm>', "cut or broken"),
        (b'<?xml version="1.0" encoding="nope"?><osm></osm>', "cut or broken"),
        (b'<?xml version="1.0" encoding="zip"?><osm></osm>', "cut or broken"),
        (b"<osm><remark>runtime error: timed out</remark></osm>", "partial: 'runtime error"),
        (b"<osmChange><delete/></osmChange>", "a file of changes"),
        (bz2.compress(b"[]")[:-4], "ends too early"),
        (bz2.compress(b"[]")[:-12] + b"x" * 40, "broken|ends too early"),
        (bz2.compress(b"[" * 30_000_000), "times its size"),
        (b"lat,lon\n60.1,24.9\n", "neither OSM PBF nor JSON"),
        (b"PK\x03\x04zipped", "neither OSM PBF nor JSON"),
        (b'{"type": "FeatureCollection", "features": []}', "'FeatureCollection'"),
        (b'{"error": "too busy"}', "no OSM elements"),
        (b'{"elements": {}}', "no list"),
        (b'{"elements": [1]}', "element 0 is no object"),
        (b'{"elements": [{"type": "node"}]}', "element 0 is no node"),
        (b'{"elements": [{"type": ["node"], "id": 1}]}', "element 0 is no node"),
        (b'"elements"', "neither"),
        (b'{"elements": [], "elements": []}', "'elements' stands twice"),
        (b'[{"type": "node", "id": 1, "lat": NaN}]', "NaN"),
        (b'[{"type": "node", "id": 1, "lat": -Infinity}]', "Infinity"),
        (b'[{"type": "node", "id": ' + b"9" * 5_000 + b"}]", "not usable"),
        (b"[" * 100_000, "nested|broken"),
        (b'[{"type": "node", "id": 1, "tags": {"a": "\xff"}}]', "not UTF-8 text at byte 42"),
        (b'[{"type": "node"', "cut or broken"),
        (b"[] trailing", "broken at character 3"),
        (b"\x00\x00\x00\x0d\x0a\x09OSMHeader" + b"\x00" * 40, "broken or cut"),
    ],
)
def test_a_file_that_is_no_osm_data_is_refused_by_name(
    tmp_path: Path, body: bytes, said: str
) -> None:
    path = write(tmp_path, body)
    with pytest.raises(SourceFormatError, match=said) as caught:
        read(path)
    assert str(path) in str(caught.value)
    assert caught.value.exit_code == 3


@pytest.mark.parametrize("name", ["missing.osm.pbf", ""])
def test_a_missing_file_and_a_folder_are_mistakes_of_the_command(tmp_path: Path, name: str) -> None:
    with pytest.raises(UsageError) as caught:
        read(tmp_path / name)
    assert caught.value.exit_code == 2
    assert caught.value.next_step


def test_a_remark_of_the_server_is_an_error(make_json: Make) -> None:
    remark = 'runtime error: Query timed out in "around" at line 1 after 2 seconds.'
    body = {"osm3s": {}, "elements": [], "remark": remark}
    with pytest.raises(SourceFormatError, match="Query timed out"):
        read(make_json(body, wrapped=False))


def test_an_answer_without_elements_is_truly_empty(make_json: Make) -> None:
    reading = read(make_json([]))
    assert reading.observations == ()
    assert reading.snapshot.completeness is Completeness.PROVEN


def test_content_decides_and_not_the_name(riverton: Path, tmp_path: Path) -> None:
    body = riverton.read_bytes()
    as_pbf = read(write(tmp_path, body, "named.osm.pbf"))
    as_json = read(write(tmp_path, gzip.compress(body), "named.json"))
    as_data = read(write(tmp_path, SAMPLE.read_bytes(), "named.json.gz"))
    assert as_pbf.observations == as_json.observations == read(riverton).observations
    assert len(as_data.observations) == 223


def test_a_byte_order_mark_is_no_fault(riverton: Path, tmp_path: Path) -> None:
    marked = write(tmp_path, b"\xef\xbb\xbf" + riverton.read_bytes())
    assert read(marked).observations == read(riverton).observations


def test_two_gzip_members_are_one_body(riverton: Path, tmp_path: Path) -> None:
    body = riverton.read_bytes()
    twice = gzip.compress(body[:500]) + gzip.compress(body[500:])
    assert read(write(tmp_path, twice)).observations == read(riverton).observations


def test_a_gzip_bomb_is_refused_before_it_unpacks(tmp_path: Path) -> None:
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    packed = packer.compress(b"[")
    for _ in range(200):
        packed += packer.compress(b" " * 1_000_000)
    packed += packer.compress(b"]") + packer.flush()
    with pytest.raises(SourceFormatError, match="200 times its size"):
        read(write(tmp_path, packed))


def test_no_cut_of_gzipped_json_passes(riverton: Path, tmp_path: Path) -> None:
    packed = gzip.compress(riverton.read_bytes(), mtime=0)
    for length in range(len(packed)):
        with pytest.raises(SourceFormatError):
            read(write(tmp_path, packed[:length]))


def test_no_cut_of_json_passes(riverton: Path, tmp_path: Path) -> None:
    body = riverton.read_bytes().rstrip()
    for length in range(0, len(body), 7):
        with pytest.raises(SourceFormatError):
            read(write(tmp_path, body[:length]))


def test_no_cut_within_a_pbf_block_passes(tmp_path: Path) -> None:
    body = SAMPLE.read_bytes()
    ends = set(_block_ends(body))
    chance = random.Random(11)  # noqa: S311 - places to cut, no secret
    cuts = {chance.randrange(1, len(body)) for _ in range(200)} - ends
    for length in sorted(cuts):
        with pytest.raises(SourceFormatError):
            read(write(tmp_path, body[:length]))


def test_a_pbf_cut_between_blocks_is_never_called_complete(tmp_path: Path) -> None:
    body = SAMPLE.read_bytes()
    ends = _block_ends(body)
    assert len(ends) > 2
    for end in ends[:-1]:
        reading = read(write(tmp_path, body[:end]))
        assert reading.snapshot.completeness is Completeness.NOT_PROVEN


@pytest.mark.parametrize(("suffix", "algorithm"), [(".sha256", "sha256"), (".md5", "md5")])
def test_a_checksum_beside_the_file_proves_it_or_refuses_it(
    tmp_path: Path, suffix: str, algorithm: str
) -> None:
    body = SAMPLE.read_bytes()
    digest = hashlib.new(algorithm, body, usedforsecurity=False).hexdigest()
    path = write(tmp_path, body, "helsinki.osm.pbf")
    beside = write(tmp_path, f"{digest}  helsinki.osm.pbf\n".encode(), f"helsinki.osm.pbf{suffix}")
    snapshot = read(path).snapshot
    assert snapshot.completeness is Completeness.PROVEN
    assert snapshot.completeness_basis == f"it matches {suffix[1:]} beside it"
    path.write_bytes(body[: _block_ends(body)[1]])
    with pytest.raises(SourceFormatError, match="differs from the checksum"):
        read(path)
    beside.write_text("not a checksum")
    with pytest.raises(SourceFormatError, match="holds no"):
        read(path)


def test_the_announced_length_proves_the_file_or_refuses_it(tmp_path: Path) -> None:
    body = SAMPLE.read_bytes()
    path = write(tmp_path, body)
    assert read(path, expected_size=len(body)).snapshot.completeness is Completeness.PROVEN
    with pytest.raises(SourceFormatError, match="were announced"):
        read(path, expected_size=len(body) + 1)


def test_the_snapshot_names_the_file_and_not_where_it_lay(tmp_path: Path) -> None:
    body = SAMPLE.read_bytes()
    snapshot = read(write(tmp_path, body, "city.osm.pbf")).snapshot
    assert snapshot.file_name == "city.osm.pbf"
    assert snapshot.sha256 == hashlib.sha256(body).hexdigest()
    assert snapshot.size_bytes == len(body)
    assert (snapshot.url, snapshot.retrieved_at_utc) == (None, None)
    assert str(tmp_path) not in repr(snapshot)


def test_where_and_when_it_was_collected_is_kept() -> None:
    reading = osm.read(
        SAMPLE,
        progress=NoProgress(),
        url="https://example.org/x.osm.pbf",
        retrieved_at_utc="2026-03-01T12:00:00Z",
    )
    assert reading.snapshot.url == "https://example.org/x.osm.pbf"
    assert reading.snapshot.retrieved_at_utc == "2026-03-01T12:00:00Z"


@pytest.mark.parametrize("seed", range(4))
def test_a_flipped_bit_gives_a_reading_or_an_error_that_names_the_file(
    tmp_path: Path, seed: int
) -> None:
    chance = random.Random(seed)  # noqa: S311 - places to damage, no secret
    body = json.dumps({"osm3s": {}, "elements": []}).encode() if seed == 3 else SAMPLE.read_bytes()
    messages = []
    for _ in range(25):
        damaged = bytearray(body)
        damaged[chance.randrange(len(damaged))] ^= 1 << chance.randrange(8)
        try:
            read(write(tmp_path, bytes(damaged)))
        except MapperError as error:
            messages.append(str(error))
    assert messages
    assert all(str(tmp_path) in message for message in messages)


def _block_ends(body: bytes) -> list[int]:
    """Walk the blocks of a PBF: a length, a BlobHeader with its data size in field 3, a Blob."""
    ends = []
    at = 0
    while at < len(body):
        (header_size,) = struct.unpack_from(">I", body, at)
        header = body[at + 4 : at + 4 + header_size]
        at += 4 + header_size + _data_size(header)
        ends.append(at)
    assert at == len(body)
    return ends


def _data_size(header: bytes) -> int:
    at = header.index(b"\x18", 2 + header[1]) + 1
    size = shift = 0
    while True:
        size |= (header[at] & 0x7F) << shift
        shift += 7
        if header[at] < 0x80:
            return size
        at += 1
