"""Really printed pages, looked at by their pixels: land, streets, marks and rings are on paper."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pypdfium2
import pytest
from playwright.sync_api import Route, expect

from tests.browser.visit import Visit

pytestmark = pytest.mark.browser

Open = Callable[..., Visit]

# The light values of site/css/colours.css, which paper always has.
_SEA = (0xDB, 0xE5, 0xE8)
_CAMERA = (0x1A, 0x5F, 0x78)
_DEPLOYMENT = (0x7C, 0x3B, 0x69)
_STREET = (0xD9, 0xDB, 0xD6)
_NEAR = 6


def _first_page(seen: Visit) -> npt.NDArray[np.int16]:
    """Print and return the first sheet's pixels, rows by columns by red, green, blue."""
    body = seen.page.pdf(format="A4", print_background=True)
    document = pypdfium2.PdfDocument(body)
    pixels = document[0].render(scale=3, rev_byteorder=True).to_numpy()
    sheet: npt.NDArray[np.int16] = pixels[:, :, :3].astype(np.int16)
    document.close()
    return sheet


def _count(sheet: npt.NDArray[np.int16], colour: tuple[int, int, int]) -> int:
    return int((np.abs(sheet - np.array(colour)).max(axis=2) <= _NEAR).sum())


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1280, 1920])
def test_the_world_prints_with_its_coast_and_rings(
    visit: Open, town_dir: Path, width: int, theme: str
) -> None:
    seen = visit(town_dir / "site", "#3/30/10", width=width, theme=theme)
    seen.page.locator("html[data-deployments=true]").wait_for(state="attached")

    sheet = _first_page(seen)

    assert _count(sheet, _SEA) > 20_000
    assert _count(sheet, _DEPLOYMENT) > 500


def test_a_street_prints_with_streets_and_cameras(visit: Open, town_dir: Path) -> None:
    seen = visit(town_dir / "site", "#15/41.31200/-119.04500")
    seen.wait_until("performance.getEntriesByName('wc-streets').length > 0")

    sheet = _first_page(seen)

    assert _count(sheet, _CAMERA) > 300
    assert _count(sheet, _STREET) > 300


def test_after_printing_the_screen_is_as_it_was(visit: Open, town_dir: Path) -> None:
    seen = visit(town_dir / "site", "#15/41.31200/-119.04500", theme="dark")
    before = seen.page.evaluate("[location.hash, getComputedStyle(document.body).color]")

    seen.page.pdf(format="A4")

    after = seen.page.evaluate("[location.hash, getComputedStyle(document.body).color]")
    assert after == before
    assert seen.page.locator(".on-paper").count() == 0


def test_a_page_prints_light_and_unfolded_without_the_switch_of_languages(
    visit: Open, town_dir: Path
) -> None:
    name = "deployments/moscow-city-video.html"
    seen = visit(town_dir / "site", "", page_name=name, theme="dark", wait=False)
    folds = "document.querySelectorAll('details[open]').length"
    open_before = seen.page.evaluate(folds)

    document = pypdfium2.PdfDocument(seen.page.pdf(format="A4", prefer_css_page_size=True))
    sheet = document[0].render(scale=2, rev_byteorder=True).to_numpy()[:, :, :3]
    words = "".join(page.get_textpage().get_text_range() for page in document)
    document.close()

    assert np.median(sheet) > 240
    assert (sheet[:, :60] > 240).all()
    assert "As written" in words
    assert "français" not in words
    assert seen.page.evaluate(folds) == open_before


def test_paper_says_which_ids_had_not_come_and_has_those_that_had(
    visit: Open, town_dir: Path
) -> None:
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    routes = {"**/data/details/*.js": hold}
    seen = visit(town_dir / "site", "#13/41.31200/-119.04500", routes=routes)
    rows = seen.number("#count")
    note = seen.page.locator("#pane-list .paper-note")

    seen.page.evaluate("dispatchEvent(new Event('beforeprint'))")
    seen.page.emulate_media(media="print")
    expect(note).to_be_visible()
    expect(note).to_contain_text(f"{rows} rows here have no camera id")
    for route in held:
        route.continue_()
    expect(note).to_be_empty()
    expect(note).to_be_hidden()

    # The second time they are there before anything could be waited for.
    there = seen.page.evaluate(
        "() => { dispatchEvent(new Event('afterprint')); dispatchEvent(new Event('beforeprint'));"
        " return document.querySelectorAll('#pane-list .id').length; }"
    )
    assert there == rows > 10
    expect(note).to_be_empty()
