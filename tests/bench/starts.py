"""What a person waits for before anything is said: imports, the help, short questions."""

import sys
from collections.abc import Iterator
from pathlib import Path

from tests.bench.measure import Row, run

_TRIES = 7
_PYTHON = sys.executable
# What is asked, its command, and its bar in processor seconds of an idle core.
_ASKED = (
    ("import mapper", (_PYTHON, "-c", "import mapper"), 0.15),
    ("mapper --help", (_PYTHON, "-m", "mapper", "--help"), 0.15),
    ("mapper status", (_PYTHON, "-m", "mapper", "status", "Hikvision", "--on", "2019-12"), 0.4),
    ("mapper chain", (_PYTHON, "-m", "mapper", "chain", "moscow-city-video"), 0.5),
    ("mapper --version", (_PYTHON, "-m", "mapper", "--version"), None),
)


def rows(_: Path) -> Iterator[Row]:
    """Measure the least of several runs: whatever is more was something else on the machine."""
    peer_s = _least_s((_PYTHON, "-c", "import typer.main"))
    for name, command, bar in _ASKED:
        yield Row(
            f"{name}, processor time, least of {_TRIES}",
            _least_s(command),
            "s",
            bar,
            peer="importing the parser of arguments alone, s",
            peer_value=peer_s,
        )


def _least_s(command: tuple[str, ...]) -> float:
    runs = [run(command) for _ in range(_TRIES)]
    failed = [each.exit_code for each in runs if each.exit_code]
    if failed:
        msg = f"{' '.join(command[1:])} ended with exit code {failed[0]}"
        raise RuntimeError(msg)
    return min(each.cpu_s for each in runs)
