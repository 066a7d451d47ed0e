"""What a reader takes away: a link, a frame, what is in view as files, a picture."""

import csv
import io
import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pypdfium2
import pytest
from playwright.sync_api import Route, expect

from tests.browser.axe_views import violations
from tests.browser.visit import Visit

pytestmark = pytest.mark.browser

Open = Callable[..., Visit]

_TOWN = "#14/41.31200/-119.04500"


def _menu(visit: Open, where: Path | str, fragment: str = _TOWN, **wishes: object) -> Visit:
    seen = visit(where, fragment, **wishes)
    seen.page.locator("html[data-deployments=true]").wait_for(state="attached")
    seen.page.get_by_role("button", name="Share and take away").click()
    expect(seen.page.get_by_role("dialog")).to_be_visible()
    return seen


def _taken(seen: Visit, button: str) -> tuple[str, bytes]:
    with seen.page.expect_download() as download:
        seen.page.get_by_role("button", name=button).click()
    return download.value.suggested_filename, Path(download.value.path()).read_bytes()


def _wait_for_zoom_beyond(seen: Visit, zoom: float) -> None:
    # The page's policy lets nothing evaluate a text, so the question is put again from here.
    for _ in range(50):
        if seen.page.evaluate("site_map.getZoom()") > zoom:
            return
        seen.page.wait_for_timeout(100)
    pytest.fail(f"the map stays at {zoom}")


def _rows(body: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(body.decode("utf-8-sig"))))


def test_cameras_in_view_are_a_file_whose_every_row_says_its_licence_and_how_to_cite_it(
    visit: Open, town_dir: Path
) -> None:
    seen = _menu(visit, town_dir / "site", _TOWN + "&kind=plate_reader")

    name, body = _taken(seen, "Cameras, CSV")

    rows = _rows(body)
    assert name.endswith("_cameras.csv")
    assert len(rows) == seen.number("#count") == 12
    assert {row["device_type"] for row in rows} == {"plate_reader"}
    assert {row["license_id"] for row in rows} == {"ODbL-1.0"}
    assert all("OpenStreetMap contributors, ODbL-1.0" in row["attribution"] for row in rows)
    cited = (town_dir / "site" / "data.html").read_text("utf-8")
    assert all(row["citation"].split("(")[0] in cited for row in rows)
    assert all(len(row["citation"]) > 40 for row in rows)
    assert len({row["camera_id"] for row in rows}) == 12
    assert seen.foreign == []
    assert seen.said == []


def test_rows_of_a_list_that_states_no_licence_are_not_handed_on(
    visit: Open, town_dir: Path, tmp_path: Path
) -> None:
    site = shutil.copytree(town_dir / "site", tmp_path / "site")
    meta = site / "data" / "meta.js"
    text = meta.read_text("utf-8")
    (title,) = re.findall(r'"title": ?("[^"]+")', text)
    told, count = re.subn(r'"local": ?\[\]', f'"local":[{title}]', text)
    assert count == 1
    meta.write_text(told, "utf-8")
    seen = _menu(visit, site)

    _, body = _taken(seen, "Cameras, CSV")

    assert _rows(body) == []
    expect(seen.page.get_by_role("dialog")).to_contain_text("On this machine only")


def test_systems_in_view_are_a_file_of_their_own(visit: Open, town_dir: Path) -> None:
    seen = _menu(visit, town_dir / "site", "#9/55.75222/37.61556")

    _, body = _taken(seen, "Systems, CSV")

    rows = {row["deployment_id"]: row for row in _rows(body)}
    moscow = rows["moscow-city-video"]
    assert moscow["suppliers"] == "NtechLab; Synesis; Tevian; VisionLabs"
    assert moscow["license_id"] == "CC-BY-4.0"
    assert moscow["cameras_by_source"].endswith("installed (2022)")


