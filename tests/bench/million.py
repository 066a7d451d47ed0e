"""
`make bench-million`: builds of 1,000,000 cameras and of a fifth of them, in turn.

Where the time of a build grows with its cameras and no faster, 100,000 of the million cost no more
than 100,000 of the fifth. Both are made of the real objects of the world: of all of them, and of
every fifth, each with copies some hundred metres away. Printed are the seconds of both, their
ratio, memory, and the stages with a ratio of their own.
"""

import math
import shutil
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from statistics import median
from typing import Any, Final

import osmium

from tests.bench.earlier_commit import built, command
from tests.bench.measure import Row, run
from tests.bench.staged_run import StagedRun
from tests.bench.world import WORLD

OBJECTS: Final = 1_000_000
FIFTH: Final = 5
RATIO_MAX: Final = 1.1
"""Linear within ten percent."""
MEMORY_MAX_MB: Final = 2000
TOLD_BY: Final = 100_000

_METRES_OF_A_DEGREE = 111_320.0
_NEAREST_M, _FARTHEST_M = 100.0, 500.0
# Of a turn: positions on a ring that follow each other by it never come to lie on one another.
_GOLDEN_ANGLE = math.pi * (3 - math.sqrt(5))
# Nearer to a pole a metre is so many degrees that a copy would lie elsewhere.
_FARTHEST_LAT_DEG = 85.0
_STAGE_TOLD_FROM_S = 0.5


def write_copies(source: Path, to: Path, objects: int, *, every: int = 1) -> None:
    """
    Write so many nodes as a PBF in order: those of a file in order, each with its share of copies.

    Parameters
    ----------
    source
        A PBF of nodes, in order of their ids.
    every
        Which of them are taken: every fifth for 5.
    """
    originals = sum(1 for _ in _each(source, every))
    header = osmium.io.Header()
    header.set("sorting", "Type_then_ID")
    last_id = written = 0
    with osmium.SimpleWriter(str(to), header=header, overwrite=True) as writer:
        for number, node in enumerate(_each(source, every), start=1):
            copies = number * objects // originals - written
            for copy in range(copies):
                # An id tells when a node was mapped, so a copy gets the next one that is free.
                last_id = max(last_id + 1, node.id)
                moved = _moved(node.lon, node.lat, written + copy) if copy else node.location
                writer.add_node(node.replace(id=last_id, location=moved))
            written += copies


def _each(source: Path, every: int) -> Iterator[Any]:
    for number, node in enumerate(osmium.FileProcessor(str(source), osmium.osm.NODE)):
        if number % every == 0:
            yield node


def _moved(lon_deg: float, lat_deg: float, number: int) -> tuple[float, float]:
    """Return a place some hundred metres away, in another direction for every number."""
    angle = number * _GOLDEN_ANGLE
    away_m = _NEAREST_M + number % 101 / 100 * (_FARTHEST_M - _NEAREST_M)
    away_deg = away_m / _METRES_OF_A_DEGREE
    narrowed = math.cos(math.radians(min(abs(lat_deg), _FARTHEST_LAT_DEG)))
    lon_deg += away_deg * math.sin(angle) / narrowed
    lat_deg += away_deg * math.cos(angle)
    return (lon_deg + 180) % 360 - 180, max(-90.0, min(90.0, lat_deg))


def rows(large: Sequence[StagedRun], small: Sequence[StagedRun]) -> Iterator[Row]:
    """Yield what 100,000 objects cost in both, and what of it has a bar, of as many turns."""
    fifth = f"{OBJECTS // FIFTH:,} objects"
    for what, figure in (("seconds of processor", "cpu_s"), ("seconds of waiting", "wall_s")):
        of_large, of_small = (
            [getattr(one, figure) / objects * TOLD_BY for one in runs]
            for runs, objects in ((large, OBJECTS), (small, OBJECTS // FIFTH))
        )
        named = f"{OBJECTS:,} objects, {what} per {TOLD_BY:,}"
        yield Row(named, median(of_large), "s", peer=fifth, peer_value=median(of_small))
        ratios = [one / other for one, other in zip(of_large, of_small, strict=True)]
        bar = RATIO_MAX if figure == "cpu_s" else None
        yield Row(f"{OBJECTS:,} beside {fifth}, {what} per object", median(ratios), "", bar)
    peak_mb = median(one.peak_mb for one in large)
    named = f"{OBJECTS:,} objects, peak memory of all processes"
    yield Row(named, peak_mb, "MB", MEMORY_MAX_MB)


def stages(large: StagedRun, small: StagedRun) -> Iterator[str]:
    """Yield each stage that takes long: its seconds in both, and the ratio per object."""
    seconds = {stage.name: stage.cpu_s for stage in small.stages}
    for stage in large.stages:
        before_s = seconds.get(stage.name, 0.0)
        if max(stage.cpu_s, before_s) >= _STAGE_TOLD_FROM_S:
            ratio = f"{stage.cpu_s / before_s / FIFTH:6.2f}" if before_s else "      "
            yield f"  {stage.text()}  {before_s:6.1f} s of the fifth {ratio}"


def main(arguments: Sequence[str]) -> int:
    """Measure and print; ``--turns=3`` takes longer and is surer."""
    if not WORLD.exists():
        sys.stdout.write(f"{WORLD} is not there; nothing was measured\n")
        return 1
    named = [word.removeprefix("--turns=") for word in arguments if word.startswith("--turns=")]
    took: dict[int, list[StagedRun]] = {1: [], FIFTH: []}
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "build"
        # Whoever builds first makes the pages of organisations, and keeps them for the others.
        run([sys.executable, "-m", "mapper", "build", "--out", str(out)])
        for every in took:
            # Under one name, which the first stage has.
            path = Path(folder) / str(every) / "copies.osm.pbf"
            path.parent.mkdir()
            write_copies(WORLD, path, OBJECTS // every, every=every)
        for _ in range(int(named[0]) if named else 1):
            for every, runs in took.items():
                shutil.rmtree(out, ignore_errors=True)
                extract = Path(folder) / str(every) / "copies.osm.pbf"
                runs.append(built(command(extract, out), Path.cwd()))
    told = [row.text() for row in rows(took[1], took[FIFTH])]
    lines = [*told, "stages:", *stages(took[1][-1], took[FIFTH][-1])]
    sys.stdout.write("\n".join(lines) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
