"""A list of one's own is a source like any other; without a licence it stays on this machine."""

from pathlib import Path

import pytest

import mapper
from mapper.errors import SourceChangedError, UsageError
from mapper.export.verify import require_verified
from mapper.model.progress import NoProgress
from mapper.pipeline.building import LOCAL_ONLY, build
from mapper.pipeline.own_lists import NONE_STATED, ImportRequest, import_list
from mapper.release.store import find_release
from mapper.settings import Settings

LIST = "Camera ID,Longitude,Latitude,Make\n" + "".join(
    f"R{n},-119.{n:03},41.{n:03},Axis\n" for n in range(12)
)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(out_dir=tmp_path / "out", raw_dir=tmp_path / "raw")


def take_in(settings: Settings, text: str, license_id: str) -> None:
    path = settings.raw_dir.parent / "riverton.csv"
    path.write_text(text, "utf-8")
    request = ImportRequest(
        path=path, publisher="City of Riverton", date="2025-06", license_id=license_id
    )
    import_list(request, settings=settings)


def test_a_list_with_a_licence_is_released_in_files_of_its_own(settings: Settings) -> None:
    take_in(settings, LIST, "CC-BY-4.0")
    summary = build(["riverton"], settings=settings, progress=NoProgress())
    assert summary.counts.cameras == 12
    release = find_release(settings.out_dir)
    require_verified(release, deep=True)
    assert (release / "cameras_riverton.csv").exists()
    cameras = mapper.load(settings.out_dir)
    assert set(cameras["license_id"]) == {"CC-BY-4.0"}
    assert summary.data_on == "2025-06-30"


def test_a_list_without_a_licence_is_shown_and_in_no_release(settings: Settings) -> None:
    take_in(settings, LIST, NONE_STATED)
    summary = build(["sample", "riverton"], settings=settings, progress=NoProgress())
    assert "no licence is stated" in summary.text()
    release = find_release(settings.out_dir)
    for path in release.rglob("*"):
        assert path.is_dir() or b"riverton" not in path.read_bytes().lower()
    assert set(mapper.load(settings.out_dir)["source_id"]) == {"osm"}
    meta = (settings.site_dir / "data" / "meta.js").read_text()
    assert '"local":["riverton"]' in meta


def test_local_lists_alone_make_a_map_and_no_release(settings: Settings) -> None:
    take_in(settings, LIST, NONE_STATED)
    summary = build(["riverton"], settings=settings, progress=NoProgress())
    assert summary.release_id == LOCAL_ONLY
    assert summary.release_dir is None
    with pytest.raises(UsageError):
        find_release(settings.out_dir)
    assert (settings.site_dir / "index.html").exists()


def test_a_source_that_was_not_collected_says_what_to_do(settings: Settings) -> None:
    with pytest.raises(UsageError) as caught:
        build(["osm"], settings=settings, progress=NoProgress())
    assert "mapper collect osm" in caught.value.next_step


def test_a_later_copy_that_lost_most_rows_blocks_itself(settings: Settings) -> None:
    take_in(settings, LIST, "CC-BY-4.0")
    lines = LIST.splitlines(keepends=True)
    settings.raw_dir.joinpath("own", "riverton.json").rename(settings.raw_dir / "kept.json")
    take_in(settings, "".join(lines[:4]), "CC-BY-4.0")
    # The description of the first copy stands: the list is the same, its rows are gone.
    (settings.raw_dir / "kept.json").replace(settings.raw_dir / "own" / "riverton.json")
    with pytest.raises(SourceChangedError, match="3 rows, expected at least 9"):
        build(["riverton"], settings=settings, progress=NoProgress())
