"""What rests on the evidence alone is made ahead by copies: the same bytes, whatever befalls it."""

import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from mapper.pipeline import building, made_ahead
from mapper.registry.registry import Registry
from mapper.settings import EvidenceScope, Settings
from mapper.website import mapped_world
from mapper.website.map.front_end import read_front_end
from tests.partitions.befalling import endlessly, failing, killed, nothing
from tests.pipeline.camera_at_sea import built_at_sea, split_off


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
    # Of its own, so that each build has its pages to make.
    return built_at_sea(
        replace(settings, page_store=settings.out_dir.with_name(settings.out_dir.name + "-pages"))
    )


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
