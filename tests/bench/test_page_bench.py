"""What `make bench-page` says of its visits, and that its server sends what a web host does."""

import gzip
import urllib.error
import urllib.request
from pathlib import Path

import pytest

from tests.bench.page_account import spent
from tests.bench.page_server import sent_packed
from tests.bench.page_speed import COUNTS, OPENING, ratio_rows
from tests.bench.page_visit import FULL, Visit


def _visit(**moments_ms: float) -> Visit:
    moments = {OPENING: moments_ms.get("opening", 0.0), COUNTS: moments_ms["counts"]}
    return Visit(moments, 50.0, 100.0, 1000.0, 4.0, 9.0, 100.0, 0.5)


def test_the_ratio_is_the_median_of_those_of_each_turn_and_is_held_to_its_bar() -> None:
    # In the third turn the machine was three times as busy, for both.
    visits = {
        "ours": [_visit(opening=200, counts=n) for n in (400, 600, 1500)],
        "FastMarkerCluster": [_visit(counts=n) for n in (4000, 5000, 15_000)],
        "MapLibre + PMTiles": [_visit(counts=2000)] * 3,
    }
    seconds, ratio = ratio_rows(visits, FULL, {COUNTS: (0.09, 7.0)})

    assert (seconds.value, seconds.bar) == (0.6, 7.0)
    assert (ratio.value, ratio.bar) == (0.1, 0.09)
    assert "MISSED" in ratio.text()
    assert "met" in seconds.text()


def test_one_visit_of_a_peer_stands_for_every_turn() -> None:
    visits = {
        "ours": [_visit(opening=n, counts=1) for n in (200, 300, 400)],
        "FastMarkerCluster": [_visit(counts=5000)],
        "MapLibre + PMTiles": [_visit(counts=2000)],
    }
    _, ratio = ratio_rows(visits, FULL, {OPENING: (0, 0)})
    assert ratio.value == 0.06
    assert ratio.bar is None


def test_text_is_sent_packed_and_tiles_in_parts_and_nothing_from_outside(tmp_path: Path) -> None:
    folder = tmp_path / "site"
    folder.mkdir()
    (tmp_path / "secret.html").write_text("no", encoding="utf-8")
    (folder / "index.html").write_text("hello " * 100, encoding="utf-8")
    (folder / "cameras.pmtiles").write_bytes(bytes(range(100)))
    with sent_packed(folder) as url:
        with urllib.request.urlopen(url) as page:  # noqa: S310 - this machine's own address
            assert page.headers["Content-Encoding"] == "gzip"
            assert gzip.decompress(page.read()) == b"hello " * 100
        asked = urllib.request.Request(  # noqa: S310 - this machine's own address
            f"{url}cameras.pmtiles", headers={"Range": "bytes=10-19"}
        )
        with urllib.request.urlopen(asked) as part:  # noqa: S310 - this machine's own address
            assert part.status == 206
            assert part.read() == bytes(range(10, 20))
        for outside in ("../secret.html", "%2e%2e/secret.html"):
            with pytest.raises(urllib.error.HTTPError, match="404"):
                urllib.request.urlopen(url + outside)  # noqa: S310 - this machine's own address


def _event(name: str, tts: int, tdur: int) -> dict[str, object]:
    return {"name": name, "tts": tts, "tdur": tdur}


def test_processor_time_counts_once_for_the_innermost_kind_and_on_its_side_of_a_moment() -> None:
    events = [
        _event("RunTask", 1000, 9000),
        _event("ParseHTML", 2000, 6000),
        _event("v8.run", 3000, 2000),
        _event("RunTask", 20_000, 4000),
        _event("Layout", 21_000, 1000),
        {"name": "wc-opening", "tts": 4000},
    ]

    before, behind = spent(events, [0, 4000, 23_000])

    assert before == {"other": 1, "parsing": 1, "scripts": 1}
    assert behind == {"scripts": 1, "parsing": 3, "other": 4, "layout": 1}
