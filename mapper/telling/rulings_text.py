"""Rulings that answer a question, as text, as JSON and as rows of a table."""

from collections.abc import Iterable
from typing import Any, Final

from mapper.answers.rulings import RulingRecord
from mapper.answers.time_window import Window
from mapper.registry.codes import Technology
from mapper.registry.registry import Registry
from mapper.telling import words
from mapper.telling.as_json import row_json, sources_json
from mapper.telling.statements import Presenter
from mapper.telling.systems_text import NOT_COMPLETE, asked_days, asked_technologies
from mapper.telling.text_writer import TextWriter
from mapper.telling.told_rulings import ToldRuling, tell_rulings

RULING_COLUMNS: Final = (
    *("ruling_id", "decided_on", "country_code", "body_id", "body", "chamber", "case_ref"),
    *("effects", "technologies", "deployment_id", "deployment", "parties", "reviewed"),
    *("statements", "source_ids"),
)


def heading_of_rulings(technologies: Iterable[Technology], area: str, window: Window | None) -> str:
    """Say what was asked of the rulings, in one line."""
    parts = [asked_technologies(technologies) or "any technology"]
    parts += [area] if area else []
    parts += [asked_days(window)] if window is not None else []
    return f"Rulings of courts and regulators; {'; '.join(parts)}"


def rulings_text(registry: Registry, asked: str, records: Iterable[RulingRecord]) -> str:
    """
    Say which systems courts and regulators ruled on, and after them the rulings on no one system.

    Parameters
    ----------
    asked
        The question in a few words, for the first line.
    """
    writer = TextWriter(registry)
    told = tell_rulings(Presenter(registry), records)
    on_systems = [row for row in told if row.deployment is not None]
    others = [row for row in told if row.deployment is None]
    systems = dict.fromkeys(row.deployment for row in on_systems)
    rulings = words.count_noun(len(told), "ruling", "rulings")
    many = words.count_noun(len(systems), "system", "systems")
    lines = [f"{asked}: {rulings}, on {many}"]
    for system in sorted(systems, key=lambda ref: ref.name.casefold() if ref else ""):
        if system is not None:
            lines += ["", f"{system.name} ({system.row_id})"]
        for row in on_systems:
            if row.deployment == system:
                lines += _ruling_lines(writer, row)
    if others:
        lines += ["", "Of no one system"]
        lines += [line for row in others for line in _ruling_lines(writer, row)]
    if not told:
        lines += ["", "No such ruling is documented here."]
    return writer.text([*lines, "", NOT_COMPLETE])


def rulings_json(registry: Registry, records: Iterable[RulingRecord]) -> dict[str, Any]:
    """Turn rulings into plain values: the row, its parties, claims, later rulings, sources."""
    rows = list(records)
    return {
        "format": "whose-cameras-rulings",
        "version": 1,
        "rulings": [
            {
                **row_json(row.ruling),
                "parties": [row_json(party) for party in row.parties],
                "claims": [row_json(claim) for claim in row.claims],
                "later": [later.ruling_id for later in row.later],
            }
            for row in rows
        ],
        "sources": sources_json(registry, (one for row in rows for one in row.source_ids)),
    }


def ruling_rows(registry: Registry, records: Iterable[RulingRecord]) -> list[list[str]]:
    """Return a line for each ruling, the columns first; see `RULING_COLUMNS`."""
    lines = [list(RULING_COLUMNS)]
    rows = list(records)
    for record, told in zip(rows, tell_rulings(Presenter(registry), rows), strict=True):
        row = record.ruling
        cells = (
            *(row.ruling_id, row.decided_on, row.country_code, row.body_org, told.body.name),
            *(row.chamber, row.case_ref, ";".join(row.effects), ";".join(row.technologies or ())),
            *(row.deployment_id, told.deployment.name if told.deployment else ""),
            "; ".join(f"{ref.name} ({part})" for ref, part in told.parties),
            " ".join(told.reviewed),
            " | ".join(statement.text for statement in told.statements),
            " ".join(record.source_ids),
        )
        lines.append(["" if cell is None else str(cell) for cell in cells])
    return lines


def _ruling_lines(writer: TextWriter, row: ToldRuling) -> list[str]:
    named = "; ".join(f"{ref.name} ({part})" for ref, part in row.parties)
    return [
        writer.line(f"- {row.headline}", row.sources),
        *([f"    names: {named}"] if named else []),
        *(f"    {line}" for line in row.reviewed),
        *(f"    {line}" for line in writer.statements(row.statements)),
    ]
