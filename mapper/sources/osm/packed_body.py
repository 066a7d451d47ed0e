"""Bodies that may be packed by gzip or bzip2, unpacked in pieces and to a bounded size."""

import bz2
import zlib
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path
from typing import Final

from mapper.errors import SourceFormatError

EXPANSION_MAX: Final = 200
"""Highest ratio of unpacked to packed bytes; real OSM JSON packs about 12 to 1."""

_RATIO_COUNTS_FROM_BYTES: Final = 4 * 1024 * 1024
_CHUNK_BYTES: Final = 1024 * 1024
_GZIP_WINDOW_BITS: Final = 31
_AGAIN: Final = "Download the file again."


class Packing(StrEnum):
    """How a body is packed."""

    NONE = ""
    GZIP = "gzip"
    BZIP2 = "bzip2"


def body_pieces(path: Path, packing: Packing) -> Iterator[bytes]:
    """
    Yield the body of a file in pieces, unpacked.

    Raises
    ------
    SourceFormatError
        If the packed stream is cut or broken, or unpacks to more than ``EXPANSION_MAX`` times its
        size.
    """
    chunks = _chunks(path)
    if packing is Packing.GZIP:
        return _bounded(path, chunks, _Gzip(path))
    return _bounded(path, chunks, _Bzip2(path)) if packing is Packing.BZIP2 else chunks


def first_bytes(path: Path, packing: Packing, count: int) -> bytes:
    """Return the first unpacked bytes of a body, as many as its first piece has of them."""
    return next(body_pieces(path, packing), b"")[:count]


class _Gzip:
    """Every member of a gzip file; each must end, and nothing else may follow."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._member = zlib.decompressobj(_GZIP_WINDOW_BITS)

    def pieces(self, packed: bytes) -> Iterator[bytes]:
        """Yield what a packed piece unpacks to, in bounded pieces."""
        waiting = packed
        while waiting:
            if self._member.eof:
                self._member = zlib.decompressobj(_GZIP_WINDOW_BITS)
            try:
                piece = self._member.decompress(waiting, _CHUNK_BYTES)
            except zlib.error as error:
                msg = f"{self._path}: the gzip stream is broken: {error}"
                raise SourceFormatError(msg, next_step=_AGAIN) from error
            waiting = self._member.unconsumed_tail or self._member.unused_data
            yield piece

    def require_end(self) -> None:
        """Refuse a stream that was cut."""
        if not self._member.eof:
            msg = f"{self._path}: the gzip stream ends too early, the file is cut"
            raise SourceFormatError(msg, next_step=_AGAIN)


class _Bzip2:
    """Every stream of a bzip2 file, as parallel packers write several."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._stream = bz2.BZ2Decompressor()

    def pieces(self, packed: bytes) -> Iterator[bytes]:
        """Yield what a packed piece unpacks to, in bounded pieces."""
        waiting = packed
        while waiting or not (self._stream.needs_input or self._stream.eof):
            if self._stream.eof:
                self._stream = bz2.BZ2Decompressor()
            try:
                piece = self._stream.decompress(waiting, _CHUNK_BYTES)
            except (OSError, EOFError) as error:
                msg = f"{self._path}: the bzip2 stream is broken: {error}"
                raise SourceFormatError(msg, next_step=_AGAIN) from error
            # What it did not take yet it keeps itself, until its end.
            waiting = self._stream.unused_data if self._stream.eof else b""
            yield piece

    def require_end(self) -> None:
        """Refuse a stream that was cut."""
        if not self._stream.eof:
            msg = f"{self._path}: the bzip2 stream ends too early, the file is cut"
            raise SourceFormatError(msg, next_step=_AGAIN)


def _bounded(path: Path, chunks: Iterator[bytes], unpacker: "_Gzip | _Bzip2") -> Iterator[bytes]:
    packed = unpacked = 0
    for chunk in chunks:
        packed += len(chunk)
        for piece in unpacker.pieces(chunk):
            unpacked += len(piece)
            if unpacked > max(_RATIO_COUNTS_FROM_BYTES, EXPANSION_MAX * packed):
                msg = f"{path}: unpacks to more than {EXPANSION_MAX} times its size"
                raise SourceFormatError(msg, next_step="Do not trust where it came from.")
            yield piece
    unpacker.require_end()


def _chunks(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK_BYTES):
            yield chunk
