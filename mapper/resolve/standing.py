"""
What a total of cameras counts: those that stand, and how many stand at one place.

A row of ``cameras`` is what its source describes. Most are one camera; a row of a list may be a
place with several. Rows that are planned or have ended stay published, and no total counts them.
"""

import geopandas as gpd
import pandas as pd

from mapper.model.enums import STANDING


def standing(devices: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Return the devices that nothing says are planned or ended; columns ``CAMERA``."""
    rows: gpd.GeoDataFrame = devices[devices["lifecycle"].isin(STANDING).to_numpy()]
    return rows


def counted_sites(cameras: gpd.GeoDataFrame) -> tuple[int, int]:
    """
    Count the places among cameras.

    Returns
    -------
    sites, site_cameras
        How many rows are places whose cameras their source counts, and those cameras together.
    """
    counts = pd.to_numeric(cameras["site_camera_count"]).dropna()
    return len(counts), int(counts.sum())
