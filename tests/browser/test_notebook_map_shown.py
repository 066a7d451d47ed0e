"""The map of a notebook in a real browser: hostile values become text, and nobody is asked."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser
from shapely import Point

import mapper
from tests.release.factory import device, devices_frame
from tests.website.test_notebook_map import HOSTILE

pytestmark = pytest.mark.browser


def test_a_click_shows_every_value_as_its_own_text(browser: Browser, tmp_path: Path) -> None:
    text = " ".join(HOSTILE)
    rows = devices_frame([device(1, geometry=Point(24.94, 60.17), operator_name=text)])
    shown = mapper.explore(rows, ["camera_id", "operator_name"])
    page_file = tmp_path / "notebook.html"
    page_file.write_text(f"<!DOCTYPE html><body>{shown._repr_html_()}</body>", "utf-8")
    page = browser.new_page(viewport={"width": 800, "height": 600})
    asked: list[str] = []
    said: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.goto(page_file.as_uri())
    frame = page.frames[1]
    frame.wait_for_selector("canvas.leaflet-zoom-animated, canvas")
    box = page.locator("iframe").bounding_box()
    assert box is not None
    # One camera alone stands in the middle of the map; the line of credits below is no part of it.
    credit = frame.locator("#credit").bounding_box()
    assert credit is not None
    page.mouse.click(box["x"] + box["width"] / 2, (box["y"] + credit["y"]) / 2)
    frame.wait_for_selector(".leaflet-popup dd")
    assert frame.locator(".leaflet-popup dd").all_text_contents() == ["osm:node/1", text]
    assert frame.locator(".leaflet-popup :is(script, img, svg)").count() == 0
    assert frame.evaluate("window.hacked") is None
    assert [url for url in asked if not url.startswith(("file:", "data:", "about:"))] == []
    assert said == []
    page.close()
