"""A folder that is built beside the old one and takes its place in one step."""

import ctypes
import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_AT_FDCWD = -100
_RENAME_EXCHANGE = 2
"""Linux, renameat2(2): the two names change places in one step."""


@contextmanager
def staged(folder: Path) -> Iterator[Path]:
    """
    Yield an empty folder to build in; on leaving without an error it becomes ``folder``.

    Whatever happens before that step, a kill included, ``folder`` stays as it was; the next
    call needs no cleaning. Two calls at once for one folder are the caller's to prevent.

    Raises
    ------
    OSError
        If the file system refuses; ``folder`` is as it was.
    """
    staging = folder.with_name(f".{folder.name}-staging")
    replaced = folder.with_name(f".{folder.name}-replaced")
    if replaced.exists() and not folder.exists():
        # The last run was killed between the two renames of `_swap`.
        replaced.rename(folder)
    # Of a run that was killed; nobody reads a hidden folder beside the page.
    for leftover in (staging, replaced):
        if leftover.exists():
            shutil.rmtree(leftover)
    staging.mkdir(parents=True)
    try:
        yield staging
        _swap(staging, folder, replaced)
    finally:
        shutil.rmtree(staging, ignore_errors=True)


def _swap(staging: Path, folder: Path, replaced: Path) -> None:
    if not folder.exists():
        staging.rename(folder)
    elif not _exchanged(staging, folder):
        folder.rename(replaced)
        staging.rename(folder)
        shutil.rmtree(replaced)


def _exchanged(first: Path, other: Path) -> bool:
    """Let two folders change places; False where the system or the file system cannot."""
    if sys.platform != "linux":
        return False
    exchange = getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None)
    if exchange is None:
        return False
    done = exchange(_AT_FDCWD, os.fsencode(first), _AT_FDCWD, os.fsencode(other), _RENAME_EXCHANGE)
    return bool(done == 0)


def write_again(body: bytes, address: str, *, folder: Path, last: Path | None) -> None:
    """
    Write a file of a new folder; one that the last folder has with these bytes is that very file.

    So a copy of the folder elsewhere moves what changed, and no more.

    Parameters
    ----------
    address
        Below ``folder``, and below ``last``.
    last
        None where there is no last folder.
    """
    path = folder / address
    while not (last and _is_linked(last / address, path, body)):
        try:
            # Never into a file that is there: it may be a second name of the last folder's.
            with path.open("xb") as file:
                file.write(body)
        except FileExistsError:
            path.unlink()
        except FileNotFoundError:
            # Asked for once a folder, not once a file.
            path.parent.mkdir(parents=True, exist_ok=True)
        else:
            return


def _is_linked(last: Path, path: Path, body: bytes) -> bool:
    try:
        if last.read_bytes() == body:
            os.link(last, path)
            return True
    except OSError:
        # It was not there, or the file system has no second names for a file.
        return False
    return False
