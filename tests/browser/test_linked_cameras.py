"""A camera that is probably in another list too says so, in both of its drawers."""

from collections.abc import Callable
from pathlib import Path

import geopandas as gpd
import pytest
from playwright.sync_api import Locator, expect

from mapper.model.progress import NoProgress
from mapper.pipeline.building import build
from mapper.pipeline.own_lists import ImportRequest, import_list
from mapper.settings import Settings
from tests.browser.conftest import TOWN
from tests.browser.visit import Visit

pytestmark = pytest.mark.browser

MAPPED = "osm:node/900000100045"
METRE_LAT_DEG = 1 / 111_195.08
AWAY_M = 12.0


def _position(cameras: gpd.GeoDataFrame, camera_id: str) -> tuple[float, float]:
    row = cameras.loc[cameras["camera_id"] == camera_id, ["lon_deg", "lat_deg"]]
    lon_deg, lat_deg = row.to_numpy(dtype=float)[0].tolist()
    return lon_deg, lat_deg


@pytest.fixture(scope="module")
def both_dir(tmp_path_factory: pytest.TempPathFactory, town_cameras: gpd.GeoDataFrame) -> Path:
    """Build Fixture Town with a list whose one camera stands 12 m north of a mapped one."""
    folder = tmp_path_factory.mktemp("both")
    settings = Settings(out_dir=folder / "out", raw_dir=folder / "raw")
    lon_deg, lat_deg = _position(town_cameras, MAPPED)
    path = folder / "riverton.csv"
    # The id is as hostile as a file can make it: the row gets an id made for it.
    path.write_text(
        "Camera ID,Longitude,Latitude\n"
        f"<b>A-7</b>,{lon_deg:.7f},{lat_deg + AWAY_M * METRE_LAT_DEG:.7f}\n",
        "utf-8",
    )
    request = ImportRequest(
        path=path, publisher="City of Riverton", date="2025-06", license_id="CC-BY-4.0"
    )
    import_list(request, settings=settings)
    build([str(TOWN), "riverton"], settings=settings, progress=NoProgress())
    return settings.out_dir


def _drawer_at(
    visit: Callable[..., Visit], out_dir: Path, lon_deg: float, lat_deg: float
) -> Locator:
    seen = visit(out_dir / "site", f"#19/{lat_deg:.6f}/{lon_deg:.6f}")
    seen.click_at(lon_deg, lat_deg)
    drawer = seen.page.locator("#drawer")
    expect(drawer).to_be_visible()
    return drawer


def _also_in(drawer: Locator) -> Locator:
    return drawer.locator("xpath=.//dt[.='Also in']/following-sibling::dd[1]")


def test_both_drawers_name_the_other_list_with_the_distance(
    visit: Callable[..., Visit], both_dir: Path, town_cameras: gpd.GeoDataFrame
) -> None:
    lon_deg, lat_deg = _position(town_cameras, MAPPED)

    here = _also_in(_drawer_at(visit, both_dir, lon_deg, lat_deg))
    expect(here).to_contain_text("riverton row-")
    expect(here).not_to_contain_text("A-7")
    expect(here).to_contain_text("12 m away")
    expect(here.locator("b")).to_have_count(0)

    there = _also_in(_drawer_at(visit, both_dir, lon_deg, lat_deg + AWAY_M * METRE_LAT_DEG))
    expect(there).to_contain_text("OpenStreetMap node/900000100045")
    expect(there).to_contain_text("12 m away")


def test_a_camera_in_one_list_alone_has_no_such_line(
    visit: Callable[..., Visit], both_dir: Path, town_cameras: gpd.GeoDataFrame
) -> None:
    drawer = _drawer_at(visit, both_dir, *_position(town_cameras, "osm:node/900000100007"))
    expect(drawer.locator("dt", has_text="Source")).to_be_visible()
    expect(_also_in(drawer)).to_have_count(0)
