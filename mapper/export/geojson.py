"""GeoJSON by RFC 7946: one feature a line, longitude first, a missing value is left out."""

import json
from collections.abc import Iterator
from json.encoder import encode_basestring
from pathlib import Path
from typing import Final

import pyarrow as pa
import pyarrow.compute as pc

from mapper.export.layer import Layer, list_text, list_texts
from mapper.export.table_format import Cells, Format, cells_of

_ROWS_AT_ONCE: Final = 20_000


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
            file.write((b",\n" if number else b"") + ",\n".join(lines).encode())
        file.write(b"\n]}\n")


def feature_lines(layer: Layer) -> Iterator[list[str]]:
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
        lines: list[str] = pc.binary_join_element_wise(*parts, "").to_pylist()
        yield lines


def _member(table: pa.Table, number: int) -> pa.Array:
    """Return one property of every row as text; empty where the value is missing."""
    name = table.column_names[number]
    key = ("," if number else "") + json.dumps(name) + ":"
    values = _json_values(table[name].combine_chunks())
    return pc.fill_null(pc.binary_join_element_wise(key, values, ""), "")


def _json_values(values: pa.Array) -> pa.Array:
    """Turn values into JSON text, each distinct text once."""
    if pa.types.is_string(values.type):
        coded = values.dictionary_encode()
        # What `json.dumps(word, ensure_ascii=False)` calls, without making an encoder for each.
        words = list(map(encode_basestring, coded.dictionary.to_pylist()))
        return pa.array(words, type=pa.string()).take(coded.indices)
    if pa.types.is_list(values.type):
        return pa.array(list_texts(values, list_text), type=pa.string())
    return values.cast(pa.string())


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
