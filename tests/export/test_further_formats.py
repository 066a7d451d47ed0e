"""The formats that are written where they are asked for, read by programs of others."""

import csv
import gzip
import shutil
import time
import zipfile
from pathlib import Path

import geopandas as gpd
import mapbox_vector_tile
import pyogrio
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from pmtiles.reader import MmapSource, Reader, all_tiles
from shapely import Point

from mapper.errors import UsageError, VerificationError
from mapper.export import vector_tiles
from mapper.export.formats import BY_NAME, FORMATS, FormatChoice, require_formats
from mapper.export.layer import Layer
from mapper.export.verify import verify
from tests.export.test_formats import layer_of, rich_rows
from tests.export.test_verify import reseal
from tests.release.factory import device
from tests.release.small_release import release, tags_of_twenty, twenty

FURTHER = [form for form in FORMATS if not form.is_default]
CHOICE = FormatChoice(tuple(form.name for form in FURTHER), ("csv", "geoparquet", "pmtiles"))


def rows_of(source: Path) -> gpd.GeoDataFrame:
    """Read a file with GDAL, its own choice of driver, in the order of the ids."""
    frame = gpd.GeoDataFrame(pyogrio.read_dataframe(source))
    return frame.sort_values("camera_id").reset_index(drop=True)


@pytest.mark.parametrize("name", ["geojsonseq", "kml", "kmz"])
def test_gdal_reads_rows_columns_and_places(tmp_path: Path, name: str) -> None:
    rows = rich_rows()
    rows[2] |= {"visibility": "public", "vendor_as_written": "<b>A & B</b> ]]> {{7*7}}"}
    form = BY_NAME[name]
    path = tmp_path / f"cameras_osm{form.suffix}"
    form.write(layer_of(rows), path)
    read = rows_of(path)
    assert list(read["camera_id"]) == ["osm:node/1", "osm:node/10", "osm:node/2"]
    visibility = "visibility" if name == "geojsonseq" else "camera_visibility"
    assert read[visibility].tolist()[1] == "public"
    assert read["vendor_as_written"].tolist()[1] == "<b>A & B</b> ]]> {{7*7}}"
    assert read["view_angle_deg"].tolist()[0] == 360.0
    assert (read.geometry.x.tolist()[1], read.geometry.y.tolist()[1]) == (0.0, 51.5)


def test_the_balloon_of_a_globe_shows_no_text_that_somebody_wrote(tmp_path: Path) -> None:
    path = tmp_path / "cameras_osm.kml"
    BY_NAME["kml"].write(layer_of([device(1, operator_name="<script>1</script>")]), path)
    text = path.read_text("utf-8")
    balloon = text.partition("<BalloonStyle>")[2].partition("</BalloonStyle>")[0]
    assert balloon.count("$[") == 5
    assert "operator_name" not in balloon
    assert "<script>" not in text


def test_a_zipped_document_is_dated_by_the_data(tmp_path: Path) -> None:
    path = tmp_path / "cameras_osm.kmz"
    BY_NAME["kmz"].write(layer_of(rich_rows()), path)
    with zipfile.ZipFile(path) as archive:
        assert archive.testzip() is None
        assert [entry.filename for entry in archive.infolist()] == ["doc.kml"]
        assert archive.infolist()[0].date_time == (2018, 3, 1, 0, 0, 0)
    assert [entry.name for entry in tmp_path.iterdir()] == [path.name]


def test_a_spreadsheet_is_told_the_letters_and_its_header_stays_plain(tmp_path: Path) -> None:
    form = BY_NAME["csv-spreadsheet"]
    path = tmp_path / f"cameras_osm{form.suffix}"
    form.write(layer_of([device(1, nearest_place="Zürich", operator_name="=1+1")]), path)
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    with path.open(encoding="utf-8-sig", newline="") as lines:
        (row,) = csv.DictReader(lines)
    assert (row["camera_id"], row["nearest_place"]) == ("osm:node/1", "Zürich")
    assert row["operator_name"] == "'=1+1"


def tiles_of(path: Path) -> dict[tuple[int, int, int], dict[str, list[dict[str, object]]]]:
    """Read every tile by the reader of its publisher: layer -> features."""
    with path.open("rb") as file:
        return {
            at: {
                name: layer["features"]
                for name, layer in mapbox_vector_tile.decode(gzip.decompress(content)).items()
            }
            for at, content in all_tiles(MmapSource(file))
        }


@settings(
    deadline=None, max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    st.lists(
        st.tuples(st.floats(-180, 180), st.floats(-90, 90)) | st.just((24.94, 60.17)),
        min_size=1,
        max_size=30,
    )
)
@example([(0.0, 86.0)])
@example([(180.0, -90.0)])
def test_no_camera_is_lost_in_tiles_and_every_zoom_adds_up(
    tmp_path: Path, places: list[tuple[float, float]]
) -> None:
    rows = [device(number, geometry=Point(*place)) for number, place in enumerate(places)]
    layer = layer_of(rows)
    path = tmp_path / "cameras_osm.pmtiles"
    vector_tiles.FORMAT.write(layer, path)
    cameras_by_zoom = dict.fromkeys(range(vector_tiles.LAST_ZOOM), 0)
    ids = []
    for (zoom, _x, _y), layers in tiles_of(path).items():
        for feature in layers.get(vector_tiles.COUNTS, []):
            cameras_by_zoom[zoom] += feature["properties"]["cameras"]  # type: ignore[index]
        for feature in layers.get(layer.name, []):
            assert zoom == vector_tiles.LAST_ZOOM
            ids.append(feature["properties"]["camera_id"])  # type: ignore[index]
    assert sorted(ids) == sorted(row["camera_id"] for row in rows)  # type: ignore[type-var]
    assert set(cameras_by_zoom.values()) == {len(rows)}
    cells = vector_tiles.FORMAT.read(path, layer.name)
    assert dict(zip(cells["camera_id"], cells["geometry"], strict=True)) == dict(
        zip(
            layer.table["camera_id"].to_pylist(),
            zip(layer.lon_deg.tolist(), layer.lat_deg.tolist(), strict=True),
            strict=True,
        )
    )


