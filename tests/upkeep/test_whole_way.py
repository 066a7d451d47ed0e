"""The whole way that the documentation shows is walked, command by command."""

from pathlib import Path

import pytest

from tests.documented_commands import walk
from tests.fetch.raw_server import serving
from tests.stand_in_overpass import StandIn, mapper_that_asks

ROOT = Path(__file__).parents[2]


def test_from_nothing_to_a_site_a_month_later_as_the_page_shows_it(tmp_path: Path) -> None:
    stand_in = StandIn()
    with serving(stand_in) as server:
        programs = mapper_that_asks(server.url, tmp_path / "programs")
        (tmp_path / "way").mkdir()
        count = walk(ROOT / "docs/the-whole-way.md", tmp_path / "way", before_path=programs)
    assert count >= 15
    assert stand_in.months == 1


def test_a_command_that_says_otherwise_than_its_page_is_found(tmp_path: Path) -> None:
    page = tmp_path / "page"
    page.write_text("```console\n$ cd /\n$ pwd\n/\n$ echo a; echo b\nb\na\n```\n", "utf-8")
    with pytest.raises(AssertionError, match="echo a"):
        walk(page, tmp_path)
    page.write_text("```console\n$ false\n```\n", "utf-8")
    with pytest.raises(AssertionError, match="false"):
        walk(page, tmp_path)
