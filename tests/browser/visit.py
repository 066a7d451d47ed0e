"""One visit to a built page: what was asked, what was said, and how to look at it."""

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any, Literal

from playwright.sync_api import Browser, Page, Route

_OWN = re.compile(r"^(file:///|http://127\.0\.0\.1:|data:|blob:)")
READY_MS = 15_000


class Visit:
    """
    A page opened in its own context.

    Attributes
    ----------
    said
        Everything that reached the console or broke: errors, policy reports, failed requests.
    foreign
        Addresses asked for outside the page's own origin.
    """

    def __init__(  # noqa: PLR0913 - what a reader's browser can differ in
        self,
        browser: Browser,
        where: Path | str,
        fragment: str = "#map",
        *,
        width: int = 1280,
        height: int = 800,
        theme: str = "light",
        javascript: bool = True,
        wait: bool = True,
        routes: dict[str, Callable[[Route], None]] | None = None,
        page_name: str = "index.html",
        density: float = 1,
        motion: bool = False,
        before: str | None = None,
        waited_for: Literal["commit", "domcontentloaded"] = "domcontentloaded",
    ) -> None:
        self._context = browser.new_context(
            viewport={"width": width, "height": height},
            color_scheme="dark" if theme == "dark" else "light",
            java_script_enabled=javascript,
            has_touch=width < 600,
            reduced_motion="no-preference" if motion else "reduce",
            device_scale_factor=density,
            locale="en-GB",
        )
        self.said: list[str] = []
        self.foreign: list[str] = []
        self.page: Page = self._context.new_page()
        self.page.on("console", lambda message: self.said.append(f"{message.type}: {message.text}"))
        self.page.on("pageerror", lambda error: self.said.append(f"error: {error}"))
        self.page.on("dialog", lambda dialog: self.said.append(f"dialog: {dialog.message}"))
        self.page.on("request", lambda request: self._note(request.url))
        if before is not None:
            self.page.add_init_script(before)
        for pattern, answer in (routes or {}).items():
            self.page.route(pattern, answer)
        self.base = f"file://{where}" if isinstance(where, Path) else where
        self.page.goto(f"{self.base}/{page_name}{fragment}", wait_until=waited_for)
        if wait and javascript:
            self.wait_ready()

    def _note(self, url: str) -> None:
        if not _OWN.match(url):
            self.foreign.append(url)

    def wait_ready(self) -> None:
        """Wait until the exact count of the view stands in the page."""
        self.page.locator("html[data-ready=true]").wait_for(state="attached", timeout=READY_MS)

    def wait_until(self, condition: str) -> None:
        """
        Wait until an expression of the page is true.

        The browser's own ``wait_for_function`` evaluates text anew at each look, which the policy
        of our pages refuses from the second look on: a test that had to wait would fail.
        """
        self.page.evaluate(
            "() => new Promise((tell, fail) => {"
            f" const until_ms = performance.now() + {READY_MS};"
            f" const look = () => {{ if ({condition}) tell();"
            f" else if (performance.now() > until_ms) fail(new Error({json.dumps(condition)}));"
            " else setTimeout(look, 20); }; look(); })"
        )

    def close(self) -> None:
        """End the visit."""
        self._context.close()

    def number_of_cameras_drawn(self) -> int:
        """Count the pixels that the layer of cameras has drawn on."""
        count: int = self.page.evaluate(
            "() => { const c = document.querySelector('.leaflet-wc-cameras-pane canvas');"
            " const d = c.getContext('2d').getImageData(0, 0, c.width, c.height).data;"
            " let n = 0; for (let i = 3; i < d.length; i += 4) if (d[i]) n++; return n; }"
        )
        return count

    def cookies(self) -> list[Any]:
        """Return the cookies that were set."""
        return list(self._context.cookies())

    def text(self, selector: str) -> str:
        """Return the text of an element as a reader sees it."""
        return self.page.locator(selector).inner_text().strip()

    def number(self, selector: str) -> int:
        """Return the number an element shows."""
        return int(self.text(selector).replace(",", ""))

    def bounds(self) -> tuple[float, float, float, float]:
        """Return west, south, east, north of the view in degrees."""
        west, south, east, north = self.page.evaluate(
            "(() => { const b = site_map.getBounds();"
            " return [b.getWest(), b.getSouth(), b.getEast(), b.getNorth()]; })()"
        )
        return west, south, east, north

    def look_at(self, lat_deg: float, lon_deg: float, zoom: int) -> None:
        """Move the map there at once; the counts follow in the same turn."""
        self.page.evaluate(
            "([lat, lon, zoom]) => void site_map.setView([lat, lon], zoom, {animate: false})",
            [lat_deg, lon_deg, zoom],
        )

    def address(self) -> str:
        """Return the fragment, once the page has noted what was done: that comes a turn later."""
        fragment: str = self.page.evaluate(
            "() => new Promise((tell) => requestAnimationFrame(() => requestAnimationFrame("
            "() => setTimeout(() => tell(location.hash), 50))))"
        )
        return fragment

    def screen_point(self, lon_deg: float, lat_deg: float) -> tuple[float, float]:
        """Return the pixel of the window that a position is drawn at."""
        x, y = self.page.evaluate(
            "([lon, lat]) => { const at = site_map.latLngToContainerPoint([lat, lon]);"
            " const box = site_map.getContainer().getBoundingClientRect();"
            " return [at.x + box.left, at.y + box.top]; }",
            [lon_deg, lat_deg],
        )
        return x, y

    def click_at(self, lon_deg: float, lat_deg: float) -> None:
        """Click the map at a position."""
        self.page.mouse.click(*self.screen_point(lon_deg, lat_deg))

    def facet(self, group: str) -> dict[str, int]:
        """Return the counts that a filter group shows, by name."""
        rows = self.page.locator(f'[role="group"][aria-label="{group}"] label')
        pairs = rows.evaluate_all(
            "rows => rows.map(r => [r.querySelector('bdi').textContent,"
            " r.querySelector('.n').textContent])"
        )
        return {name: int(count.replace(",", "")) for name, count in pairs}

    def tick(self, group: str, name: str) -> None:
        """Tick one value of a filter group."""
        row = self.page.locator(f'[role="group"][aria-label="{group}"] label').filter(
            has=self.page.get_by_text(name, exact=True)
        )
        row.locator("input").check()

    def press(self, group: str, name: str) -> None:
        """Press "only" or "all but" of a filter group."""
        switch = self.page.locator(f'.facet[aria-label="{group}"] .how')
        switch.get_by_role("button", name=name, exact=True).click()
