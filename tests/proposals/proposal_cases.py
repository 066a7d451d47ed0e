"""What the tests of proposals share: fixtures as the archive keeps them, and the golden sheets."""

import csv
import json
from collections.abc import Iterable, Mapping
from pathlib import Path

from mapper.proposals.award import Parsed, rows_of
from mapper.proposals.compared import Judged, judge_all
from mapper.proposals.proposed import LeftOut, Proposed
from mapper.proposals.resolving import Resolver
from mapper.registry.registry import Registry, columns
from mapper.resolve.vendors.vendor_names import NameIndex
from mapper.validate.operators import is_organisation

FIXTURES = Path(__file__).parents[1] / "fixtures" / "procurement"
DAY = "2026-11-23"
SEEDS = ("seeded", "555 0100", "555-0100", "seedling")
"""What publishers keep of persons, planted in every fixture; it may be nowhere in a sheet."""


def page(name: str) -> str:
    return (FIXTURES / name).read_text(encoding="utf-8")


def kept(*pages: str, asked: Iterable[str] = ()) -> bytes:
    """Write pages as the archive keeps them: each as it came, beside its question."""
    names = [*asked, *(f"page {n}" for n in range(1, len(pages) + 1))]
    parts = [
        f'{{"asked":{json.dumps(name)},"answer":{text}}}'
        for name, text in zip(names, pages, strict=False)
    ]
    return ("[" + ",\n".join(parts) + "]").encode()


def resolver(registry: Registry) -> Resolver:
    index = NameIndex(registry.organisations, registry.organisation_names)
    return Resolver(registry, index.organisation_named, is_organisation)


def judged(registry: Registry, parsed: Parsed) -> tuple[list[Judged], list[LeftOut]]:
    rows, left = rows_of(parsed, resolver(registry))
    found, refused = judge_all(rows, registry)
    return found, [*left, *refused]


def golden(name: str) -> list[dict[str, str]]:
    with (FIXTURES / name).open(encoding="utf-8", newline="") as file:
        return sorted(csv.DictReader(file), key=lambda row: sorted(row.items()))


def as_golden(found: Iterable[Judged], wanted: list[dict[str, str]]) -> list[dict[str, str]]:
    """Return judged rows with the columns of a golden sheet."""
    columns = tuple(wanted[0])

    def cell(one: Judged, column: str) -> str:
        own = {"ref": one.row.ref, "state": str(one.state), "table": one.row.table}
        return own.get(column, one.row.cells.get(column, ""))

    rows = [{column: cell(one, column) for column in columns} for one in found]
    return sorted(rows, key=lambda row: sorted(row.items()))


def enter(found: Iterable[Judged], folder: Path, renamed: Mapping[str, str]) -> None:
    """Enter rows into a folder of tables, as a person may: under ids of their own."""
    for one in found:
        cells = [one.row.cells.get(column, "") for column in columns(one.row.table)]
        with (folder / f"{one.row.table}.csv").open("a", encoding="utf-8", newline="") as file:
            csv.writer(file, lineterminator="\n").writerow(
                [renamed.get(cell, cell) for cell in cells]
            )


def everything_in(rows: Iterable[Proposed]) -> str:
    """Return every text that a reader of the sheet would see, folded."""
    return " ".join(
        " ".join([*row.cells.values(), row.note, row.url, row.ref, str(dict(row.matches))])
        for row in rows
    ).casefold()
