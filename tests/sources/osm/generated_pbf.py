"""
PBF files as no writer makes them all, and what libosmium reads of them whole.

``python -m tests.sources.osm.generated_pbf 10000`` compares the reader with libosmium, and nodes
that are read as columns with objects, on as many files; the tests take fewer. ``... 2500 5000``
takes those from seed 5000 on, so that several processes can share the work.
"""

import random
import struct
import sys
import tempfile
import zlib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import osmium
import pytest

from mapper.errors import SourceFormatError
from mapper.model.progress import NoProgress
from mapper.sources.osm import pbf
from mapper.sources.osm.block_reader import BlockReader, OsmObject, processor
from mapper.sources.osm.tag_reading import ENFORCEMENT_TAG, camera_filters, camera_word

KEYS = (
    "man_made", "highway", "surveillance", "surveillance:type", "disused:man_made", "was:highway",
    "removed", "name", "type", "Man_made", "",
)  # fmt: skip
VALUES = (
    "surveillance", "speed_camera", "mast;surveillance", "Surveillance", "SPEED_CAMERA | pole",
    "surveillance ,x" + "y" * 200, "surveillances", "enforcement", "outdoor", "yes", "", "\n\x0c",
    "surveillance;" + "z" * 90, "straße", "x\n\x0csurveillance", "bus_stop",
    "\u017furveillance", "\u00a0Surveillance\u2003",
)  # fmt: skip
ROLES = ("", "device", "from")
_TOLD_EACH = 250
LETTERS = {"n": osmium.osm.NODE, "w": osmium.osm.WAY, "r": osmium.osm.RELATION}


def varint(number: int, *, is_long: bool = False) -> bytes:
    """Write a number; a long one with a byte that says nothing."""
    number &= 2**64 - 1
    written = bytearray()
    while number > 0x7F:
        written.append(number & 0x7F | 0x80)
        number >>= 7
    return bytes(written) + (bytes([number | 0x80, 0]) if is_long else bytes([number]))


def signed(number: int) -> bytes:
    """Write a number whose sign is its lowest bit."""
    return varint(number << 1 if number >= 0 else (-number << 1) - 1)


def field(number: int, value: bytes | int, *, is_long: bool = False) -> bytes:
    """Write a field."""
    if isinstance(value, int):
        return varint(number << 3) + varint(value)
    return varint(number << 3 | 2) + varint(len(value), is_long=is_long) + value


def steps(numbers: Sequence[int]) -> list[int]:
    """Return each number as its distance from the one before."""
    return [number - before for before, number in zip([0, *numbers], numbers, strict=False)]


