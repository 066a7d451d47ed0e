"""
The columns of a device that follow from its own observation, without a table of the world.

Who it is, where it stands, which way it looks and since when; countries, makers and operators are
concluded in ``cameras``.
"""

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from mapper.clean.placeholders import is_placeholder
from mapper.model.enums import Flag
from mapper.resolve.first_mapped_columns import OSM_SOURCE_ID
from mapper.resolve.osm_objects import OsmObjects
from mapper.resolve.provenance import Provenance, Provenances
from mapper.resolve.row_kinds import ByKind, by_kind
from mapper.resolve.values import (
    dates,
    directions,
    flag_lists,
    lifecycles,
    site_counts,
    texts,
)
from mapper.resolve.vendors.ladder import VendorAnswer

_Answer = TypeVar("_Answer")


def of_snapshot(
    source_id: str,
    frame: pd.DataFrame,
    snapshots: Provenances,
    take: Callable[[Provenance], _Answer],
) -> ByKind[_Answer]:
    """
    Take one thing from the provenance of each row.

    Parameters
    ----------
    frame
        Observations; their ``snapshot_sha256`` is read.
    """
    return by_kind(
        [frame["snapshot_sha256"]], lambda sha256: take(snapshots[source_id, str(sha256)])
    )


def identity(source_id: str, frame: pd.DataFrame, snapshots: Provenances) -> dict[str, object]:
    """Return the columns that say which row it is, and where it comes from."""
    refs = [str(ref) for ref in texts(frame, "source_ref")]
    return {
        "camera_id": [f"{source_id}:{ref}" for ref in refs],
        "source_id": [source_id] * len(refs),
        "source_ref": refs,
        "source_url": _source_urls(source_id, refs),
        "license_id": of_snapshot(source_id, frame, snapshots, lambda origin: origin.license_id),
        "retrieved_at_utc": of_snapshot(
            source_id, frame, snapshots, lambda origin: origin.retrieved_at_utc
        ),
        "operator_withheld": [False] * len(refs),
        "pole_id": [None] * len(refs),
    }


def name_or_none(operator: str | None) -> str | None:
    """Return an operator as written, None where no name stands there."""
    return None if operator is None or is_placeholder(operator) else operator


def _source_urls(source_id: str, source_refs: Sequence[str]) -> pa.Array:
    # Only this address is certain; a list's own pages are not linked, for they change.
    if source_id != OSM_SOURCE_ID:
        return pa.nulls(len(source_refs), pa.string())
    is_object = pa.array(OsmObjects.of(source_refs).is_object)
    refs = pc.if_else(is_object, pa.array(source_refs, pa.string()), pa.scalar(None, pa.string()))
    return pc.binary_join_element_wise("https://www.openstreetmap.org/", refs, "")


def position(frame: pd.DataFrame) -> dict[str, object]:
    """Return where each row stands: ``lon_deg``, ``lat_deg`` in EPSG:4326, and how exactly."""
    return {
        "lon_deg": frame["lon_deg"].to_numpy(float),
        "lat_deg": frame["lat_deg"].to_numpy(float),
        "geometry_kind": texts(frame, "geometry_kind"),
        "location_precision_m": frame["location_precision_m"].to_numpy(float),
    }


def data_day(origin: Provenance) -> str | None:
    """Return the ISO day of the data; None where the source states none."""
    return (origin.data_at_utc or "")[:10] or None


def directions_and_dates(
    frame: pd.DataFrame,
    vendor: ByKind[VendorAnswer],
    data_days: ByKind[str | None],
    *,
    is_osm: bool,
) -> dict[str, ByKind[Any]]:
    """
    Return the columns of directions, dates and lifecycle, and the flags that reading them raises.

    Parameters
    ----------
    vendor
        What ``VendorResolver.answers`` concludes about the same rows.
    data_days
        The day of the data of each row, from ``data_day``.
    """
    seen, days, counts = directions(frame), dates(frame), site_counts(frame)
    return {
        "directions_deg": seen.map(lambda each: list(each.directions_deg) or None),
        "view_angle_deg": seen.map(lambda each: each.view_angle_deg),
        "directions_as_written": seen.map(lambda each: each.as_written),
        "installed_on": days.map(lambda each: each[0]),
        "lifecycle": lifecycles(frame, data_days, is_osm=is_osm),
        "ended_on": days.map(lambda each: each[1]),
        "site_camera_count": counts.map(lambda each: each[0]),
        "last_checked_on": days.map(lambda each: each[2]),
        "flags": flag_lists(
            frame,
            raised=[
                seen.map(lambda each: tuple(each.flags)),
                vendor.map(lambda each: each.vendor_flags),
            ],
            said={
                Flag.DATE_REFUSED: days.map(lambda each: each[3]),
                Flag.COUNT_REFUSED: counts.map(lambda each: each[1]),
                Flag.OPERATOR_IS_VENDOR: vendor.map(lambda each: each.operator_is_vendor),
            },
        ),
    }
