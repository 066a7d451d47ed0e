"""The first screen: what it says is counted, its buttons answer, and it can be skipped."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Route, expect

from tests.browser.axe_views import violations
from tests.browser.visit import Visit
from tests.website.unpack import read_payload

pytestmark = pytest.mark.browser

Open = Callable[..., Visit]


def _systems_there(seen: Visit) -> None:
    seen.page.locator("html[data-deployments=true]").wait_for(state="attached")


def test_a_first_visit_opens_on_the_story_and_the_world(visit: Open, town_dir: Path) -> None:
    seen = visit(town_dir / "site", "")

    expect(seen.page.locator("#story")).to_be_visible()
    west, _, east, _ = seen.bounds()
    assert east - west > 150
    assert seen.address() == ""
    assert seen.said == []


def test_the_story_says_the_numbers_of_the_pages(visit: Open, town_dir: Path) -> None:
    site = town_dir / "site"
    seen = visit(site, "")
    lede = seen.text(".story .lede")
    named = re.search(r"document ([\d,]+) systems", lede)
    assert named
    total = int(named[1].replace(",", ""))
    payload = read_payload(site, "deployments")
    assert total == payload["n"]
    assert "59 cameras are mapped" in seen.page.locator("#story").inner_text()


def test_a_supplier_keeps_its_rings_and_stands_in_the_address(visit: Open, town_dir: Path) -> None:
    seen = visit(town_dir / "site", "")
    _systems_there(seen)
    button = seen.page.locator('[data-supplier="huawei"]')
    before = seen.page.evaluate("site_map.getZoom()")

    button.click()

    expect(button).to_have_attribute("aria-pressed", "true")
    assert "vendor=huawei" in seen.address()
    assert seen.page.locator("#count").text_content() == "0"
    there = seen.address()
    again = visit(town_dir / "site", there)
    expect(again.page.locator("#story")).to_be_hidden()
    expect(again.page.locator("#notice")).to_be_hidden()
    assert again.address() == there
    button.click()
    assert "vendor" not in seen.address()
    assert seen.page.evaluate("site_map.getZoom()") >= before


def test_a_pressed_supplier_leads_to_its_own_words_and_to_the_lists_that_name_it(
    visit: Open, town_dir: Path
) -> None:
    seen = visit(town_dir / "site", "")
    _systems_there(seen)
    button = seen.page.locator('[data-supplier="hikvision"]')
    card = seen.page.locator(".rank-card")
    expect(card).to_have_count(0)

    button.click()

    expect(card).to_have_count(1)
    ways = card.get_by_role("link")
    assert ways.all_inner_texts() == ["what it says itself", "lists and their effects"]
    page = (town_dir / "site/vendors/hikvision.html").read_text("utf-8")
    for way, part in zip(ways.all(), ("said", "listings"), strict=True):
        assert way.get_attribute("href") == f"vendors/hikvision.html#{part}"
        assert f'id="{part}"' in page
    # Systems of a whole country have no ring, and are among those that the row counts.
    row = seen.page.locator("li", has=button)
    systems = re.search(r"(\d+) systems", row.inner_text())
    unplaced = re.search(r"(\d+) of these systems (?:is|are) of (?:a )?whole", card.inner_text())
    assert systems
    assert unplaced
    rings = seen.page.evaluate("document.querySelector('#systems').textContent")
    assert int(rings.split()[0]) == int(systems[1]) - int(unplaced[1])

    button.click()

    expect(card).to_have_count(0)


def test_a_maker_of_cameras_holds_for_systems_too(visit: Open, town_dir: Path) -> None:
    seen = visit(town_dir / "site", "#1/20/0")
    _systems_there(seen)
    every = int(seen.text("#systems").split()[0].replace(",", ""))

    seen.tick("Maker", "Flock Safety")
    only = int(seen.text("#systems").split()[0].replace(",", ""))
    seen.press("Maker", "all but")
    others = int(seen.text("#systems").split()[0].replace(",", ""))

    assert 0 < only < every
    assert only + others == every


@pytest.mark.parametrize("fragment", ["#map", "#14/41.31200/-119.04500", "#camera=osm:node/1"])
def test_an_address_that_asks_for_something_skips_the_story(
    visit: Open, town_dir: Path, fragment: str
) -> None:
    seen = visit(town_dir / "site", fragment)

    expect(seen.page.locator("#story")).to_be_hidden()


def test_who_put_the_story_away_does_not_get_it_again_and_can_call_it(
    visit: Open, town_dir: Path
) -> None:
    seen = visit(town_dir / "site", "")
    seen.page.locator("#story-close").click()
    expect(seen.page.locator("#tab-filter")).to_be_focused()
    assert seen.number("#count") == 59

    seen.page.goto("about:blank")
    seen.page.goto(f"{seen.base}/index.html")
    seen.wait_ready()
    expect(seen.page.locator("#story")).to_be_hidden()

    seen.page.locator("#story-open").click()
    expect(seen.page.locator("#story")).to_be_visible()


def test_without_javascript_the_story_is_there_and_no_button(visit: Open, town_dir: Path) -> None:
    seen = visit(town_dir / "site", "", javascript=False)

    expect(seen.page.locator("#story-title")).to_be_visible()
    expect(seen.page.locator('.ranks a[href="vendors/huawei.html"]')).to_be_visible()
    expect(seen.page.locator("#story-close")).to_be_hidden()


def test_the_next_example_takes_the_place_of_the_one_before(visit: Open, town_dir: Path) -> None:
    seen = visit(town_dir / "site", "")
    shown = seen.page.locator(".chain-strip:visible")
    first = shown.inner_text()

    seen.page.locator("#story-next").click()

    expect(shown).to_have_count(1)
    assert shown.inner_text() != first


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390])
def test_axe_finds_nothing_wrong_with_the_story(
    visit: Open, town_dir: Path, scheme: str, width: int
) -> None:
    assert violations(visit(town_dir / "site", "", width=width, theme=scheme).page) == []


@pytest.mark.parametrize("width", [320, 390, 768, 1280, 1920])
def test_the_story_never_scrolls_the_page_sideways(visit: Open, town_dir: Path, width: int) -> None:
    seen = visit(town_dir / "site", "", width=width)

    assert seen.page.evaluate("document.documentElement.scrollWidth") <= width
    story = seen.page.locator("#story")
    assert story.evaluate("e => e.scrollWidth <= e.clientWidth + 1")


@pytest.mark.parametrize("width", [1280, 1440, 1536, 1680])
def test_the_opening_shows_both_coasts_of_the_pacific(
    visit: Open, town_dir: Path, width: int
) -> None:
    seen = visit(town_dir / "site", "", width=width, height=900)

    west, _, east, _ = seen.bounds()

    assert west < -124
    assert east > 130


@pytest.mark.parametrize(("width", "home"), [(1280, "#legend-body"), (1920, "#corner")])
def test_the_key_lies_on_no_continent_of_the_opening(
    visit: Open, town_dir: Path, width: int, home: str
) -> None:
    seen = visit(town_dir / "site", "", width=width)
    key = seen.page.locator("#key")
    expect(seen.page.locator(f"{home} > #key")).to_be_attached()
    if home == "#legend-body":
        expect(key).to_be_hidden()
        seen.page.locator("#legend summary").click()
    expect(key).to_be_visible()

    seen.page.locator("#story-close").click()
    expect(seen.page.locator("#corner > #key")).to_be_visible()
    seen.page.locator("#story-open").click()
    expect(seen.page.locator(f"{home} > #key")).to_be_attached()


@pytest.mark.parametrize("late", ["land-110m", "deployments"])
def test_a_supplier_that_is_pressed_before_the_rest_came_is_what_the_map_shows(
    visit: Open, town_dir: Path, late: str
) -> None:
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    seen = visit(
        town_dir / "site",
        "",
        wait=False,
        routes={f"**/data/{late}.js": hold},
    )
    button = seen.page.locator('[data-supplier="huawei"]')
    seen.page.locator("html[data-alive=true]").wait_for(state="attached")
    button.click()
    expect(button).to_have_attribute("aria-pressed", "true")
    wide = seen.page.evaluate("site_map.getBounds().toBBoxString()")

    held[0].continue_()
    _systems_there(seen)
    seen.wait_ready()

    assert "vendor=huawei" in seen.address()
    assert seen.page.locator("#count").text_content() == "0"
    assert seen.page.evaluate("site_map.getBounds().toBBoxString()") != wide


def _held_back(visit: Open, town_dir: Path, before: str | None = None) -> tuple[Visit, Route]:
    """Open the page without the map's script, and give what lets it come."""
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    seen = visit(
        town_dir / "site",
        "",
        wait=False,
        before=before,
        routes={"**/assets/page.js": hold},
        waited_for="commit",
    )
    expect(seen.page.locator("#story-close")).to_be_visible()
    seen.wait_until("performance.getEntriesByName('wc-opening').length === 1")
    while not held:
        seen.page.wait_for_timeout(20)
    return seen, held[0]


