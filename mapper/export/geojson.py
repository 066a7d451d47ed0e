"""GeoJSON by RFC 7946: one feature a line, longitude first, a missing value is left out."""

import json
from collections.abc import Iterator
from json.encoder import encode_basestring
from pathlib import Path
from typing import Final

import pyarrow as pa
import pyarrow.compute as pc

from mapper.export.layer import Layer, json_lists
from mapper.export.table_format import Cells, Format, cells_of

_ROWS_AT_ONCE: Final = 5_000
_LOOKED_AT: Final = 1_000
_ESCAPED: Final = r'["\\\x00-\x1f]'
"""What a text of JSON holds behind a backslash."""


def write(layer: Layer, path: Path) -> None:
    """
    Write a layer as one FeatureCollection.

    Licence, attribution and data date stand as members of the collection, which RFC 7946
    section 6.1 allows. Properties without a value are left out to halve the file.
    """
    head = {
        "type": "FeatureCollection",
        "name": layer.name,
        "title": layer.title,
        "license": layer.license_id,
        "attribution": layer.attribution,
        "data_on": layer.data_on,
    }
    opening = json.dumps(head, ensure_ascii=False)[:-1] + ', "features": [\n'
    with path.open("wb") as file:
        file.write(opening.encode())
        for number, lines in enumerate(feature_lines(layer)):
            # Arrow joins them: a text of Python's for each would be made, joined, and encoded.
            together = pa.ListArray.from_arrays(pa.array([0, len(lines)], pa.int32()), lines)
            file.write(b",\n" if number else b"")
            file.write(pc.binary_join(together, ",\n")[0].as_buffer())
        file.write(b"\n]}\n")


def feature_lines(layer: Layer) -> Iterator[pa.StringArray]:
    """Yield the features as JSON texts of one line each, several thousand at once."""
    for start in range(0, len(layer), _ROWS_AT_ONCE):
        rows = slice(start, start + _ROWS_AT_ONCE)
        table = layer.table.slice(start, _ROWS_AT_ONCE)
        parts = [
            '{"type":"Feature","geometry":{"type":"Point","coordinates":[',
            pa.array(layer.lon_deg[rows]).cast(pa.string()),
            ",",
            pa.array(layer.lat_deg[rows]).cast(pa.string()),
            ']},"properties":{',
            *(_member(table, number) for number in range(table.num_columns)),
            "}}",
        ]
        yield pc.binary_join_element_wise(*parts, "")


def _member(table: pa.Table, number: int) -> pa.Array | pa.Scalar:
    """Return one property of every row as text; empty where the value is missing."""
    name = table.column_names[number]
    key = ("," if number else "") + json.dumps(name) + ":"
    values = table[name].combine_chunks()
    if values.null_count == len(values):
        return pa.scalar("")
    if pa.types.is_string(values.type):
        return _text_member(key, values)
    texts = json_lists(values) if pa.types.is_list(values.type) else values.cast(pa.string())
    return pc.fill_null(pc.binary_join_element_wise(key, texts, ""), "")


def _text_member(key: str, texts: pa.StringArray) -> pa.StringArray:
    """Write texts behind their key, each distinct one once."""
    # Ids and addresses stand once each, and nearly always nothing in them is to be escaped.
    first = texts.slice(0, _LOOKED_AT)
    if 2 * len(first.unique()) > len(first) and not _escapes(texts):
        return pc.fill_null(pc.binary_join_element_wise(f'{key}"', texts, '"', ""), "")
    coded = texts.dictionary_encode()
    # What `json.dumps(word, ensure_ascii=False)` calls, without making an encoder for each.
    words = [key + encode_basestring(word) for word in coded.dictionary.to_pylist()]
    # A row without a value takes the last, which is empty.
    return pa.array([*words, ""], pa.string()).take(pc.fill_null(coded.indices, len(words)))


def _escapes(texts: pa.StringArray) -> bool:
    return bool(pc.any(pc.match_substring_regex(texts, _ESCAPED)).as_py())


def read(path: Path, _layer: str) -> Cells:
    """Read GeoJSON with the standard library; a member that is not there is missing."""
    features = json.loads(path.read_bytes())["features"]
    return cells_of(features)


def count(path: Path, _layer: str) -> int:
    """Count the lines of features; the writer puts each on a line of its own."""
    with path.open("rb") as lines:
        return sum(line.startswith(b'{"type":"Feature"') for line in lines)


FORMAT: Final = Format(
    "geojson",
    ".geojson",
    write,
    read,
    count,
    holds=("RFC 7946", "`geometry`", "arrays", "the member is left out", "as it is"),
)
