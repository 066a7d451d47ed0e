"""What the page counts in a view is what a count of the released table gives."""

from collections.abc import Callable
from pathlib import Path

import geopandas as gpd
import pandas as pd
import pytest
from playwright.sync_api import expect

from tests.browser.visit import Visit

pytestmark = pytest.mark.browser

Open = Callable[..., Visit]

_KINDS = {
    "camera": "Camera",
    "plate_reader": "Plate reader",
    "enforcement_camera": "Traffic enforcement camera",
}
_WATCHES = {"public": "public ground", "outdoor": "private ground outdoors", "indoor": "indoors"}

VIEWS = {
    "world": (0.0, 0.0, 1),
    "country": (40.0, -110.0, 5),
    "edge": (41.31, -119.0, 13),
    "town": (41.312, -119.045, 14),
    "quarter": (41.312, -119.049, 17),
    "street": (41.3125, -119.0438, 17),
    "square": (41.31255, -119.0439, 19),
    "over_the_dateline": (41.0, 175.0, 3),
}


def _in_view(cameras: gpd.GeoDataFrame, visit: Visit) -> pd.DataFrame:
    west, south, east, north = visit.bounds()
    turned = (cameras["lon_deg"] - west) % 360
    inside = (turned < east - west) & cameras["lat_deg"].between(south, north)
    return pd.DataFrame(cameras[inside])


def _by(column: pd.Series, words: dict[str, str]) -> dict[str, int]:
    counts = column.astype("object").map(lambda value: words.get(value, value)).value_counts()
    return {str(name): int(count) for name, count in counts.items()}


def _shown(facet: dict[str, int]) -> dict[str, int]:
    return {name: count for name, count in facet.items() if count}


def test_the_count_of_every_view_is_the_tables(
    visit: Open, town_dir: Path, town_cameras: gpd.GeoDataFrame
) -> None:
    seen = visit(town_dir / "site")
    counts = {}

    for name, (lat_deg, lon_deg, zoom) in VIEWS.items():
        seen.look_at(lat_deg, lon_deg, zoom)
        expected = _in_view(town_cameras, seen)
        counts[name] = len(expected)

        assert seen.number("#count") == len(expected), name
        known = expected["vendor_id"].notna().sum()
        assert seen.text("#known") == f"{known} with a maker", name
        assert _shown(seen.facet("Kind")) == _by(expected["device_type"], _KINDS), name

    assert counts["world"] == counts["town"] == counts["over_the_dateline"] == 59
    assert 0 < counts["square"] < counts["quarter"] < counts["street"] < 59


def test_the_whole_town_stands_in_the_opening_view(visit: Open, town_dir: Path) -> None:
    # By hand, from the fixture: 61 surveillance nodes, less 2 doorbells, 1 home and 1 indoor
    # camera of nobody (withheld), 1 guard and 1 gunshot detector (other devices), and with 3
    # speed cameras and 1 enforcement device.
    seen = visit(town_dir / "site")

    assert seen.number("#count") == 61 - 4 - 2 + 3 + 1
    assert seen.facet("Kind") == {
        "Camera": 43,
        "Plate reader": 12,
        "Traffic enforcement camera": 4,
    }
    assert "Withheld for privacy: 4." in seen.text("#pane-filter")


def test_every_facet_of_a_view_is_counted(
    visit: Open, town_dir: Path, town_cameras: gpd.GeoDataFrame
) -> None:
    seen = visit(town_dir / "site", "#17/41.31250/-119.04380")
    seen.page.get_by_role("button", name="more").first.click()
    expected = _in_view(town_cameras, seen)

    assert len(expected) < len(town_cameras)
    watches = expected["visibility"].astype("object").fillna("unknown")
    zones = expected["zone"].astype("object").fillna("unknown")
    rungs = expected["vendor_rung"]
    assert _shown(seen.facet("Watches")) == _by(watches, _WATCHES)
    assert sum(seen.facet("Zone").values()) == len(expected)
    for zone, count in seen.facet("Zone").items():
        assert count == (zones.str.replace("_", " ") == zone).sum()
    assert _shown(seen.facet("How the maker is known")) == _by(
        rungs,
        {"A": "own inventory", "B": "tagged on the device", "C": "tagged, unconfirmed"},
    )
    makers = seen.facet("Maker")
    assert makers["unknown"] == expected["vendor_id"].isna().sum()
    assert sum(makers.values()) == len(expected)
    assert makers["Pelco"] == (expected["vendor_id"] == "pelco").sum() == 3


def test_one_maker_alone(visit: Open, town_dir: Path, town_cameras: gpd.GeoDataFrame) -> None:
    seen = visit(town_dir / "site")

    seen.tick("Maker", "Flock Safety")

    assert seen.number("#count") == 8 == (town_cameras["vendor_id"] == "flock-safety").sum()
    # The group's own counts stay, so that another maker can be added; the others follow.
    assert seen.facet("Maker")["Pelco"] == 3
    assert seen.facet("Kind") == {"Camera": 0, "Plate reader": 8, "Traffic enforcement camera": 0}


def test_everything_but_one_maker(
    visit: Open, town_dir: Path, town_cameras: gpd.GeoDataFrame
) -> None:
    seen = visit(town_dir / "site")

    seen.tick("Maker", "Flock Safety")
    seen.press("Maker", "all but")

    assert seen.number("#count") == len(town_cameras) - 8
    assert "pass the filter, of 59" in seen.text("#count-what")


def test_unknown_makers_can_be_asked_for(
    visit: Open, town_dir: Path, town_cameras: gpd.GeoDataFrame
) -> None:
    seen = visit(town_dir / "site")

    seen.tick("Maker", "unknown")

    assert seen.number("#count") == town_cameras["vendor_id"].isna().sum()
    assert seen.text("#known").startswith("0 ")


def test_filters_narrow_each_other(
    visit: Open, town_dir: Path, town_cameras: gpd.GeoDataFrame
) -> None:
    seen = visit(town_dir / "site")

    seen.tick("Kind", "Camera")
    seen.tick("Watches", "public ground")
    seen.press("Watches", "all but")

    rest = (town_cameras["device_type"] == "camera") & (town_cameras["visibility"] != "public")
    assert seen.number("#count") == rest.sum()

    seen.page.locator("#clear").click()
    assert seen.number("#count") == len(town_cameras)


def test_years_are_years_of_entry_and_unknown_is_counted(
    visit: Open, town_dir: Path, town_cameras: gpd.GeoDataFrame
) -> None:
    seen = visit(town_dir / "site")
    years = town_cameras["first_mapped_on"].astype("object").str[:4]

    assert "not of installation" in seen.text("#years")
    assert f"{years.isna().sum()} of unknown date" in seen.text("#years")

    seen.page.get_by_label("First mapped from").select_option(label="2019")
    seen.page.get_by_label("First mapped up to").select_option(label="2021")
    seen.page.locator("#years input[type=checkbox]").uncheck()

    assert seen.number("#count") == years.between("2019", "2021").sum()


def test_a_release_that_knows_little_says_it_once(
    visit: Open, town_dir: Path, town_cameras: gpd.GeoDataFrame
) -> None:
    seen = visit(town_dir / "site")

    # Every facet of the town has several values, so none is folded away.
    assert "Not known for any" not in seen.text("#pane-filter")
    assert len(town_cameras["visibility"].dropna().unique()) > 1
    expect(seen.page.locator(".facet")).to_have_count(10)
