"""A place that is asked for: what is known of it, whose, and what nobody has said yet."""

from collections.abc import Callable
from pathlib import Path

import geopandas as gpd
import pytest
from playwright.sync_api import expect

from tests.browser.axe_views import violations
from tests.browser.visit import Visit
from tests.website.unpack import read_payload

pytestmark = pytest.mark.browser

Open = Callable[..., Visit]


def _choose(seen: Visit, text: str, name: str) -> None:
    search = seen.page.locator("#search")
    search.focus()
    seen.page.locator("html[data-search=true]").wait_for(state="attached")
    seen.page.locator("html[data-deployments=true]").wait_for(state="attached")
    search.fill(text)
    seen.page.get_by_role("option", name=name).first.click()
    expect(seen.page.locator("#drawer")).to_be_visible()


def test_a_place_tells_its_systems_and_who_supplies_them(visit: Open, town_dir: Path) -> None:
    seen = visit(town_dir / "site")

    _choose(seen, "belgrade", "Belgrade place in Serbia")

    drawer = seen.page.locator("#drawer")
    expect(seen.page.locator("#drawer-title")).to_have_text("Belgrade")
    expect(drawer).to_contain_text("0 cameras of this release within 15 km")
    expect(drawer.get_by_role("button", name="Safe City Belgrade")).to_contain_text("Huawei")
    expect(drawer).to_contain_text("Commissioner for Information of Public Importance")
    expect(drawer).to_contain_text("In Serbia volunteers had mapped 270 cameras")
    assert violations(seen.page) == []
    drawer.get_by_role("button", name="Safe City Belgrade").click()
    expect(seen.page.locator("#drawer-title")).to_have_text("Safe City Belgrade")
    assert seen.foreign == []


def test_a_place_stands_in_the_address_and_is_there_again(visit: Open, town_dir: Path) -> None:
    seen = visit(town_dir / "site")
    _choose(seen, "belgrade", "Belgrade place in Serbia")
    address = seen.address()
    assert address.endswith("&place=RS/Belgrade")

    for fragment in (address, "#place=RS/Belgrade"):
        again = visit(town_dir / "site", fragment)
        expect(again.page.locator("#drawer-title")).to_have_text("Belgrade")
        expect(again.page.locator("#drawer")).to_contain_text("Safe City Belgrade")
        west, south, east, north = again.bounds()
        assert west < 20.46 < east
        assert south < 44.80 < north

    country = visit(town_dir / "site", "#place=RS")
    expect(country.page.locator("#drawer-title")).to_have_text("Serbia")
    country.page.keyboard.press("Escape")
    assert "place=" not in country.address()


def test_a_place_that_is_not_there_is_said(visit: Open, town_dir: Path) -> None:
    seen = visit(town_dir / "site", "#place=RS/Nowhere")

    expect(seen.page.locator("#notice")).to_contain_text("could not be read")


def test_where_nobody_has_said_anything_the_place_says_so(visit: Open, town_dir: Path) -> None:
    seen = visit(town_dir / "site", width=390, height=844)

    _choose(seen, "tampere", "Tampere place in Finland")

    drawer = seen.page.locator("#drawer")
    expect(drawer).to_contain_text("Nobody has said yet which systems are used here")
    expect(drawer).to_contain_text("no proof that there is none")
    expect(drawer.get_by_role("link", name="Name a maker in OpenStreetMap")).to_have_attribute(
        "href", "https://www.openstreetmap.org/edit#map=17/61.4990/23.7870"
    )
    # The place itself lies above the sheet.
    assert seen.screen_point(23.787, 61.499)[1] < 844 * 0.48


def test_a_country_counts_its_own_cameras(
    visit: Open, town_dir: Path, town_cameras: gpd.GeoDataFrame
) -> None:
    seen = visit(town_dir / "site")

    _choose(seen, "united states", "United States country")

    own = int((town_cameras["country_code"] == "US").sum())
    assert own > 0
    expect(seen.page.locator("#drawer .place-count")).to_have_text(
        f"{own} cameras of this release in the country"
    )


def test_near_me_asks_on_a_click_alone_and_keeps_to_a_kilometre(
    visit: Open, town_dir: Path
) -> None:
    asked = "window.asked = 0; navigator.geolocation.getCurrentPosition = (go) => { window.asked++;"
    asked += " go({coords: {latitude: 41.31234567, longitude: -119.04567891}}); };"
    seen = visit(town_dir / "site", before=asked)
    assert seen.page.evaluate("window.asked") == 0

    seen.page.locator("#near").click()

    assert seen.page.evaluate("window.asked") == 1
    expect(seen.page.locator("#drawer-title")).to_have_text("Where you are, to about a kilometre")
    address = seen.address()
    assert "place=" not in address
    lat, lon = seen.page.evaluate("[site_map.getCenter().lat, site_map.getCenter().lng]")
    assert "41.312" not in address
    assert abs(lat - 41.31) < 0.05
    assert abs(lon + 119.05) < 0.05
    assert seen.foreign == []


def test_near_me_asks_the_server_for_no_street(
    visit: Open, town_dir: Path, over_http: Callable[[Path], str]
) -> None:
    here = "navigator.geolocation.getCurrentPosition = (go) => "
    here += "go({coords: {latitude: 41.31234567, longitude: -119.04567891}});"
    seen = visit(over_http(town_dir / "site"), "#1/20/0", before=here)
    seen.page.locator("html[data-deployments=true]").wait_for(state="attached")
    asked: list[str] = []
    seen.page.on("request", lambda request: asked.append(request.url))

    seen.page.locator("#near").click()
    expect(seen.page.locator("#drawer-title")).to_have_text("Where you are, to about a kilometre")
    seen.address()
    assert [url for url in asked if "/context/" in url or "/details/" in url] == []

    # What would have told where that is: the same place, looked at as the reader's own choice.
    with seen.page.expect_request(lambda request: "/context/" in request.url):
        seen.look_at(41.31, -119.05, 14)


def test_streets_and_operators_of_the_map_are_found(visit: Open, town_dir: Path) -> None:
    payload = read_payload(town_dir / "site", "search")
    assert payload["operators"]
    assert payload["streets"]["name"]
    operator = payload["operators"][0]
    street = payload["streets"]["name"][0]
    seen = visit(town_dir / "site")
    search = seen.page.locator("#search")
    search.focus()
    seen.page.locator("html[data-search=true]").wait_for(state="attached")

    search.fill(street.upper())
    expect(seen.page.get_by_role("option", name=f"{street} street of this map")).to_be_visible()
    search.fill(operator["name"])
    expect(seen.page.get_by_role("option", name=f"{operator['name']} operator")).to_be_visible()
