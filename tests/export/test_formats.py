"""Every format gives back what was put in, to a reader that shares no code with its writer."""

import csv
import importlib
import json
import pkgutil
import sqlite3
import xml.etree.ElementTree as ET
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import shapely
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from shapely import Point

from mapper import export
from mapper.export import csv_text, geoparquet
from mapper.export.formats import BY_NAME, FORMATS
from mapper.export.layer import Layer, arrow_table, coordinates, list_text, plain_table
from mapper.export.table_format import Format, differences
from mapper.model.enums import DeviceType
from tests.release.factory import device, devices_frame

# What clean.text lets through: no control, surrogate or unassigned-to-text characters.
HOSTILE = (
    "=HYPERLINK(0)",
    "+1;=2",
    "'=1",
    "''=1",
    "-",
    '"quoted", and\u2028more',
    "</script><script>alert(1)</script>",
    "{{7*7}}${x}`",
    "日本語 العربية עברית 🎥",
    "e\u0301\u0302\u0303",
    "NULL",
    "nan",
    "true",
    "[]",
    "a;b|c\\d",
    " leading and trailing ",
)
TEXT = st.one_of(
    st.sampled_from(HOSTILE),
    st.text(st.characters(exclude_categories=("Cs", "Cc", "Cn")), min_size=1, max_size=40),
)


def layer_of(rows: list[dict[str, object]], name: str = "cameras_osm") -> Layer:
    frame = devices_frame(rows)
    lon_deg, lat_deg = coordinates(frame)
    return Layer(
        name=name,
        title="Surveillance cameras",
        source_id="osm",
        license_id="ODbL-1.0",
        attribution="© OpenStreetMap contributors",
        data_on="2018-03-01",
        code_version="0.1.0",
        table=arrow_table(frame),
        lon_deg=lon_deg,
        lat_deg=lat_deg,
    )


def rich_rows() -> list[dict[str, object]]:
    """Return rows with every kind of value, full and empty, at the edges of the globe."""
    return [
        device(
            1,
            geometry=Point(-179.9999999, -89.9999999),
            directions_deg=[0.0, 359.5],
            view_angle_deg=360.0,
            flags=["all_round", "direction_conflict"],
            operator_withheld=True,
            location_precision_m=0.5,
            first_mapped_on="2018-02",
            retrieved_at_utc="2018-03-01T10:11:12Z",
        ),
        device(2, geometry=Point(180.0, 90.0), nearest_place_km=None, country_code=None),
        device(10, geometry=Point(0.00000004, 51.5), operator_name="=1+1;@x"),
    ]


def test_addresses_of_arrow_become_the_column_that_texts_become() -> None:
    frame = devices_frame([*rich_rows(), device(11, source_url=None)])
    of_arrow = frame.astype({"source_url": pd.ArrowDtype(pa.string())})
    assert arrow_table(of_arrow).equals(arrow_table(frame))
    # Of several lists the column is in pieces, and GDAL would write each by itself.
    in_pieces = arrow_table(pd.concat([of_arrow.iloc[:2], of_arrow.iloc[2:]]))
    assert in_pieces.equals(arrow_table(frame))
    assert in_pieces["source_url"].num_chunks == 1


def test_columns_of_categories_become_the_columns_that_texts_become() -> None:
    frame = devices_frame(rich_rows())
    repeated = ["source_id", "country_code", "vendor_id", "operator_name", "installed_on"]
    coded = frame.astype(dict.fromkeys(repeated, "category"))
    assert plain_table(arrow_table(coded)).equals(plain_table(arrow_table(frame)))


def test_nought_degrees_have_no_sign() -> None:
    # By the sign of IEEE 754: two builds of equal positions must have equal bytes.
    rows = [device(1, geometry=Point(-0.0, -0.00000001)), device(2, geometry=Point(-1e-9, -0.0))]
    assert not any(np.signbit(axis).any() for axis in coordinates(devices_frame(rows)))


def test_every_format_that_has_a_file_is_registered() -> None:
    names = [module.name for module in pkgutil.iter_modules(export.__path__)]
    modules = [importlib.import_module(f"mapper.export.{name}") for name in names]
    brought = {module.FORMAT for module in modules if hasattr(module, "FORMAT")}
    assert brought == set(FORMATS)


