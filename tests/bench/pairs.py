"""
Two commands that do as much, ours and a peer, run in turn; what is kept is their ratio.

What a machine is busy with meets both of one turn. Seconds differ between machines by a factor of
two, ratios hardly.
"""

import os
import re
import shlex
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from statistics import median
from typing import Final

from tests.bench.measure import Run, median_of, run

TURNS: Final = 5


class Figure(StrEnum):
    """What the two are compared by: processor time, or the wait where several cores work."""

    PROCESSOR = "cpu_s"
    WAIT = "wall_s"


@dataclass(frozen=True, slots=True)
class Pair:
    """
    What is measured, and beside what.

    Attributes
    ----------
    ratio_max, ours_max_s, memory_max_mb
        What ours is held to: by the peer's figure, by its own, by its peak of memory.
    before
        Called before each run of ours and of the peer, with ``True`` for ours.
    lacking
        Why it cannot be measured here, as a file or a peer that is not there; empty where it can.
    turns
        How often both are run at most.
    by
        How a command is run, where its own memory is not all that counts.
    """

    name: str
    ours: Sequence[str]
    peer_name: str
    peer: Sequence[str]
    figure: Figure = Figure.PROCESSOR
    ratio_max: float | None = None
    ours_max_s: float | None = None
    memory_max_mb: float | None = None
    before: Callable[[bool], None] = lambda _: None
    lacking: str = ""
    turns: int = TURNS
    ours_in: Path | None = None
    peer_in: Path | None = None
    by: Callable[[Sequence[str], Path | None], Run] = lambda command, cwd: run(command, cwd=cwd)

    @property
    def key(self) -> str:
        """Both names: one thing may have several peers."""
        return f"{self.name}, beside {self.peer_name}"

    def value(self, took: Run) -> float:
        """Return the figure that counts."""
        return float(getattr(took, self.figure))


@dataclass(frozen=True, slots=True)
class Measured:
    """The medians of a pair; ``ratio`` is the median of those of each turn, ours by the peer's."""

    pair: Pair
    ours: Run
    peer: Run
    ratio: float
    ratios: tuple[float, ...]

    def verdicts(self) -> Iterator[str]:
        """Yield each bar and whether it was met."""
        pair = self.pair
        for what, bar, value in (
            ("ratio", pair.ratio_max, self.ratio),
            ("s", pair.ours_max_s, pair.value(self.ours)),
            ("MB", pair.memory_max_mb, self.ours.peak_mb),
        ):
            if bar is not None:
                yield f"{what} {bar:.3g} {'met' if value <= bar else 'MISSED'}"

    def lines(self) -> Iterator[str]:
        """Yield it as it is printed."""
        turns = ", ".join(f"{ratio:.2f}" for ratio in self.ratios)
        held = "".join(f"; bar: {verdict}" for verdict in self.verdicts())
        yield f"{self.pair.key}: ratio {self.ratio:.2f} of {self.pair.figure} ({turns}){held}"
        for name, took, command in (
            ("ours", self.ours, self.pair.ours),
            ("peer", self.peer, self.pair.peer),
        ):
            yield (
                f"  {name}: {took.cpu_s:.2f} s of processor, {took.wall_s:.2f} s of wall, "
                f"{took.peak_mb:.0f} MB: {said(command)}"
            )

    def row(self) -> str:
        """Return it as a line of a Markdown table."""
        pair = self.pair
        unit = "s" if pair.figure is Figure.PROCESSOR else "s, waited"
        cells = (
            pair.name,
            pair.peer_name,
            f"{self.ratio:.2f}",
            f"{pair.value(self.ours):.2f} {unit}",
            f"{pair.value(self.peer):.2f} {unit}",
            f"{self.ours.peak_mb:,.0f}, {self.peer.peak_mb:,.0f}",
            "; ".join(self.verdicts()),
        )
        return f"| {' | '.join(cells)} |"


TABLE_HEAD: Final = (
    "| ours | peer | ratio | ours | peer | memory, MB | bar |\n"
    "| --- | --- | --- | --- | --- | --- | --- |"
)


def measure(pair: Pair, turns: int | None = None) -> Measured:
    """
    Run the two in turn, the peer first.

    Raises
    ------
    RuntimeError
        If a command fails.
    """
    took: dict[bool, list[Run]] = {False: [], True: []}
    for _ in range(min(turns or TURNS, pair.turns) if turns else pair.turns):
        for is_ours, command, folder in (
            (False, pair.peer, pair.peer_in),
            (True, pair.ours, pair.ours_in),
        ):
            pair.before(is_ours)
            took[is_ours].append(pair.by(command, folder))
    # Of each turn by itself: what else the machine did was much the same for both of one turn.
    ratios = tuple(
        pair.value(ours) / pair.value(peer)
        for ours, peer in zip(took[True], took[False], strict=True)
    )
    return Measured(pair, median_of(took[True]), median_of(took[False]), median(ratios), ratios)


def said(command: Sequence[str]) -> str:
    """Write a command as one line that a shell takes, without folders of this machine."""
    words = [word.replace(sys.executable, "python") for word in command]
    line = " ".join(shlex.quote(word.strip().replace("\n", "; ")) for word in words)
    cwd = Path.cwd()
    here = {str(cwd): ".", str(cwd.parent): "..", os.environ.get("TMPDIR", "/tmp"): "TMP"}  # noqa: S108 - named, not used
    for folder, name in here.items():
        line = line.replace(f"{folder}/", f"{name}/")
    # Folders of a run have a name that no other run gives them.
    return re.sub(r"\bTMP/tmp\w+", "TMP", line)
