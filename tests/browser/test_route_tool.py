"""A route in the page: the metres of Python, drawn or loaded, and not one request."""

import json
import re
from collections.abc import Callable
from pathlib import Path

import geopandas as gpd
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from mapper.exposure.route_exposure import RouteExposure, route_exposure
from mapper.exposure.route_file import read_route
from mapper.exposure.sights import Assumptions
from mapper.pipeline.asking import registry_read
from mapper.pipeline.exposing import maker_names
from mapper.release.camera_frames import load_cameras
from tests.browser.visit import Visit

pytestmark = pytest.mark.browser

Open = Callable[..., Visit]
_GRID_M = 2.5
"""The page has positions to a metre and directions to two degrees."""


@pytest.fixture(name="route")
def route_past_many(tmp_path: Path, town_cameras: gpd.GeoDataFrame) -> Path:
    """Write a track from camera to camera of Fixture Town."""
    stand = town_cameras[town_cameras["lifecycle"] == "in_use"].iloc[::3]
    points = "".join(
        f'<trkpt lat="{lat + 0.00003}" lon="{lon}"/>'
        for lon, lat in zip(stand["lon_deg"], stand["lat_deg"], strict=True)
    )
    path = tmp_path / "walk.gpx"
    path.write_text(f"<gpx><trk><trkseg>{points}</trkseg></trk></gpx>", encoding="utf-8")
    return path


def _by_python(route: Path, town_dir: Path, assumptions: Assumptions) -> RouteExposure:
    cameras = load_cameras(town_dir)
    return route_exposure(
        read_route(route).lines, cameras, assumptions, maker_names(registry_read())
    )


def _opened(seen: Visit) -> list[str]:
    """Open the tool, and return the list that every later request is put on."""
    seen.page.locator("#route-open").click()
    seen.page.locator("html[data-route=ready]").wait_for(state="attached")
    asked: list[str] = []
    seen.page.on("request", lambda request: asked.append(request.url))
    return asked


def _number(text: str, words: str) -> float:
    found = re.search(words, text)
    assert found, text
    return float(found[1].replace(",", ""))


@pytest.mark.parametrize("reach_m", [30, 60])
def test_a_loaded_route_comes_to_the_metres_of_python_and_asks_nobody(
    visit: Open,
    town_dir: Path,
    route: Path,
    over_http: Callable[[Path], str],
    reach_m: int,
) -> None:
    expected = _by_python(route, town_dir, Assumptions(reach_m=reach_m))
    assert expected.total.cameras_facing > 3
    assert expected.total.cameras_perhaps > 3
    seen = visit(over_http(town_dir / "site"))
    asked = _opened(seen)
    seen.page.locator(".route-wish input[type=number]").first.fill(str(reach_m))
    seen.page.locator(".route-wish input[type=number]").first.press("Tab")
    seen.page.locator("input[type=file]").set_input_files(route)
    seen.page.locator(".route-table").first.wait_for()
    told = seen.text(".route-answer")

    assert asked == []
    assert _number(told, r"([\d,]+) m, [\d,.]+ minutes") == pytest.approx(expected.length_m, abs=1)
    slack = _GRID_M * max(4, expected.total.cameras_facing)
    in_view = _number(told, r"in view: ([\d,]+) m")
    assert in_view == pytest.approx(expected.total.in_view_m, abs=slack)
    perhaps = _number(told, r"perhaps in view: ([\d,]+) m")
    assert perhaps == pytest.approx(expected.total.perhaps_m, abs=slack)
    facing = _number(told, r"(\d+) cameras? fac")
    assert abs(facing - expected.total.cameras_facing) <= 1
    names = seen.page.locator(".route-table").first.locator("tbody th").all_inner_texts()
    assert set(names) == {row.name or "not known" for row in expected.by_maker}
    operators = seen.page.locator(".route-table").last.locator("tbody th").all_inner_texts()
    assert set(operators) <= {row.name or "not known" for row in expected.by_operator}
    assert f"within {reach_m} m of a camera" in told
    assert seen.said == []


