"""
What one partition costs: a history file, an extract laid out into tiles, and a tile.

``python -m tests.bench.partition_costs tile FOLDER`` does one of them once, times that alone, and
says of how much; the numbers of docs/scale.md are these.
"""

import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import osmium
import shapely

from mapper.exposure.sights import Assumptions, Sights
from mapper.exposure.street_exposure import STREET_KINDS, street_sights
from mapper.exposure.street_tiles import pieces_of, sights_within, tile_exposure, tile_parts
from mapper.model.progress import NoProgress
from mapper.release.camera_frames import load_cameras
from mapper.resolve.earth import points, segments
from mapper.sources.osm.basemap_pbf import shapes
from mapper.sources.osm.history_file import read_history
from tests.bench.measure import say_work
from tests.bench.pairs import Pair

_VERSIONS = 3
_REACH_M = 30.0
_HISTORY, _EXTRACT, _RELEASE, _TILE = "past.osh.pbf", "part-0.osm.pbf", "porto", "tile.parquet"


def pairs(folder: Path, lacking: str) -> Iterator[Pair]:
    """
    Yield each partition beside what is bare of rules.

    Parameters
    ----------
    folder
        Holds an extract and a release of it, as ``scaling`` lays them out.
    """
    if not lacking:
        _write_history(folder / _EXTRACT, folder / _HISTORY)
    for name, bare in (
        ("history", "pyosmium's TagFilter, once over it"),
        ("layout", "pyosmium, which gives its ways their places"),
        ("tile", "shapely's search for pieces near cameras"),
    ):
        command = (sys.executable, "-m", "tests.bench.partition_costs")
        yield Pair(
            _TOLD[name],
            (*command, name, str(folder)),
            bare,
            (*command, f"{name}-bare", str(folder)),
            lacking=lacking,
            turns=3,
        )


def _write_history(extract: Path, to: Path) -> None:
    """Write every object of an extract in three versions, as a history file has them."""
    file = osmium.io.File(str(to), "osh.pbf")
    with osmium.SimpleWriter(file, overwrite=True) as writer:
        entities = osmium.osm.NODE | osmium.osm.WAY | osmium.osm.RELATION
        for each in osmium.FileProcessor(str(extract), entities):
            if not isinstance(each, osmium.osm.Node | osmium.osm.Way | osmium.osm.Relation):
                continue
            for version in range(1, _VERSIONS + 1):
                writer.add(each.replace(version=version, timestamp=f"202{version}-01-01T00:00:00Z"))


def _history(folder: Path) -> None:
    path = folder / _HISTORY
    say_work(lambda: read_history(path, progress=NoProgress()))
    _say(f"{path.stat().st_size / 1e6:.2f} MB")


def _history_bare(folder: Path) -> None:
    path = str(folder / _HISTORY)
    cameras = osmium.filter.TagFilter(("man_made", "surveillance"), ("highway", "speed_camera"))
    say_work(lambda: sum(1 for _ in osmium.FileProcessor(path).with_filter(cameras)))


def _layout(folder: Path) -> None:
    path = folder / _EXTRACT
    bodies: list[int] = []
    say_work(lambda: bodies.extend(len(part.body) for part in tile_parts(path)))
    _say(f"{path.stat().st_size / 1e6:.2f} MB into {sum(bodies) / 1e6:.2f} MB")


def _layout_bare(folder: Path) -> None:
    say_work(lambda: sum(1 for _ in shapes(folder / _EXTRACT, frozenset(STREET_KINDS))))


def _tile_of(folder: Path) -> tuple[Path, Sights]:
    (part, *_) = sorted(tile_parts(folder / _EXTRACT), key=lambda each: -len(each.body))
    cameras = load_cameras(folder / _RELEASE)
    sights = street_sights(cameras, Assumptions(_REACH_M))
    with tempfile.NamedTemporaryFile(dir=folder, suffix=_TILE, delete=False) as file:
        file.write(part.body)
    return Path(file.name), sights_within(sights, [part.bounds_xy], reach_m=_REACH_M)


def _tile(folder: Path) -> None:
    path, sights = _tile_of(folder)
    say_work(lambda: tile_exposure([path], sights, (), reach_m=_REACH_M))
    _say(f"{len(pieces_of([path])):,} pieces, {len(sights):,} views")


def _tile_bare(folder: Path) -> None:
    path, sights = _tile_of(folder)
    lines = pieces_of([path])
    at = points(sights.xy[:, 0], sights.xy[:, 1])
    distance_m = _REACH_M * sights.stretch

    def near() -> None:
        tree = shapely.STRtree(segments(lines.start_deg, lines.end_deg))
        tree.query(at, predicate="dwithin", distance=distance_m)

    say_work(near)


def _say(text: str) -> None:
    sys.stdout.write(text + "\n")


_TOLD = {
    "history": "one partition of history, all versions of all cameras",
    "layout": "one extract, its streets laid out into tiles",
    "tile": "one tile, its streets measured against the cameras around it",
}
_WORKS: dict[str, Callable[[Path], None]] = {
    "history": _history,
    "history-bare": _history_bare,
    "layout": _layout,
    "layout-bare": _layout_bare,
    "tile": _tile,
    "tile-bare": _tile_bare,
}

if __name__ == "__main__":
    _WORKS[sys.argv[1]](Path(sys.argv[2]))
