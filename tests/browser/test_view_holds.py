"""The view that an address asks for holds in every window, and so does the opening one."""

import itertools
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.visit import Visit

pytestmark = pytest.mark.browser

Open = Callable[..., Visit]

SIZES = (
    (320, 568),
    (390, 844),
    (600, 960),
    (768, 1024),
    (800, 600),
    (1024, 768),
    (1080, 720),
    (1280, 800),
    (1440, 900),
    (1680, 1050),
    (1792, 1120),
    (1920, 1080),
    (2560, 1440),
    (3840, 2160),
)
# Screens with two pixels a point; a view is laid out in points, whatever the number of pixels.
FINE = ((390, 844), (768, 1024), (1440, 900))
_DEEP = "#15/41.31200/-119.04500"
_RESTING = "!site_map._animatingZoom && !(site_map._panAnim && site_map._panAnim._inProgress)"


def _reopen(seen: Visit, fragment: str) -> None:
    seen.page.goto("about:blank")
    seen.page.goto(f"{seen.base}/index.html{fragment}")
    seen.wait_ready()
    seen.wait_until(_RESTING)


@pytest.mark.parametrize(("density", "sizes"), [(1, SIZES), (2, FINE)])
def test_a_deep_link_and_the_opening_hold_in_every_window(
    visit: Open, town_dir: Path, density: int, sizes: tuple[tuple[int, int], ...]
) -> None:
    seen = visit(town_dir / "site", density=density, motion=True)

    for (width, height), fragment in itertools.product(sizes, (_DEEP, "#map")):
        seen.page.set_viewport_size({"width": width, "height": height})
        _reopen(seen, fragment)

        west, south, east, north = seen.bounds()
        where = (width, height, fragment)
        assert west < -119.045 < east, where
        assert south < 41.312 < north, where
        if fragment == _DEEP:
            assert seen.address() == _DEEP, where
        else:
            assert seen.number("#count") == 59, where
    assert seen.said == []


def test_a_window_that_grows_never_shows_the_world_twice(visit: Open, town_dir: Path) -> None:
    seen = visit(town_dir / "site", "#1/0/0", width=390, height=600)

    seen.page.set_viewport_size({"width": 1920, "height": 1080})
    seen.wait_until(_RESTING)

    west, _, east, _ = seen.bounds()
    assert east - west <= 360


@pytest.mark.parametrize("width", [320, 500, 769, 770, 800, 900, 1080, 1081, 1400, 1920])
def test_embedded_at_any_width_the_map_fills_the_frame(
    visit: Open, town_dir: Path, width: int
) -> None:
    seen = visit(town_dir / "site", "#embed&14/41.31200/-119.04500", width=width, height=500)

    box = seen.page.locator("#map").bounding_box()
    assert box is not None
    assert box["width"] == width
    assert box["height"] > 350
    assert seen.number_of_cameras_drawn() > 0
    expect(seen.page.locator("#credit")).to_be_visible()


@pytest.mark.parametrize("width", [761, 900, 1080, 1081, 1280])
def test_the_years_have_room_for_their_bars_and_labels(
    visit: Open, town_dir: Path, width: int
) -> None:
    seen = visit(town_dir / "site", width=width)

    bars = seen.page.locator(".years .bars").bounding_box()
    assert bars is not None
    assert bars["width"] >= 150
    edges = seen.page.locator(".bar-labels span").evaluate_all(
        "labels => labels.map(l => l.getBoundingClientRect()).map(b => [b.left, b.right])"
    )
    for (_, right), (left, _) in itertools.pairwise(edges):
        assert right <= left
