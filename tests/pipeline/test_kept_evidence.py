"""What rests on the evidence alone is kept for the next build: the same bytes, or made anew."""

import errno
import os
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path, PurePath

import pytest

from mapper.pipeline import kept_evidence, made_ahead
from mapper.pipeline.kept_evidence import EvidenceStore, ToldEvidence, evidence_store
from mapper.registry.registry import Registry
from mapper.settings import Presentation, Settings
from mapper.website.evidence_data import SiteEvidence
from mapper.website.map import front_end
from mapper.website.map.front_end import read_front_end
from tests.partitions.befalling import failing, nothing
from tests.pipeline.camera_at_sea import built_at_sea, split_off

EVIDENCE = ("write_registry_files", "write_evidence_data")
NOTHING_TOLD = ToldEvidence("", [], SiteEvidence([], {}), [])


@pytest.fixture
def settings(tmp_path: Path, small_bundled_dir: Path) -> Settings:
    return Settings(
        out_dir=tmp_path / "first",
        raw_dir=tmp_path / "raw",
        bundled_dir=small_bundled_dir,
        streets=False,
        page_store=None,
        user_page_store=tmp_path / "user" / "pages",
    )


def kept_file(settings: Settings) -> Path:
    assert settings.user_page_store
    return settings.user_page_store.with_name("evidence")


def made_by_copies(monkeypatch: pytest.MonkeyPatch, folder: Path) -> Callable[[], set[str]]:
    """Let copies make things ahead; return what tells which were made since it was asked."""
    split_off(monkeypatch, befalls="nothing", event=nothing)
    folder.mkdir()
    for name in EVIDENCE:
        work = getattr(made_ahead, name)

        def noting(*given: object, work: Callable[..., object] = work, name: str = name) -> object:
            (folder / name).touch()
            return work(*given)

        monkeypatch.setattr(made_ahead, name, noting)

    def told() -> set[str]:
        names = {path.name for path in folder.iterdir()}
        for name in names:
            (folder / name).unlink()
        return names

    return told


def test_the_next_folder_takes_what_was_kept_and_has_the_bytes_of_a_clean_build(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = made_by_copies(monkeypatch, tmp_path / "made")
    clean = built_at_sea(settings)
    assert made() == set(EVIDENCE)
    # Nor is a catalogue of the map read again.
    monkeypatch.setattr(front_end, "page_words", failing)
    assert built_at_sea(replace(settings, out_dir=tmp_path / "second")) == clean
    assert made() == set()
    assert kept_file(settings).stat().st_mode & 0o777 == 0o600
    # Where no copy can be had what was kept serves all the same.
    monkeypatch.setattr(made_ahead, "may_fork", lambda _pages: False)
    assert built_at_sea(replace(settings, out_dir=tmp_path / "third")) == clean
    assert made() == set()


def test_pages_that_are_kept_are_filled_beside_the_rest_but_for_those_of_the_world(
    settings: Settings, good: Registry, monkeypatch: pytest.MonkeyPatch
) -> None:
    split_off(monkeypatch, befalls="nothing", event=nothing)
    built_at_sea(settings)
    texts = read_front_end(settings.site_source_dir)
    with made_ahead.made_ahead(good, settings, texts, evidence_store(settings)) as it:
        assert it
        assert it.await_pages() is None
        it.expect(10_000_000)
        assert it.await_pages()
    kept_file(settings).with_name("pages").unlink()
    (settings.out_dir / ".kept-pages").unlink()
    with made_ahead.made_ahead(good, settings, texts, evidence_store(settings)) as it:
        assert it
        assert it.await_pages()


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-1])


def emptied(path: Path) -> None:
    path.write_bytes(b"")


def turned_into_a_folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


def kept_in(settings: Settings, folder: Path) -> EvidenceStore:
    """Keep one file, and return the store."""
    kept_file(settings).parent.mkdir(exist_ok=True)
    (folder / "made").mkdir(exist_ok=True)
    (folder / "made" / "inside.csv").touch()
    store = EvidenceStore(kept_file(settings), settings)
    store.keep(folder / "made", NOTHING_TOLD)
    return store


@pytest.mark.parametrize("damage", [cut, emptied, turned_into_a_folder, Path.unlink])
def test_a_damaged_file_is_none(
    settings: Settings, tmp_path: Path, damage: Callable[[Path], None]
) -> None:
    store = kept_in(settings, tmp_path)
    assert store.put(tmp_path / "there") == NOTHING_TOLD
    damage(kept_file(settings))
    assert store.put(tmp_path / "elsewhere") is None
    assert not (tmp_path / "elsewhere").exists()


def test_files_of_evidence_that_has_a_row_less_today_are_none(
    settings: Settings, tmp_path: Path, good_folder: Path
) -> None:
    bundled = tmp_path / "bundled"
    shutil.copytree(settings.bundled_dir, bundled, symlinks=True)
    (bundled / "data" / "registry").unlink()
    good_folder.rename(bundled / "data" / "registry")
    settings = replace(settings, bundled_dir=bundled)
    assert kept_in(settings, tmp_path).put(tmp_path / "there") == NOTHING_TOLD
    names = bundled / "data" / "registry" / "organisation_names.csv"
    *rest, _ = names.read_text("utf-8").splitlines(keepends=True)
    names.write_text("".join(rest), "utf-8")
    assert EvidenceStore(kept_file(settings), settings).put(tmp_path / "elsewhere") is None


def test_of_evidence_that_changes_while_it_is_written_nothing_is_kept(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bases = iter(("before", "after"))
    monkeypatch.setattr(EvidenceStore, "_basis_today", lambda _store: next(bases))
    kept_in(settings, tmp_path)
    assert not kept_file(settings).exists()


def test_a_file_that_would_put_something_outside_of_the_folder_is_none(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(EvidenceStore, "_basis_today", lambda _store: "today")
    for name in ("../outside.csv", str(tmp_path / "outside.csv")):
        monkeypatch.setattr(PurePath, "as_posix", lambda _path, name=name: name)
        assert kept_in(settings, tmp_path).put(tmp_path / "there") is None
    assert not (tmp_path / "outside.csv").exists()


def test_a_site_of_ones_own_keeps_none_and_a_shared_folder_one_for_each_evidence(
    settings: Settings, tmp_path: Path
) -> None:
    titled = Presentation(title="Cameras of Riverton")
    assert evidence_store(replace(settings, presentation=titled)) is None
    assert evidence_store(replace(settings, user_page_store=None)) is None
    shared = replace(settings, page_store=tmp_path)
    own = replace(shared, own_registry_dirs=(tmp_path / "own",))
    for each in (shared, own, shared):
        store = evidence_store(each)
        assert store
        store.keep(tmp_path / "none", NOTHING_TOLD)
    assert len(list(tmp_path.glob("evidence-*"))) == 2


def test_a_disk_that_is_full_stops_no_build(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_given: object, **_options: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(kept_evidence, "write_stored", full)
    kept_in(settings, tmp_path)
    assert not kept_file(settings).exists()
