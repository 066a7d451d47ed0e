"""What a person waits for before anything is said: imports, the help, short questions."""

import sys
from collections.abc import Iterator
from pathlib import Path

from tests.bench.pairs import Pair
from tests.bench.peers import Peers

_PYTHON = sys.executable
_PARSER = (_PYTHON, "-c", "import typer.main, rich.console")
# What is asked, its command, and its bar in processor seconds of an idle core.
_ASKED = (
    ("import mapper", (_PYTHON, "-c", "import mapper"), 0.15),
    ("mapper --help", (_PYTHON, "-m", "mapper", "--help"), 0.15),
    ("mapper status", (_PYTHON, "-m", "mapper", "status", "Hikvision", "--on", "2019-12"), 0.4),
    ("mapper chain", (_PYTHON, "-m", "mapper", "chain", "moscow-city-video"), 0.5),
)


def pairs(_: Path, __: Peers) -> Iterator[Pair]:
    """Yield each question beside importing the parser of arguments, which all but one need."""
    for name, command, bar_s in _ASKED:
        yield Pair(name, command, "importing a parser of arguments", _PARSER, ours_max_s=bar_s)
