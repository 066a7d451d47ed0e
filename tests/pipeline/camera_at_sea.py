"""Builds of one camera, in which copies make things ahead and something befalls them."""

import json
import os
from collections.abc import Callable
from typing import Any

import pytest

from mapper.model.progress import NoProgress
from mapper.pipeline import made_ahead
from mapper.pipeline.building import build
from mapper.settings import Settings
from mapper.website.pages import page_store


def built_at_sea(settings: Settings) -> dict[str, bytes]:
    """Build a camera at sea, and return every file of the release and of the site."""
    node = {
        "type": "node", "id": 1, "lat": 23.0, "lon": -16.5,
        "tags": {"man_made": "surveillance", "manufacturer": "Axis"},
    }  # fmt: skip
    osm3s = {"timestamp_osm_base": "2025-06-30T00:00:00Z"}
    path = settings.out_dir.parent / "sea.json"
    path.write_text(json.dumps({"version": 0.6, "osm3s": osm3s, "elements": [node]}), "utf-8")
    build([str(path)], settings=settings, progress=NoProgress())
    return {
        path.relative_to(settings.out_dir).as_posix(): path.read_bytes()
        for part in ("release", "site")
        for path in sorted((settings.out_dir / part).rglob("*"))
        if path.is_file()
    }


def split_off(
    monkeypatch: pytest.MonkeyPatch, *, befalls: str, event: Callable[[], None]
) -> list[str]:
    """Let a copy make things ahead, where an event befalls one part; return what was made here."""
    # Runners of tests have threads, beside which no build forks.
    monkeypatch.setattr(made_ahead, "may_fork", lambda _pages: True)
    here, made_here = os.getpid(), list[str]()

    def noted(name: str, place: object = made_ahead) -> Callable[..., Any]:
        work = getattr(place, name)

        def noting(*given: Any, **options: Any) -> Any:  # noqa: ANN401 - passed on
            told = work(*given, **options)
            if os.getpid() == here:
                made_here.extend([name] * (name not in made_here))
            elif name == befalls:
                event()
            return told

        return noting

    # Pages are asked for in two places, and taken from where the copy kept them.
    monkeypatch.setattr(page_store.PageStore, "keep", noted("keep", page_store.PageStore))
    for name in ("write_registry_files", "write_evidence_data", "write_coast"):
        monkeypatch.setattr(made_ahead, name, noted(name))
    return made_here
