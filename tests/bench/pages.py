"""The page in a real Chromium beside what folium's own layers do with the same cameras."""

import io
import os
import re
import shutil
import subprocess
import tarfile
import tempfile
from collections.abc import Iterator
from pathlib import Path
from statistics import median

import folium
from folium.plugins import FastMarkerCluster
from playwright.sync_api import Browser, Page, Route, ViewportSize, sync_playwright
from xstatic.pkg import leaflet

import mapper
from mapper.website.serve import serving
from tests.bench.measure import Row

_ARGUMENTS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
# What folium asks of content hosts; nothing of it leaves this machine.
_WEB = re.compile("^https?:")
_VIEW: ViewportSize = {"width": 1280, "height": 800}
_TRIES = 5
_MARKERS = 5_000
_READY = "document.documentElement.dataset.ready === 'true'"
_READY_MS = "performance.getEntriesByName('wc-ready')[0].startTime"
_PAINT_MS = "performance.getEntriesByName('wc-first-paint')[0].startTime"

# The handler of the change, and the drawing in the frame after it: between a callback asked for
# before the drawing's own and one asked for after it.
_FILTER_MS = """
async () => {
  const box = document.querySelector('#pane-filter input[type=checkbox]');
  const spent = [];
  for (let turn = 0; turn < 20; turn += 1) {
    await new Promise((done) => setTimeout(done, 60));
    let frame = 0;
    requestAnimationFrame(() => { frame = performance.now(); });
    const begun = performance.now();
    box.click();
    const handled = performance.now() - begun;
    spent.push(await new Promise((done) => requestAnimationFrame(() => {
      done(handled + performance.now() - frame);
    })));
  }
  return spent;
}
"""


def rows(out_dir: Path) -> Iterator[Row]:
    """Open our page five times, then the peers."""
    with sync_playwright() as playwright:
        program = os.environ.get("CHROMIUM_PATH") or shutil.which("chromium")
        browser = playwright.chromium.launch(executable_path=program, args=list(_ARGUMENTS))
        with serving(out_dir / "site") as url:
            ready, paint = _ours(browser, url)
            filtered = _filter_ms(browser, url)
        peers = _peers(browser, out_dir)
        browser.close()
    cluster = peers.get("FastMarkerCluster, all cameras")
    yield Row(
        "page ready, 192,514 objects, median of 5",
        ready,
        "s",
        0.5,
        peer="folium FastMarkerCluster, s" if cluster else "FastMarkerCluster not measured",
        peer_value=cluster,
    )
    yield Row("first paint on localhost, median of 5", paint, "s")
    yield Row("filter and redraw, median of 20", filtered, "ms", 16)
    markers = peers.get("Marker, 5,000 cameras")
    if markers:
        yield Row("folium Marker, 5,000 of the cameras, for comparison", markers, "s")


def _ours(browser: Browser, url: str) -> tuple[float, float]:
    ready, paint = [], []
    for _ in range(_TRIES):
        page = browser.new_page(viewport=_VIEW)
        page.goto(url)
        page.wait_for_function(_READY, timeout=60_000)
        ready.append(float(page.evaluate(_READY_MS)) / 1000)
        paint.append(float(page.evaluate(_PAINT_MS)) / 1000)
        page.close()
    return median(ready), median(paint)


def _filter_ms(browser: Browser, url: str) -> float:
    page = browser.new_page(viewport=_VIEW)
    page.goto(url)
    page.wait_for_function(_READY, timeout=60_000)
    spent: list[float] = page.evaluate(_FILTER_MS)
    page.close()
    return median(spent)


def _peers(browser: Browser, out_dir: Path) -> dict[str, float]:
    """Build folium's own pages of the same cameras, and time them with local libraries."""
    if shutil.which("npm") is None:
        return {}
    libraries = _libraries()
    cameras = mapper.load(out_dir)
    places = list(zip(cameras.geometry.y, cameras.geometry.x, strict=True))
    cluster = folium.Map([30, 0], zoom_start=3, tiles=None, maxZoom=18)
    FastMarkerCluster(places, options={"maxZoom": 18}).add_to(cluster)  # type: ignore[no-untyped-call]
    markers = folium.Map([30, 0], zoom_start=3, tiles=None, maxZoom=18)
    for place in places[:_MARKERS]:
        folium.Marker(place).add_to(markers)
    found = {}
    pages = {"FastMarkerCluster, all cameras": cluster, "Marker, 5,000 cameras": markers}
    for name, built in pages.items():
        path = out_dir / "peer.html"
        built.save(path)
        page = browser.new_page(viewport=_VIEW)
        found[name] = _time_peer(page, path, libraries)
        page.close()
        path.unlink()
    return found


def _time_peer(page: Page, path: Path, libraries: dict[str, bytes]) -> float:
    def answer(route: Route) -> None:
        name = route.request.url.rpartition("/")[2].partition("?")[0]
        route.fulfill(body=libraries.get(name, b""), headers={"Access-Control-Allow-Origin": "*"})

    page.route(_WEB, answer)
    page.goto(path.as_uri(), timeout=180_000)
    # Attached, not visible: the pictures of the pins come from a host that is not asked.
    page.wait_for_selector(".leaflet-marker-icon", state="attached", timeout=120_000)
    return float(page.evaluate("performance.now()")) / 1000


def _libraries() -> dict[str, bytes]:
    """Fetch what folium's pages ask of content hosts, from the package registry, by name."""
    found = {"leaflet.js": (Path(leaflet.BASE_DIR) / "leaflet.js").read_bytes()}
    with tempfile.TemporaryDirectory() as folder:
        names = ["leaflet.markercluster", "leaflet.awesome-markers", "jquery"]
        npm = shutil.which("npm") or "npm"
        command = [npm, "pack", "--silent", *names]
        subprocess.run(command, cwd=folder, check=True, capture_output=True)  # noqa: S603 - our own
        for archive in Path(folder).glob("*.tgz"):
            with tarfile.open(fileobj=io.BytesIO(archive.read_bytes())) as files:
                for member in files:
                    wanted = member.name.endswith((".js", ".css")) and "/dist/" in member.name
                    body = files.extractfile(member) if wanted else None
                    if body is not None:
                        found[member.name.rpartition("/")[2]] = body.read()
    if "jquery.min.js" in found:
        found.setdefault("jquery-3.7.1.min.js", found["jquery.min.js"])
    return found
