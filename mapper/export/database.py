"""
``whose_cameras.sqlite``: the evidence as one database, with keys, views and full-text search.

Every table of the registry as it is in its CSV file, with its primary key and its foreign keys;
beside each partial date the first and the last day it can be; what is concluded (the status of a
supply, who stands behind a system, from when to when an entry certainly stood) in tables of its
own, so that nobody takes a conclusion for evidence. Cameras stay in their GeoPackage, which is
SQLite too and can be attached: their rows have another licence.
"""

import csv
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from datetime import date
from decimal import Decimal
from importlib import resources
from itertools import zip_longest
from pathlib import Path
from typing import Any, Final, get_args, get_origin

from pydantic.fields import FieldInfo

from mapper.clean.partial_date import PartialDate
from mapper.errors import VerificationError
from mapper.export.concluded_tables import CONCLUDED, SCHEMA, concluded_rows
from mapper.export.formula_guard import unguard
from mapper.export.searched_texts import searched_texts
from mapper.model.release import ReleaseInfo
from mapper.registry.references import reference_of
from mapper.registry.registry import TABLES, Registry
from mapper.registry.row import Row, is_optional
from mapper.release.manifest import WrittenFile

FILE_NAME: Final = "whose_cameras.sqlite"
FORMAT_NAME: Final = "sqlite"
LICENSE_ID: Final = "CC-BY-4.0"
_VIEWS: Final = "registry_views.sql"
_SEARCH: Final = """
CREATE TABLE searched_texts (
    text_id INTEGER PRIMARY KEY, kind TEXT NOT NULL, row_id TEXT NOT NULL,
    text TEXT NOT NULL, source_id TEXT REFERENCES sources (source_id)
);
CREATE VIRTUAL TABLE search USING fts5(
    text, content="searched_texts", content_rowid="text_id",
    tokenize='unicode61 remove_diacritics 2'
);
"""


def write(registry: Registry, info: ReleaseInfo, path: Path) -> WrittenFile:
    """
    Write the database.

    Equal registries give equal bytes with one version of SQLite, which writes its number into
    the file's head.

    Parameters
    ----------
    info
        Its days and the version of the code stand in the table ``about``.
    path
        The file, which is not there yet.
    """
    with closing(sqlite3.connect(path)) as connection:
        # Nobody reads a file in the making, so it needs no journal. A table or index takes a page
        # at least, and a city's evidence fills few of them: small pages halve its file.
        connection.executescript(
            "PRAGMA page_size = 1024; PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;"
        )
        with connection:
            connection.execute("BEGIN")
            rows = sum(_write_table(connection, registry, table) for table in TABLES)
            _write_lists(connection, registry)
            _write_concluded(connection, registry)
            _write_search(connection, registry)
            _write_about(connection, info)
            connection.execute("ANALYZE")
        connection.executescript(
            resources.files("mapper.export").joinpath(_VIEWS).read_text(encoding="utf-8")
        )
        # Pages are laid out anew in the order of the tables, so that equal rows are equal bytes.
        connection.execute("VACUUM")
    return WrittenFile(FILE_NAME, FORMAT_NAME, LICENSE_ID, "", rows)


def count(path: Path, _layer: str = "") -> int:
    """
    Count the rows of the evidence tables, once the file proves whole and every key resolves.

    Raises
    ------
    VerificationError
        If the file is damaged, or a foreign key leads nowhere.
    """
    with closing(opened(path)) as connection:
        (said,) = connection.execute("PRAGMA quick_check(1)").fetchone()
        lost = connection.execute("PRAGMA foreign_key_check").fetchone()
        if said != "ok" or lost is not None:
            what = said if said != "ok" else f"a key of {lost[0]} leads nowhere"
            msg = f"{path.name} cannot be read: {what}"
            raise VerificationError(msg)
        tables = connection.execute(
            "SELECT DISTINCT table_name FROM columns_described WHERE kind = 'evidence'"
        ).fetchall()
        return sum(
            connection.execute(f'SELECT count(*) FROM "{table}"').fetchone()[0]  # noqa: S608 - our own names
            for (table,) in tables
        )


