"""
A release of 1,000 hostile cameras in a real browser.

No dialog, no script of theirs, no error, no foreign request, no element that a value made, and
every value shown as its own text: once through the whole pipeline, and once from frames that
skipped all cleaning, so that the page is safe by itself.
"""

import json
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import pytest

from mapper.model.progress import NoProgress
from mapper.pipeline.building import build
from mapper.settings import Settings
from mapper.website.build import SiteContent, build_site
from mapper.website.serve import serving
from tests.browser.visit import Visit
from tests.website.frames import content, frame, organisation, release_info
from tests.website.hostile_cameras import (
    MARKUP,
    PAYLOADS,
    PRODUCT,
    TEMPLATES,
    hostile_body,
    hostile_rows,
    place_of,
)

pytestmark = pytest.mark.browser

Open = Callable[..., Visit]

_COUNT = 1_000
_SPAWNS = frozenset(
    {"subprocess.Popen", "os.system", "os.exec", "os.posix_spawn", "os.spawn", "os.fork"}
)
_SHOWN = ("operator_name", "vendor_as_written")
"""Columns that the drawer always shows as the source wrote them, where it has them."""

_NEVER = "script, img, iframe, object, embed, form, style, link, meta, base, video, audio"
"""Elements that no part of the page makes from data."""

_spawned: list[str] = []
_watching = [False]


def _watch(event: str, arguments: tuple[object, ...]) -> None:
    if _watching[0] and event in _SPAWNS:
        _spawned.append(f"{event} {arguments!r}")


sys.addaudithook(_watch)


@dataclass
class _Site:
    """A built site, and the texts that each camera's drawer must show."""

    folder: Path
    shown: dict[str, set[str]]
    spawned: list[str] = field(default_factory=list)
    is_uncleaned: bool = False


def _through_the_pipeline(folder: Path) -> gpd.GeoDataFrame:
    source = folder / "hostile.json"
    source.write_text(json.dumps(hostile_body(_COUNT)), encoding="utf-8")
    build([str(source)], settings=Settings(out_dir=folder), progress=NoProgress())
    (released,) = (folder / "release").glob("*/cameras_osm.parquet")
    return gpd.read_parquet(released)


def _uncleaned(folder: Path) -> gpd.GeoDataFrame:
    # Names that the registry's own checks would refuse are left to the other texts.
    names = [name for name in MARKUP if "http" not in name]
    vendors = [organisation(f"vendor-{number}", names[number % len(names)]) for number in range(20)]
    cameras = frame(list(hostile_rows(_COUNT)))
    info = release_info(
        _COUNT,
        title=PAYLOADS[0],
        attribution="<img src=x onerror=alert(1)>",
        url="javascript:alert(1)",
        completeness_basis="</script>",
    )
    plain = content(cameras, *vendors)
    build_site(
        SiteContent(cameras, plain.other_devices, plain.registry, info),
        settings=Settings(out_dir=folder),
    )
    return cameras


_MAKERS = {"through the pipeline": _through_the_pipeline, "uncleaned": _uncleaned}


