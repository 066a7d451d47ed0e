"""The page opens from a folder and from a server, asks nobody else, and fails in words."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Route, expect

from tests.browser.visit import Visit

pytestmark = pytest.mark.browser

Open = Callable[..., Visit]


def _wander(visit: Visit) -> None:
    """Pan, zoom, search, open a camera, change the theme, print: what a reader may do."""
    page = visit.page
    page.mouse.move(700, 400)
    page.mouse.down()
    page.mouse.move(600, 330, steps=4)
    page.mouse.up()
    page.locator("#zoom-in").click()
    page.locator("#zoom-out").click()
    page.locator("#search").fill("flock")
    page.keyboard.press("Enter")
    page.locator("#tab-list").click()
    page.locator("#pane-list .rows button").first.click()
    expect(page.locator("#drawer")).to_be_visible()
    page.locator("#theme").click()
    page.emulate_media(media="print")
    page.emulate_media(media="screen")


def test_from_a_folder_nobody_else_is_asked_and_nothing_breaks(visit: Open, town_dir: Path) -> None:
    seen = visit(town_dir / "site")

    _wander(seen)

    assert seen.said == []
    assert seen.foreign == []
    assert seen.cookies() == []


def test_from_a_server_nobody_else_is_asked_and_nothing_breaks(
    visit: Open, town_dir: Path, over_http: Callable[[Path], str]
) -> None:
    seen = visit(over_http(town_dir / "site"))

    _wander(seen)

    assert seen.said == []
    assert seen.foreign == []
    assert seen.cookies() == []
    kept = seen.page.evaluate("Object.keys(localStorage)")
    assert kept == ["wc-theme"]


def test_the_watch_on_foreign_requests_can_see_one(visit: Open, town_dir: Path) -> None:
    seen = visit(town_dir / "site")

    seen.page.evaluate("void (new Image().src = 'https://other.example/x.png')")
    seen.page.wait_for_timeout(200)

    assert any("Content Security Policy" in line for line in seen.said)


def test_without_javascript_the_plain_pages_are_named(visit: Open, town_dir: Path) -> None:
    seen = visit(town_dir / "site", javascript=False)

    links = seen.page.locator(".plain-pages a").evaluate_all(
        "links => links.map(link => link.getAttribute('href'))"
    )

    assert "list.html" in links
    assert "places/index.html" in links
    assert "vendors/index.html" in links


def _drawn_pixels(visit: Visit, pane: str) -> int:
    """Count the pixels of a pane's canvas that anything was drawn on."""
    count: int = visit.page.evaluate(
        "pane => { const c = document.querySelector(`.leaflet-${pane} canvas`);"
        " const d = c.getContext('2d').getImageData(0, 0, c.width, c.height).data;"
        " let n = 0; for (let i = 3; i < d.length; i += 4) if (d[i]) n++; return n; }",
        pane,
    )
    return count


def test_the_overview_is_drawn_before_the_cameras_are_there(visit: Open, town_dir: Path) -> None:
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    seen = visit(town_dir / "site", "#3/41/-119", wait=False, routes={"**/data/cameras.js": hold})
    seen.page.locator("html[data-painted=true]").wait_for(state="attached")

    assert _drawn_pixels(seen, "wc-ground-pane") > 10_000
    assert _drawn_pixels(seen, "wc-cameras-pane") > 20
    assert seen.page.locator("#count").inner_text() == "\u2026"

    held[0].continue_()
    seen.wait_ready()
    assert seen.number("#count") == 59


def test_the_cameras_are_counted_before_anything_of_the_map_is_drawn(
    visit: Open, town_dir: Path
) -> None:
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    # A part of the town: what lies outside the view is not counted either.
    where = "#17/41.31000/-119.04500"
    seen = visit(town_dir / "site", where, wait=False, routes={"**/data/land-110m.js": hold})
    seen.wait_until("performance.getEntriesByName('wc-counts').length === 1")

    assert seen.page.locator(".leaflet-wc-cameras-pane canvas").count() == 0
    expect(seen.page.locator("#count")).to_be_visible()
    told = [seen.text(f"#{part}") for part in ("count", "count-what", "known", "unknown")]

    held[0].continue_()
    seen.wait_ready()
    assert [seen.text(f"#{part}") for part in ("count", "count-what", "known", "unknown")] == told
    assert 0 < seen.number("#count") < 59


_NOTES_CANVASES = """
const get = HTMLCanvasElement.prototype.getContext;
const wait = globalThis.setTimeout;
globalThis.shown = [];
HTMLCanvasElement.prototype.getContext = function noted(...asked) {
  shown.push(performance.getEntriesByName("first-contentful-paint").length);
  return get.apply(this, asked);
};
// A machine that is busy with other tests may not show the page in the time that is waited for it.
globalThis.setTimeout = (work, ms, ...more) => (ms === 600 ? 0 : wait(work, ms, ...more));
"""


def test_no_canvas_is_asked_for_before_the_first_screen_is_seen(
    visit: Open, town_dir: Path
) -> None:
    seen = visit(town_dir / "site", "", before=_NOTES_CANVASES)

    shown = seen.page.evaluate("shown")
    assert len(shown) >= 4
    assert set(shown) == {1}


def test_cameras_that_do_not_load_are_said_and_can_be_asked_for_again(
    visit: Open, town_dir: Path
) -> None:
    broken = [True]

    def fail(route: Route) -> None:
        if broken:
            route.abort()
        else:
            route.continue_()

    seen = visit(town_dir / "site", wait=False, routes={"**/data/cameras.js": fail})
    notice = seen.page.locator("#notice")
    expect(notice).to_contain_text("The cameras could not be loaded")
    broken.clear()

    notice.get_by_role("button", name="Try again").click()

    seen.wait_ready()
    assert seen.number("#count") == 59


def test_details_that_do_not_load_are_said_and_can_be_asked_for_again(
    visit: Open, town_dir: Path
) -> None:
    broken = [True]

    def fail(route: Route) -> None:
        if broken:
            route.abort()
        else:
            route.continue_()

    seen = visit(town_dir / "site", routes={"**/data/details/*.js": fail})
    seen.page.locator("#tab-list").click()
    seen.page.locator("#pane-list .rows button").first.click()
    notice = seen.page.locator("#notice")
    expect(notice).to_contain_text("details")
    expect(seen.page.locator("#drawer")).to_be_hidden()

    broken.clear()
    notice.get_by_role("button", name="Try again").click()

    expect(seen.page.locator("#drawer")).to_be_visible()
    expect(notice).to_be_hidden()
