"""
Start a new source of a list: one file and its fixture, from the template.

Run by ``make source ID=riverton_cctv_au``. What it writes is a working source of an invented
publisher; ``tests/sources/test_every_source.py`` is red until its country fits and nothing of the
template is left in it.
"""

import argparse
import re
import sys
from collections.abc import Sequence
from pathlib import Path

_ROOT = Path(__file__).parents[1]
_TEMPLATE = _ROOT / "tests/fixtures/sources/_template"
_LEFTOVER = re.compile(r"TODO|Riverton", re.IGNORECASE)
_SOURCE_ID = re.compile(r"[a-z][a-z0-9]*(?:_[a-z0-9]+)*_([a-z]{2})")


def main(arguments: Sequence[str]) -> int:
    """Write the files of a new source, or say why not; the exit code."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("source_id", help="<place>_<what>_<country>: riverton_cctv_au")
    parser.add_argument("--root", type=Path, default=_ROOT)
    asked = parser.parse_args(arguments)
    match = _SOURCE_ID.fullmatch(asked.source_id)
    if match is None:
        return _refuse(f"{asked.source_id!r} is not <place>_<what>_<country>: riverton_cctv_au")
    files = _files(asked.root, asked.source_id, match[1].upper())
    there = [path for path in files if path.exists()]
    if there:
        return _refuse(f"{there[0]} is there already; nothing was written")
    for path, text in files.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
        sys.stdout.write(f"{path.relative_to(asked.root)}\n")
    sys.stdout.write("now replace what says TODO or Riverton; see docs/add-a-source.md\n")
    return 0


def leftovers(root: Path, source_id: str) -> list[str]:
    """Return the lines of a source that still hold what the template says, each with its place."""
    left = []
    for path in _files(root, source_id, ""):
        if not path.is_file():
            continue  # a fixture of another format than the template's
        # A publisher's own encoding does not matter here: what the template says is ASCII.
        text = path.read_text("utf-8", errors="replace").replace(source_id, "")
        for number, line in enumerate(text.splitlines(), start=1):
            if _LEFTOVER.search(line):
                left.append(f"{path.name}:{number}: {line}")
    return left


def _files(root: Path, source_id: str, country_code: str) -> dict[Path, str]:
    fixture = root / "tests/fixtures/sources" / source_id
    targets = {
        "source.py.txt": root / "mapper/sources" / f"{source_id}.py",
        "input.csv": fixture / "input.csv",
        "expected.jsonl": fixture / "expected.jsonl",
        "ORIGIN.md": fixture / "ORIGIN.md",
    }
    files = {}
    for name, path in targets.items():
        text = (_TEMPLATE / name).read_text("utf-8")
        if name.endswith(".txt"):
            text = text.format(source_id=source_id, country_code=country_code)
        files[path] = text
    return files


def _refuse(why: str) -> int:
    sys.stderr.write(f"{why}\n")
    return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
