"""Files that survive a power cut: on the disk before anything speaks of them, and never in part."""

import os
import sys
from pathlib import Path


def sync_file(path: Path) -> None:
    """Wait until a file's bytes are on the disk."""
    # For writing, though nothing is: Windows flushes no file that was opened to be read.
    with path.open("r+b") as file:
        os.fsync(file.fileno())


def sync_folder(path: Path) -> None:
    """Wait until a folder's entries are on the disk; Windows has no such call."""
    # Not os.name: this is the form by which the type checker knows what each system has.
    if sys.platform == "win32":
        return
    descriptor = os.open(path, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def write_text(path: Path, text: str | bytes) -> None:
    """Write a file, a text in UTF-8 with line feeds, and wait until it is on the disk."""
    with path.open("wb") as file:
        file.write(text.encode() if isinstance(text, str) else text)
        file.flush()
        os.fsync(file.fileno())


def replace_file(path: Path, text: str | bytes) -> None:
    """Replace a file so that a reader finds the old text or the new one, never a part."""
    # In the same folder: a rename is only one step within one file system.
    waiting = path.with_name(f".{path.name}.partial")
    try:
        write_text(waiting, text)
        os.replace(waiting, path)  # noqa: PTH105 - counted by name in the tests of the order of calls
    except BaseException:
        # A full disk must not keep what could not be written.
        waiting.unlink(missing_ok=True)
        raise
    # The new name is safe only once the folder's own entry is on the disk.
    sync_folder(path.parent)
