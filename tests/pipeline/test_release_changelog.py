"""The changelog of releases says of each what its diff says, the newest first."""

from pathlib import Path

import pytest

from mapper.errors import UsageError
from mapper.model.progress import NoProgress
from mapper.pipeline.release_changelog import changelog
from mapper.pipeline.releases import diff
from tests.release.factory import device
from tests.release.small_release import release


def test_each_release_has_its_notes_and_the_first_its_numbers(tmp_path: Path) -> None:
    rows = [device(number) for number in range(1, 21)]
    first = release(tmp_path, rows).folder
    second = release(tmp_path, [*rows[:19], device(30), device(31)]).folder
    text = changelog(tmp_path, progress=NoProgress())
    assert text == changelog(tmp_path / "release", progress=NoProgress())
    newest, oldest = (text.index(f"## Release {each.name}\n") for each in (second, first))
    assert newest < oldest
    assert "The first release of this input." in text[oldest:]
    notes = diff(first, second, as_json=False, as_notes=True)
    assert "2 added" in notes
    assert f"#{notes.strip()}" in text


def test_a_folder_without_releases_is_a_plain_error(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="holds no release"):
        changelog(tmp_path, progress=NoProgress())
