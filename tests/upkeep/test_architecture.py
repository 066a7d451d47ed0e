"""The plan of the house is read from the code, and a path that the code left is noticed."""

from pathlib import Path

import pytest
from defusedxml.ElementTree import fromstring

import mapper
from mapper.errors import GateError
from mapper.upkeep.architecture import (
    PATH_OF_A_CLAIM,
    PATH_OF_A_RECORD,
    Step,
    read_floors,
    read_path,
    read_room,
)
from mapper.upkeep.plan_pictures import path_svg, rooms_svg

PACKAGE = Path(mapper.__file__).parent
PYPROJECT = PACKAGE.parent / "pyproject.toml"


@pytest.fixture(name="package")
def small_package(tmp_path: Path) -> Path:
    """Return a package of two steps, written by hand."""
    for room, text in {
        "dig": 'def dig(where: str) -> Clay:\n    """Dig & carry ``clay``."""\n',
        "fire": 'def fire(clay: list[Clay]) -> Brick:\n    """Fire <bricks>."""\n',
    }.items():
        (tmp_path / room).mkdir()
        (tmp_path / room / "work.py").write_text(text, "utf-8")
    return tmp_path


@pytest.mark.parametrize("steps", [PATH_OF_A_RECORD, PATH_OF_A_CLAIM], ids=["record", "claim"])
def test_every_step_of_a_path_hands_on_what_the_next_one_takes(steps: tuple[Step, ...]) -> None:
    assert len(read_path(PACKAGE, steps)) == len(steps)


def test_a_step_that_was_renamed_stops_the_drawing(package: Path) -> None:
    with pytest.raises(GateError, match=r"no function dig\.work\.delve"):
        read_path(package, (Step("dig.work.delve", "Clay"), Step("fire.work.fire")))


def test_a_file_that_moved_stops_the_drawing(package: Path) -> None:
    with pytest.raises(GateError, match=r"no function dig\.moved\.dig"):
        read_path(package, (Step("dig.moved.dig", "Clay"), Step("fire.work.fire")))


def test_a_type_that_is_no_longer_handed_on_stops_the_drawing(package: Path) -> None:
    with pytest.raises(GateError, match="no longer hands on Sand"):
        read_path(package, (Step("dig.work.dig", "Sand"), Step("fire.work.fire")))


def test_a_path_is_drawn_with_its_rooms_its_types_and_its_words(package: Path) -> None:
    steps = (Step("dig.work.dig", "Clay"), Step("fire.work.fire"))
    picture = fromstring(path_svg("Bricks", steps, read_path(package, steps)))
    texts = [node.text for node in picture.iter() if node.tag.endswith("text")]
    assert texts == [
        "dig",
        "dig.work.dig",
        "Dig & carry clay.",
        "Clay",
        "fire",
        "fire.work.fire",
        "Fire <bricks>.",
    ]


def test_every_room_of_the_contract_says_what_it_is_and_is_drawn() -> None:
    floors = read_floors(PYPROJECT)
    said = {room: read_room(PACKAGE, room) for floor in floors for room in floor}
    assert all(said.values())
    picture = rooms_svg("Rooms", floors, said)
    assert all(f">{room}</text>" in picture for room in said)
    folders = {path.name for path in PACKAGE.iterdir() if (path / "__init__.py").is_file()}
    assert folders <= set(said)


def test_a_project_without_floors_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "pyproject.toml"
    path.write_text('[[tool.importlinter.contracts]]\ntype = "forbidden"\n', "utf-8")
    with pytest.raises(GateError, match="no contract of layers"):
        read_floors(path)
