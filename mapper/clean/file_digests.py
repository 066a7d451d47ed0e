"""Digests of files and of the code: what says that something rests on the same bytes as before."""

import hashlib
import os
import platform
import sys
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from hashlib import blake2b
from pathlib import Path
from typing import Final

_CODE: Final = Path(__file__).resolve().parents[1]
_INSTALLED: Final = (".dist-info", ".egg-info")


def files_below(folder: Path) -> Iterator[Path]:
    """
    Yield every file below a folder, in no order; nothing where there is no folder.

    A link to a folder is followed, once: a link that leads back ends there.
    """
    seen = set()
    for parent, folders, names in os.walk(folder, followlinks=True):
        told = os.stat(parent)  # noqa: PTH116 - as text, two thousand times a build
        if (told.st_dev, told.st_ino) in seen:
            folders.clear()
            continue
        seen.add((told.st_dev, told.st_ino))
        for name in names:
            yield Path(parent, name)


def digest_of_files(
    folder: Path, paths: Iterable[Path], digests: Mapping[str, str] | None = None
) -> str:
    """
    Return a digest of the names and bytes of files, whatever their order.

    Parameters
    ----------
    folder
        What the names are relative to, so that a folder that moved has the digest it had.
    digests
        Name -> SHA-256 of its bytes, 64 hex digits, of those that need not be read again.

    Raises
    ------
    OSError
        If a file cannot be read.
    """
    digests = digests or {}
    whole = blake2b()
    for path in sorted(paths):
        if path.is_file():
            name = path.relative_to(folder).as_posix()
            # No name holds a zero byte; one that is no UTF-8 in this locale comes with lone
            # surrogates.
            told = f"{name}\0{digests.get(name) or sha256_of(path)}\0"
            whole.update(told.encode("utf-8", "surrogateescape"))
    return whole.hexdigest()


def sha256_of(path: Path) -> str:
    """Hash a file's bytes, of which few are held at once; SHA-256, 64 hex digits."""
    with path.open("rb", buffering=0) as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


@cache
def code_digest() -> str:
    """Return a digest of every module of the package."""
    return digest_of_files(_CODE, (path for path in files_below(_CODE) if path.suffix == ".py"))


@cache
def libraries_digest() -> str:
    """
    Return a digest of the machine's kind, of Python, and of the version of all that is installed.

    An installed library has a folder that is called after it and its version. All are taken, not
    only those that the package asks for: these bring others, and one more costs nothing.
    """
    names = {
        entry.name
        for place in sys.path
        if place and os.path.isdir(place)  # noqa: PTH112 - a path of the interpreter, as text
        for entry in os.scandir(place)
        if entry.name.endswith(_INSTALLED)
    }
    told = [platform.machine(), sys.platform, sys.version, *sorted(names)]
    return blake2b("\n".join(told).encode()).hexdigest()
