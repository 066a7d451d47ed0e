"""What an organisation said itself, of what, when."""

from collections.abc import Iterator
from dataclasses import dataclass

from mapper.answers.relation_status import standing
from mapper.answers.supply import by_day
from mapper.answers.time_window import Window
from mapper.clean.country_names import Area
from mapper.clean.spelling import folded_words
from mapper.registry.codes import Answer, Says, SubjectKind
from mapper.registry.registry import Registry
from mapper.registry.tables import Claim


@dataclass(frozen=True, slots=True)
class OwnWords:
    """
    Statements of one organisation.

    Attributes
    ----------
    says
        Only those that do this to their subject; None for all.
    claims
        Those that fit, by day; undated ones last.
    undated
        How many of these have no day, where a time was asked for.
    others
        How many more it made that do not fit.
    """

    org_id: str
    says: Says | None
    window: Window | None
    claims: tuple[Claim, ...]
    undated: int
    others: int


def own_words(
    registry: Registry,
    org_id: str,
    *,
    says: Says | None = None,
    area: Area | None = None,
    window: Window | None = None,
    text: str = "",
) -> OwnWords:
    """
    Gather what an organisation said itself, bare namings left out.

    Parameters
    ----------
    area
        Only what speaks of a country: by its scope, or of a system there.
    text
        Words that must all begin some word of the statement or of the name of its subject.
    """
    own = standing(registry, [row for row in registry.claims if row.speaker_org == org_id])
    # A bare naming ("our customers: ...") names a supply and states nothing: no words to show.
    stated = [row for row in own if row.statement is not None]
    words = folded_words(text).split()
    fitting = [
        row
        for row in stated
        if says in {None, row.says}
        and (area is None or any(code in area.spans for code in _countries(registry, row)))
        # A statement without a day is kept, since it may be of that time, and is counted as
        # undated.
        and (window is None or window.meets(row.as_of, row.as_of) is not Answer.NO)
        and all(f" {word}" in _searched(registry, row) for word in words)
    ]
    undated = sum(row.as_of is None for row in fitting) if window is not None else 0
    # One text may be recorded on several supplies; a reader counts texts.
    others = len({row.statement for row in stated} - {row.statement for row in fitting})
    return OwnWords(org_id, says, window, by_day(fitting), undated, others)


def _countries(registry: Registry, claim: Claim) -> Iterator[str]:
    """Yield the countries that a claim speaks of."""
    for scope in registry.scopes_of(claim.claim_id):
        if scope.country_code is not None:
            yield scope.country_code
    deployment_id = _deployment_id(registry, claim)
    if deployment_id is not None:
        yield registry.deployment[deployment_id].country_code
    for row in registry.shipments:
        if (claim.subject_kind, claim.subject_id) == (SubjectKind.SHIPMENT, row.shipment_id):
            yield row.to_country


def _deployment_id(registry: Registry, claim: Claim) -> str | None:
    if claim.subject_kind is SubjectKind.DEPLOYMENT:
        return claim.subject_id
    if claim.subject_kind is SubjectKind.RELATION:
        return registry.relation[claim.subject_id].deployment_id
    return next(
        (row.deployment_id for row in registry.counts if row.count_id == claim.subject_id), None
    )


def _searched(registry: Registry, claim: Claim) -> str:
    deployment_id = _deployment_id(registry, claim)
    place = registry.deployment[deployment_id] if deployment_id is not None else None
    named = f"{place.name} {place.place}" if place is not None else ""
    return f" {folded_words(f'{claim.statement} {named}')}"
