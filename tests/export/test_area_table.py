"""The table of states and counties adds up to the cameras that stand in them."""

import csv
import io
from pathlib import Path

from mapper.export.area_table import COLUMNS, areas_csv
from mapper.export.verify import verify
from mapper.model.enums import AdminMethod
from mapper.resolve.admin_areas import AdminArea
from tests.release.factory import device, devices_frame
from tests.release.small_release import release

CENSUS = AdminMethod.CENSUS_BUREAU
AREAS = (
    AdminArea("US-KS", 1, "Kansas", "", 200.0, "US", CENSUS),
    AdminArea("US-20001", 2, "Allen", "US-KS", 50.0, "US", CENSUS),
    AdminArea("US-20003", 2, "Anderson", "US-KS", 150.0, "US", CENSUS),
)


def rows_of(text: str) -> dict[str, dict[str, str]]:
    return {row["area_id"]: row for row in csv.DictReader(io.StringIO(text))}


def test_cameras_makers_and_last_checks_are_counted_by_area() -> None:
    in_allen = {"admin1": "US-KS", "admin2": "US-20001"}
    cameras = devices_frame(
        [
            device(1, **in_allen, vendor_rung="B", last_checked_on="2022-05"),
            device(2, **in_allen, last_checked_on="2023-01-02"),
            device(3, admin1="US-KS"),
            device(4),
        ]
    )
    rows = rows_of(areas_csv(cameras, AREAS))
    assert list(rows) == ["US-KS", "US-20001", "US-20003"]
    assert tuple(rows["US-KS"]) == tuple(name for name, _meaning in COLUMNS)
    assert rows["US-KS"]["cameras"] == "3"
    assert rows["US-20001"] == {
        "area_id": "US-20001",
        "level": "2",
        "country_code": "US",
        "name": "Allen",
        "within": "US-KS",
        "method": "census_bureau",
        "area_km2": "50.0",
        "cameras": "2",
        "cameras_per_km2": "0.0400",
        "population": "",
        "population_on": "",
        "cameras_per_1000_people": "",
        "street_km": "",
        "cameras_per_street_km": "",
        "with_maker": "1",
        "with_maker_pct": "50.0",
        "last_checked_on": "2023-01-02",
    }
    assert (rows["US-20003"]["cameras"], rows["US-20003"]["with_maker_pct"]) == ("0", "")


def test_a_small_area_has_more_decimals() -> None:
    ward = AdminArea("MC-VR", 1, "La Rousse", "", 0.2037, "MC", AdminMethod.OPENSTREETMAP)
    cameras = devices_frame([device(1, admin1="MC-VR")])
    row = rows_of(areas_csv(cameras, [ward]))["MC-VR"]
    assert (row["area_km2"], row["cameras_per_km2"]) == ("0.204", "4.9092")


def test_the_name_of_an_area_never_begins_a_formula() -> None:
    hostile = AdminArea(
        "osm:relation/5", 2, '=HYPERLINK("x")', "", 50.0, "DE", AdminMethod.OPENSTREETMAP
    )
    cameras = devices_frame([device(1, admin2="osm:relation/5")])
    row = rows_of(areas_csv(cameras, [hostile]))["osm:relation/5"]
    assert row["name"] == '\'=HYPERLINK("x")'


def test_a_release_has_the_table_where_a_camera_has_an_area(tmp_path: Path) -> None:
    rows = [
        device(number, country_code="US", admin1="US-KS", admin2="US-20001") for number in range(3)
    ]
    folder = release(tmp_path, rows).folder
    counted = rows_of((folder / "areas_osm.csv").read_text("utf-8"))
    assert counted["US-20001"]["cameras"] == "3"
    assert sum(int(row["cameras"]) for row in counted.values() if row["level"] == "1") == 3
    assert verify(folder, deep=True).faults == ()


def test_a_release_without_areas_has_no_table(tmp_path: Path) -> None:
    assert not (release(tmp_path, [device(1)]).folder / "areas_osm.csv").exists()
