"""
What a total of cameras counts: those that stand, and how many stand at one place.

A row of ``cameras`` is what its source describes. Most are one camera; a row of a list may be a
place with several. Rows that are planned or have ended stay published, and no total counts them.
"""

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd

from mapper.model.enums import STANDING


def standing(devices: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Return the devices that nothing says are planned or ended; columns ``CAMERA``."""
    rows: gpd.GeoDataFrame = devices[stands(devices)]
    return rows


def stands(devices: pd.DataFrame) -> npt.NDArray[np.bool_]:
    """Whether each device stands: for whoever counts them, since `standing` copies the table."""
    return devices["lifecycle"].isin(STANDING).to_numpy(bool)


def counted_sites(cameras: gpd.GeoDataFrame) -> tuple[int, int]:
    """
    Count the places among the cameras that stand.

    Returns
    -------
    sites, site_cameras
        How many rows are places whose cameras their source counts, and those cameras together.
    """
    counts = pd.to_numeric(cameras.loc[stands(cameras), "site_camera_count"]).dropna()
    return len(counts), int(counts.sum())
