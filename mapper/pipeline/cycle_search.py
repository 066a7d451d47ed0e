"""Python's search for cycles, left out while many rows are held."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def no_cycle_search() -> Iterator[None]:
    """
    Keep Python from searching millions of long-lived rows for cycles that are not there.

    Measured on 192,514 objects: 25 instead of 33 processor seconds, the same peak memory.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            # All that lives is called old. Else the first search would begin at once and look at
            # everything that was made meanwhile, which is most often when a process ends.
            gc.freeze()
            gc.unfreeze()
            gc.enable()
