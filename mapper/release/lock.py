"""One run at a time in one output folder."""

import json
import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from filelock import FileLock, Timeout

from mapper.errors import LockedError
from mapper.release.storage import storage_errors

LOCK_NAME: Final = ".mapper.lock"
OWNER_NAME: Final = ".mapper.lock.json"


@contextmanager
def output_lock(out_dir: Path) -> Iterator[None]:
    """
    Hold the output folder; a second run is refused at once.

    The system frees the lock when its holder dies, however it dies. On network file systems
    the lock may not hold.

    Raises
    ------
    LockedError
        If another run holds it; the message names its process, host and start.
    StorageError
        If the folder cannot be made or written to.
    """
    with storage_errors(out_dir):
        out_dir.mkdir(parents=True, exist_ok=True)
        lock = FileLock(out_dir / LOCK_NAME)
        try:
            # At once: waiting in silence for another run looks like a hang.
            lock.acquire(timeout=0)
        except Timeout as error:
            msg = f"Another run is writing to {out_dir}{_owner(out_dir / OWNER_NAME)}."
            raise LockedError(
                msg, next_step="Wait for it to end, or choose another folder with --out."
            ) from error
    owner = out_dir / OWNER_NAME
    try:
        with storage_errors(out_dir):
            owner.write_text(_own_words(), encoding="utf-8", newline="\n")
        yield
    finally:
        # A note that stays is harmless, and the lock below must be freed whatever happens.
        with suppress(OSError):
            owner.unlink(missing_ok=True)
        lock.release()


def _own_words() -> str:
    started = datetime.now(tz=UTC).isoformat(timespec="seconds")
    return json.dumps({"pid": os.getpid(), "host": socket.gethostname(), "started": started})


def _owner(path: Path) -> str:
    """Say who holds the lock, as far as the side file tells."""
    try:
        words = json.loads(path.read_text(encoding="utf-8"))
        return f" (process {words['pid']} on {words['host']}, since {words['started']})"
    except (OSError, ValueError, KeyError, TypeError):
        return ""
