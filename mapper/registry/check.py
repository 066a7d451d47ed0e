"""The rules between rows: keys, references, subjects, names, corrections."""

import re
from collections.abc import Iterator
from itertools import chain
from typing import Any, cast, get_args

from pydantic.fields import FieldInfo

from mapper.clean.partial_date import PartialDate
from mapper.registry.fields import Refers
from mapper.registry.names import normalised
from mapper.registry.periods import problems_of_periods
from mapper.registry.rows import Placed, Problem, Reading, Tables, problem
from mapper.registry.support import unsupported
from mapper.registry.tables import (
    SUBJECT_TABLES,
    TABLES,
    Claim,
    Designation,
    ListCheck,
    Organisation,
    OrganisationName,
    Relation,
    Retraction,
)
from mapper.registry.words import By, CheckResult, Kept, Says, SubjectKind

_PERSON = re.compile(r"(?:^|[\s(])(?:(?:Mr|Mrs|Ms)\.? |[A-Z]\. ?)[A-Za-z]*[a-z]", re.ASCII)
_HONORIFIC = re.compile(r"(?:^|[\s(])(?:Mr|Mrs|Ms)\.? [A-Z]", re.ASCII)


def problems_between(reading: Reading) -> list[Problem]:
    """
    Find every rule between rows that is broken.

    Parameters
    ----------
    reading
        All tables; a reference to a row that could not be read is not reported again.
    """
    tables = reading.tables
    known = _known_ids(reading)
    return list(
        chain(
            _repeated_keys(tables),
            _lost_references(tables, known),
            _claims(tables, known),
            _retractions(tables, known),
            _shared_names(tables),
            _contradicted_checks(tables),
            problems_of_periods(tables),
            unsupported(tables),
        )
    )


def reference_of(field: FieldInfo) -> str | None:
    """Give the table a column refers to, or None."""
    parts: tuple[Any, ...] = (*field.metadata, *chain(*map(get_args, get_args(field.annotation))))
    return next((part.table for part in parts if isinstance(part, Refers)), None)


def _known_ids(reading: Reading) -> dict[str, frozenset[str]]:
    return {
        table: frozenset(placed.row.key[0] for placed in rows) | reading.broken_ids[table]
        for table, rows in reading.tables.items()
    }


def _repeated_keys(tables: Tables) -> Iterator[Problem]:
    for table, rows in tables.items():
        seen: dict[tuple[str, ...], int] = {}
        for placed in rows:
            first = seen.setdefault(placed.row.key, placed.line)
            if first != placed.line:
                columns = " + ".join(placed.row.KEY)
                allowed = f"{columns} once only; line {first} has it too"
                yield problem(table, placed, placed.row.KEY[0], allowed)


def _lost_references(tables: Tables, known: dict[str, frozenset[str]]) -> Iterator[Problem]:
    for table, model in TABLES.items():
        for column, field in model.model_fields.items():
            target = reference_of(field)
            if target is None:
                continue
            for placed in tables[table]:
                value = getattr(placed.row, column)
                if value is not None and value not in known[target]:
                    yield problem(table, placed, column, f"an id of {target}.csv")


def _claims(tables: Tables, known: dict[str, frozenset[str]]) -> Iterator[Problem]:
    claims = {placed.row.key[0]: cast("Claim", placed.row) for placed in tables["claims"]}
    relations = {placed.row.key[0]: cast("Relation", placed.row) for placed in tables["relations"]}
    for placed in tables["claims"]:
        claim = cast("Claim", placed.row)
        target = SUBJECT_TABLES[claim.subject_kind]
        if claim.subject_kind is SubjectKind.CLAIM:
            yield problem("claims", placed, "subject_kind", "anything but a claim")
        elif claim.subject_id not in known[target]:
            yield problem("claims", placed, "subject_id", f"an id of {target}.csv")
        if claim.statement is None and claim.says is not Says.SUPPORTS:
            yield problem("claims", placed, "statement", "a statement, unless it says supports")
        if claim.speaker_role is not None and _PERSON.search(claim.speaker_role):
            yield problem("claims", placed, "speaker_role", "an office, never a person's name")
        if claim.statement is not None and _HONORIFIC.search(claim.statement):
            yield problem("claims", placed, "statement", "an office, never a person's name")
        yield from _settling(placed, claims)
        yield from _speaking(placed, relations)