def test_a_route_is_drawn_by_clicks_and_no_click_opens_a_camera(
    visit: Open, town_dir: Path, town_cameras: gpd.GeoDataFrame
) -> None:
    first = town_cameras[town_cameras["lifecycle"] == "in_use"].iloc[0]
    seen = visit(town_dir / "site")
    seen.look_at(first["lat_deg"], first["lon_deg"], 18)
    seen.page.wait_for_timeout(300)
    asked = _opened(seen)
    seen.page.get_by_role("button", name="Draw on the map").click()
    x, y = seen.screen_point(first["lon_deg"], first["lat_deg"])
    for across, down in ((-150, -10), (0, 0), (-60, 120)):
        seen.page.mouse.click(x + across, y + down)
    expect(seen.page.locator("#drawer-title")).to_have_text("A route and the cameras")
    expect(seen.page.locator(".route-answer")).to_contain_text("in view")
    length = _number(seen.text(".route-answer"), r"([\d,]+) m, ")
    seen.page.get_by_role("button", name="Take the last corner back").click()
    assert 0 < _number(seen.text(".route-answer"), r"([\d,]+) m, ") < length
    assert asked == []
    seen.page.keyboard.press("Escape")
    seen.page.mouse.click(x, y)
    expect(seen.page.locator("#drawer")).to_have_attribute("data-camera", re.compile("osm:"))
    assert seen.said == []


def test_a_route_can_be_made_with_the_keyboard_alone(visit: Open, town_dir: Path) -> None:
    seen = visit(town_dir / "site")
    seen.page.locator("#route-open").focus()
    seen.page.keyboard.press("Enter")
    seen.page.locator("html[data-route=ready]").wait_for(state="attached")
    add = seen.page.get_by_role("button", name="Add the middle of the map")
    add.focus()
    seen.page.keyboard.press("Enter")
    seen.page.evaluate("void site_map.panBy([80, 40], {animate: false})")
    seen.page.keyboard.press("Enter")
    expect(seen.page.locator(".route-answer")).to_contain_text("minutes")
    seen.page.get_by_role("button", name="Clear the route").press("Enter")
    expect(seen.page.locator(".route-answer")).to_contain_text("Draw a route, or load one.")


@pytest.mark.parametrize("body", ["<osm/>", "{", '{"type":"Point","coordinates":[1,2]}'])
def test_a_file_that_is_no_route_is_said_and_the_route_before_stays(
    visit: Open, town_dir: Path, route: Path, tmp_path: Path, body: str
) -> None:
    hostile = tmp_path / "<img src=x onerror=alert(1)>.gpx"
    hostile.write_text(body, encoding="utf-8")
    seen = visit(town_dir / "site")
    _opened(seen)
    seen.page.locator("input[type=file]").set_input_files(route)
    seen.page.locator(".route-table").first.wait_for()
    before = seen.text(".route-answer")
    seen.page.locator("input[type=file]").set_input_files(hostile)
    expect(seen.page.get_by_role("alert").last).to_contain_text("<img src=x onerror=alert(1)>.gpx")
    assert seen.text(".route-answer") == before
    assert seen.said == []


def test_without_the_precisions_no_camera_is_said_to_face_the_way(
    visit: Open, town_dir: Path, route: Path
) -> None:
    seen = visit(town_dir / "site", routes={"**/data/route.js": lambda route_js: route_js.abort()})
    _opened(seen)
    alert = seen.page.locator("#drawer").get_by_role("alert").first
    said = "The operators and precisions of cameras could not be loaded"
    expect(alert).to_contain_text(said)
    seen.page.locator("input[type=file]").set_input_files(route)
    answer = seen.page.locator(".route-answer")
    expect(answer).to_contain_text("minutes")
    # That the file of the route was read takes nothing of it back.
    expect(alert).to_contain_text(said)
    assert seen.page.locator(".place-count").count() == 0
    assert seen.page.locator(".route-table").count() == 0
    seen.page.unroute("**/data/route.js")
    alert.get_by_role("button", name="Try again").click()
    expect(answer.locator(".place-count")).to_contain_text("cameras face it")
    expect(alert).to_be_empty()


@pytest.mark.parametrize("width", [1280, 390])
def test_the_tool_is_for_everybody(visit: Open, town_dir: Path, route: Path, width: int) -> None:
    seen = visit(town_dir / "site", width=width, height=844)
    if width < 600:
        seen.page.locator("#grip").click()
    _opened(seen)
    seen.page.locator("input[type=file]").set_input_files(route)
    seen.page.locator(".route-table").first.wait_for()
    found = Axe().run(seen.page, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"]})
    assert json.loads(json.dumps(found.response["violations"])) == []
