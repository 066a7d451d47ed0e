"""What the one script of the static pages adds: tables that sort and narrow, and the theme."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.axe_views import violations
from tests.browser.visit import Visit

pytestmark = pytest.mark.browser

Open = Callable[..., Visit]


def _open(visit: Open, town_dir: Path, name: str, **wishes: object) -> Page:
    return visit(town_dir / "site", "", page_name=name, wait=False, **wishes).page


def _column(page: Page, number: int) -> list[str]:
    rows = page.locator("table[data-find]").first.locator("tbody tr:not(.later, .sum, .within)")
    texts: list[str] = rows.evaluate_all(
        "(rows, i) => rows.filter(r => r.checkVisibility()).map(r => r.cells[i].innerText.trim())",
        number,
    )
    return texts


def _numbers(texts: list[str]) -> list[int]:
    return [int(text.replace(",", "")) for text in texts if text != "\u2013"]


def test_a_table_sorts_by_a_header_with_what_is_missing_last(visit: Open, town_dir: Path) -> None:
    page = _open(visit, town_dir, "vendors/index.html")
    header = page.get_by_role("columnheader", name="Deployments").first
    assert header.get_attribute("aria-sort") is None

    header.get_by_role("button").press("Enter")

    assert header.get_attribute("aria-sort") == "descending"
    shown = _column(page, 2)
    numbers = _numbers(shown)
    assert numbers == sorted(numbers, reverse=True)
    assert numbers[0] > numbers[-1]
    assert shown[len(numbers) :] == ["\u2013"] * (len(shown) - len(numbers))

    header.get_by_role("button").press("Enter")

    assert header.get_attribute("aria-sort") == "ascending"
    shown = _column(page, 2)
    assert shown[len(numbers) :] == ["\u2013"] * (len(shown) - len(numbers)), "still last"
    assert _numbers(shown) == sorted(numbers)


def test_a_table_narrows_as_one_types_whatever_the_accents(visit: Open, town_dir: Path) -> None:
    page = _open(visit, town_dir, "deployments/index.html")
    total = len(_column(page, 0))

    page.get_by_label("Narrow this table").fill("serbia HUAWEI")

    assert "Safe City Belgrade" in _column(page, 0)
    assert all("Serbia" in place for place in _column(page, 1))
    shown = len(_column(page, 0))
    expect(page.get_by_role("status")).to_have_text(f"{shown} of {total}")
    page.get_by_label("Narrow this table").fill("")
    assert len(_column(page, 0)) == total


def test_a_deployment_is_listed_with_the_names_of_its_suppliers(
    visit: Open, town_dir: Path
) -> None:
    page = _open(visit, town_dir, "deployments/index.html")

    page.get_by_label("Narrow this table").fill("moscow city video")

    assert _column(page, 2) == ["NtechLab, Synesis, Tevian, VisionLabs"]
    assert _column(page, 1) == ["Russia, Moscow"]


def test_sums_stay_last_and_parts_stay_with_their_country(visit: Open, town_dir: Path) -> None:
    page = _open(visit, town_dir, "places/index.html")

    page.get_by_role("columnheader", name="Country").get_by_role("button").press("Enter")
    page.get_by_role("columnheader", name="Country").get_by_role("button").press("Enter")

    rows = page.locator("table[data-find] tbody tr")
    assert rows.last.get_attribute("class") == "sum"
    names = _column(page, 0)
    assert names[0] == "Zimbabwe"
    page.get_by_label("Narrow this table").fill("zimb")
    expect(rows.last).to_be_hidden()


def test_on_a_phone_a_long_table_is_cards_and_begins_with_its_first(
    visit: Open, town_dir: Path
) -> None:
    page = _open(visit, town_dir, "deployments/index.html", width=390, height=844)
    tall = page.evaluate("document.documentElement.scrollHeight")
    assert tall < 12_000

    assert len(_column(page, 0)) == 40
    page.get_by_label("Sort by").select_option("Cameras, by source")
    page.get_by_role("button", name="Show all").click()

    assert len(_column(page, 0)) > 500
    wide = page.evaluate("document.documentElement.scrollWidth")
    assert wide <= 390
    assert violations(page) == []


def test_a_country_that_an_address_names_is_shown_on_a_phone_too(
    visit: Open, town_dir: Path
) -> None:
    seen = visit(
        town_dir / "site", "#zw", page_name="deployments/index.html", wait=False, width=390
    )

    expect(seen.page.locator("#zw")).to_be_in_viewport()


@pytest.mark.parametrize("name", ["vendors/index.html", "deployments/moscow-city-video.html"])
def test_the_theme_that_was_chosen_holds_on_the_map_and_on_every_page(
    visit: Open, town_dir: Path, name: str
) -> None:
    seen = visit(town_dir / "site", "#map")
    light = seen.page.evaluate("getComputedStyle(document.body).backgroundColor")
    seen.page.get_by_role("button", name="Dark colours").click()

    seen.page.goto(f"{seen.base}/{name}")

    button = seen.page.get_by_role("button", name="Dark colours")
    expect(button).to_have_attribute("aria-pressed", "true")
    dark = seen.page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert dark != light
    button.click()
    seen.page.goto(f"{seen.base}/index.html#map")
    assert seen.page.evaluate("document.documentElement.dataset.theme") == "light"
    assert seen.said == []
    seen.page.get_by_role("button", name="Dark colours").click()
    seen.page.goto(f"{seen.base}/{name}")
    assert violations(seen.page) == []


def test_without_a_script_a_table_is_plain_and_whole(visit: Open, town_dir: Path) -> None:
    page = _open(visit, town_dir, "vendors/index.html", javascript=False)

    expect(page.get_by_label("Narrow this table")).to_have_count(0)
    expect(page.locator("table").first.get_by_role("button")).to_have_count(0)
    expect(page.locator("#theme")).to_be_hidden()
    assert page.locator("table").first.locator("tbody tr").count() > 100


def test_every_way_is_at_the_foot_of_a_phone(visit: Open, town_dir: Path) -> None:
    for name in ("index.html", "method.html"):
        for width in (320, 390):
            page = _open(visit, town_dir, name, width=width, height=700)
            ways = page.get_by_role("navigation", name="Pages").get_by_role("link")
            names = ["Map", "Places", "Vendors", "Deployments", "Data", "Method"]
            assert [way.inner_text().strip() for way in ways.all()] == names
            for way in ways.all():
                box = way.bounding_box()
                assert box is not None
                assert box["x"] >= 0
                assert box["x"] + box["width"] <= width + 0.5
                assert box["y"] > 700 - 60
                assert box["width"] >= 44
                assert box["height"] >= 44


def test_what_an_address_names_in_a_fold_is_unfolded(visit: Open, town_dir: Path) -> None:
    seen = visit(town_dir / "site", "", page_name="deployments/moscow-city-video.html", wait=False)
    row = seen.page.locator(".all-counts tr[id]").last
    expect(row).to_be_hidden()

    seen.page.goto(f"{seen.page.url}#{row.get_attribute('id')}")

    expect(row).to_be_in_viewport()
