"""
A body, streamed to a file and proven complete, or an error.

What proves it: a length that is met, a last chunk, the end of a gzip stream; and, where the
transfer says nothing of its end, the end that the format itself has (``Ending``).
"""

import hashlib
import json
import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

import requests

from mapper.errors import FetchError

_EXPANSION_FLOOR_BYTES = 1_000_000
_SNIFF_BYTES = 1024
_PIECE_BYTES = 65_536
_HTML = re.compile(
    rb"^(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*>\s*)?<(?:!doctype\s+html|html)", re.IGNORECASE
)
_TITLE = re.compile(rb"<title[^>]*>([^<]{0,120})", re.IGNORECASE)


class TooLargeError(FetchError):
    """A body is larger than it may be; where less can be asked for, that helps."""


class PageError(FetchError):
    """A page came in the place of data; its beginning may say why."""

    def __init__(self, what: str, *, page: str, next_step: str = "") -> None:
        super().__init__(what, next_step=next_step)
        self.page = page


class Ending(StrEnum):
    """The end that a format has of itself."""

    NONE = "none"
    JSON = "JSON"
    XML = "XML"
    ZIP = "ZIP"


@dataclass(frozen=True, slots=True)
class Caps:
    """How much a body may be: bytes in all, and how far compression may expand them."""

    body_bytes: int = 2_000_000_000
    expansion: int = 200


@dataclass(frozen=True, slots=True)
class Stored:
    """A body on disk: its hash and size after the transfer's own compression was undone."""

    path: Path
    sha256: str
    size_bytes: int
    proof: str


class BodyWriter:
    """
    Takes the pieces of a body as they come off the wire.

    Parameters
    ----------
    path
        A new file; the caller moves or removes it.
    encoding
        The ``Content-Encoding``: empty, ``identity``, ``gzip`` or ``deflate``.
    length_bytes
        The ``Content-Length`` (before decompression), or None.
    is_chunked
        Whether the transfer ends by a last chunk, which the reader of the wire has checked.
    """

    def __init__(
        self, path: Path, *, encoding: str, length_bytes: int | None, is_chunked: bool, caps: Caps
    ) -> None:
        self._path = path
        self._length_bytes = length_bytes
        self._is_chunked = is_chunked
        self._caps = caps
        self._hash = hashlib.sha256()
        self._wire_bytes = 0
        self._size_bytes = 0
        self._head = b""
        self._inflate = _decompressor(encoding)

    def write_all(self, pieces: Iterator[bytes]) -> None:
        """
        Write every piece.

        Raises
        ------
        FetchError
            If the body grows beyond a cap, or its compression is broken.
        """
        with self._path.open("xb") as file:
            for piece in pieces:
                self._wire_bytes += len(piece)
                for plain in self._plain(piece):
                    self._count(plain)
                    file.write(plain)

    def _plain(self, piece: bytes) -> Iterator[bytes]:
        if self._inflate is None:
            yield piece
            return
        # At most 1 MB at a time leaves the decompressor, so that a bomb meets the cap early.
        rest = piece
        while rest:
            try:
                plain = self._inflate.decompress(rest, _EXPANSION_FLOOR_BYTES)
            except zlib.error as error:
                msg = f"the compressed body is broken after {self._wire_bytes:,} bytes"
                raise FetchError(msg, next_step="try again; the server sent a damaged body.") from (
                    error
                )
            rest = self._inflate.unconsumed_tail
            if not plain:
                return
            yield plain

    def _count(self, plain: bytes) -> None:
        self._hash.update(plain)
        self._size_bytes += len(plain)
        if len(self._head) < _SNIFF_BYTES:
            self._head += plain[: _SNIFF_BYTES - len(self._head)]
        if self._size_bytes > self._caps.body_bytes:
            msg = f"the body is larger than {self._caps.body_bytes:,} bytes"
            raise TooLargeError(msg, next_step="this source is not what it was; report it.")
        allowed = max(self._wire_bytes * self._caps.expansion, _EXPANSION_FLOOR_BYTES)
        if self._inflate is not None and self._size_bytes > allowed:
            msg = f"the body expands more than {self._caps.expansion} times"
            raise FetchError(msg, next_step="do not trust this server.")

    def finish(self, *, ending: Ending, html_expected: bool = False) -> Stored:
        """
        Prove the body complete.

        Raises
        ------
        FetchError
            If it is empty, shorter than declared, cut, a page where data was expected, or nothing
            proves its end.
        """
        if self._length_bytes is not None and self._wire_bytes != self._length_bytes:
            msg = f"the body ended after {self._wire_bytes:,} of {self._length_bytes:,} bytes"
            raise FetchError(msg, next_step="try again; nothing partial was kept.")
        if self._inflate is not None and not self._inflate.eof:
            msg = f"the compressed body ended early, after {self._wire_bytes:,} bytes"
            raise FetchError(msg, next_step="try again; nothing partial was kept.")
        if not self._size_bytes:
            msg = "the body is empty"
            raise FetchError(msg, next_step="try again later; the server sent nothing.")
        if not html_expected and _HTML.match(self._head):
            raise PageError(
                _page_message(self._head),
                page=self._head.decode("utf-8", "replace"),
                next_step="open the address by hand.",
            )
        proofs = []
        if self._length_bytes is not None:
            proofs.append("length")
        if self._is_chunked:
            proofs.append("last chunk")
        if self._inflate is not None:
            proofs.append("end of compression")
        if ending is not Ending.NONE:
            _prove_ending(self._path, ending)
            proofs.append(f"end of {ending}")
        if not proofs:
            msg = "nothing proves that the body is whole: no length, no last chunk, no end"
            raise FetchError(msg, next_step="download it by hand and give the file to mapper.")
        return Stored(self._path, self._hash.hexdigest(), self._size_bytes, ", ".join(proofs))


def pieces_of(response: requests.Response) -> Iterator[bytes]:
    """Yield the body off the wire, as it comes, its compression not undone."""
    # read1 returns after one read of the socket, so that a dripping server meets the deadline.
    while piece := response.raw.read1(_PIECE_BYTES, decode_content=False):
        yield piece


def _decompressor(encoding: str) -> "zlib._Decompress | None":
    name = encoding.strip().lower()
    if name in {"", "identity"}:
        return None
    if name in {"gzip", "x-gzip", "deflate"}:
        return zlib.decompressobj(wbits=zlib.MAX_WBITS | 32)
    msg = f"the server compressed the body as {encoding!r}, which was not asked for"
    raise FetchError(msg, next_step="report the source.")


def _page_message(head: bytes) -> str:
    title = _TITLE.search(head)
    words = title.group(1).decode("utf-8", "replace").strip() if title else ""
    return f"the server sent a page instead of data{f', titled {words!r}' if words else ''}"


def _prove_ending(path: Path, ending: Ending) -> None:
    if ending is Ending.JSON:
        try:
            with path.open(encoding="utf-8-sig") as file:
                json.load(file)
        except (ValueError, RecursionError) as error:
            msg = f"the JSON does not end properly ({error})"
            raise FetchError(msg, next_step="try again; nothing partial was kept.") from error
        return
    tail = path.read_bytes()[-65_557:]
    whole = tail.rstrip().endswith(b">") if ending is Ending.XML else b"PK\x05\x06" in tail
    if not whole:
        msg = f"the {ending} body does not end properly"
        raise FetchError(msg, next_step="try again; nothing partial was kept.")
