"""
The plan of the house, drawn from its code: the rooms, the path of a record, the path of a claim.

Nothing is imported to draw it: signatures and docstrings are read as text, the floors from the
import contract in ``pyproject.toml``. A step that was renamed, or that no longer hands on what the
next one takes, stops the drawing, so that the pictures cannot fall behind the code.
"""

import ast
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from mapper.errors import GateError


@dataclass(frozen=True, slots=True)
class Step:
    """
    One function on a path.

    Attributes
    ----------
    function
        Its address below the package: room, file, function.
    hands_on
        The type that leaves it for the next step; empty for the last one.
    """

    function: str
    hands_on: str = ""


PATH_OF_A_RECORD: Final = (
    Step("fetch.source_bodies.collect", "Collected"),
    Step("sources.osm.reading.read", "Reading"),
    Step("resolve.cameras.resolve", "Resolved"),
    Step("validate.privacy.withhold", "Published"),
    Step("validate.gates.require", "Published"),
    Step("export.write.write_all", "WrittenFile"),
    Step("release.store.publish", "Outcome"),
    Step("website.build.build_site"),
)
"""A camera, from the bytes of a source to the map."""

PATH_OF_A_CLAIM: Final = (
    Step("registry.checked.load", "Registry"),
    Step("answers.relation_status.relation_status", "RelationStatus"),
    Step("answers.supply.edge_of", "Edge"),
    Step("answers.supply_chain.chain", "Chain"),
    Step("telling.as_text.chain_text"),
)
"""What somebody says of a supply, from the table to the reader."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """
    A step as the code has it.

    Attributes
    ----------
    takes, returns
        The annotations as written; those of progress, settings and other company are left in.
    summary
        The first line of the docstring.
    """

    room: str
    function: str
    takes: tuple[str, ...]
    returns: str
    summary: str


def read_step(package: Path, step: Step) -> Drawn:
    """
    Read the signature and the summary of a step from its file.

    Parameters
    ----------
    package
        The folder of the package.

    Raises
    ------
    GateError
        If the code has no such function, or it says nothing of itself.
    """
    *folders, module, name = step.function.split(".")
    path = package.joinpath(*folders, f"{module}.py")
    if not path.is_file():
        raise _no_such_step(step)
    for node in ast.parse(path.read_text("utf-8")).body:
        if isinstance(node, ast.FunctionDef) and node.name == name:
            summary = ast.get_docstring(node)
            if summary is None or node.returns is None:
                break
            # All of them: what a step takes is often handed to it by name alone.
            arguments = (*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs)
            return Drawn(
                room=folders[0],
                function=step.function,
                takes=tuple(
                    ast.unparse(argument.annotation)
                    for argument in arguments
                    if argument.annotation
                ),
                returns=ast.unparse(node.returns),
                summary=summary.splitlines()[0].replace("``", ""),
            )
    raise _no_such_step(step)


def read_path(package: Path, steps: Sequence[Step]) -> tuple[Drawn, ...]:
    """
    Read every step of a path, and hold each to what it hands on.

    Raises
    ------
    GateError
        If a step is gone, or the type it hands on stands in neither its own return value nor
        among what the next step takes.
    """
    drawn = tuple(read_step(package, step) for step in steps)
    for number, step in enumerate(steps[:-1]):
        named = (drawn[number].returns, *drawn[number + 1].takes)
        if not any(step.hands_on in _names(annotation) for annotation in named):
            msg = f"{step.function} no longer hands on {step.hands_on}"
            raise GateError(msg, next_step="bring the path in upkeep/architecture.py up to date.")
    return drawn


def read_floors(pyproject: Path) -> tuple[tuple[str, ...], ...]:
    """
    Read which rooms lie on which floor, the highest first, from the import contract.

    Raises
    ------
    GateError
        If there is no contract of layers.
    """
    settings = tomllib.loads(pyproject.read_text("utf-8"))
    for contract in settings["tool"]["importlinter"]["contracts"]:
        if contract["type"] == "layers":
            return tuple(
                tuple(room.strip() for room in floor.split("|")) for floor in contract["layers"]
            )
    msg = f"{pyproject.name} has no contract of layers"
    raise GateError(msg, next_step="restore the contract that says who may import whom.")


def read_room(package: Path, room: str) -> str:
    """Return the first line that a room, or a file that stands for one, says of itself."""
    folder = package / room
    path = folder / "__init__.py" if folder.is_dir() else package / f"{room}.py"
    text = ast.get_docstring(ast.parse(path.read_text("utf-8"))) or ""
    return text.splitlines()[0].replace("``", "") if text else ""


def _names(annotation: str) -> set[str]:
    # A type may stand inside another one (Sequence[Reading]) or behind a module (pd.DataFrame).
    nodes = list(ast.walk(ast.parse(annotation, mode="eval")))
    return {node.id for node in nodes if isinstance(node, ast.Name)} | {
        node.attr for node in nodes if isinstance(node, ast.Attribute)
    }


def _no_such_step(step: Step) -> GateError:
    msg = f"the code has no function {step.function} with a docstring and a return type"
    return GateError(msg, next_step="bring the path in upkeep/architecture.py up to date.")
