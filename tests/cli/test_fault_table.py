"""docs/faults.md says what a user reads; each row is brought about, and read."""

import re
import shlex
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.cli.command import ROOT, Door, Told
from tests.cli.faults import FAULTS, TAKEN_PORT
from tests.fetch.raw_server import serving

TABLE = ROOT / "docs" / "faults.md"
_ROW = re.compile(
    r"\| (?P<fault>[^|]+) \| `mapper (?P<words>[^`]+)` \| (?P<code>\d+) \| (?P<reads>.+) \|"
)
# What differs from run to run, and how the table writes it.
_VARIES = (
    (re.compile(r"127\.0\.0\.1:(?!9/)\d+"), "127.0.0.1:PORT"),
    (re.compile(r"process \d+ on \S+, since [^)]+"), "process PID on HOST, since TIME"),
    (re.compile(r"Port \d+"), "Port PORT"),
)


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the table."""

    words: str
    code: int
    reads: str


def rows() -> dict[str, Row]:
    """Read the table, by fault."""
    found = (_ROW.fullmatch(line) for line in TABLE.read_text("utf-8").splitlines())
    return {row["fault"]: Row(row["words"], int(row["code"]), row["reads"]) for row in found if row}


def as_written(told: Told) -> str:
    """Write an error as the table does."""
    lines = (line.strip().replace("<", "&lt;").replace("|", "&#124;") for line in told.error)
    text = "<br>".join(lines)
    for pattern, word in _VARIES:
        text = pattern.sub(word, text)
    return text


def test_the_table_names_every_fault_that_is_brought_about() -> None:
    assert list(rows()) == list(FAULTS)
    assert len(FAULTS) >= 25
    assert {row.code for row in rows().values()} == {1, 2, 3, 4, 5, 6, 75, 130}


@pytest.mark.parametrize("name", FAULTS)
def test_the_user_reads_what_the_table_says(
    name: str, door: Door, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    fault, row = FAULTS[name], rows()[name]
    folder: Path = request.getfixturevalue("built") if fault.needs_build else tmp_path
    fault.prepare(folder)
    words = fault.words
    with ExitStack() as stack:
        stack.enter_context(fault.during(folder))
        if fault.script is not None:
            words = words.replace("URL", stack.enter_context(serving(fault.script)).url)
        if TAKEN_PORT in words:
            words = words.replace(TAKEN_PORT, (folder / TAKEN_PORT).read_text())
        told = door.run(*shlex.split(words), cwd=folder, before=fault.before)
    assert row.words == fault.words
    assert as_written(told) == row.reads
    told.require_good_error(row.code)
