"""One released layer as an Arrow table: the input of every format."""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import shapely

from mapper.model.columns import CAMERA, ColumnType

COUNTRY_FOLDER = "by_country"
"""The folder of a release that has files by country."""

COORDINATE_DECIMALS = 7
"""About a centimetre: OSM's own precision, and what RFC 7946 section 11.2 calls enough."""

_ARROW_TYPES: dict[ColumnType, pa.DataType] = {
    ColumnType.TEXT: pa.string(),
    ColumnType.NUMBER: pa.float64(),
    ColumnType.WHOLE: pa.int64(),
    ColumnType.TRUTH: pa.bool_(),
    ColumnType.DAY: pa.string(),
    ColumnType.INSTANT: pa.string(),
    ColumnType.NUMBERS: pa.list_(pa.float64()),
    ColumnType.TEXTS: pa.list_(pa.string()),
    ColumnType.IDS: pa.list_(pa.string()),
}
# Made once: `json.dumps` with other than its usual signs makes one for every call.
_ENCODER = json.JSONEncoder(ensure_ascii=False, allow_nan=False, separators=(",", ":"))
# Of a point by OGC 06-103r4, section 8.2: how its numbers are written, what it is, where it is.
_POINT_WKB = np.dtype(
    [("byte_order", "u1"), ("geometry_type", "<u4"), ("lon_deg", "<f8"), ("lat_deg", "<f8")]
)
_IDS = frozenset(column.name for column in CAMERA if column.column_type is ColumnType.IDS)


@dataclass(frozen=True)
class Layer:
    """
    Rows of one kind, one source and one licence.

    Attributes
    ----------
    name
        ``cameras_osm``: the stem of its files and its table's name.
    table
        Columns of ``model.columns.CAMERA`` in that order without ``geometry``, sorted
        naturally by ``source_ref``. Texts that many rows repeat, and lists, are dictionaries;
        `plain_table` lays them out.
    lon_deg, lat_deg
        Decimal degrees, WGS 84, rounded to ``COORDINATE_DECIMALS``; one per row.
    data_on
        ISO day of the data; the only date a file carries.
    """

    name: str
    title: str
    source_id: str
    license_id: str
    attribution: str
    data_on: str
    code_version: str
    table: pa.Table
    lon_deg: npt.NDArray[np.float64]
    lat_deg: npt.NDArray[np.float64]

    def __len__(self) -> int:
        """Count the rows."""
        return len(self.lon_deg)

    @cached_property
    def text_table(self) -> pa.Table:
        """The table with its lists as text, for the three formats that have no lists."""
        return lists_as_text(self.table)

    def points_wkb(self) -> pa.BinaryArray:
        """Return the positions as points in WKB, little-endian, one per row."""
        # Laid out at once: an object of GEOS and a text of bytes for each row take fifty megabytes
        # of a world, in each of three formats.
        points = np.empty(len(self), dtype=_POINT_WKB)
        points["byte_order"], points["geometry_type"] = 1, 1
        points["lon_deg"], points["lat_deg"] = self.lon_deg, self.lat_deg
        ends = np.arange(len(self) + 1, dtype=np.int32) * _POINT_WKB.itemsize
        buffers = [None, pa.py_buffer(ends), pa.py_buffer(points)]
        return pa.Array.from_buffers(pa.binary(), len(self), buffers)


def by_country(layer: Layer) -> Iterator[Layer]:
    """
    Yield the rows of each country, by its code, as a layer named ``by_country/FI/cameras_osm``.

    Rows of no country, at sea or in between, are in none of them.
    """
    codes = plain(layer.table["country_code"].combine_chunks())
    for code in sorted(set(codes.drop_null().to_pylist())):
        is_in = pc.fill_null(pc.equal(codes, code), fill_value=False)
        rows = is_in.to_numpy(zero_copy_only=False)
        yield replace(
            layer,
            name=f"{COUNTRY_FOLDER}/{code}/{layer.name}",
            title=f"{layer.title}, {code}",
            table=layer.table.filter(is_in),
            lon_deg=layer.lon_deg[rows],
            lat_deg=layer.lat_deg[rows],
        )


def arrow_table(frame: gpd.GeoDataFrame) -> pa.Table:
    """Turn the columns of ``model.columns.CAMERA``, geometry left out, into Arrow."""
    columns = [column for column in CAMERA if column.column_type is not ColumnType.POINT]
    arrays = [_array(frame[column.name], column.column_type) for column in columns]
    return pa.table(arrays, names=[column.name for column in columns])


def _array(values: pd.Series, column_type: ColumnType) -> pa.Array:
    arrow_type = _ARROW_TYPES[column_type]
    if pa.types.is_list(arrow_type):
        return _lists(values, arrow_type)
    return arrow_column(values, arrow_type)


