"""The page of 192,514 real objects: its budgets, and that nothing was lost in packing."""

import gzip
import re
import warnings
from pathlib import Path
from typing import TypeAlias

import geopandas as gpd
import numpy as np
import pytest

from mapper.model.enums import CAMERA_TYPES
from mapper.model.progress import NoProgress
from mapper.registry.checked import load
from mapper.resolve.cameras import resolve
from mapper.resolve.standing import standing
from mapper.settings import Settings
from mapper.sources.osm.info import INFO
from mapper.sources.osm.reading import read
from mapper.website.build import SiteContent, build_site
from tests.website.frames import frame, release_info
from tests.website.unpack import details_of, read_payload, unzipped

WORLD = Path(__file__).parents[3] / "shared" / "real" / "osm_world_202511" / "dev.osm.pbf"

pytestmark = [pytest.mark.real, pytest.mark.filterwarnings("default:real data")]


World: TypeAlias = tuple[gpd.GeoDataFrame, Path] | None


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> World:
    """Resolve the world and build its page; None, with a warning, where it is not there."""
    if not WORLD.exists():
        warnings.warn(f"real data: {WORLD.name} is not there; nothing tested", stacklevel=1)
        return None
    settings = Settings(out_dir=tmp_path_factory.mktemp("world"))
    registry = load(settings.registry_dir)
    resolved = resolve(
        [read(WORLD, progress=NoProgress())],
        registry=registry,
        settings=settings,
        progress=NoProgress(),
        sources={INFO.source_id: INFO},
    )
    is_camera = resolved.devices["device_type"].isin([str(kind) for kind in CAMERA_TYPES])
    cameras = resolved.devices[is_camera]
    content = SiteContent(cameras, frame([]), registry, release_info(len(cameras)))
    build_site(content, settings=settings)
    return cameras, settings.site_dir


def _sent(path: Path) -> int:
    """Count the bytes that a server sends with gzip at its usual level."""
    return len(gzip.compress(path.read_bytes(), 6))


def test_a_camera_takes_at_most_four_and_a_half_bytes(world: World) -> None:
    if world is None:
        return
    cameras, site = world
    assert len(cameras) > 190_000
    assert _sent(site / "data" / "cameras.js") / len(cameras) <= 4.5


def test_the_first_paint_takes_at_most_150_kilobytes(world: World) -> None:
    if world is None:
        return
    _, site = world
    page = (site / "index.html").read_text("utf-8")
    # A preload and the tag that uses it are one request.
    named = re.findall(r'<(?:script|link)[^>]*(?:src|href)="([^"]+\.(?:js|css))"', page)
    # The cameras are asked for while the scripts run, and come behind the picture.
    loaded = sorted(set(named) - {"data/cameras.js"})
    assert "data/overview.js" in loaded
    assert len(loaded) + 1 <= 10
    assert _sent(site / "index.html") + sum(_sent(site / name) for name in loaded) <= 150_000


def test_a_details_shard_takes_at_most_20_kilobytes(world: World) -> None:
    if world is None:
        return
    _, site = world
    assert max(_sent(path) for path in (site / "data" / "details").glob("*.js")) <= 20_000


def test_every_real_position_is_kept_to_a_metre_and_every_id_once(world: World) -> None:
    if world is None:
        return
    cameras, site = world
    payload = read_payload(site, "cameras")
    n, bits = payload["n"], payload["q"]
    name, width = payload["planes"][0]
    assert (name, width) == ("code", 7)
    planes = np.frombuffer(unzipped(payload)[: width * n], dtype=np.uint8).reshape(width, n)
    steps = sum(plane.astype(np.int64) << (8 * place) for place, plane in enumerate(planes))
    codes = np.cumsum(steps)
    x = sum(((codes >> (2 * bit)) & 1) << bit for bit in range(bits))
    y = sum(((codes >> (2 * bit + 1)) & 1) << bit for bit in range(bits))
    lon_deg = (x + 0.5) / 2**bits * 360 - 180
    lat_deg = np.degrees(np.arctan(np.sinh(np.pi * (1 - 2 * (y + 0.5) / 2**bits))))
    ids = [
        row["camera_id"]
        for number in range(len(read_payload(site, "meta")["details"]["starts"]))
        for row in details_of(read_payload(site, f"details/{number:03d}"))
    ]
    assert len(set(ids)) == len(ids) == n == len(cameras)
    points = cameras.set_index("camera_id", drop=False).loc[ids].geometry
    east = np.radians(lon_deg - points.x.to_numpy()) * np.cos(np.radians(lat_deg))
    north = np.radians(lat_deg - points.y.to_numpy())
    assert np.hypot(east, north).max() * 6_378_137.0 <= 1.0


def test_the_overview_counts_every_camera_that_stands(world: World) -> None:
    if world is None:
        return
    cameras, site = world
    overview = read_payload(site, "overview")
    standing_count = len(standing(cameras))
    assert 0 < standing_count < len(cameras)
    assert sum(overview["count"]) == standing_count
    assert overview["q"] >= 9
