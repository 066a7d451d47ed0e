"""A build of what was built already says so; whatever is different is built."""

import json
import os
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from mapper.clean import file_digests
from mapper.errors import LockedError
from mapper.model.progress import NoProgress
from mapper.pipeline import last_build
from mapper.pipeline.building import build
from mapper.pipeline.last_build import NOTE_NAME, key_of, summary_if_unchanged
from mapper.pipeline.summary import BuildSummary
from mapper.release.lock import output_lock
from mapper.settings import EvidenceScope, Presentation, Settings

TOWN = Path(__file__).parents[1] / "fixtures" / "town" / "town.osm.json"


@pytest.fixture(scope="module")
def made(
    tmp_path_factory: pytest.TempPathFactory, small_bundled_dir: Path
) -> tuple[Path, BuildSummary]:
    """Build the town once; the folder holds its input, the archive and what was made."""
    folder = tmp_path_factory.mktemp("once")
    bundled = folder / "bundled"
    shutil.copytree(small_bundled_dir, bundled)
    shutil.copy(TOWN, folder / "town.osm.json")
    (folder / "raw" / "own").mkdir(parents=True)
    (folder / "raw" / "bodies" / "ab").mkdir(parents=True)
    (folder / "raw" / "bodies" / "ab" / "abcd").write_bytes(b"a body")
    return folder, _build(folder)


@pytest.fixture
def place(made: tuple[Path, BuildSummary], tmp_path: Path) -> Path:
    """Copy what was made, times included, so that a test may change it."""
    copy = tmp_path / "place"
    shutil.copytree(made[0], copy)
    return copy


def _settings(folder: Path) -> Settings:
    return Settings(
        out_dir=folder / "out",
        raw_dir=folder / "raw",
        bundled_dir=folder / "bundled",
        streets=False,
    )


def _build(folder: Path) -> BuildSummary:
    inputs = [str(folder / "town.osm.json")]
    return build(inputs, settings=_settings(folder), progress=NoProgress())


def _asked(folder: Path, settings: Settings | None = None) -> BuildSummary | None:
    return summary_if_unchanged(
        [str(folder / "town.osm.json")],
        settings=settings or _settings(folder),
        progress=NoProgress(),
    )


def test_the_same_build_again_is_told_and_not_made(
    made: tuple[Path, BuildSummary], place: Path
) -> None:
    told = _asked(place)
    out_dir = place / "out"
    assert told is not None
    assert told == replace(
        made[1],
        is_new=False,
        # The folder was moved; a build of today would say where it lies today.
        release_dir=out_dir / "release" / made[1].release_id,
        index_path=out_dir / "site" / "index.html",
    )
    assert told.text() == replace(_build(place), is_new=False).text()


OUTPUTS = (
    "out/site/index.html",
    "out/site/data/meta.js",
    "out/release/*/cameras_osm.csv",
    "out/release/*/SHA256SUMS",
)
INPUTS = (
    "town.osm.json",
    "bundled/data/registry/claims.csv",
    "bundled/data/suppression.csv",
    "bundled/data/boundaries/land_110m.json",
    "bundled/site/templates/foot.html",
    "bundled/LICENSES/ODbL-1.0.txt",
)


def _path(place: Path, pattern: str) -> Path:
    (path,) = place.glob(pattern)
    return path


@pytest.mark.parametrize("pattern", OUTPUTS + INPUTS)
def test_one_byte_in_what_was_read_or_made_is_a_reason_to_build(place: Path, pattern: str) -> None:
    path = _path(place, pattern)
    body, told = path.read_bytes(), path.stat()
    path.unlink()
    path.write_bytes(body[:-1] + bytes([body[-1] ^ 1]))
    # The size and the time are as they were: only the bytes tell.
    os.utime(path, ns=(told.st_atime_ns, told.st_mtime_ns))
    assert _asked(place) is None
    path.write_bytes(body)
    assert _asked(place) is not None


@pytest.mark.parametrize("pattern", [*OUTPUTS, "out/release/latest.json"])
def test_a_file_that_is_gone_is_a_reason_to_build(place: Path, pattern: str) -> None:
    _path(place, pattern).unlink()
    assert _asked(place) is None


@pytest.mark.parametrize(
    "name",
    [
        "out/site/more.html",
        "out/local/links_x.parquet",
        "out/history/events.parquet",
        "raw/own/list.json",
        "suppression.csv",
    ],
)
def test_a_file_that_came_is_a_reason_to_build(place: Path, name: str) -> None:
    (place / name).parent.mkdir(exist_ok=True)
    (place / name).write_text("salt,hash,added_on\n", "utf-8")
    assert _asked(place) is None


