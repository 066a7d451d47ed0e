"""What of the page its close coast must surround: the cameras of the build, and the systems."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

import geopandas as gpd
import numpy as np

from mapper.website.map import frame_columns
from mapper.website.map.coast_cells import Nearness

_CAMERA_REACH: Final = 0.5
"""A wide screen at zoom 8 shows two cells: so the view around a camera is whole."""

_SYSTEM_REACH: Final = 0.125
"""A system is one ring, which the map opens at zoom 11: 0.7 degrees of longitude are enough."""


def coast_near(
    cameras: gpd.GeoDataFrame, systems: Sequence[Mapping[str, Any]]
) -> tuple[Nearness, ...]:
    """
    Return where the coast of a page that is not of the world is wanted.

    Parameters
    ----------
    cameras
        Geometry Point in EPSG:4326.
    systems
        Of ``deployments_payload``; ``lat_deg`` and ``lon_deg`` are None where not known.
    """
    lon_deg, lat_deg = frame_columns.positions(cameras)
    placed = [row for row in systems if row["lat_deg"] is not None and row["lon_deg"] is not None]
    return (
        Nearness(lon_deg, lat_deg, _CAMERA_REACH),
        Nearness(
            np.array([row["lon_deg"] for row in placed], dtype=np.float64),
            np.array([row["lat_deg"] for row in placed], dtype=np.float64),
            _SYSTEM_REACH,
        ),
    )
