"""Holding proposed rows against the registry: new, known, filling a gap, or different."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from pydantic import ValidationError

from mapper.clean.neutral_words import lint_words
from mapper.proposals.proposed import LeftOut, Proposed, State
from mapper.registry.codes import SubjectKind
from mapper.registry.names import normalised
from mapper.registry.registry import TABLES, Registry, columns
from mapper.registry.tables import Relation


@dataclass(frozen=True, slots=True)
class Judged:
    """A proposed row, how it stands to the registry, and what the registry has instead."""

    row: Proposed
    state: State
    note: str = ""


def judge_all(rows: Iterable[Proposed], registry: Registry) -> tuple[list[Judged], list[LeftOut]]:
    """
    Judge every row; a row that the tables would refuse is left out with the reason.

    Returns
    -------
    judged, left_out
        Both in the order of the rows.
    """
    judged: list[Judged] = []
    left: list[LeftOut] = []
    known_relation_ids: set[str] = set()
    for row in rows:
        reason = _refusal(row, registry)
        if reason:
            left.append(LeftOut(row.ref, reason))
            continue
        state, note = _JUDGES[row.table](row, registry)
        if row.table == "relations" and state is State.KNOWN:
            # Relations come before their claims, so this is filled when a claim asks for it.
            known_relation_ids.add(row.cells["relation_id"])
        # The claim of a supply that stands under another id stands there too.
        is_told = row.table == "claims" and row.cells["subject_id"] in known_relation_ids
        judged.append(Judged(row, State.KNOWN if is_told else state, note))
    return judged, left


def _refusal(row: Proposed, registry: Registry) -> str:
    cells = dict.fromkeys(columns(row.table), "")
    if row.is_part:
        # A part of a row (an id to add) is checked as the whole row that it would become.
        held = registry.organisation[row.cells["org_id"]]
        cells |= {name: _written(getattr(held, name)) for name in cells}
    try:
        TABLES[row.table].model_validate(cells | dict(row.cells))
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        # What stands in the cell may be what must not be shown; only what it should be is said.
        allowed = str(first["msg"]).rpartition("allowed: ")[2]
        return f"{row.table}.{first['loc'][0]} is not {allowed.partition(', this')[0]}"
    if lint_words(row.cells.get("statement", "")):
        return "the statement would not be in neutral words"
    return ""


def _written(value: object) -> str:
    return "" if value is None else str(value)


_Verdict = tuple[State, str]


def _source(row: Proposed, registry: Registry) -> _Verdict:
    is_known = row.cells["source_id"] in registry.source or any(
        source.url == row.cells["url"] for source in registry.sources
    )
    return (State.KNOWN if is_known else State.NEW), ""


def _organisation(row: Proposed, registry: Registry) -> _Verdict:
    held = registry.organisation.get(row.cells["org_id"])
    if held is None:
        return State.NEW, ""
    other = {
        name: (_written(getattr(held, name)), value)
        for name, value in row.cells.items()
        if name != "org_id" and _written(getattr(held, name)) != value
    }
    if not other:
        return State.KNOWN, ""
    # An empty cell is a gap to fill; a filled one is never overwritten, it is shown to a person.
    differing = {name: was for name, (was, _) in other.items() if was}
    if differing:
        told = ", ".join(f"{name}={was}" for name, was in sorted(differing.items()))
        return State.DIFFERS, f"the registry has {told}"
    return State.FILLS, ""


def _name(row: Proposed, registry: Registry) -> _Verdict:
    wanted = normalised(row.cells["name"])
    owners = {
        organisation_name.org_id
        for organisation_name in registry.organisation_names
        if normalised(organisation_name.name) == wanted
    }
    owners |= {
        organisation.org_id
        for organisation in registry.organisations
        if normalised(organisation.name) == wanted
    }
    if row.cells["org_id"] in owners:
        return State.KNOWN, ""
    if owners:
        return State.DIFFERS, f"the registry has it as a name of {', '.join(sorted(owners))}"
    return State.NEW, ""


def _link(row: Proposed, registry: Registry) -> _Verdict:
    ends = (row.cells["from_org"], row.cells["to_org"], row.cells["kind"])
    same = [
        organisation_link
        for organisation_link in registry.organisation_links
        if (organisation_link.from_org, organisation_link.to_org, organisation_link.kind) == ends
    ]
    if not same:
        return State.NEW, ""
    begin = row.cells.get("valid_from", "")
    begins = {_written(tie.valid_from) for tie in same}
    # A tie may be recorded for several stretches; any of them makes it known.
    if not begin or begin in begins:
        return State.KNOWN, ""
    if begins == {""}:
        return State.FILLS, "the registry has the tie without its first day"
    return State.DIFFERS, f"the registry has valid_from={', '.join(sorted(begins - {''}))}"


def _relation(row: Proposed, registry: Registry) -> _Verdict:
    ends = (row.cells["supplier_org"], row.cells.get("recipient_org"))
    between = [
        relation
        for relation in registry.relations
        if (relation.supplier_org, relation.recipient_org) == ends
    ]
    for held in between:
        if held.relation_id == row.cells["relation_id"] or _is_same_supply(row, held, registry):
            return State.KNOWN, ""
    told = ", ".join(held.relation_id for held in between)
    return State.NEW, f"the registry has between the two: {told}" if told else ""


def _is_same_supply(row: Proposed, held: Relation, registry: Registry) -> bool:
    urls = {
        registry.source[claim.source_id].url
        for claim in registry.claims_on(SubjectKind.RELATION, held.relation_id)
    }
    pairs = [
        (row.cells.get(name, ""), _written(getattr(held, name)))
        for name in ("product_as_written", "value")
    ]
    # The same notice alone is not enough: it may tell of several supplies between the two.
    return row.url in urls and all(ours == theirs or not theirs for ours, theirs in pairs)


def _claim(row: Proposed, registry: Registry) -> _Verdict:
    return (State.KNOWN if row.cells["claim_id"] in registry.claim else State.NEW), ""


def _designation(row: Proposed, registry: Registry) -> _Verdict:
    key = (row.cells["org_id"], row.cells["list"])
    held = [
        designation
        for designation in registry.designations
        if (designation.org_id, designation.list) == key
    ]
    if not held:
        return State.NEW, ""
    day = row.cells.get("effective_on", "")
    days = {_written(entry.effective_on) for entry in held}
    if not day or day in days:
        return State.KNOWN, ""
    if "" in days:
        return State.FILLS, "the registry has the entry without its first day"
    return State.DIFFERS, f"the registry has effective_on={', '.join(sorted(days))}"


def _list_check(row: Proposed, registry: Registry) -> _Verdict:
    names = ("reading_id", "org_id", "result")
    wanted = tuple(row.cells[name] for name in names)
    held = {
        tuple(str(getattr(list_check, name)) for name in names)
        for list_check in registry.list_checks
    }
    return (State.KNOWN if wanted in held else State.NEW), ""


def _list_reading(row: Proposed, registry: Registry) -> _Verdict:
    held = {reading.reading_id for reading in registry.list_readings}
    return (State.KNOWN if row.cells["reading_id"] in held else State.NEW), ""


_JUDGES: dict[str, Callable[[Proposed, Registry], _Verdict]] = {
    "sources": _source,
    "organisations": _organisation,
    "organisation_names": _name,
    "organisation_links": _link,
    "relations": _relation,
    "claims": _claim,
    "designations": _designation,
    "list_readings": _list_reading,
    "list_checks": _list_check,
}
