"""What rests on the evidence alone is made ahead by copies: the same bytes, whatever befalls it."""

import json
import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from mapper.model.progress import NoProgress
from mapper.pipeline import building, made_ahead
from mapper.pipeline.building import build
from mapper.registry.registry import Registry
from mapper.settings import EvidenceScope, Settings
from mapper.website import mapped_world
from mapper.website.map.front_end import read_front_end
from mapper.website.pages import page_store
from tests.partitions.befalling import endlessly, failing, killed, nothing


@pytest.fixture
def settings(tmp_path: Path, small_bundled_dir: Path) -> Settings:
    return Settings(
        out_dir=tmp_path / "alone",
        raw_dir=tmp_path / "raw",
        bundled_dir=small_bundled_dir,
        streets=False,
        user_page_store=None,
    )


def built(settings: Settings) -> dict[str, bytes]:
    """Build a camera at sea, and return every file of the release and of the site."""
    node = {
        "type": "node", "id": 1, "lat": 23.0, "lon": -16.5,
        "tags": {"man_made": "surveillance", "manufacturer": "Axis"},
    }  # fmt: skip
    osm3s = {"timestamp_osm_base": "2025-06-30T00:00:00Z"}
    path = settings.out_dir.parent / "sea.json"
    path.write_text(json.dumps({"version": 0.6, "osm3s": osm3s, "elements": [node]}), "utf-8")
    # Of its own, so that each build has its pages to make.
    settings = replace(
        settings, page_store=settings.out_dir.with_name(settings.out_dir.name + "-pages")
    )
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


@pytest.mark.parametrize(
    ("befalls", "event", "made_here"),
    [
        ("nothing", nothing, []),
        ("keep", killed, ["keep"]),
        # Pages are made by another copy than files.
        ("write_evidence_data", killed, ["write_evidence_data"]),
        ("write_registry_files", failing, ["write_registry_files", "write_evidence_data"]),
    ],
)
def test_a_build_is_the_same_whether_a_copy_makes_things_ahead_or_ends_in_the_middle(
    settings: Settings,
    monkeypatch: pytest.MonkeyPatch,
    befalls: str,
    event: Callable[[], None],
    made_here: list[str],
) -> None:
    alone = built(settings)
    were_made_here = split_off(monkeypatch, befalls=befalls, event=event)
    ahead = replace(settings, out_dir=settings.out_dir.with_name("ahead"))
    assert built(ahead) == alone
    assert were_made_here == made_here
    assert {"site/data/deployments-de.js", "release/2025-06-30.1/registry/claims.csv"} <= set(alone)
    assert not (ahead.out_dir / made_ahead.FOLDER_NAME).exists()


@pytest.mark.parametrize(
    ("befalls", "event", "made_here"),
    [("nothing", nothing, []), ("write_coast", killed, ["write_coast"])],
)
def test_the_coast_of_all_the_world_is_made_ahead_once_so_much_was_read_as_is_of_it(
    settings: Settings,
    monkeypatch: pytest.MonkeyPatch,
    befalls: str,
    event: Callable[[], None],
    made_here: list[str],
) -> None:
    # So that one camera is the world.
    monkeypatch.setattr(mapped_world, "_WORLD_SHARE", 0)
    alone = built(settings)
    were_made_here = split_off(monkeypatch, befalls=befalls, event=event)
    assert built(replace(settings, out_dir=settings.out_dir.with_name("ahead"))) == alone
    assert were_made_here == made_here
    assert sum(name.startswith("site/data/coast/") for name in alone) > 1000


def test_on_a_file_system_without_second_names_files_made_ahead_are_copied(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    alone = built(settings)
    were_made_here = split_off(monkeypatch, befalls="nothing", event=nothing)

    def refused(*_paths: object) -> None:
        raise PermissionError

    monkeypatch.setattr(os, "link", refused)
    assert built(replace(settings, out_dir=settings.out_dir.with_name("ahead"))) == alone
    assert were_made_here == []


def test_a_build_that_a_gate_or_a_person_stops_leaves_no_copy_and_nothing_made_ahead(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun = settings.out_dir.parent / "begun"

    def waiting() -> None:
        begun.with_name("begins").write_text(str(os.getpid()))
        begun.with_name("begins").rename(begun)
        endlessly()

    def interrupted(*_given: object, **_options: object) -> None:
        while not begun.exists():
            pass
        raise KeyboardInterrupt

    split_off(monkeypatch, befalls="write_registry_files", event=waiting)
    monkeypatch.setattr(building, "require", interrupted)
    with pytest.raises(KeyboardInterrupt):
        built(settings)
    assert not (settings.out_dir / made_ahead.FOLDER_NAME).exists()
    with pytest.raises(ProcessLookupError):
        os.kill(int(begun.read_text()), 0)


def test_what_a_killed_build_made_ahead_is_cleared_by_the_next(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    left = settings.out_dir / made_ahead.FOLDER_NAME / "release" / "registry" / "left.csv"
    left.parent.mkdir(parents=True)
    left.touch()
    split_off(monkeypatch, befalls="nothing", event=nothing)
    assert "release/2025-06-30.1/registry/left.csv" not in built(settings)
    assert not left.exists()


def test_evidence_that_depends_on_what_the_cameras_name_is_made_once_they_are_known(
    settings: Settings, good: Registry, monkeypatch: pytest.MonkeyPatch
) -> None:
    split_off(monkeypatch, befalls="nothing", event=nothing)
    front_end = read_front_end(settings.site_source_dir)
    of_cameras = replace(settings, evidence_scope=EvidenceScope.RELATED)
    with made_ahead.made_ahead(good, of_cameras, front_end) as it:
        assert it is None
    settings.out_dir.mkdir()
    with made_ahead.made_ahead(good, settings, front_end) as it:
        assert it is not None
