"""
Who does the work: processes of this machine, or the workers of a dask cluster.

Both are executors of the standard library, so a task does not know which it runs on. Nothing here
schedules: an executor that lost a worker gives its task to another one (dask), or says so.
"""

import multiprocessing
from collections.abc import Iterator
from concurrent.futures import Executor, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from importlib import import_module
from importlib.metadata import version
from typing import Any, Final

from mapper.errors import MapperError, UsageError

_TRIES: Final = 3
_CONNECT_S: Final = 15
_PACKAGE: Final = "whose-cameras"


@contextmanager
def opened_executor(*, workers: int, scheduler: str = "") -> Iterator[Executor]:
    """
    Lend an executor; what has not begun when the caller fails or is interrupted never begins.

    Parameters
    ----------
    workers
        Processes of this machine, where no scheduler is named.
    scheduler
        Address of a dask scheduler, ``tcp://host:8786`` or ``tls://...``.

    Raises
    ------
    UsageError
        If the number or the address is none, no scheduler answers, dask is not installed, or a
        worker has another version of this package.
    """
    if scheduler:
        with _cluster(scheduler) as executor:
            yield executor
        return
    if workers < 1:
        msg = f"{workers} workers"
        raise UsageError(msg, next_step="give --workers 1 or more.")
    # A fresh interpreter for each: threads of Arrow and GEOS do not survive a fork.
    pool = ProcessPoolExecutor(workers, mp_context=multiprocessing.get_context("spawn"))
    try:
        yield pool
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


@contextmanager
def _cluster(scheduler: str) -> Iterator[Executor]:
    if not scheduler.startswith(("tcp://", "tls://")):
        msg = f"--scheduler {scheduler} is no address of a scheduler"
        raise UsageError(msg, next_step="give it as tcp://host:8786.")
    distributed = _distributed()
    try:
        client = distributed.Client(scheduler, timeout=_CONNECT_S, set_as_default=False)
    except OSError as error:
        msg = f"no scheduler answers at {scheduler}"
        raise UsageError(msg, next_step="start it: dask scheduler; dask worker ADDRESS.") from error
    try:
        _require_same_version(client)
        with client.get_executor(retries=_TRIES, pure=False) as executor:
            yield executor
    finally:
        client.close()


def _distributed() -> Any:  # noqa: ANN401 - a module of an extra, without types
    try:
        return import_module("distributed")
    except ImportError as error:
        msg = "a scheduler needs the extra package for clusters"
        raise UsageError(msg, next_step='pip install "whose-cameras[cluster]".') from error


def _require_same_version(client: Any) -> None:  # noqa: ANN401 - as above
    """Refuse workers of another version: they would count by other rules."""
    ours = version(_PACKAGE)
    others = sorted({str(theirs) for theirs in client.run(_own_version).values()} - {ours})
    if others:
        msg = f"workers have version {', '.join(others)} of {_PACKAGE}, this is {ours}"
        raise UsageError(msg, next_step="install the same version on every worker.")


def _own_version() -> str:
    return version(_PACKAGE)


def lost_workers() -> tuple[type[Exception], ...]:
    """Return the errors by which executors say that a worker died with its task."""
    try:
        return (BrokenProcessPool, import_module("distributed.scheduler").KilledWorker)
    except ImportError:
        return (BrokenProcessPool,)


def lost(name: str) -> MapperError:
    """Return the error for a partition whose worker died."""
    msg = f"{name}: the worker that had it was killed, most often because memory ran out"
    return MapperError(msg, next_step="give fewer --workers, or smaller extracts.")
