"""
A list of one's own, of any shape: text, workbooks, geographic files, JSON.

``read_table`` reads the file, ``completed`` completes the user's mapping by what the columns are
called and hold, ``placed_rows`` makes observations, and ``dry_run_report`` says all of it. Nothing
is repaired silently: what cannot be read as written is a reject with its reason. What is wrong
throughout (swapped axes, projected coordinates, decimal commas), or decides about privacy and is
not understood, stops the import and says what to write into the mapping.
"""

from mapper.own_lists.guessing import completed
from mapper.own_lists.import_report import Whereabouts, dry_run_report, require_understood
from mapper.own_lists.mapping import Mapping, mapping_from_toml, mapping_to_toml
from mapper.own_lists.placed_rows import PlacedRows, counts_by_place, placed_rows
from mapper.own_lists.table import Table
from mapper.own_lists.table_reading import read_table

__all__ = [
    "Mapping",
    "PlacedRows",
    "Table",
    "Whereabouts",
    "completed",
    "counts_by_place",
    "dry_run_report",
    "mapping_from_toml",
    "mapping_to_toml",
    "placed_rows",
    "read_table",
    "require_understood",
]
