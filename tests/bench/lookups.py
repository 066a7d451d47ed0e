"""
Countries of 350,000 positions, and makers of a million texts, beside what is bare of rules.

``python -m tests.bench.lookups countries POSITIONS.npy`` does one of them once, and times that.
"""

import csv
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import numpy.typing as npt
import osmium
import pandas as pd
import shapely

from mapper.registry import checked
from mapper.resolve.countries import Countries
from mapper.resolve.vendors.ladder import FRAME_COLUMNS, VendorResolver
from mapper.settings import Settings
from tests.bench.measure import say_work
from tests.bench.pairs import Pair
from tests.bench.peers import Peers
from tests.bench.world import WORLD

_POSITIONS = 350_000
_TEXTS = 1_000_000
_SCATTER_DEG = 0.0005
_RAW = Path("../shared/real/osm_world_202511/vendor_operator_raw_values_dev.csv")
_PEER = Path(__file__).with_name("peer_countries.py")


def pairs(folder: Path, peers: Peers) -> Iterator[Pair]:
    """Yield countries beside a bare tree and the nearest place, makers beside pandas."""
    at = folder / "positions.npy"
    np.save(at, scattered(_POSITIONS, seed=1))
    countries = _command("countries", at)
    name = f"the country of {_POSITIONS:,} positions"
    bare = "shapely's tree of the same polygons"
    yield Pair(name, countries, bare, _command("countries-bare", at), ours_max_s=1)
    yield Pair(
        name,
        countries,
        "reverse_geocoder, the country of the nearest place",
        (peers.python, str(_PEER), str(at)),
        lacking=peers.lacking("reverse_geocoder"),
        turns=3,
    )
    yield Pair(
        f"the makers of {_TEXTS:,} texts",
        _command("makers"),
        "pandas, which tells the distinct texts apart",
        _command("makers-bare"),
        ours_max_s=1,
    )


def world_positions() -> npt.NDArray[np.float64]:
    """Return the positions of the world's cameras, longitude and latitude, shape (n, 2)."""
    cameras = osmium.filter.TagFilter(("man_made", "surveillance"), ("highway", "speed_camera"))
    nodes = osmium.FileProcessor(str(WORLD), osmium.osm.NODE).with_filter(cameras)
    return np.array([(node.lon, node.lat) for node in nodes if isinstance(node, osmium.osm.Node)])


def scattered(count: int, *, seed: int) -> npt.NDArray[np.float64]:
    """Return real positions, drawn again with a little scatter, shape (count, 2)."""
    draw = np.random.default_rng(seed)
    world_deg = world_positions()
    chosen = world_deg[draw.integers(0, len(world_deg), count)]
    return chosen + draw.uniform(-_SCATTER_DEG, _SCATTER_DEG, chosen.shape)


def _command(name: str, *words: Path) -> tuple[str, ...]:
    return (sys.executable, "-m", "tests.bench.lookups", name, *map(str, words))


def _countries(path: str) -> None:
    lon_deg, lat_deg = np.load(path).T
    countries = Countries.load(Settings().boundaries_dir)
    say_work(lambda: countries.assign(lon_deg, lat_deg))


def _countries_bare(path: str) -> None:
    lon_deg, lat_deg = np.load(path).T
    countries = Countries.load(Settings().boundaries_dir)
    say_work(
        lambda: shapely.STRtree(countries.polygons).query(
            shapely.points(lon_deg, lat_deg), predicate="within"
        )
    )


def _makers() -> None:
    registry = checked.load(Settings().registry_dir)
    frame = _makers_as_written()
    resolver = VendorResolver(
        organisations=registry.organisations,
        organisation_names=registry.organisation_names,
        products=registry.products,
        footprints=registry.footprints,
        organisation_links=registry.organisation_links,
    )
    say_work(lambda: resolver.resolve_frame(frame))


def _makers_bare() -> None:
    frame = _makers_as_written()
    say_work(lambda: [pd.factorize(frame[name]) for name in FRAME_COLUMNS])


def _makers_as_written() -> pd.DataFrame:
    """Draw makers as they are written in OpenStreetMap, each as often as it is there."""
    draw = np.random.default_rng(1)
    with _RAW.open(encoding="utf-8", newline="") as file:
        lines = [row for row in csv.DictReader(file) if row["tag"] == "manufacturer"]
    counts = np.array([int(row["count"]) for row in lines], dtype=float)
    texts = np.array([row["raw_value"] for row in lines], dtype=object)
    columns = {name: pd.Series([None] * _TEXTS, dtype=object) for name in FRAME_COLUMNS}
    columns["manufacturer"] = pd.Series(draw.choice(texts, _TEXTS, p=counts / counts.sum()))
    return pd.DataFrame(columns).assign(
        device_type="camera", country_code="US", publishes_vendor=False
    )


_WORKS: dict[str, Callable[..., None]] = {
    "countries": _countries,
    "countries-bare": _countries_bare,
    "makers": _makers,
    "makers-bare": _makers_bare,
}

if __name__ == "__main__":
    _WORKS[sys.argv[1]](*sys.argv[2:])