def differences(path: Path, table: str, csv_path: Path) -> Iterator[str]:
    """Say how a table of the database differs from its CSV file, whose guards are taken off."""
    with closing(opened(path)) as connection, csv_path.open(encoding="utf-8", newline="") as lines:
        connection.row_factory = sqlite3.Row
        kept = connection.execute(f'SELECT * FROM "{table}" ORDER BY rowid')  # noqa: S608 - our own names
        for number, (row, cells) in enumerate(zip_longest(kept, csv.DictReader(lines)), start=2):
            if row is None or cells is None:
                yield f"{table} has another number of rows than {csv_path.name}"
                return
            for name, text in cells.items():
                if not _is_same(row[name], unguard(text)):
                    yield f"{table}, line {number}: {name} is {row[name]!r} instead of {text!r}"
                    return


def _is_same(value: str | float | None, text: str) -> bool:
    if isinstance(value, str) or value is None:
        return (value or "") == text
    # A truth is kept as a number.
    return (
        value == {"true": 1, "false": 0}[text]
        if text in {"true", "false"}
        else (value == float(text))
    )


def opened(path: Path) -> sqlite3.Connection:
    """Open a database to be read alone, without making a side file."""
    return sqlite3.connect(f"file:{path}?mode=ro&immutable=1", uri=True)


def columns_of(table: str) -> list[tuple[str, str, bool]]:
    """Return name, type and whether a value must be there, for each column; days take three."""
    columns = []
    for name, field in TABLES[table].model_fields.items():
        must = not is_optional(field.annotation)
        columns.append((name, _type_of(field.annotation), must))
        if _holds_day(field):
            columns += [(f"{name}_first", "TEXT", False), (f"{name}_last", "TEXT", False)]
    return columns


def _holds(annotation: Any, kind: type) -> bool:  # noqa: ANN401 - an annotation has no type
    parts = (annotation, *get_args(annotation))
    return any(part is kind or kind in get_args(part) for part in parts)


def _type_of(annotation: Any) -> str:  # noqa: ANN401 - as above
    if _holds(annotation, Decimal) or _holds(annotation, float):
        return "NUMERIC"
    return "INTEGER" if _holds(annotation, bool) else "TEXT"


def _write_table(connection: sqlite3.Connection, registry: Registry, table: str) -> int:
    model = TABLES[table]
    parts = [
        f'"{name}" {kind}{" NOT NULL" if must else ""}' for name, kind, must in columns_of(table)
    ]
    parts.append(f"PRIMARY KEY ({', '.join(model.KEY)})")
    for name, field in model.model_fields.items():
        target = reference_of(field)
        # A search of lists is many rows under one id, which no key can name.
        if target is not None and len(TABLES[target].KEY) == 1:
            parts.append(f"FOREIGN KEY ({name}) REFERENCES {target} ({TABLES[target].KEY[0]})")
    connection.execute(f"CREATE TABLE {table} ({', '.join(parts)})")
    # Whether a column holds days is asked of its type, once and not for each cell.
    names = [(name, _holds_day(field)) for name, field in model.model_fields.items()]
    rows = [_cells(row, names) for row in getattr(registry, table)]
    _insert(connection, table, len(columns_of(table)), rows)
    return len(rows)


def _holds_day(field: FieldInfo) -> bool:
    return _holds(field.annotation, PartialDate)


def _cells(row: Row, names: Sequence[tuple[str, bool]]) -> list[Any]:
    cells: list[Any] = []
    for name, holds_day in names:
        value = getattr(row, name)
        cells.append(_value(value))
        if holds_day:
            cells += _days(value)
    return cells


