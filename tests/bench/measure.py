"""How the bench measures: whole processes, the system's own accounting, medians."""

import gzip
import os
import platform
import subprocess
import time
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from statistics import median

_KIB = 1024


@dataclass(frozen=True, slots=True)
class Run:
    """One finished process: wall and processor seconds, peak memory in MB, exit code."""

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

    def text(self) -> str:
        """Write it as one line of a table."""
        verdict = "" if self.bar is None else ("met" if self.value <= self.bar else "MISSED")
        bar = "" if self.bar is None else f"<= {self.bar:g}"
        peer = ""
        if self.peer_value is not None:
            ratio = self.value / self.peer_value if self.peer_value else float("inf")
            peer = f"{self.peer}: {self.peer_value:,.4g} (ratio {ratio:.3g})"
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


def run(command: Sequence[str], *, timeout_s: float = 600.0) -> Run:
    """Run a command to its end, its output thrown away."""
    begun_s = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)  # noqa: S603 - our own commands
    ends_s = begun_s + timeout_s
    while True:
        pid, status, usage = os.wait4(process.pid, os.WNOHANG)
        if pid:
            break
        if time.perf_counter() > ends_s:
            process.kill()
        time.sleep(0.005)
    process.returncode = os.waitstatus_to_exitcode(status)
    return Run(
        wall_s=time.perf_counter() - begun_s,
        cpu_s=usage.ru_utime + usage.ru_stime,
        peak_mb=usage.ru_maxrss / _KIB,
        exit_code=process.returncode,
    )


def median_of(runs: Sequence[Run]) -> Run:
    """Return the median of each figure; a failed run fails the measurement."""
    failed = [one.exit_code for one in runs if one.exit_code]
    if failed:
        msg = f"a measured command ended with exit code {failed[0]}"
        raise RuntimeError(msg)
    return Run(
        median(one.wall_s for one in runs),
        median(one.cpu_s for one in runs),
        median(one.peak_mb for one in runs),
        0,
    )


def gzipped_bytes(path: Path) -> int:
    """Count a file's bytes as a server would send them."""
    return len(gzip.compress(path.read_bytes(), 9, mtime=0))
