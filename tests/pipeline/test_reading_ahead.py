"""Inputs read by a copy of the process: the same inputs, words and errors."""

import multiprocessing
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from mapper.errors import UsageError
from mapper.model.progress import NoProgress
from mapper.partitions.work_beside import WorkBeside
from mapper.pipeline import inputs, reading_ahead
from mapper.pipeline.inputs import read_inputs
from mapper.pipeline.last_build import key_of
from mapper.settings import Settings

CAMERAS = """{
    "version": 0.6, "osm3s": {"timestamp_osm_base": "2026-03-01T00:00:00Z"},
    "elements": [
        {"type": "node", "id": 1, "lat": 60.1, "lon": 24.9, "tags": {"man_made": "surveillance"}},
        {"type": "way", "id": 2, "bounds":
            {"minlat": 60.1, "minlon": 24.9, "maxlat": 60.2, "maxlon": 25.0},
            "tags": {"man_made": "surveillance", "operator": "City"}}
    ]
}"""


@dataclass
class Heard:
    """A progress that notes what it is told."""

    said: list[tuple[object, ...]] = field(default_factory=list)

    def stage(self, name: str, total: int | None = None) -> None:
        """Note a stage."""
        self.said.append(("stage", name, total))

    def advance(self, steps: int = 1) -> None:
        """Note steps."""
        self.said.append(("advance", steps))

    def remark(self, text: str) -> None:
        """Note a line."""
        self.said.append(("remark", text))


@pytest.fixture
def copied(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the process be copied, though the runner of tests has threads."""
    monkeypatch.setattr(reading_ahead, "may_fork", lambda _: True)


def cameras_in(folder: Path) -> str:
    path = folder / "cameras.json"
    path.write_text(CAMERAS, encoding="utf-8")
    return str(path)


@pytest.mark.usefixtures("copied")
def test_a_copy_reads_and_says_what_this_process_would(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    names, settings = [cameras_in(tmp_path)], Settings(out_dir=tmp_path, raw_dir=tmp_path)
    here, there = Heard(), Heard()
    expected = read_inputs(names, settings=settings, progress=here)
    with reading_ahead.reading_ahead(names, settings=settings, progress=there) as ahead:
        # Nothing is left for this process to read.
        monkeypatch.setattr(reading_ahead, "read_inputs", None)
        assert ahead.inputs() == expected
    assert expected[0].reading.observations
    assert there.said == here.said != []


@pytest.mark.usefixtures("copied")
def test_a_copy_that_is_killed_leaves_the_reading_to_this_process(tmp_path: Path) -> None:
    names, settings = [cameras_in(tmp_path)], Settings(out_dir=tmp_path, raw_dir=tmp_path)
    expected = read_inputs(names, settings=settings, progress=NoProgress())
    with reading_ahead.reading_ahead(names, settings=settings, progress=Heard()) as ahead:
        for copy in multiprocessing.active_children():
            copy.kill()
        assert ahead.inputs() == expected


@pytest.mark.usefixtures("copied")
def test_what_is_wrong_with_an_input_is_raised_here_and_said_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def failing(name: str, *, settings: Settings, progress: Heard) -> None:  # noqa: ARG001 - as `_read`
        progress.stage(f"reading {name}")
        msg = f"{name} is a folder"
        raise UsageError(msg, next_step="name a file in it.")

    monkeypatch.setattr(inputs, "_read", failing)
    settings, heard = Settings(out_dir=tmp_path, raw_dir=tmp_path), Heard()
    with (
        reading_ahead.reading_ahead(["here"], settings=settings, progress=heard) as ahead,
        pytest.raises(UsageError, match="here is a folder"),
    ):
        ahead.inputs()
    assert heard.said == [("stage", "reading here", None)]


@pytest.mark.usefixtures("copied")
def test_nobody_reads_on_when_the_build_has_ended(tmp_path: Path) -> None:
    settings = Settings(out_dir=tmp_path, raw_dir=tmp_path)
    with reading_ahead.reading_ahead(
        [cameras_in(tmp_path)], settings=settings, progress=NoProgress()
    ):
        assert multiprocessing.active_children()
    assert not multiprocessing.active_children()


def test_inputs_are_read_when_they_are_asked_for_where_no_process_can_be_copied(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading_ahead, "may_fork", lambda _: False)
    names, settings = [cameras_in(tmp_path)], Settings(out_dir=tmp_path, raw_dir=tmp_path)
    heard = Heard()
    with reading_ahead.reading_ahead(names, settings=settings, progress=heard) as ahead:
        assert not heard.said
        assert ahead.inputs() == read_inputs(names, settings=settings, progress=NoProgress())
    assert heard.said


@pytest.mark.usefixtures("copied")
def test_a_build_is_known_by_its_inputs_as_they_were_before_they_were_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    names, settings = [cameras_in(tmp_path)], Settings(out_dir=tmp_path, raw_dir=tmp_path)
    before = key_of(names, settings)
    begin = WorkBeside.__enter__

    def changed_at_the_start(self: WorkBeside[object]) -> object:
        Path(names[0]).write_text(CAMERAS.replace("City", "Town"), encoding="utf-8")
        return begin(self)

    monkeypatch.setattr(WorkBeside, "__enter__", changed_at_the_start)
    with reading_ahead.reading_ahead(names, settings=settings, progress=NoProgress()) as ahead:
        assert ahead.key == before != key_of(names, settings)
