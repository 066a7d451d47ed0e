"""A scheduler and two workers on the loopback, started as a person would, stopped in the end."""

import json
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).parents[2]
_DASK: Final = (sys.executable, "-m", "dask")
_STARTS_S: Final = 60.0
_ENDS_S: Final = 30.0


@contextmanager
def cluster_of_two(folder: Path) -> Iterator[str]:
    """
    Lend the address of a scheduler with two workers of one thread each.

    Parameters
    ----------
    folder
        Where they keep what they need; what they say is in ``log`` of it.

    Raises
    ------
    RuntimeError
        If the scheduler does not start.
    """
    note = folder / "scheduler.json"
    here = ("--host", "127.0.0.1", "--no-dashboard", "--scheduler-file", str(note))
    with ExitStack() as opened:
        log = opened.enter_context((folder / "log").open("wb"))

        def start(*words: str) -> None:
            process = subprocess.Popen([*_DASK, *words], cwd=ROOT, stdout=log, stderr=log)  # noqa: S603 - our own words
            opened.callback(process.wait, _ENDS_S)
            opened.callback(process.terminate)

        start("scheduler", "--port", "0", *here)
        address = _address_in(note)
        for name in ("one", "two"):
            at = ("--name", name, "--local-directory", str(folder / name))
            start("worker", "--nthreads", "1", *at, *here)
        yield address


def _address_in(note: Path) -> str:
    ends_s = time.monotonic() + _STARTS_S
    while time.monotonic() < ends_s:
        # Whole once its last bracket is there.
        if note.exists() and (text := note.read_text("utf-8")).endswith("}"):
            return str(json.loads(text)["address"])
        time.sleep(0.1)
    msg = f"{note} did not come"
    raise RuntimeError(msg)
