"""What a person at a terminal sees, and what the build beside it may still do."""

import threading

import pytest

from mapper.cli import terminal_progress
from mapper.cli.terminal_progress import BarTalk


@pytest.fixture
def bars(monkeypatch: pytest.MonkeyPatch) -> BarTalk:
    """Return bars on what says that it is a terminal."""
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("COLUMNS", "120")
    return BarTalk()


def test_bars_start_no_thread_since_a_build_copies_no_process_beside_one(bars: BarTalk) -> None:
    before = set(threading.enumerate())
    bars.stage("reading", 10)
    bars.advance()
    during = set(threading.enumerate())
    bars.close()
    assert during <= before
    assert not any("refresh" in type(one).__name__.lower() for one in before)


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
