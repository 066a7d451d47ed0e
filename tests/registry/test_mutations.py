"""Two hundred ways to break good files by one small change; each is found where it was made."""

import csv
import random
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from io import StringIO
from pathlib import Path

import pytest

from mapper.registry.checked import check
from mapper.registry.fields import TEXT_MAX
from mapper.registry.references import reference_of
from mapper.registry.registry import TABLES, columns
from mapper.registry.row import enum_of, is_optional

MUTATIONS = 200
SEED = 20261123

Cells = list[list[str]]
Files = dict[str, Cells]

DATES = ("2022-13", "2022-02-30", "20 March 2022", "2022/", "1022", "before:", "n.d.", "2022-3-1")
NUMBERS = ("1,5", "-3", "1e5", "about 5", "0x10", "٣", "1_000", "NaN", "5.")
SLUGS = ("Upper", "two words", "a--b", "-a", "ä", "a_b", "")
ADDRESSES = ("javascript:alert(1)", "ftp://a.example/x", "a.example", "http://a:b@c.example/")
HIDDEN = (" ", "\u200b", "\u202e", "\x07", "\x1b[31m", "\u00ad", "a\u0301")
CONTACTS = (
    "write to ann@b.example",
    "see https://b.example/x",
    "see www.b.example",
    "call +44 20 7946 0958",
    "call (202) 555-0143",
    "tel. 555 0143",
)


@dataclass(frozen=True)
class Place:
    """Where the change was made: line 0 and an empty column where it is a whole file's."""

    table: str
    line: int
    column: str


Mutator = Callable[[random.Random, Files], Place | None]


# Asked of every cell of every file two hundred times, and a description of a type is slow to write.
@cache
def _is(kind: str, table: str, column: str) -> bool:
    field = TABLES[table].model_fields[column]
    declared = repr(field.annotation) + repr(field.metadata)
    return kind in declared


@cache
def _may_be_empty(table: str, column: str) -> bool:
    return is_optional(TABLES[table].model_fields[column].annotation)


@cache
def _is_closed(table: str, column: str) -> bool:
    return enum_of(TABLES[table].model_fields[column].annotation) is not None


@cache
def _refers(table: str, column: str) -> bool:
    return reference_of(TABLES[table].model_fields[column]) is not None


def _cell(
    rng: random.Random, files: Files, wanted: Callable[[str, str, str], bool]
) -> Place | None:
    """Choose a cell for which ``wanted(table, column, value)`` holds."""
    places = [
        Place(table, line, column)
        for table, rows in files.items()
        for line, cells in enumerate(rows[1:], start=2)
        for column, value in zip(columns(table), cells, strict=True)
        if wanted(table, column, value)
    ]
    return rng.choice(places) if places else None


def _put(files: Files, place: Place | None, change: Callable[[str], str]) -> Place | None:
    if place is not None:
        cells = files[place.table][place.line - 1]
        position = columns(place.table).index(place.column)
        cells[position] = change(cells[position])
    return place


def empty_a_required_cell(rng: random.Random, files: Files) -> Place | None:
    def required(table: str, column: str, _: str) -> bool:
        return not _may_be_empty(table, column)

    return _put(files, _cell(rng, files, required), lambda _: "")


def use_a_word_that_is_not_allowed(rng: random.Random, files: Files) -> Place | None:
    def closed(table: str, column: str, value: str) -> bool:
        return bool(value) and _is_closed(table, column)

    word = rng.choice(("approved?", "Camera", "n/a", "installed "))
    return _put(files, _cell(rng, files, closed), lambda _: word)


def lose_a_reference(rng: random.Random, files: Files) -> Place | None:
    def refers(table: str, column: str, value: str) -> bool:
        return bool(value) and _refers(table, column)

    return _put(files, _cell(rng, files, refers), lambda value: value + "-gone")


def misspell_a_date(rng: random.Random, files: Files) -> Place | None:
    bad = rng.choice(DATES)
    place = _cell(rng, files, lambda t, c, v: bool(v) and _is("PartialDate", t, c))
    return _put(files, place, lambda _: bad)


