"""A pure task over named partitions: the same results on any executor, in the order of names."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Executor, as_completed
from dataclasses import dataclass
from typing import TypeVar

from mapper.errors import UsageError
from mapper.model.progress import Progress
from mapper.partitions.executors import lost, lost_workers
from mapper.partitions.partition_addresses import name_of, require_allowed

ResultT = TypeVar("ResultT")


@dataclass(frozen=True, slots=True, order=True)
class Partition:
    """
    One part of the work.

    Attributes
    ----------
    name
        Unique among the parts; results stand in its order.
    address
        What the part is read from, as ``partition_addresses`` reads it.
    """

    name: str
    address: str


def partitions_of(addresses: Sequence[str]) -> tuple[Partition, ...]:
    """
    Name a partition for each address, by its file.

    Raises
    ------
    UsageError
        If two files have one name, or an address is of no kind that is read.
    """
    for address in addresses:
        require_allowed(address)
    parts = sorted(Partition(name_of(address), address) for address in dict.fromkeys(addresses))
    doubled = [name for name, count in Counter(part.name for part in parts).items() if count > 1]
    if doubled:
        msg = f"two inputs are called {doubled[0]}"
        raise UsageError(msg, next_step="rename one of them: results are kept by the file's name.")
    return tuple(parts)


def run(
    task: Callable[[Partition], ResultT],
    partitions: Sequence[Partition],
    executor: Executor,
    *,
    progress: Progress,
    stage: str,
) -> Mapping[str, ResultT]:
    """
    Run a task once for each partition.

    Parameters
    ----------
    task
        A function of a module, or ``functools.partial`` of one: it travels to other processes.
        Of the partition alone it makes its result; run twice it gives the same.

    Returns
    -------
    Mapping
        The results by name, in the order of names, whatever the order they came in.

    Raises
    ------
    MapperError
        The first one that a task raised: a part that failed fails the whole.
    """
    progress.stage(stage, len(partitions))
    futures = {executor.submit(task, part): part.name for part in partitions}
    results: dict[str, ResultT] = {}
    try:
        for future in as_completed(futures):
            name = futures[future]
            try:
                results[name] = future.result()
            except lost_workers() as error:
                raise lost(name) from error
            progress.advance()
    except BaseException:
        # Ctrl-C too: what waits is taken back, what runs is let end.
        for future in futures:
            future.cancel()
        raise
    return {name: results[name] for name in sorted(results)}
