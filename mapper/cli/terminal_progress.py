"""What the person sees while a command runs: bars on a terminal, plain lines in a pipe."""

import os
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from mapper.model.progress import Progress

_LINE_EVERY_S = 5.0
_DRAWN_EVERY_S = 0.1
_CLOCK_EVERY_S = 0.5


def plain(text: str) -> str:
    """
    Write out what would steer a terminal or turn the direction of its text.

    A file name, a server's words or a row may hold escape sequences; line ends are kept.
    """
    return "".join(
        sign
        if sign.isprintable() or sign == "\n"
        else sign.encode("unicode_escape").decode("ascii")
        for sign in text
    )


class LineTalk:
    """One line per stage and one every five seconds, for pipes and logs."""

    def __init__(self) -> None:
        self._name = ""
        self._total: int | None = None
        self._done = 0
        self._begun_s = 0.0
        self._said_s = 0.0

    def stage(self, name: str, total: int | None = None) -> None:
        """Close the stage before, and begin one."""
        self.close()
        self._name, self._total, self._done = name, total, 0
        self._begun_s = self._said_s = time.monotonic()
        self.remark(f"{name} ..." if total is None else f"{name} ({total:,}) ...")

    def advance(self, steps: int = 1) -> None:
        """Count, and speak when five seconds have passed."""
        self._done += steps
        now_s = time.monotonic()
        if now_s - self._said_s >= _LINE_EVERY_S:
            self._said_s = now_s
            self.remark(f"  {self._name}: {self._progress(now_s - self._begun_s)}")

    def remark(self, text: str) -> None:
        """Write one line to stderr."""
        sys.stderr.write(plain(text) + "\n")
        sys.stderr.flush()

    def close(self) -> None:
        """Say how long the stage took, where it took long enough to matter."""
        took_s = time.monotonic() - self._begun_s
        # A short stage has said its name; a second line for it would only fill the log.
        if self._name and took_s >= 1.0:
            counted = f"{self._done:,} in " if self._done else ""
            self.remark(f"  {self._name}: {counted}{took_s:.1f} s")
        self._name = ""

    def _progress(self, took_s: float) -> str:
        rate = self._done / took_s if took_s > 0 else 0.0
        if self._total is None or rate == 0.0:
            return f"{self._done:,} ({rate:,.0f}/s)"
        left_s = max(self._total - self._done, 0) / rate
        return f"{self._done:,} of {self._total:,} ({rate:,.0f}/s, about {left_s:.0f} s left)"


class _Clock(threading.Thread):
    """Draws the bars while nothing moves, so that the time on them goes on."""

    stops_at_fork = True  # as `partitions.work_beside` asks

    def __init__(self, draw: Callable[[], None]) -> None:
        super().__init__(name="clock of the bars", daemon=True)
        self._draw = draw
        self._is_over = threading.Event()

    def run(self) -> None:
        while not self._is_over.wait(_CLOCK_EVERY_S):
            self._draw()

    def stop(self) -> None:
        self._is_over.set()
        self.join()


class BarTalk:
    """
    Bars with rows, rate and time left, for a terminal.

    Drawn when something moves, and twice a second by a thread. That stands still while a build
    copies its process: a copy would hold its locks for ever, and without one the second core
    would be idle for whoever watches.
    """

    def __init__(self) -> None:
        from rich.console import Console
        from rich.markup import escape
        from rich.progress import (
            BarColumn,
            MofNCompleteColumn,
            Progress,
            SpinnerColumn,
            TextColumn,
            TimeElapsedColumn,
            TimeRemainingColumn,
        )

        self._escape = escape
        self._console = Console(stderr=True, highlight=False)
        self._progress = Progress(
            SpinnerColumn(),
            TextColumn("{task.description}"),
            BarColumn(bar_width=24),
            MofNCompleteColumn(),
            TextColumn("{task.fields[rate]}"),
            TimeElapsedColumn(),
            TimeRemainingColumn(),
            console=self._console,
            auto_refresh=False,
        )
        self._task: int | None = None
        self._drawn_s = 0.0
        self._clock: _Clock | None = None
        self._is_open = True
        self._progress.start()
        if sys.platform != "win32":
            os.register_at_fork(before=self._stop_clock, after_in_parent=self._start_clock)
        self._start_clock()

    def stage(self, name: str, total: int | None = None) -> None:
        """Finish the bar before, and begin one."""
        self._finish()
        self._task = int(self._progress.add_task(self._escape(plain(name)), total=total, rate=""))

    def advance(self, steps: int = 1) -> None:
        """Move the bar."""
        if self._task is None:
            return
        task = self._progress.tasks[self._task]
        # The speed is unknown until the bar has moved twice.
        rate = f"{task.speed:,.0f}/s" if task.speed else ""
        self._progress.update(task.id, advance=steps, rate=rate)
        if time.monotonic() - self._drawn_s >= _DRAWN_EVERY_S:
            self._progress.refresh()
            self._drawn_s = time.monotonic()

    def remark(self, text: str) -> None:
        """Write one line above the bars."""
        # Square brackets of a file name are text and no markup.
        self._console.print(plain(text), markup=False)

    def close(self) -> None:
        """Stop drawing."""
        self._is_open = False
        self._stop_clock()
        self._finish()
        self._progress.stop()

    def _start_clock(self) -> None:
        if self._is_open:  # what a fork calls is never forgotten
            self._clock = _Clock(self._progress.refresh)
            self._clock.start()

    def _stop_clock(self) -> None:
        if self._clock is not None:
            self._clock.stop()
            self._clock = None

    def _finish(self) -> None:
        if self._task is None:
            return
        task = self._progress.tasks[self._task]
        total = task.total if task.total is not None else max(task.completed, 1)
        self._progress.update(task.id, total=total, completed=total, rate="")
        self._task = None


class QuietTalk(LineTalk):
    """Says nothing but what went wrong, which the errors say themselves."""

    def remark(self, text: str) -> None:
        """Say nothing."""


@contextmanager
def talking(*, quiet: bool = False) -> Iterator[Progress]:
    """Yield the listener that fits stderr, and close it in the end, whatever happened."""
    listener: LineTalk | BarTalk
    if quiet:
        listener = QuietTalk()
    elif sys.stderr.isatty():
        listener = BarTalk()
    else:
        listener = LineTalk()
    try:
        yield listener
    finally:
        listener.close()