def misspell_a_number(rng: random.Random, files: Files) -> Place | None:
    bad = rng.choice(NUMBERS)
    place = _cell(rng, files, lambda t, c, v: bool(v) and _is("Decimal", t, c))
    return _put(files, place, lambda _: bad)


def misspell_an_id(rng: random.Random, files: Files) -> Place | None:
    bad = rng.choice(SLUGS)
    place = _cell(rng, files, lambda t, c, v: bool(v) and _is("_slug", t, c))
    return _put(files, place, lambda _: bad)


def hide_a_letter(rng: random.Random, files: Files) -> Place | None:
    bad = rng.choice(HIDDEN)
    place = _cell(rng, files, lambda t, c, v: bool(v) and _is("function _text", t, c))
    return _put(files, place, lambda value: value + bad)


def add_contact_data(rng: random.Random, files: Files) -> Place | None:
    bad = rng.choice(CONTACTS)
    place = _cell(rng, files, lambda t, c, v: bool(v) and _is("function _text", t, c))
    return _put(files, place, lambda value: f"{value} {bad}")


def write_too_much(rng: random.Random, files: Files) -> Place | None:
    place = _cell(rng, files, lambda t, c, v: bool(v) and _is("function _text", t, c))
    return _put(files, place, lambda value: value + "a" * TEXT_MAX)


def name_a_person(rng: random.Random, files: Files) -> Place | None:
    bad = rng.choice(("Minister J. Smith", "Mr Smith", "Mrs. Smith, spokesperson"))
    place = _cell(rng, files, lambda t, c, v: bool(v) and (t, c) == ("claims", "speaker_role"))
    return _put(files, place, lambda _: bad)


def misspell_an_address(rng: random.Random, files: Files) -> Place | None:
    bad = rng.choice(ADDRESSES)
    place = _cell(rng, files, lambda t, c, v: bool(v) and _is("_url", t, c))
    return _put(files, place, lambda _: bad)


def misspell_a_country(rng: random.Random, files: Files) -> Place | None:
    bad = rng.choice(("ru", "QQ", "RUS", "Russia", "**"))

    def coded(table: str, column: str, value: str) -> bool:
        return bool(value) and (_is("_country", table, column) or _is("_market", table, column))

    return _put(files, _cell(rng, files, coded), lambda _: bad)


def misspell_a_code(rng: random.Random, files: Files) -> Place | None:
    bad = rng.choice(("English", "$", "usd", "1", "Q0", "E"))
    kinds = ("_language", "_currency", "_wikidata", "_lei")
    place = _cell(rng, files, lambda t, c, v: bool(v) and any(_is(k, t, c) for k in kinds))
    return _put(files, place, lambda _: bad)


def leave_the_globe(rng: random.Random, files: Files) -> Place | None:
    bad = rng.choice(("181.5", "37,6", "1e1", "N37"))
    place = _cell(rng, files, lambda t, c, v: bool(v) and c in {"lon_deg", "lat_deg"} and bool(t))
    return _put(files, place, lambda _: bad)


def forget_half_a_point(rng: random.Random, files: Files) -> Place | None:
    names = {"lon_deg", "lat_deg", "location_precision_m"}
    place = _put(files, _cell(rng, files, lambda _, c, v: bool(v) and c in names), lambda _: "")
    return Place(place.table, place.line, "lon_deg") if place is not None else None


def turn_a_period_round(rng: random.Random, files: Files) -> Place | None:
    ends = {"valid_to", "dissolved", "period_to", "ended_on", "answered_on"}
    begins = {
        "valid_to": "valid_from",
        "dissolved": "founded",
        "period_to": "period_from",
        "ended_on": "effective_on",
        "answered_on": "asked_on",
    }

    def closed(table: str, column: str, value: str) -> bool:
        return bool(value) and column in ends and begins[column] in columns(table)

    place = _cell(rng, files, closed)
    if place is None:
        return None
    cells = files[place.table][place.line - 1]
    begin = columns(place.table).index(begins[place.column])
    if not cells[begin]:
        return None
    return _put(files, place, lambda _: "1901")


