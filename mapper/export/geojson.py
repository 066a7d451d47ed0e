"""GeoJSON by RFC 7946: one feature a line, longitude first, a missing value is left out."""

import json
from collections.abc import Iterator
from functools import partial
from json.encoder import encode_basestring
from pathlib import Path
from typing import Final

import pyarrow as pa
import pyarrow.compute as pc

from mapper.export.layer import Layer, json_lists, value_type
from mapper.export.table_format import Cells, Format, cells_of
from mapper.export.text_pieces import Pieces, holds_any, laid_out, parts_of_rows

_BETWEEN: Final = ",\n"
_ESCAPED: Final = b'"\\' + bytes(range(0x20))
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
        for number, text in enumerate(feature_texts(layer, before=_BETWEEN)):
            # Before the first there is nothing to part it from.
            file.write(text if number else text.slice(len(_BETWEEN)))
        file.write(b"\n]}\n")


def feature_texts(layer: Layer, before: str, after: str = "") -> Iterator[pa.Buffer]:
    """Yield the features as JSON of one line each, several thousand at once."""
    for rows in parts_of_rows(len(layer)):
        table = layer.table.slice(rows.start, rows.stop - rows.start)
        columns = [
            Pieces.same(f'{before}{{"type":"Feature","geometry":{{"type":"Point","coordinates":['),
            Pieces.one_each(pa.array(layer.lon_deg[rows]).cast(pa.string())),
            Pieces.same(","),
            Pieces.one_each(pa.array(layer.lat_deg[rows]).cast(pa.string())),
            Pieces.same(']},"properties":{'),
            *(_members(table, number) for number in range(table.num_columns)),
            Pieces.same("}}" + after),
        ]
        yield laid_out(columns, table.num_rows)


def _members(table: pa.Table, number: int) -> Pieces:
    """Return one property of every row as text; empty where the value is missing."""
    name = table.column_names[number]
    key = ("," if number else "") + json.dumps(name) + ":"
    values = table[name].combine_chunks()
    kind = value_type(values.type)
    if pa.types.is_string(kind):
        return Pieces.of(values, partial(_texts_behind, key))
    # JSON already, and nothing in it is to be escaped.
    behind = _lists_behind if pa.types.is_list(kind) else _words_behind
    return Pieces.of(values, partial(behind, key))


def _lists_behind(key: str, lists: pa.ListArray) -> pa.StringArray:
    return _words_behind(key, json_lists(lists))


def _words_behind(key: str, values: pa.Array) -> pa.StringArray:
    return pc.binary_join_element_wise(key, values.cast(pa.string()), "")


def _texts_behind(key: str, texts: pa.StringArray) -> pa.StringArray:
    """Write texts behind their key, as `json.dumps(text, ensure_ascii=False)` does."""
    # Nearly always nothing is to be escaped, and then no text of Python's is made.
    if not holds_any(texts, _ESCAPED):
        return pc.binary_join_element_wise(f'{key}"', texts, '"', "")
    words = [None if text is None else encode_basestring(text) for text in texts.to_pylist()]
    return _words_behind(key, pa.array(words, pa.string()))


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
