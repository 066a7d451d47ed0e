"""The type of each column of concluded cameras."""

from collections.abc import Mapping

import numpy as np
import pandas as pd

from mapper.resolve.row_kinds import ByKind

_NUMBER_COLUMNS = (
    "lon_deg",
    "lat_deg",
    "view_angle_deg",
    "nearest_place_km",
    "location_precision_m",
)


def typed(columns: Mapping[str, object]) -> pd.DataFrame:
    """Return each column its type: numbers float64, counts Int64, truths bool, else objects."""
    types: dict[str, object] = dict.fromkeys(_NUMBER_COLUMNS, np.float64)
    types |= {"operator_withheld": bool, "site_camera_count": "Int64"}
    # Each of its type at once: as objects first, all columns would stand there three times.
    return pd.DataFrame(
        {name: _series(values, types.get(name, object)) for name, values in columns.items()},
        copy=False,
    )


def _series(values: object, dtype: object) -> pd.Series:
    if isinstance(values, ByKind):
        return values.series(dtype)
    return pd.Series(values, dtype=dtype)  # type: ignore[call-overload,no-any-return]
