"""
JSON and gzip from outside, read so that nothing cut, doubled or blown up passes.

What ``json.loads`` alone would let through is refused: a key that stands twice in one object,
NaN and Infinity, bytes that are not UTF-8, a gzip stream without its end.
"""

import zlib
from collections.abc import Iterator
from pathlib import Path

from mapper.clean.strict_json import RefusedJsonError, load_strict
from mapper.errors import SourceFormatError

JSON_BYTES_MAX = 512 * 1024 * 1024
"""Larger bodies are refused: every object of a region fits, and PBF carries the rest better."""

EXPANSION_MAX = 200
"""Highest ratio of unpacked to packed bytes; real OSM JSON packs about 12 to 1."""

_RATIO_COUNTS_FROM_BYTES = 4 * 1024 * 1024
_CHUNK_BYTES = 1024 * 1024
_GZIP_WINDOW_BITS = 31
_TOO_LARGE_NEXT = "Use a .osm.pbf extract for an area of this size."
_AGAIN = "Download the file again."


def load_json(path: Path, *, gzipped: bool) -> object:
    """
    Read a whole JSON file.

    Raises
    ------
    SourceFormatError
        If the body is larger than ``JSON_BYTES_MAX``, cut, not UTF-8, not JSON, nested too
        deep, or holds a doubled key, NaN, or a number of thousands of digits. The message names
        the file and, where there is one, the character.
    """
    text = _text(path, gzipped=gzipped)
    try:
        return load_strict(text)
    except RefusedJsonError as error:
        if error.char is None:
            msg = f"{path}: the JSON is not usable: {error}"
            raise SourceFormatError(msg) from error
        cut = "cut or " if error.char >= len(text.rstrip()) - 1 else ""
        msg = f"{path}: the JSON is {cut}broken at character {error.char:,}: {error}"
        raise SourceFormatError(msg, next_step=_AGAIN) from error


def _text(path: Path, *, gzipped: bool) -> str:
    chunks = _unpacked(path) if gzipped else _chunks(path)
    body = bytearray()
    for chunk in chunks:
        body += chunk
        if len(body) > JSON_BYTES_MAX:
            msg = f"{path}: more than {JSON_BYTES_MAX // 1024**2} MB of JSON"
            raise SourceFormatError(msg, next_step=_TOO_LARGE_NEXT)
    try:
        return body.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        msg = f"{path}: not UTF-8 text at byte {error.start:,}"
        raise SourceFormatError(msg, next_step=_AGAIN) from error


def _chunks(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK_BYTES):
            yield chunk


def _unpacked(path: Path) -> Iterator[bytes]:
    """Unpack every member of a gzip file; each must end, and nothing else may follow."""
    packed = unpacked = 0
    member = zlib.decompressobj(_GZIP_WINDOW_BITS)
    for chunk in _chunks(path):
        packed += len(chunk)
        waiting = chunk
        while waiting:
            if member.eof:
                member = zlib.decompressobj(_GZIP_WINDOW_BITS)
            piece = _inflate(path, member, waiting)
            waiting = member.unconsumed_tail or member.unused_data
            unpacked += len(piece)
            if unpacked > max(_RATIO_COUNTS_FROM_BYTES, EXPANSION_MAX * packed):
                msg = f"{path}: unpacks to more than {EXPANSION_MAX} times its size"
                raise SourceFormatError(msg, next_step="Do not trust where it came from.")
            yield piece
    if not member.eof:
        msg = f"{path}: the gzip stream ends too early, the file is cut"
        raise SourceFormatError(msg, next_step=_AGAIN)


def _inflate(path: Path, member: "zlib._Decompress", packed: bytes) -> bytes:
    try:
        return member.decompress(packed, _CHUNK_BYTES)
    except zlib.error as error:
        msg = f"{path}: the gzip stream is broken: {error}"
        raise SourceFormatError(msg, next_step=_AGAIN) from error
