"""Linking 350,000 cameras with 350,000 at 10 m, beside the bare search for near pairs."""

import time
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from statistics import median

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import osmium
import pandas as pd
from scipy.spatial import cKDTree

from mapper.resolve.earth import xyz_m
from mapper.resolve.links import links
from tests.bench.measure import Row
from tests.bench.world import WORLD

_ROWS = 350_000
_WITHIN_M = 10.0
_JITTER_DEG = 0.0005
_TRIES = 3


def rows(_: Path) -> Iterator[Row]:
    """Measure three times; the first rows are real positions drawn again with a little scatter."""
    official, mapped = _cameras("list", 1), _cameras("osm", 2)
    pairs, bare_s = _timed(lambda: _near_pairs(official, mapped))
    found, ours_s = _timed(lambda: len(links(official, mapped, within_m=_WITHIN_M)))
    yield Row(
        "links, 350,000 x 350,000 at 10 m, processor time by scipy's bare matrix",
        ours_s / bare_s,
        "times",
        1.5,
        peer="scipy sparse_distance_matrix alone, s",
        peer_value=bare_s,
        note=f"ours {ours_s:.2f} s, {found:,} links of {pairs:,} pairs",
    )


@cache
def world_positions() -> npt.NDArray[np.float64]:
    """Return the positions of the world's cameras, longitude and latitude, shape (n, 2)."""
    cameras = osmium.filter.TagFilter(("man_made", "surveillance"), ("highway", "speed_camera"))
    nodes = osmium.FileProcessor(str(WORLD), osmium.osm.NODE).with_filter(cameras)
    return np.array([(node.lon, node.lat) for node in nodes if isinstance(node, osmium.osm.Node)])


def _timed(work: Callable[[], int]) -> tuple[int, float]:
    took, result = [], 0
    for _ in range(_TRIES):
        begun_s = time.process_time()
        result = work()
        took.append(time.process_time() - begun_s)
    return result, median(took)


def _cameras(source_id: str, seed: int) -> gpd.GeoDataFrame:
    """Draw cameras from the world's positions; every third faces somewhere."""
    draw = np.random.default_rng(seed)
    world_deg = world_positions()
    lon_deg, lat_deg = world_deg[draw.integers(0, len(world_deg), _ROWS)].T
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
