"""
Inputs read by a copy of this process, while this one imports what concludes from them.

The libraries that a build imports take as long as a world takes to read, and neither asks for the
other. This module imports none of them: the copy has what reads, and nothing else.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing import Pipe
from typing import Any

from mapper.model.progress import NoProgress, Progress
from mapper.partitions.work_beside import Made, WorkBeside, may_fork
from mapper.pipeline import last_build
from mapper.pipeline.cycle_search import no_cycle_search
from mapper.pipeline.inputs import Input, read_inputs
from mapper.settings import Settings

_WORTH_A_COPY = 1_000_000
"""Stands for how many rows inputs have, which nobody knows yet: imports alone are worth a copy."""


@dataclass(frozen=True, slots=True)
class ReadAhead:
    """
    Inputs of a build that are being read.

    Attributes
    ----------
    key
        Of `last_build.key_of`, asked before anything was read.
    inputs
        Waits for them, and may be called once; raises what `read_inputs` does.
    """

    key: str
    inputs: Callable[[], tuple[Input, ...]]


class _ToldProgress:
    """Hands on what a copy says, for the process that talks to the person at the keyboard."""

    def __init__(self, tell: Callable[[tuple[object, ...]], None]) -> None:
        self._tell = tell

    def stage(self, name: str, total: int | None = None) -> None:
        """Hand on a stage."""
        self._tell(("stage", name, total))

    def advance(self, steps: int = 1) -> None:
        """Hand on steps."""
        self._tell(("advance", steps))

    def remark(self, text: str) -> None:
        """Hand on a line."""
        self._tell(("remark", text))


@contextmanager
def reading_ahead(
    names: Sequence[str], *, settings: Settings, progress: Progress
) -> Iterator[ReadAhead]:
    """
    Begin to read inputs; on leaving nobody reads any more.

    Parameters
    ----------
    names
        As for `read_inputs`.

    Yields
    ------
    ReadAhead
        Where this process cannot be copied, its inputs are read when they are asked for.
    """
    key = last_build.key_of(names, settings)

    def read(told_to: Progress) -> tuple[Input, ...]:
        return read_inputs(names, settings=settings, progress=told_to)

    if not may_fork(_WORTH_A_COPY):
        yield ReadAhead(key, lambda: read(progress))
        return
    here, there = Pipe(duplex=False)

    def read_there() -> tuple[Input, ...]:
        here.close()
        # Closed in the end, whatever happens: that is what tells that nothing more will be said.
        with there, no_cycle_search():
            return read(_ToldProgress(there.send))

    with here, WorkBeside(read_there) as other:
        there.close()

        def inputs() -> tuple[Input, ...]:
            _hand_on(here.recv, progress)
            made: Made[tuple[Input, ...]] | None = other.result()
            # What is wrong is told where it is met, and what was said before it is not said twice.
            return read(NoProgress()) if made is None else made.value

        yield ReadAhead(key, inputs)


def _hand_on(hear: Callable[[], Any], progress: Progress) -> None:
    """Say what the copy says, until it has nothing more to say."""
    while True:
        try:
            kind, *said = hear()
        # An OSError where it was killed in the middle of a message.
        except (EOFError, OSError):
            return
        getattr(progress, kind)(*said)
