"""A disk that cannot take what a server sends, told from a connection that failed."""

import errno
from typing import Final

from mapper.errors import StorageError

_OF_A_DISK: Final = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EROFS, errno.EIO})
"""What a disk refuses by, and no connection does."""


def disk_refusal(error: Exception, shown_address: str) -> StorageError | None:
    """
    Return what to raise where a disk refused; None for every other error.

    It is no fault of the server, which would be asked again and again for what cannot be kept.
    """
    if not isinstance(error, OSError) or error.errno not in _OF_A_DISK:
        return None
    msg = f"what {shown_address} sends cannot be written: {error.strerror}"
    step = "make room or choose another folder; nothing partial was kept."
    return StorageError(msg, next_step=step)
