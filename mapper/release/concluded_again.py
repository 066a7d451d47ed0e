"""Released rows beside their observations, and the same values concluded once more."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final, Protocol

import geopandas as gpd
import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
import shapely

from mapper.clean.file_digests import sha256_of
from mapper.errors import VerificationError
from mapper.model.boundary_area import BoundaryArea
from mapper.model.columns import CAMERA, CAMERA_NAMES, Column
from mapper.model.enums import Completeness, Flag
from mapper.model.release import SourceCredit
from mapper.release.area_outlines import read_outlines
from mapper.release.manifest import MANIFEST_NAME, read_manifest

Credits = dict[tuple[str, str], SourceCredit]
"""By ``source_id`` and ``snapshot_sha256``."""


class Recompute(Protocol):
    """Concludes devices from observation tables: ``resolve.cameras.Resolver.devices``."""

    def __call__(
        self,
        observations: Mapping[str, pd.DataFrame],
        snapshots: Credits,
        dated_by: pd.DataFrame | None = None,
        boundaries: Sequence[BoundaryArea] = (),
        /,
    ) -> gpd.GeoDataFrame:
        """
        Conclude every row.

        Parameters
        ----------
        observations
            By ``source_id``, whole tables or single rows.
        snapshots
            The credits of the release.
        dated_by
            OpenStreetMap's whole table, where ``observations`` has single rows of it.
        boundaries
            Those that the release says areas by.
        """


DECIDED_LATER: Final = frozenset({"operator_withheld"})
"""Columns that the privacy gate sets, and no rule concludes again."""
_DECIMALS: Final = 7
# What an id's day is interpolated from: the whole table has to be at hand for one row.
_DATING: Final = ("source_ref", "version", "edited_on")


def credits_of(manifest: Mapping[str, Any]) -> Credits:
    """Return the credits of a release by source and snapshot."""
    return {
        (entry["source_id"], entry["snapshot_sha256"]): SourceCredit(
            **(entry | {"completeness": Completeness(entry["completeness"])})
        )
        for entry in manifest["sources"]
    }


def read_table(
    path: Path,
    *,
    filters: pc.Expression | None = None,
    columns: Sequence[str] | None = None,
) -> pa.Table:
    """
    Read a Parquet table of a release, after its bytes were held against the manifest.

    A damaged table may still be read and give other values, or lack a column.

    Parameters
    ----------
    filters
        Which rows; None takes all.
    columns
        Which columns; None takes all.

    Raises
    ------
    VerificationError
        If the file is missing, is not the one that the manifest describes, or is no Parquet.
    """
    step = f"Run mapper verify on {path.parent}; fetch it again, or build it again."
    if not path.is_file() or not _is_as_described(path):
        msg = f"{path.name} of release {path.parent.name} is missing or damaged."
        raise VerificationError(msg, next_step=step)
    try:
        return pq.read_table(path, filters=filters, columns=columns)
    except (pa.ArrowException, OSError) as error:
        msg = f"{path.name} of release {path.parent.name} is no Parquet table that can be read."
        raise VerificationError(msg, next_step=step) from error


def _is_as_described(path: Path) -> bool:
    """Compare a file with its hash in the manifest; what lies beside releases has none."""
    if not (path.parent / MANIFEST_NAME).is_file():
        return True
    files = read_manifest(path.parent)["files"]
    digests = {entry["path"]: entry["sha256"] for entry in files}
    # Hashed on every read. A flipped bit may still be a readable table with another camera in it.
    return digests.get(path.name) == sha256_of(path)


def read_observations(folder: Path, source_id: str, source_ref: str | None = None) -> pd.DataFrame:
    """Read a source's published observations, or one of them; texts are ``str`` or None."""
    wanted = None if source_ref is None else pc.field("source_ref") == source_ref
    table = read_table(folder / f"observations_{source_id}.parquet", filters=wanted)
    frame = pd.DataFrame(
        {name: pd.Series(table[name].to_pylist(), dtype=object) for name in table.column_names}
    )
    # The types that the reader of a source gives, so that the rules see what they saw at the build.
    types = {"lon_deg": "float64", "lat_deg": "float64", "location_precision_m": "float64"}
    return frame.astype(types | {"version": "Int64", "text_cleaned": bool, "text_cut": bool})


def read_dating(folder: Path, source_id: str) -> pd.DataFrame:
    """Read of all published observations of a source what dates its objects."""
    table = read_table(folder / f"observations_{source_id}.parquet")
    frame = pd.DataFrame(
        {name: pd.Series(table[name].to_pylist(), dtype=object) for name in _DATING}
    )
    return frame.astype({"version": "Int64"})


