"""
`make bench-page`: the page beside folium's FastMarkerCluster and MapLibre with PMTiles, in turn.

All three show the same cameras and come from the same server. Seconds differ between machines and
with what else they do, so each turn visits all three and what counts are the ratios of a turn.
`--as-built` measures the sites that are there, whatever the code says; `--turns=3` is the default.
"""

import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from itertools import cycle
from statistics import median

from playwright.sync_api import Playwright, sync_playwright

from tests.bench.measure import Row
from tests.bench.page_server import sent_packed
from tests.bench.page_sites import Sites, prepared
from tests.bench.page_visit import FULL, SLOW, Line, Subject, Visit, filter_ms, visited
from tests.bench.world import WORLD

TURNS = 3
SLOW_TURNS = 3
OPENING = "opening readable, its buttons working"
COUNTS = "exact counts ready"
_OURS, _CLUSTER, _TILES = "ours", "FastMarkerCluster", "MapLibre + PMTiles"
_READY = "document.documentElement.dataset.ready === 'true'"
_SYSTEMS = "document.documentElement.dataset.deployments === 'true'"


def _mark(name: str) -> str:
    return f"performance.getEntriesByName('{name}')[0]?.startTime ?? null"


def subjects(sites: Sites) -> list[Subject]:
    """Return what is visited in each turn, the peers first."""
    opening = (
        "performance.getEntriesByName('wc-opening')[0] &&"
        " performance.getEntriesByName('first-contentful-paint')[0] ?"
        " Math.max(performance.getEntriesByName('wc-opening')[0].startTime,"
        " performance.getEntriesByName('first-contentful-paint')[0].startTime) : null"
    )
    return [
        Subject(_CLUSTER, sites.cluster, {COUNTS: _mark("peer-ready")}, "true"),
        Subject(_TILES, sites.tiles, {COUNTS: _mark("peer-ready")}, "true"),
        Subject(
            _OURS,
            sites.ours,
            {OPENING: opening, COUNTS: _mark("wc-counts")},
            f"{_READY} && {_SYSTEMS}",
        ),
    ]


def _turns(
    playwright: Playwright, listed: Sequence[tuple[Subject, str]], line: Line, turns: int
) -> dict[str, list[Visit]]:
    visits: dict[str, list[Visit]] = {subject.name: [] for subject, _ in listed}
    for turn in range(turns):
        for subject, url in listed:
            # The cluster takes half a minute on the slow line: once is enough to compare with.
            if line is SLOW and turn > 0 and subject.name == _CLUSTER:
                continue
            visits[subject.name].append(visited(playwright, subject, url, line))
    return visits


def _median(visits: Sequence[Visit], of: Callable[[Visit], float]) -> float:
    return median(of(visit) for visit in visits)


def ratio_rows(
    visits: Mapping[str, Sequence[Visit]], line: Line, bars: Mapping[str, tuple[float, float]]
) -> Iterator[Row]:
    """
    Yield a row for each moment of ours, beside the cluster of the same turn.

    Parameters
    ----------
    bars
        By moment: the most that the ratio to the cluster may be, and the most seconds; 0 for none.
    """
    ours, peers = visits[_OURS], visits[_CLUSTER]
    tiles_s = _median(visits[_TILES], lambda visit: visit.moments_ms[COUNTS]) / 1000
    for name, (ratio_bar, seconds_bar) in bars.items():
        took_ms = [visit.moments_ms[name] for visit in ours]
        peer_ms = [visit.moments_ms[COUNTS] for visit in peers]
        # Of each turn by itself: what else the machine did was much the same for both.
        ratio = median(one / other for one, other in zip(took_ms, cycle(peer_ms), strict=False))
        said = f"{name}, {line.name}"
        note = f"MapLibre {tiles_s:.2f} s"
        yield Row(said, median(took_ms) / 1000, "s", seconds_bar or None, note=note)
        note = f"which took {median(peer_ms) / 1000:.2f} s"
        yield Row(f"{name}, by {_CLUSTER}", ratio, "", ratio_bar or None, note=note)


def _told(visits: Mapping[str, Sequence[Visit]], line: Line) -> Iterator[str]:
    turns = max(len(of_page) for of_page in visits.values())
    yield f"\n{line.name}, medians of {turns}"
    yield (
        f"  {'':<20} {'ready s':>8} {'longest ms':>11} {'sent kB':>8} {'processor s':>12}"
        f" {'objects MB':>11} {'arrays MB':>10} {'process MB':>11}"
    )
    for name, of_page in visits.items():
        yield (
            f"  {name:<20} {_median(of_page, lambda v: v.moments_ms[COUNTS]) / 1000:>8.2f}"
            f" {_median(of_page, lambda v: v.longest_task_ms):>11.0f}"
            f" {_median(of_page, lambda v: v.total_kb):>8.0f}"
            f" {_median(of_page, lambda v: v.cpu_s):>12.2f}"
            f" {_median(of_page, lambda v: v.heap_mb):>11.1f}"
            f" {_median(of_page, lambda v: v.arrays_mb):>10.1f}"
            f" {_median(of_page, lambda v: v.process_mb):>11.0f}"
        )


def _rows(playwright: Playwright, sites: Sites, turns: int) -> Iterator[Row | str]:
    with ExitStack() as stack:
        listed = [
            (subject, stack.enter_context(sent_packed(subject.folder)))
            for subject in subjects(sites)
        ]
        ours = listed[-1][1]
        fast = _turns(playwright, listed, FULL, turns)
        yield from _told(fast, FULL)
        yield from ratio_rows(fast, FULL, {OPENING: (0.06, 0), COUNTS: (0.09, 0)})
        yield Row("longest task", _median(fast[_OURS], lambda v: v.longest_task_ms), "ms", 100)
        yield Row("filter and redraw, median of 20", filter_ms(playwright, ours), "ms", 16)
        slow = _turns(playwright, listed, SLOW, min(turns, SLOW_TURNS))
        yield from _told(slow, SLOW)
        yield from ratio_rows(slow, SLOW, {OPENING: (0, 3.0), COUNTS: (0, 7.0)})
        yield Row("sent by the opening", _median(slow[_OURS], lambda v: v.first_kb), "kB", 150)
        yield Row("longest task", _median(slow[_OURS], lambda v: v.longest_task_ms), "ms", 400)


def _say(text: str) -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def main(arguments: Sequence[str]) -> int:
    """Measure and print; 1 where a bar is missed."""
    if not WORLD.exists():
        _say(f"{WORLD} is not beside the checkout; nothing was measured")
        return 0
    named = [word.removeprefix("--turns=") for word in arguments if word.startswith("--turns=")]
    turns = int(named[0]) if named else TURNS
    sites = prepared(_say, as_built="--as-built" in arguments)
    _say(f"{sites.camera_count:,} cameras on each page; python -m tests.bench.page_speed")
    is_missed = False
    with sync_playwright() as playwright:
        for row in _rows(playwright, sites, turns):
            _say(row if isinstance(row, str) else row.text())
            if isinstance(row, Row) and row.bar is not None:
                is_missed |= row.value > row.bar
    return 1 if is_missed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
