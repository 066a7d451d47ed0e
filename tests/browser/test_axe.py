"""What axe finds wrong for people who cannot see, point or tell colours apart: nothing."""

from collections.abc import Callable
from pathlib import Path
from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.browser.visit import Visit

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

Open = Callable[..., Visit]
RULES = {
    "runOnly": {
        "type": "tag",
        "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    }
}
STATIC = (
    "vendors/index.html",
    "vendors/ntechlab.html",
    "deployments/index.html",
    "deployments/moscow-city-video.html",
    "places/index.html",
    "data.html",
    "lists.html",
    "method.html",
    "list.html",
)


def violations(page: Page) -> list[str]:
    found = Axe().run(page, options=RULES)
    return [
        f"{one['id']}: {node['html'][:120]}"
        for one in found.response["violations"]
        for node in one["nodes"]
    ]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390])
def test_the_map_has_nothing_that_axe_finds_wrong(
    visit: Open, town_dir: Path, scheme: str, width: int
) -> None:
    seen = visit(town_dir / "site", width=width, theme=scheme)
    assert violations(seen.page) == []


@pytest.mark.parametrize("name", STATIC)
def test_a_static_page_has_nothing_that_axe_finds_wrong(
    visit: Open, town_dir: Path, name: str
) -> None:
    seen = visit(town_dir / "site")
    seen.page.goto((town_dir / "site" / name).as_uri())
    assert violations(seen.page) == []


@pytest.mark.parametrize(("width", "height"), [(320, 640), (640, 400)])
def test_every_view_holds_on_a_small_screen_in_forced_colours(
    visit: Open, town_dir: Path, width: int, height: int
) -> None:
    # 640 by 400 is what a window of 1280 by 800 has at twice the size.
    seen = visit(town_dir / "site", "#deployment=moscow-city-video", width=width, height=height)
    seen.page.locator("#drawer").wait_for(state="visible")
    schemes: tuple[Literal["none", "active"], ...] = ("none", "active")
    for forced in schemes:
        seen.page.emulate_media(forced_colors=forced)
        assert violations(seen.page) == [], forced
    for name in ("vendors/ntechlab.html", "deployments/moscow-city-video.html", "data.html"):
        seen.page.goto((town_dir / "site" / name).as_uri())
        assert violations(seen.page) == [], name
        wide = seen.page.evaluate("document.documentElement.scrollWidth")
        assert wide <= width, name
