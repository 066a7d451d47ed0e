"""docs/questions.md: each question runs on a release, and gives the lines that stand below it."""

import re
import shutil
import sqlite3
from contextlib import chdir, closing
from pathlib import Path

import pytest

from mapper.export.database import FILE_NAME
from mapper.release.store import find_release
from tests.cli.command import ROOT

PAGE = (ROOT / "docs" / "questions.md").read_text(encoding="utf-8")
QUESTIONS = re.findall(r"^## (\d+\. .+?)\n(.*?)(?=^## |\Z)", PAGE, re.MULTILINE | re.DOTALL)
# Of these the embedded fixture or the evidence of a day may hold nothing.
MAY_BE_EMPTY = {"14", "20"}


@pytest.fixture(scope="module")
def folder(riverton_build: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a copy of a release that holds the bundled evidence."""
    release = find_release(riverton_build)
    return Path(shutil.copytree(release, tmp_path_factory.mktemp("release") / release.name))


def test_there_are_twenty_questions() -> None:
    assert [title.partition(".")[0] for title, _ in QUESTIONS] == [
        str(number) for number in range(1, 21)
    ]


@pytest.mark.parametrize(("title", "body"), QUESTIONS, ids=[title for title, _ in QUESTIONS])
def test_a_question_gives_what_stands_below_it(title: str, body: str, folder: Path) -> None:
    (asked,) = re.findall(r"^```sql\n(.*?)^```", body, re.MULTILINE | re.DOTALL)
    *before, question = [part for part in asked.split(";\n") if part.strip()]
    with chdir(folder), closing(sqlite3.connect(f"file:{FILE_NAME}?mode=ro", uri=True)) as opened:
        for statement in before:
            opened.execute(statement)
        rows = opened.execute(question).fetchall()
    given = {" | ".join("" if cell is None else str(cell) for cell in row).rstrip() for row in rows}
    assert given or title.partition(".")[0] in MAY_BE_EMPTY
    for lines in re.findall(r"^```text\n(.*?)^```", body, re.MULTILINE | re.DOTALL):
        for line in lines.splitlines():
            assert line.rstrip() in given, "\n".join(sorted(given))


def test_the_database_of_a_release_is_whole_and_no_side_file_is_left(folder: Path) -> None:
    with closing(sqlite3.connect(f"file:{folder / FILE_NAME}?mode=ro", uri=True)) as opened:
        assert opened.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert opened.execute("PRAGMA foreign_key_check").fetchall() == []
    assert not [path.name for path in folder.iterdir() if path.name.endswith(("-wal", "-journal"))]
