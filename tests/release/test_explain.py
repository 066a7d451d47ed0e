"""An explanation leads from each value to what is written, and says what is withheld."""

import json
from pathlib import Path

import geopandas as gpd
import pytest

import mapper
from mapper.errors import UsageError, VerificationError
from mapper.model.columns import CAMERA
from mapper.release.camera_frames import load_cameras
from mapper.release.diff import diff
from mapper.release.explain import explain
from tests.release.factory import SHA, device, devices_frame
from tests.release.small_release import release, tags_of_twenty, twenty


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    rows = [
        device(1, mount="pole", directions_deg=[45.0], directions_as_written="NE", flags=[]),
        device(2, operator_name="Anna Virtanen"),
        device(3, operator_name="Helsingin kaupunki", operator_id="helsinki"),
    ]
    tags = {
        "node/1": {"camera:mount": "pole", "direction": "NE"},
        "node/2": {"operator": "Anna Virtanen"},
        "node/3": {"operator": "Helsingin kaupunki"},
    }
    return release(tmp_path_factory.mktemp("explained"), rows, tags).folder


def test_each_value_is_explained_or_said_to_be_unknown(folder: Path) -> None:
    explanation = explain(folder, "osm:node/1")
    explained = [value.column for value in explanation.values]
    assert sorted([*explained, *explanation.unknown]) == sorted(column.name for column in CAMERA)
    without_evidence = {
        value.column: value.value for value in explanation.values if not value.values_as_written
    }
    assert without_evidence == {"operator_withheld": False, "vendor_rung": "unknown"}


def test_the_written_value_stands_beside_the_clean_one(folder: Path) -> None:
    explanation = explain(folder, "osm:node/1")
    value = next(each for each in explanation.values if each.column == "directions_deg")
    assert value.value == [45.0]
    assert value.values_as_written == {"direction": "NE"}
    assert value.rule_id == "direction.parse"
    assert explanation.credit.snapshot_sha256 == SHA
    assert explanation.edited_on == "2018-02-03"
    assert explanation.data_on == "2018-03-01"


def test_a_withheld_operator_is_said_to_be_withheld_and_not_told(folder: Path) -> None:
    explanation = explain(folder, "osm:node/2")
    value = next(each for each in explanation.values if each.column == "operator_name")
    assert value.value is None
    assert value.withheld_keys == ("operator",)
    assert value.remark.startswith("withheld")
    assert "Virtanen" not in explanation.as_text() + explanation.as_json()


def test_an_organisation_stays_named(folder: Path) -> None:
    assert "Helsingin kaupunki" in explain(folder, "osm:node/3").as_text()


def test_the_json_form_can_be_read_back(folder: Path) -> None:
    content = json.loads(explain(folder, "osm:node/1").as_json())
    assert content["format_version"] == 1
    assert content["camera_id"] == "osm:node/1"
    assert {value["column"] for value in content["values"]} >= {"camera_id", "geometry", "mount"}


def test_an_unknown_id_is_refused_without_saying_why(folder: Path) -> None:
    with pytest.raises(UsageError) as refused:
        explain(folder, "osm:node/99")
    assert "osm:node/99" in str(refused.value)


def test_a_rule_that_gives_another_value_today_is_said(folder: Path) -> None:
    def as_released(*_arguments: object) -> gpd.GeoDataFrame:
        frame = devices_frame([device(1, mount="pole")])
        frame.loc["osm:node/1", "camera_type"] = None
        frame["directions_deg"] = [[45.0]]
        frame["directions_as_written"] = "NE"
        return frame

    def otherwise(*_arguments: object) -> gpd.GeoDataFrame:
        frame = as_released()
        frame["mount"] = "wall"
        return frame

    fine = explain(folder, "osm:node/1", recompute=as_released)
    assert {value.reproduced for value in fine.values} == {True, None}
    odd = explain(folder, "osm:node/1", recompute=otherwise)
    assert [value.column for value in odd.values if value.reproduced is False] == ["mount"]
    assert "NOT REPRODUCED" in odd.as_text()


def test_loading_gives_lists_and_can_be_narrowed(folder: Path) -> None:
    cameras = load_cameras(folder.parent.parent)
    assert list(cameras.index) == ["osm:node/1", "osm:node/2", "osm:node/3"]
    assert tuple(cameras.columns) == tuple(column.name for column in CAMERA)
    assert cameras.crs is not None
    assert cameras.crs.to_epsg() == 4326
    assert cameras.loc["osm:node/1", "directions_deg"] == [45.0]
    assert cameras.loc["osm:node/2", "flags"] == []
    assert len(mapper.load(folder, country="FI")) == 3
    assert len(mapper.load(folder, country=["SE", "NO"])) == 0
    assert list(mapper.load(folder, bbox=(24.9405, 60.0, 24.9415, 61.0)).index) == ["osm:node/1"]
    assert len(load_cameras(folder, layer="other_devices")) == 0


@pytest.mark.parametrize(
    "name", ["cameras_osm.parquet", "observations_osm.parquet", "manifest.json"]
)
def test_a_flipped_bit_anywhere_is_told_and_never_explained(name: str, tmp_path: Path) -> None:
    damaged = release(tmp_path, twenty(), tags_of_twenty()).folder
    whole = (damaged / name).read_bytes()
    for place in range(0, len(whole), max(1, len(whole) // 25)):
        body = bytearray(whole)
        body[place] ^= 4
        (damaged / name).write_bytes(bytes(body))
        with pytest.raises(VerificationError):
            explain(damaged, "osm:node/1")
        if not name.startswith("observations"):
            with pytest.raises(VerificationError):
                diff(damaged, damaged)
