"""
Ours and a peer that does as much, run in turn, so that what a machine is busy with meets both.

``make bench-ratios`` prints medians of processor seconds, ratios, memory and the commands;
``make bench-check`` holds the ratios to those in ``ratios.json`` and fails where one is 15 % worse.
Seconds differ between machines by a factor of two, ratios hardly.
"""

import json
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from tests.bench.large_pbf import EXTRACTS, write_large_pbf
from tests.bench.measure import Run, run

COMMITTED = Path(__file__).with_name("ratios.json")
LOSS_MAX = 0.15
TURNS = 5

_MAPPER = (sys.executable, "-m", "mapper")
_PBF = "../shared/real/osm_world_202511/dev.osm.pbf"
_OUR_READER = f"""
from pathlib import Path
from mapper.model.progress import NoProgress
from mapper.sources.osm.reading import read
assert read(Path({_PBF!r}), progress=NoProgress()).observations
"""
# Only the objects that ours reads too; what is done with them is the difference.
_PYOSMIUM = f"""
import osmium
tags = osmium.filter.TagFilter(("man_made", "surveillance"), ("highway", "speed_camera"))
assert sum(len(dict(each.tags)) for each in osmium.FileProcessor({_PBF!r}).with_filter(tags))
"""
# All three load the same modules, so that the difference is the reading.
_LARGE = """
import sys, zlib
from pathlib import Path
import osmium
from mapper.sources.osm.block_reader import BlockReader
from mapper.sources.osm.pbf_wire import next_block, once_each
path = Path(sys.argv[1])
"""
_OUR_WALK = _LARGE + "assert sum(1 for _ in BlockReader(path).cameras())"
_TAG_FILTER = (
    _LARGE
    + """
tags = osmium.filter.TagFilter(("man_made", "surveillance"), ("highway", "speed_camera"))
assert sum(1 for _ in osmium.FileProcessor(str(path)).with_filter(tags))
"""
)
_INFLATED = (
    _LARGE
    + """
with path.open("rb") as file:
    while (block := next_block(file)) is not None:
        zlib.decompress(once_each(block.blob)[3])
"""
)


@dataclass(frozen=True, slots=True)
class Pair:
    """
    What is measured, and beside what.

    Attributes
    ----------
    before
        Called before each run of ours and of the peer, with ``True`` for ours.
    """

    name: str
    ours: Sequence[str]
    peer_name: str
    peer: Sequence[str]
    before: Callable[[bool], None] = lambda _: None
    needs: str = ""


@dataclass(frozen=True, slots=True)
class Measured:
    """The medians of a pair; ``ratio`` is ours by the peer's, of processor seconds."""

    pair: Pair
    ours: Run
    peer: Run
    ratio: float

    def lines(self) -> Iterator[str]:
        """Yield it as it is printed."""
        yield f"{self.pair.name}: {self.ratio:.2f} of {self.pair.peer_name}"
        for name, took, command in (
            ("ours", self.ours, self.pair.ours),
            ("peer", self.peer, self.pair.peer),
        ):
            said = " ".join(command[1:]).strip().replace("\n", "; ")
            yield (
                f"  {name}: {took.cpu_s:.2f} s of processor, {took.wall_s:.2f} s of wall, "
                f"{took.peak_mb:.0f} MB: python {said}"
            )


def pairs(folder: Path) -> Iterator[Pair]:
    """Yield what is measured."""
    out = folder / "build"

    def clean(is_ours: bool) -> None:  # noqa: FBT001 - the two sides of a pair
        # The peer of a second build is the first one, which finds nothing kept.
        if not is_ours:
            shutil.rmtree(out, ignore_errors=True)

    build = (*_MAPPER, "build", "--quiet", "--out", str(out))
    yield Pair("the sample built again", build, "the first build of it", build, clean)
    yield Pair(
        "mapper --help",
        (*_MAPPER, "--help"),
        "importing its parser of arguments",
        (sys.executable, "-c", "import typer.main, rich.console"),
    )
    yield Pair(
        "192,514 objects read, cleaned and kept with their evidence",
        (sys.executable, "-c", _OUR_READER),
        "pyosmium, which filters and counts their tags",
        (sys.executable, "-c", _PYOSMIUM),
        needs=_PBF,
    )
    yield from pairs_of_large_pbf(folder)


