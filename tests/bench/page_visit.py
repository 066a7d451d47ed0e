"""
One visit of a page in a Chromium of its own: when what was there, what it took.

Times are from the start of the navigation. A fresh process each time: no cache of code or files,
and memory that nothing else of the browser shares.
"""

import os
import shutil
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any

from playwright.sync_api import Browser, CDPSession, Page, Playwright, ViewportSize

VIEW: ViewportSize = {"width": 1280, "height": 800}
_ARGUMENTS = (
    "--no-sandbox",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--enable-precise-memory-info",
    # MapLibre needs WebGL, which a machine without a graphics card draws by its processor.
    "--use-gl=angle",
    "--use-angle=swiftshader",
    "--enable-unsafe-swiftshader",
    "--ignore-gpu-blocklist",
)
_MB = 1e6
_KIB = 1024
_POLL_S = 0.1

_WATCH = """
globalThis.watched = { tasks: [] };
new PerformanceObserver((list) => {
  for (const task of list.getEntries()) watched.tasks.push([task.startTime, task.duration]);
}).observe({ type: "longtask", buffered: true });
"""


@dataclass(frozen=True, slots=True)
class Line:
    """
    What a visit is slowed down to; zeros slow nothing.

    Attributes
    ----------
    processor
        How many times slower than this machine's.
    """

    name: str
    processor: int = 1
    bytes_per_s: int = 0
    latency_ms: int = 0


FULL = Line("not throttled")
SLOW = Line("processor / 6, 1.6 Mbit/s, 150 ms", 6, 200_000, 150)


@dataclass(frozen=True, slots=True)
class Subject:
    """
    A page and the moments that are asked of it.

    Attributes
    ----------
    moments
        By name, expressions that give milliseconds since the start, or null until it came.
    settled
        An expression that holds when nothing more comes by itself.
    """

    name: str
    folder: Path
    moments: Mapping[str, str]
    settled: str


@dataclass(frozen=True, slots=True)
class Visit:
    """
    What a visit gave.

    Attributes
    ----------
    moments_ms
        By name, since the start of the navigation.
    first_kb, total_kb
        Sent to the page up to the first moment's end and in all, packed, in thousands of bytes.
    heap_mb, arrays_mb
        Of JavaScript after a collection, in MB: objects, and the memory of typed arrays.
    process_mb
        What the page's process takes by itself and its share of what it shares (PSS), in MB.
    cpu_s
        Processor seconds of the page's process up to where it settled.
    """

    moments_ms: Mapping[str, float]
    longest_task_ms: float
    first_kb: float
    total_kb: float
    heap_mb: float
    arrays_mb: float
    process_mb: float
    cpu_s: float


def started(playwright: Playwright) -> Browser:
    """Start a Chromium of its own, as every visit has it."""
    program = os.environ.get("CHROMIUM_PATH") or shutil.which("chromium")
    return playwright.chromium.launch(executable_path=program, args=list(_ARGUMENTS))


def _slow_down(session: CDPSession, line: Line) -> None:
    session.send("Network.enable")
    if line.processor > 1:
        session.send("Emulation.setCPUThrottlingRate", {"rate": line.processor})
    if line.bytes_per_s:
        session.send(
            "Network.emulateNetworkConditions",
            {
                "offline": False,
                "latency": line.latency_ms,
                "downloadThroughput": line.bytes_per_s,
                "uploadThroughput": line.bytes_per_s // 2,
            },
        )


def _page_process(browser: Browser) -> tuple[int, float]:
    """Find the busiest process of a page: its number and its processor seconds."""
    session = browser.new_browser_cdp_session()
    listed = session.send("SystemInfo.getProcessInfo")["processInfo"]
    session.detach()
    pages = [each for each in listed if each["type"] == "renderer"]
    busiest = max(pages, key=lambda each: float(each["cpuTime"]))
    return int(busiest["id"]), float(busiest["cpuTime"])


def _process_mb(pid: int) -> float:
    for row in Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii").splitlines():
        if row.startswith("Pss:"):
            return int(row.split()[1]) * _KIB / _MB
    msg = f"process {pid} does not say what it takes"
    raise RuntimeError(msg)


def _waited(page: Page, expression: str, timeout_s: float) -> Any:  # noqa: ANN401 - whatever it gives
    # Asked from outside and seldom, so that asking is no part of what is measured.
    ends_s = time.monotonic() + timeout_s
    while time.monotonic() < ends_s:
        value = page.evaluate(expression)
        if value not in (None, False):
            return value
        time.sleep(_POLL_S)
    msg = f"{page.url} did not come to {expression} in {timeout_s:.0f} s"
    raise RuntimeError(msg)


class _Received:
    """Counts what comes over the line, with the time of each piece."""

    def __init__(self, session: CDPSession) -> None:
        self.pieces: list[tuple[float, float]] = []
        self._begun_s = 0.0
        session.on("Network.requestWillBeSent", self._asked)
        session.on("Network.loadingFinished", self._came)

    def _asked(self, event: dict[str, Any]) -> None:
        self._begun_s = self._begun_s or float(event["timestamp"])

    def _came(self, event: dict[str, Any]) -> None:
        at_ms = (float(event["timestamp"]) - self._begun_s) * 1000
        self.pieces.append((at_ms, float(event["encodedDataLength"])))

    def kb(self, until_ms: float = float("inf")) -> float:
        """Sum what had come whole by a moment, in thousands of bytes."""
        return sum(size for at_ms, size in self.pieces if at_ms <= until_ms) / 1000


def visited(
    playwright: Playwright, subject: Subject, url: str, line: Line, timeout_s: float = 240
) -> Visit:
    """
    Open a page in a fresh browser and measure.

    Raises
    ------
    RuntimeError
        If a moment does not come in time.
    """
    browser = started(playwright)
    try:
        page = browser.new_page(viewport=VIEW)
        page.add_init_script(_WATCH)
        session = page.context.new_cdp_session(page)
        received = _Received(session)
        _slow_down(session, line)
        page.goto(url, wait_until="commit", timeout=timeout_s * 1000)
        moments = {
            name: float(_waited(page, expression, timeout_s))
            for name, expression in subject.moments.items()
        }
        _waited(page, subject.settled, timeout_s)
        time.sleep(0.5 * line.processor)
        tasks = page.evaluate("watched.tasks")
        pid, cpu_s = _page_process(browser)
        if line.processor > 1:
            session.send("Emulation.setCPUThrottlingRate", {"rate": 1})
        session.send("HeapProfiler.collectGarbage")
        heap = session.send("Runtime.getHeapUsage")
        return Visit(
            moments_ms=moments,
            longest_task_ms=max((float(duration) for _, duration in tasks), default=0.0),
            first_kb=received.kb(next(iter(moments.values()))),
            total_kb=received.kb(),
            heap_mb=float(heap["usedSize"]) / _MB,
            arrays_mb=float(heap.get("backingStorageSize", 0)) / _MB,
            process_mb=_process_mb(pid),
            cpu_s=cpu_s,
        )
    finally:
        browser.close()


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


def filter_ms(playwright: Playwright, url: str) -> float:
    """Tick a box of our filter twenty times; the median of handling and drawing, in ms."""
    browser = started(playwright)
    try:
        page = browser.new_page(viewport=VIEW)
        page.goto(f"{url}#map")
        _waited(page, "document.documentElement.dataset.ready === 'true'", 60)
        _waited(page, "document.documentElement.dataset.deployments === 'true'", 60)
        spent: list[float] = page.evaluate(_FILTER_MS)
        return median(spent)
    finally:
        browser.close()
