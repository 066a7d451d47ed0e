"""
When each object came into OpenStreetMap, by a table that the input itself refines.

An input that carries versions and times holds nodes in their first version, which show id and day
together. They refine the bundled table, and carry it on to the day of the data. Only published
observations are asked, so that a released table gives the released days again.
"""

import re
from collections.abc import Mapping
from typing import Final

import geopandas as gpd
import pandas as pd

from mapper.clean.first_mapped import Calibration, first_mapped_days
from mapper.model.enums import FirstMappedMethod
from mapper.resolve.values import texts

OSM_SOURCE_ID: Final = "osm"
DATING_COLUMNS: Final = ("source_ref", "version", "edited_on")
"""What of an observation dates an object."""

OSM_OBJECT: Final = re.compile(r"(node|way|relation)/([0-9]{1,18})", re.ASCII)
NAMES: Final = ("first_mapped_on", "first_mapped_method")


def first_mapped_columns(
    frame: pd.DataFrame, table: Calibration, *, dated_by: pd.DataFrame | None = None
) -> dict[str, list[str | None]]:
    """
    Return ``first_mapped_on`` and ``first_mapped_method`` of observations of OpenStreetMap.

    Parameters
    ----------
    frame
        Columns ``DATING_COLUMNS``.
    table
        The bundled table.
    dated_by
        The published observations that refine it; None takes ``frame`` itself.
    """
    refined = table.refined_by(_first_versions(frame if dated_by is None else dated_by))
    refs = [OSM_OBJECT.fullmatch(str(ref)) for ref in texts(frame, "source_ref")]
    # A reference of another form has no id to read a day from.
    rows = [row for row, ref in enumerate(refs) if ref]
    asked = frame.iloc[rows]
    dated = first_mapped_days(
        [ref[1] for ref in refs if ref],
        [int(ref[2]) for ref in refs if ref],
        [None if pd.isna(version) else int(version) for version in asked["version"]],
        texts(asked, "edited_on"),
        refined,
    )
    days: list[str | None] = [None] * len(frame)
    methods: list[str | None] = [FirstMappedMethod.NOT_KNOWN.value] * len(frame)
    for row, (day, method) in zip(rows, dated, strict=True):
        days[row], methods[row] = day, method.value
    return {"first_mapped_on": days, "first_mapped_method": methods}


def dated_again(
    devices: gpd.GeoDataFrame, observations: Mapping[str, pd.DataFrame], table: Calibration
) -> gpd.GeoDataFrame:
    """
    Return devices with their first days by the published observations alone.

    Parameters
    ----------
    devices
        Published rows, columns ``model.columns.CAMERA``.
    observations
        The published observations of every source, those of ``devices`` among them.
    """
    seen = observations.get(OSM_SOURCE_ID)
    is_osm = (devices["source_id"] == OSM_SOURCE_ID).to_numpy()
    if seen is None or not is_osm.any():
        return devices
    # After the privacy gate some observations are gone; dating from what is published keeps the
    # release reproducible.
    refs = pd.Index(seen["source_ref"].to_numpy(dtype=object), dtype=object)
    rows = refs.get_indexer(devices["source_ref"].to_numpy(dtype=object)[is_osm])
    if (rows < 0).any():
        msg = f"{int((rows < 0).sum())} published devices have no published observation"
        raise KeyError(msg)
    # Only what dates an object: the tags of the observations would be copied for nothing.
    behind = seen[list(DATING_COLUMNS)].iloc[rows]
    columns = first_mapped_columns(behind, table, dated_by=seen)
    # Two columns are replaced and none is written into: the other forty are shared.
    again = devices.copy(deep=False)
    for name in NAMES:
        values = devices[name].astype(object)
        values[is_osm] = columns[name]
        again[name] = values
    return again


def _first_versions(frame: pd.DataFrame) -> list[tuple[int, str]]:
    """Return id and day of each node in its first version."""
    # Only nodes: ways and relations number on their own, and their first versions say nothing of
    # nodes.
    firsts = frame[(frame["version"] == 1).fillna(value=False).to_numpy(bool)]
    refs = (OSM_OBJECT.fullmatch(str(ref)) for ref in texts(firsts, "source_ref"))
    return [
        (int(ref[2]), day)
        for ref, day in zip(refs, texts(firsts, "edited_on"), strict=True)
        if ref and ref[1] == "node" and day
    ]
