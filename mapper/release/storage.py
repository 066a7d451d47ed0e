"""A folder that survives a power cut, and the file system's refusals in plain words."""

import errno
import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from mapper.clean.durable_files import sync_file, sync_folder
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
        # Only what the disk or its rights can cause. Any other error is ours and keeps its
        # traceback.
        if error.errno in _STORAGE:
            raise _storage_error(place, str(error.strerror or error), error.errno) from error
        # Arrow reports a full disk without an errno, in these words.
        if "Error writing bytes to file" in str(error):
            raise _storage_error(place, str(error), None) from error
        raise
    except _errors_of_writers() as error:
        raise _storage_error(place, str(error), None) from error


def _errors_of_writers() -> tuple[type[Exception], ...]:
    """Return what the writers of databases raise where a file cannot be written."""
    # Asked for only when something was raised: GDAL takes a tenth of a second to import, and a
    # run that finds nothing to do never needs it.
    from pyogrio import errors  # noqa: PLC0415

    return (
        errors.DataSourceError,
        errors.DataLayerError,
        errors.FeatureError,
        sqlite3.OperationalError,
    )


def _storage_error(place: Path, reason: str, number: int | None) -> StorageError:
    if number in _FULL:
        step = "Free some space, or choose another folder with --out."
    elif number in _REFUSED:
        step = "Choose a folder that you may write to with --out."
    else:
        step = "Check the disk and its free space, or choose another folder with --out."
    msg = f"Cannot write to {place}: {reason}. The last release is untouched."
    return StorageError(msg, next_step=step)


def sync_tree(folder: Path) -> None:
    """Wait for every file and folder below a folder, and for the folder itself."""
    # From the leaves up: a folder may only be safe once everything that it names is.
    for parent, _, files in os.walk(folder, topdown=False):
        for name in sorted(files):
            sync_file(Path(parent, name))
        sync_folder(Path(parent))
