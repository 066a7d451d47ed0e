"""A disk that is full, a folder that is read-only, a second run: refused, and nothing changed."""

import errno
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from mapper.errors import LockedError, StorageError
from mapper.export.verify import verify
from mapper.release.lock import output_lock
from mapper.release.store import latest_id
from tests.release.small_release import release, tags_of_twenty, twenty

ROOT = Path(__file__).resolve().parents[2]
LIMITED_BUILD = """
import resource, sys
from pathlib import Path
from mapper.errors import MapperError
from tests.release.small_release import release, tags_of_twenty, twenty
size = int(sys.argv[2])
resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))
try:
    release(Path(sys.argv[1]), twenty(1), tags_of_twenty())
except MapperError as error:
    sys.stderr.write(str(error))
    sys.exit(error.exit_code)
"""
HOLDER = """
import sys, time
from pathlib import Path
from mapper.release.lock import output_lock
with output_lock(Path(sys.argv[1])):
    print("held", flush=True)
    time.sleep(60)
"""


def python(code: str, *arguments: str) -> subprocess.Popen[str]:
    return subprocess.Popen(  # noqa: S603 - our own code
        [sys.executable, "-c", code, *arguments],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


@pytest.mark.parametrize("size", [0, 4000, 60_000])
def test_a_full_disk_is_said_and_changes_nothing(tmp_path: Path, size: int) -> None:
    first = release(tmp_path, twenty(), tags_of_twenty())
    limited = python(LIMITED_BUILD, str(tmp_path), str(size))
    _, said = limited.communicate(timeout=60)
    assert limited.returncode == 5, said
    assert "Cannot write" in said
    assert latest_id(tmp_path / "release") == first.release_id
    assert verify(first.folder).faults == ()
    assert not (tmp_path / "release" / ".staging").exists()


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EROFS, errno.EACCES, errno.EIO])
def test_a_refused_rename_is_a_storage_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    first = release(tmp_path, twenty(), tags_of_twenty())

    def refuse(*_names: object) -> None:
        raise OSError(number, os.strerror(number))

    with monkeypatch.context() as patched:
        patched.setattr(os, "rename", refuse)
        with pytest.raises(StorageError, match=os.strerror(number)) as refused:
            release(tmp_path, twenty(1), tags_of_twenty())
    assert refused.value.exit_code == 5
    assert refused.value.next_step
    assert latest_id(tmp_path / "release") == first.release_id
    assert verify(first.folder).faults == ()
    assert release(tmp_path, twenty(1), tags_of_twenty()).is_new


def test_a_second_run_is_refused_and_told_who_runs(tmp_path: Path) -> None:
    with output_lock(tmp_path):
        other = python(HOLDER, str(tmp_path))
        _, said = other.communicate(timeout=60)
    assert other.returncode == 1
    assert "LockedError" in said
    assert f"process {os.getpid()}" in said


def test_a_killed_run_frees_the_lock(tmp_path: Path) -> None:
    holder = python(HOLDER, str(tmp_path))
    assert holder.stdout is not None
    assert holder.stdout.readline() == "held\n"
    with pytest.raises(LockedError) as refused, output_lock(tmp_path):
        pass
    assert refused.value.exit_code == 75
    assert f"process {holder.pid}" in str(refused.value)
    holder.send_signal(signal.SIGKILL)
    holder.communicate(timeout=60)
    with output_lock(tmp_path):
        assert (tmp_path / ".mapper.lock.json").is_file()
    assert not (tmp_path / ".mapper.lock.json").exists()
