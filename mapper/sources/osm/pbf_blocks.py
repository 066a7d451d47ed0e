r"""
Walk the blocks of a PBF before libosmium sees them.

libosmium ends a string at its first NUL byte. A NUL within a string therefore makes it read past
the tags of an object, and crash. No OpenStreetMap database can hold one, so a file that does is
refused. The walk also finds a cut within a block, and says where.

Notes
-----
Source: the PBF format, https://wiki.openstreetmap.org/wiki/PBF_Format (sizes of header and blob,
fields of Blob and PrimitiveBlock), and the wire format of protocol buffers.
"""

import re
import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from mapper.errors import SourceFormatError
from mapper.sources.osm.tag_reading import camera_word

_HEADER_BYTES_MAX = 64 * 1024
_BLOB_BYTES_MAX = 32 * 1024 * 1024
_LENGTH = struct.Struct(">I")

_VARINT, _FIXED64, _BYTES, _FIXED32 = 0, 1, 2, 5
_VARINT_BYTES_MAX = 10
_HEADER_TYPE, _HEADER_DATA_SIZE = 1, 3
_BLOB_RAW, _BLOB_ZLIB = 1, 3
_BLOCK_STRINGS = 1
_STRING = 1
_EMPTY_STRING = b"\x0a\x00"
# A camera's word in capitals, or beside a separator.
_NAMES_AMONG_OTHERS = re.compile(
    rb"(?i:surveillance|speed_camera)\s*[;,|]|[;,|]\s*(?i:surveillance|speed_camera)"
    rb"|S(?i:urveillance|peed_camera)|s(?:URVEILLANCE|PEED_CAMERA)"
)
# A value of OpenStreetMap has 255 characters at most.
_VALUE_BYTES_MAX = 1020
_SPELLINGS_MAX = 1_000
STRINGS_WALKED_MAX = 20_000_000
"""Walking them takes about ten seconds; only odd tables are walked at all."""

EXPANSION_MAX = 100
"""Highest ratio of unpacked to packed bytes; real extracts unpack to three times their size."""

_RATIO_COUNTS_FROM_BYTES = 64 * 1024 * 1024

_AGAIN = "Download the file again."

Field = tuple[int, int | memoryview]


class _MalformedError(ValueError):
    """A block does not follow the format."""


@dataclass(slots=True)
class Blocks:
    """
    What a walk over all blocks saw.

    Attributes
    ----------
    count
        How many blocks there are, the header among them.
    spellings
        Strings that name a camera among other things (``mast;surveillance``): a filter of exact
        tags must know them.
    packed_bytes, unpacked_bytes, strings_walked
        What the caps are held against.
    """

    count: int = 0
    spellings: set[str] = field(default_factory=set)
    packed_bytes: int = 0
    unpacked_bytes: int = 0
    strings_walked: int = 0


def check_blocks(path: Path) -> Blocks:
    """
    Walk all blocks and look into their tables of strings.

    Raises
    ------
    SourceFormatError
        If the file ends within a block, a block is not built as the format says, is packed in
        another way than zlib, holds a string with a NUL byte or more strings than a block can
        need, or if the file unpacks to more than ``EXPANSION_MAX`` times its size.
    """
    seen = Blocks()
    with path.open("rb") as file:
        while True:
            begin = file.tell()
            try:
                block = _next_block(file)
                if block is None:
                    return seen
                kind, data = block
                seen.packed_bytes += file.tell() - begin
                seen.unpacked_bytes += len(data)
                _check_expansion(seen)
                _check_strings(kind, data, seen)
            except (_MalformedError, struct.error, zlib.error) as error:
                msg = f"{path}: the PBF is broken or cut in the block at byte {begin:,}: {error}"
                raise SourceFormatError(msg, next_step=_AGAIN) from error
            seen.count += 1


def _next_block(file: BinaryIO) -> tuple[bytes, memoryview] | None:
    """Read the type and the unpacked data of the next block; None at the end of the file."""
    length = file.read(_LENGTH.size)
    if not length:
        return None
    (header_size,) = _LENGTH.unpack(length)
    header = _once_each(_exactly(file, header_size, _HEADER_BYTES_MAX))
    kind, size = header.get(_HEADER_TYPE), header.get(_HEADER_DATA_SIZE)
    if not isinstance(kind, memoryview) or not isinstance(size, int):
        msg = "its header lacks type or size"
        raise _MalformedError(msg)
    return bytes(kind), _unpacked(_exactly(file, size, _BLOB_BYTES_MAX))


