"""Release and page become the latest together, or the next run says what is so."""

import errno
import json
from pathlib import Path

import pytest

from mapper.errors import StorageError
from mapper.model.progress import NoProgress
from mapper.pipeline.building import build
from mapper.release.store import find_release, latest_id
from mapper.settings import Settings
from mapper.website import build as site_build
from mapper.website import staging
from tests.website.unpack import read_payload


class Listening(NoProgress):
    """Keeps what it is told."""

    def __init__(self) -> None:
        self.remarks: list[str] = []

    def remark(self, text: str) -> None:
        """Keep one line."""
        self.remarks.append(text)


@pytest.fixture
def settings(tmp_path: Path, small_bundled_dir: Path) -> Settings:
    return Settings(
        out_dir=tmp_path / "out",
        raw_dir=tmp_path / "raw",
        bundled_dir=small_bundled_dir,
        streets=False,
    )


def make(settings: Settings, cameras: int) -> list[str]:
    """Build a sea with cameras, and return what was remarked."""
    elements = [
        {
            "type": "node", "id": number, "lat": 23.0 + number / 1_000, "lon": -16.5,
            "tags": {"man_made": "surveillance"},
        }
        for number in range(1, cameras + 1)
    ]  # fmt: skip
    path = settings.out_dir.parent / "sea.json"
    osm3s = {"timestamp_osm_base": "2025-06-30T00:00:00Z"}
    path.write_text(json.dumps({"version": 0.6, "osm3s": osm3s, "elements": elements}), "utf-8")
    progress = Listening()
    build([str(path)], settings=settings, progress=progress)
    return progress.remarks


def state(settings: Settings) -> tuple[str | None, str, int]:
    meta = read_payload(settings.site_dir, "meta")
    return latest_id(settings.release_root), meta["release_id"], meta["n"]


def test_a_disk_that_fills_in_the_page_leaves_the_last_release_and_its_page(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    make(settings, 5)
    before = state(settings)
    assert before == ("2025-06-30.1", "2025-06-30.1", 5)

    def full(*_arguments: object, **_options: object) -> int:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(site_build, "static_pages", full)
        with pytest.raises((OSError, StorageError)):
            make(settings, 6)
    assert state(settings) == before
    assert find_release(settings.out_dir).name == "2025-06-30.1"
    make(settings, 6)
    assert state(settings) == ("2025-06-30.2", "2025-06-30.2", 6)


def test_a_run_that_dies_between_pointer_and_page_is_said_by_the_next(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    make(settings, 5)

    def killed(*_arguments: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(staging, "_swap", killed)
        with pytest.raises(KeyboardInterrupt):
            make(settings, 6)
    assert state(settings) == ("2025-06-30.2", "2025-06-30.1", 5)
    (said,) = [remark for remark in make(settings, 6) if "stopped between" in remark]
    assert "shows release 2025-06-30.1 and the latest is 2025-06-30.2" in said
    assert state(settings) == ("2025-06-30.2", "2025-06-30.2", 6)
    assert not [remark for remark in make(settings, 6) if "stopped between" in remark]
