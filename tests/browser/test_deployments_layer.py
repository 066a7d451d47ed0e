"""Deployments stand apart: their own rings, their own counts, never in the count of cameras."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Route, expect

from mapper.registry.codes import Qualifier
from mapper.telling.words import qualified
from tests.browser.visit import Visit

pytestmark = pytest.mark.browser

Open = Callable[..., Visit]

_NOTE_DRAWN_TEXT = """() => {
  const fill = CanvasRenderingContext2D.prototype.fillText;
  window.drawn = new Set();
  CanvasRenderingContext2D.prototype.fillText = function (text, ...rest) {
    window.drawn.add(text);
    return fill.call(this, text, ...rest);
  };
}"""

MOSCOW = (37.61556, 55.75222)
ALMATY = (76.9115, 43.25249)


def test_a_notice_leads_from_the_opening_view_to_the_deployments(
    visit: Open, town_dir: Path
) -> None:
    seen = visit(town_dir / "site")
    notice = seen.page.locator("#notice")
    expect(notice).to_contain_text("deployments outside this view")

    notice.get_by_role("button", name="Show").click()

    drawer = seen.page.locator("#drawer")
    expect(drawer.locator("h2")).to_contain_text("Moscow")
    west, south, east, north = seen.bounds()
    assert west < MOSCOW[0] < east
    assert south < MOSCOW[1] < north
    assert seen.number("#count") == 0
    expect(seen.page.locator("#count-what")).to_contain_text("absence is not proof")


def test_a_ring_opens_what_sources_say(visit: Open, town_dir: Path) -> None:
    seen = visit(town_dir / "site", "#4/55.75222/37.61556")
    expect(seen.page.locator("html[data-deployments=true]")).to_be_attached()

    seen.click_at(*MOSCOW)

    drawer = seen.page.locator("#drawer")
    expect(drawer).to_contain_text("Never", ignore_case=True)
    figures = drawer.locator(".figure")
    assert figures.count() > 1
    for figure in figures.all():
        expect(figure.locator(".source")).to_contain_text("grade")
    text = drawer.inner_text()
    assert "160,000" in text
    assert "213,000" in text


def test_who_supplies_a_system_comes_before_its_counts_and_one_count_stands_for_all(
    visit: Open, town_dir: Path
) -> None:
    # An address without a view brings the map to the system.
    seen = visit(town_dir / "site", "#deployment=moscow-city-video", width=390, height=844)

    drawer = seen.page.locator("#drawer")
    expect(drawer.locator(".mini-chain .runs")).to_contain_text("Government of Moscow")
    expect(drawer.locator(".mini-chain .supplier").first).to_contain_text("NtechLab")
    supplier = drawer.locator(".mini-chain .supplier").first.bounding_box()
    count = drawer.locator(".headline").bounding_box()
    assert supplier is not None
    assert count is not None
    assert supplier["y"] < 844, "the first supplier is seen without scrolling"
    assert supplier["y"] < count["y"]
    figures = drawer.locator(".figures")
    assert figures.get_attribute("open") is None
    expect(figures.locator("summary")).to_have_text(
        f"{figures.locator('.figure').count()} figures, each with its source"
    )
    west, south, east, north = seen.bounds()
    assert west < MOSCOW[0] < east
    assert south < MOSCOW[1] < north


def test_who_speaks_by_a_role_is_named_by_it(visit: Open, town_dir: Path) -> None:
    # By hand from the registry: the claim names no organisation, only what the speaker is.
    seen = visit(town_dir / "site", "#9/-8.65000/115.21667&deployment=bali-police-frt")

    drawer = seen.page.locator("#drawer")
    expect(drawer).to_contain_text("a project official, not named, authority, ")
    expect(drawer).to_contain_text("disputes it")
    expect(drawer.locator(".claim .source").first).to_contain_text(", grade ")


def test_a_state_that_no_source_gives_is_named_as_on_the_static_page(
    visit: Open, town_dir: Path
) -> None:
    seen = visit(town_dir / "site", "#4/55.75222/37.61556")
    expect(seen.page.locator("html[data-deployments=true]")).to_be_attached()

    seen.click_at(*MOSCOW)

    expect(seen.page.locator("#drawer")).to_contain_text(qualified(Qualifier.STATED))


def test_a_label_gives_no_number_whose_state_it_has_no_room_to_name(
    visit: Open, town_dir: Path
) -> None:
    seen = visit(town_dir / "site", "#1/0.00000/0.00000")
    expect(seen.page.locator("html[data-deployments=true]")).to_be_attached()
    seen.page.evaluate(_NOTE_DRAWN_TEXT)

    seen.look_at(43.25, 76.91, 6)

    labels = [one for one in seen.page.evaluate("[...window.drawn]") if one.startswith("Almaty")]
    # By hand from the registry: no source of either number says that they are installed.
    assert labels == ["Almaty"]
    seen.page.mouse.move(*seen.screen_point(*ALMATY))
    tip = seen.page.locator(".tip")
    expect(tip).to_contain_text("53,000 (state not said) and")
    expect(tip).to_contain_text(re.compile("other systems?$"))


def test_counts_of_deployments_are_never_added_to_cameras(visit: Open, town_dir: Path) -> None:
    seen = visit(town_dir / "site", "#1/0.00000/0.00000")

    expect(seen.page.locator("html[data-deployments=true]")).to_be_attached()
    assert seen.number("#count") == 59


def test_the_list_names_deployments_apart_from_cameras(visit: Open, town_dir: Path) -> None:
    seen = visit(town_dir / "site")
    expect(seen.page.locator("html[data-deployments=true]")).to_be_attached()

    seen.page.locator("#tab-list").click()

    expect(seen.page.locator("#pane-list")).to_contain_text("Not mapped cameras")
    apart = seen.page.locator("#pane-list .rows").nth(1)
    expect(apart.locator("button")).to_have_count(5)
    expect(seen.page.get_by_role("link", name="deployments of this release")).to_be_visible()

    seen.look_at(43.25, 76.91, 9)
    row = apart.locator("button", has_text="Sergek")
    expect(row).to_contain_text("as sources state, not said to be installed: 7,894 to 9,000")
    row.click()
    expect(seen.page.locator("#drawer-title")).to_be_focused()


def test_the_search_finds_a_deployment_by_its_supplier(visit: Open, town_dir: Path) -> None:
    seen = visit(town_dir / "site")
    expect(seen.page.locator("html[data-deployments=true]")).to_be_attached()

    seen.page.locator("#search").fill("ntech")

    expect(seen.page.get_by_role("option", name="NtechLab supplier, page")).to_be_visible()
    expect(seen.page.get_by_role("option").filter(has_text="deployment").first).to_be_visible()


def test_systems_of_whole_countries_are_counted_where_countries_are_seen(
    visit: Open, town_dir: Path
) -> None:
    seen = visit(town_dir / "site")
    expect(seen.page.locator("html[data-deployments=true]")).to_be_attached()

    seen.look_at(48.0, 15.0, 3)
    expect(seen.page.locator("#systems")).to_contain_text("more of whole countries")

    seen.look_at(41.312, -119.045, 14)
    expect(seen.page.locator("#systems")).to_have_text(re.compile(r"^\d+ documented systems?$"))


def test_evidence_that_does_not_load_is_said_and_can_be_asked_for_again(
    visit: Open, town_dir: Path
) -> None:
    broken = [True]

    def fail(route: Route) -> None:
        if broken:
            route.abort()
        else:
            route.continue_()

    routes = {"**/data/deployment-evidence.js": fail}
    seen = visit(town_dir / "site", "#deployment=moscow-city-video", routes=routes)
    notice = seen.page.locator("#notice")
    expect(notice).to_contain_text("deployments")
    expect(seen.page.locator("#drawer")).to_be_hidden()

    broken.clear()
    notice.get_by_role("button", name="Try again").click()

    expect(seen.page.locator("#drawer .mini-chain .runs")).to_contain_text("Government of Moscow")


def test_the_drawer_leads_from_a_system_down_to_the_chip(visit: Open, town_dir: Path) -> None:
    seen = visit(town_dir / "site", "#deployment=moscow-city-video")

    maker = seen.page.locator(".mini-chain > ul > li", has_text="NtechLab").first
    # By its own name: what is said of another chip maker names this one too.
    name = seen.page.locator("summary b", has_text="Nvidia")
    part = maker.locator(".parts > li").filter(has=name)
    expect(part).to_be_visible()
    part.locator("summary").click()
    expect(part.locator(".claim .source").first).to_contain_text("grade")
    expect(part.locator(".actions a")).to_have_attribute("href", "vendors/nvidia.html")