def _exactly(file: BinaryIO, size: int, size_max: int) -> memoryview:
    if size > size_max:
        msg = f"{size:,} bytes are announced, and {size_max:,} are allowed"
        raise _MalformedError(msg)
    data = file.read(size)
    if len(data) < size:
        msg = f"{size:,} bytes are announced, and {len(data):,} are there"
        raise _MalformedError(msg)
    return memoryview(data)


def _unpacked(blob: memoryview) -> memoryview:
    fields = _once_each(blob)
    raw, packed = fields.get(_BLOB_RAW), fields.get(_BLOB_ZLIB)
    if isinstance(raw, memoryview):
        return raw
    if not isinstance(packed, memoryview):
        msg = "it is packed in another way than zlib"
        raise _MalformedError(msg)
    inflater = zlib.decompressobj()
    data = inflater.decompress(packed, _BLOB_BYTES_MAX)
    if not inflater.eof:
        msg = "its packed data does not end, or is larger than a block may be"
        raise _MalformedError(msg)
    return memoryview(data)


def _check_expansion(seen: Blocks) -> None:
    if seen.unpacked_bytes > max(_RATIO_COUNTS_FROM_BYTES, EXPANSION_MAX * seen.packed_bytes):
        msg = f"it unpacks to more than {EXPANSION_MAX} times its size"
        raise _MalformedError(msg)


def _check_strings(kind: bytes, data: memoryview, seen: Blocks) -> None:
    if kind != b"OSMData":
        return
    for number, table in _fields(data):
        if number != _BLOCK_STRINGS or not isinstance(table, memoryview):
            continue
        # Nearly every table begins with the empty string, whose length is its one zero byte.
        table_bytes = bytes(table)
        has_no_nul = table_bytes.count(0) == table_bytes.startswith(_EMPTY_STRING)
        if has_no_nul and not _NAMES_AMONG_OTHERS.search(table_bytes):
            continue
        for entry, string in _fields(table):
            seen.strings_walked += 1
            if seen.strings_walked > STRINGS_WALKED_MAX:
                msg = "its tables hold more strings than map data needs"
                raise _MalformedError(msg)
            if entry != _STRING or not isinstance(string, memoryview):
                continue
            _check_string(string, seen)


def _check_string(string: memoryview, seen: Blocks) -> None:
    if 0 in string:
        msg = "a string holds a NUL byte"
        raise _MalformedError(msg)
    if len(string) <= _VALUE_BYTES_MAX and len(seen.spellings) < _SPELLINGS_MAX:
        value = bytes(string).decode("utf-8", "replace")
        if camera_word(value):
            seen.spellings.add(value)


def _once_each(message: memoryview) -> dict[int, int | memoryview]:
    """Return the fields by number; a field that comes twice could be read in two ways."""
    fields = list(_fields(message))
    once = dict(fields)
    if len(once) < len(fields):
        msg = "a field stands twice"
        raise _MalformedError(msg)
    return once


def _fields(message: memoryview) -> Iterator[Field]:
    """Yield number and value of each field of a protocol buffer; fixed numbers as bytes."""
    at = 0
    while at < len(message):
        key, at = _varint(message, at)
        number, wire_type = key >> 3, key & 7
        if wire_type == _VARINT:
            value, at = _varint(message, at)
            yield number, value
            continue
        if wire_type == _BYTES:
            size, at = _varint(message, at)
        elif wire_type in {_FIXED64, _FIXED32}:
            size = 8 if wire_type == _FIXED64 else 4
        else:
            msg = f"a field has the unknown wire type {wire_type}"
            raise _MalformedError(msg)
        if at + size > len(message):
            msg = "a field is longer than what holds it"
            raise _MalformedError(msg)
        yield number, message[at : at + size]
        at += size


def _varint(message: memoryview, at: int) -> tuple[int, int]:
    """Read a variable-length number, and give it with the place behind it."""
    number = 0
    for index, byte in enumerate(message[at : at + _VARINT_BYTES_MAX]):
        number |= (byte & 0x7F) << (7 * index)
        if byte < 0x80:  # noqa: PLR2004 - the bit that says another byte follows
            return number, at + index + 1
    msg = "a number does not end"
    raise _MalformedError(msg)