class Generated:
    """
    One generated file.

    Attributes
    ----------
    body
        Its bytes.
    """

    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed)  # noqa: S311 - the same file for the same seed
        self._is_sorted = self._random.random() < 0.5
        self._is_history = self._random.random() < 0.2
        self._next = {letter: self._random.choice((1, 1, 2**33)) for letter in LETTERS}
        features = [b"OsmSchema-V0.6", b"DenseNodes"]
        if self._is_history:
            features.append(b"HistoricalInformation")
        header = b"".join(field(4, feature) for feature in features)
        if self._is_sorted:
            header += field(5, b"Sort.Type_then_ID")
        self.body = self._block(b"OSMHeader", header)
        for letter in LETTERS:
            for _ in range(self._random.randrange(4)):
                kind = letter if self._is_sorted else self._random.choice("nwr")
                self.body += self._block(b"OSMData", self._data(kind))

    def _block(self, kind: bytes, data: bytes) -> bytes:
        blob = field(1, data)
        if self._random.random() < 0.5:
            blob = field(2, len(data)) + field(3, zlib.compress(data))
        header = field(1, kind) + field(3, len(blob))
        return struct.pack(">I", len(header)) + header + blob

    def _data(self, letter: str) -> bytes:
        """Write one PrimitiveBlock."""
        pick = self._random
        self._strings = [""]
        if pick.random() < 0.3:
            self._strings.append("")
        groups = b"".join(field(2, self._group(letter)) for _ in range(pick.choice((1, 1, 1, 2))))
        is_long = pick.random() < 0.1
        table = b"".join(field(1, text.encode(), is_long=is_long) for text in self._strings)
        parts = [field(1, table), groups]
        if pick.random() < 0.3:
            parts += [field(17, pick.choice((1, 100, 1000, 12_345)))]
            parts += [field(19, pick.randrange(10**9)), field(20, pick.randrange(-(10**9), 10**9))]
        if pick.random() < 0.2:
            parts.append(field(18, pick.choice((1, 1000, 60_000))))
        if pick.random() < 0.1:
            parts.reverse()
        return b"".join(parts)

    def _group(self, letter: str) -> bytes:
        count = self._random.randrange(5)
        if letter == "n":
            rows = [(self._id("n"), *self._tags()) for _ in range(count)]
            return self._dense(rows) if self._random.random() < 0.6 else self._plain(rows)
        number, write = (3, self._way) if letter == "w" else (4, self._relation)
        return b"".join(field(number, write()) for _ in range(count))

    def _id(self, letter: str) -> int:
        pick = self._random
        step = pick.choice((1, 1, 2, 1000)) if not self._is_history else pick.choice((0, 1, 5))
        self._next[letter] += step
        if not self._is_sorted and pick.random() < 0.2:
            return pick.randrange(-5, 5)
        return self._next[letter]

    def _string(self, text: str) -> int:
        if text and text in self._strings:
            return self._strings.index(text)
        self._strings.append(text)
        return len(self._strings) - 1

    def _tags(self) -> tuple[list[int], list[int]]:
        pick = self._random
        keys = [pick.choice(KEYS) for _ in range(pick.choice((0, 0, 1, 2, 3)))]
        return [self._string(k) for k in keys], [self._string(pick.choice(VALUES)) for _ in keys]

    def _place(self) -> tuple[int, int]:
        return self._random.randrange(-(10**8), 10**8), self._random.randrange(-(10**8), 10**8)

    def _info(self) -> bytes:
        pick = self._random
        said = field(1, pick.randrange(1, 9)) + field(2, pick.randrange(2**31))
        return said + (field(6, pick.randrange(2)) if self._is_history else b"")

    def _dense(self, rows: list[tuple[int, list[int], list[int]]]) -> bytes:
        places = [self._place() for _ in rows]
        keys_values = b"".join(
            b"".join(varint(k) + varint(v) for k, v in zip(keys, values, strict=True)) + b"\0"
            for _, keys, values in rows
        )
        said = field(1, b"".join(signed(step) for step in steps([row[0] for row in rows])))
        if self._random.random() < 0.7:
            versions = field(1, bytes(self._random.randrange(1, 9) for _ in rows))
            times = [self._random.randrange(2**31) for _ in rows]
            info = versions + field(2, b"".join(signed(step) for step in steps(times)))
            if self._is_history:
                info += field(6, bytes(self._random.randrange(2) for _ in rows))
            said += field(5, info)
        said += field(8, b"".join(signed(step) for step in steps([lat for lat, _ in places])))
        said += field(9, b"".join(signed(step) for step in steps([lon for _, lon in places])))
        if any(keys for _, keys, _ in rows) or self._random.random() < 0.5:
            said += field(10, keys_values)
        return field(2, said)

    def _plain(self, rows: list[tuple[int, list[int], list[int]]]) -> bytes:
        written = b""
        for osm_id, keys, values in rows:
            lat, lon = self._place()
            said = varint(1 << 3) + signed(osm_id) + self._packed_tags(keys, values)
            said += field(4, self._info()) if self._random.random() < 0.7 else b""
            written += field(1, said + varint(8 << 3) + signed(lat) + varint(9 << 3) + signed(lon))
        return written

    def _packed_tags(self, keys: list[int], values: list[int]) -> bytes:
        return b"".join(
            field(number, b"".join(varint(each) for each in texts))
            for number, texts in ((2, keys), (3, values))
            if texts
        )

    def _way(self) -> bytes:
        refs = [self._random.randrange(1, 2**34) for _ in range(self._random.randrange(4))]
        said = field(1, self._id("w")) + self._packed_tags(*self._tags()) + field(4, self._info())
        return said + field(8, b"".join(signed(step) for step in steps(refs)))

    def _relation(self) -> bytes:
        pick = self._random
        refs = [pick.randrange(1, 2**34) for _ in range(pick.randrange(4))]
        roles = b"".join(varint(self._string(pick.choice(ROLES))) for _ in refs)
        said = field(1, self._id("r")) + self._packed_tags(*self._tags()) + field(4, self._info())
        said += field(8, roles) + field(9, b"".join(signed(step) for step in steps(refs)))
        return said + field(10, bytes(pick.randrange(3) for _ in refs))