@pytest.mark.parametrize("form", FORMATS, ids=lambda form: form.name)
def test_every_kind_of_value_comes_back(tmp_path: Path, form: Format) -> None:
    layer = layer_of(rich_rows())
    path = tmp_path / f"{layer.name}{form.suffix}"
    form.write(layer, path)
    cells = form.read(path, layer.name)
    assert cells["camera_id"] == ["osm:node/1", "osm:node/10", "osm:node/2"]
    assert cells["geometry"] == [(-179.9999999, -89.9999999), (0.0, 51.5), (180.0, 90.0)]
    assert cells["directions_deg"] == [[0.0, 359.5], None, None]
    assert cells["flags"] == [["all_round", "direction_conflict"], [], []]
    assert cells["view_angle_deg"] == [360.0, None, None]
    assert cells["operator_withheld"] == [True, False, False]
    assert cells["operator_name"] == [None, "=1+1;@x", None]
    assert cells["country_code"] == ["FI", "FI", None]
    assert cells["nearest_place_km"] == [0.4, 0.4, None]
    assert cells["first_mapped_on"] == ["2018-02", None, None]
    assert cells["retrieved_at_utc"] == ["2018-03-01T10:11:12Z", None, None]


@pytest.mark.parametrize("form", FORMATS, ids=lambda form: form.name)
def test_a_text_that_rows_share_is_written_like_one_of_each_row(
    tmp_path: Path, form: Format
) -> None:
    rows = [*rich_rows(), device(11, operator_name="Town", mount="pole", country_code=None)]
    of_rows = layer_of(rows)
    shared = devices_frame(rows).astype(
        dict.fromkeys(("operator_name", "mount", "country_code", "first_mapped_on"), "category")
    )
    for number, layer in enumerate((of_rows, replace(of_rows, table=arrow_table(shared)))):
        form.write(layer, tmp_path / f"{number}{form.suffix}")
    one, other = sorted(tmp_path.iterdir())
    assert one.read_bytes() == other.read_bytes()


@pytest.mark.parametrize("form", FORMATS, ids=lambda form: form.name)
def test_an_empty_layer_is_a_valid_file(tmp_path: Path, form: Format) -> None:
    whole = layer_of(rich_rows())
    empty = Layer(
        name=whole.name,
        title=whole.title,
        source_id=whole.source_id,
        license_id=whole.license_id,
        attribution=whole.attribution,
        data_on=whole.data_on,
        code_version=whole.code_version,
        table=whole.table.slice(0, 0),
        lon_deg=whole.lon_deg[:0],
        lat_deg=whole.lat_deg[:0],
    )
    path = tmp_path / f"{empty.name}{form.suffix}"
    form.write(empty, path)
    assert form.read(path, empty.name)["camera_id"] == []


