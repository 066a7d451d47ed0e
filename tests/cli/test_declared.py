"""What the package imports is what its description declares, and the other way round."""

import ast
import re
import sys
import tomllib
from collections.abc import Iterator
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

from tests.cli.command import ROOT

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
OWN = {"mapper", "tests", "_typeshed"}
"""Ours, and the type checker's own module, which nothing imports when it runs."""


def plain(name: str) -> str:
    """Return a distribution's name as registries compare names (PEP 503)."""
    return re.sub(r"[-_.]+", "-", re.split(r"[\s<>=!~\[;]", name.strip())[0]).lower()


DECLARED = {plain(name) for name in PROJECT["dependencies"]}
FOR_TESTS = {
    plain(name) for extra in ("test", "bench") for name in PROJECT["optional-dependencies"][extra]
}


def imported(folder: Path) -> Iterator[tuple[str, str]]:
    """Yield each module that a file below a folder imports, by its first name, with the file."""
    for path in sorted(folder.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Import):
                for name in node.names:
                    yield name.name.partition(".")[0], path.name
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                yield node.module.partition(".")[0], path.name


@pytest.mark.parametrize(
    ("folder", "declared"), [("mapper", DECLARED), ("tests", DECLARED | FOR_TESTS)]
)
def test_every_import_is_declared(folder: str, declared: set[str]) -> None:
    distributions = packages_distributions()
    undeclared = {
        f"{module} in {file}"
        for module, file in imported(ROOT / folder)
        if module not in sys.stdlib_module_names
        and module not in OWN
        and not {plain(name) for name in distributions.get(module, [module])} & declared
    }
    assert undeclared == set()


def test_every_declaration_is_imported() -> None:
    distributions = packages_distributions()
    used = {
        plain(name)
        for module, _ in imported(ROOT / "mapper")
        for name in distributions.get(module, [module])
    }
    assert DECLARED - used == set()


def test_the_package_is_run_by_its_own_name_too() -> None:
    assert PROJECT["scripts"][PROJECT["name"]] == PROJECT["scripts"]["mapper"] == "mapper.cli:main"
