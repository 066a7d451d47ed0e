"""
Where the page's first moments go: `python -m tests.bench.page_account [SITE]`.

One visit, traced by Chromium itself, beside one of an empty page from the same server. What is
told are processor milliseconds: they hold on a busy machine too, where the moments do not.
"""

import json
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any, Final

from playwright.sync_api import sync_playwright

from tests.bench.page_server import sent_packed
from tests.bench.page_sites import CACHE_DIR
from tests.bench.page_visit import VIEW, started

KINDS: Final = {
    "ParseHTML": "parsing",
    "UpdateLayoutTree": "styles",
    "Layout": "layout",
    "PrePaint": "paint",
    "Paint": "paint",
    "DecompressionStream Inflate": "inflating",
    "v8.run": "scripts",
    "v8.callFunction": "scripts",
}
"""Events of the main thread that say what it does; what lies within another counts as itself."""

OTHER: Final = "other"
MOMENTS: Final = ("wc-opening", "first-contentful-paint", "wc-counts", "wc-ready")
_CATEGORIES: Final = ["-*", "toplevel", "devtools.timeline", "blink.user_timing", "loading", "v8"]
_CATEGORIES_OF_STREAMS: Final = ["blink", "gpu", "disabled-by-default-devtools.timeline"]
_EMPTY: Final = '<!DOCTYPE html><html lang="en"><title>Empty</title><p>hello</p></html>'
_TASK: Final = "RunTask"
_PAINTED: Final = "firstContentfulPaint"
_SETTLED: Final = (
    "performance.getEntriesByName('first-contentful-paint').length === 1"
    " && (!document.getElementById('map') || document.documentElement.dataset.ready === 'true')"
)

Event = Mapping[str, Any]


def spent(events: Sequence[Event], bounds_us: Sequence[float]) -> list[dict[str, float]]:
    """
    Tell what a thread's processor time went to, between moments.

    Parameters
    ----------
    events
        Of one thread, with ``tts`` and ``tdur`` in microseconds of its processor time.
    bounds_us
        On the same clock, rising.

    Returns
    -------
    list
        For each interval between two bounds, milliseconds by kind: by the innermost event of
        `KINDS`, and `OTHER` within a task that no such event covers.
    """
    told: list[dict[str, float]] = [defaultdict(float) for _ in bounds_us[1:]]
    for kind, begun_us, ended_us in _pieces(events):
        for number, (since_us, until_us) in enumerate(pairwise(bounds_us)):
            within_us = min(ended_us, until_us) - max(begun_us, since_us)
            if within_us > 0:
                told[number][kind] += within_us / 1000
    return told


def _pieces(events: Sequence[Event]) -> Iterator[tuple[str, float, float]]:
    """Yield stretches of processor time, each with the kind of the innermost event over it."""
    kinds = KINDS | {_TASK: OTHER}
    timed = sorted(
        (event for event in events if event["name"] in kinds and "tdur" in event),
        key=lambda event: (event["tts"], -event["tdur"]),
    )
    within: list[tuple[str, float]] = []
    at_us = 0.0
    for event in [*timed, None]:
        begins_us = float("inf") if event is None else float(event["tts"])
        while within:
            kind, ends_us = within[-1]
            until_us = min(ends_us, begins_us)
            if until_us > at_us:
                yield kind, at_us, until_us
                at_us = until_us
            if ends_us > begins_us:
                break
            within.pop()
        if event is not None:
            at_us = max(at_us, begins_us)
            within.append((kinds[event["name"]], begins_us + event["tdur"]))


def _traced(folder: Path) -> list[Event]:
    with (
        tempfile.TemporaryDirectory() as kept,
        sent_packed(folder) as url,
        sync_playwright() as playwright,
    ):
        browser = started(playwright)
        path = Path(kept) / "trace.json"
        page = browser.new_page(viewport=VIEW)
        browser.start_tracing(
            page=page, path=path, categories=[*_CATEGORIES, *_CATEGORIES_OF_STREAMS]
        )
        page.goto(url, wait_until="commit")
        # Seldom, so that asking is no part of what is measured.
        while not page.evaluate(_SETTLED):
            time.sleep(0.2)
        browser.stop_tracing()
        browser.close()
        events: list[Event] = json.loads(path.read_text(encoding="utf-8"))["traceEvents"]
        return events


def _told(name: str, events: Sequence[Event]) -> Iterator[str]:
    start = [
        event
        for event in events
        if event["name"] == "navigationStart"
        and event["args"]["data"]["documentLoaderURL"].startswith("http://127.0.0.1")
    ][-1]
    home = (start["pid"], start["tid"])
    of_page = [event for event in events if (event["pid"], event["tid"]) == home]
    # By the last event that began before it: a moment of another thread has no time of this one.
    clock = sorted((event["ts"], event["tts"]) for event in of_page if "tts" in event)
    named = {"first-contentful-paint": _PAINTED}
    moments = [("start", float(start["ts"]))]
    for moment in MOMENTS:
        times_us = [e["ts"] for e in of_page if e["name"] == named.get(moment, moment)]
        moments += [(moment, float(min(times_us)))] if times_us else []
    moments.sort(key=lambda moment: moment[1])
    bounds_us = [
        max((tts for ts, tts in clock if ts <= at_us), default=0.0) for _, at_us in moments
    ]
    yield f"\n{name}: the main thread's processor milliseconds"
    for (moment, at_us), kinds in zip(moments[1:], spent(of_page, bounds_us), strict=True):
        most = sorted(kinds.items(), key=lambda kind: -kind[1])
        parts = ", ".join(f"{kind} {ms:.0f}" for kind, ms in most if ms >= 1)
        after = f"({(at_us - start['ts']) / 1000:.0f} ms after start)"
        yield f"  to {moment:<24} {sum(kinds.values()):5.0f}  {after}  {parts}"


def main(arguments: Sequence[str]) -> int:
    """Trace an empty page and the site, and print the account of each."""
    site = Path(arguments[0]) if arguments else CACHE_DIR / "world" / "site"
    if not (site / "index.html").exists():
        sys.stdout.write(f"{site} holds no index.html; build one: mapper build --out DIR\n")
        return 1
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "index.html").write_text(_EMPTY, encoding="utf-8")
        for name, subject in (("an empty page", Path(folder)), (str(site), site)):
            for line in _told(name, _traced(subject)):
                sys.stdout.write(line + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