def _settling(placed: Placed, claims: dict[str, Claim]) -> Iterator[Problem]:
    claim = cast("Claim", placed.row)
    settled = claims.get(claim.settles or "")
    if settled is None:
        return
    same = (claim.subject_kind, claim.subject_id) == (settled.subject_kind, settled.subject_id)
    if not same or settled.says is not Says.DISPUTES:
        yield problem("claims", placed, "settles", "a disputes claim on the same subject")


def _speaking(placed: Placed, relations: dict[str, Relation]) -> Iterator[Problem]:
    claim = cast("Claim", placed.row)
    relation = relations.get(claim.subject_id)
    if claim.subject_kind is not SubjectKind.RELATION or relation is None:
        return
    parties = {relation.supplier_org, relation.recipient_org}
    if claim.by is By.THIRD_PARTY and claim.speaker_org in parties:
        yield problem("claims", placed, "by", "the part in which the speaker stands: a party")


def _retractions(tables: Tables, known: dict[str, frozenset[str]]) -> Iterator[Problem]:
    for placed in tables["retractions"]:
        row = cast("Retraction", placed.row)
        target = SUBJECT_TABLES[row.subject_kind]
        if row.kept is Kept.KEPT and row.subject_id not in known[target]:
            yield problem("retractions", placed, "subject_id", f"an id of {target}.csv")
        if row.kept is Kept.REMOVED and row.subject_id in known[target]:
            allowed = f"an id that {target}.csv no longer uses"
            yield problem("retractions", placed, "subject_id", allowed)
        if row.replaced_by is not None:
            stands = row.replaced_by in known[target] and row.replaced_by != row.subject_id
            if not stands:
                yield problem("retractions", placed, "replaced_by", f"another id of {target}.csv")


def _shared_names(tables: Tables) -> Iterator[Problem]:
    owners: dict[str, str] = {}
    for placed in tables["organisations"]:
        organisation = cast("Organisation", placed.row)
        for name in (organisation.org_id, organisation.name):
            owner = owners.setdefault(normalised(name), organisation.org_id)
            if owner != organisation.org_id:
                allowed = f"a name of one organisation only; {owner} has it too"
                yield problem("organisations", placed, "name", allowed)
    for placed in tables["organisation_names"]:
        row = cast("OrganisationName", placed.row)
        owner = owners.setdefault(normalised(row.name), row.org_id)
        if owner != row.org_id:
            allowed = f"a name of one organisation only; {owner} has it too"
            yield problem("organisation_names", placed, "name", allowed)
        if not normalised(row.name):
            yield problem("organisation_names", placed, "name", "a name with letters or digits")


def _contradicted_checks(tables: Tables) -> Iterator[Problem]:
    entries = [cast("Designation", placed.row) for placed in tables["designations"]]
    for placed in tables["list_checks"]:
        check = cast("ListCheck", placed.row)
        if check.result is not CheckResult.NOT_LISTED:
            continue
        for entry in entries:
            same = (entry.org_id, entry.list) == (check.org_id, check.list)
            if same and _certainly_in_force(entry, check.checked_on):
                allowed = f"listed; {entry.designation_id} was in force"
                yield problem("list_checks", placed, "result", allowed)


def _certainly_in_force(entry: Designation, day: PartialDate) -> bool:
    if entry.effective_on is None or not entry.effective_on.certainly_not_after(day):
        return False
    known_until = entry.ended_on or entry.checked_on
    return known_until is not None and known_until.certainly_after(day)
