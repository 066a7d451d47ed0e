"""Servers and places: what a stand-in answers, and which place a name is taken for."""

import json
from typing import Final

from tests.cases.trial import Case, Trial
from tests.cli.faults import QUICK
from tests.fetch.raw_server import Script, ok, sends, serving, status

_AREA: Final = ("--bbox", "24.9,60.1,25.0,60.2")


def _collect(trial: Trial, script: Script, *words: str) -> tuple[int, str, int]:
    """Collect from a stand-in: the exit code, what was said, how often it was asked."""
    with serving(script) as server:
        told = trial.door.run(
            "collect", "osm", *words, "--endpoint", f"{server.url}/api/interpreter",
            cwd=trial.folder, before=QUICK,
        )  # fmt: skip
        assert "unexpected" not in told.stderr, told
        return told.code, told.stdout + told.stderr, len(server.requests)


def _busy(trial: Trial) -> str:
    page = (trial.folder / "answer.html").read_bytes()
    code, said, _ = _collect(trial, sends(ok(page, media_type="text/html")), *_AREA)
    assert code not in {0, 1}, said
    assert "rate_limited" in said, said
    code, said, asked = _collect(trial, sends(status(406)), *_AREA)
    assert code not in {0, 1}, said
    assert "406" in said, said
    assert asked == 1, asked
    return "rate_limited is told; after a 406 one question"


def _places(trial: Trial) -> str:
    empty = {
        "version": 0.6,
        "osm3s": {"timestamp_osm_base": "2026-10-20T00:00:00Z"},
        "elements": [],
    }
    script = sends(ok(json.dumps(empty).encode()))
    for place, words in (
        ("Saint-Denis", ("Saint-Denis", "people", "Also called so")),
        ("Paris, Texas", ("Paris", "Texas", "United States")),
        ("Springfield, Illinois", ("Springfield", "Illinois")),
    ):
        _, said, _ = _collect(trial, script, "--place", place, "--allow-old")
        for word in words:
            assert word in said, (word, said)
    return "Saint-Denis with its namesakes, Paris in Texas, Springfield in Illinois"


SERVER_CASES: Final = (
    Case("24", "the cause in the page is told; 406 once", _busy),
    Case("25", "which place was taken, and its namesakes", _places),
)
