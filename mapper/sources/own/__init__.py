"""
A list of one's own, of any shape: CSV, XLSX, GeoJSON, flat JSON or KML.

``read_table`` reads the file, ``recognise`` guesses which column means what, ``mapping_from_toml``
takes the user's word instead, and ``parse`` makes observations. Nothing is repaired silently: what
cannot be read as written is a reject with its reason, and what is wrong throughout (swapped axes,
projected coordinates, decimal commas) stops the import and says what to write into the mapping.
"""

from mapper.sources.own.mapping import Mapping, mapping_from_toml, mapping_to_toml, recognise
from mapper.sources.own.placed_rows import counts_by_place, parse
from mapper.sources.own.table import Table, read_table

__all__ = [
    "Mapping",
    "Table",
    "counts_by_place",
    "mapping_from_toml",
    "mapping_to_toml",
    "parse",
    "read_table",
    "recognise",
]