def arrow_column(values: pd.Series, arrow_type: pa.DataType) -> pa.Array:
    """
    Turn a column of a frame into Arrow; None, NaN and NA are missing.

    Categories become a dictionary of that type.
    """
    if isinstance(values.array, pd.Categorical):
        codes = values.array.codes
        words = pa.array(values.array.categories.to_numpy(dtype=object), type=arrow_type)
        return pa.DictionaryArray.from_arrays(pa.array(codes, mask=codes < 0), words)
    if isinstance(values.dtype, pd.ArrowDtype):
        arrow = pa.array(values.array)
        # In one piece, for GDAL writes each by itself.
        return arrow.combine_chunks() if isinstance(arrow, pa.ChunkedArray) else arrow
    # Looked at where it lies, if it can be: a copy counts a reference to each text, which is then
    # copied too where the frame is that of another process.
    is_plain = values.dtype == arrow_type.to_pandas_dtype()
    # Else as objects, for pandas holds whole numbers with gaps as floats, which lose digits above
    # 2**53.
    cells = values.to_numpy() if is_plain else values.astype(object)
    return pa.array(cells, type=arrow_type, from_pandas=True)


def _lists(values: pd.Series, arrow_type: pa.DataType) -> pa.DictionaryArray:
    """Turn lists into Arrow, each distinct one once: most cells are empty or hold a few flags."""
    # A column holds numbers or texts, so that no two lists are equal and written otherwise.
    keys = [_key_of(value) for value in values.to_numpy(dtype=object).tolist()]
    lists = dict.fromkeys(key for key in keys if key is not None)
    place = {key: row for row, key in enumerate(lists)}
    distinct = pa.array(list(map(list, place)), type=arrow_type)
    rows = pa.array([None if key is None else place[key] for key in keys], type=pa.int32())
    return pa.DictionaryArray.from_arrays(rows, distinct)


def _key_of(value: object) -> tuple[object, ...] | None:
    """Read a list cell: any sequence is one, anything else (None, NaN) is missing."""
    # Nearly all; what else may be a sequence takes longer to ask.
    if value is None or type(value) is list:
        return None if value is None else tuple(value)
    if isinstance(value, Sequence | np.ndarray) and not isinstance(value, str):
        return tuple(value)
    return None


def value_type(arrow_type: pa.DataType) -> pa.DataType:
    """Return the type of a column's values, be they in a dictionary or not."""
    return arrow_type.value_type if pa.types.is_dictionary(arrow_type) else arrow_type


def plain(values: pa.Array) -> pa.Array:
    """Give each row a value of its own, where the values are a dictionary."""
    is_coded = pa.types.is_dictionary(values.type)
    return values.dictionary.take(values.indices) if is_coded else values


def plain_table(table: pa.Table) -> pa.Table:
    """Do the same in every column: of some thousand rows, for all of a world weigh much."""
    columns = [plain(values.combine_chunks()) for values in table.columns]
    return pa.table(columns, names=table.column_names)


def lists_as_text(table: pa.Table) -> pa.Table:
    """Replace list columns by text, for formats without lists: ids by semicolons, else JSON."""
    for position, field in enumerate(table.schema):
        if pa.types.is_list(value_type(field.type)):
            coded = table[field.name].combine_chunks()
            to_text = joined_ids if field.name in _IDS else json_lists
            texts = pa.DictionaryArray.from_arrays(coded.indices, to_text(coded.dictionary))
            table = table.set_column(position, field.name, texts)
    return table


def joined_ids(lists: pa.ListArray) -> pa.Array:
    """Join the ids of each list by semicolons; missing where there is no list."""
    return pc.binary_join(lists, ";")


def json_lists(lists: pa.ListArray) -> pa.Array:
    """Write lists as `list_text` does, each distinct item once; missing where there is none."""
    coded = lists.flatten().dictionary_encode()
    # A list of one item is that item between brackets.
    words = [list_text([item])[1:-1] for item in coded.dictionary.to_pylist()]
    items = pc.fill_null(pa.array(words, type=pa.string()).take(coded.indices), "null")
    # The items stand in another array than the given one, whose lists may begin behind its start.
    lengths = pc.fill_null(pc.list_value_length(lists), 0).to_numpy(zero_copy_only=False)
    ends = pa.array(np.concatenate([[0], np.cumsum(lengths)]), type=pa.int32())
    texts = pc.binary_join(pa.ListArray.from_arrays(ends, items), ",")
    whole = pc.binary_join_element_wise("[", texts, "]", "")
    return pc.if_else(pc.is_valid(lists), whole, pa.scalar(None, pa.string()))


def list_text(values: Iterable[object]) -> str:
    """Write a list as JSON; whole numbers without a decimal point."""
    plain = [
        int(value) if isinstance(value, float) and value.is_integer() else value for value in values
    ]
    return _ENCODER.encode(plain)


def coordinates(frame: gpd.GeoDataFrame) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
    """Return longitudes and latitudes in degrees, rounded to ``COORDINATE_DECIMALS``."""
    points = np.asarray(frame.geometry.array)
    lon_deg = np.round(shapely.get_x(points), COORDINATE_DECIMALS)
    lat_deg = np.round(shapely.get_y(points), COORDINATE_DECIMALS)
    # Adding zero turns -0.0 into 0.0: equal to every reader, and other bytes in every file.
    return lon_deg + 0.0, lat_deg + 0.0
