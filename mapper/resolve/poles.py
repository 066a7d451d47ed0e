"""
What a device's neighbours of the same source say: shared poles and shared coordinates.

Cameras of one source are never merged by distance: of pairs closer than 1 m whose directions are
known, 83 to 85 % face more than 45 degrees apart, so they are several cameras on one pole.
"""

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd
import shapely

from mapper.model.enums import CAMERA_TYPES, STANDING, Flag
from mapper.resolve.earth import Floats, xyz_m
from mapper.resolve.linkage import linked
from mapper.resolve.row_kinds import by_kind, objects

POLE_WITHIN_M = 3.0
"""Single linkage: at 5 m chains of 25 cameras form, at 3 m the longest has 17."""


def with_neighbours(devices: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """
    Set what depends on the neighbours: ``pole_id`` and the flag ``duplicate_position``.

    Where rows are taken out afterwards, `neighbours_left` says what the others say then, so that no
    row names or hints at one that is not there. Calling it twice changes nothing.

    Parameters
    ----------
    devices
        Index ``camera_id`` in natural order; columns ``model.columns.CAMERA``; EPSG:4326.

    Returns
    -------
    GeoDataFrame
        A copy with the two columns computed anew.
    """
    # Two columns are replaced and none is written into: the other forty are shared.
    placed = devices.copy(deep=False)
    lon_deg, lat_deg = _degrees(devices.geometry, np.arange(len(devices)))
    source = devices["source_id"].to_numpy(dtype=object)
    is_camera = devices["device_type"].isin(CAMERA_TYPES).to_numpy()
    # A camera that was taken down shares no pole with the one that hangs there now.
    stands = devices["lifecycle"].isin(STANDING).to_numpy()
    pole = pole_places(lon_deg, lat_deg, source=source, takes_part=is_camera & stands)
    # The last id stands for none, so that place -1 takes it.
    ids = np.array([*devices.index, None], dtype=np.object_)
    placed["pole_id"] = pd.Series(ids[pole], index=devices.index, dtype=object)
    same = same_position(lon_deg, lat_deg, source=source)
    # Rows with the same flags share one list: there are a few dozen kinds in a world.
    told = by_kind([objects(list(map(tuple, devices["flags"]))), same], _flags)
    placed["flags"] = pd.Series(told.rows(), index=devices.index, dtype=object)
    return placed


def neighbours_left(
    devices: gpd.GeoDataFrame, is_left: npt.NDArray[np.bool_]
) -> dict[str, npt.NDArray[np.object_]]:
    """
    Return ``pole_id`` and ``flags`` as `with_neighbours` sets them for the devices that are left.

    Only poles and positions that lost a device are looked at again: whoever leaves one out takes
    no neighbour to any other.

    Parameters
    ----------
    devices
        As `with_neighbours` returned them.
    is_left
        Whether each is still there.

    Returns
    -------
    dict
        As long as ``devices``; what a row says that is not left means nothing.
    """
    return {"pole_id": _poles_left(devices, is_left), "flags": _flags_left(devices, is_left)}


def _poles_left(
    devices: gpd.GeoDataFrame, is_left: npt.NDArray[np.bool_]
) -> npt.NDArray[np.object_]:
    pole_ids = devices["pole_id"].to_numpy(dtype=object, copy=True)
    ids = devices.index.to_numpy(dtype=object)
    pole_of, names = pd.factorize(pole_ids)
    rows = np.flatnonzero(pole_of >= 0)
    pole_of, is_there = pole_of[rows], is_left[rows]
    size = np.bincount(pole_of, minlength=len(names))
    left = np.bincount(pole_of[is_there], minlength=len(names))
    _, first = np.unique(pole_of, return_index=True)
    # One that is not named after its first was not found among these rows, and is looked at too.
    is_whole = (left == size) & (size > 1) & (ids[rows[first]] == names)
    asked = rows[is_there & ~is_whole[pole_of]]
    place = pole_places(
        *_degrees(devices.geometry, asked),
        source=devices["source_id"].to_numpy(dtype=object)[asked],
        takes_part=np.ones(len(asked), dtype=bool),
    )
    pole_ids[asked] = np.where(place >= 0, ids[asked[place]], None) if len(asked) else None
    return pole_ids


def _flags_left(
    devices: gpd.GeoDataFrame, is_left: npt.NDArray[np.bool_]
) -> npt.NDArray[np.object_]:
    flags = devices["flags"].to_numpy(dtype=object, copy=True)
    # Rows of one kind share one list, and each list is looked into once.
    lists = flags.tolist()
    list_ids = list(map(id, lists))
    is_told = {
        list_id: Flag.DUPLICATE_POSITION.value in told
        for list_id, told in dict(zip(list_ids, lists, strict=True)).items()
    }
    is_duplicate = np.fromiter(map(is_told.__getitem__, list_ids), bool, len(lists))
    asked = np.flatnonzero(is_duplicate & is_left)
    source = devices["source_id"].to_numpy(dtype=object)[asked]
    same = same_position(*_degrees(devices.geometry, asked), source=source)
    alone = asked[~same]
    told = by_kind([objects(list(map(tuple, flags[alone]))), same[~same]], _flags)
    flags[alone] = told.rows()
    return flags


def _degrees(points: gpd.GeoSeries, rows: npt.NDArray[np.int64]) -> tuple[Floats, Floats]:
    asked = np.asarray(points, dtype=object)[rows]
    return shapely.get_x(asked), shapely.get_y(asked)


def pole_places(
    lon_deg: Floats,
    lat_deg: Floats,
    *,
    source: npt.NDArray[np.object_],
    takes_part: npt.NDArray[np.bool_],
) -> npt.NDArray[np.int64]:
    """
    Return each position the first position of its pole, or -1 where it stands alone.

    Parameters
    ----------
    lon_deg, lat_deg
        Decimal degrees, WGS 84, in the natural order of their ids.
    source
        Only positions of one source are linked.
    takes_part
        Whether the position is a camera's.
    """
    first = np.full(len(lon_deg), -1, dtype=np.int64)
    for source_id in sorted(set(source.tolist())):
        members = np.flatnonzero((source == source_id) & takes_part)
        if len(members) < 2:  # noqa: PLR2004 - a pair takes two
            continue
        labels = linked(xyz_m(lon_deg[members], lat_deg[members]), POLE_WITHIN_M)
        _, start, inverse, size = np.unique(
            labels, return_index=True, return_inverse=True, return_counts=True
        )
        shared = size[inverse] > 1
        first[members[shared]] = members[start[inverse]][shared]
    return first


def same_position(
    lon_deg: Floats, lat_deg: Floats, *, source: npt.NDArray[np.object_]
) -> npt.NDArray[np.bool_]:
    """Say of each position whether another one of its source has exactly the same coordinates."""
    frame = pd.DataFrame({"source": source, "lon_deg": lon_deg, "lat_deg": lat_deg})
    return frame.duplicated(keep=False).to_numpy()


def _flags(flags: tuple[str, ...], is_duplicate: bool) -> list[str]:  # noqa: FBT001 - a value
    others = {str(flag) for flag in flags} - {Flag.DUPLICATE_POSITION.value}
    return sorted(others | ({Flag.DUPLICATE_POSITION.value} if is_duplicate else set()))
