"""
When each object came into OpenStreetMap, by a table that the input itself refines.

An input that carries versions and times holds nodes in their first version, which show id and day
together. They refine the bundled table, and carry it on to the day of the data. Only published
observations are asked, so that a released table gives the released days again.
"""

from collections.abc import Mapping, Sequence
from typing import Final

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd

from mapper.clean.first_mapped import Calibration, first_mapped_days
from mapper.model.enums import FirstMappedMethod
from mapper.resolve.osm_objects import OsmObjects
from mapper.resolve.text_categories import categorised
from mapper.resolve.values import texts

OSM_SOURCE_ID: Final = "osm"
DATING_COLUMNS: Final = ("source_ref", "version", "edited_on")
"""What of an observation dates an object."""

NAMES: Final = ("first_mapped_on", "first_mapped_method")


def first_mapped_columns(
    frame: pd.DataFrame, table: Calibration, *, dated_by: pd.DataFrame | None = None
) -> dict[str, npt.NDArray[np.object_]]:
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
    objects = OsmObjects.of(frame["source_ref"].tolist())
    first_versions = (
        _first_versions(frame, objects)
        if dated_by is None
        else _first_versions(dated_by, OsmObjects.of(dated_by["source_ref"].tolist()))
    )
    refined = table.refined_by(first_versions)
    days, methods = first_mapped_days(
        objects.osm_ids,
        texts(frame, "edited_on"),
        refined,
        is_node=objects.is_node,
        is_first_version=_is_first_version(frame),
    )
    # A reference of another form has no id to read a day from.
    days[~objects.is_object] = None
    methods[~objects.is_object] = FirstMappedMethod.NOT_KNOWN.value
    return {"first_mapped_on": days, "first_mapped_method": methods}


def dated_again(
    tables: Sequence[gpd.GeoDataFrame],
    observations: Mapping[str, pd.DataFrame],
    table: Calibration,
) -> list[gpd.GeoDataFrame]:
    """
    Return devices with their first days by the published observations alone.

    Parameters
    ----------
    tables
        Published rows, columns ``model.columns.CAMERA``.
    observations
        The published observations of every source, those of the devices among them.
    """
    seen = observations.get(OSM_SOURCE_ID)
    of_osm = [(devices["source_id"] == OSM_SOURCE_ID).to_numpy() for devices in tables]
    if seen is None or not any(is_osm.any() for is_osm in of_osm):
        return list(tables)
    # After the privacy gate some observations are gone; dating from what is published keeps the
    # release reproducible. Each observation is dated once, whichever table has its device.
    columns = first_mapped_columns(seen, table)
    refs = pd.Index(seen["source_ref"].to_numpy(dtype=object), dtype=object)
    again = []
    for devices, is_osm in zip(tables, of_osm, strict=True):
        rows = refs.get_indexer(devices["source_ref"].to_numpy(dtype=object)[is_osm])
        if (rows < 0).any():
            msg = f"{int((rows < 0).sum())} published devices have no published observation"
            raise KeyError(msg)
        again.append(_with_days(devices, is_osm, {name: columns[name][rows] for name in NAMES}))
    return again


def _with_days(
    devices: gpd.GeoDataFrame,
    is_osm: npt.NDArray[np.bool_],
    columns: Mapping[str, npt.NDArray[np.object_]],
) -> gpd.GeoDataFrame:
    # Two columns are replaced and none is written into: the other forty are shared.
    again = devices.copy(deep=False)
    for name, days in columns.items():
        # An array, for pandas would make a text of its own for each row.
        values = devices[name].to_numpy(dtype=object, copy=True)
        values[is_osm] = days
        again[name] = pd.Series(categorised(values), index=devices.index, copy=False)
    return again


def _is_first_version(frame: pd.DataFrame) -> npt.NDArray[np.bool_]:
    is_first: npt.NDArray[np.bool_] = (
        (frame["version"] == 1).fillna(value=False).to_numpy(dtype=np.bool_)
    )
    return is_first


def _first_versions(frame: pd.DataFrame, objects: OsmObjects) -> list[tuple[int, str]]:
    """Return id and day of each node in its first version."""
    # Only nodes: ways and relations number on their own, and their first versions say nothing of
    # nodes.
    is_asked = _is_first_version(frame) & objects.is_node
    days = frame["edited_on"].to_numpy(dtype=object)[is_asked].tolist()
    ids = objects.osm_ids[is_asked].tolist()
    return [(osm_id, day) for osm_id, day in zip(ids, days, strict=True) if isinstance(day, str)]
