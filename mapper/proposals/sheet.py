"""Judged proposals as the lines of one sheet, in an order that depends on their content alone."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator

from mapper.proposals.compared import Judged
from mapper.proposals.proposed import LeftOut, State
from mapper.registry.registry import TABLES, columns

LEADING = ("proposal_id", "state", "table", "organisations", "near_names", "review_note", "read_at")
"""Columns before those of the tables."""

_SHOWN_REFS = 3
_TABLE_ORDER = {table: place for place, table in enumerate(TABLES)}


def sheet(judged: Iterable[Judged]) -> list[tuple[str, ...]]:
    """
    Return the header and one line for each proposal.

    Columns
    -------
    proposal_id, state, table
        ``state`` is new, known, fills or differs.
    organisations
        ``column=org_id (exact | alias | identifier | proposed new)``, joined by `` | ``.
    near_names
        Organisations with like names; they decide nothing.
    review_note, read_at
        What the reviewer should know, and where the notice can be read.
    the columns of every table that occurs
        Each once, in the tables' order; empty where the row's table has no such column.
    """
    lines = sorted(judged, key=_order)
    used = sorted({line.row.table for line in lines}, key=_TABLE_ORDER.__getitem__)
    named = tuple(dict.fromkeys(column for table in used for column in columns(table)))
    return [(*LEADING, *named), *(_line(line, named) for line in lines)]


def remarks(judged: Iterable[Judged], left_out: Iterable[LeftOut]) -> Iterator[str]:
    """Yield what is said beside the sheet: rows by state, then what was left out, by reason."""
    states = Counter(line.state for line in judged)
    told = ", ".join(f"{states[state]:,} {state}" for state in State if states[state])
    yield f"proposed rows: {told or 'none'}"
    by_reason: defaultdict[str, list[str]] = defaultdict(list)
    for left in left_out:
        by_reason[left.reason].append(left.ref)
    for reason, refs in sorted(by_reason.items()):
        shown = ", ".join(sorted(set(refs))[:_SHOWN_REFS])
        more = ", ..." if len(set(refs)) > _SHOWN_REFS else ""
        yield f"left out {len(refs):,}: {reason} ({shown}{more})"


def _line(judged: Judged, named: tuple[str, ...]) -> tuple[str, ...]:
    row = judged.row
    organisations = [f"{column}={f.org_id} ({f.how})" for column, f in sorted(row.matches.items())]
    near = dict.fromkeys(name for _, f in sorted(row.matches.items()) for name in f.near)
    notes = [text for text in (judged.note, row.note) if text]
    leading = (
        row.proposal_id,
        judged.state,
        row.table,
        " | ".join(organisations),
        " | ".join(near),
    )
    cells = (row.cells.get(column, "") for column in named)
    return (*map(str, leading), "; ".join(notes), row.url, *cells)


def _order(judged: Judged) -> tuple[str, int, str]:
    return (judged.row.ref, _TABLE_ORDER[judged.row.table], judged.row.proposal_id)
