"""
Count the cameras of a release of the world by cell and by country (``data/overview``).

Counts alone leave the release: a cell is 78 km wide at the equator, so no camera can be told from
them. Makers are named where the device or an inventory says so (rungs A and B); an unconfirmed
name is counted as unknown.
"""

import csv
import io
import json
from collections.abc import Iterable, Sequence
from pathlib import Path

import geopandas as gpd
import numpy as np

from mapper.clean.durable_files import replace_file
from mapper.errors import UsageError
from mapper.model.enums import CAMERA_TYPES, STANDING, Rung
from mapper.release.camera_frames import load_cameras
from mapper.release.manifest import read_manifest
from mapper.release.store import find_release
from mapper.website.map.mercator import grid_cells
from mapper.website.mapped_world import (
    ABOUT_FILE,
    CELL_COLUMNS,
    CELLS_FILE,
    COUNTRIES_FILE,
    COUNTRY_COLUMNS,
    GRID_BITS,
    HOLES_FILE,
    UNKNOWN,
)

_NAMED = (str(Rung.A), str(Rung.B))
_HOLES_HEADER = "west_deg,south_deg,east_deg,north_deg,why\n"


def count_release(release: Path, out_dir: Path) -> str:
    """
    Write the counts of a release, and say what was counted.

    ``holes.csv`` is kept by hand: it is begun where it is not there, and never written over.

    Parameters
    ----------
    release
        A release, a ``release`` folder, or an output folder.
    out_dir
        Where the files go; it is made where it is not there.

    Raises
    ------
    UsageError
        If there is no release, or its rows stand under several licences.
    """
    folder = find_release(release)
    manifest = read_manifest(folder)
    credited = {(row["attribution"], row["license_id"]) for row in manifest["sources"]}
    if len(credited) != 1:
        msg = f"{folder.name} holds rows under {len(credited)} credits; the counts carry one"
        raise UsageError(msg, next_step="Count a release of one source.")
    ((attribution, license_id),) = credited
    cameras = _standing(load_cameras(folder))
    # A name on rung C may be wrong, and in a cell nobody could look after it.
    makers = cameras["vendor_id"].where(cameras["vendor_rung"].isin(_NAMED)).fillna(UNKNOWN)
    cell_x, cell_y = grid_cells(
        np.asarray(cameras.geometry.x), np.asarray(cameras.geometry.y), GRID_BITS
    )
    shared = {"device_type": cameras["device_type"], "vendor_id": makers}
    by_cell = cameras.assign(cell_x=cell_x, cell_y=cell_y, **shared)
    by_country = cameras.assign(country_code=cameras["country_code"].fillna(""), **shared)
    out_dir.mkdir(parents=True, exist_ok=True)
    cells = _counted(by_cell, CELL_COLUMNS[:-1])
    countries = _counted(by_country, COUNTRY_COLUMNS[:-1])
    about = {
        "attribution": attribution,
        "cameras": len(cameras),
        "data_on": manifest["data_on"],
        "license_id": license_id,
    }
    _write(out_dir / CELLS_FILE, _csv(CELL_COLUMNS, cells))
    _write(out_dir / COUNTRIES_FILE, _csv(COUNTRY_COLUMNS, countries))
    _write(out_dir / ABOUT_FILE, json.dumps(about, ensure_ascii=False, indent=2) + "\n")
    if not (out_dir / HOLES_FILE).exists():
        _write(out_dir / HOLES_FILE, _HOLES_HEADER)
    squares = len({row[:2] for row in cells})
    return (
        f"{out_dir}: {len(cameras):,} cameras of {manifest['data_on']} in {squares:,} cells and "
        f"{len({row[0] for row in countries})} countries. "
        f"Write into {HOLES_FILE} what the source lacks, and into ORIGIN.md where it is from."
    )


def _standing(devices: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    is_camera = devices["device_type"].isin([str(kind) for kind in CAMERA_TYPES])
    stands = devices["lifecycle"].isin([str(state) for state in STANDING])
    cameras: gpd.GeoDataFrame = devices[is_camera & stands]
    return cameras


def _counted(frame: gpd.GeoDataFrame, columns: Sequence[str]) -> list[tuple[object, ...]]:
    counts = frame.groupby(list(columns), observed=True, sort=True).size()
    keys = counts.index.to_frame(index=False).itertuples(index=False, name=None)
    return [(*key, int(count)) for key, count in zip(keys, counts.tolist(), strict=True)]


def _csv(header: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(rows)
    return out.getvalue()


def _write(path: Path, text: str) -> None:
    replace_file(path, text)