@settings(
    deadline=None, max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(texts=st.lists(TEXT, min_size=12, max_size=12))
def test_hostile_texts_are_the_same_in_every_format(tmp_path: Path, texts: list[str]) -> None:
    rows = [
        device(number, operator_name=text, mount=texts[-1 - number], vendor_as_written=text)
        for number, text in enumerate(texts)
    ]
    layer = layer_of(rows)
    readings = {}
    for form in FORMATS:
        path = tmp_path / f"{layer.name}{form.suffix}"
        path.unlink(missing_ok=True)
        form.write(layer, path)
        readings[form.name] = form.read(path, layer.name)
    written = {f"osm:node/{number}": text for number, text in enumerate(texts)}
    for name, cells in readings.items():
        assert dict(zip(cells["camera_id"], cells["operator_name"], strict=True)) == written, name
        assert list(differences(readings["geoparquet"], cells)) == []


def test_geoparquet_says_version_covering_and_licence(tmp_path: Path) -> None:
    path = tmp_path / "cameras_osm.parquet"
    layer = layer_of(rich_rows())
    BY_NAME["geoparquet"].write(layer, path)
    metadata = pq.read_metadata(path)
    geo = json.loads(metadata.metadata[b"geo"])
    column = geo["columns"][geo["primary_column"]]
    assert geo["version"] == "1.1.0"
    assert column["encoding"] == "WKB"
    assert column["geometry_types"] == ["Point"]
    assert column["crs"]["id"] == {"authority": "EPSG", "code": 4326}
    assert column["bbox"] == [-179.9999999, -89.9999999, 180.0, 90.0]
    assert column["covering"]["bbox"]["xmin"] == ["bbox", "xmin"]
    assert metadata.metadata[b"license"] == b"ODbL-1.0"
    assert metadata.metadata[b"attribution"].decode() == "© OpenStreetMap contributors"
    chunks = [metadata.row_group(0).column(number) for number in range(metadata.num_columns)]
    assert {chunk.compression for chunk in chunks} == {"ZSTD"}
    assert len(gpd.read_parquet(path, bbox=(-1, 51, 1, 52))) == 1


def test_geoparquet_rows_lie_along_a_curve(tmp_path: Path) -> None:
    """Four corners of the world, two cameras each: neighbours must stay neighbours."""
    corners = [(-170, -80), (170, 80), (-170, 80), (170, -80)]
    rows = [device(number, geometry=Point(*corners[number % 4])) for number in range(8)]
    path = tmp_path / "cameras_osm.parquet"
    BY_NAME["geoparquet"].write(layer_of(rows), path)
    ids = [
        int(name.removeprefix("osm:node/")) for name in pq.read_table(path)["camera_id"].to_pylist()
    ]
    pairs = [ids[at : at + 2] for at in range(0, 8, 2)]
    assert all(second - first == 4 for first, second in pairs)


def test_geojson_follows_the_standard(tmp_path: Path) -> None:
    """RFC 7946: longitude first, no crs member, numbers of at most seven decimals."""
    path = tmp_path / "cameras_osm.geojson"
    rows = [device(1, geometry=Point(24.941234567891, 60.1712345678))]
    BY_NAME["geojson"].write(layer_of(rows), path)
    content = json.loads(path.read_text(encoding="utf-8"))
    assert content["type"] == "FeatureCollection"
    assert "crs" not in content
    assert content["license"] == "ODbL-1.0"
    (feature,) = content["features"]
    assert feature["type"] == "Feature"
    assert feature["geometry"] == {"type": "Point", "coordinates": [24.9412346, 60.1712346]}
    assert "operator_name" not in feature["properties"]
    assert len(gpd.read_file(path)) == 1


def test_the_geopackage_carries_index_licence_date_and_style(tmp_path: Path) -> None:
    path = tmp_path / "cameras_osm.gpkg"
    BY_NAME["geopackage"].write(layer_of(rich_rows()), path)
    assert [entry.name for entry in tmp_path.iterdir()] == [path.name]
    with closing(sqlite3.connect(path)) as connection:
        (changed, about) = connection.execute(
            "SELECT last_change, description FROM gpkg_contents"
        ).fetchone()
        (style, default) = connection.execute(
            "SELECT styleQML, useAsDefault FROM layer_styles"
        ).fetchone()
        (xml,) = connection.execute("SELECT metadata FROM gpkg_metadata").fetchone()
        tables = {name for (name,) in connection.execute("SELECT name FROM sqlite_master")}
    assert changed == "2018-03-01T00:00:00.000Z"
    assert about == "© OpenStreetMap contributors"
    assert "ODbL-1.0" in xml
    assert "rtree_cameras_osm_geom" in tables
    assert default == 1
    drawn = {each.get("value") for each in ET.fromstring(style).iter("category")}  # noqa: S314 - our own text
    assert drawn == {str(kind) for kind in DeviceType}


@pytest.mark.parametrize(
    ("values", "text"),
    [([90.0, 45.5], "[90,45.5]"), ([], "[]"), (["a", 'b"'], '["a","b\\""]'), ([0.0], "[0]")],
)
def test_lists_become_short_json(values: list[object], text: str) -> None:
    assert list_text(values) == text


def test_reading_a_release_leaves_the_bound_of_a_cell_for_what_comes_from_outside(
    tmp_path: Path,
) -> None:
    before = csv.field_size_limit()
    path = tmp_path / "cameras.csv"
    path.write_text("camera_id\n", "utf-8")
    csv_text.read(path, "cameras")
    assert csv.field_size_limit() == before


@given(
    st.lists(
        st.tuples(st.floats(-180, 180), st.floats(-90, 90)),
        max_size=20,
    )
)
def test_positions_are_the_same_points_in_wkb_as_another_library_writes(
    positions: list[tuple[float, float]],
) -> None:
    rows = [device(number) for number in range(1, len(positions) + 1)]
    lon_deg, lat_deg = np.array(positions, dtype=np.float64).reshape(-1, 2).T
    layer = replace(layer_of(rows), lon_deg=lon_deg, lat_deg=lat_deg)
    points = shapely.to_wkb(shapely.points(lon_deg, lat_deg), byte_order=1)
    assert layer.points_wkb().to_pylist() == list(np.atleast_1d(points))


def test_rows_beyond_a_row_group_stand_in_the_next_in_one_order(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = [device(number, geometry=Point(5 * number, 60)) for number in range(1, 12)]
    layer, form = layer_of(rows), BY_NAME["geoparquet"]
    form.write(layer, tmp_path / "whole.parquet")
    monkeypatch.setattr(geoparquet, "_ROW_GROUP", 3)
    form.write(layer, tmp_path / "parts.parquet")
    assert pq.read_metadata(tmp_path / "parts.parquet").num_row_groups == 4
    whole, parts = (pq.read_table(tmp_path / f"{name}.parquet") for name in ("whole", "parts"))
    assert parts.equals(whole, check_metadata=True)