def _table_with_rows(rng: random.Random, files: Files) -> str:
    # A table may stand without a row yet.
    return rng.choice([table for table, rows in files.items() if len(rows) > 1])


def repeat_a_row(rng: random.Random, files: Files) -> Place | None:
    table = _table_with_rows(rng, files)
    files[table].append(list(rng.choice(files[table][1:])))
    return Place(table, len(files[table]), TABLES[table].KEY[0])


def drop_a_cell(rng: random.Random, files: Files) -> Place | None:
    table = _table_with_rows(rng, files)
    line = rng.randrange(2, len(files[table]) + 1)
    del files[table][line - 1][rng.randrange(len(columns(table)))]
    return Place(table, line, "")


def add_a_cell(rng: random.Random, files: Files) -> Place | None:
    table = _table_with_rows(rng, files)
    line = rng.randrange(2, len(files[table]) + 1)
    files[table][line - 1].append(rng.choice(("", "x")))
    return Place(table, line, "")


def leave_a_line_empty(rng: random.Random, files: Files) -> Place | None:
    table = _table_with_rows(rng, files)
    line = rng.randrange(2, len(files[table]) + 1)
    files[table].insert(line - 1, [])
    return Place(table, line, "")


def change_the_header(rng: random.Random, files: Files) -> Place | None:
    table = rng.choice(list(files))
    header = files[table][0]
    if rng.random() < 0.5:
        header[0], header[1] = header[1], header[0]
    else:
        header[rng.randrange(len(header))] += "_"
    return Place(table, 1, "")


def forget_the_sum_behind_a_currency(rng: random.Random, files: Files) -> Place | None:
    place = _cell(rng, files, lambda _, c, v: bool(v) and c == "currency")
    return _put(files, place, lambda _: "")


MUTATORS: tuple[Mutator, ...] = (
    empty_a_required_cell,
    use_a_word_that_is_not_allowed,
    lose_a_reference,
    misspell_a_date,
    misspell_a_number,
    misspell_an_id,
    hide_a_letter,
    add_contact_data,
    write_too_much,
    name_a_person,
    misspell_an_address,
    misspell_a_country,
    misspell_a_code,
    leave_the_globe,
    forget_half_a_point,
    turn_a_period_round,
    repeat_a_row,
    drop_a_cell,
    add_a_cell,
    leave_a_line_empty,
    change_the_header,
    forget_the_sum_behind_a_currency,
)


def _read(folder: Path) -> Files:
    return {
        path.stem: list(csv.reader(StringIO(path.read_text(encoding="utf-8"), newline="")))
        for path in sorted(folder.glob("*.csv"))
    }


def _write(files: Files, folder: Path) -> None:
    for table, rows in files.items():
        out = StringIO(newline="")
        csv.writer(out, lineterminator="\n").writerows(rows)
        (folder / f"{table}.csv").write_text(out.getvalue(), encoding="utf-8")


def test_the_good_files_are_good_and_fill_every_table(good_folder: Path) -> None:
    assert check(good_folder) == []
    assert {path.stem for path in good_folder.glob("*.csv")} == set(TABLES)


def test_two_hundred_changes_are_all_found_where_they_were_made(
    good_folder: Path, subtests: pytest.Subtests
) -> None:
    rng = random.Random(SEED)  # noqa: S311 - a fixed sequence is the point
    made, turn = 0, 0
    while made < MUTATIONS:
        files = _read(good_folder)
        before = {table: [list(row) for row in rows] for table, rows in files.items()}
        mutator = MUTATORS[turn % len(MUTATORS)]
        turn += 1
        place = mutator(rng, files)
        if place is None or files == before:
            continue
        made += 1
        _write(files, good_folder)
        with subtests.test(number=made, change=mutator.__name__, place=place):
            found = {(one.file, one.line, one.column) for one in check(good_folder)}
            assert (f"{place.table}.csv", place.line, place.column) in found
        _write(before, good_folder)
    assert made == MUTATIONS
