"""Small things on the map that once were wrong: scale, tip, switches, rings under a drawer."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Route, expect

from tests.browser.visit import Visit

pytestmark = pytest.mark.browser

Open = Callable[..., Visit]

_HAS_ROOM = (
    "e => { const words = document.createRange(); words.selectNodeContents(e);"
    " const [text, box] = [words.getBoundingClientRect(), e.getBoundingClientRect()];"
    " return text.left >= box.left + 3 && text.right <= box.right - 3; }"
)


@pytest.mark.parametrize("zoom", [1, 2, 3, 4, 5, 6, 8, 11, 14, 17, 19])
def test_the_scale_has_room_for_its_words_at_every_zoom(
    visit: Open, town_dir: Path, zoom: int
) -> None:
    seen = visit(town_dir / "site", f"#{zoom}/41.31200/-119.04500", width=390, height=844)

    assert seen.page.locator("#scale").evaluate("e => e.scrollWidth <= e.clientWidth")


@pytest.mark.parametrize("language", ["", "ru/", "ar/"])
def test_the_scale_has_room_wherever_the_map_looks(
    visit: Open, town_dir: Path, language: str
) -> None:
    seen = visit(town_dir / "site", "#2/20/0", page_name=f"{language}index.html")
    outside: list[tuple[int, int, str]] = []
    # Mercator stretches with the latitude: somewhere each step of the scale is at its shortest.
    for lat_deg in (0, 12, 20, 28, 36, 44, 52, 60, 68):
        for zoom in (2, 3, 4):
            seen.look_at(lat_deg, 0, zoom)
            scale = seen.page.locator("#scale")
            if not scale.evaluate(_HAS_ROOM):
                outside.append((lat_deg, zoom, scale.inner_text()))

    assert outside == []


def test_switches_of_a_facet_do_not_flash_before_something_is_chosen(
    visit: Open, town_dir: Path
) -> None:
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    seen = visit(town_dir / "site", wait=False, routes={"**/data/cameras.js": hold})
    seen.page.locator("html[data-painted=true]").wait_for(state="attached")
    seen.page.locator("#pane-filter .facet").first.wait_for(state="attached")

    assert seen.page.locator(".how:visible").count() == 0
    held[0].continue_()
    seen.wait_ready()
    assert seen.page.locator(".how:visible").count() == 0
    seen.tick("Kind", "Plate reader")
    assert seen.page.locator(".how:visible").count() == 1


def test_a_tap_leaves_no_tip_behind(visit: Open, town_dir: Path) -> None:
    seen = visit(town_dir / "site", "#17/41.31250/-119.04380", width=390, height=844)

    seen.page.touchscreen.tap(*seen.screen_point(-119.044593, 41.312396))

    expect(seen.page.locator("#drawer")).to_be_visible()
    expect(seen.page.locator(".tip")).to_be_hidden()


def test_a_chosen_ring_is_not_under_its_own_drawer(visit: Open, town_dir: Path) -> None:
    seen = visit(town_dir / "site", "#4/52/37.6", width=390, height=844)
    seen.page.locator("html[data-deployments=true]").wait_for(state="attached")
    seen.look_at(60.5, 37.6, 4)

    seen.page.touchscreen.tap(*seen.screen_point(37.6176, 55.7558))

    drawer = seen.page.locator("#drawer")
    expect(drawer).to_be_visible()
    box = drawer.bounding_box()
    assert box is not None
    assert seen.screen_point(37.6176, 55.7558)[1] < box["y"]


def test_a_country_is_named_and_not_coded(visit: Open, town_dir: Path) -> None:
    seen = visit(town_dir / "site", "#camera=osm:node/900000100020")

    expect(seen.page.locator("#drawer-under")).to_contain_text("United States")


def test_in_forced_colours_the_open_tab_and_the_bar_can_be_told(
    visit: Open, town_dir: Path
) -> None:
    seen = visit(town_dir / "site")
    seen.page.emulate_media(forced_colors="active")

    edges = [
        seen.page.locator(tab).evaluate("e => getComputedStyle(e).borderBottomColor")
        for tab in ("#tab-filter", "#tab-list")
    ]
    assert edges[0] != edges[1]
    bar, ground = (
        seen.page.locator(part).evaluate("e => getComputedStyle(e).backgroundColor")
        for part in ("#known-bar", ".split")
    )
    assert bar != ground
