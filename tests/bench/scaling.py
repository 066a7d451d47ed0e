"""
One worker and two over the same partitions: processes here, and a dask cluster on the loopback.

``python -m tests.bench.scaling FOLDER`` starts that cluster and times the work alone.
"""

import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from tests.bench import partition_costs
from tests.bench.measure import say_work
from tests.bench.pairs import Figure, Pair
from tests.bench.peers import Peers
from tests.cluster.cluster_of_two import cluster_of_two

_EXTRACT = Path("../shared/real/osm_pbf/porto_portugal.osm.pbf")
_PARTS = 4
_CLUSTER = Path(".venv-cluster/bin/python")
_TURNS = 3


def pairs(folder: Path, _: Peers) -> Iterator[Pair]:
    """Yield two processes beside one, and two workers of a cluster beside two processes."""
    lacking = "" if _EXTRACT.exists() else f"{_EXTRACT} is not there"
    if not lacking:
        _prepare(folder)
    extracts = [str(folder / f"part-{number}.osm.pbf") for number in range(_PARTS)]
    name = f"streets in view of {_PARTS} extracts"

    def command(python: str, workers: int) -> tuple[str, ...]:
        to = ("--workers", str(workers), "--to", str(folder / "streets.csv"))
        words = ("streets", *extracts, "--release", str(folder / "porto"), *to)
        return (python, "-m", "mapper", *words)

    yield from partition_costs.pairs(folder, lacking)
    yield Pair(
        f"{name}, two processes",
        command(sys.executable, 2),
        "one process",
        command(sys.executable, 1),
        figure=Figure.WAIT,
        lacking=lacking,
        turns=_TURNS,
    )
    # Of its parent: under a venv's link a resolved path would be the Python that it was made of.
    python = str(_CLUSTER.absolute())
    yield Pair(
        f"{name}, two workers of dask",
        (python, "-m", "tests.bench.scaling", str(folder)),
        "two processes",
        command(python, 2),
        figure=Figure.WAIT,
        lacking=lacking or ("" if _CLUSTER.exists() else "dask is not installed: make cluster"),
        turns=_TURNS,
    )


def _prepare(folder: Path) -> None:
    """Lay out the partitions and the release they are measured against."""
    for number in range(_PARTS):
        shutil.copyfile(_EXTRACT, folder / f"part-{number}.osm.pbf")
    build = ("build", str(_EXTRACT), "--no-streets", "--quiet", "--out", str(folder / "porto"))
    subprocess.run((sys.executable, "-m", "mapper", *build), check=True)  # noqa: S603 - our own command


def _on_cluster(folder: str) -> None:
    extracts = sorted(map(str, Path(folder).glob("part-*.osm.pbf")))
    with tempfile.TemporaryDirectory() as own, cluster_of_two(Path(own)) as scheduler:
        to = ("--scheduler", scheduler, "--to", str(Path(own) / "streets.csv"))
        words = ("streets", *extracts, "--release", str(Path(folder) / "porto"), *to)
        command = (sys.executable, "-m", "mapper", *words)
        # Workers load the package with their first task; that is counted for processes too.
        say_work(lambda: subprocess.run(command, check=True, stdout=subprocess.DEVNULL))  # noqa: S603 - our own command


if __name__ == "__main__":
    _on_cluster(sys.argv[1])
