"""Files as GDAL and the zip library want them: on disk under a name of ours, checked before."""

import tempfile
import warnings
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Final
from xml.parsers.expat import ExpatError, ParserCreate

import pyogrio
from pyogrio.errors import DataLayerError, DataSourceError, FeatureError, FieldError, GeometryError

from mapper.own_lists.table import refused

UNPACKED_BYTES_MAX: Final = 400_000_000
_PART_BYTES: Final = 1_000_000
_RATIO_MAX: Final = 200
_RATIO_FROM_BYTES: Final = 20_000_000
_ENCRYPTED: Final = 0x1
_WARNINGS_SHOWN: Final = 3
# The last two are how pyogrio fails on texts that are no UTF-8, and on a system it cannot read.
_GDAL_ERRORS: Final = (
    DataLayerError, DataSourceError, FeatureError, FieldError, GeometryError, UnicodeDecodeError,
    UnboundLocalError,
)  # fmt: skip
_POINTERS: Final = (b"<OGRVRTDataSource", b"<OGRWFSDataSource", b"gdal_streamed_alg")
"""What makes GDAL open another file or an address that the content names."""


@dataclass(slots=True)
class OnDisk:
    """
    A body on the disk for as long as it is read.

    Attributes
    ----------
    path
        Its name there.
    warned
        What GDAL warned of, in its words; filled when the reading has ended.
    """

    path: Path
    warned: list[str] = field(default_factory=list)

    def notes(self) -> tuple[str, ...]:
        """Return the first few different warnings, for the reader of the import."""
        words = (text.replace(str(self.path), "the file")[:200] for text in self.warned)
        return tuple(f"GDAL warns: {text}" for text in list(dict.fromkeys(words))[:_WARNINGS_SHOWN])


@contextmanager
def on_disk(name: str, body: bytes, suffix: str) -> Iterator[OnDisk]:
    """
    Put a body under a name of ours in a folder of ours for as long as it is read.

    Raises
    ------
    SourceFormatError
        If its content would make GDAL open something else, or GDAL cannot read it.
    """
    if any(pointer in body[:65_536] for pointer in _POINTERS):
        raise refused(name, "points to other files, and holds no list", "give the list itself.")
    with tempfile.TemporaryDirectory(prefix="mapper-list-") as folder:
        path = Path(folder) / f"list{suffix}"
        path.write_bytes(body)
        opened = OnDisk(path)
        try:
            with warnings.catch_warnings(record=True) as caught:
                warnings.simplefilter("always")
                yield opened
            opened.warned += [str(warning.message) for warning in caught]
        except _GDAL_ERRORS as error:
            # GDAL's words name our folder, which says nothing to the reader.
            words = str(error).replace(str(path), name).replace(folder, "")[:300]
            kind = suffix.removeprefix(".").upper()
            what = f"cannot be read as {kind}: {words}"
            if "No such file" in words or "not recognized" in words:
                what = f"is called {kind}, and its content is not"
            step = "open it where it was made or in QGIS, and save it anew, or as CSV UTF-8."
            raise refused(name, what, step) from error


def layer_names(path: str) -> list[str]:
    """Return the names of a data source's layers, in its order."""
    return [str(row[0]) for row in pyogrio.list_layers(path)]


@contextmanager
def zip_members(
    name: str, file: IO[bytes], *, unpacked_max: int = UNPACKED_BYTES_MAX
) -> Iterator[zipfile.ZipFile]:
    """
    Open a zip archive whose members unpack to a bounded size and are not encrypted.

    Raises
    ------
    SourceFormatError
        If it is cut, encrypted, packed in an unknown way, or would unpack to too much.
    """
    try:
        with zipfile.ZipFile(file) as archive:
            infos = archive.infolist()
            if any(info.flag_bits & _ENCRYPTED for info in infos):
                raise refused(name, "is encrypted", "save it without a password.")
            unpacked = sum(info.file_size for info in infos)
            packed = sum(info.compress_size for info in infos)
            is_bomb = unpacked > max(_RATIO_FROM_BYTES, _RATIO_MAX * packed)
            if unpacked > unpacked_max or is_bomb:
                what = f"unpacks to {unpacked:,} bytes from {packed:,}"
                raise refused(name, what, "do not trust where it came from, or cut it into parts.")
            yield archive
    except (zipfile.BadZipFile, EOFError, NotImplementedError, RuntimeError, OSError) as error:
        raise refused(name, f"is no whole zip archive ({error})", "get it again.") from error
    except (KeyError, ValueError, zipfile.zlib.error) as error:  # type: ignore[attr-defined]
        raise refused(name, f"is a damaged zip archive ({error})", "get it again.") from error


def require_whole_xml(name: str, part: str, stream: IO[bytes], *, row_tag: bytes = b"") -> int:
    """
    Read XML to its end without keeping it, and count how often a tag begins.

    Nothing but a DTD calls back into Python, so that 100 MB take about a second.

    Parameters
    ----------
    row_tag
        How an element that is a row begins, ``<row``.

    Raises
    ------
    SourceFormatError
        If it is cut, broken, has a DTD, or names an encoding there is not.
    """
    parser = ParserCreate()
    parser.StartDoctypeDeclHandler = _refuse_dtd
    rows, tail = 0, b""
    try:
        while piece := stream.read(_PART_BYTES):
            parser.Parse(piece, False)  # noqa: FBT003 - expat takes it by position
            rows += (tail + piece).count(row_tag) if row_tag else 0
            # A tag that two pieces share is counted with the second.
            tail = piece[-len(row_tag) + 1 :] if row_tag else b""
        parser.Parse(b"", True)  # noqa: FBT003 - the end
    except (ExpatError, ValueError, LookupError) as error:
        what = f"is broken in {part} ({error})"
        raise refused(name, what, "open it where it was made, and save it again.") from error
    return rows


def _refuse_dtd(*_: object) -> None:
    # Entities are declared in a DTD, and no list needs one.
    msg = "it has a document type"
    raise ValueError(msg)
