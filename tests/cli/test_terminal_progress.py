"""What a person at a terminal sees, and what the build beside it may still do."""

import os
import threading
import time

import pytest

from mapper.cli import terminal_progress
from mapper.cli.terminal_progress import BarTalk
from mapper.partitions.work_beside import may_fork


def clocks() -> list[threading.Thread]:
    """Return the threads that draw bars."""
    return [each for each in threading.enumerate() if getattr(each, "stops_at_fork", False)]


@pytest.fixture
def bars(monkeypatch: pytest.MonkeyPatch) -> BarTalk:
    """Return bars on what says that it is a terminal."""
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("COLUMNS", "120")
    return BarTalk()


def test_the_time_goes_on_while_nothing_moves(
    bars: BarTalk, capfd: pytest.CaptureFixture[str]
) -> None:
    bars.stage("reading", 10)
    capfd.readouterr()
    shown = ""
    deadline_s = time.monotonic() + 60
    while "reading" not in shown and time.monotonic() < deadline_s:
        time.sleep(0.05)
        shown += capfd.readouterr().err
    bars.close()
    assert "reading" in shown
    assert not clocks()


def test_a_build_that_is_watched_may_copy_its_process(
    bars: BarTalk, monkeypatch: pytest.MonkeyPatch
) -> None:
    here, drawing = threading.main_thread(), clocks()
    assert len(drawing) == 1
    monkeypatch.setattr(threading, "enumerate", lambda: [here, *drawing])
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: {0, 1})
    assert may_fork(1000)
    monkeypatch.undo()

    child = os.fork()
    if child == 0:
        # No thread was running when the copy was made.
        os._exit(len(clocks()) + (bars._clock is not None))  # noqa: SLF001
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
    assert len(clocks()) == 1
    assert clocks() != drawing
    bars.close()
    os.waitpid(bare_copy(), 0)
    assert not clocks()


def bare_copy() -> int:
    """Copy this process for nothing."""
    child = os.fork()
    if child == 0:
        os._exit(0)
    return child


def test_a_stage_is_seen_at_once_and_its_steps_as_they_come(
    bars: BarTalk, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(terminal_progress, "_DRAWN_EVERY_S", 0.0)
    bars.stage("reading", 10)
    assert "reading" in capfd.readouterr().err
    bars.advance(3)
    assert "3/10" in capfd.readouterr().err
    bars.stage("resolve")
    said = capfd.readouterr().err
    assert "10/10" in said
    assert "resolve" in said
    bars.close()