def test_the_view_is_a_geojson_with_its_source_inside(visit: Open, town_dir: Path) -> None:
    seen = _menu(visit, town_dir / "site")

    _, body = _taken(seen, "Both, GeoJSON")

    told: dict[str, Any] = json.loads(body)
    kinds = [one["properties"]["record"] for one in told["features"]]
    assert kinds.count("camera") == seen.number("#count")
    assert told["license"] == "ODbL-1.0 AND CC-BY-4.0"
    assert told["citation"]
    assert told["view"].startswith(_TOWN)
    for one in told["features"]:
        lon_deg, lat_deg = one["geometry"]["coordinates"]
        assert -119.2 < lon_deg < -118.9
        assert 41.2 < lat_deg < 41.4


def test_the_picture_carries_its_source(visit: Open, town_dir: Path) -> None:
    seen = _menu(visit, town_dir / "site", width=600, height=700)

    name, body = _taken(seen, "Picture, PNG")

    assert name.endswith("_view.png")
    assert body.startswith(b"\x89PNG")
    # Drawn again by the browser: below the map stand lines of dark words on paper.
    seen.page.keyboard.press("Escape")
    pixels = seen.page.evaluate(
        """async bytes => {
          const image = await createImageBitmap(new Blob([new Uint8Array(bytes)]));
          const canvas = new OffscreenCanvas(image.width, image.height);
          const context = canvas.getContext("2d");
          context.drawImage(image, 0, 0);
          const map = site_map.getSize();
          const foot = image.height - 2 * map.y;
          const data = context.getImageData(0, 2 * map.y, image.width, foot).data;
          let dark = 0;
          for (let i = 0; i < data.length; i += 4) if (data[i] < 80) dark++;
          return [image.width, 2 * map.x, foot, dark];
        }""",
        list(body),
    )
    width, wanted, foot, dark = pixels
    assert width == wanted
    assert foot > 100
    assert dark > 1500


def test_over_a_network_the_link_and_the_frame_lead_to_this_view(
    visit: Open, town_dir: Path, over_http: Callable[[Path], str]
) -> None:
    base = over_http(town_dir / "site")
    seen = _menu(visit, base, _TOWN + "&vendor=flock-safety")
    link = seen.page.get_by_label("Link to this view").input_value()
    frame = seen.page.get_by_label("For another page").input_value()

    assert link.startswith(f"{base}/index.html{_TOWN}")
    assert "vendor=flock-safety" in link
    again = visit(base, "#" + link.partition("#")[2])
    assert again.number("#count") == seen.number("#count")
    page = seen.page.context.new_page()
    page.set_content(f"<style>body {{ margin: 0 }}</style><main>{frame}</main>")
    inside = page.frame_locator("iframe")
    expect(inside.locator("html[data-ready=true]")).to_be_attached()
    expect(inside.locator("#panel")).to_be_hidden()
    expect(inside.locator("#credit")).to_be_visible()


def test_in_a_folder_the_link_does_not_name_the_machine(visit: Open, town_dir: Path) -> None:
    seen = _menu(visit, town_dir / "site")

    assert seen.page.get_by_label("Link to this view").input_value().startswith("#14/")
    assert str(town_dir) not in seen.page.get_by_role("dialog").inner_text()
    expect(seen.page.get_by_label("For another page")).to_have_count(0)


@pytest.mark.parametrize(("width", "theme"), [(1280, "light"), (320, "dark")])
def test_the_menu_is_for_everybody_and_escape_ends_it_alone(
    visit: Open, town_dir: Path, width: int, theme: str
) -> None:
    # On a phone an open drawer leaves no room for the button.
    is_wide = width > 760
    address = _TOWN + ("&camera=osm:node/900000100007" if is_wide else "")
    seen = visit(town_dir / "site", address, width=width, height=640, theme=theme)
    expect(seen.page.locator("#drawer")).to_be_visible(visible=is_wide)
    button = seen.page.get_by_role("button", name="Share and take away")
    button.focus()
    seen.page.keyboard.press("Enter")
    dialog = seen.page.get_by_role("dialog")
    expect(dialog).to_be_visible()

    assert violations(seen.page) == []
    assert dialog.evaluate("d => d.scrollWidth <= d.clientWidth")
    for _ in range(12):
        seen.page.keyboard.press("Tab")
        assert seen.page.evaluate(
            "document.activeElement === document.body"
            " || document.getElementById('share').contains(document.activeElement)"
        )
    seen.page.keyboard.press("Escape")

    expect(dialog).to_be_hidden()
    expect(seen.page.locator("#drawer")).to_be_visible(visible=is_wide)


