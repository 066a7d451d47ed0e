"""The console blocks of a page, walked as a reader would, and held to what the page shows."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

BIN = Path(sys.executable).parent
_BLOCK = re.compile(r"```console\n(.*?)```", re.DOTALL)
_PROMPT = "$ "


def commands_of(page: Path) -> Iterator[tuple[str, list[str]]]:
    """Yield each command of a page with the lines that are shown below it."""
    command = ""
    shown: list[str] = []
    for block in _BLOCK.findall(page.read_text("utf-8")):
        for line in block.strip("\n").splitlines():
            if command.endswith("\\") and not shown:
                # The backslash of a shell: the command goes on in the next line.
                command = f"{command[:-1].rstrip()} {line.strip()}"
            elif line.startswith(_PROMPT):
                if command:
                    yield command, shown
                command, shown = line.removeprefix(_PROMPT), []
            else:
                shown.append(line)
    if command:
        yield command, shown


def walk(page: Path, folder: Path, *, before_path: Path | None = None) -> int:
    """
    Run every command of a page in order, where the one before left off.

    Parameters
    ----------
    before_path
        A folder whose programs stand in for those of the same name.

    Returns
    -------
    int
        How many commands there are.
    """
    place, marker = folder, folder / ".place"
    commands = list(commands_of(page))
    path = [str(each) for each in (before_path, BIN) if each is not None]
    environment = {**os.environ, "PATH": ":".join([*path, os.environ["PATH"]])}
    for command, shown in commands:
        done = subprocess.run(  # noqa: S602 - the page's own words, as a reader would type them
            f"{command}\ncode=$?; pwd > '{marker}'; exit $code",
            shell=True,
            cwd=place,
            env=environment,
            capture_output=True,
            text=True,
            timeout=540,
            check=False,
        )
        assert done.returncode == 0, (command, done.stderr[-2000:])
        # What a reader sees: both streams, each in its own order.
        said = f"{done.stdout}\n{done.stderr}".splitlines()
        at = 0
        for line in shown:
            later = [number for number in range(at, len(said)) if line in said[number]]
            assert later, (command, line, said)
            at = later[0]
        place = Path(marker.read_text("utf-8").strip())
    marker.unlink(missing_ok=True)
    return len(commands)
