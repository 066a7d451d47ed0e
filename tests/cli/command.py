"""
The real command, run as a person runs it: another process, another folder.

``run`` starts a fresh interpreter. ``Door`` keeps one interpreter that has imported everything
and forks it for each command: the same ``main``, without the second and a half of imports.
"""

import json
import os
import signal
import subprocess
import sys
import traceback
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from importlib import import_module
from pathlib import Path
from typing import Any

from mapper.settings import PAGE_STORE_VARIABLE

ROOT = Path(__file__).resolve().parents[2]
_ESCAPE = "\x1b"


@dataclass(frozen=True, slots=True)
class Told:
    """What a command ended with, and what it said."""

    code: int
    stdout: str
    stderr: str

    @property
    def error(self) -> list[str]:
        """The lines of the error itself, without the progress before it."""
        lines = self.stderr.splitlines()
        begins = [number for number, line in enumerate(lines) if line.startswith("error: ")]
        return lines[begins[0] :] if begins else []

    def require_good_error(self, code: int) -> None:
        """Hold a message to the form that docs/faults.md promises."""
        assert self.code == code, self
        assert self.stdout == ""
        assert 2 <= len(self.error) <= 6, self.stderr
        assert self.error[0].startswith("error: ")
        assert self.error[-1].startswith("  next: "), self.stderr
        assert len(self.error[-1]) > len("  next: ")
        assert _ESCAPE not in self.stderr
        assert "Traceback" not in self.stderr
        assert "Warning" not in self.stderr
        # GDAL's own handler begins so, on stderr and past Python.
        assert "ERROR 1" not in self.stderr
        for place in (str(ROOT / "mapper"), "site-packages"):
            assert place not in self.stderr


def environment(**more: str) -> dict[str, str]:
    """Return an environment in which the package is found and nothing colours or proxies."""
    names = ("PATH", "HOME", PAGE_STORE_VARIABLE)
    kept = {name: os.environ[name] for name in names if name in os.environ}
    return {**kept, "PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1", **more}


def start(
    *words: str,
    cwd: Path,
    entry: Sequence[str] = ("-m", "mapper"),
    gives_input: bool = False,
    **more: str,
) -> subprocess.Popen[str]:
    """Start the command in a fresh interpreter; without input it reads none."""
    return subprocess.Popen(  # noqa: S603 - our own code
        [sys.executable, *entry, *words],
        cwd=cwd,
        env=environment(**more),
        stdin=subprocess.PIPE if gives_input else subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def run(
    *words: str,
    cwd: Path,
    entry: Sequence[str] = ("-m", "mapper"),
    timeout_s: float = 120,
    **more: str,
) -> Told:
    """Run the command in a fresh interpreter to its end."""
    process = start(*words, cwd=cwd, entry=entry, gives_input=False, **more)
    stdout, stderr = process.communicate(timeout=timeout_s)
    return Told(process.returncode, stdout, stderr)


@dataclass(frozen=True, slots=True)
class Errand:
    """
    One command for the door.

    Attributes
    ----------
    before
        Python run in the child before the command: a limit, a stand-in for ``time.sleep``.
    """

    words: Sequence[str]
    cwd: str
    env: Mapping[str, str]
    before: str


class Door:
    """Runs commands in forks of one process that has imported everything."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.cli.command"],
            cwd=ROOT,
            env=environment(),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def run(self, *words: str, cwd: Path, before: str = "", **env: str) -> Told:
        """Run one command to its end."""
        errand = Errand(words, str(cwd), env, before)
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps(asdict(errand)) + "\n")
        self._process.stdin.flush()
        return Told(**json.loads(self._process.stdout.readline()))

    def close(self) -> None:
        """End the process."""
        assert self._process.stdin is not None
        self._process.stdin.close()
        self._process.wait(timeout=30)
        assert self._process.stdout is not None
        self._process.stdout.close()


def _serve() -> None:
    _import_everything()
    for line in sys.stdin:
        errand = Errand(**json.loads(line))
        # Pipes and not files, so that a limit on the size of files leaves the messages alone.
        out, err = os.pipe(), os.pipe()
        child = os.fork()
        if child == 0:
            _become(errand, out[1], err[1])
        os.close(out[1])
        os.close(err[1])
        with ThreadPoolExecutor(2) as readers:
            stdout, stderr = readers.map(_text, (out[0], err[0]))
        _, status = os.waitpid(child, 0)
        told = Told(os.waitstatus_to_exitcode(status), stdout, stderr)
        sys.stdout.write(json.dumps(asdict(told)) + "\n")
        sys.stdout.flush()


def _import_everything() -> None:
    # Imports alone: threads that Arrow would start do not survive a fork.
    import_module("mapper.cli")
    import_module("mapper.upkeep.bundled_files")
    import_module("mapper.upkeep.generated_docs")
    rooms = ["collecting", "asking", "building", "own_lists", "own_site", "releases"]
    for name in [*rooms, "searching", "dossiers", "citing", "exposing", "partitioned"]:
        import_module(f"mapper.pipeline.{name}")
    # Asked for at a fork, when an errand may no longer read the library's folder.
    import_module("multiprocessing.popen_fork")


def _become(errand: Errand, out: int, err: int) -> None:
    """Be the command, and never come back."""
    signal.signal(signal.SIGINT, signal.default_int_handler)
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    os.dup2(out, 1)
    os.dup2(err, 2)
    os.chdir(errand.cwd)
    os.environ.update(errand.env)
    sys.argv = ["mapper", *errand.words]
    code: Any = 0
    try:
        exec(errand.before, {})  # noqa: S102 - written in the tests
        from mapper.cli import main  # noqa: PLC0415

        main()
    except SystemExit as end:
        code = end.code
    except BaseException:  # noqa: BLE001 - nothing may return into the loop of the parent
        traceback.print_exc()
        code = 99
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code or 0)


def _text(descriptor: int) -> str:
    with os.fdopen(descriptor, encoding="utf-8") as file:
        return file.read()


if __name__ == "__main__":
    _serve()
