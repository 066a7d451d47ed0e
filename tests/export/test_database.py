"""The database: the same rows as the tables, keys that hold, views and search that answer."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from mapper.answers.entry_in_force import in_force
from mapper.clean.partial_date import parse
from mapper.errors import VerificationError
from mapper.export import database
from mapper.export.concluded_tables import CONCLUDED
from mapper.export.registry_tables import write_tables
from mapper.model.release import Counts, ReleaseInfo
from mapper.registry.codes import Answer
from mapper.registry.registry import TABLES, Registry

INFO = ReleaseInfo(
    release_id="2026-11-23.1",
    data_on="2026-11-23",
    code_version="1",
    counts=Counts(0, 0, 0, 0, 0),
    credits=(),
    evidence_on="2026-11-20",
)


@pytest.fixture
def path(good: Registry, tmp_path: Path) -> Path:
    """Return the database of the hand-written registry, its CSV files beside it."""
    write_tables(good, tmp_path)
    database.write(good, INFO, tmp_path / database.FILE_NAME)
    return tmp_path / database.FILE_NAME


@pytest.fixture
def opened(path: Path) -> Iterator[sqlite3.Connection]:
    """Yield the database, to be read alone."""
    with closing(database.opened(path)) as connection:
        yield connection


def test_every_table_holds_what_its_file_holds(good: Registry, path: Path) -> None:
    assert database.count(path) == sum(len(getattr(good, table)) for table in TABLES)
    for table in TABLES:
        assert list(database.differences(path, table, path.parent / f"registry/{table}.csv")) == []


def test_a_changed_a_missing_and_a_foreign_row_are_seen(path: Path) -> None:
    csv_path = path.parent / "registry" / "organisations.csv"
    for change, seen in (
        ("UPDATE organisations SET name = 'Other' WHERE org_id = 'facet'", "name is 'Other'"),
        ("DELETE FROM organisations WHERE org_id = 'quiet-optics'", "org_id is"),
        ("INSERT INTO organisations (org_id, name, kind) VALUES ('z', 'Z', 'company')", "number"),
    ):
        copy = path.with_name("copy.sqlite")
        copy.write_bytes(path.read_bytes())
        with closing(sqlite3.connect(copy)) as connection, connection:
            connection.execute(change)
        (fault,) = database.differences(copy, "organisations", csv_path)
        assert seen in fault


def test_a_key_that_leads_nowhere_and_a_damaged_file_are_no_database(path: Path) -> None:
    lost = path.with_name("lost.sqlite")
    lost.write_bytes(path.read_bytes())
    with closing(sqlite3.connect(lost)) as connection, connection:
        connection.execute("UPDATE claims SET source_id = 'nowhere'")
    with pytest.raises(VerificationError, match="a key of claims leads nowhere"):
        database.count(lost)
    cut = path.with_name("cut.sqlite")
    cut.write_bytes(path.read_bytes()[:8192])
    with pytest.raises((VerificationError, sqlite3.DatabaseError)):
        database.count(cut)


def test_the_same_registry_gives_the_same_bytes(good: Registry, path: Path) -> None:
    again = path.with_name("again.sqlite")
    database.write(good, INFO, again)
    assert again.read_bytes() == path.read_bytes()
    other = path.with_name("other.sqlite")
    database.write(replace(good, shipments=()), INFO, other)
    assert other.read_bytes() != path.read_bytes()


def test_every_view_can_be_read_and_every_table_says_what_it_holds(
    opened: sqlite3.Connection,
) -> None:
    views = opened.execute("SELECT name FROM sqlite_master WHERE type = 'view'").fetchall()
    assert len(views) >= 8
    for (view,) in views:
        opened.execute(f'SELECT * FROM "{view}"').fetchall()  # noqa: S608 - our own names
    described = {row[0] for row in opened.execute("SELECT table_name FROM columns_described")}
    assert described == {*TABLES, *CONCLUDED}


def test_a_partial_day_can_be_compared(opened: sqlite3.Connection) -> None:
    row = opened.execute(
        "SELECT valid_from, valid_from_first, valid_from_last FROM relations "
        "WHERE relation_id = 'facet-riverton'"
    ).fetchone()
    assert row == ("2020-01", "2020-01-01", "2020-01-31")


def test_what_was_taken_back_is_in_no_view(good: Registry, opened: sqlite3.Connection) -> None:
    taken_back = {row.subject_id for row in good.retractions}
    for view, column in (("supplies", "relation_id"), ("statements", "claim_id")):
        rows = opened.execute(f'SELECT "{column}" FROM "{view}"')  # noqa: S608 - our own names
        shown = {row[0] for row in rows}
        assert shown
        assert not shown & taken_back
    found = {row[0] for row in opened.execute("SELECT row_id FROM searched_texts")}
    claims = {row.subject_id for row in good.retractions if row.subject_kind == "claim"}
    assert not found & claims


def test_a_claim_that_was_taken_back_is_no_statement_and_is_not_found(
    good: Registry, tmp_path: Path
) -> None:
    row = next(row for row in good.retractions if row.kept == "kept")
    claim = next(row for row in good.claims if row.statement)
    mine = row.model_copy(update={"subject_kind": "claim", "subject_id": claim.claim_id})
    database.write(replace(good, retractions=(*good.retractions, mine)), INFO, tmp_path / "it")
    with closing(database.opened(tmp_path / "it")) as opened:
        said = {row[0] for row in opened.execute("SELECT claim_id FROM statements")}
        found = {row[0] for row in opened.execute("SELECT row_id FROM searched_texts")}
        kept = {row[0] for row in opened.execute("SELECT claim_id FROM claims")}
    assert claim.claim_id not in said | found
    assert claim.claim_id in kept


def test_a_name_is_found_in_every_script_and_without_accents(opened: sqlite3.Connection) -> None:
    ask = (
        "SELECT DISTINCT row_id FROM search JOIN searched_texts ON text_id = search.rowid "
        "WHERE search MATCH ?"
    )
    for words in ("фасет", "FACET", "facet labs"):
        assert ("facet",) in opened.execute(ask, (words,)).fetchall()


def test_an_entry_stands_for_certain_on_no_more_days_than_the_answer_says(
    good: Registry, opened: sqlite3.Connection
) -> None:

    spans = opened.execute("SELECT * FROM entry_spans").fetchall()
    assert spans
    entries = {row.designation_id: row for row in good.designations}
    for designation_id, *days in spans:
        entry = entries[designation_id]
        sights = good.sights.of(entry.list, entry.org_id)
        for day in days:
            assert in_force(entry, sights, parse(day)) is Answer.YES


def test_evidence_that_concludes_nothing_of_a_kind_leaves_its_table_empty(tmp_path: Path) -> None:
    info = ReleaseInfo("unnumbered", "2026-03-01", "0.1.0", Counts(0, 0, 0, 0, 0), ())
    path = tmp_path / database.FILE_NAME
    database.write(Registry(), info, path)
    with closing(sqlite3.connect(path)) as connection:
        counts = {
            table: connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0]  # noqa: S608 - our own names
            for table in CONCLUDED
        }
    assert 0 in counts.values()
