"""What can befall a copy of the process in the middle of its work."""

import os
import signal

from mapper.errors import StorageError


def killed() -> None:
    """Die as by the system."""
    os.kill(os.getpid(), signal.SIGKILL)


def failing() -> None:
    """Meet an error that the process itself will meet too."""
    msg = "the disk is full"
    raise StorageError(msg)


def nothing() -> None:
    """Leave the work as it is."""
