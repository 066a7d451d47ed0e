"""The rules between rows: keys, references, subjects, names, corrections."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import chain

from mapper.clean.neutral_words import lint_words
from mapper.clean.partial_date import PartialDate
from mapper.registry.cells import Placed, Problem, Reading, Tables, each, problem
from mapper.registry.codes import By, Kept, Says, ScopeKind, SubjectKind
from mapper.registry.law_codes import CheckResult, EntryEvent
from mapper.registry.list_entries import Sights, may_explain
from mapper.registry.names import normalised
from mapper.registry.periods import problems_of_periods
from mapper.registry.references import reference_of
from mapper.registry.registry import TABLES
from mapper.registry.ruling_rules import problems_of_rulings
from mapper.registry.support import unsupported
from mapper.registry.tables import (
    SUBJECT_TABLES,
    Claim,
    ClaimScope,
    Designation,
    DesignationEvent,
    ListCheck,
    ListReading,
    ListSearch,
    Organisation,
    OrganisationName,
    Relation,
    Retraction,
    Source,
)

# An initial with a full stop, or a title, followed by a name. Names alone cannot be told from other
# words, so this is a net and no proof.
_PERSON = re.compile(r"(?:^|[\s(])(?:(?:Mr|Mrs|Ms)\.? |[A-Z]\. ?)[A-Za-z]*[a-z]", re.ASCII)
_NAMED_OFFICE = re.compile(r"\b(?:Mr|Mrs|Ms|Dr|CM|PM|CP|LG|DIG)\.? [A-Z][A-Za-z]", re.ASCII)
_HONORIFIC = re.compile(r"(?:^|[\s(])(?:Mr|Mrs|Ms)\.? [A-Z]", re.ASCII)


@dataclass(frozen=True, slots=True)
class _Ids:
    """The ids of every table, those of rows that could not be read among them."""

    of_table: Mapping[str, frozenset[str]]
    unreadable: frozenset[str]

    def has(self, table: str, row_id: str) -> bool:
        return table in self.unreadable or row_id in self.of_table[table]


def problems_between(reading: Reading) -> list[Problem]:
    """
    Find every rule between rows that is broken.

    Parameters
    ----------
    reading
        All tables; a reference to a row that could not be read is not reported again, and what
        supports what is judged only when every row could be read.
    """
    tables = reading.tables
    ids = _Ids(
        {
            table: frozenset(placed.row.key[0] for placed in rows) | reading.broken_ids[table]
            for table, rows in tables.items()
        },
        reading.unreadable,
    )
    return list(
        chain(
            _repeated_keys(tables),
            _lost_references(tables, ids),
            _titles(tables),
            _claims(tables, ids),
            _scopes(tables),
            _retractions(tables, ids),
            _shared_names(tables),
            _contradicted_readings(tables),
            _withdrawals(tables),
            problems_of_periods(tables),
            problems_of_rulings(tables),
            unsupported(tables) if reading.is_whole else (),
        )
    )


def _repeated_keys(tables: Tables) -> Iterator[Problem]:
    for table, rows in tables.items():
        seen: dict[tuple[str, ...], Placed] = {}
        for placed in rows:
            first = seen.setdefault(placed.row.key, placed)
            if first is not placed:
                columns = " + ".join(placed.row.KEY)
                # Rows of one's own join the bundled ones, and must not take the id of one.
                where = "" if first.folder == placed.folder else f"{first.file_name(table)}, "
                allowed = f"{columns} once only; {where}line {first.line} has it too"
                yield problem(table, placed, placed.row.KEY[0], allowed)


def _lost_references(tables: Tables, ids: _Ids) -> Iterator[Problem]:
    for table, model in TABLES.items():
        for column, field in model.model_fields.items():
            target = reference_of(field)
            if target is None:
                continue
            for placed in tables[table]:
                value = getattr(placed.row, column)
                if value is not None and not ids.has(target, value):
                    yield problem(table, placed, column, f"an id of {target}.csv")


def _titles(tables: Tables) -> Iterator[Problem]:
    for placed, source in each(tables, Source):
        if _NAMED_OFFICE.search(source.title):
            allowed = "no person's name; a description in [brackets] instead"
            yield problem("sources", placed, "title", allowed)


def _claims(tables: Tables, ids: _Ids) -> Iterator[Problem]:
    claims = {claim.claim_id: claim for _, claim in each(tables, Claim)}
    relations = {row.relation_id: row for _, row in each(tables, Relation)}
    for placed, claim in each(tables, Claim):
        target = SUBJECT_TABLES[claim.subject_kind]
        if claim.subject_kind is SubjectKind.CLAIM:
            yield problem("claims", placed, "subject_kind", "anything but a claim")
        elif not ids.has(target, claim.subject_id):
            yield problem("claims", placed, "subject_id", f"an id of {target}.csv")
        # "Disputes it", without a word of how, would put a mere verb in somebody's mouth.
        if claim.statement is None and claim.says is not Says.SUPPORTS:
            yield problem("claims", placed, "statement", "a statement, unless it says supports")
        if claim.speaker_role is not None and _PERSON.search(claim.speaker_role):
            yield problem("claims", placed, "speaker_role", "an office, never a person's name")
        if claim.statement is not None and _HONORIFIC.search(claim.statement):
            yield problem("claims", placed, "statement", "an office, never a person's name")
        if claim.statement is not None and lint_words(claim.statement):
            yield problem("claims", placed, "statement", "neutral words")
        yield from _settling(placed, claim, claims)
        yield from _speaking(placed, claim, relations)


def _settling(placed: Placed, claim: Claim, claims: dict[str, Claim]) -> Iterator[Problem]:
    settled = claims.get(claim.settles or "")
    if settled is None:
        return
    # A dispute is settled only by a claim on the same thing.
    same = (claim.subject_kind, claim.subject_id) == (settled.subject_kind, settled.subject_id)
    if not same or settled.says is not Says.DISPUTES:
        yield problem("claims", placed, "settles", "a disputes claim on the same subject")


def _speaking(placed: Placed, claim: Claim, relations: dict[str, Relation]) -> Iterator[Problem]:
    relation = relations.get(claim.subject_id)
    if claim.subject_kind is not SubjectKind.RELATION or relation is None:
        return
    parties = {relation.supplier_org, relation.recipient_org}
    # The status rule trusts ``by``; a party entered as a bystander would not be heard as one.
    if claim.by is By.THIRD_PARTY and claim.speaker_org in parties:
        yield problem("claims", placed, "by", "the part in which the speaker stands: a party")


def _scopes(tables: Tables) -> Iterator[Problem]:
    cells = {
        ScopeKind.COUNTRY: "country_code",
        ScopeKind.BUYER: "org_id",
        ScopeKind.PRODUCT: "product_id",
    }
    for placed, scope in each(tables, ClaimScope):
        for kind, column in cells.items():
            if (getattr(scope, column) is not None) != (scope.kind is kind):
                allowed = f"filled for {kind}, and empty for every other kind"
                yield problem("claim_scopes", placed, column, allowed)


def _retractions(tables: Tables, ids: _Ids) -> Iterator[Problem]:
    for placed, row in each(tables, Retraction):
        target = SUBJECT_TABLES[row.subject_kind]
        if row.kept is Kept.KEPT and not ids.has(target, row.subject_id):
            yield problem("retractions", placed, "subject_id", f"an id of {target}.csv")
        # A removed id is never given to another: old citations must not come to mean something
        # else.
        if row.kept is Kept.REMOVED and row.subject_id in ids.of_table[target]:
            allowed = f"an id that {target}.csv no longer uses"
            yield problem("retractions", placed, "subject_id", allowed)
        if row.replaced_by is not None:
            stands = ids.has(target, row.replaced_by) and row.replaced_by != row.subject_id
            if not stands:
                yield problem("retractions", placed, "replaced_by", f"another id of {target}.csv")


def _shared_names(tables: Tables) -> Iterator[Problem]:
    owners: dict[str, str] = {}
    for placed, organisation in each(tables, Organisation):
        for name in (organisation.org_id, organisation.name):
            # Two organisations of one name would make every lookup by name a matter of luck.
            owner = owners.setdefault(normalised(name), organisation.org_id)
            if owner != organisation.org_id:
                allowed = f"a name of one organisation only; {owner} has it too"
                yield problem("organisations", placed, "name", allowed)
    for placed, row in each(tables, OrganisationName):
        owner = owners.setdefault(normalised(row.name), row.org_id)
        if owner != row.org_id:
            allowed = f"a name of one organisation only; {owner} has it too"
            yield problem("organisation_names", placed, "name", allowed)
        if not normalised(row.name):
            yield problem("organisation_names", placed, "name", "a name with letters or digits")


def _contradicted_readings(tables: Tables) -> Iterator[Problem]:
    """Find what a reading showed that no entry explains, and entries it should have shown."""
    readings = {row.reading_id: row for _, row in each(tables, ListReading)}
    checks = [row for _, row in each(tables, ListCheck)]
    searches = [row for _, row in each(tables, ListSearch)]
    sights = Sights(readings.values(), checks, searches)
    # An entry that was our error explains nothing and promises nothing.
    taken_back = {row.subject_id for _, row in each(tables, Retraction)}
    standing = [
        (placed, entry)
        for placed, entry in each(tables, Designation)
        if entry.designation_id not in taken_back
    ]
    for placed, check in each(tables, ListCheck):
        if (check.owner_org is not None) != (check.result is CheckResult.OWNER_NAMED):
            allowed = "the owner where the result is owner_named, and empty elsewhere"
            yield problem("list_checks", placed, "owner_org", allowed)
    entries: defaultdict[tuple[str, str], list[Designation]] = defaultdict(list)
    for _, entry in standing:
        entries[(entry.list, entry.org_id)].append(entry)
    # Both ways: a text that shows somebody needs an entry, and an entry in force needs to be shown
    # by every whole text of the time.
    yield from _unexplained(tables, readings, entries)
    for placed, entry in standing:
        for sight in sights.of(entry.list, entry.org_id):
            if sight.is_absent and _certainly_in_force(entry, sight.as_of):
                allowed = f"a row in list_checks.csv: listed in {sight.reading.reading_id}"
                yield problem("designations", placed, "designation_id", allowed)


def _unexplained(
    tables: Tables,
    readings: Mapping[str, ListReading],
    entries: Mapping[tuple[str, str], list[Designation]],
) -> Iterator[Problem]:
    for placed, check in each(tables, ListCheck):
        reading = readings.get(check.reading_id)
        if reading is None or check.result is not CheckResult.LISTED:
            continue
        candidates = entries.get((reading.list, check.org_id), [])
        if not any(may_explain(entry, reading.as_of) for entry in candidates):
            allowed = "not_listed, or an entry in designations.csv that it found"
            yield problem("list_checks", placed, "result", allowed)


def _withdrawals(tables: Tables) -> Iterator[Problem]:
    ends = {row.designation_id: row.ended_on for _, row in each(tables, Designation)}
    for placed, event in each(tables, DesignationEvent):
        is_end = event.event is EntryEvent.WITHDRAWN
        if is_end and ends.get(event.designation_id, event.happened_on) != event.happened_on:
            allowed = "the ended_on of its entry in designations.csv"
            yield problem("designation_events", placed, "happened_on", allowed)


def _certainly_in_force(entry: Designation, day: PartialDate) -> bool:
    if entry.effective_on is None or not entry.effective_on.certainly_not_after(day):
        return False
    # Beyond the last text that shows it, an entry without an end may have gone.
    known_until = entry.ended_on or entry.checked_on
    return known_until is not None and known_until.certainly_after(day)
