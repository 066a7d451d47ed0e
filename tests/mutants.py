"""
Break each line of a room of rules, and list what no test of the room noticed.

Run by ``make mutants ROOM=clean``, with ``SAMPLE=300`` for so many mutants drawn by chance: the
same ones of the same code. It works in a copy, so that the checkout may be edited meanwhile, and
asks the tests of the room alone, which makes the share it prints a lower bound.
"""

import argparse
import json
import os
import random
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

ROOMS = ("answers", "clean", "resolve/vendors", "validate")
_ROOT = Path(__file__).parents[1]
_CARRIED = ("mapper", "data", "docs", "site", "tests", "LICENSES", "pyproject.toml")
_NOBODY = "no.such.mutant"
_TOGETHER = 3
# Codes of pytest, and mutmut's own for a mutant that no test reaches.
_SURVIVED = frozenset({0, 5, 33})


def main(arguments: Sequence[str]) -> int:
    """Try the mutants of a room, and print how many were noticed and which were not."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("room", choices=ROOMS)
    parser.add_argument("module", nargs="?", default="*", help="one file of the room, by its stem")
    parser.add_argument("--sample", type=int, default=0, help="how many mutants; 0 tries all")
    asked = parser.parse_args(arguments)
    folder = _ROOT / "build/mutants" / asked.room.replace("/", "-")
    _copy(folder, asked.room, asked.module)
    # A name that nothing has: mutmut writes the mutants, sees which tests reach them, and stops.
    _mutmut(folder, _NOBODY)
    names = drawn(sorted(codes_in(folder)), asked.sample)
    if not names:
        sys.stderr.write(f"nothing of mapper/{asked.room}/{asked.module}.py can be broken\n")
        return 2
    # Few at a time: pytest does not find some tests again by names with signs in them, and mutmut
    # then gives up on all mutants that it was asked for together.
    for start in range(0, len(names), _TOGETHER):
        _mutmut(folder, *names[start : start + _TOGETHER])
    codes = {name: code for name, code in codes_in(folder).items() if name in set(names)}
    for name in [name for name, code in codes.items() if code in _SURVIVED]:
        codes[name] = _second_look(folder / "mutants", asked.room, name)
    sys.stdout.writelines(f"{line}\n" for line in table(codes))
    untried = sum(code is None for code in codes.values())
    if untried:
        sys.stderr.write(f"{untried} of {len(codes)} could not be tried\n")
    return 0 if untried < len(codes) else 1


def narrowed(pyproject: str, room: str, module: str) -> str:
    """Return the settings with one room to break, and its tests alone to notice."""
    for name, value in (
        ("only_mutate", f"mapper/{room}/{module}.py"),
        ("pytest_add_cli_args_test_selection", f"tests/{room}"),
    ):
        pyproject, count = re.subn(rf"(?m)^{name} = .*$", f'{name} = ["{value}"]', pyproject)
        if count != 1:
            msg = f"pyproject.toml sets {name} {count} times, not once"
            raise ValueError(msg)
    return pyproject


def drawn(names: Sequence[str], count: int) -> list[str]:
    """Draw so many names by chance, the same of the same names; all of them for 0."""
    mixed = list(names)
    random.Random(7).shuffle(mixed)  # noqa: S311 - a sample, no secret
    return mixed[:count] if count else list(names)


def codes_in(folder: Path) -> dict[str, int | None]:
    """Return by the name of each mutant the code its tests ended with; None where not tried."""
    codes: dict[str, int | None] = {}
    for path in sorted(folder.rglob("mutants/mapper/**/*.meta")):
        codes |= json.loads(path.read_text("utf-8"))["exit_code_by_key"]
    return codes


def table(codes: Mapping[str, int | None]) -> Iterator[str]:
    """Yield a row of Markdown for each module, the whole, and each mutant that nothing noticed."""
    modules: dict[str, list[bool]] = {}
    for name, code in codes.items():
        if code is not None:
            module = name.rpartition(".")[0].removeprefix("mapper.").replace(".", "/")
            modules.setdefault(module, []).append(code not in _SURVIVED)
    yield "| module | tried | noticed | share |"
    yield "| --- | --- | --- | --- |"
    whole = [is_noticed for noticed in modules.values() for is_noticed in noticed]
    for module, noticed in [*sorted(modules.items()), ("together", whole)]:
        share = 100 * sum(noticed) / max(1, len(noticed))
        yield f"| {module} | {len(noticed)} | {sum(noticed)} | {share:.0f} % |"
    yield from sorted(name for name, code in codes.items() if code in _SURVIVED)


def _copy(folder: Path, room: str, module: str) -> None:
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    for name in _CARRIED:
        if (_ROOT / name).is_dir():
            ignored = shutil.ignore_patterns("__pycache__", "raw")
            shutil.copytree(_ROOT / name, folder / name, ignore=ignored)
        else:
            shutil.copy(_ROOT / name, folder / name)
    path = folder / "pyproject.toml"
    path.write_text(narrowed(path.read_text("utf-8"), room, module), "utf-8")


def _second_look(folder: Path, room: str, name: str) -> int:
    """
    Try a mutant by every test file of the room that names its module; the code of pytest.

    mutmut asks the tests during which a function ran: of one that runs at import, only the first.
    """
    module = name.partition(".x")[0].rpartition(".")[2]
    files = [
        str(path.relative_to(folder))
        for path in sorted((folder / "tests" / room).glob("test_*.py"))
        if re.search(rf"\b{module}\b", path.read_text("utf-8"))
    ]
    if not files:
        return 0
    words = [sys.executable, "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider", *files]
    environment = {**os.environ, "MUTANT_UNDER_TEST": name}
    done = subprocess.run(words, cwd=folder, env=environment, check=False, capture_output=True)  # noqa: S603 - our own words
    return done.returncode


def _mutmut(folder: Path, *names: str) -> None:
    # mutmut calls python by its name; the one of its own environment has to be found first.
    beside = Path(sys.executable).parent
    environment = {**os.environ, "PATH": f"{beside}{os.pathsep}{os.environ['PATH']}"}
    words = [str(beside / "mutmut"), "run", "--max-children", "1", *names]
    subprocess.run(words, cwd=folder, env=environment, check=False)  # noqa: S603 - our own words


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
