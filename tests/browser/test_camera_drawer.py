"""A camera's drawer says what is known, how, and what is not."""

import json
from collections.abc import Callable
from pathlib import Path

import geopandas as gpd
import pytest
from playwright.sync_api import Locator, expect

from mapper.model.progress import NoProgress
from mapper.pipeline.building import build
from mapper.settings import Settings
from tests.browser.visit import Visit

pytestmark = pytest.mark.browser

Open = Callable[..., Visit]

STREET = "#18/41.31240/-119.04400"


def _position(cameras: gpd.GeoDataFrame, camera_id: str) -> tuple[float, float]:
    row = cameras.loc[cameras["camera_id"] == camera_id, ["lon_deg", "lat_deg"]]
    lon_deg, lat_deg = row.to_numpy(dtype=float)[0].tolist()
    return lon_deg, lat_deg


def _fact(drawer: Locator, label: str) -> Locator:
    return drawer.locator(f"xpath=.//dt[.='{label}']/following-sibling::dd[1]")


def _open(visit: Open, town_dir: Path, cameras: gpd.GeoDataFrame, camera_id: str) -> Locator:
    lon_deg, lat_deg = _position(cameras, camera_id)
    seen = visit(town_dir / "site", f"#18/{lat_deg:.5f}/{lon_deg:.5f}")
    seen.click_at(lon_deg, lat_deg)
    drawer = seen.page.locator("#drawer")
    expect(drawer).to_be_visible()
    return drawer


def test_a_plate_reader_with_all_it_is_known_by(
    visit: Open, town_dir: Path, town_cameras: gpd.GeoDataFrame
) -> None:
    # The seventh node of the fixture: Station Road, checked on 2 March 2025.
    drawer = _open(visit, town_dir, town_cameras, "osm:node/900000100007")

    expect(drawer.locator("h2")).to_have_text("Plate reader")
    expect(_fact(drawer, "Maker")).to_contain_text("Flock Safety")
    expect(_fact(drawer, "Maker").locator(".rung")).to_have_text("B")
    expect(_fact(drawer, "Operator")).to_contain_text("Fixture Town Police Department")
    expect(_fact(drawer, "Faces")).to_contain_text("north (358\u00b0)")
    expect(_fact(drawer, "Faces")).to_contain_text("width of the view not known")
    expect(_fact(drawer, "Last checked")).to_have_text("2 March 2025")
    expect(_fact(drawer, "First mapped")).to_contain_text("21 February 2024")
    expect(_fact(drawer, "Licence")).to_have_text("ODbL-1.0")


def test_a_camera_of_which_nothing_is_known_says_so(
    visit: Open, town_dir: Path, town_cameras: gpd.GeoDataFrame
) -> None:
    # man_made=surveillance and nothing else, in Main Street, entered in 2012.
    drawer = _open(visit, town_dir, town_cameras, "osm:node/900000100045")

    expect(_fact(drawer, "Maker")).to_have_text("unknown")
    expect(_fact(drawer, "Operator")).to_have_text("unknown")
    missing = drawer.locator(".missing-list li").all_inner_texts()
    assert missing == [
        "Faces",
        "Built as",
        "Mounted on",
        "Watches",
        "Zone",
        "Installed",
        "Last checked",
    ]
    expect(_fact(drawer, "First mapped")).to_contain_text("2 August 2012")


def test_whose_it_is_comes_first_and_who_knows_the_maker_can_say_so(
    visit: Open, town_dir: Path, town_cameras: gpd.GeoDataFrame
) -> None:
    drawer = _open(visit, town_dir, town_cameras, "osm:node/900000100045")

    labels = drawer.locator("dl").first.locator("dt").all_inner_texts()
    assert labels == ["Maker", "Operator", "Suppliers of its operator", "Systems of the place"]
    expect(drawer.locator(".edit code")).to_have_text("manufacturer=\u2026")
    editors = [str(one.get_attribute("href")) for one in drawer.locator(".edit a").all()]
    assert editors[0].startswith("https://www.openstreetmap.org/edit?editor=id&node=900000100045#")
    assert editors[1].startswith("https://mapcomplete.org/surveillance.html?z=19&lat=41.31")
    assert editors[1].endswith("#node/900000100045")


def test_who_made_it_is_not_asked_where_a_maker_is_written(
    visit: Open, town_dir: Path, town_cameras: gpd.GeoDataFrame
) -> None:
    drawer = _open(visit, town_dir, town_cameras, "osm:node/900000100052")

    expect(drawer.locator(".edit")).to_have_count(0)


def test_the_source_is_a_link_that_tells_nothing(
    visit: Open, town_dir: Path, town_cameras: gpd.GeoDataFrame
) -> None:
    drawer = _open(visit, town_dir, town_cameras, "osm:node/900000100045")

    link = _fact(drawer, "Source").locator("a")

    assert link.get_attribute("href") == "https://www.openstreetmap.org/node/900000100045"
    assert link.get_attribute("rel") == "noopener noreferrer nofollow"
    assert link.locator("bdi").inner_text() == "node/900000100045"


