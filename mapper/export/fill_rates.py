"""How far the columns are filled: beside what a column means, how often it says something."""

import csv
import io
from collections.abc import Sequence
from typing import Final

import pyarrow as pa
import pyarrow.compute as pc

from mapper.export.layer import Layer, plain

NAME: Final = "fill_rates.csv"
_HEADER: Final = ("layer", "column", "rows", "filled", "filled_pct")


def fill_rates_csv(layers: Sequence[Layer]) -> str:
    """
    Return for each layer and column how many rows have a value.

    Returns
    -------
    csv
        ``layer``, ``column``, ``rows``, ``filled``, ``filled_pct`` (0 to 100, one decimal; empty
        for a layer without rows). An empty list says nothing, and counts as empty.
    """
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(_HEADER)
    for layer in layers:
        rows = len(layer)
        for name in layer.table.column_names:
            filled = _filled(plain(layer.table[name].combine_chunks()))
            share = f"{100 * filled / rows:.1f}" if rows else ""
            writer.writerow([layer.name, name, rows, filled, share])
    return text.getvalue()


def _filled(values: pa.Array) -> int:
    if pa.types.is_list(values.type):
        return int(pc.sum(pc.greater(pc.list_value_length(values), 0)).as_py() or 0)
    return int(len(values) - values.null_count)
