"""The rules of docs/naming.md that a machine can hold, over every module of the package."""

import ast
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

import mapper

PACKAGE = Path(mapper.__file__).parent
MODULES = sorted(PACKAGE.rglob("*.py"))
SAYS_NOTHING = frozenset({"one", "found", "written", "known"})
"""Words that say how a thing came to be there, and not what it is."""

HOLDS_ANYTHING = frozenset({"utils", "helpers", "common", "manager", "process", "handle"})

MOST_LINES = 400
"""Of a module: what is longer does more than one thing."""


def stored_names(source: str) -> Iterator[tuple[int, str]]:
    """Yield line and name of what is kept: targets and parameters, not what a loop runs through."""
    tree = ast.parse(source)
    passing = {
        id(name)
        for node in ast.walk(tree)
        for target in _passing(node)
        for name in ast.walk(target)
    }
    for node in ast.walk(tree):
        if id(node) in passing:
            continue
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            yield node.lineno, node.id
        elif isinstance(node, ast.arg):
            yield node.lineno, node.arg


def _passing(node: ast.AST) -> tuple[ast.AST, ...]:
    if isinstance(node, ast.comprehension | ast.For):
        return (node.target,)
    return (node.args,) if isinstance(node, ast.Lambda) else ()


@pytest.mark.parametrize(
    ("source", "names"),
    [
        ("found = 1", ["found"]),
        ("class A:\n    known: int = 1", ["known"]),
        ("def f(written, *, one=1): pass", ["written", "one"]),
        ("if (known := 1): pass", ["known"]),
        ("for one in []: pass", []),
        ("[one for one in []]", []),
        ("f = lambda one: one", ["f"]),
    ],
)
def test_what_is_kept_is_told_from_what_a_loop_runs_through(source: str, names: list[str]) -> None:
    assert [name for _, name in stored_names(source)] == names


def test_no_thing_that_is_kept_has_a_name_that_says_nothing() -> None:
    assert [
        f"{path.relative_to(PACKAGE)}:{line}: {name}"
        for path in MODULES
        for line, name in stored_names(path.read_text("utf-8"))
        if name in SAYS_NOTHING
    ] == []


def test_no_two_modules_share_a_file_name() -> None:
    names = Counter(path.name for path in MODULES if path.name != "__init__.py")
    assert [name for name, count in names.items() if count > 1] == []


def test_no_module_is_named_by_what_could_hold_anything() -> None:
    assert [path.name for path in MODULES if path.stem in HOLDS_ANYTHING] == []


def test_no_module_is_longer_than_one_sitting() -> None:
    lengths = {path: path.read_text("utf-8").count("\n") for path in MODULES}
    assert [
        f"{path.relative_to(PACKAGE)}: {lines} lines"
        for path, lines in lengths.items()
        if lines > MOST_LINES
    ] == []
