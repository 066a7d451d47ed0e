"""A release written in a process beside the page's data: the same bytes, whatever happens to it."""

import json
import os
from collections.abc import Callable, Sequence
from contextlib import nullcontext
from pathlib import Path
from typing import Any

import pytest

from mapper.export.write import write_all
from mapper.model.progress import NoProgress
from mapper.model.release import ReleaseInfo
from mapper.pipeline import building, releasing
from mapper.pipeline.building import build
from mapper.release.manifest import WrittenFile, read_manifest
from mapper.settings import Settings
from mapper.website import build as site_build
from mapper.website.build import SiteContent, SiteSummary
from mapper.website.pages.data_page import camera_tables
from tests.partitions.befalling import endlessly, failing, killed, nothing


@pytest.fixture(autouse=True)
def _no_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave out the pages: two thousand of them tell nothing of the release beside them."""

    def waiting(await_release: Callable[[], None] | None) -> int:
        if await_release is not None:
            await_release()
        return 0

    monkeypatch.setattr(site_build, "static_pages", lambda *_, **__: nullcontext(waiting))


_AT_SEA = [("dome", -16.501, 23.0), ("dome", -16.502, 23.0)]


def built(out_dir: Path, places: Sequence[tuple[str, float, float]] = _AT_SEA) -> dict[str, bytes]:
    """Build cameras of a kind somewhere; return every file of the release and of the map's data."""
    nodes = [
        {
            "type": "node", "id": number, "lat": lat_deg, "lon": lon_deg + number / 1_000,
            "tags": {"man_made": "surveillance", "manufacturer": "Axis", "camera:type": kind},
        }
        for number, (kind, lon_deg, lat_deg) in enumerate(places, start=1)
    ]  # fmt: skip
    osm3s = {"timestamp_osm_base": "2025-06-30T00:00:00Z"}
    path = out_dir.parent / "sea.json"
    path.write_text(json.dumps({"version": 0.6, "osm3s": osm3s, "elements": nodes}), "utf-8")
    build([str(path)], settings=Settings(out_dir=out_dir), progress=NoProgress())
    return {
        path.relative_to(out_dir).as_posix(): path.read_bytes()
        for part in ("release", "site")
        for path in sorted((out_dir / part).rglob("*"))
        if path.is_file()
    }


def split_off(monkeypatch: pytest.MonkeyPatch, event: Callable[[], None]) -> list[str]:
    """Let two rows be enough for a process, where an event follows; return who wrote here."""
    # Runners of tests have threads, beside which no build forks.
    monkeypatch.setattr(releasing, "may_fork", lambda _rows: True)
    here, wrote_here = os.getpid(), list[str]()

    def noted(*given: Any, **options: Any) -> list[WrittenFile]:  # noqa: ANN401 - passed on
        files = write_all(*given, **options)
        if os.getpid() != here:
            event()
        else:
            wrote_here.append("here")
        return files

    monkeypatch.setattr(releasing, "write_all", noted)
    return wrote_here


@pytest.mark.parametrize(("event", "writes_here"), [(nothing, 0), (killed, 1), (failing, 1)])
def test_a_release_from_another_process_is_that_of_this_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, event: Callable[[], None], writes_here: int
) -> None:
    alone = built(tmp_path / "alone")
    wrote_here = split_off(monkeypatch, event)
    beside = built(tmp_path / "beside")
    assert beside == alone
    assert len(wrote_here) == writes_here
    assert "release/2025-06-30.1/cameras_osm.parquet" in beside


def test_a_page_that_fails_leaves_no_release_and_nothing_of_the_other_process(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun = tmp_path / "begun"

    def waiting() -> None:
        begun.with_name("begins").write_text(str(os.getpid()))
        begun.with_name("begins").rename(begun)
        endlessly()

    def interrupted(*_given: object) -> None:
        while not begun.exists():
            pass
        raise KeyboardInterrupt

    split_off(monkeypatch, waiting)
    monkeypatch.setattr(site_build, "_write_maps", interrupted)
    with pytest.raises(KeyboardInterrupt):
        built(tmp_path / "town")
    assert list((tmp_path / "town" / "release").iterdir()) == []
    with pytest.raises(ProcessLookupError):
        os.kill(int(begun.read_text()), 0)


def test_what_pages_say_of_a_release_before_its_files_stand_is_what_its_manifest_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = list[ReleaseInfo]()

    def noted(content: SiteContent, **options: Any) -> SiteSummary:  # noqa: ANN401 - passed on
        told.append(content.info)
        return site_build.build_site(content, **options)

    monkeypatch.setattr(building, "build_site", noted)
    # Ten at the doors of a town and three in the next country, too few to be told.
    doors = [("doorbell", 13.4, 52.5)] * 10 + [("doorbell", 2.35, 48.85)] * 3
    built(tmp_path / "town", [*doors, ("dome", 13.4, 52.5)])
    (info,) = told
    manifest = read_manifest(tmp_path / "town" / "release" / info.release_id)
    assert info.withheld_by_country == manifest["withheld_by_country"] == {"DE": 10}
    files = {file["path"] for file in manifest["files"] if file["layer"].startswith("cameras_")}
    assert camera_tables(info) == sorted(path for path in files if path.endswith(".csv"))


def test_a_day_that_has_a_release_is_written_here_for_only_bytes_tell_whether_it_is_new(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = built(tmp_path / "town")
    # Else the build would see that it was made already.
    (tmp_path / "town" / ".last-build.json").unlink()
    wrote_here = split_off(monkeypatch, nothing)
    assert built(tmp_path / "town") == first
    assert wrote_here == ["here"]
