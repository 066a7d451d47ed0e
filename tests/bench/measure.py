"""How the bench measures: whole processes, the system's own accounting, medians."""

import gzip
import json
import os
import platform
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from statistics import median

_LIGHT = Path(__file__).with_name("light_run.py")
_WORK = "bench-work "


@dataclass(frozen=True, slots=True)
class Run:
    """
    One finished process: wall and processor seconds, peak memory in MB, exit code.

    A process that times a part of itself (``say_work``) has the seconds of that part alone.
    """

    wall_s: float
    cpu_s: float
    peak_mb: float
    exit_code: int


@dataclass(frozen=True, slots=True)
class Row:
    """
    One line of the table.

    Attributes
    ----------
    bar
        What the figure is held to; None where it is only told.
    peer, peer_value
        What else does the same, in the same run.
    """

    what: str
    value: float
    unit: str
    bar: float | None = None
    peer: str = ""
    peer_value: float | None = None
    note: str = ""
    command: Sequence[str] = ()

    def text(self) -> str:
        """Write it as one line of a table."""
        verdict = "" if self.bar is None else ("met" if self.value <= self.bar else "MISSED")
        bar = "" if self.bar is None else f"<= {self.bar:g}"
        peer = ""
        if self.peer_value is not None:
            ratio = f" (ratio {self.value / self.peer_value:.3g})" if self.peer_value else ""
            peer = f"{self.peer}: {self.peer_value:,.4g}{ratio}"
        elif self.peer:
            peer = self.peer
        return (
            f"{self.what:<58} {self.value:>10,.4g} {self.unit:<10} {bar:<10} {verdict:<7}"
            f"{peer} {self.note}"
        ).rstrip()


def table(rows: Sequence[Row]) -> str:
    """Return rows as a table of Markdown."""
    lines = ["| what | value | bar | peer | |", "| --- | --- | --- | --- | --- |"]
    for row in rows:
        bar = (
            "" if row.bar is None else f"{row.bar:g}: {'met' if row.value <= row.bar else 'MISSED'}"
        )
        peer = row.peer if row.peer_value is None else f"{row.peer}: {row.peer_value:,.3g}"
        lines.append(f"| {row.what} | {row.value:,.3g} {row.unit} | {bar} | {peer} | {row.note} |")
    return "\n".join(lines)


def machine() -> str:
    """Say what is measured on: processor, cores, memory, and the versions that count."""
    model = next(
        line.partition(": ")[2]
        for line in Path("/proc/cpuinfo").read_text("utf-8").splitlines()
        if line.startswith("model name")
    )
    memory_gb = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1e9
    names = (
        "whose-cameras",
        "geopandas",
        "numpy",
        "osmium",
        "pandas",
        "pyarrow",
        "scipy",
        "shapely",
    )
    versions = ", ".join(f"{name} {version(name)}" for name in names)
    load = os.getloadavg()[0]
    return (
        f"{model}, {os.cpu_count()} cores, {memory_gb:.0f} GB, {platform.system()}, "
        f"Python {platform.python_version()}; {versions}. Load when it began: {load:.1f}."
    )


def say_work(work: Callable[[], object]) -> None:
    """Do some work and print its seconds, by which ``run`` leaves out what stood before it."""
    begun_s, begun_cpu_s = time.perf_counter(), time.process_time()
    work()
    took = {
        "wall_s": time.perf_counter() - begun_s,
        "cpu_s": time.process_time() - begun_cpu_s,
    }
    sys.stdout.write(_WORK + json.dumps(took) + "\n")


def run(command: Sequence[str], *, cwd: Path | None = None, timeout_s: float = 600.0) -> Run:
    """
    Run a command to its end; its output is thrown away, but for what ``say_work`` printed.

    Raises
    ------
    RuntimeError
        If it fails, or takes longer than is given: half a run is no figure. With its last words.
    """
    with tempfile.TemporaryDirectory() as folder:
        figures, wrong = Path(folder) / "figures", Path(folder) / "wrong"
        light = [sys.executable, "-I", "-S", str(_LIGHT), str(figures), str(timeout_s), *command]
        with wrong.open("w") as into:
            said = subprocess.run(  # noqa: S603 - our own commands
                light, cwd=cwd, stdout=subprocess.PIPE, stderr=into, text=True, check=False
            )
        took = json.loads(figures.read_text("utf-8")) if figures.exists() else {"exit_code": -1}
        last_words = wrong.read_text("utf-8", errors="replace").strip()[-500:]
    if took["exit_code"]:
        msg = f"exit code {took['exit_code']} of {' '.join(command)}: {last_words}"
        raise RuntimeError(msg)
    works = [line for line in said.stdout.splitlines() if line.startswith(_WORK)]
    took |= json.loads(works[-1].removeprefix(_WORK)) if works else {}
    return Run(**took)


def median_of(runs: Sequence[Run]) -> Run:
    """Return the median of each figure."""
    return Run(
        median(each.wall_s for each in runs),
        median(each.cpu_s for each in runs),
        median(each.peak_mb for each in runs),
        0,
    )


def gzipped_bytes(path: Path) -> int:
    """Count a file's bytes as a server would send them."""
    return len(gzip.compress(path.read_bytes(), 9, mtime=0))
