"""Perth's own list beside OpenStreetMap: every link with its distance and its reason."""

import re
import warnings
from dataclasses import replace
from pathlib import Path

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd
import pytest

from mapper.model.enums import DeviceType
from mapper.model.observation import Observation
from mapper.model.progress import NoProgress
from mapper.pipeline.inputs import known_sources, read_inputs
from mapper.pipeline.linking import links_of
from mapper.registry.registry import Registry
from mapper.resolve.cameras import resolve
from mapper.resolve.links import ONE_OF_SEVERAL, SURE
from mapper.settings import Settings
from mapper.sources import osm
from tests.real.test_portals import PERTH, PORTALS, take_in

WORLD = PORTALS.parent / "osm_world_202511" / "dev.osm.pbf"
EARTH_RADIUS_M = 6_371_008.8
pytestmark = [pytest.mark.real, pytest.mark.filterwarnings("default:real data")]


def _near_perth(row: Observation) -> bool:
    return 115.0 < row.lon_deg < 117.0 and -33.0 < row.lat_deg < -31.0


def _devices(folder: Path) -> gpd.GeoDataFrame:
    """Take Perth's list in as a user would, and resolve it with what OSM has around it."""
    take_in("perth_2025.json", folder, PERTH)
    settings = Settings(raw_dir=folder / "raw")
    (own,) = read_inputs(["mine"], settings=settings, progress=NoProgress())
    world = osm.read(WORLD, progress=NoProgress())
    around = replace(world, observations=tuple(filter(_near_perth, world.observations)))
    return resolve(
        [own.reading, around],
        registry=Registry(),
        settings=settings,
        progress=NoProgress(),
        sources=known_sources(settings),
    ).devices


def _apart_m(one: gpd.GeoSeries, other: gpd.GeoSeries) -> npt.NDArray[np.float64]:
    """Return all distances by the haversine formula: rows of ``one`` by rows of ``other``."""
    lon, lat = np.radians(one.x.to_numpy())[:, None], np.radians(one.y.to_numpy())[:, None]
    lon_, lat_ = np.radians(other.x.to_numpy()), np.radians(other.y.to_numpy())
    half = (
        np.sin((lat - lat_) / 2) ** 2 + np.cos(lat) * np.cos(lat_) * np.sin((lon - lon_) / 2) ** 2
    )
    apart_m: npt.NDArray[np.float64] = 2 * EARTH_RADIUS_M * np.arcsin(np.sqrt(half))
    return apart_m


def test_perths_links_are_listed_with_distance_and_reason(tmp_path: Path) -> None:
    if not (WORLD.exists() and (PORTALS / "perth_2025.json").exists()):
        warnings.warn("real data: Perth or the world is not there; nothing checked", stacklevel=2)
        return
    devices = _devices(tmp_path)
    cameras = devices[devices["device_type"] != DeviceType.GUARD.value]
    perth, mapped = cameras[cameras["source_id"] == "mine"], cameras[cameras["source_id"] == "osm"]
    apart_m = _apart_m(perth.geometry, mapped.geometry)
    # Counted for the description of this file: 115 of the 762 rows have a camera within 15 m.
    assert len(perth) == 762
    assert (apart_m.min(axis=1) <= 15).sum() == 115
    found = links_of(gpd.GeoDataFrame(cameras), gpd.GeoDataFrame(cameras))["mine"]
    assert found["official_id"].is_unique
    assert found["osm_id"].is_unique
    rows = perth.index.get_indexer(pd.Index(found["official_id"]))
    columns = mapped.index.get_indexer(pd.Index(found["osm_id"]))
    np.testing.assert_allclose(found["distance_m"], apart_m[rows, columns], atol=0.06)
    # Several rows share one camera of OSM, so there are fewer links than rows that are near one.
    near = (found["distance_m"] <= 15).sum()
    assert 0 < near < 115
    assert set(found["certainty"]) == {SURE, ONE_OF_SEVERAL}
    for distance_m, reason in zip(found["distance_m"], found["reason"], strict=True):
        assert re.fullmatch(rf"{distance_m:.1f} m apart; [a-z_; 0-9]+", reason)
