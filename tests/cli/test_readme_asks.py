"""The README's section Ask: each command gives the lines that stand below it."""

import re
import shlex
from pathlib import Path

import pytest

from tests.cli.command import ROOT, Door

SECTION = (ROOT / "README.md").read_text("utf-8").partition("\n## Ask\n")[2].partition("\n## ")[0]
ASKED = re.findall(r"^\$ mapper (.+)\n((?:.+\n)+)", SECTION, re.MULTILINE)


def test_five_questions_are_shown() -> None:
    assert len(ASKED) == 5


@pytest.mark.parametrize(("words", "shown"), ASKED, ids=[words for words, _ in ASKED])
def test_a_command_gives_the_lines_that_stand_below_it(
    words: str, shown: str, door: Door, tmp_path: Path
) -> None:
    told = door.run(*shlex.split(words), cwd=tmp_path)
    assert told.code == 0, told
    given = told.stdout.splitlines()
    lines = [line for line in shown.splitlines() if not line.startswith("```")]
    assert lines
    for line in lines:
        # A line that is cut on the page ends in dots there.
        is_given = any(
            one.startswith(line.removesuffix("...").rstrip())
            if line.endswith("...")
            else one == line
            for one in given
        )
        assert is_given, f"{line!r} is not in\n{told.stdout}"
