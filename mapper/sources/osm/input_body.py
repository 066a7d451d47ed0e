"""A file as it lies there: what kind it is by its content, its hash, what proves it whole."""

import hashlib
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from mapper.errors import SourceFormatError, UsageError
from mapper.sources.osm.packed_body import Packing, first_bytes

_HEAD_BYTES = 1024
# A PBF begins with the length of its first BlobHeader, whose first field names its type.
_PBF_TYPE_AT = 4
_PBF_TYPE = b"\x0a\x09OSMHeader"
_JSON_STARTS = (b"{", b"[")
_BOM = b"\xef\xbb\xbf"
_TITLE = re.compile(rb"<title[^>]*>\s*([^<]{1,200})", re.IGNORECASE)
_AGAIN = "Download the file again."
_FORMATS = "Give a .osm.pbf extract, or OSM or Overpass JSON or XML (.json, .osm; .gz, .bz2)."
_OSM_ROOT = re.compile(rb"<osm(?:Change)?[\s>]")
_PACKED = ((b"\x1f\x8b", Packing.GZIP, ".gz"), (b"BZh", Packing.BZIP2, ".bz2"))
_HASHED = re.compile(r"[0-9a-f]{64}")
_HASH_SHOWN = 12


class BodyKind(StrEnum):
    """The formats that are read."""

    PBF = "pbf"
    JSON = "json"
    GZIPPED_JSON = "json.gz"
    BZIPPED_JSON = "json.bz2"
    XML = "osm"
    GZIPPED_XML = "osm.gz"
    BZIPPED_XML = "osm.bz2"

    @property
    def is_xml(self) -> bool:
        """Whether it is OSM XML, packed or not."""
        return self.startswith("osm")

    @property
    def packing(self) -> Packing:
        """How it is packed."""
        return {"gz": Packing.GZIP, "bz2": Packing.BZIP2}.get(self.rpartition(".")[2], Packing.NONE)


@dataclass(frozen=True, slots=True)
class Body:
    """
    One file.

    Attributes
    ----------
    proof
        What proves it whole before it is parsed; empty where nothing does.
    """

    path: Path
    kind: BodyKind
    sha256: str
    size_bytes: int
    proof: str


def is_pbf(path: Path) -> bool:
    """Tell an OSM PBF by how it begins."""
    with path.open("rb") as file:
        return file.read(_HEAD_BYTES)[_PBF_TYPE_AT:].startswith(_PBF_TYPE)


def open_body(path: Path, *, expected_size: int | None) -> Body:
    """
    Look at a file, hash it, and compare it with what is known of it.

    Parameters
    ----------
    expected_size
        The length in bytes recorded when it was downloaded; None where it was not.

    Raises
    ------
    UsageError
        If there is no such file, or it may not be read.
    SourceFormatError
        If it is empty, of another format, shorter or longer than recorded, or differs from the
        ``.sha256`` or ``.md5`` beside it.
    """
    with _unreadable_refused(path):
        kind = kind_of(path)
        sha256, md5, size = _hashes(path)
    proofs = [_checksum_proof(path, {".sha256": sha256, ".md5": md5})]
    if expected_size is not None:
        if size != expected_size:
            msg = f"{path}: {size:,} bytes, and {expected_size:,} were announced"
            raise SourceFormatError(msg, next_step=_AGAIN)
        proofs.append("it has the length that the server announced")
    return Body(path, kind, sha256, size, "; ".join(filter(None, proofs)))


@contextmanager
def _unreadable_refused(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        msg = f"{path}: cannot be read: {error.strerror or error}"
        raise UsageError(msg, next_step="Check the name and who may read it.") from error


def kind_of(path: Path) -> BodyKind:
    """
    Tell the format of a file by its first bytes.

    Raises
    ------
    UsageError, SourceFormatError
        As ``open_body``.
    """
    with _unreadable_refused(path), path.open("rb") as file:
        head = file.read(_HEAD_BYTES)
    text = head.removeprefix(_BOM).lstrip()
    if not text:
        msg = f"{path}: the file is empty"
        raise SourceFormatError(msg, next_step=_AGAIN)
    if head[_PBF_TYPE_AT:].startswith(_PBF_TYPE):
        return BodyKind.PBF
    for magic, packing, suffix in _PACKED:
        if head.startswith(magic):
            return BodyKind(_text_kind(path, first_bytes(path, packing, _HEAD_BYTES)) + suffix)
    return BodyKind(_text_kind(path, head))


def _text_kind(path: Path, head: bytes) -> str:
    """Return ``json`` or ``osm`` for the first bytes of an unpacked text."""
    text = head.removeprefix(_BOM).lstrip()
    if text.startswith(_JSON_STARTS):
        return BodyKind.JSON
    if text.startswith(b"<"):
        if _OSM_ROOT.search(text):
            return BodyKind.XML
        raise SourceFormatError(_markup(path, head), next_step=_FORMATS)
    msg = f"{path}: neither OSM PBF nor JSON; it begins with {head[:16]!r}"
    raise SourceFormatError(msg, next_step=_FORMATS)


def _markup(path: Path, head: bytes) -> str:
    title = _TITLE.search(head)
    if title:
        words = " ".join(title[1].decode("utf-8", "replace").split())
        return f"{path}: a web page titled {words!r}, not map data"
    return f"{path}: a web page or XML, not map data"


def _hashes(path: Path) -> tuple[str, str, int]:
    sha256 = hashlib.sha256()
    md5 = hashlib.md5(usedforsecurity=False)
    size = 0
    with path.open("rb") as file:
        while chunk := file.read(1024 * 1024):
            sha256.update(chunk)
            md5.update(chunk)
            size += len(chunk)
    return sha256.hexdigest(), md5.hexdigest(), size


def _checksum_proof(path: Path, digests: dict[str, str]) -> str:
    """Compare with the checksum files beside it, in the form that md5sum and sha256sum write."""
    proofs = []
    for suffix, digest in digests.items():
        beside = path.with_name(path.name + suffix)
        if not beside.is_file():
            continue
        with beside.open("rb") as file:
            first = file.read(_HEAD_BYTES).split(maxsplit=1)
        checksum = first[0].decode("ascii", "replace").lower() if first else ""
        if len(checksum) != len(digest):
            msg = f"{beside}: holds no {suffix[1:]} checksum"
            raise SourceFormatError(msg, next_step="Download it again, or remove it.")
        if checksum != digest:
            msg = f"{path}: differs from the checksum in {beside.name}; it is cut or another file"
            raise SourceFormatError(msg, next_step=_AGAIN)
        proofs.append(f"it matches {suffix[1:]} beside it")
    return "; ".join(proofs)


def told_name(path: Path) -> str:
    """Return the name of a file as progress says it; a body of the archive lies under its hash."""
    # As many digits as `mapper collect` says when it keeps the body.
    return path.name[:_HASH_SHOWN] if _HASHED.fullmatch(path.name) else path.name