def test_the_story_answers_before_the_script_of_the_map_came(visit: Open, town_dir: Path) -> None:
    seen, held = _held_back(visit, town_dir)
    shown = seen.page.locator(".chain-strip:visible")
    first = shown.inner_text()

    seen.page.locator("#story-next").click()
    assert shown.inner_text() != first
    seen.page.locator('[data-supplier="dahua"]').click()
    seen.page.locator('[data-supplier="huawei"]').click()
    pressed = seen.page.locator('[data-supplier][aria-pressed="true"]')
    assert pressed.evaluate_all("all => all.map((one) => one.dataset.supplier)") == ["huawei"]

    held.continue_()
    _systems_there(seen)
    seen.wait_ready()
    assert "vendor=huawei" in seen.address()
    seen.page.locator('[data-supplier="huawei"]').click()
    assert pressed.count() == 0
    assert "vendor" not in seen.address()


def test_who_goes_on_before_the_map_is_there_finds_it_and_its_panel(
    visit: Open, town_dir: Path
) -> None:
    seen, held = _held_back(visit, town_dir)

    seen.page.locator("#story-close").click()
    expect(seen.page.locator("#story")).to_be_hidden()
    held.continue_()
    seen.wait_ready()

    expect(seen.page.locator("#tab-filter")).to_be_focused()
    assert seen.number("#count") == 59


def test_what_is_typed_before_the_map_is_there_is_searched_when_it_is(
    visit: Open, town_dir: Path
) -> None:
    seen, held = _held_back(visit, town_dir)

    seen.page.locator("#story-find").click()
    seen.page.keyboard.type("Huawei")
    held.continue_()

    expect(seen.page.locator("#found [role=option]").first).to_contain_text("Huawei")


def test_a_dark_page_is_dark_before_the_map_is_there(visit: Open, town_dir: Path) -> None:
    seen, _ = _held_back(visit, town_dir, before="localStorage.setItem('wc-theme', 'dark')")

    assert seen.page.evaluate("document.documentElement.dataset.theme") == "dark"


def test_on_a_phone_the_ways_on_stand_whole_above_the_credit(visit: Open, town_dir: Path) -> None:
    opened = visit(town_dir / "site", "", width=390, height=844)
    act = opened.page.locator(".main-act").bounding_box()
    credit = opened.page.locator(".credit").bounding_box()
    assert act
    assert credit
    assert act["y"] + act["height"] + 8 <= credit["y"]
