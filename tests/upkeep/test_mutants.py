"""How mutants are chosen and counted; the run itself takes hours and is made by hand."""

import json
from pathlib import Path

import pytest

from tests.mutants import codes_in, drawn, narrowed, table

PYPROJECT = Path(__file__).parents[2] / "pyproject.toml"


def test_the_settings_name_one_room_and_its_tests() -> None:
    text = narrowed(PYPROJECT.read_text("utf-8"), "clean", "dates")
    assert 'only_mutate = ["mapper/clean/dates.py"]' in text
    assert 'pytest_add_cli_args_test_selection = ["tests/clean"]' in text


def test_settings_without_the_rooms_are_refused() -> None:
    with pytest.raises(ValueError, match="only_mutate"):
        narrowed("[tool.mutmut]\n", "clean", "*")


def test_the_same_mutants_are_drawn_of_the_same_code() -> None:
    names = [f"mapper.clean.dates.x_{number}" for number in range(50)]
    assert drawn(names, 5) == drawn(names, 5)
    assert len(set(drawn(names, 5))) == 5
    assert drawn(names, 0) == names


def test_what_no_test_noticed_or_reached_counts_as_survived(tmp_path: Path) -> None:
    folder = tmp_path / "mutants/mapper/clean"
    folder.mkdir(parents=True)
    codes = {"mapper.clean.dates.x_a": 1, "mapper.clean.dates.x_b": 0, "mapper.clean.dates.x_c": 33}
    body = {"exit_code_by_key": {**codes, "mapper.clean.dates.x_d": None}}
    (folder / "dates.py.meta").write_text(json.dumps(body), "utf-8")
    assert list(table(codes_in(tmp_path)))[2:] == [
        "| clean/dates | 3 | 1 | 33 % |",
        "| together | 3 | 1 | 33 % |",
        "mapper.clean.dates.x_b",
        "mapper.clean.dates.x_c",
    ]
