"""Where a build may write, and where it must not."""

from pathlib import Path

import pytest

from mapper.errors import UsageError
from mapper.pipeline.output import require_output_folder


def test_a_folder_that_is_not_there_yet_is_fine(tmp_path: Path) -> None:
    require_output_folder(tmp_path / "build")
    require_output_folder(tmp_path)


def test_the_root_of_the_disk_is_refused() -> None:
    with pytest.raises(UsageError, match="beside everything else"):
        require_output_folder(Path("/"))


def test_the_home_folder_is_refused_however_it_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    (tmp_path / "below").mkdir()
    (tmp_path / "link").symlink_to(tmp_path)
    for place in (tmp_path, tmp_path / "below" / "..", tmp_path / "link"):
        with pytest.raises(UsageError) as caught:
            require_output_folder(place)
        assert "--out build" in caught.value.next_step


def test_a_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "city.json").write_text("{}")
    with pytest.raises(UsageError, match="is a file"):
        require_output_folder(tmp_path / "city.json")
