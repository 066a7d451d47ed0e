"""A part of the work, done in a second process while this one does the rest."""

import ctypes
import logging
import multiprocessing
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection
from types import TracebackType
from typing import TYPE_CHECKING, Final, Generic, TypeVar

from mapper.errors import MapperError

if TYPE_CHECKING:
    from multiprocessing.process import BaseProcess

_LOG = logging.getLogger(__name__)
_ResultT = TypeVar("_ResultT")

_SMALL: Final = 200
"""Pages that take less time than a second process does."""

ROWS_WORTH_A_PROCESS: Final = 20_000
"""Of so many rows and more a second process saves more than it takes."""

_PATIENCE_S: Final = 10.0
"""How long a copy that was told to end may clear away what it was writing, in seconds."""

_PR_SET_PDEATHSIG: Final = 1
"""Linux, prctl(2)."""


def may_fork(page_count: int) -> bool:
    """
    Whether a second process can take a part of so many pages.

    Only where a copy of this one costs nothing: elsewhere every import and the whole registry
    would be read again. A thread that holds a lock would leave it locked in the copy.
    """
    return (
        sys.platform == "linux"
        and page_count > _SMALL
        and len(os.sched_getaffinity(0)) > 1
        and _is_alone()
        and not multiprocessing.current_process().daemon
    )


@contextmanager
def beside(work: Callable[[], _ResultT], row_count: int) -> Iterator[Callable[[], _ResultT]]:
    """
    Have work on rows done by a copy of this process, where there are many; a ``model.Beside``.

    Yields
    ------
    Callable
        Waits for the result. Where the copy was killed or met an error the work is done here, so
        that an error is told where it is met.
    """
    if row_count < ROWS_WORTH_A_PROCESS or not may_fork(row_count):
        yield work
        return
    with WorkBeside(work) as other:

        def result() -> _ResultT:
            made = other.result()
            return work() if made is None else made.value

        yield result


@dataclass(frozen=True, slots=True)
class Made(Generic[_ResultT]):
    """What the work returned, of which None is one: no result at all is told apart from it."""

    value: _ResultT


@dataclass(frozen=True, slots=True)
class _UnexpectedError:
    """
    What the copy met and nobody foresaw.

    Its kind alone: a message or a trace may hold addresses of this machine, and the whole is told
    where this process meets the same.
    """

    kind: str


def _is_alone() -> bool:
    """Whether no other thread would be copied in the middle of its work."""
    return all(
        thread is threading.main_thread() or getattr(thread, "stops_at_fork", False)
        for thread in threading.enumerate()
    )


class WorkBeside(Generic[_ResultT]):
    """
    Work that a copy of this process does, as a context; on leaving it the copy is gone.

    The copy changes nothing in the memory of this process: what it made is what the work returns,
    and the files that it wrote.

    Parameters
    ----------
    works
        Done in this order; of the first there is a result while the next is being done.
    niceness
        How far the copy stands back where there are not cores enough, 0 to 19, as ``nice`` has it.

    Raises
    ------
    RuntimeError
        Where there is no fork; `may_fork` says so before.
    """

    def __init__(self, *works: Callable[[], _ResultT], niceness: int = 0) -> None:
        self._here, self._there, self._process = _copy_that_runs(works, niceness)

    def __enter__(self) -> "WorkBeside[_ResultT]":
        """Begin."""
        self._process.start()
        self._there.close()
        return self

    def result(self) -> Made[_ResultT] | None:
        """
        Wait for the next work's result; None where the copy was killed or met an error.

        What comes after such a work was not begun, and is None too.
        """
        try:
            told: Made[_ResultT] | _UnexpectedError = self._here.recv()
        except (EOFError, OSError):
            # An OSError where it was killed while it handed over what it had made.
            _LOG.info("the second process ended early")
            return None
        if isinstance(told, _UnexpectedError):
            _LOG.warning(
                "the second process met an error (%s); its part is done again here", told.kind
            )
            return None
        return told

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """End the copy, whatever happened here: Ctrl-C, a full disk."""
        self._here.close()
        self._process.terminate()
        self._process.join(_PATIENCE_S)
        # What the signal raised there can be lost in a finaliser, and would be waited for forever.
        self._process.kill()
        self._process.join()


def _copy_that_runs(
    works: Sequence[Callable[[], object]], niceness: int
) -> "tuple[Connection, Connection, BaseProcess]":
    """Return both ends of a pipe, and the copy that will send its results through it."""
    if sys.platform == "win32":
        msg = "Windows copies no process"
        raise RuntimeError(msg)
    context = multiprocessing.get_context("fork")
    here, there = context.Pipe(duplex=False)
    process = context.Process(target=_run, args=(works, there, os.getpid(), niceness), daemon=True)
    return here, there, process


def _run(
    works: Sequence[Callable[[], object]], there: Connection, parent_id: int, niceness: int
) -> None:
    # Ctrl-C reaches the parent as well, which ends this process.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    # Ended by its parent it still clears away the file that it was writing beside another.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    if sys.platform == "linux":
        # A parent that was killed ends nobody: what is left of it must not write into a folder
        # that the next build clears.
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent_id:
        return
    if sys.platform != "win32":
        os.nice(niceness)
    with _TellingParent(there), suppress(MapperError, OSError):
        # Without a word where one of these is met: the parent meets the same error, and tells it.
        for work in works:
            there.send(Made(work()))


class _TellingParent:
    """Ends a copy on an error that nobody foresaw, without a trace on the terminal."""

    def __init__(self, there: Connection) -> None:
        self._there = there

    def __enter__(self) -> None:
        """Begin."""

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> bool:
        """Hand over the kind of an error; what ends a process on purpose ends this one."""
        if not isinstance(error, Exception):
            return False
        # A parent that is gone needs no telling.
        with suppress(OSError):
            self._there.send(_UnexpectedError(type(error).__name__))
        return True
