"""Staging, numbering, pointing, finding; the order in which bytes reach the disk."""

import json
import os
from pathlib import Path

import pytest

from mapper.errors import StorageError, UsageError, VerificationError
from mapper.export.verify import verify
from mapper.release.manifest import read_manifest
from mapper.release.store import (
    find_release,
    last_of_input,
    latest_id,
    release_ids,
    staging,
)
from tests.release.small_release import release, tags_of_twenty, twenty


def bytes_below(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def test_the_first_release_of_a_day_is_number_one_and_pointed_at(tmp_path: Path) -> None:
    outcome = release(tmp_path, twenty(), tags_of_twenty())
    assert (outcome.release_id, outcome.is_new) == ("2018-03-01.1", True)
    assert json.loads((tmp_path / "release" / "latest.json").read_text()) == {
        "release_id": "2018-03-01.1"
    }
    assert verify(outcome.folder).faults == ()


def test_an_equal_build_is_not_published_again(tmp_path: Path) -> None:
    first = release(tmp_path, twenty(), tags_of_twenty())
    before = bytes_below(first.folder)
    again = release(tmp_path, twenty(), tags_of_twenty())
    assert (again.release_id, again.is_new) == (first.release_id, False)
    assert bytes_below(first.folder) == before
    assert release_ids(tmp_path / "release") == ["2018-03-01.1"]


def test_other_content_of_the_same_day_gets_the_next_number(tmp_path: Path) -> None:
    first = release(tmp_path, twenty(), tags_of_twenty())
    before = bytes_below(first.folder)
    second = release(tmp_path, twenty(1), tags_of_twenty())
    assert (second.release_id, second.is_new) == ("2018-03-01.2", True)
    assert latest_id(tmp_path / "release") == "2018-03-01.2"
    assert bytes_below(first.folder) == before


def test_a_release_whose_run_died_before_pointing_is_pointed_at_by_the_next(tmp_path: Path) -> None:
    release(tmp_path, twenty(), tags_of_twenty())
    second = release(tmp_path, twenty(1), tags_of_twenty())
    pointer = tmp_path / "release" / "latest.json"
    pointer.write_text('{"release_id": "2018-03-01.1"}\n')
    again = release(tmp_path, twenty(1), tags_of_twenty())
    assert (again.release_id, again.is_new) == (second.release_id, False)
    assert latest_id(tmp_path / "release") == second.release_id


def test_a_rotten_release_is_not_taken_for_an_equal_one(tmp_path: Path) -> None:
    first = release(tmp_path, twenty(), tags_of_twenty())
    table = first.folder / "cameras_osm.csv"
    table.write_bytes(table.read_bytes().replace(b"Helsinki", b"Helsinky"))
    again = release(tmp_path, twenty(), tags_of_twenty())
    assert (again.release_id, again.is_new) == ("2018-03-01.2", True)


def test_what_a_dead_run_left_is_removed(tmp_path: Path) -> None:
    stage = tmp_path / "release" / ".staging"
    (stage / "LICENSES").mkdir(parents=True)
    (stage / "cameras_osm.csv").write_text("half")
    (tmp_path / "release" / ".latest.json.partial").write_text("{")
    release(tmp_path, twenty(), tags_of_twenty())
    names = {path.name for path in (tmp_path / "release").iterdir()}
    assert names == {"2018-03-01.1", "latest.json"}


def test_a_failed_build_leaves_no_staging_folder(tmp_path: Path) -> None:
    def fail(stage: Path) -> None:
        (stage / "half.csv").write_text("half")
        raise RuntimeError

    with pytest.raises(RuntimeError), staging(tmp_path) as stage:
        fail(stage)
    assert list(tmp_path.iterdir()) == []


def test_releases_are_listed_by_day_and_then_by_number(tmp_path: Path) -> None:
    for name in ("2018-03-01.10", "2018-03-01.9", "2017-12-31.1", "notes", ".staging"):
        (tmp_path / name).mkdir()
    assert release_ids(tmp_path) == ["2017-12-31.1", "2018-03-01.9", "2018-03-01.10"]


@pytest.mark.parametrize("place", ["", "release", "release/2018-03-01.1"])
def test_a_release_is_found_from_every_folder_around_it(tmp_path: Path, place: str) -> None:
    outcome = release(tmp_path, twenty(), tags_of_twenty())
    assert find_release(tmp_path / place) == outcome.folder


def test_a_folder_without_a_release_is_refused_with_the_next_step(tmp_path: Path) -> None:
    with pytest.raises(UsageError) as refused:
        find_release(tmp_path)
    assert "mapper build" in refused.value.next_step


def test_a_pointer_cannot_lead_out_of_its_folder(tmp_path: Path) -> None:
    (tmp_path / "latest.json").write_text('{"release_id": "../elsewhere"}')
    with pytest.raises(UsageError):
        find_release(tmp_path)


@pytest.mark.parametrize("text", ["", "{", "[]", "{}", "null"])
def test_a_damaged_pointer_is_said_and_can_be_mended(tmp_path: Path, text: str) -> None:
    first = release(tmp_path, twenty(), tags_of_twenty())
    pointer = tmp_path / "release" / "latest.json"
    pointer.write_text(text)
    with pytest.raises(VerificationError) as refused:
        find_release(tmp_path)
    assert "Delete it" in refused.value.next_step
    assert find_release(first.folder) == first.folder
    pointer.unlink()
    assert release(tmp_path, twenty(), tags_of_twenty()).release_id == first.release_id
    assert latest_id(tmp_path / "release") == first.release_id


def test_the_last_release_of_the_same_input_is_found(tmp_path: Path) -> None:
    release(tmp_path, twenty(), tags_of_twenty())
    release(tmp_path, twenty(1), tags_of_twenty())
    last = last_of_input(tmp_path / "release", "osm:helsinki.osm.pbf")
    assert last is not None
    assert (last.release_id, last.cameras, last.by_country) == ("2018-03-01.2", 20, {"FI": 20})
    assert last_of_input(tmp_path / "release", "osm:turku.osm.pbf") is None


def test_the_median_is_over_the_releases_since_the_last_change_that_was_accepted(
    tmp_path: Path,
) -> None:
    root, key = tmp_path / "release", "osm:helsinki.osm.pbf"
    for count in (20, 19, 18):
        release(tmp_path, twenty()[:count], tags_of_twenty())
    last = last_of_input(root, key)
    assert last is not None
    assert (last.cameras, last.by_source, last.by_kind) == (18, {"osm": 18}, {"camera": 18})
    earlier = last.earlier
    assert (earlier.medians["whole"]["whole"], earlier.releases) == (19, 3)
    assert earlier.since_id == "2018-03-01.1"
    release(tmp_path, twenty()[:8], tags_of_twenty(), accept_change="the query was narrowed")
    release(tmp_path, twenty()[1:9], tags_of_twenty())
    last = last_of_input(root, key)
    assert last is not None
    assert (last.earlier.medians["whole"]["whole"], last.earlier.releases) == (8, 2)
    assert last.earlier.since_id == "2018-03-01.4"


def test_every_byte_is_on_the_disk_before_it_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """fsync(file) < rename(folder) < fsync(parent) < rename(pointer) < fsync(parent)."""
    calls: list[tuple[str, str]] = []
    sync, rename, replace = os.fsync, os.rename, os.replace

    def spy_sync(descriptor: int) -> None:
        calls.append(("fsync", str(Path(f"/proc/self/fd/{descriptor}").readlink())))
        sync(descriptor)

    def spy_rename(source: Path, target: Path) -> None:
        calls.append(("rename", str(target)))
        rename(source, target)

    def spy_replace(source: Path, target: Path) -> None:
        calls.append(("replace", str(target)))
        replace(source, target)

    monkeypatch.setattr(os, "fsync", spy_sync)
    monkeypatch.setattr(os, "rename", spy_rename)
    monkeypatch.setattr(os, "replace", spy_replace)
    outcome = release(tmp_path, twenty(), tags_of_twenty())
    root = tmp_path.resolve() / "release"
    named = calls.index(("rename", str(root / outcome.release_id)))
    pointed = calls.index(("replace", str(root / "latest.json")))
    stage = root / ".staging"
    released = [*outcome.folder.rglob("*"), outcome.folder]
    for path in released:
        staged = str(stage / path.relative_to(outcome.folder))
        assert ("fsync", staged) in calls[:named], path
    assert calls[named + 1] == ("fsync", str(root))
    assert named < calls.index(("fsync", str(root / ".latest.json.partial"))) < pointed
    assert calls[pointed + 1] == ("fsync", str(root))


def test_a_place_that_is_no_folder_is_a_storage_error_with_a_next_step(tmp_path: Path) -> None:
    (tmp_path / "a_file").write_text("")
    with pytest.raises(StorageError) as refused, staging(tmp_path / "a_file" / "release"):
        pass
    assert refused.value.exit_code == 5
    assert refused.value.next_step


def test_the_manifest_names_every_file_with_size_and_licence(tmp_path: Path) -> None:
    outcome = release(tmp_path, twenty(), tags_of_twenty())
    manifest = read_manifest(outcome.folder)
    named = {entry["path"]: entry for entry in manifest["files"]}
    there = set(bytes_below(outcome.folder)) - {"manifest.json", "SHA256SUMS"}
    assert set(named) == there
    assert named["cameras_osm.csv"]["license_id"] == "ODbL-1.0"
    assert named["cameras_osm.csv"]["rows"] == 20
    assert manifest["counts"]["read"] == 20
    assert manifest["sources"][0]["attribution"] == "© OpenStreetMap contributors"
