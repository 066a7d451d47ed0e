"""
`make cases`: every small input of ``../shared/cases``, tried, with its right result beside.

A case is added to one of the tuples below; a new kind of case gets a module of its own.
"""

import sys
import tempfile
from pathlib import Path

from tests.cases.hostile_cases import hostile_cases
from tests.cases.import_cases import IMPORT_CASES
from tests.cases.osm_cases import OSM_CASES
from tests.cases.page_cases import PAGE_CASES
from tests.cases.server_cases import SERVER_CASES
from tests.cases.trial import CASES_DIR, Case, Trial
from tests.cli.command import Door


def every_case() -> tuple[Case, ...]:
    """Return every case that is tried."""
    return (*IMPORT_CASES, *OSM_CASES, *SERVER_CASES, *PAGE_CASES, *hostile_cases())


def try_case(case: Case, door: Door, folder: Path) -> str:
    """Try a case in an empty folder, and return what came."""
    return case.attempt(Trial.of(door, case.name.partition("/")[0], folder))


def main() -> int:
    """Print the table of cases; the exit code is the number of wrong ones."""
    door, wrong = Door(), 0
    wanted = set(sys.argv[1:])
    for case in sorted(every_case(), key=lambda case: case.name):
        if wanted and case.name not in wanted:
            continue
        with tempfile.TemporaryDirectory() as folder:
            try:
                came, ok = try_case(case, door, Path(folder)), "ok"
            except AssertionError as error:
                came, ok = f"{str(error)[:300]}", "WRONG"
                wrong += 1
        sys.stdout.write(f"{case.name:<28} | {case.right:<44} | {came} | {ok}\n")
        sys.stdout.flush()
    door.close()
    tried = {case.name.partition("/")[0] for case in every_case()}
    folders = {path.name for path in CASES_DIR.iterdir() if path.is_dir()}
    sys.stdout.write(f"not tried here: {', '.join(sorted(folders - tried)) or 'none'}\n")
    return wrong


if __name__ == "__main__":
    sys.exit(main())
