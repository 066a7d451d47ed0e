"""The view, the filter and the selection stand in the fragment, and come back from it exactly."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.visit import Visit

pytestmark = pytest.mark.browser

Open = Callable[..., Visit]

TOWN = "#14/41.31200/-119.04500"


def _fragment(visit: Visit) -> str:
    return visit.address()


@pytest.mark.parametrize(
    "fragment",
    [
        TOWN,
        TOWN + "&kind=camera,enforcement_camera&vendor=!flock-safety,unknown",
        TOWN + "&rung=B&visibility=public,unknown&zone=!traffic",
        TOWN + "&year=2019-2021",
        TOWN + "&year=2012-2024,unknown",
        "#embed&14/41.31200/-119.04500&vendor=pelco",
        "#18/41.31200/-119.04500&camera=osm:node/900000100020",
    ],
)
def test_an_address_comes_back_as_it_was(visit: Open, town_dir: Path, fragment: str) -> None:
    seen = visit(town_dir / "site", fragment)

    if "camera=" in fragment:
        expect(seen.page.locator("#drawer")).to_be_visible()
    assert _fragment(seen) == fragment


def test_what_a_reader_does_stands_in_the_address(visit: Open, town_dir: Path) -> None:
    seen = visit(town_dir / "site", TOWN)

    seen.tick("Maker", "Flock Safety")
    seen.press("Maker", "all but")
    seen.tick("Kind", "Plate reader")
    there = _fragment(seen)
    count = seen.number("#count")

    assert there == TOWN + "&kind=plate_reader&vendor=!flock-safety"
    again = visit(town_dir / "site", there)
    assert again.number("#count") == count == 4


@pytest.mark.parametrize(
    "broken",
    [
        "#nonsense",
        "#99/41.3/-119.0",
        "#14/99.00000/-119.00000",
        TOWN + "&vendor=nobody-of-this-name",
        TOWN + "&kind=%E0%A4%A",
        TOWN + "&year=2021-2019",
        TOWN + "&__proto__=x&constructor=y",
        TOWN + "&vendor=<img src=x onerror=alert(1)>",
    ],
)
def test_an_address_that_cannot_be_read_is_said_and_left_out(
    visit: Open, town_dir: Path, broken: str
) -> None:
    seen = visit(town_dir / "site", broken)

    assert seen.number("#count") == 59
    expect(seen.page.locator("#notice")).to_contain_text("could not be read")
    assert seen.said == []


def test_embedded_the_map_keeps_its_credit_and_nothing_else(visit: Open, town_dir: Path) -> None:
    seen = visit(town_dir / "site", "#embed&14/41.31200/-119.04500")

    expect(seen.page.locator(".panel")).to_be_hidden()
    expect(seen.page.locator(".top")).to_be_hidden()
    expect(seen.page.locator("#credit")).to_be_visible()
    expect(seen.page.locator("#credit")).to_contain_text("cameras of 1 June 2025, evidence as of ")


def test_a_camera_that_is_not_there_is_said(visit: Open, town_dir: Path) -> None:
    seen = visit(town_dir / "site", TOWN + "&camera=osm:node/1")

    expect(seen.page.locator("#notice")).to_contain_text("no camera osm:node/1")
