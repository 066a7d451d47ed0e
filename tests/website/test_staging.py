"""The old page stays whole until the new one takes its place."""

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from mapper.website import staging
from mapper.website.staging import staged


def _write(folder: Path, word: str) -> None:
    with staged(folder) as stage:
        for number in range(3):
            (stage / f"{number}.txt").write_text(word, encoding="utf-8")


def _words(folder: Path) -> list[str]:
    return [path.read_text("utf-8") for path in sorted(folder.iterdir())]


def _cannot_exchange(one: Path, other: Path) -> bool:
    return not (one.exists() and other.exists())


@pytest.fixture(params=["one step", "two renames"])
def way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Swap in one step, and as on a system that cannot."""
    if request.param == "two renames":
        monkeypatch.setattr(staging, "_exchanged", _cannot_exchange)
    return str(request.param)


@pytest.mark.usefixtures("way")
def test_the_new_folder_replaces_the_old_one_whole(tmp_path: Path) -> None:
    folder = tmp_path / "site"
    _write(folder, "old")
    (folder / "left over").write_text("old", encoding="utf-8")
    _write(folder, "new")
    assert _words(folder) == ["new"] * 3
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


@pytest.mark.usefixtures("way")
def test_an_error_leaves_the_old_folder_as_it_was(tmp_path: Path) -> None:
    folder = tmp_path / "site"
    _write(folder, "old")
    with pytest.raises(FileNotFoundError), staged(folder) as stage:
        (stage / "no such folder" / "0.txt").write_text("new", encoding="utf-8")
    assert _words(folder) == ["old"] * 3
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


def test_a_page_left_under_its_other_name_by_a_kill_comes_back_first(tmp_path: Path) -> None:
    folder = tmp_path / "site"
    _write(folder, "old")
    folder.rename(tmp_path / ".site-replaced")
    with pytest.raises(FileNotFoundError), staged(folder) as stage:
        (stage / "no such folder" / "0.txt").write_text("new", encoding="utf-8")
    assert _words(folder) == ["old"] * 3


_KILLED = """
import os, signal, sys
from pathlib import Path
from mapper.website import staging

step = int(sys.argv[2])
calls = 0
if sys.argv[3] == "two":
    staging._exchanged = lambda one, other: False

def hook(event, arguments):
    global calls
    steps = {"os.rename", "os.mkdir", "shutil.rmtree", "os.rmdir", "open"}
    if event in steps and "site" in str(arguments[0]):
        calls += 1
        if calls == step:
            os.kill(os.getpid(), signal.SIGKILL)

sys.addaudithook(hook)
with staging.staged(Path(sys.argv[1])) as stage:
    for number in range(3):
        (stage / f"{number}.txt").write_text("new", encoding="utf-8")
"""


@pytest.mark.parametrize("way", ["one", "two"])
def test_a_kill_at_any_step_leaves_one_whole_page_and_the_next_run_needs_no_cleaning(
    tmp_path: Path, way: str
) -> None:
    outcomes = set()
    for step in range(1, 40):
        folder = tmp_path / f"{step}" / "site"
        folder.parent.mkdir()
        _write(folder, "old")
        ended = subprocess.run(  # noqa: S603 - our own program
            [sys.executable, "-c", _KILLED, str(folder), str(step), way], check=False
        )
        # Between two renames the old page lies under its other name until the next run.
        whole = folder if folder.exists() else folder.with_name(".site-replaced")
        words = _words(whole)
        assert words in (["old"] * 3, ["new"] * 3)
        outcomes.add((ended.returncode, words[0]))
        _write(folder, "next")
        assert _words(folder) == ["next"] * 3
        assert [path.name for path in folder.parent.iterdir()] == ["site"]
        if ended.returncode == 0:
            break
    assert {(-signal.SIGKILL, "old"), (0, "new")} <= outcomes