def test_tiles_say_whom_to_credit_and_where_they_lie(tmp_path: Path) -> None:
    path = tmp_path / "cameras_osm.pmtiles"
    BY_NAME["pmtiles"].write(layer_of([device(1, geometry=Point(24.94, 60.17))]), path)
    with path.open("rb") as file:
        reader = Reader(MmapSource(file))
        header, metadata = reader.header(), reader.metadata()
    assert metadata["attribution"] == "© OpenStreetMap contributors"
    assert [part["id"] for part in metadata["vector_layers"]] == ["counts", "cameras_osm"]
    assert (header["min_zoom"], header["max_zoom"]) == (0, 14)
    assert (header["min_lon_e7"], header["max_lat_e7"]) == (249_400_000, 601_700_000)


def test_a_tile_that_draws_a_camera_elsewhere_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "cameras_osm.pmtiles"
    layer = layer_of([device(1, geometry=Point(24.94, 60.17))])
    drawn = vector_tiles._feature  # noqa: SLF001 - the place where a point is drawn
    monkeypatch.setattr(vector_tiles, "_feature", lambda x, y, row: drawn(x + 9, y, row))
    vector_tiles.FORMAT.write(layer, path)
    with pytest.raises(VerificationError, match="osm:node/1 is drawn elsewhere"):
        vector_tiles.FORMAT.read(path, layer.name)


def layer_on_a_day() -> Layer:
    return layer_of(rich_rows())


@pytest.mark.parametrize("form", FURTHER, ids=lambda form: form.name)
def test_the_day_of_the_clock_leaves_no_trace(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, form: object
) -> None:
    chosen = next(one for one in FURTHER if one is form)
    first, later = tmp_path / "a" / "x", tmp_path / "b" / "x"
    first.parent.mkdir()
    later.parent.mkdir()
    chosen.write(layer_on_a_day(), first)
    now = time.time()
    monkeypatch.setattr(time, "time", lambda: now + 86_400)
    chosen.write(layer_on_a_day(), later)
    assert first.read_bytes() == later.read_bytes()


@pytest.fixture(scope="module")
def chosen(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Release twenty cameras of two countries and of none in every format."""
    rows = twenty()
    for number, code in ((3, "SE"), (4, "SE"), (5, None)):
        rows[number]["country_code"] = code
    out_dir = tmp_path_factory.mktemp("chosen")
    return release(out_dir, rows, tags_of_twenty(), choice=CHOICE).folder


def test_every_asked_format_is_in_the_release_and_verifies_in_depth(chosen: Path) -> None:
    names = {path.name for path in chosen.iterdir()}
    assert {f"cameras_osm{form.suffix}" for form in FORMATS} <= names
    assert verify(chosen, deep=True).faults == ()


def test_each_country_has_its_own_rows_and_no_others(chosen: Path) -> None:
    folders = sorted(path.name for path in (chosen / "by_country").iterdir())
    assert folders == ["FI", "SE"]
    with (chosen / "by_country/SE/cameras_osm.csv").open(encoding="utf-8", newline="") as lines:
        assert [row["camera_id"] for row in csv.DictReader(lines)] == ["osm:node/3", "osm:node/4"]
    assert verify(chosen).rows["by_country/FI/cameras_osm"] == 17


def test_a_row_of_another_country_in_a_country_s_file_is_told(chosen: Path, tmp_path: Path) -> None:
    copy = Path(shutil.copytree(chosen, tmp_path / chosen.name))
    path = copy / "by_country/SE/cameras_osm.csv"
    path.write_bytes(path.read_bytes().replace(b"osm:node/4", b"osm:node/6"))
    reseal(copy, "by_country/SE/cameras_osm.csv")
    faults = verify(copy, deep=True).faults
    assert any("by_country/SE/cameras_osm.csv: camera_id differs" in fault for fault in faults)


def test_a_release_has_no_further_format_unasked(tmp_path: Path) -> None:
    folder = release(tmp_path, twenty(), tags_of_twenty()).folder
    assert not (folder / "by_country").exists()
    suffixes = {path.name.removeprefix("cameras_osm") for path in folder.glob("cameras_osm*")}
    assert suffixes == {form.suffix for form in FORMATS if form.is_default}


def test_an_unknown_format_is_refused_with_the_likely_one() -> None:
    with pytest.raises(UsageError, match="there is no format pmtile") as told:
        require_formats(["pmtile"], "--format")
    assert "did you mean pmtiles?" in told.value.next_step
    assert require_formats(["kmz", "csv", "kmz"], "--format") == ("csv", "kmz")