def pairs_of_large_pbf(folder: Path) -> Iterator[Pair]:
    """Yield what is measured on a file of 200 MB."""
    path = folder / "large.osm.pbf"
    if all(extract.exists() for extract in EXTRACTS):
        write_large_pbf(path)
    for peer_name, peer in (
        ("pyosmium's TagFilter", _TAG_FILTER),
        ("inflating its blocks by zlib", _INFLATED),
    ):
        yield Pair(
            f"a PBF of 200 MB searched for cameras, beside {peer_name}",
            (sys.executable, "-c", _OUR_WALK, str(path)),
            peer_name,
            (sys.executable, "-c", peer, str(path)),
            needs=str(path),
        )


def measure(pair: Pair, turns: int = TURNS) -> Measured:
    """
    Run the two in turn, the peer first.

    Raises
    ------
    RuntimeError
        If a command fails.
    """
    took: dict[bool, list[Run]] = {False: [], True: []}
    for _ in range(turns):
        for is_ours, command in ((False, pair.peer), (True, pair.ours)):
            pair.before(is_ours)
            took[is_ours].append(run(command))
            if took[is_ours][-1].exit_code:
                msg = f"{pair.name}: exit code {took[is_ours][-1].exit_code} of {command}"
                raise RuntimeError(msg)
    # Of each turn by itself: what else the machine did was much the same for both of one turn.
    ratio = median(
        ours.cpu_s / peer.cpu_s for ours, peer in zip(took[True], took[False], strict=True)
    )
    return Measured(pair, _median(took[True]), _median(took[False]), ratio)


def losses(ratios: dict[str, float], committed: dict[str, float]) -> list[str]:
    """Say which ratios are worse than the committed ones by more than 15 %, or have none."""
    said = []
    for name, ratio in ratios.items():
        if name not in committed:
            said.append(f"{name}: no committed ratio")
        elif ratio > committed[name] * (1 + LOSS_MAX):
            said.append(f"{name}: {ratio:.2f}, and {committed[name]:.2f} is committed")
    return said


def _median(runs: Sequence[Run]) -> Run:
    return Run(
        median(one.wall_s for one in runs),
        median(one.cpu_s for one in runs),
        median(one.peak_mb for one in runs),
        0,
    )


def main(arguments: list[str]) -> int:
    """Measure and print; ``--check`` compares, ``--commit`` writes, ``--turns=2`` is sooner."""
    named = [word.removeprefix("--turns=") for word in arguments if word.startswith("--turns=")]
    turns = int(named[0]) if named else TURNS
    ratios: dict[str, float] = {}
    with tempfile.TemporaryDirectory() as folder:
        for pair in pairs(Path(folder)):
            if pair.needs and not Path(pair.needs).exists():
                sys.stdout.write(f"{pair.name}: {pair.needs} is not there; not measured\n")
                continue
            measured = measure(pair, turns)
            ratios[pair.name] = round(measured.ratio, 3)
            sys.stdout.write("\n".join(measured.lines()) + "\n")
            sys.stdout.flush()
    if "--commit" in arguments:
        COMMITTED.write_text(json.dumps(ratios, indent=2) + "\n", encoding="utf-8")
    if "--check" not in arguments:
        return 0
    lost = losses(ratios, json.loads(COMMITTED.read_text(encoding="utf-8")))
    sys.stdout.write("".join(f"slower: {line}\n" for line in lost) or "no ratio is worse\n")
    return 1 if lost else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
