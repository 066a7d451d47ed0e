"""
Linking 350,000 cameras with 350,000 at 10 m, beside the bare search for near pairs.

``python -m tests.bench.links ours A.npy B.npy`` does it once, and times that alone.
"""

import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
from scipy.spatial import cKDTree

from mapper.resolve.earth import xyz_m
from mapper.resolve.links import links
from tests.bench.lookups import scattered
from tests.bench.measure import say_work
from tests.bench.pairs import Pair
from tests.bench.peers import Peers

_ROWS = 350_000
_WITHIN_M = 10.0
_PEER = Path(__file__).with_name("peer_links.py")


def pairs(folder: Path, peers: Peers) -> Iterator[Pair]:
    """Yield the links beside scipy's matrix and a join of DuckDB's."""
    sides = [folder / "list.npy", folder / "osm.npy"]
    for number, path in enumerate(sides):
        np.save(path, scattered(_ROWS, seed=number + 1))
    files = tuple(map(str, sides))
    name = f"links of {_ROWS:,} with {_ROWS:,} at {_WITHIN_M:g} m"
    command = (sys.executable, "-m", "tests.bench.links")
    bare = (*command, "bare", *files)
    yield Pair(
        name, (*command, "ours", *files), "scipy's bare distance matrix", bare, ratio_max=1.5
    )
    yield Pair(
        name,
        (*command, "ours", *files),
        "DuckDB, pairs alone by a join of cells",
        (peers.python, str(_PEER), *files),
        lacking=peers.lacking("duckdb"),
        turns=3,
    )


def _ours(official: str, mapped: str) -> None:
    frames = _cameras("list", official), _cameras("osm", mapped)
    say_work(lambda: links(*frames, within_m=_WITHIN_M))


def _bare(official: str, mapped: str) -> None:
    sides = [np.load(path) for path in (official, mapped)]

    def near() -> object:
        trees = [cKDTree(xyz_m(*side.T)) for side in sides]
        return trees[0].sparse_distance_matrix(trees[1], _WITHIN_M, output_type="ndarray")

    say_work(near)


def _cameras(source_id: str, path: str) -> gpd.GeoDataFrame:
    """Make cameras of positions; every third faces somewhere."""
    lon_deg, lat_deg = np.load(path).T
    ways_deg = np.random.default_rng(len(source_id)).integers(0, 360, _ROWS)
    faces = [[float(way)] if way < 120 else None for way in ways_deg]
    silent = pd.Series([None] * _ROWS, dtype=object)
    return gpd.GeoDataFrame(
        {
            "directions_deg": pd.Series(faces, dtype=object),
            "device_type": "camera",
            "vendor_id": silent,
        },
        geometry=gpd.points_from_xy(lon_deg, lat_deg),
        crs="EPSG:4326",
    ).set_axis([f"{source_id}:{row}" for row in range(_ROWS)], axis="index")


_WORKS: dict[str, Callable[[str, str], None]] = {"ours": _ours, "bare": _bare}

if __name__ == "__main__":
    _WORKS[sys.argv[1]](*sys.argv[2:])
