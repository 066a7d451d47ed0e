"""A task over partitions: every part or an error, in one order, on any number of processes."""

from pathlib import Path

import pytest

from mapper.errors import MapperError, SourceFormatError, UsageError
from mapper.model.progress import NoProgress
from mapper.partitions.executors import opened_executor
from mapper.partitions.running import Partition, partitions_of, run
from tests.partitions import tasks

PARTS = tuple(Partition(name, name) for name in ("c", "a", "bb", "b"))


class _Counted(NoProgress):
    def __init__(self) -> None:
        self.total: int | None = 0
        self.done = 0

    def stage(self, _name: str, total: int | None = None) -> None:
        self.total = total

    def advance(self, steps: int = 1) -> None:
        self.done += steps


def test_results_stand_in_the_order_of_names_and_progress_counts_them() -> None:
    progress = _Counted()
    with opened_executor(workers=2) as executor:
        results = run(tasks.length, PARTS, executor, progress=progress, stage="x")
    assert list(results.items()) == [("a", 1), ("b", 1), ("bb", 2), ("c", 1)]
    assert (progress.total, progress.done) == (4, 4)


def test_a_part_that_fails_fails_the_whole_in_its_own_words() -> None:
    with opened_executor(workers=1) as executor, pytest.raises(SourceFormatError) as refused:
        run(tasks.refuse_b, PARTS, executor, progress=NoProgress(), stage="x")
    assert str(refused.value) == "b: broken"
    assert refused.value.next_step == "mend b."


def test_a_killed_process_is_said_and_is_no_result() -> None:
    with opened_executor(workers=1) as executor, pytest.raises(MapperError) as told:
        run(tasks.die, (Partition("b", "b"),), executor, progress=NoProgress(), stage="x")
    assert "b: the worker that had it was killed" in str(told.value)
    assert "--workers" in told.value.next_step


def test_partitions_are_named_by_their_files_once_each(tmp_path: Path) -> None:
    here = str(tmp_path / "x.pbf")
    parts = partitions_of([here, "s3://bucket/a/y.pbf", here])
    assert [part.name for part in parts] == ["x.pbf", "y.pbf"]
    with pytest.raises(UsageError, match=r"two inputs are called x\.pbf"):
        partitions_of([here, "s3://bucket/x.pbf"])


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("ftp://host/x.pbf", "ftp:// is no kind of address"),
        ("http://host/x.pbf", "http:// is no kind of address"),
        ("s3://key:secret@bucket/x.pbf", "carries a user or a password"),
    ],
)
def test_addresses_of_other_kinds_and_with_passwords_are_refused(address: str, said: str) -> None:
    with pytest.raises(UsageError) as refused:
        partitions_of([address])
    assert said in str(refused.value)
    assert "secret" not in str(refused.value)


@pytest.mark.parametrize(
    ("workers", "scheduler", "said"),
    [(0, "", "0 workers"), (1, "http://127.0.0.1:1", "no address of a scheduler")],
)
def test_workers_that_cannot_be_are_refused(workers: int, scheduler: str, said: str) -> None:
    with (
        pytest.raises(UsageError, match=said),
        opened_executor(workers=workers, scheduler=scheduler),
    ):
        pass
