"""
A command measured stage by stage, by what it says on stderr: ``resolve ...`` begins a stage.

Nothing of it stands in the command itself, so an earlier commit is measured in the same way. The
figures are the system's, of the process and all below it, and so exist on Linux alone.
"""

import os
import re
import subprocess
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event, Lock, Thread
from typing import Final

_EVERY_S: Final = 0.2
_KIB: Final = 1024
_BEGINS: Final = re.compile(r"(?P<name>\S.*?)(?: \([\d,]+\))? \.\.\.")
_BEFORE: Final = "start"


@dataclass(slots=True)
class Stage:
    """A stage: its processor seconds, and the most memory that its processes held together."""

    name: str
    cpu_s: float = 0.0
    peak_mb: float = 0.0

    def text(self) -> str:
        """Write it as one line."""
        return f"{self.name:<28} {self.cpu_s:6.1f} s of processor {self.peak_mb:8,.0f} MB"


@dataclass(slots=True)
class StagedRun:
    """One finished command; ``said`` is what it wrote to stderr."""

    wall_s: float = 0.0
    cpu_s: float = 0.0
    exit_code: int = 0
    said: str = ""
    stages: list[Stage] = field(default_factory=lambda: [Stage(_BEFORE)])

    @property
    def peak_mb(self) -> float:
        """The most memory of any stage."""
        return max(stage.peak_mb for stage in self.stages)


def staged_run(command: Sequence[str], *, cwd: Path) -> StagedRun:
    """Run a command to its end."""
    took, begun_s, ended, lock = StagedRun(), time.perf_counter(), Event(), Lock()
    process = subprocess.Popen(  # noqa: S603 - our own commands
        command, cwd=cwd, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True
    )
    spent_s = 0.0

    def look() -> None:
        nonlocal spent_s
        with lock:
            cpu_s, memory_mb = _of_tree(process.pid)
            stage = took.stages[-1]
            # A worker that has ended is counted by its parent only once that has asked for it.
            stage.cpu_s += max(0.0, cpu_s - spent_s)
            spent_s = max(spent_s, cpu_s)
            stage.peak_mb = max(stage.peak_mb, memory_mb)

    def watch() -> None:
        while not ended.wait(_EVERY_S):
            look()

    watcher = Thread(target=watch, daemon=True)
    watcher.start()
    if process.stderr is None:
        msg = "the command has no stderr"
        raise RuntimeError(msg)
    with process.stderr as lines:
        for line in lines:
            took.said += line
            if begins := _BEGINS.fullmatch(line.rstrip()):
                look()
                took.stages.append(Stage(begins["name"]))
    ended.set()
    watcher.join()
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = took.exit_code = os.waitstatus_to_exitcode(status)
    took.wall_s = time.perf_counter() - begun_s
    took.cpu_s = usage.ru_utime + usage.ru_stime
    return took


def _of_tree(root: int) -> tuple[float, float]:
    """Return processor seconds and memory in MB of a process and all below it."""
    parents: dict[int, int] = {}
    spent: dict[int, float] = {}
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            fields = (folder / "stat").read_text(encoding="utf-8").rpartition(")")[2].split()
        except OSError:
            continue
        # Own time and that of children who have ended: utime, stime, cutime, cstime.
        parents[int(folder.name)] = int(fields[1])
        spent[int(folder.name)] = sum(map(int, fields[11:15])) / os.sysconf("SC_CLK_TCK")
    tree = {root}
    while more := {pid for pid, parent in parents.items() if parent in tree} - tree:
        tree |= more
    tree &= spent.keys()
    return sum(spent[pid] for pid in tree), sum(map(_shared_out_mb, tree))


def _shared_out_mb(pid: int) -> float:
    """Return a process' memory, a page that several hold counted in parts (PSS)."""
    try:
        text = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="utf-8")
    except OSError:
        return 0.0
    found_kib = re.search(r"^Pss:\s+(\d+) kB", text, re.MULTILINE)
    return int(found_kib[1]) / _KIB if found_kib else 0.0