def test_a_direction_that_could_not_be_read_is_shown_as_written(
    visit: Open, town_dir: Path, town_cameras: gpd.GeoDataFrame
) -> None:
    drawer = _open(visit, town_dir, town_cameras, "osm:node/900000100053")

    expect(_fact(drawer, "Faces")).to_contain_text("273,5")
    expect(_fact(drawer, "Faces")).to_contain_text("could not be read")


def test_a_view_all_round(visit: Open, town_dir: Path, town_cameras: gpd.GeoDataFrame) -> None:
    drawer = _open(visit, town_dir, town_cameras, "osm:node/900000100022")

    expect(_fact(drawer, "Faces")).to_contain_text("all round")


def test_a_pole_gives_each_of_its_cameras(
    visit: Open, town_dir: Path, town_cameras: gpd.GeoDataFrame
) -> None:
    # Five cameras stand on one pole in Market Square, facing 10, 82, 154, 226 and 298 degrees.
    drawer = _open(visit, town_dir, town_cameras, "osm:node/900000100013")

    buttons = drawer.locator(".pole button")
    names = [str(button.get_attribute("aria-label")) for button in buttons.all()]
    assert sorted(name.rpartition(": ")[2] for name in names) == sorted(
        ["north", "east", "south-east", "south-west", "north-west"]
    )

    drawer.get_by_role("button", name="south-west").click()

    expect(_fact(drawer, "Faces")).to_contain_text("south-west (226\u00b0)")


def test_a_maker_that_is_not_in_the_registry_stays_as_written(
    visit: Open, town_dir: Path, town_cameras: gpd.GeoDataFrame
) -> None:
    drawer = _open(visit, town_dir, town_cameras, "osm:node/900000100052")

    expect(_fact(drawer, "Maker")).to_contain_text("Fixture Optics Ltd")
    expect(_fact(drawer, "Maker")).to_contain_text("no maker of this name is in the registry")
    expect(_fact(drawer, "Maker").locator(".rung")).to_have_text("?")


def test_several_makers_are_all_shown_and_none_is_chosen(
    visit: Open, town_dir: Path, town_cameras: gpd.GeoDataFrame
) -> None:
    drawer = _open(visit, town_dir, town_cameras, "osm:node/900000100051")

    maker = _fact(drawer, "Maker")
    assert maker.locator("a").all_inner_texts() == ["Hikvision", "Dahua"]
    expect(maker).to_contain_text("several makers are named")
    expect(maker.locator(".rung")).to_have_text("?")
    expect(_fact(drawer, "Operator")).to_have_text("unknown")
    # Nobody was looked up: "none in the registry" would say that somebody was.
    expect(_fact(drawer, "Suppliers of its operator")).to_have_text("unknown")
    expect(_fact(drawer, "Systems of the place")).to_have_text("none in the registry")


def test_what_is_documented_around_a_camera_stands_apart_from_its_maker(
    visit: Open, tmp_path: Path
) -> None:
    tags = {"man_made": "surveillance", "operator": "Chicago Police Department"}
    node = {"type": "node", "id": 900000100001, "lat": 41.8781, "lon": -87.6298, "tags": tags}
    answer = {
        "version": 0.6,
        "osm3s": {"timestamp_osm_base": "2026-10-20T00:00:00Z"},
        "elements": [node],
    }
    path = tmp_path / "chicago.osm.json"
    path.write_text(json.dumps(answer), "utf-8")
    build([str(path)], settings=Settings(out_dir=tmp_path / "out"), progress=NoProgress())

    seen = visit(tmp_path / "out" / "site", "#18/41.87810/-87.62980&camera=osm:node/900000100001")

    drawer = seen.page.locator("#drawer")
    expect(_fact(drawer, "Maker")).to_have_text("unknown")
    suppliers = _fact(drawer, "Suppliers of its operator")
    expect(suppliers).to_contain_text("not for this camera")
    addresses = [str(one.get_attribute("href")) for one in suppliers.locator("a").all()]
    assert addresses
    assert all((tmp_path / "out" / "site" / address).is_file() for address in addresses)
    systems = _fact(drawer, "Systems of the place")
    expect(systems).to_contain_text("not for this camera")
    assert systems.locator("a").count() > 0


def test_escape_closes_and_gives_the_focus_back(visit: Open, town_dir: Path) -> None:
    seen = visit(town_dir / "site", STREET)
    seen.page.locator("#tab-list").click()
    row = seen.page.locator("#pane-list .rows button").nth(2)
    row.press("Enter")
    expect(seen.page.locator("#drawer-title")).to_be_focused()

    seen.page.keyboard.press("Escape")

    expect(seen.page.locator("#drawer")).to_be_hidden()
    expect(seen.page.locator("#pane-list .rows button:focus, #tab-list:focus")).to_have_count(1)


def test_an_empty_place_closes_the_drawer(
    visit: Open, town_dir: Path, town_cameras: gpd.GeoDataFrame
) -> None:
    drawer = _open(visit, town_dir, town_cameras, "osm:node/900000100045")

    drawer.page.mouse.click(330, 120)

    expect(drawer).to_be_hidden()