def read_rows(folder: Path, camera_id: str | None = None) -> dict[str, dict[str, Any]]:
    """
    Read released rows by ``camera_id``: all of them, or the one.

    ``geometry`` is a pair of longitude and latitude in degrees.
    """
    wanted = None if camera_id is None else pc.field("camera_id") == camera_id
    rows: dict[str, dict[str, Any]] = {}
    for entry in read_manifest(folder)["files"]:
        if entry["file_format"] != "geoparquet":
            continue
        table = read_table(folder / entry["path"], filters=wanted)
        # A release of an earlier version has fewer columns; what it does not say is not known.
        none = [None] * len(table)
        columns: dict[str, list[Any]] = {
            name: table[name].to_pylist() if name in table.column_names else none
            for name in CAMERA_NAMES
        }
        points = shapely.from_wkb(columns["geometry"])
        columns["geometry"] = list(
            zip(shapely.get_x(points).tolist(), shapely.get_y(points).tolist(), strict=True)
        )
        for number, row_id in enumerate(columns["camera_id"]):
            rows[row_id] = {name: columns[name][number] for name in CAMERA_NAMES}
    return rows


def concluded_rows(devices: gpd.GeoDataFrame) -> dict[str, dict[str, Any]]:
    """Lay out concluded devices as ``read_rows`` lays out released ones."""
    columns: dict[str, Sequence[Any]] = {
        name: [_plain(cell) for cell in devices[name]]
        for name in CAMERA_NAMES
        if name != "geometry"
    }
    points = np.asarray(devices.geometry.array)
    # As the layer is written: seven decimals, and no negative nought.
    lon_deg = np.round(shapely.get_x(points), _DECIMALS) + 0.0
    lat_deg = np.round(shapely.get_y(points), _DECIMALS) + 0.0
    columns["geometry"] = list(zip(lon_deg.tolist(), lat_deg.tolist(), strict=True))
    return {
        row_id: {name: columns[name][number] for name in CAMERA_NAMES}
        for number, row_id in enumerate(columns["camera_id"])
    }


def _plain(cell: Any) -> Any:  # noqa: ANN401 - a cell of any column
    """Return a cell as Parquet gives it back: one kind of missing, plain numbers."""
    if isinstance(cell, list):
        return [str(item) if isinstance(item, str) else float(item) for item in cell]
    if cell is None or pd.isna(cell):
        return None
    if isinstance(cell, str):
        return str(cell)
    return cell.item() if hasattr(cell, "item") else cell


def unlike(
    column: Column,
    released: Mapping[str, Any],
    concluded: Mapping[str, Any],
    withheld_keys: frozenset[str],
) -> bool:
    """
    Whether a row's released value is not the one concluded again.

    A value that rests on a withheld key cannot be concluded again and is passed over.
    """
    if column.name in DECIDED_LATER or not withheld_keys.isdisjoint(column.keys):
        return False
    return bool(released[column.name] != concluded[column.name])


def recomputed_differences(folder: Path, recompute: Recompute) -> Iterator[str]:
    """Conclude every row of a release again from its observations; say what differs."""
    manifest = read_manifest(folder)
    source_ids = sorted({entry["source_id"] for entry in manifest["sources"]})
    observations = {source_id: read_observations(folder, source_id) for source_id in source_ids}
    concluded = concluded_rows(
        recompute(observations, credits_of(manifest), None, read_outlines(folder))
    )
    released = read_rows(folder)
    withheld = {
        f"{source_id}:{ref}": frozenset(keys.split(";"))
        for source_id, frame in observations.items()
        for ref, keys in zip(frame["source_ref"], frame["withheld_keys"], strict=True)
        if keys is not None
    }
    # Values are not compared then: with other neighbours several columns may rightly differ.
    if released.keys() != concluded.keys():
        odd = sorted(released.keys() ^ concluded.keys())
        yield f"{len(odd)} rows stand only among devices or only among observations: {odd[:3]}"
        return
    for column in CAMERA:
        wrong = [
            row_id
            for row_id, row in released.items()
            if unlike(
                column,
                row,
                concluded[row_id],
                withheld.get(row_id, frozenset()),
            )
        ]
        if wrong:
            first = wrong[0]
            yield (
                f"{column.name} is not what its observations give in {len(wrong)} rows, first "
                f"{first}: {released[first][column.name]!r}, concluded again "
                f"{concluded[first][column.name]!r}"
            )


def without_neighbours(row: Mapping[str, Any]) -> dict[str, Any]:
    """Return a row without the flag that a row alone cannot give."""
    # Whether another stands at the same position is known only beside the other rows.
    flags = [flag for flag in row["flags"] if flag != Flag.DUPLICATE_POSITION.value]
    return dict(row) | {"flags": flags}
