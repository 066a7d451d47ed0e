"""
`make bench`: every figure the project names, measured, beside its peer in the same run.

Ours and the peer run in turn, several times; printed are medians, ratios, memory and the command of
each. Groups: start, lookups, links, reading, serving, scaling, world; without words all of them, in
under fifteen minutes on two idle cores. What cannot be measured here is named with the reason, and
the rest goes on.

``--write`` puts the table into docs/benchmarks.md and the ratios into ratios.json; ``--check``
compares with those, and fails where one is 15 % worse; ``--turns=2`` is sooner. By name also:
vendors (the gold file), operators, dates, kills, pages (Chromium), which print for themselves.
"""

import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from tests.bench import (
    earlier_commit,
    links,
    lookups,
    page_speed,
    ratios,
    reading,
    reports,
    scaling,
    serving_load,
    starts,
)
from tests.bench.measure import Row, machine, table
from tests.bench.pairs import TABLE_HEAD, Measured, Pair, measure, said
from tests.bench.peers import Peers, wanted
from tests.bench.world import WORLD

GROUPS: dict[str, Callable[[Path, Peers], Iterator[Pair | Row]]] = {
    "start": starts.pairs,
    "lookups": lookups.pairs,
    "links": links.pairs,
    "reading": reading.pairs,
    "serving": serving_load.rows,
    "scaling": scaling.pairs,
    "world": earlier_commit.pairs,
}
REPORTS: dict[str, Callable[[], object]] = {
    "vendors": reports.vendors,
    "operators": reports.operators,
    "dates": reports.dates,
    "kills": reports.kills,
    "pages": lambda: page_speed.main([]),
}
_BOOK = Path("docs/benchmarks.md")
_BEGIN, _END = "<!-- measured -->", "<!-- end of measured -->"


@dataclass(slots=True)
class Bench:
    """
    What was measured.

    Attributes
    ----------
    lacking
        What was not, and why.
    failed
        Whether something failed that should have been measured.
    """

    pairs: list[Measured] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)
    lacking: list[str] = field(default_factory=list)
    failed: bool = False

    def take(self, group: Iterator[Pair | Row], turns: int | None) -> None:
        """Measure a group; what fails is said, and what stands after it is measured."""
        try:
            for each in group:
                self._take_one(each, turns)
        except (OSError, RuntimeError) as error:
            self._fail(str(error))

    def _take_one(self, each: Pair | Row, turns: int | None) -> None:
        if isinstance(each, Row):
            _say(each.text())
            self.rows.append(each)
            return
        if each.lacking:
            self.lacking.append(f"{each.key}: {each.lacking}")
            _say(f"{each.key}: not measured, {each.lacking}")
            return
        try:
            measured = measure(each, turns)
        except RuntimeError as error:
            self._fail(f"{each.key}: {error}")
            return
        _say("\n".join(measured.lines()))
        self.pairs += [measured, *measured.told_too()]

    def _fail(self, why: str) -> None:
        self.failed = True
        self.lacking.append(why)
        _say(f"FAILED: {why}")

    def ratios(self) -> dict[str, float]:
        """Return the ratios by key."""
        return {each.pair.key: each.ratio for each in self.pairs}

    def page(self, said_of_machine: str) -> str:
        """Return what stands in docs/benchmarks.md."""
        # Once each, for one command may have several peers, or be told by two figures.
        told = dict.fromkeys(
            f"{name}: {said(command)}"
            for each in self.pairs
            for name, command in (
                (each.pair.name, each.pair.ours),
                (each.pair.peer_name, each.pair.peer),
            )
        )
        commands = "\n".join(told)
        rows = [TABLE_HEAD, *(each.row() for each in self.pairs)]
        lacking = [f"Not measured: {why}." for why in self.lacking]
        parts = [said_of_machine, "\n".join(rows), table(self.rows), *lacking]
        return "\n\n".join([*parts, f"The commands:\n\n```\n{commands}\n```"])


def main(arguments: Sequence[str]) -> int:
    """Measure the wanted groups, all by default; 1 where a ratio is worse or something failed."""
    words = [word for word in arguments if not word.startswith("--")]
    options = {word.partition("=")[0]: word.partition("=")[2] for word in arguments}
    unknown = [word for word in words if word not in {*GROUPS, *REPORTS}]
    if unknown or ("--write" in options and words):
        _say(f"{' '.join(unknown) or '--write'}: no group, or not with a group\n{__doc__}")
        return 2
    if not WORLD.exists():
        _say("the real files are not beside the checkout (../shared/real); nothing was measured")
        return 1
    for name in words:
        if name in REPORTS:
            REPORTS[name]()
    groups = [name for name in words or GROUPS if name in GROUPS]
    if not groups:
        return 0
    begun_s, said_of_machine = time.monotonic(), machine()
    _say(said_of_machine)
    bench = _measured(groups, int(options["--turns"]) if "--turns" in options else None)
    _say(f"\n{(time.monotonic() - begun_s) / 60:.1f} minutes")
    if "--write" in options and not bench.failed:
        _write(bench, said_of_machine)
    elif "--write" in options:
        _say("something failed: nothing was written")
    return max(int(bench.failed), _checked(bench) if "--check" in options else 0)


def _measured(groups: Sequence[str], turns: int | None) -> Bench:
    bench = Bench()
    peers = Peers.installed(wanted())
    with tempfile.TemporaryDirectory() as folder:
        for name in groups:
            _say(f"\n== {name}")
            own = Path(folder) / name
            own.mkdir()
            bench.take(GROUPS[name](own, peers), turns)
    return bench


def _write(bench: Bench, said_of_machine: str) -> None:
    before, _, rest = _BOOK.read_text("utf-8").partition(_BEGIN)
    after = rest.partition(_END)[2]
    text = f"{before}{_BEGIN}\n{bench.page(said_of_machine)}\n{_END}{after}"
    _BOOK.write_text(text, "utf-8")
    ratios.commit(bench.ratios())
    _say(f"written: {_BOOK}, {ratios.COMMITTED.name}")


def _checked(bench: Bench) -> int:
    lost = ratios.losses(bench.ratios(), ratios.committed())
    for line in lost:
        _say(f"slower: {line}")
    if not lost:
        _say(f"none of {len(bench.pairs)} ratios is worse by more than {ratios.LOSS_MAX:.0%}")
    return int(bool(lost))


def _say(text: str) -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
