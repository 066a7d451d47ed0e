"""The roads into a town in the page: the figures of Python, drawn or by number, and no request."""

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from playwright.sync_api import Request, Route, expect

from mapper.exposure.sights import Assumptions
from mapper.model.basemap import Basemap, RoadsState
from mapper.model.progress import NoProgress
from mapper.pipeline.building import build
from mapper.pipeline.exposing import TownAsked, cordon_of
from mapper.release.camera_frames import load_cameras
from mapper.settings import Settings
from mapper.website.map.data_file import script_text
from mapper.website.map.road_network import roads_payload
from mapper.website.map.route_columns import route_payload
from tests.browser.axe_views import violations
from tests.browser.visit import Visit
from tests.exposure.town_of_roads import BOX, LAT, LON, at, elements
from tests.osm_fixtures import write_pbf

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

Open = Callable[..., Visit]


@pytest.fixture(name="extract", scope="module")
def extract_of_roads(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("roads") / "crossing.osm.pbf"
    return write_pbf(path, elements(), box=BOX, timestamp="2025-06-01T00:00:00Z")


@pytest.fixture(name="roads_dir", scope="module")
def built_town_of_roads(extract: Path) -> Path:
    out_dir = extract.parent / "build"
    build([str(extract)], settings=Settings(out_dir=out_dir), progress=NoProgress())
    return out_dir


def _by_python(extract: Path, roads_dir: Path, radius_km: float, reach_m: float) -> dict[str, Any]:
    told = cordon_of(
        str(extract),
        TownAsked("Crossing", (LAT, LON), radius_km),
        place=roads_dir,
        assumptions=Assumptions(reach_m),
        as_json=True,
    )
    body: dict[str, Any] = json.loads(told)
    return body


def _opened(seen: Visit) -> list[str]:
    """Open the tool in the middle of the map, and return the list of every later request."""
    seen.page.locator("#cordon-open").click()
    seen.page.locator("html[data-cordon=ready]").wait_for(state="attached")
    asked: list[str] = []

    def note(request: Request) -> None:
        asked.append(request.url)

    seen.page.on("request", note)
    return asked


def _set_number(seen: Visit, label: str, value: float) -> None:
    box = seen.page.get_by_label(label)
    box.fill(str(value))
    box.press("Tab")


def _rows(seen: Visit, number: int) -> list[list[str]]:
    rows = seen.page.locator(".route-table").nth(number).locator("tbody tr")
    cells: list[list[str]] = rows.evaluate_all(
        "rows => rows.map(row => [...row.children].map(cell => cell.innerText))"
    )
    return cells


def _every_reader_within(precision_m: float, roads_dir: Path) -> str:
    """Return ``data/route.js`` as if each camera had been placed no better than this."""
    cameras = load_cameras(roads_dir)
    cameras["location_precision_m"] = precision_m
    return script_text("route", route_payload(cameras, np.arange(len(cameras))))


def _said(road: dict[str, Any]) -> str:
    if road["is_only_past"]:
        return "no way around one"
    if road["passes"]:
        return "passes one; there is a way around"
    return "perhaps" if road["perhaps_passes"] else "none is mapped"


@pytest.mark.parametrize(("radius_km", "reach_m"), [(1, 30), (1.2, 8), (4, 30)])
def test_the_page_says_what_python_says_and_asks_nobody(
    visit: Open,
    extract: Path,
    roads_dir: Path,
    over_http: Callable[[Path], str],
    radius_km: float,
    reach_m: int,
) -> None:
    expected = _by_python(extract, roads_dir, radius_km, reach_m)
    seen = visit(over_http(roads_dir / "site"), f"#14/{LAT}/{LON}")
    asked = _opened(seen)
    _set_number(seen, "Radius, kilometres", radius_km)
    _set_number(seen, "Reach of a camera, metres", reach_m)
    answer = seen.page.locator(".route-answer")
    expect(answer).to_contain_text(f"{radius_km} km around {LAT:.4f}, {LON:.4f}")
    expect(answer).to_contain_text(f"within {reach_m} m of one")

    if not expected["roads_in"]:
        expect(answer).to_contain_text("No larger road of this build leads across this circle.")
    else:
        assert expected["roads_in"] == 4
        told = answer.inner_text()
        count = expected["roads_in"]
        assert f"pass a plate reader: {expected['passing']} of {count} (" in told
        assert f"that passes none: {expected['only_past']} of {count} (" in told
        readers = f"{expected['readers_facing']} facing one, {expected['readers_perhaps']} of"
        assert readers in told
        kinds = {"primary": "primary road", "secondary": "secondary road", "trunk": "trunk road"}
        assert _rows(seen, 1) == [
            [road["name"] or "no name", kinds[road["road_class"]], _said(road)]
            for road in expected["roads"]
        ]
        for table, key in ((2, "by_maker"), (3, "by_operator")):
            assert _rows(seen, table) == [
                [row["name"] or "not known", str(row["facing"]), str(row["perhaps"])]
                for row in expected[key]
            ]
        assert ("end within the circle" in told) is not expected["extract_covers_circle"]
    assert asked == []
    assert seen.said == []


def test_a_circle_is_pressed_and_dragged_and_the_map_stays(
    visit: Open, extract: Path, roads_dir: Path
) -> None:
    expected = _by_python(extract, roads_dir, 1, 30)
    seen = visit(roads_dir / "site", f"#13/{LAT}/{LON + 0.02}")
    asked = _opened(seen)
    before = seen.bounds()
    seen.page.get_by_role("button", name="Press and drag on the map").click()
    edge = at(0, -1000)
    x, y = seen.screen_point(LON, LAT)
    seen.page.mouse.move(x, y)
    seen.page.mouse.down()
    seen.page.mouse.move(x, y + 20)
    seen.page.mouse.move(*seen.screen_point(edge["lon"], edge["lat"]))
    seen.page.mouse.up()
    answer = seen.page.locator(".route-answer")
    expect(answer).to_contain_text(
        f"pass a plate reader: {expected['passing']} of {expected['roads_in']} ("
    )
    assert float(seen.page.get_by_label("Radius, kilometres").input_value()) == 1
    assert seen.bounds() == before
    button = seen.page.get_by_role("button", name="Press and drag on the map")
    expect(button).to_have_attribute("aria-pressed", "false")
    # The gesture is over: the map moves again, and no camera was opened by it.
    expect(seen.page.locator("#drawer-title")).to_have_text("The roads into a town")
    seen.page.mouse.move(x, y)
    seen.page.mouse.down()
    seen.page.mouse.move(x + 60, y + 40, steps=4)
    seen.page.mouse.up()
    assert seen.bounds() != before
    assert [address for address in asked if "roads" in address or "route" in address] == []
    assert seen.said == []


def test_the_question_is_asked_with_the_keyboard_alone(visit: Open, roads_dir: Path) -> None:
    seen = visit(roads_dir / "site", f"#14/{LAT + 0.5}/{LON}")
    seen.page.locator("#cordon-open").focus()
    seen.page.keyboard.press("Enter")
    seen.page.locator("html[data-cordon=ready]").wait_for(state="attached")
    expect(seen.page.locator("#drawer-title")).to_be_focused()
    answer = seen.page.locator(".route-answer")
    expect(answer).to_contain_text("No larger road of this build leads across this circle.")
    seen.look_at(LAT, LON, 14)
    seen.page.get_by_role("button", name="Take the middle of the map").focus()
    seen.page.keyboard.press("Enter")
    _set_number(seen, "Radius, kilometres", 1)
    expect(answer).to_contain_text("pass a plate reader: 2 of 4 (50 %)")
    expect(answer).to_have_attribute("role", "status")
    # A radius of no town is taken back.
    _set_number(seen, "Radius, kilometres", 500)
    assert seen.page.get_by_label("Radius, kilometres").input_value() == "1"
    seen.page.keyboard.press("Escape")
    expect(seen.page.locator("#drawer")).to_be_hidden()


def test_a_place_leads_to_its_roads(visit: Open, roads_dir: Path) -> None:
    seen = visit(roads_dir / "site", "#place=DE/Berlin")
    seen.page.get_by_role("button", name="Which roads into this place pass").click()
    expect(seen.page.locator("#drawer-title")).to_have_text("The roads into Berlin")
    expect(seen.page.locator(".route-answer")).to_contain_text("15 km around 52.5")


def test_an_answer_of_overpass_says_why_it_cannot_answer(visit: Open, town_dir: Path) -> None:
    seen = visit(town_dir / "site")
    _opened(seen)
    expect(seen.page.locator(".route-answer")).to_contain_text(
        "This build holds the streets near cameras alone"
    )
    expect(seen.page.locator(".route-answer")).not_to_contain_text("%")
    assert seen.said == []


@pytest.mark.parametrize(
    ("context", "said"),
    [
        (None, "This build holds no streets"),
        (Basemap(roads=RoadsState.NO_READER), "No plate reader is mapped in this build"),
        (Basemap(roads=RoadsState.TOO_MANY), "more roads than a page can hold"),
    ],
)
def test_a_build_without_roads_says_why_it_cannot_answer(
    visit: Open, roads_dir: Path, context: Basemap | None, said: str
) -> None:
    body = script_text("roads", roads_payload(context))
    seen = visit(
        roads_dir / "site", routes={"**/data/roads.js": lambda route: route.fulfill(body=body)}
    )
    _opened(seen)
    expect(seen.page.locator(".route-answer")).to_contain_text(said)
    assert seen.page.locator(".route-table").count() == 0
    assert seen.said == []


def test_roads_that_do_not_come_are_said(visit: Open, roads_dir: Path) -> None:
    seen = visit(roads_dir / "site", routes={"**/data/roads.js": lambda route: route.abort()})
    seen.page.locator("#cordon-open").click()
    alert = seen.page.locator("#drawer").get_by_role("alert")
    expect(alert).to_contain_text("The file of roads could not be loaded")
    seen.page.unroute("**/data/roads.js")
    alert.get_by_role("button", name="Try again").click()
    expect(seen.page.locator(".route-answer")).to_contain_text("3 km around")
    expect(alert).to_be_empty()


def test_without_the_precisions_no_road_is_said_to_pass_a_reader(
    visit: Open, roads_dir: Path
) -> None:
    rough = _every_reader_within(1000, roads_dir)
    asked: list[str] = []

    def answer_the_second_time(route: Route) -> None:
        asked.append(route.request.url)
        if len(asked) == 1:
            route.abort()
        else:
            route.fulfill(body=rough)

    seen = visit(
        roads_dir / "site",
        f"#14/{LAT}/{LON}",
        routes={"**/data/route.js": answer_the_second_time},
    )
    _opened(seen)
    alert = seen.page.locator("#drawer").get_by_role("alert")
    expect(alert).to_contain_text("The operators and precisions of cameras could not be loaded")
    answer = seen.page.locator(".route-answer")
    _set_number(seen, "Radius, kilometres", 1)
    expect(answer).to_be_empty()
    alert.get_by_role("button", name="Try again").click()
    # Their direction is written, and says nothing of the road from a place that is this rough.
    expect(answer).to_contain_text("pass a plate reader: 0 of 4 (0 %)")
    expect(answer).to_contain_text("0 facing one, 3 of")
    expect(answer).to_contain_text("1 km around")
    expect(alert).to_be_empty()
    expect(seen.page.locator("#drawer-title")).to_be_focused()


@pytest.mark.parametrize(
    ("page_name", "width"), [("index.html", 1280), ("index.html", 390), ("ar/index.html", 390)]
)
def test_the_question_is_for_everybody(
    visit: Open, roads_dir: Path, page_name: str, width: int
) -> None:
    seen = visit(
        roads_dir / "site", f"#13/{LAT}/{LON}", width=width, height=844, page_name=page_name
    )
    if width < 600:
        seen.page.locator("#grip").click()
    _opened(seen)
    radius = seen.page.locator(".route-wish input").first
    radius.fill("1")
    radius.press("Tab")
    seen.page.locator(".route-table").first.wait_for()
    assert violations(seen.page) == []
    assert re.search(r"<b>East</b> Road", seen.text(".route-answer"))
    wide = seen.page.locator("#drawer-body").evaluate("body => body.scrollWidth - body.clientWidth")
    assert wide <= 1