@pytest.fixture(scope="module", params=list(_MAKERS))
def site(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> _Site:
    """Build the hostile site, watched."""
    folder = tmp_path_factory.mktemp("hostile")
    _spawned.clear()
    _watching[0] = True
    try:
        cameras = _MAKERS[request.param](folder)
    finally:
        _watching[0] = False
    shown = {row["camera_id"]: _shown(row) for row in cameras.to_dict("records")}
    assert len(shown) == _COUNT
    return _Site(folder / "site", shown, list(_spawned), request.param == "uncleaned")


def _shown(row: dict[Any, Any]) -> set[str]:
    # A direction that was read is shown in degrees, and no longer as it was written.
    read = isinstance(row["directions_deg"], list | np.ndarray) and len(row["directions_deg"]) > 0
    names = _SHOWN if read else (*_SHOWN, "directions_as_written")
    return {row[name] for name in names if isinstance(row[name], str)}


def _check(seen: Visit) -> None:
    """Check all that must not have happened; the console tells of policy violations too."""
    assert seen.said == []
    assert seen.foreign == []
    assert seen.cookies() == []
    assert seen.page.evaluate("window.__x === undefined")
    assert len(seen.page.context.pages) == 1
    assert PRODUCT not in seen.page.content()


_OPEN_EVERY_CAMERA = """
async ([count, never]) => {
  const opened = [];
  const drawer = document.getElementById("drawer");
  for (let row = 0; row < count; row++) {
    const detail = { row, fromList: false };
    document.dispatchEvent(new CustomEvent("wc:select", { detail }));
    while (drawer.dataset.row !== String(row)) await new Promise((go) => setTimeout(go, 0));
    opened.push({
      id: drawer.dataset.camera,
      shown: [...drawer.querySelectorAll("bdi")].map((node) => node.textContent),
      links: [...drawer.querySelectorAll("a")].map((a) =>
        [new URL(a.href).protocol, a.rel, new URL(a.href).origin === location.origin]),
      made: [...drawer.querySelectorAll(never)].map((node) => node.outerHTML),
      handlers: [...drawer.querySelectorAll("*")].filter((node) =>
        [...node.attributes].some((one) => one.name.startsWith("on"))).length,
    });
  }
  return opened;
}
"""


def test_building_it_spawned_nothing(site: _Site) -> None:
    assert site.spawned == []


def test_every_camera_opens_and_shows_its_values_as_their_own_text(
    site: _Site, visit: Open
) -> None:
    with serving(site.folder, port=0) as url:
        seen = visit(url.rstrip("/"))
        opened: list[dict[str, Any]] = seen.page.evaluate(_OPEN_EVERY_CAMERA, [_COUNT, _NEVER])
        _check(seen)
    assert {camera["id"] for camera in opened} == set(site.shown)
    for camera in opened:
        assert site.shown[camera["id"]] <= set(camera["shown"]), camera["id"]
        assert camera["made"] == []
        assert camera["handlers"] == 0
        for protocol, rel, is_own in camera["links"]:
            assert protocol in {"http:", "https:"}
            assert is_own or {"noopener", "noreferrer", "nofollow"} <= set(rel.split())
    # The gate withholds most of what is no word of a vocabulary and no known name; what was
    # never cleaned arrives whole.
    hostile = {text for texts in site.shown.values() for text in texts}
    assert len(hostile) > (len(PAYLOADS) / 2 if site.is_uncleaned else 5)


def test_filter_list_and_search_show_hostile_values_as_text(site: _Site, visit: Open) -> None:
    seen = visit(site.folder)
    page = seen.page
    for text in (*TEMPLATES, *MARKUP):
        page.locator("#search").fill(text)
    page.locator("#search").fill("")
    page.locator("#tab-list").click()
    page.locator("#pane-list .rows button").first.wait_for()
    made = page.evaluate(
        "never => [...document.querySelectorAll('#panel, #found, #legend, #credit, #notice')]"
        ".flatMap(part => [...part.querySelectorAll(never)]).map(node => node.outerHTML)",
        _NEVER,
    )
    assert made == []
    _check(seen)


def test_clicks_on_the_map_open_hostile_cameras(site: _Site, visit: Open) -> None:
    seen = visit(site.folder, "#18/60.16700/24.93900")
    for number in (336, 337, 297, 298):
        seen.click_at(*place_of(number))
        seen.page.locator("#drawer").wait_for(state="visible")
        chosen = seen.page.locator("#drawer").get_attribute("data-camera")
        assert chosen in site.shown
        seen.page.locator("#drawer-close").click()
    _check(seen)


def test_it_is_as_safe_from_a_folder_with_no_server(site: _Site, visit: Open) -> None:
    seen = visit(site.folder)
    opened = seen.page.evaluate(_OPEN_EVERY_CAMERA, [100, _NEVER])
    assert len(opened) == 100
    assert all(camera["made"] == [] for camera in opened)
    _check(seen)
