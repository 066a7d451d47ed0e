"""What cannot work says so once, leads to the plain pages, and leaves no dead control behind."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Route, expect

from tests.browser.visit import Visit

pytestmark = pytest.mark.browser

Open = Callable[..., Visit]

_PLAIN = (
    "list.html",
    "places/index.html",
    "vendors/index.html",
    "deployments/index.html",
    "data.html",
    "method.html",
)
# The languages unfold and lead to other maps without any script.
_CONTROLS = "button, input, select, summary:not(#languages *), [role=tab], #map"


def _check_plain(seen: Visit, words: str) -> None:
    message = seen.page.locator("#plain")
    expect(message).to_be_visible()
    expect(message).to_contain_text(words)
    links = message.locator("a").evaluate_all("all => all.map(a => a.getAttribute('href'))")
    assert links == list(_PLAIN)
    shown = seen.page.locator(_CONTROLS).evaluate_all(
        "all => all.filter(e => e.checkVisibility({visibilityProperty: true}))"
        ".map(e => e.outerHTML.slice(0, 80))"
    )
    assert shown == [], "a control that does nothing"
    assert "reading the cameras" not in seen.page.locator("body").inner_text()


def _abort(route: Route) -> None:
    route.abort()


def _spoil(route: Route) -> None:
    body = 'WC.put("cameras",{"schema":1,"n":59,"q":25,"planes":[],"gz":"AAAA"});'
    route.fulfill(body=body, content_type="text/javascript")


def test_without_javascript(visit: Open, town_dir: Path) -> None:
    seen = visit(town_dir / "site", javascript=False)

    _check_plain(seen, "needs JavaScript")


def test_without_decompression(visit: Open, town_dir: Path) -> None:
    seen = visit(town_dir / "site", wait=False, before="delete globalThis.DecompressionStream")

    _check_plain(seen, "too old")
    assert seen.said == []


@pytest.mark.parametrize("name", ["meta", "overview", "land-110m"])
def test_without_a_file_of_the_first_picture(visit: Open, town_dir: Path, name: str) -> None:
    seen = visit(town_dir / "site", wait=False, routes={f"**/data/{name}.js": _abort})

    _check_plain(seen, "could not be read")


def test_with_a_spoilt_file_of_cameras(visit: Open, town_dir: Path) -> None:
    seen = visit(town_dir / "site", wait=False, routes={"**/data/cameras.js": _spoil})

    _check_plain(seen, "could not be read")


@pytest.mark.parametrize("name", ["assets/page.js", "assets/leaflet.js"])
def test_without_a_script_of_the_page_itself(visit: Open, town_dir: Path, name: str) -> None:
    seen = visit(town_dir / "site", wait=False, routes={f"**/{name}": _abort})

    expect(seen.page.locator("#plain")).to_be_visible(timeout=15_000)
    _check_plain(seen, "needs JavaScript and its own files")


def test_where_everything_works_the_message_is_not_there(visit: Open, town_dir: Path) -> None:
    seen = visit(town_dir / "site")

    expect(seen.page.locator("#plain")).to_be_hidden()
    expect(seen.page.locator("#search")).to_be_visible()
