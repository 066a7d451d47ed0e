"""``observations_<source>.parquet``: the evidence behind a layer, values as written."""

from pathlib import Path
from typing import Final

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from mapper.export.layer import arrow_column, plain
from mapper.model.tags import PUBLISHED_TAGS
from mapper.validate.observed_tags import OBSERVATION_NAMES

_ROW_GROUP: Final = 50_000
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
        Columns ``validate.observed_tags.OBSERVATION_NAMES``.
    metadata
        Licence, attribution and the like, kept in the file.
    """
    ordered = observations
    # They come so from ``withhold``, and sorting copies the table.
    if not ordered["source_ref"].is_monotonic_increasing:
        ordered = ordered.sort_values("source_ref", ignore_index=True)
    schema = pa.schema(
        [(name, _TYPES.get(name, pa.string())) for name in OBSERVATION_NAMES], metadata=metadata
    )
    coded = [name for name in OBSERVATION_NAMES if name in {*PUBLISHED_TAGS, "snapshot_sha256"}]
    with pq.ParquetWriter(
        path, schema, compression="zstd", write_page_checksum=True, use_dictionary=coded
    ) as file:
        # A row group at a time: nobody needs all of them as Arrow has them.
        for start in range(0, max(1, len(ordered)), _ROW_GROUP):
            rows = ordered.iloc[start : start + _ROW_GROUP]
            arrays = [plain(arrow_column(rows[field.name], field.type)) for field in schema]
            file.write_table(pa.table(arrays, schema=schema), row_group_size=_ROW_GROUP)
