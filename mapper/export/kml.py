"""KML for globes: every column as typed data of its placemark, and a balloon without free text."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any, Final
from xml.sax.saxutils import escape, quoteattr

import pyarrow as pa
import pyarrow.compute as pc
from defusedxml import ElementTree

from mapper.export.layer import Layer, json_lists, plain_table
from mapper.export.table_format import LISTS, NAMES, NUMBERS, TRUTHS, Cells, Format, by_camera_id

_NAMESPACE: Final = "{http://www.opengis.net/kml/2.2}"
_ROWS_AT_ONCE: Final = 20_000
# GDAL, and with it QGIS, takes a column of this name for the element of KML that says whether a
# placemark is drawn, and gives -1 for every value.
_OTHER_NAMES: Final = {"visibility": "camera_visibility"}
_OWN_NAMES: Final = {other: own for own, other in _OTHER_NAMES.items()}
# A globe shows a balloon as a web page. Values that somebody wrote are therefore in none: the
# columns here hold words of closed lists, and the balloon names no others.
_BALLOON: Final = ("device_type", "camera_type", "country_code", "lifecycle", "license_id")


def write(layer: Layer, path: Path) -> None:
    """
    Write a layer as KML 2.2.

    GDAL's own driver is not asked: it gives a balloon to every column, and loses ``visibility``.

    Notes
    -----
    Source: OGC KML 2.2 (07-147r2), sections 9.3 (``Schema``) and 9.5 (``SchemaData``).
    """
    with path.open("wb") as file:
        for text in _texts(layer):
            file.write(text.encode())


def _texts(layer: Layer) -> Iterator[str]:
    yield '<?xml version="1.0" encoding="UTF-8"?>\n'
    yield '<kml xmlns="http://www.opengis.net/kml/2.2"><Document>\n'
    yield f"<name>{escape(layer.title)}</name>\n"
    about = f"{layer.attribution}; licence {layer.license_id}; {layer.data_on}"
    yield f"<description>{escape(about)}</description>\n"
    shown = "".join(f"{name}: $[row/{name}]&lt;br/&gt;" for name in _BALLOON)
    yield f'<Style id="row"><BalloonStyle><text>{shown}</text></BalloonStyle></Style>\n'
    yield '<Schema name="row" id="row-columns">\n'
    for field in layer.table.schema:
        name = quoteattr(_OTHER_NAMES.get(field.name, field.name))
        yield f"<SimpleField type={quoteattr(_kml_type(field.type))} name={name}/>"
    yield "\n</Schema>\n"
    for start in range(0, len(layer), _ROWS_AT_ONCE):
        yield from _placemarks(layer, start)
    yield "</Document></kml>\n"


def _kml_type(arrow_type: pa.DataType) -> str:
    if pa.types.is_boolean(arrow_type):
        return "bool"
    if pa.types.is_integer(arrow_type):
        return "int"
    return "double" if pa.types.is_floating(arrow_type) else "string"


def _placemarks(layer: Layer, start: int) -> Iterator[str]:
    rows = slice(start, start + _ROWS_AT_ONCE)
    table = plain_table(layer.table.slice(start, _ROWS_AT_ONCE))
    parts = [
        "<Placemark><name>",
        _escaped(table["camera_id"].combine_chunks()),
        '</name><styleUrl>#row</styleUrl><ExtendedData><SchemaData schemaUrl="#row-columns">',
        *(_simple_data(table, name) for name in table.column_names),
        "</SchemaData></ExtendedData><Point><coordinates>",
        pa.array(layer.lon_deg[rows]).cast(pa.string()),
        ",",
        pa.array(layer.lat_deg[rows]).cast(pa.string()),
        "</coordinates></Point></Placemark>\n",
    ]
    yield "".join(pc.binary_join_element_wise(*parts, "").to_pylist())


def _simple_data(table: pa.Table, name: str) -> pa.Array:
    """Return one value of every row as an element; nothing where the value is missing."""
    values = table[name].combine_chunks()
    if pa.types.is_list(values.type):
        values = json_lists(values)
    words = _escaped(values) if pa.types.is_string(values.type) else values.cast(pa.string())
    opening = f"<SimpleData name={quoteattr(_OTHER_NAMES.get(name, name))}>"
    return pc.fill_null(pc.binary_join_element_wise(opening, words, "</SimpleData>", ""), "")


def _escaped(texts: pa.Array) -> pa.Array:
    """Escape texts for XML, each distinct text once."""
    coded = texts.dictionary_encode()
    words = [escape(word) for word in coded.dictionary.to_pylist()]
    return pa.array(words, type=pa.string()).take(coded.indices)


def read(path: Path, _layer: str) -> Cells:
    """Read KML with a parser that takes no entities; an element that is not there is missing."""
    with path.open("rb") as file:
        return cells_in(file)


def cells_in(file: IO[bytes]) -> Cells:
    """Read the placemarks of an open document."""
    rows = []
    for _event, element in ElementTree.iterparse(file, forbid_dtd=True):
        if element.tag == f"{_NAMESPACE}Placemark":
            rows.append(_row(element))
            # A document of a country holds millions of elements; none is needed twice.
            element.clear()
    cells: Cells = {name: [row.get(name) for row in rows] for name in NAMES}
    return by_camera_id(cells)


def _row(placemark: Any) -> dict[str, Any]:  # noqa: ANN401 - an element of defusedxml, untyped
    row = {}
    for data in placemark.iter(f"{_NAMESPACE}SimpleData"):
        name = _OWN_NAMES.get(data.get("name"), data.get("name"))
        row[name] = _cell(name, data.text or "")
    lon_deg, lat_deg = placemark.find(f".//{_NAMESPACE}coordinates").text.split(",")
    return row | {"geometry": (float(lon_deg), float(lat_deg))}


def _cell(name: str, text: str) -> Any:  # noqa: ANN401 - a cell of any column
    if name in NUMBERS:
        return float(text)
    if name in TRUTHS:
        return {"true": True, "false": False}[text]
    return json.loads(text) if name in LISTS else text


def count(path: Path, _layer: str) -> int:
    """Count the placemarks; a value cannot hold the tag, for ``<`` is escaped in it."""
    with path.open("rb") as lines:
        return sum(line.startswith(b"<Placemark>") for line in lines)


FORMAT: Final = Format(
    "kml",
    ".kml",
    write,
    read,
    count,
    holds=("KML 2.2", "`coordinates`", "JSON arrays", "the element is left out", "as it is"),
    is_default=False,
)
