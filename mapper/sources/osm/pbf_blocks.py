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

import struct
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from mapper.errors import SourceFormatError

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

_AGAIN = "Download the file again."

Field = tuple[int, int | memoryview]


class _MalformedError(ValueError):
    """A block does not follow the format."""


def check_blocks(path: Path) -> int:
    """
    Walk all blocks and look into their tables of strings.

    Returns
    -------
    int
        How many blocks there are, the header among them.

    Raises
    ------
    SourceFormatError
        If the file ends within a block, a block is not built as the format says, is packed in
        another way than zlib, or holds a string with a NUL byte.
    """
    count = 0
    with path.open("rb") as file:
        while True:
            begin = file.tell()
            try:
                block = _next_block(file)
                if block is None:
                    return count
                kind, data = block
                _check_strings(kind, data)
            except (_MalformedError, struct.error, zlib.error) as error:
                msg = f"{path}: the PBF is broken or cut in the block at byte {begin:,}: {error}"
                raise SourceFormatError(msg, next_step=_AGAIN) from error
            count += 1


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


def _check_strings(kind: bytes, data: memoryview) -> None:
    if kind != b"OSMData":
        return
    for number, table in _fields(data):
        if number != _BLOCK_STRINGS or not isinstance(table, memoryview):
            continue
        # Nearly every table begins with the empty string, whose length is its one zero byte.
        written = bytes(table)
        if written.count(0) == written.startswith(_EMPTY_STRING):
            continue
        for entry, string in _fields(table):
            if entry == _STRING and isinstance(string, memoryview) and 0 in string:
                msg = "a string holds a NUL byte"
                raise _MalformedError(msg)


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
