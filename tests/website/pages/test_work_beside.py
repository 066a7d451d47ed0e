"""Pages made in two processes: the same bytes, whatever happens to the second one."""

import os
import signal
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from mapper.model.beside import in_turn
from mapper.partitions import work_beside
from mapper.partitions.work_beside import ROWS_WORTH_A_PROCESS, Made, WorkBeside, may_fork
from mapper.settings import Settings
from mapper.website.staging import write_again
from tests.partitions.befalling import endlessly, failing, killed, nothing
from tests.website.pages.static_page import good_registry, write_pages

_PAGES = "mapper.website.pages.write_pages"


def site_with_store(folder: Path) -> dict[str, bytes]:
    """Write the pages of the good registry with a store of their own; return all that was."""
    folder.mkdir(exist_ok=True)
    settings = Settings(out_dir=folder, page_store=folder / "store")
    write_pages(folder, good_registry(), settings=settings)
    return files_of(folder)


def files_of(folder: Path) -> dict[str, bytes]:
    """Return every file of a site, and the store beside it."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


@pytest.mark.parametrize("event", [nothing, killed, failing])
def test_two_processes_write_the_pages_of_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, event: Callable[[], None]
) -> None:
    one = site_with_store(tmp_path / "one")
    here, makers = os.getpid(), []

    def noted(body: bytes, address: str, **places: Path) -> None:
        if os.getpid() != here and address == "vendors/index.html":
            # After all others of its part are written.
            event()
        if os.getpid() == here and address.startswith("vendors/"):
            makers.append(address)
        write_again(body, address, **places)

    monkeypatch.setattr(f"{_PAGES}.write_again", noted)
    monkeypatch.setattr(f"{_PAGES}.may_fork", lambda _: True)
    assert site_with_store(tmp_path / "two") == one
    assert "store" in one
    # The pages of makers are made here only where the second process did not come to its end.
    assert bool(makers) == (event is not nothing)
    # A third build keeps the pages that the second process made.
    (tmp_path / "three").mkdir()
    (tmp_path / "three" / "store").write_bytes(one["store"])
    assert site_with_store(tmp_path / "three") == one


def test_leaving_ends_the_second_process(tmp_path: Path) -> None:
    told = tmp_path / "pid"

    def endless() -> None:
        (tmp_path / "aside").write_text(str(os.getpid()))
        (tmp_path / "aside").rename(told)
        endlessly()

    def interrupted() -> None:
        with WorkBeside(endless):
            while not told.exists():
                time.sleep(0.01)
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupted()
    with pytest.raises(ProcessLookupError):
        os.kill(int(told.read_text()), 0)


def test_a_copy_that_is_ended_clears_away_what_it_was_writing(tmp_path: Path) -> None:
    aside = tmp_path / "pages.part"

    def writing() -> None:
        aside.write_text("half")
        try:
            endlessly()
        finally:
            aside.unlink()

    with WorkBeside(writing):
        while not aside.exists():
            time.sleep(0.01)
    assert not aside.exists()


def test_leaving_ends_a_copy_that_does_not_hear_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = tmp_path / "told"

    def deaf() -> None:
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        told.touch()
        endlessly()

    monkeypatch.setattr(work_beside, "_PATIENCE_S", 0.1)
    beside = WorkBeside(deaf)
    with beside:
        while not told.exists():
            time.sleep(0.01)
    assert beside._process.exitcode == -signal.SIGKILL  # noqa: SLF001 - how it ended


def test_a_copy_that_is_killed_while_it_hands_over_is_one_that_ended_early() -> None:
    def cut() -> None:
        # What a long result looks like when its sender is killed: a length, and less than that.
        os.write(beside._there.fileno(), b"\0\0\x10\0begin")  # noqa: SLF001 - the pipe of the copy
        os.kill(os.getpid(), signal.SIGKILL)

    beside = WorkBeside(cut)
    with beside:
        assert beside.result() is None


def test_of_several_works_each_has_its_result_in_turn_and_none_after_one_that_failed() -> None:
    with WorkBeside(lambda: 1, lambda: 2, failing, lambda: 4) as beside:
        told = [beside.result() for _ in range(4)]
    assert told == [Made(1), Made(2), None, None]


def test_an_error_that_nobody_foresaw_is_told_by_its_kind_and_met_where_the_work_is_done_again(
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
    caplog: pytest.LogCaptureFixture,
) -> None:
    monkeypatch.setattr(work_beside, "may_fork", lambda _: True)
    here = os.getpid()

    def mistaken() -> int:
        if os.getpid() != here:
            msg = "a folder named riverton"
            raise KeyError(msg)
        return os.getpid()

    def unsent() -> Callable[[], int]:
        # No process can hand a function like this one to another.
        return lambda: here

    def always_mistaken() -> None:
        raise ZeroDivisionError

    with work_beside.beside(mistaken, ROWS_WORTH_A_PROCESS) as result:
        assert result() == here
    with work_beside.beside(unsent, ROWS_WORTH_A_PROCESS) as function:
        assert function()() == here
    with (
        work_beside.beside(always_mistaken, ROWS_WORTH_A_PROCESS) as nothing_made,
        pytest.raises(ZeroDivisionError),
    ):
        nothing_made()
    told = [(record.levelname, record.getMessage()) for record in caplog.records]
    assert told[0] == (
        "WARNING",
        "the second process met an error (KeyError); its part is done again here",
    )
    assert [level for level, _ in told] == ["WARNING"] * 3
    # Nor does the copy write past the log: no trace, no way of this machine.
    assert "riverton" not in caplog.text
    assert capfd.readouterr() == ("", "")


def test_nothing_is_a_result_like_any_other(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(work_beside, "may_fork", lambda _: True)
    here = os.getpid()

    def noted() -> None:
        (tmp_path / str(os.getpid() == here)).touch()

    with work_beside.beside(noted, ROWS_WORTH_A_PROCESS) as result:
        result()
    assert [path.name for path in tmp_path.iterdir()] == ["False"]


def test_few_pages_and_a_single_core_need_no_second_process(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    # What an earlier test of the same process left running is not what is asked here.
    alone = [threading.main_thread()]
    monkeypatch.setattr(threading, "enumerate", lambda: alone)
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: {0, 1})
    assert may_fork(1000)
    assert not may_fork(10)
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: {0})
    assert not may_fork(1000)
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: {0, 1})
    alone.append(threading.Thread())
    assert not may_fork(1000)


def test_work_on_many_rows_is_done_in_a_copy_and_done_here_where_that_was_killed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(work_beside, "may_fork", lambda _: True)
    here = os.getpid()

    def killed_elsewhere() -> int:
        if os.getpid() != here:
            killed()
        return os.getpid()

    with work_beside.beside(os.getpid, ROWS_WORTH_A_PROCESS) as result:
        assert result() != here
    with work_beside.beside(os.getpid, ROWS_WORTH_A_PROCESS - 1) as result:
        assert result() == here
    with work_beside.beside(killed_elsewhere, ROWS_WORTH_A_PROCESS) as result:
        assert result() == here
    with in_turn(os.getpid, ROWS_WORTH_A_PROCESS) as result:
        assert result() == here
