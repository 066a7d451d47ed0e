"""What the code calls is there on Windows and in the newest Python, and writes the same bytes."""

import ast
import errno
import fcntl
import os
import subprocess
import sys
from pathlib import Path

import pytest

from mapper.clean import durable_files

ROOT = Path(__file__).parents[2]
MODULES = sorted((ROOT / "mapper").rglob("*.py"))


def _checked(*words: str, cwd: Path = ROOT) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "mypy", "--platform", "win32", "--python-version", "3.14"]
    return subprocess.run(  # noqa: S603 - our own words
        [*command, *words], cwd=cwd, capture_output=True, text=True, timeout=540, check=False
    )


def test_the_type_checker_misses_no_call_on_windows_under_the_newest_python(
    tmp_path: Path,
) -> None:
    """Typeshed says of each call of the standard library on which systems and since when it is."""
    done = _checked("--cache-dir", str(tmp_path), "mapper")
    assert done.returncode == 0, done.stdout


def test_the_type_checker_would_find_a_call_that_windows_lacks(tmp_path: Path) -> None:
    (tmp_path / "posix_alone.py").write_text("import os\n\nos.geteuid()\n", "utf-8")
    done = _checked("--cache-dir", str(tmp_path / "cache"), "posix_alone.py", cwd=tmp_path)
    assert 'Module has no attribute "geteuid"' in done.stdout


def _opens_text_for_writing(call: ast.Call) -> bool:
    if not isinstance(call.func, ast.Attribute) or "newline" in {one.arg for one in call.keywords}:
        return False
    if call.func.attr == "write_text":
        # That of durable_files takes a path first, and writes bytes.
        return True
    modes = [one.value for one in call.args if isinstance(one, ast.Constant)]
    return call.func.attr == "open" and any(mode in {"w", "a", "x"} for mode in modes)


def test_no_text_is_written_with_the_line_ends_of_the_machine() -> None:
    """Windows would write two bytes for each line end, and no hash would fit."""
    places = [
        f"{path.relative_to(ROOT)}:{call.lineno}"
        for path in MODULES
        for call in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(call, ast.Call) and _opens_text_for_writing(call)
    ]
    # Entries of an archive, which know no text.
    assert [
        place for place in places if "kmz.py" not in place and "site_archive" not in place
    ] == []


def test_what_is_flushed_was_opened_for_writing_as_windows_wants_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    flushed = []

    def flush(descriptor: int) -> None:
        if fcntl.fcntl(descriptor, fcntl.F_GETFL) & os.O_ACCMODE == os.O_RDONLY:
            raise OSError(errno.EBADF, "Bad file descriptor")
        flushed.append(descriptor)

    monkeypatch.setattr(os, "fsync", flush)
    monkeypatch.setattr(sys, "platform", "win32")
    path = tmp_path / "a.txt"
    durable_files.replace_file(path, "a\nb\n")
    durable_files.sync_file(path)
    durable_files.sync_folder(tmp_path)
    assert path.read_bytes() == b"a\nb\n"
    assert len(flushed) == 2