def said_of(objects: Iterator[OsmObject]) -> list[tuple[Any, ...]]:
    """Return all that each object says."""
    return [_said(each) for each in objects]


def _said(each: OsmObject) -> tuple[Any, ...]:
    letter = each.type_str()
    if letter == "n":
        parts: Any = (each.location.x, each.location.y)
    elif letter == "w":
        parts = tuple(node.ref for node in each.nodes)
    else:
        parts = tuple((member.type, member.ref, member.role) for member in each.members)
    tags = tuple((tag.k, tag.v) for tag in each.tags)
    return letter, each.id, each.version, str(each.timestamp), each.visible, tags, parts


def differences(path: Path) -> list[str]:
    """Say in what the reader and libosmium, which reads the whole file, differ."""
    whole = said_of(processor(path, osmium.osm.ALL))
    spellings = frozenset(value for row in whole for _, value in row[5] if camera_word(value))
    tag_filter = osmium.filter.TagFilter(*camera_filters(spellings), ENFORCEMENT_TAG)
    reader = BlockReader(path)
    told = []
    if said_of(reader.cameras(ENFORCEMENT_TAG)) != said_of(
        processor(path, osmium.osm.ALL, tag_filter)
    ):
        told.append("cameras")
    for letter, entities in LETTERS.items():
        ids = sorted({row[1] for row in whole if row[0] == letter and row[1] > 0})[::2]
        wanted = {*ids, 17, 2**34}
        expected = said_of(processor(path, entities, osmium.filter.IdFilter(sorted(wanted))))
        if said_of(reader.by_id(letter, wanted)) != expected:
            told.append(f"objects of type {letter} by id")
    return told


def columns_differ(path: Path) -> bool:
    """Whether candidates that are read with nodes as columns are others than object by object."""
    try:
        pbf.header_time(BlockReader(path))
    except SourceFormatError:
        # A history is not read for its cameras of today.
        return False
    return _candidates(path, as_columns=True) != _candidates(path, as_columns=False)


def _candidates(path: Path, *, as_columns: bool) -> tuple[object, ...] | str:
    with pytest.MonkeyPatch.context() as patch:
        if not as_columns:
            patch.setattr(pbf, "node_columns", lambda *_: None)
        try:
            collector, notes = pbf.collect(BlockReader(path), progress=NoProgress())
        except SourceFormatError as error:
            return str(error)
        observations, rejects = collector.sorted_result()
    return tuple(observations), rejects, notes


def main(count: int, first_seed: int = 0) -> int:
    """Compare on so many files, say on which they differ, and now and then how far it is."""
    differing = 0
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "generated.osm.pbf"
        for number, seed in enumerate(range(first_seed, first_seed + count), start=1):
            path.write_bytes(Generated(seed).body)
            told = differences(path)
            if columns_differ(path):
                told.append("nodes as columns")
            if told:
                differing += 1
                _say(f"seed {seed}: {', '.join(told)}")
            if number % _TOLD_EACH == 0:
                _say(f"{number:,} of {count:,}")
    seeds = f"seeds {first_seed} to {first_seed + count - 1}"
    _say(f"{count:,} files ({seeds}), {differing} read otherwise than by libosmium")
    return 1 if differing else 0


def _say(text: str) -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:])))
