"""The whole way that the documentation shows is walked, command by command."""

import stat
from pathlib import Path

import pytest

from tests.documented_commands import BIN, walk
from tests.fetch.raw_server import serving
from tests.stand_in_overpass import StandIn

ROOT = Path(__file__).parents[2]


def _mapper_that_asks(url: str, folder: Path) -> Path:
    """Write a `mapper` that asks a server of this machine, whose days grow old with the page."""
    folder.mkdir()
    path = folder / "mapper"
    path.write_text(
        "#!/bin/sh\n"
        "case $1 in\n"
        f"  collect) shift; exec '{BIN}/mapper' collect --allow-old --endpoint {url} \"$@\" ;;\n"
        f"  update) shift; exec '{BIN}/mapper' update --allow-old \"$@\" ;;\n"
        f"  *) exec '{BIN}/mapper' \"$@\" ;;\n"
        "esac\n",
        "utf-8",
    )
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    return folder


def test_from_nothing_to_a_site_a_month_later_as_the_page_shows_it(tmp_path: Path) -> None:
    stand_in = StandIn()
    with serving(stand_in) as server:
        programs = _mapper_that_asks(f"{server.url}/api/interpreter", tmp_path / "programs")
        (tmp_path / "way").mkdir()
        count = walk(ROOT / "docs/the-whole-way.md", tmp_path / "way", before_path=programs)
    assert count >= 15
    assert stand_in.months == 1


def test_a_command_that_says_otherwise_than_its_page_is_found(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text("```console\n$ cd /\n$ pwd\n/\n$ echo a; echo b\nb\na\n```\n", "utf-8")
    with pytest.raises(AssertionError, match="echo a"):
        walk(page, tmp_path)
    page.write_text("```console\n$ false\n```\n", "utf-8")
    with pytest.raises(AssertionError, match="false"):
        walk(page, tmp_path)
