"""The filter holds for cameras and systems alike, and the address keeps it."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import expect

from mapper.registry.checked import load
from mapper.registry.codes import SubjectKind, Technology
from mapper.settings import Settings
from tests.browser.visit import Visit

pytestmark = pytest.mark.browser

Open = Callable[..., Visit]


def _systems(seen: Visit) -> int:
    return int(seen.text("#systems").split()[0].replace(",", ""))


def _with_systems(seen: Visit) -> Visit:
    seen.page.locator("html[data-deployments=true]").wait_for(state="attached")
    return seen


def test_a_technology_narrows_systems_and_leaves_cameras(visit: Open, town_dir: Path) -> None:
    registry = load(Settings().registry_dir)
    gunshot = sum(
        Technology.GUNSHOT in row.technologies
        and row.lon_deg is not None
        and registry.retraction(SubjectKind.DEPLOYMENT, row.deployment_id) is None
        for row in registry.deployments
    )
    assert gunshot > 0
    seen = _with_systems(visit(town_dir / "site", "#1/20.00000/0.00000"))

    seen.tick("Technology", "gunshot detection")

    assert _systems(seen) == gunshot
    assert seen.number("#count") == 59
    assert "technology=gunshot" in seen.address()
    again = _with_systems(visit(town_dir / "site", seen.address()))
    assert _systems(again) == gunshot


def test_a_country_narrows_both(visit: Open, town_dir: Path) -> None:
    seen = _with_systems(visit(town_dir / "site", "#1/20.00000/0.00000&country=RS"))

    assert seen.number("#count") == 0
    registry = load(Settings().registry_dir)
    assert _systems(seen) == sum(
        row.country_code == "RS" and row.lon_deg is not None for row in registry.deployments
    )
    expect(seen.page.locator("html")).not_to_have_attribute("data-failed", "true")


def test_what_is_asked_of_a_supply_is_kept_in_the_address(visit: Open, town_dir: Path) -> None:
    asked = "#1/20.00000/0.00000&vendor=hikvision&status=confirmed&listed=listed"
    seen = _with_systems(visit(town_dir / "site", asked))

    hikvision = _systems(seen)
    kept = seen.address().partition("&")[2].split("&")
    assert sorted(kept) == ["listed=listed", "status=confirmed", "vendor=hikvision"]
    every = _with_systems(visit(town_dir / "site", "#1/20.00000/0.00000&vendor=hikvision"))
    assert 0 < hikvision < _systems(every)
    refused = "#1/20.00000/0.00000&vendor=hikvision&listed=not_listed"
    assert _systems(_with_systems(visit(town_dir / "site", refused))) == 0


def test_an_address_of_a_filter_alone_opens_where_something_passes(
    visit: Open, town_dir: Path
) -> None:
    systems_alone = _with_systems(visit(town_dir / "site", "#vendor=hikvision&listed=listed"))
    cameras_too = _with_systems(visit(town_dir / "site", "#vendor=pelco"))
    nothing = _with_systems(visit(town_dir / "site", "#vendor=pelco&country=RS"))

    assert _systems(systems_alone) > 5
    assert cameras_too.number("#count") > 0
    assert nothing.number("#count") == 0
    assert nothing.address().startswith("#1")  # the town, as it opens
    assert systems_alone.said == cameras_too.said == []


def test_discs_tell_who_or_how_many_and_the_address_says_which(visit: Open, town_dir: Path) -> None:
    seen = visit(town_dir / "site", "#3/40.00000/-110.00000")
    many = seen.page.get_by_role("button", name="How many")

    many.click()

    expect(many).to_have_attribute("aria-pressed", "true")
    assert "&count" in seen.address().replace("#count", "&count")
    again = visit(town_dir / "site", seen.address())
    expect(again.page.get_by_role("button", name="How many")).to_have_attribute(
        "aria-pressed", "true"
    )


def test_the_worlds_counts_are_said_apart_from_the_release(visit: Open, town_dir: Path) -> None:
    seen = visit(town_dir / "site", "#1/20.00000/0.00000")
    seen.page.locator("html[data-world=true]").wait_for(state="attached")

    expect(seen.page.locator("#world-sum")).to_contain_text("mapped by volunteers by")
    assert seen.number("#count") == 59
    expect(seen.page.locator("#world-sum")).to_contain_text("in no total here")
    seen.look_at(41.31, -119.04, 12)
    expect(seen.page.locator("#world-sum")).to_have_text("")
    assert seen.said == []
