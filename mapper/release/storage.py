"""Bytes on disk that survive a power cut, and the file system's refusals in plain words."""

import errno
import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import pyogrio.errors

from mapper.errors import StorageError

_FULL: Final = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_REFUSED: Final = {errno.EACCES, errno.EPERM, errno.EROFS}
_STORAGE: Final = _FULL | _REFUSED | {errno.EIO, errno.ENOTDIR, errno.EMFILE, errno.ENFILE}


@contextmanager
def storage_errors(place: Path) -> Iterator[None]:
    """
    Turn the refusals of the file system into ``StorageError``; other errors pass.

    Parameters
    ----------
    place
        The folder that is written to, for the message.
    """
    try:
        yield
    except OSError as error:
        if error.errno in _STORAGE:
            raise _storage_error(place, str(error.strerror or error), error.errno) from error
        if "Error writing bytes to file" in str(error):
            raise _storage_error(place, str(error), None) from error
        raise
    except (
        pyogrio.errors.DataSourceError,
        pyogrio.errors.DataLayerError,
        pyogrio.errors.FeatureError,
        sqlite3.OperationalError,
    ) as error:
        raise _storage_error(place, str(error), None) from error


def _storage_error(place: Path, reason: str, number: int | None) -> StorageError:
    if number in _FULL:
        step = "Free some space, or choose another folder with --out."
    elif number in _REFUSED:
        step = "Choose a folder that you may write to with --out."
    else:
        step = "Check the disk and its free space, or choose another folder with --out."
    msg = f"Cannot write to {place}: {reason}. The last release is untouched."
    return StorageError(msg, next_step=step)


def sync_file(path: Path) -> None:
    """Wait until a file's bytes are on the disk."""
    with path.open("rb") as file:
        os.fsync(file.fileno())


def sync_folder(path: Path) -> None:
    """Wait until a folder's entries are on the disk; Windows has no such call."""
    if os.name == "nt":
        return
    descriptor = os.open(path, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def sync_tree(folder: Path) -> None:
    """Wait for every file and folder below a folder, and for the folder itself."""
    for parent, folders, files in os.walk(folder, topdown=False):
        folders.sort()
        for name in sorted(files):
            sync_file(Path(parent, name))
        sync_folder(Path(parent))


def write_text(path: Path, text: str) -> None:
    """Write a text file in UTF-8 with line feeds, and wait until it is on the disk."""
    with path.open("wb") as file:
        file.write(text.encode())
        file.flush()
        os.fsync(file.fileno())


def replace_file(path: Path, text: str) -> None:
    """Replace a file so that a reader finds the old text or the new one, never a part."""
    waiting = path.with_name(f".{path.name}.partial")
    write_text(waiting, text)
    os.replace(waiting, path)  # noqa: PTH105 - counted by name in the tests of the order of calls
    sync_folder(path.parent)
