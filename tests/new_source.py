"""
Start a new source of a list: one file and its fixture, from the template.

Run by ``make source ID=riverton_cctv_au PAGE=... LICENCE=... READ_ON=...``, so that the page of its
origin is written once and whole. What it writes is a working source of an invented
publisher; ``tests/sources/test_every_source.py`` is red until its country fits and nothing of the
template is left in it.
"""

import argparse
import re
import sys
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

from mapper.validate.evidence_gates import LICENSES

_ROOT = Path(__file__).parents[1]
_TEMPLATE = _ROOT / "tests/fixtures/sources/_template"
_LEFTOVER = re.compile(r"TODO|Riverton", re.IGNORECASE)
_SOURCE_ID = re.compile(r"[a-z][a-z0-9]*(?:_[a-z0-9]+)*_[a-z]{2}")
_PAGE = re.compile(r"https://[\w.-]+(?:/[^\s<>\"'{}\\]*)?", re.ASCII)


def main(arguments: Sequence[str]) -> int:
    """Write the files of a new source, or say why not; the exit code."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("source_id", help="<place>_<what>_<country>: riverton_cctv_au")
    parser.add_argument("page", help="where the publisher offers the list: https://...")
    parser.add_argument("license_id", help="as the page states it: CC-BY-4.0")
    parser.add_argument("read_on", help="the day on which that was read: 2026-11-28")
    parser.add_argument("--root", type=Path, default=_ROOT)
    asked = parser.parse_args(arguments)
    wrong = _refusal(asked)
    if wrong:
        return _refuse(wrong)
    files = _files(asked.root, asked.source_id, vars(asked))
    there = [path for path in files if path.exists()]
    if there:
        return _refuse(f"{there[0]} is there already; nothing was written")
    for path, text in files.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
        sys.stdout.write(f"{path.relative_to(asked.root)}\n")
    sys.stdout.write("now replace what says TODO or Riverton in all but ORIGIN.md, which is whole;")
    sys.stdout.write(" see docs/add-a-source.md\n")
    return 0


def _refusal(asked: argparse.Namespace) -> str:
    """Return what is wrong with the facts of a source, empty where nothing is."""
    if _SOURCE_ID.fullmatch(asked.source_id) is None:
        return f"ID {asked.source_id!r} is not <place>_<what>_<country>: riverton_cctv_au"
    if _PAGE.fullmatch(asked.page) is None:
        return f"PAGE {asked.page!r} is not the address of a page: https://..."
    if asked.license_id not in LICENSES:
        return f"LICENCE {asked.license_id!r} is none of {', '.join(sorted(LICENSES))}"
    try:
        date.fromisoformat(asked.read_on)
    except ValueError:
        return f"READ_ON {asked.read_on!r} is not a day: 2026-11-28"
    return ""


def leftovers(root: Path, source_id: str) -> list[str]:
    """Return the lines of a source that still hold what the template says, each with its place."""
    left = []
    for path in _files(root, source_id, {}):
        if not path.is_file():
            continue  # a fixture of another format than the template's
        # A publisher's own encoding does not matter here: what the template says is ASCII.
        text = path.read_text("utf-8", errors="replace").replace(source_id, "")
        for number, line in enumerate(text.splitlines(), start=1):
            if _LEFTOVER.search(line):
                left.append(f"{path.name}:{number}: {line}")
    return left


def _files(root: Path, source_id: str, facts: Mapping[str, object]) -> dict[Path, str]:
    """Return the text of each file; a template that ends in ``.txt`` is filled with the facts."""
    fixture = root / "tests/fixtures/sources" / source_id
    targets = {
        "source.py.txt": root / "mapper/sources" / f"{source_id}.py",
        "input.csv": fixture / "input.csv",
        "expected.jsonl": fixture / "expected.jsonl",
        "ORIGIN.md.txt": fixture / "ORIGIN.md",
    }
    country_code = source_id[-2:].upper()
    files = {}
    for name, path in targets.items():
        text = (_TEMPLATE / name).read_text("utf-8")
        if name.endswith(".txt") and facts:
            text = text.format(**facts, country_code=country_code)
        files[path] = text
    return files


def _refuse(why: str) -> int:
    sys.stderr.write(f"{why}\n")
    return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