def test_in_a_frame_the_wheel_is_the_pages_until_it_is_asked_for(
    visit: Open, town_dir: Path
) -> None:
    seen = visit(town_dir / "site", "#embed&14/41.31200/-119.04500")
    seen.page.mouse.move(640, 300)
    zoom = "site_map.getZoom()"

    seen.page.mouse.wheel(0, -300)
    expect(seen.page.locator("#wheel-hint")).to_contain_text("Ctrl")
    seen.page.wait_for_timeout(300)
    assert seen.page.evaluate(zoom) == 14

    seen.page.keyboard.down("Control")
    seen.page.mouse.wheel(0, -300)
    seen.page.keyboard.up("Control")
    _wait_for_zoom_beyond(seen, 14)
    inner = seen.page.evaluate(zoom)

    seen.page.mouse.wheel(0, -300)
    seen.page.wait_for_timeout(300)
    assert seen.page.evaluate(zoom) == inner
    seen.page.mouse.click(640, 300)
    seen.page.mouse.wheel(0, -300)
    _wait_for_zoom_beyond(seen, inner)


def test_a_sheet_of_paper_has_the_map_the_list_and_the_day(visit: Open, town_dir: Path) -> None:
    seen = visit(town_dir / "site", _TOWN)

    document = pypdfium2.PdfDocument(seen.page.pdf(format="A4", print_background=True))

    text = "".join(page.get_textpage().get_text_bounded() for page in document)
    pixels = document[0].render(scale=1).to_numpy()
    document.close()
    assert "59 cameras in view" in text
    assert "Plate reader, Flock Safety" in text
    assert "OpenStreetMap contributors" in text
    assert "cameras of" in text
    # The menu is named by the note on ids that had not come, and is not on the sheet itself.
    assert "Copy" not in text
    assert len(np.unique(pixels.reshape(-1, pixels.shape[2]), axis=0)) > 50


def test_the_sheet_waits_for_the_ids_of_its_cameras(visit: Open, town_dir: Path) -> None:
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    seen = _menu(
        visit,
        town_dir / "site",
        routes={"**/data/details/*.js": hold},
        before="window.print = () => {"
        " window.printed = document.querySelectorAll('#pane-list .id').length; }",
    )
    seen.page.get_by_role("button", name="Print").click()
    seen.page.wait_for_timeout(300)
    assert seen.page.evaluate("window.printed") is None

    for route in held:
        route.continue_()
    for _ in range(50):
        if seen.page.evaluate("window.printed"):
            break
        seen.page.wait_for_timeout(100)
    rows = seen.page.locator("#pane-list .rows").first.locator("button").count()
    assert seen.page.evaluate("window.printed") == rows > 10


def test_one_finger_in_a_frame_scrolls_the_page_around_it_and_two_move_the_map(
    visit: Open, town_dir: Path
) -> None:
    seen = visit(town_dir / "site", "#embed&14/41.31200/-119.04500", width=390, height=600)
    finger = seen.page.context.new_cdp_session(seen.page)
    before = seen.bounds()

    def drag(*places: tuple[int, int]) -> None:
        steps = [("touchStart", 0), *(("touchMove", 20 * step) for step in range(1, 6))]
        for kind, moved in [*steps, ("touchEnd", 0)]:
            points = [] if kind == "touchEnd" else [{"x": x, "y": y - moved} for x, y in places]
            finger.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})
            seen.page.wait_for_timeout(30)

    drag((200, 350))
    expect(seen.page.locator("#wheel-hint")).to_contain_text("two fingers")
    assert seen.bounds() == before
    assert "pan-y" in seen.page.locator("#map").evaluate("e => getComputedStyle(e).touchAction")

    drag((120, 350), (280, 350))
    for _ in range(30):
        if seen.bounds() != before:
            break
        seen.page.wait_for_timeout(100)
    assert seen.bounds() != before