def test_a_body_of_the_archive_that_was_fetched_again_is_a_reason_to_build(place: Path) -> None:
    body = place / "raw/bodies/ab/abcd"
    assert _asked(place) is not None
    os.utime(body, ns=(1, 1))
    assert _asked(place) is None


@pytest.mark.parametrize(
    "change",
    [
        {"as_of": "2026-01-01"},
        {"streets": True},
        {"allow_osm_tiles": True},
        {"evidence_scope": EvidenceScope.COUNTRY},
        {"evidence_countries": ("RS",)},
        {"with_downloads": True},
        {"pinned_sha256": frozenset({"ab"})},
        {"presentation": Presentation(title="Ours")},
        {"accept_change": "they went"},
    ],
)
def test_every_setting_is_a_reason_to_build(place: Path, change: dict[str, object]) -> None:
    assert _asked(place, replace(_settings(place), **change)) is None  # type: ignore[arg-type]


def test_evidence_of_ones_own_is_a_reason_to_build(place: Path) -> None:
    own = place / "own"
    own.mkdir()
    settings = replace(_settings(place), own_registry_dirs=(own,))
    inputs = [str(place / "town.osm.json")]
    without = key_of(inputs, _settings(place))
    empty = key_of(inputs, settings)
    (own / "claims.csv").write_text("claim_id\n", "utf-8")
    assert len({without, empty, key_of(inputs, settings)}) == 3


@pytest.mark.parametrize("name", ["code_digest", "libraries_digest"])
def test_other_code_and_other_libraries_are_a_reason_to_build(
    place: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    assert _asked(place) is not None
    monkeypatch.setattr(last_build, name, lambda: "other")
    assert _asked(place) is None


@pytest.mark.parametrize(
    "damage",
    [
        lambda text: text[:100],
        lambda text: "[]",  # noqa: ARG005
        lambda text: json.dumps({**json.loads(text), "summary": {}}),
        lambda text: json.dumps({**json.loads(text), "summary": {"release_id": "x"}}),
        lambda text: text.encode().replace(b'"key"', b'"k\xff"').decode("latin-1"),
    ],
)
def test_a_damaged_note_is_none(place: Path, damage: Callable[[str], str]) -> None:
    note = place / "out" / NOTE_NAME
    note.write_text(damage(note.read_text("utf-8")), "utf-8")
    assert _asked(place) is None


def test_it_does_not_look_into_a_folder_that_another_run_writes_to(place: Path) -> None:
    with output_lock(place / "out"), pytest.raises(LockedError):
        _asked(place)


def test_a_note_that_cannot_be_kept_stops_no_build(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(last_build, "replace_file", full)
    (place / "out" / NOTE_NAME).unlink()
    assert _build(place).counts.read > 0
    assert not (place / "out" / NOTE_NAME).exists()


def test_what_the_manifest_tells_of_a_file_is_not_read_again_for_the_note(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    hashed = []
    plain = file_digests.sha256_of

    def noting(path: Path) -> str:
        hashed.append(path)
        return plain(path)

    shutil.rmtree(place / "out")
    monkeypatch.setattr(file_digests, "sha256_of", noting)
    made = _build(place)
    assert made.release_dir is not None
    of_release = {path.name for path in hashed if path.is_relative_to(made.release_dir)}
    assert of_release == {"manifest.json", "SHA256SUMS"}
    assert place / "out/site/index.html" in hashed
    # Read again, all of them are as the note says.
    assert _asked(place) is not None
    assert made.release_dir / "cameras_osm.csv" in hashed


def test_a_release_that_changes_while_its_page_is_built_is_a_reason_to_build(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep = last_build.keep

    def edited(key: str, summary: BuildSummary, settings: Settings) -> None:
        with _path(place, "out/release/*/cameras_osm.csv").open("ab") as file:
            file.write(b"more")
        keep(key, summary, settings)

    shutil.rmtree(place / "out")
    monkeypatch.setattr(last_build, "keep", edited)
    _build(place)
    assert _asked(place) is None


def test_files_below_a_folder_that_leads_back_into_itself_come_once(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "file").touch()
    (tmp_path / "a" / "again").symlink_to(tmp_path)
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "linked").touch()
    (tmp_path / "a" / "there").symlink_to(tmp_path / "elsewhere")
    names = sorted(path.name for path in file_digests.files_below(tmp_path / "a"))
    assert sorted(set(names)) == ["file", "linked"]
    assert names.count("file") == 1
