"""The tables of a history: events, growth, departures, as CSV and Parquet; their dictionary."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet as pq

from mapper.clean.durable_files import write_text
from mapper.errors import VerificationError
from mapper.export.csv_text import guarded
from mapper.export.formula_guard import lines_text

EVENTS: Final = "events"
GROWTH: Final = "growth"
DEPARTURES: Final = "departures"
DICTIONARY_NAME: Final = "dictionary.csv"
ORIGIN_NAME: Final = "origin.json"

_YEAR_CHARS, _DAY_CHARS = len("2026"), len("2026-11-28")
_TEXT, _COUNT = pa.string(), pa.int64()
_SOURCE: Final = ("source", _TEXT, "`osm_history`: a history file; `releases`: one's own releases.")
EVENT_COLUMNS: Final[tuple[tuple[str, pa.DataType, str], ...]] = (
    ("camera_id", _TEXT, "As in a release; `osm:node/123` for OpenStreetMap."),
    (
        "event",
        _TEXT,
        "`came`, `ended`, `came back`; or what changed: `maker`, `operator`, `direction`.",
    ),
    (
        "not_before_utc",
        _TEXT,
        "The earliest moment at which it can have happened, ISO; empty where nothing bounds it.",
    ),
    ("not_after_utc", _TEXT, "The latest such moment; the same where the instant is known."),
    ("before", _TEXT, "The value before; empty where not known or withheld."),
    ("after", _TEXT, "The value after, by the same rule; for `ended`, how it ended."),
    ("maker", _TEXT, "The maker as last known: `vendor_id`, else as written."),
    ("country_code", _TEXT, "ISO 3166-1 alpha-2, as last known."),
    _SOURCE,
)
GROWTH_COLUMNS: Final[tuple[tuple[str, pa.DataType, str], ...]] = (
    ("grouped_by", _TEXT, "`all`, `country` or `maker`."),
    ("group", _TEXT, "Which one; `not known` where its cameras say none."),
    ("month", _TEXT, "`2026-11`. A month in which nothing can have changed has no row."),
    ("came", _COUNT, "Cameras that came or came back, by the latest possible moment."),
    ("ended", _COUNT, "Cameras that ended, by the latest possible moment."),
    ("standing_min", _COUNT, "How many stood at the end of the month, at least."),
    ("standing_max", _COUNT, "How many stood at the end of the month, at most."),
    _SOURCE,
)
DEPARTURE_COLUMNS: Final[tuple[tuple[str, pa.DataType, str], ...]] = (
    (
        "month",
        _TEXT,
        "`2026-11`: the latest in which it can have been; empty: several, each with few.",
    ),
    (
        "country_code",
        _TEXT,
        "ISO 3166-1 alpha-2; `elsewhere`: not told, as a small count would not hide a home.",
    ),
    (
        "why",
        _TEXT,
        "As `after` of the events; `withheld since`: published once, in no table now; ten or more.",
    ),
    ("cameras", _COUNT, "How many."),
    _SOURCE,
)
TABLES: Final = {EVENTS: EVENT_COLUMNS, GROWTH: GROWTH_COLUMNS, DEPARTURES: DEPARTURE_COLUMNS}


def write_history(
    folder: Path,
    rows: Mapping[str, Sequence[Mapping[str, Any]]],
    origin: Mapping[str, Any],
) -> None:
    """
    Write the tables of a history into an empty folder; equal rows give equal bytes.

    Parameters
    ----------
    rows
        By table of ``TABLES``: rows with the columns of ``TABLES``, in the order in
        which they are to stand. An empty text becomes a missing value.
    origin
        What the history was made of, for ``origin.json``.
    """
    for name, columns in TABLES.items():
        table = pa.table(
            {
                column: pa.array([_cell(row[column]) for row in rows[name]], type=kind)
                for column, kind, _ in columns
            }
        )
        pq.write_table(table, folder / f"{name}.parquet", compression="zstd")
        pyarrow.csv.write_csv(guarded(table), folder / f"{name}.csv")
    lines = [("table", "column", "type", "meaning")]
    lines += [
        (name, column, "whole number" if kind == _COUNT else "text", meaning)
        for name, columns in TABLES.items()
        for column, kind, meaning in columns
    ]
    write_text(folder / DICTIONARY_NAME, lines_text(lines))
    write_text(folder / ORIGIN_NAME, json.dumps(origin, ensure_ascii=False, indent=2) + "\n")


def read_first_days(folder: Path) -> dict[str, str]:
    """
    Return by ``camera_id`` the ISO day on which it became a camera, where a history tells the year.

    A history file tells the instant, and goes before one's own releases; of these a camera counts
    where both its bounds lie in one year. Empty where there is no history.

    Raises
    ------
    VerificationError
        If the table is damaged.
    """
    path = folder / f"{EVENTS}.parquet"
    if not path.is_file():
        return {}
    names = ["camera_id", "source", "not_before_utc", "not_after_utc"]
    try:
        rows = pq.read_table(path, columns=names, filters=[("event", "=", "came")]).to_pylist()
    except (pa.ArrowException, KeyError, OSError) as error:
        msg = f"{path} is damaged: {error}"
        raise VerificationError(msg, next_step="run `mapper history` again.") from error
    days: dict[str, str] = {}
    # By name, the file's events come before those of releases and win.
    for row in sorted(rows, key=lambda row: (row["source"], row["camera_id"])):
        first, last = row["not_before_utc"] or "", row["not_after_utc"]
        if first[:_YEAR_CHARS] == last[:_YEAR_CHARS]:
            days.setdefault(row["camera_id"], last[:_DAY_CHARS])
    return days


def _cell(value: object) -> object:
    return None if value == "" else value
