"""Positions as points in space, so that distances hold at the poles and at 180 degrees."""

from typing import TypeAlias

import numpy as np
import numpy.typing as npt
import shapely

Floats: TypeAlias = npt.NDArray[np.float64]

EARTH_RADIUS_M = 6_371_008.8
"""Mean radius of WGS 84 (IUGG); a distance on this sphere is right to about 0.5 %."""

_MERCATOR_LAT_MAX_DEG = 85.0


def xyz_m(lon_deg: Floats, lat_deg: Floats) -> Floats:
    """
    Return positions as points on a sphere of the mean radius.

    Parameters
    ----------
    lon_deg, lat_deg
        Decimal degrees, WGS 84, equally long.

    Returns
    -------
    Floats
        Shape (n, 3): x towards 0 E, y towards 90 E, z towards the north pole, in metres.
    """
    lon, lat = np.radians(lon_deg), np.radians(lat_deg)
    ring = np.cos(lat)
    points: Floats = EARTH_RADIUS_M * np.column_stack(
        [ring * np.cos(lon), ring * np.sin(lon), np.sin(lat)]
    )
    return points


def arc_m(chord_m: Floats) -> Floats:
    """Return the way along the sphere, in metres, for straight distances in metres."""
    # Rounding may put antipodes a hair beyond the diameter.
    half = np.clip(chord_m / (2 * EARTH_RADIUS_M), 0.0, 1.0)
    arcs: Floats = 2 * EARTH_RADIUS_M * np.arcsin(half)
    return arcs


def mercator(lonlat_deg: Floats) -> Floats:
    """
    Return positions in spherical Mercator, where a metre is stretched by 1 / cos(latitude).

    Parameters
    ----------
    lonlat_deg
        Shape (n, 2): longitude, latitude in degrees.

    Returns
    -------
    Floats
        Shape (n, 2): x east, y north in stretched metres; latitudes beyond 85 degrees are cut.
    """
    lat = np.clip(lonlat_deg[:, 1], -_MERCATOR_LAT_MAX_DEG, _MERCATOR_LAT_MAX_DEG)
    projected: Floats = EARTH_RADIUS_M * np.column_stack(
        [np.radians(lonlat_deg[:, 0]), np.arctanh(np.sin(np.radians(lat)))]
    )
    return projected


def stretch(lat_deg: Floats) -> Floats:
    """Return by how much ``mercator`` stretches a metre at each latitude."""
    lat = np.clip(lat_deg, -_MERCATOR_LAT_MAX_DEG, _MERCATOR_LAT_MAX_DEG)
    factors: Floats = 1.0 / np.cos(np.radians(lat))
    return factors


def segments(start_deg: Floats, end_deg: Floats) -> npt.NDArray[np.object_]:
    """
    Return line segments in ``mercator``.

    Parameters
    ----------
    start_deg, end_deg
        Shape (n, 2) each: longitude, latitude in degrees.
    """
    ends = np.stack([mercator(start_deg), mercator(end_deg)], axis=1)
    return np.asarray(shapely.linestrings(ends), dtype=np.object_)


def points(x: Floats, y: Floats) -> npt.NDArray[np.object_]:
    """Return points of any plane, x before y."""
    return np.asarray(shapely.points(x, y), dtype=np.object_)
