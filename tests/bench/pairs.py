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
from dataclasses import dataclass, replace
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
    figure, told_too
        What the two are held to a bar by, and what is told of the same runs without one: who works
        with both cores waits less than the processor takes.
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
    told_too: Sequence[Figure] = ()
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
        """Both names and the figure: one thing may have several peers and two figures."""
        waited = ", waited" if self.figure is Figure.WAIT else ""
        return f"{self.name}, beside {self.peer_name}{waited}"

    def value(self, took: Run) -> float:
        """Return the figure that counts."""
        return float(getattr(took, self.figure))


@dataclass(frozen=True, slots=True)
class Measured:
    """The runs of a pair, ours and the peer's of each turn, told by the figure of the pair."""

    pair: Pair
    turns: tuple[tuple[Run, Run], ...]

    @property
    def ours(self) -> Run:
        """The medians of ours."""
        return median_of([ours for ours, _ in self.turns])

    @property
    def peer(self) -> Run:
        """The medians of the peer."""
        return median_of([peer for _, peer in self.turns])

    @property
    def ratios(self) -> tuple[float, ...]:
        """Ours by the peer's, of each turn by itself: the machine did much the same meanwhile."""
        value = self.pair.value
        return tuple(value(ours) / value(peer) for ours, peer in self.turns)

    @property
    def ratio(self) -> float:
        """The median of the ratios."""
        return median(self.ratios)

    def told_too(self) -> Iterator["Measured"]:
        """Yield the same runs by the figures that are held to no bar."""
        for figure in self.pair.told_too:
            without_bars = replace(
                self.pair,
                figure=figure,
                told_too=(),
                ratio_max=None,
                ours_max_s=None,
                memory_max_mb=None,
            )
            yield Measured(without_bars, self.turns)

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
        """Yield it as it is printed, by each of its figures."""
        for told in (self, *self.told_too()):
            turns = ", ".join(f"{ratio:.2f}" for ratio in told.ratios)
            held = "".join(f"; bar: {verdict}" for verdict in told.verdicts())
            yield f"{told.pair.key}: ratio {told.ratio:.2f} of {told.pair.figure} ({turns}){held}"
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
    return Measured(pair, tuple(zip(took[True], took[False], strict=True)))


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
