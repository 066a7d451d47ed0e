"""The static pages in a real browser: no JavaScript, from a folder, on screens of any size."""

from collections.abc import Iterator
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Browser, Page

from tests.website.frames import camera, frame
from tests.website.pages.static_page import good_registry, write_pages

pytestmark = pytest.mark.browser

CITY = "deployments/riverton-city-video.html"
PAGES = (
    CITY,
    "deployments/index.html",
    "vendors/hall-cameras.html",
    "vendors/facet.html",
    "vendors/index.html",
    "places/ru.html",
    "places/index.html",
    "list.html",
    "data.html",
    "lists.html",
    "method.html",
)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write the pages of the small registry with cameras at its place."""
    rows = [
        camera(1, 37.61556, 55.75222, country_code="RU", vendor_id="hall-cameras", vendor_rung="B"),
        camera(2, 37.7, 55.75, country_code="RU", operator_name="A" * 120),
    ]
    return write_pages(tmp_path_factory.mktemp("static"), good_registry(), frame(rows))


class _Reader:
    """A browser without JavaScript that notes what it asks for and complains of."""

    def __init__(
        self, browser: Browser, site: Path, width: int, scheme: Literal["light", "dark"] = "light"
    ) -> None:
        self._context = browser.new_context(
            viewport={"width": width, "height": 800},
            java_script_enabled=False,
            color_scheme=scheme,
        )
        self._site = site
        self.page: Page = self._context.new_page()
        self.asked: list[str] = []
        self.complaints: list[str] = []
        self.page.on("request", lambda request: self.asked.append(request.url))
        self.page.on("requestfailed", lambda request: self.complaints.append(request.url))
        self.page.on("console", lambda message: self.complaints.append(message.text))

    def open(self, address: str) -> Page:
        self.page.goto((self._site / address).as_uri())
        return self.page

    def close(self) -> None:
        self._context.close()


@pytest.fixture(params=[320, 390, 1280])
def reader(browser: Browser, site: Path, request: pytest.FixtureRequest) -> Iterator[_Reader]:
    opened = _Reader(browser, site, request.param)
    yield opened
    opened.close()


def test_pages_fit_every_screen_and_ask_for_nothing_but_their_own_files(
    reader: _Reader, site: Path
) -> None:
    for address in PAGES:
        page = reader.open(address)
        width, seen = page.evaluate(
            "[document.documentElement.scrollWidth, document.documentElement.clientWidth]"
        )
        assert width <= seen, address
        words_end = page.locator("caption").evaluate_all(
            "all => all.map(each => each.getBoundingClientRect().right)"
        )
        assert all(end <= seen for end in words_end), address
    own = (site.as_uri(), "data:")
    assert [url for url in reader.asked if not url.startswith(own)] == []
    assert reader.complaints == []


def test_the_picture_of_the_chain_fits_the_screen(browser: Browser, site: Path) -> None:
    for width, shown, hidden in (
        (1280, "wide", "narrow"),
        (1020, "wide", "narrow"),
        (700, "narrow", "wide"),
        (390, "narrow", "wide"),
    ):
        reader = _Reader(browser, site, width)
        page = reader.open(CITY)
        assert page.locator(f".chain-{shown}").is_visible()
        assert not page.locator(f".chain-{hidden}").is_visible()
        sizes = page.locator(f".chain-{shown} text").evaluate_all(
            "texts => texts.map(t => t.getBoundingClientRect().height)"
        )
        # The line box of 12 px type; smaller would not be read on a phone.
        assert round(min(sizes)) >= 12
        reader.close()


@pytest.mark.parametrize("width", [1280, 390])
def test_texts_of_the_chain_stay_in_their_boxes(browser: Browser, site: Path, width: int) -> None:
    reader = _Reader(browser, site, width)
    page = reader.open(CITY)
    shown = "wide" if width > 600 else "narrow"
    outside = page.locator(f".chain-{shown} :is(a, g):has(rect)").evaluate_all(
        """groups => groups.flatMap(group => {
          const box = group.querySelector("rect").getBoundingClientRect();
          return [...group.querySelectorAll("text")].filter(text => {
            const own = text.getBoundingClientRect();
            return own.right > box.right || own.left < box.left || own.bottom > box.bottom + 1;
          }).map(text => text.textContent);
        })"""
    )
    assert outside == []
    reader.close()


def test_boxes_are_reached_by_the_keyboard_and_lead_to_their_pages(
    browser: Browser, site: Path
) -> None:
    reader = _Reader(browser, site, 1280)
    page = reader.open(CITY)
    found = None
    for _ in range(60):
        page.keyboard.press("Tab")
        found = page.evaluate("document.activeElement.getAttribute('href')")
        if found == "../vendors/facet.html" and page.evaluate(
            "document.activeElement.closest('.chain-wide') !== null"
        ):
            break
    else:
        pytest.fail("no box of the chain was reached")
    page.keyboard.press("Enter")
    page.wait_for_url("**/vendors/facet.html")
    assert page.locator("h1").inner_text() == "Facet Labs"
    reader.close()


def test_the_skip_link_comes_first_and_leads_to_the_content(browser: Browser, site: Path) -> None:
    reader = _Reader(browser, site, 1280)
    page = reader.open(CITY)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    reader.close()


def test_a_note_leads_to_its_source_and_back(browser: Browser, site: Path) -> None:
    reader = _Reader(browser, site, 1280)
    page = reader.open(CITY)
    page.locator("#use-1").click()
    assert page.evaluate("location.hash") == "#note-1"
    page.locator("#note-1 .back").click()
    assert page.evaluate("location.hash") == "#use-1"
    reader.close()


def test_a_statement_of_its_own_is_as_large_as_one_about_it(browser: Browser, site: Path) -> None:
    reader = _Reader(browser, site, 1280)
    page = reader.open(CITY)
    sizes = page.locator(".claim p").evaluate_all(
        "found => [...new Set(found.map(p => getComputedStyle(p).fontSize))]"
    )
    assert sizes == ["16px"]
    widths = page.locator("#r-lumen-riverton .beside > div").evaluate_all(
        "found => found.map(one => Math.round(one.getBoundingClientRect().width))"
    )
    assert len(set(widths)) == 1
    reader.close()


_CONTRAST = """() => {
  const canvas = document.createElement("canvas").getContext("2d");
  const parse = (text) => {
    canvas.clearRect(0, 0, 1, 1); canvas.fillStyle = text; canvas.fillRect(0, 0, 1, 1);
    return [...canvas.getImageData(0, 0, 1, 1).data];
  };
  const light = ([r, g, b]) => {
    const part = (byte) => {
      const v = byte / 255;
      return v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4;
    };
    return 0.2126 * part(r) + 0.7152 * part(g) + 0.0722 * part(b);
  };
  const ground = (node) => {
    for (let one = node; one; one = one.parentElement) {
      const box = one.querySelector(":scope > rect:not(.gap)");
      if (box && box !== node && node.closest(".chain")) return parse(getComputedStyle(box).fill);
      const found = parse(getComputedStyle(one).backgroundColor);
      if (found[3] === 255) return found;
    }
    return parse(getComputedStyle(document.documentElement).backgroundColor);
  };
  const weak = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const text = walker.currentNode.textContent.trim(), node = walker.currentNode.parentElement;
    const isHidden = node.closest("title, desc, .skip, .spoken") || !node.getClientRects().length;
    if (!text || isHidden) continue;
    const style = getComputedStyle(node);
    const ink = parse(node.closest("svg") ? style.fill : style.color);
    const [a, b] = [light(ink), light(ground(node))].sort((x, y) => y - x);
    const ratio = (a + 0.05) / (b + 0.05);
    if (ratio < 4.5) weak.push([text.slice(0, 40), ratio.toFixed(2)]);
  }
  return weak;
}"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_texts_stand_out_from_their_ground(
    browser: Browser, site: Path, scheme: Literal["light", "dark"]
) -> None:
    reader = _Reader(browser, site, 1280, scheme)
    for address in PAGES:
        assert reader.open(address).evaluate(_CONTRAST) == [], address
    reader.close()


def test_a_page_prints_with_its_notes_and_without_the_ways_around(
    browser: Browser, site: Path
) -> None:
    reader = _Reader(browser, site, 794)
    page = reader.open(CITY)
    page.emulate_media(media="print")
    assert not page.locator(".ways").is_visible()
    assert page.locator("#note-1").is_visible()
    assert page.locator(".chain-wide").is_visible()
    assert page.locator(".foot").is_visible()
    reader.close()
