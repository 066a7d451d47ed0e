"""
The bytes that a PBF is made of: blocks, and the fields of protocol buffers within them.

Notes
-----
Source: the PBF format, https://wiki.openstreetmap.org/wiki/PBF_Format (sizes of header and blob,
fields of BlobHeader and Blob), and the wire format of protocol buffers.
"""

import struct
from collections.abc import Iterator
from typing import BinaryIO, NamedTuple

from isal import isal_zlib

_HEADER_BYTES_MAX = 64 * 1024
_BLOB_BYTES_MAX = 32 * 1024 * 1024
_LENGTH = struct.Struct(">I")

HEADER, DATA = b"OSMHeader", b"OSMData"
"""The kinds of blocks that a file is made of."""

_VARINT, _FIXED64, _BYTES, _FIXED32 = 0, 1, 2, 5
_VARINT_BYTES_MAX = 10
_HEADER_TYPE, _HEADER_DATA_SIZE = 1, 3
_BLOB_RAW, _BLOB_RAW_SIZE, _BLOB_ZLIB = 1, 2, 3
_OTHER_PACKINGS = {4: "LZMA", 5: "bzip2", 6: "LZ4", 7: "Zstandard"}

Field = tuple[int, int | memoryview]


class MalformedError(ValueError):
    """A block does not follow the format."""

    next_step = "Download the file again."


class PackedOtherwiseError(MalformedError):
    """A block is packed in a way that is not read."""

    next_step = "Pack it by zlib: osmium cat in.osm.pbf -o out.osm.pbf"


class PackedBlock(NamedTuple):
    """
    A block as it stands in the file.

    Attributes
    ----------
    begin, size
        The bytes of the file that it takes, with its header.
    kind
        ``OSMHeader`` or ``OSMData``.
    blob
        What its header announces, packed.
    """

    begin: int
    size: int
    kind: bytes
    blob: memoryview


def next_block(file: BinaryIO) -> PackedBlock | None:
    """
    Read the block that begins here; None at the end of the file.

    Raises
    ------
    MalformedError
        If it is cut, larger than the format allows, or its header is not whole.
    """
    begin = file.tell()
    length = file.read(_LENGTH.size)
    if not length:
        return None
    if len(length) < _LENGTH.size:
        msg = "the file ends within a length"
        raise MalformedError(msg)
    (header_size,) = _LENGTH.unpack(length)
    header = once_each(_exactly(file, header_size, _HEADER_BYTES_MAX))
    kind, size = header.get(_HEADER_TYPE), header.get(_HEADER_DATA_SIZE)
    if not isinstance(kind, memoryview) or not isinstance(size, int):
        msg = "its header lacks type or size"
        raise MalformedError(msg)
    blob = _exactly(file, size, _BLOB_BYTES_MAX)
    return PackedBlock(begin, _LENGTH.size + header_size + size, bytes(kind), blob)


def raw_block(kind: bytes, data: bytes) -> bytes:
    """Write a block that is not packed."""
    before_data = bytes([_BLOB_RAW << 3 | _BYTES]) + _written_varint(len(data))
    size = _written_varint(len(before_data) + len(data))
    header = written_field(_HEADER_TYPE, kind) + bytes([_HEADER_DATA_SIZE << 3 | _VARINT]) + size
    # Joined once, for the data may be megabytes and each `+` would copy them.
    return b"".join((_LENGTH.pack(len(header)), header, before_data, data))


def written_field(number: int, data: bytes) -> bytes:
    """Write a field of bytes."""
    return bytes([number << 3 | _BYTES]) + _written_varint(len(data)) + data


def unpacked(blob: memoryview) -> bytes:
    """
    Return the data of a blob.

    Raises
    ------
    MalformedError
        If it is packed in another way than zlib, is cut, or is not as long as it says.
    """
    fields = once_each(blob)
    raw, packed = fields.get(_BLOB_RAW), fields.get(_BLOB_ZLIB)
    if isinstance(raw, memoryview):
        return bytes(raw)
    if not isinstance(packed, memoryview):
        names = [name for number, name in _OTHER_PACKINGS.items() if number in fields]
        msg = f"it is packed in another way than zlib: {', '.join(names) or 'unknown'}"
        raise PackedOtherwiseError(msg)
    inflater = isal_zlib.decompressobj()
    try:
        data = inflater.decompress(packed, _BLOB_BYTES_MAX)
    except isal_zlib.error as error:  # type: ignore[misc]
        msg = f"its packed data is broken: {error}"
        raise MalformedError(msg) from error
    if not inflater.eof:
        msg = "its packed data does not end, or is larger than a block may be"
        raise MalformedError(msg)
    # libosmium fills what is missing with NUL bytes.
    if fields.get(_BLOB_RAW_SIZE) != len(data):
        msg = f"it unpacks to {len(data):,} bytes, and says {fields.get(_BLOB_RAW_SIZE)}"
        raise MalformedError(msg)
    return data


def once_each(message: memoryview) -> dict[int, int | memoryview]:
    """
    Return the fields by number; a field that comes twice could be read in two ways.

    Raises
    ------
    MalformedError
        If one does.
    """
    fields = list(fields_of(message))
    once = dict(fields)
    if len(once) < len(fields):
        msg = "a field stands twice"
        raise MalformedError(msg)
    return once


def fields_of(message: memoryview) -> Iterator[Field]:
    """
    Yield number and value of each field of a protocol buffer; fixed numbers as bytes.

    Raises
    ------
    MalformedError
        If a field is cut or of an unknown type.
    """
    at = 0
    while at < len(message):
        key, at = varint(message, at)
        number, wire_type = key >> 3, key & 7
        if wire_type == _VARINT:
            value, at = varint(message, at)
            yield number, value
            continue
        if wire_type == _BYTES:
            size, at = varint(message, at)
        elif wire_type in {_FIXED64, _FIXED32}:
            size = 8 if wire_type == _FIXED64 else 4
        else:
            msg = f"a field has the unknown wire type {wire_type}"
            raise MalformedError(msg)
        if at + size > len(message):
            msg = "a field is longer than what holds it"
            raise MalformedError(msg)
        yield number, message[at : at + size]
        at += size


def varint(message: memoryview, at: int) -> tuple[int, int]:
    """
    Read a variable-length number, and give it with the place behind it.

    Raises
    ------
    MalformedError
        If it does not end.
    """
    number = 0
    for index, byte in enumerate(message[at : at + _VARINT_BYTES_MAX]):
        number |= (byte & 0x7F) << (7 * index)
        if byte < 0x80:  # noqa: PLR2004 - the bit that says another byte follows
            return number, at + index + 1
    msg = "a number does not end"
    raise MalformedError(msg)


def _exactly(file: BinaryIO, size: int, size_max: int) -> memoryview:
    if size > size_max:
        msg = f"{size:,} bytes are announced, and {size_max:,} are allowed"
        raise MalformedError(msg)
    data = file.read(size)
    if len(data) < size:
        msg = f"{size:,} bytes are announced, and {len(data):,} are there"
        raise MalformedError(msg)
    return memoryview(data)


def _written_varint(number: int) -> bytes:
    septets = bytearray()
    while number > 0x7F:  # noqa: PLR2004 - seven bits a byte
        septets.append(number & 0x7F | 0x80)
        number >>= 7
    septets.append(number)
    return bytes(septets)
