"""
What courts and regulators ruled: on a system, an organisation, an entry in a list, a technology.

A ruling is never read as more than it is: what became of it on review stands with it, and an
organisation whose product was used is not said to have been ruled against.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import chain

from mapper.answers.relation_status import standing
from mapper.answers.supply import by_day
from mapper.registry.codes import SubjectKind, Technology
from mapper.registry.registry import Registry
from mapper.registry.tables import Claim, Ruling, RulingParty


@dataclass(frozen=True, slots=True)
class RulingRecord:
    """
    A ruling with all that must stand beside it.

    Attributes
    ----------
    parties
        Organisations it names, by part, then id.
    claims
        What was decided, by whom it is told; by day.
    later
        Rulings that reviewed this one, by day.
    source_ids
        Of the claims, sorted.
    """

    ruling: Ruling
    parties: tuple[RulingParty, ...]
    claims: tuple[Claim, ...]
    later: tuple[Ruling, ...]
    source_ids: tuple[str, ...]


def rulings_on(
    registry: Registry, technologies: Iterable[Technology] | None = None
) -> tuple[RulingRecord, ...]:
    """
    Return every ruling that stands, by day.

    Parameters
    ----------
    technologies
        Only rulings that speak of one of them; None for all.
    """
    asked = None if technologies is None else frozenset(technologies)
    # A ruling on no particular technology answers only the question for all.
    wanted = (
        row
        for row in registry.rulings
        if asked is None or asked & frozenset(row.technologies or ())
    )
    return _records(registry, wanted)


def rulings_at(registry: Registry, deployment_id: str) -> tuple[RulingRecord, ...]:
    """Return the rulings on a deployment, by day."""
    return _records(registry, registry.rows(Ruling, "deployment_id", deployment_id))


def rulings_naming(registry: Registry, org_id: str) -> tuple[RulingRecord, ...]:
    """Return the rulings that an organisation gave, or that name it, by day."""
    named = [registry.ruling[row.ruling_id] for row in registry.rows(RulingParty, "org_id", org_id)]
    return _records(registry, [*named, *registry.rows(Ruling, "body_org", org_id)])


def rulings_on_entries(
    registry: Registry, designation_ids: Iterable[str]
) -> tuple[RulingRecord, ...]:
    """Return the rulings on entries in legal lists, by day."""
    rows = (registry.rows(Ruling, "designation_id", one) for one in designation_ids)
    return _records(registry, chain.from_iterable(rows))


def _records(registry: Registry, rulings: Iterable[Ruling]) -> tuple[RulingRecord, ...]:
    # An organisation may stand in a ruling in two parts.
    each_once = {row.ruling_id: row for row in rulings}.values()
    records = (_record(registry, row) for row in _by_day(each_once))
    return tuple(record for record in records if record is not None)


def _by_day(rows: Iterable[Ruling]) -> list[Ruling]:
    return sorted(rows, key=lambda row: (row.decided_on.sort_key(), row.ruling_id))


def _record(registry: Registry, ruling: Ruling) -> RulingRecord | None:
    """Gather what stands beside a ruling; None where all that is told of it was taken back."""
    ruling_id = ruling.ruling_id
    claims = by_day(standing(registry, registry.claims_on(SubjectKind.RULING, ruling_id)))
    # A ruling without a standing claim has nothing left that says what was decided: an empty
    # headline beside a name would accuse.
    if registry.retraction(SubjectKind.RULING, ruling_id) is not None or not claims:
        return None
    parties = registry.rows(RulingParty, "ruling_id", ruling_id)
    return RulingRecord(
        ruling=ruling,
        parties=tuple(sorted(parties, key=lambda row: (row.part, row.org_id))),
        claims=claims,
        later=tuple(_by_day(registry.rows(Ruling, "reviews", ruling_id))),
        source_ids=tuple(sorted({claim.source_id for claim in claims})),
    )
