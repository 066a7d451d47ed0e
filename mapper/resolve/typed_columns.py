"""The type of each column of concluded cameras."""

from collections.abc import Mapping

import numpy as np
import pandas as pd

_NUMBER_COLUMNS = (
    "lon_deg",
    "lat_deg",
    "view_angle_deg",
    "nearest_place_km",
    "location_precision_m",
)


def typed(columns: Mapping[str, object]) -> pd.DataFrame:
    """Return each column its type: numbers float64, counts Int64, truths bool, else objects."""
    frame = pd.DataFrame(
        {name: pd.Series(values, dtype=object) for name, values in columns.items()}
    )
    types = dict.fromkeys(_NUMBER_COLUMNS, np.float64)
    return frame.astype(types | {"operator_withheld": bool, "site_camera_count": "Int64"})
