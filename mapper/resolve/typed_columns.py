"""The type of each column of concluded cameras."""

from collections.abc import Mapping
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa

from mapper.model.column_types import TEXT_TYPES
from mapper.model.columns import CAMERA
from mapper.resolve.row_kinds import ByKind
from mapper.resolve.text_categories import categorised

_NUMBER_COLUMNS: Final = (
    "lon_deg",
    "lat_deg",
    "view_angle_deg",
    "nearest_place_km",
    "location_precision_m",
)
_OF_ONE_ROW: Final = frozenset({"camera_id", "source_ref", "source_url", "pole_id"})
"""Texts that hardly any other row has."""

_REPEATED: Final = frozenset(
    column.name
    for column in CAMERA
    if column.column_type in TEXT_TYPES and column.name not in _OF_ONE_ROW
)


def typed(columns: Mapping[str, object]) -> pd.DataFrame:
    """
    Return each column its type.

    Numbers are float64, counts Int64, truths bool, texts that many rows repeat categories of
    objects, addresses, which stand once each, texts of Arrow, and all else objects.
    """
    types: dict[str, object] = dict.fromkeys(_NUMBER_COLUMNS, np.float64)
    types |= {"operator_withheld": bool, "site_camera_count": "Int64"}
    types |= {"source_url": pd.ArrowDtype(pa.string())}
    # Each of its type at once: as objects first, all columns would stand there three times.
    return pd.DataFrame(
        {
            name: _repeated(values) if name in _REPEATED else _series(values, types.get(name))
            for name, values in columns.items()
        },
        copy=False,
    )


def _repeated(values: object) -> pd.Series:
    if isinstance(values, ByKind):
        # What is said of several kinds is one text, and empty where nothing is.
        of_kinds = categorised(_objects(values.answers))
        return pd.Series(of_kinds.take(values.kind_of), copy=False)
    return pd.Series(categorised(_objects(values)), copy=False)


def _series(values: object, dtype: object) -> pd.Series:
    dtype = dtype or object
    if isinstance(values, ByKind):
        return values.series(dtype)
    return pd.Series(values, dtype=dtype)  # type: ignore[call-overload,no-any-return]


def _objects(values: Any) -> npt.NDArray[np.object_]:  # noqa: ANN401 - a column of any kind
    return np.asarray(values, dtype=object)
