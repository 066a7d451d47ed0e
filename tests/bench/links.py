"""Linking 350,000 cameras with 350,000 at 10 m, beside the bare search for near pairs."""

import time
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import median

import geopandas as gpd
import numpy as np
import pandas as pd
from scipy.spatial import cKDTree

from mapper.model.progress import NoProgress
from mapper.resolve.earth import xyz_m
from mapper.resolve.links import links
from mapper.sources import osm
from tests.bench.measure import Row
from tests.bench.world import WORLD

_ROWS = 350_000
_WITHIN_M = 10.0
_JITTER_DEG = 0.0005
_TRIES = 3


def rows(_: Path) -> Iterator[Row]:
    """Measure three times; the first rows are real positions drawn again with a little scatter."""
    official, mapped = _cameras("list", 1), _cameras("osm", 2)
    found, ours_s = _timed(lambda: len(links(official, mapped, within_m=_WITHIN_M)))
    pairs, bare_s = _timed(lambda: _near_pairs(official, mapped))
    yield Row(
        "links, 350,000 x 350,000 at 10 m, median of 3",
        ours_s,
        "s",
        5,
        peer="scipy sparse_distance_matrix alone, s",
        peer_value=bare_s,
        note=f"{found:,} links of {pairs:,} pairs",
    )


def _timed(work: Callable[[], int]) -> tuple[int, float]:
    took, result = [], 0
    for _ in range(_TRIES):
        begun_s = time.perf_counter()
        result = work()
        took.append(time.perf_counter() - begun_s)
    return result, median(took)


def _cameras(source_id: str, seed: int) -> gpd.GeoDataFrame:
    """Draw cameras from the world's positions; every third faces somewhere."""
    draw = np.random.default_rng(seed)
    world = osm.read(WORLD, progress=NoProgress()).observations
    chosen = draw.integers(0, len(world), _ROWS)
    lon_deg = np.array([world[row].lon_deg for row in chosen])
    lat_deg = np.array([world[row].lat_deg for row in chosen])
    faces = [[float(way)] if way < 120 else None for way in draw.integers(0, 360, _ROWS)]
    silent = pd.Series([None] * _ROWS, dtype=object)
    return gpd.GeoDataFrame(
        {
            "directions_deg": pd.Series(faces, dtype=object),
            "device_type": "camera",
            "vendor_id": silent,
        },
        geometry=gpd.points_from_xy(
            lon_deg + draw.uniform(-_JITTER_DEG, _JITTER_DEG, _ROWS),
            lat_deg + draw.uniform(-_JITTER_DEG, _JITTER_DEG, _ROWS),
        ),
        crs="EPSG:4326",
    ).set_axis([f"{source_id}:{row}" for row in range(_ROWS)], axis="index")


def _near_pairs(one: gpd.GeoDataFrame, other: gpd.GeoDataFrame) -> int:
    trees = [
        cKDTree(xyz_m(np.asarray(each.geometry.x, float), np.asarray(each.geometry.y, float)))
        for each in (one, other)
    ]
    return len(trees[0].sparse_distance_matrix(trees[1], _WITHIN_M, output_type="ndarray"))
