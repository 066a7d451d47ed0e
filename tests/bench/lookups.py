"""Countries of 350,000 positions, and makers of a million texts, beside what is bare of rules."""

import csv
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pandas as pd
import shapely

from mapper.registry import checked
from mapper.registry.registry import Registry
from mapper.resolve.countries import Countries
from mapper.resolve.vendors.ladder import FRAME_COLUMNS, VendorResolver
from mapper.settings import Settings
from tests.bench.links import world_positions
from tests.bench.measure import Row

_POSITIONS = 350_000
_TEXTS = 1_000_000
_SCATTER_DEG = 0.0005
_TRIES = 3
_RAW = Path("../shared/real/osm_world_202511/vendor_operator_raw_values_dev.csv")


def rows(_: Path) -> Iterator[Row]:
    """Measure the processor seconds of both, the least of three."""
    draw = np.random.default_rng(1)
    world_deg = world_positions()
    chosen = world_deg[draw.integers(0, len(world_deg), _POSITIONS)]
    lon_deg, lat_deg = (chosen + draw.uniform(-_SCATTER_DEG, _SCATTER_DEG, chosen.shape)).T
    countries = Countries.load(Settings().boundaries_dir)
    yield Row(
        f"the country of {_POSITIONS:,} positions, processor time",
        _least_s(lambda: countries.assign(lon_deg, lat_deg)),
        "s",
        1,
        peer="shapely's tree of the same polygons alone, s",
        peer_value=_least_s(
            lambda: shapely.STRtree(countries.polygons).query(
                shapely.points(lon_deg, lat_deg), predicate="within"
            )
        ),
    )
    frame = _makers_as_written(draw)
    registry = checked.load(Settings().registry_dir)
    distinct = len(frame["manufacturer"].unique())
    yield Row(
        f"the makers of {_TEXTS:,} texts, processor time",
        # A resolver of its own each time: what it has answered before it has at hand.
        _least_s(lambda: _resolver(registry).resolve_frame(frame)),
        "s",
        1,
        peer="pandas, which tells the distinct texts apart, s",
        peer_value=_least_s(lambda: [pd.factorize(frame[name]) for name in FRAME_COLUMNS]),
        note=f"{distinct:,} distinct",
    )


def _resolver(registry: Registry) -> VendorResolver:
    return VendorResolver(
        organisations=registry.organisations,
        organisation_names=registry.organisation_names,
        products=registry.products,
        footprints=registry.footprints,
        organisation_links=registry.organisation_links,
    )


def _makers_as_written(draw: np.random.Generator) -> pd.DataFrame:
    """Draw makers as they are written in OpenStreetMap, each as often as it is there."""
    with _RAW.open(encoding="utf-8", newline="") as file:
        lines = [row for row in csv.DictReader(file) if row["tag"] == "manufacturer"]
    counts = np.array([int(row["count"]) for row in lines], dtype=float)
    texts = np.array([row["raw_value"] for row in lines], dtype=object)
    columns = {name: pd.Series([None] * _TEXTS, dtype=object) for name in FRAME_COLUMNS}
    columns["manufacturer"] = pd.Series(draw.choice(texts, _TEXTS, p=counts / counts.sum()))
    return pd.DataFrame(columns).assign(
        device_type="camera", country_code="US", publishes_vendor=False
    )


def _least_s(work: Callable[[], object]) -> float:
    took = []
    for _ in range(_TRIES):
        begun_s = time.process_time()
        work()
        took.append(time.process_time() - begun_s)
    return min(took)
