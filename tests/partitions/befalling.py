"""What can befall a copy of the process in the middle of its work."""

import os
import signal
import time
from typing import NoReturn

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


def endlessly() -> NoReturn:
    """Wait by looking up, since a signal that comes just before a wait is lost in it."""
    while True:
        time.sleep(0.01)
