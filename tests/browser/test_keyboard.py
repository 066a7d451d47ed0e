"""Everything can be reached and done with the keyboard, and is told to a screen reader."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.visit import Visit

pytestmark = pytest.mark.browser

Open = Callable[..., Visit]

_TOWN = "#14/41.31200/-119.04500"

_ON_TOP = (
    "(() => { const e = document.activeElement; const box = e.getClientRects()[0];"
    " const name = e.ariaLabel || e.labels?.[0]?.textContent || e.textContent || e.title;"
    # Of what is taller than the window, such as a table that scrolls, the part that is seen.
    " const [top, end] = [Math.max(0, box.top), Math.min(innerHeight, box.bottom)];"
    " const at = document.elementFromPoint(box.left + box.width / 2, (top + end) / 2);"
    # Rings of a picture lie on each other, and none of them for good.
    " const isSeen = Boolean(at) && (e.contains(at) || at.contains(e) || e.ownerSVGElement);"
    " return [name.trim(), Boolean(isSeen)]; })()"
)


def test_the_first_stop_skips_to_the_list(visit: Open, town_dir: Path) -> None:
    seen = visit(town_dir / "site", _TOWN)

    seen.page.keyboard.press("Tab")
    expect(seen.page.locator("#skip")).to_be_focused()
    expect(seen.page.locator("#skip")).to_be_in_viewport()
    seen.page.keyboard.press("Enter")

    expect(seen.page.locator("#tab-list")).to_be_focused()
    expect(seen.page.locator("#pane-list")).to_contain_text("59 cameras in view")


def test_the_second_stop_skips_to_the_map_and_leaves_the_address(
    visit: Open, town_dir: Path
) -> None:
    seen = visit(town_dir / "site", _TOWN)
    before = seen.address()

    seen.page.keyboard.press("Tab")
    seen.page.keyboard.press("Tab")
    expect(seen.page.locator("#skip-map")).to_be_in_viewport()
    seen.page.keyboard.press("Enter")

    expect(seen.page.locator("#map")).to_be_focused()
    assert seen.address() == before


def test_with_map_in_the_address_the_first_stop_is_at_the_top_too(
    visit: Open, town_dir: Path
) -> None:
    # `map` is the name of an element: the browser would begin there.
    seen = visit(town_dir / "site", "#map")

    seen.page.keyboard.press("Tab")

    expect(seen.page.locator("#skip")).to_be_focused()


def test_every_stop_has_a_name_and_a_visible_focus(visit: Open, town_dir: Path) -> None:
    seen = visit(town_dir / "site", _TOWN)
    stops: list[str] = []
    for _ in range(90):
        seen.page.keyboard.press("Tab")
        name, outline = seen.page.evaluate(
            "(() => { const e = document.activeElement; const s = getComputedStyle(e);"
            " const name = e.ariaLabel || e.labels?.[0]?.textContent || e.textContent || e.title;"
            " const seen = s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) >= 2;"
            " return [name.trim(), seen]; })()"
        )
        if seen.page.evaluate("document.activeElement === document.body"):
            break
        assert name, seen.page.evaluate("document.activeElement.outerHTML")
        assert outline, name
        stops.append(name)
    assert "Map of cameras" in stops
    assert stops.count("Map of cameras") == 1, "the map is one stop"


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize(
    "page_name",
    ["index.html", "vendors/index.html", "deployments/index.html", "places/us.html", "list.html"],
)
def test_no_stop_lies_under_what_stands_still(
    visit: Open, town_dir: Path, page_name: str, width: int
) -> None:
    is_map = page_name == "index.html"
    # The map's own page opens on the story: its stops are walked here, the map's above.
    seen = visit(town_dir / "site", "", page_name=page_name, width=width, wait=is_map)
    walked = 0
    for _ in range(60):
        seen.page.keyboard.press("Tab")
        if seen.page.evaluate("document.activeElement === document.body"):
            break
        name, is_on_top = seen.page.evaluate(_ON_TOP)
        assert name
        assert is_on_top, name
        walked += 1
    assert walked > 15


def test_the_map_moves_with_the_arrow_keys_and_zooms_with_plus(visit: Open, town_dir: Path) -> None:
    seen = visit(town_dir / "site", "#14/41.31200/-119.04500")
    seen.page.locator("#map").focus()

    seen.page.keyboard.press("ArrowRight")
    seen.page.wait_for_timeout(400)
    moved = seen.bounds()
    seen.page.keyboard.press("+")
    seen.page.wait_for_timeout(600)

    assert moved[0] > -119.0862
    assert "#15/" in seen.address()


def test_the_list_is_what_is_in_view_and_the_canvas_is_silent(visit: Open, town_dir: Path) -> None:
    seen = visit(town_dir / "site", "#18/41.31255/-119.04390")
    seen.page.locator("#tab-list").click()

    rows = seen.page.locator("#pane-list .rows").first.locator("li")

    expect(rows).to_have_count(seen.number("#count"))
    expect(rows.filter(has_text="node/900000100021")).to_contain_text("Town of Fixture Town")
    hidden = seen.page.locator("#map canvas").evaluate_all(
        "all => all.every(c => c.getAttribute('aria-hidden') === 'true')"
    )
    assert hidden


def test_the_count_is_spoken_when_the_view_rests(visit: Open, town_dir: Path) -> None:
    seen = visit(town_dir / "site")

    expect(seen.page.locator("#live")).to_have_text("59 cameras in view")
    seen.tick("Kind", "Plate reader")

    expect(seen.page.locator("#live")).to_have_text("12 cameras in view")
    assert seen.page.locator("#live").get_attribute("aria-live") == "polite"


def test_the_search_works_by_keyboard(visit: Open, town_dir: Path) -> None:
    seen = visit(town_dir / "site")
    search = seen.page.get_by_role("combobox", name="A place, a company")

    search.fill("pelc")
    expect(search).to_have_attribute("aria-expanded", "true")
    expect(seen.page.get_by_role("option").first).to_contain_text("maker of 3 cameras")
    search.press("Enter")

    expect(seen.page.locator("#count")).to_have_text("3")
    expect(search).to_have_attribute("aria-expanded", "false")


def test_the_search_finds_a_camera_by_its_id_and_a_point(visit: Open, town_dir: Path) -> None:
    seen = visit(town_dir / "site")
    search = seen.page.get_by_role("combobox", name="A place, a company")

    search.fill("node/900000100020")
    search.press("Enter")
    expect(seen.page.locator("#drawer .id").last).to_have_text("osm:node/900000100020")

    search.fill("41.3120, -119.0450")
    search.press("Enter")
    expect(seen.page).to_have_url(re.compile("#17/41.31200/-119.04500"))


def test_the_tabs_turn_with_the_arrow_keys(visit: Open, town_dir: Path) -> None:
    seen = visit(town_dir / "site")
    seen.page.locator("#tab-filter").focus()

    seen.page.keyboard.press("ArrowRight")

    expect(seen.page.locator("#tab-list")).to_be_focused()
    expect(seen.page.locator("#tab-list")).to_have_attribute("aria-selected", "true")


def test_years_can_be_chosen_without_dragging(visit: Open, town_dir: Path) -> None:
    seen = visit(town_dir / "site")

    seen.page.get_by_label("First mapped from").focus()
    seen.page.keyboard.press("ArrowDown")

    assert "year=2012-2024,unknown" in seen.address()


def test_a_box_ticked_by_keyboard_keeps_the_focus(visit: Open, town_dir: Path) -> None:
    seen = visit(town_dir / "site")
    box = seen.page.get_by_role("checkbox", name="Vivotek")
    box.focus()

    seen.page.keyboard.press("Space")

    assert seen.number("#count") == 2
    expect(box).to_be_focused()
    expect(box).to_be_checked()
