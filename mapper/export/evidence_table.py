"""``observations_<source>.parquet``: the evidence behind a layer, values as written."""

from pathlib import Path
from typing import Final

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from mapper.model.tags import PUBLISHED_TAGS
from mapper.validate.privacy import OBSERVATION_NAMES

_TYPES: Final = {
    "lon_deg": pa.float64(),
    "lat_deg": pa.float64(),
    "version": pa.int64(),
    "location_precision_m": pa.float64(),
    "text_cleaned": pa.bool_(),
    "text_cut": pa.bool_(),
}


def write(observations: pd.DataFrame, path: Path, metadata: dict[str, str]) -> None:
    """
    Write the published observations of one source, sorted by ``source_ref``.

    Parameters
    ----------
    observations
        Columns ``validate.privacy.OBSERVATION_NAMES``.
    metadata
        Licence, attribution and the like, kept in the file.
    """
    ordered = observations
    # They come so from ``withhold``, and sorting copies the table.
    if not ordered["source_ref"].is_monotonic_increasing:
        ordered = ordered.sort_values("source_ref", ignore_index=True)
    arrays = [
        pa.array(ordered[name].astype(object), type=_TYPES.get(name, pa.string()), from_pandas=True)
        for name in OBSERVATION_NAMES
    ]
    table = pa.table(arrays, names=list(OBSERVATION_NAMES))
    pq.write_table(
        table.replace_schema_metadata(metadata),
        path,
        compression="zstd",
        row_group_size=50_000,
        write_page_checksum=True,
        use_dictionary=[
            name
            for name in OBSERVATION_NAMES
            if name in PUBLISHED_TAGS or name == "snapshot_sha256"
        ],
    )