def _value(value: object) -> Any:  # noqa: ANN401 - what SQLite takes
    if value is None or isinstance(value, float):
        return value
    if isinstance(value, bool):
        return int(value)
    if isinstance(value, Decimal):
        # SQLite has no decimals: whole sums stay exact, and the CSV file has every sum as written.
        return int(value) if value == int(value) else float(value)
    return ";".join(map(str, value)) if isinstance(value, tuple) else str(value)


def _days(day: PartialDate | None) -> tuple[str | None, str | None]:
    """Return the first and the last day a partial date can be; None for an open side."""
    if day is None:
        return None, None
    first = None if day.earliest == date.min else day.earliest.isoformat()
    return first, None if day.latest == date.max else day.latest.isoformat()


def _write_lists(connection: sqlite3.Connection, registry: Registry) -> None:
    """Write a table of its own for each column that holds several words."""
    for table, model in TABLES.items():
        for name, field in model.model_fields.items():
            if not any(get_origin(part) is tuple for part in _parts(field.annotation)):
                continue
            key = model.KEY[0]
            connection.execute(
                f"CREATE TABLE {table}_{name} ({key} TEXT NOT NULL REFERENCES {table} ({key}), "
                f"word TEXT NOT NULL, PRIMARY KEY ({key}, word))"
            )
            rows = [
                (getattr(row, key), str(word))
                for row in getattr(registry, table)
                for word in getattr(row, name) or ()
            ]
            _insert(connection, f"{table}_{name}", 2, rows)


def _parts(annotation: Any) -> Iterator[Any]:  # noqa: ANN401 - an annotation has no type
    yield annotation
    for part in get_args(annotation):
        yield from (part, *get_args(part))


def _write_concluded(connection: sqlite3.Connection, registry: Registry) -> None:
    _create(connection, SCHEMA)
    for table in CONCLUDED:
        rows = list(concluded_rows(registry, table))
        # The evidence of one city may conclude nothing of a kind; its table is empty then.
        if rows:
            _insert(connection, table, len(rows[0]), rows)


def _write_search(connection: sqlite3.Connection, registry: Registry) -> None:
    _create(connection, _SEARCH)
    rows = [(number, *text) for number, text in enumerate(searched_texts(registry), start=1)]
    _insert(connection, "searched_texts", 5, rows)
    connection.execute("INSERT INTO search(search) VALUES ('rebuild')")
    connection.execute("INSERT INTO search(search) VALUES ('optimize')")


def _create(connection: sqlite3.Connection, schema: str) -> None:
    # executescript would end the transaction.
    for statement in schema.split(";\n"):
        if statement.strip():
            connection.execute(statement)


def _write_about(connection: sqlite3.Connection, info: ReleaseInfo) -> None:
    connection.execute("CREATE TABLE about (name TEXT PRIMARY KEY, value TEXT NOT NULL)")
    about = {
        "title": "Whose Cameras, evidence registry",
        "license": LICENSE_ID,
        "attribution": "Whose Cameras",
        "evidence_on": info.evidence_on,
        "cameras_on": info.data_on,
        "code_version": info.code_version,
    }
    _insert(connection, "about", 2, list(about.items()))
    connection.execute(
        "CREATE TABLE columns_described (table_name TEXT, column_name TEXT, kind TEXT NOT NULL, "
        "meaning TEXT NOT NULL, PRIMARY KEY (table_name, column_name))"
    )
    evidence = [
        (table, name, "evidence", field.description or "")
        for table, model in TABLES.items()
        for name, field in model.model_fields.items()
    ]
    concluded = [(table, "", "concluded", meaning) for table, meaning in CONCLUDED.items()]
    _insert(connection, "columns_described", 4, [*evidence, *concluded])


def _insert(
    connection: sqlite3.Connection, table: str, width: int, rows: Iterable[Sequence[Any]]
) -> None:
    marks = ", ".join("?" * width)
    connection.executemany(f"INSERT INTO {table} VALUES ({marks})", rows)  # noqa: S608 - our own names
