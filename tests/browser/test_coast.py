"""The close coast on the map: sea is sea, land is land, and it comes only where it is looked at."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Route

from tests.browser.visit import Visit

# The canvas reaches as far beyond the view on each side: its middle is the view's. One that is read
# often is another, or Chromium warns of the map's own.
MIDDLE = (
    "(() => { const c = document.querySelector('.leaflet-wc-ground-pane canvas');"
    " const read = new OffscreenCanvas(1, 1).getContext('2d', {willReadFrequently: true});"
    " read.drawImage(c, -Math.floor(c.width / 2), -Math.floor(c.height / 2));"
    " return read.getImageData(0, 0, 1, 1).data[3]; })()"
)

# The ring of a system and the names of places stand on canvases of their own.
HARBOUR = "#11/22.29/114.165"
HILLS = "#11/22.4/114.12"


def test_a_harbour_is_sea_and_its_hinterland_land(
    visit: Callable[..., Visit], town_dir: Path
) -> None:
    # Hong Kong has a system in the registry, so any build has its coast. Coarse land covers both.
    seen = visit(town_dir / "site", HARBOUR)
    seen.wait_until(f"{MIDDLE} === 0")
    assert visit(town_dir / "site", HILLS).page.evaluate(MIDDLE) == 255
    assert seen.said == []
    assert seen.foreign == []


def test_a_far_view_asks_for_no_cell_and_a_close_one_for_those_in_it(
    visit: Callable[..., Visit], town_dir: Path
) -> None:
    asked: list[str] = []

    def note(route: Route) -> None:
        asked.append(route.request.url)
        route.continue_()

    seen = visit(town_dir / "site", "#6/22.29/114.165", routes={"**/coast/**": note})
    seen.page.wait_for_timeout(300)
    assert asked == []
    close = visit(town_dir / "site", HARBOUR, routes={"**/coast/**": note})
    close.wait_until(f"{MIDDLE} === 0")
    cells = {found[0] for url in asked if (found := re.search(r"6-\d+-\d+(?=\.js)", url))}
    assert cells == {"6-52-27"}


def test_where_a_cell_does_not_come_the_coarse_land_stays(
    visit: Callable[..., Visit], town_dir: Path
) -> None:
    seen = visit(town_dir / "site", HILLS, routes={"**/coast/6-*.js": lambda route: route.abort()})
    seen.page.wait_for_timeout(300)
    assert seen.page.evaluate(MIDDLE) == 255
    assert seen.page.locator("#notice").is_hidden()


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_land_and_sea_stand_apart_by_a_quarter_at_least(
    visit: Callable[..., Visit], town_dir: Path, theme: str
) -> None:
    seen = visit(town_dir / "site", HILLS, theme=theme)
    levels = seen.page.evaluate(
        "() => ['--land', '--sea'].map((name) => {"
        " const place = document.createElement('i'); document.body.append(place);"
        " place.style.color = `var(${name})`;"
        " const [r, g, b] = getComputedStyle(place).color.match(/[0-9.]+/g).map(Number);"
        " const lit = (v) => (v /= 255) <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4;"
        " return 0.2126 * lit(r) + 0.7152 * lit(g) + 0.0722 * lit(b); })"
    )
    dark, bright = sorted(levels)
    assert (bright + 0.05) / (dark + 0.05) >= 1.25
