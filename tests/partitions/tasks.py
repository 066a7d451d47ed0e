"""Tasks that travel to other processes, as tests need them."""

import os
import signal
from pathlib import Path

from mapper.errors import SourceFormatError
from mapper.partitions.running import Partition


def length(part: Partition) -> int:
    """Return how long the name is."""
    return len(part.name)


def refuse_b(part: Partition) -> str:
    """Refuse one of the parts."""
    if part.name == "b":
        msg = "b: broken"
        raise SourceFormatError(msg, next_step="mend b.")
    return part.name


def die(part: Partition) -> str:
    """Be killed, as by a machine without memory."""
    if part.name == "b":
        os.kill(os.getpid(), signal.SIGKILL)
    return part.name


def die_once(marker: str, part: Partition) -> str:
    """Be killed the first time that one of the parts is begun."""
    path = Path(marker)
    if part.name.startswith("b") and not path.exists():
        path.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return part.name
