"""Single linkage by cubes gives what all pairs give, and thousands on one spot are no matter."""

import geopandas as gpd
import numpy as np
import pandas as pd
from hypothesis import given
from hypothesis import strategies as st
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components
from scipy.spatial import cKDTree

from mapper.resolve.linkage import linked
from mapper.resolve.links import links

WITHIN_M = 3.0


def by_all_pairs(points_m: np.ndarray) -> np.ndarray:
    pairs = cKDTree(points_m).query_pairs(WITHIN_M, output_type="ndarray")
    shape = (len(points_m), len(points_m))
    graph = coo_array((np.ones(len(pairs)), (pairs[:, 0], pairs[:, 1])), shape=shape)
    labels: np.ndarray = connected_components(graph, directed=False)[1]
    return labels


def same_groups(one: np.ndarray, other: np.ndarray) -> bool:
    pairs = {*zip(one.tolist(), other.tolist(), strict=True)}
    return len(pairs) == len(set(one.tolist())) == len(set(other.tolist()))


@given(st.integers(0, 2**32 - 1), st.integers(1, 200), st.sampled_from([1.0, 5.0, 20.0, 100.0]))
def test_cubes_join_what_all_pairs_join(seed: int, count: int, spread_m: float) -> None:
    points_m = np.random.default_rng(seed).uniform(-spread_m, spread_m, (count, 3))
    points_m = np.concatenate([points_m, np.round(points_m[: count // 2] / WITHIN_M) * WITHIN_M])
    assert same_groups(linked(points_m, WITHIN_M), by_all_pairs(points_m))


def test_a_crowd_beside_a_crowd_is_joined_where_they_touch() -> None:
    random = np.random.default_rng(1)
    crowd_m = random.uniform(-0.5, 0.5, (300, 3))
    near = crowd_m + np.array([3.2, 0, 0])
    far = crowd_m + np.array([9.0, 0, 0])
    points_m = np.concatenate([crowd_m, near, far])
    assert same_groups(linked(points_m, WITHIN_M), by_all_pairs(points_m))


def test_twenty_thousand_on_one_spot_are_one_group_and_no_links() -> None:
    # All pairs of these would be 200 million, and 3 GB.
    jitter_m = np.random.default_rng(2).uniform(-1, 1, (20_000, 3))
    assert set(linked(jitter_m, WITHIN_M)) == {0}
    count = 20_000
    frame = gpd.GeoDataFrame(
        {
            "directions_deg": pd.Series([None] * count, dtype=object),
            "device_type": "camera",
            "vendor_id": pd.Series([None] * count, dtype=object),
        },
        geometry=gpd.points_from_xy(np.full(count, 24.9), np.full(count, 60.1)),
        index=pd.Index([f"list:{number}" for number in range(count)]),
        crs="EPSG:4326",
    )
    assert links(frame, frame.head(3)).empty
