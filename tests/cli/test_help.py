"""The help reads like a manual: grouped, whole, with examples, and at once."""

from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pytest
import typer

from mapper.cli import app
from mapper.registry.checked import load
from mapper.settings import Settings
from tests.cli.command import Door, run

GROUPS = ["Make", "Ask", "Collect", "Curate"]
HEAVY = ["geopandas", "pandas", "numpy", "pyarrow", "shapely", "folium", "requests", "osmium"]
IMPORTED = f"""
import sys
import mapper.cli
print([name for name in {HEAVY} if name in sys.modules])
"""


def leaves(command: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Any]]:  # noqa: ANN401 - typer's own class
    """Yield every command that does something, with the words that lead to it."""
    below = getattr(command, "commands", None)
    if below is None:
        yield path, command
        return
    for name, each in below.items():
        yield from leaves(each, (*path, name))


COMMANDS = {" ".join(path): command for path, command in leaves(typer.main.get_command(app))}


def test_the_groups_stand_in_the_order_of_work(tmp_path: Path) -> None:
    told = run("--help", cwd=tmp_path)
    assert told.code == 0
    assert told.stderr == ""
    assert "\x1b" not in told.stdout
    places = [told.stdout.index(f"\n{group}:\n") for group in GROUPS]
    assert places == sorted(places)
    for code in ("0 done", "3 a source failed", "4 a gate", "75 another run", "130 interrupted"):
        assert code in " ".join(told.stdout.split())


@pytest.mark.parametrize("words", [(), ("config",), ("registry",)])
def test_a_command_without_its_words_tells_what_there_is(
    words: tuple[str, ...], door: Door, tmp_path: Path
) -> None:
    told = door.run(*words, cwd=tmp_path)
    assert (told.code, told.stdout) == (2, "")
    # As `--help` lays it out, which is no error.
    assert told.stderr == door.run(*words, "--help", cwd=tmp_path).stdout


def test_the_version_has_the_day_of_the_evidence_beside_it(door: Door, tmp_path: Path) -> None:
    told = door.run("--version", cwd=tmp_path)
    evidence_on = load(Settings().registry_dir).evidence_on
    assert (told.code, told.stderr) == (0, "")
    assert (
        told.stdout == f"whose-cameras {version('whose-cameras')}, evidence as of {evidence_on}\n"
    )


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_says_what_it_does_and_how(name: str, door: Door, tmp_path: Path) -> None:
    command = COMMANDS[name]
    told = door.run(*name.split(), "--help", cwd=tmp_path)
    assert told.code == 0
    assert told.stderr == ""
    assert command.help, name
    assert command.help.strip().splitlines()[0].endswith((".", ":")), name
    # An example, or the values that a bare call takes.
    assert "mapper " in told.stdout.split("Usage:")[1].split("\n", 1)[1] or "[default:" in (
        told.stdout
    ), f"{name} has neither an example nor a default"
    for parameter in command.params:
        assert getattr(parameter, "help", None), f"{name}: {parameter.name} says nothing"


def test_the_help_waits_for_nothing_heavy(tmp_path: Path) -> None:
    told = run(cwd=tmp_path, entry=("-c", IMPORTED))
    assert told.stdout == "[]\n", told.stderr


def test_the_command_and_the_module_are_one(tmp_path: Path) -> None:
    as_module = run("--help", cwd=tmp_path)
    as_entry = run("--help", cwd=tmp_path, entry=("-c", "from mapper.cli import main; main()"))
    assert as_module == as_entry


def test_the_old_word_for_the_bundled_files_goes_on_working(door: Door, tmp_path: Path) -> None:
    for name in ("land", "boundaries", "calibration"):
        old, new = (door.run(word, name, "--help", cwd=tmp_path) for word in ("carried", "bundled"))
        assert (old.code, new.code) == (0, 0)
        assert old.stdout.replace("mapper carried", "mapper bundled") == new.stdout
    assert "carried" not in door.run("--help", cwd=tmp_path).stdout
