"""Which claims are new since the release before."""

import csv
from pathlib import Path

from mapper.registry.codes import SubjectKind
from mapper.registry.registry import Registry
from mapper.registry.tables import Claim
from mapper.telling.statements import Presenter, Ref
from mapper.website.feeds.atom import Entry
from mapper.website.pages.addresses import PageIndex


def claim_entries(
    old: Path, registry: Registry, index: PageIndex, *, release_id: str, updated_on: str
) -> list[Entry]:
    """
    Tell the claims that the release before did not hold, by id.

    Parameters
    ----------
    old
        The folder of the release before.
    registry
        The evidence of the release told of; a claim that was taken back is not told.
    updated_on
        ISO day of the evidence.
    """
    path = old / "registry" / "claims.csv"
    with path.open(encoding="utf-8", newline="") as file:
        before = {row["claim_id"] for row in csv.DictReader(file)}
    presenter = Presenter(registry)
    entries = []
    for claim in registry.claims:
        is_retracted = registry.retraction(SubjectKind.CLAIM, claim.claim_id) is not None
        if claim.claim_id in before or is_retracted:
            continue
        subject, country_code = _subject(registry, presenter, claim)
        statement = presenter.claim(claim)
        source = registry.source[claim.source_id]
        entries.append(
            Entry(
                key=f"{release_id} claim {claim.claim_id}",
                title=f"{subject.name}: {statement.byline}",
                text=f"{statement.text} Source: {source.title}, {source.publisher}, {source.url}",
                link=index.address(subject) or "deployments/index.html",
                updated_on=updated_on,
                country_code=country_code,
                category="claim",
            )
        )
    return entries


def _subject(registry: Registry, presenter: Presenter, claim: Claim) -> tuple[Ref, str | None]:
    """Return what a claim is about, as something that has a page, and its country."""
    deployment_id, org_id = _row_of(registry, claim)
    if deployment_id is not None:
        row = registry.deployment[deployment_id]
        return presenter.deployment(deployment_id), row.country_code
    if org_id is not None:
        return presenter.organisation(org_id), registry.organisation[org_id].country_code
    return Ref(claim.subject_id.replace("-", " ")), None


def _row_of(registry: Registry, claim: Claim) -> tuple[str | None, str | None]:
    kind, row_id = claim.subject_kind, claim.subject_id
    if kind is SubjectKind.DEPLOYMENT:
        return row_id, None
    if kind is SubjectKind.RELATION:
        relation = registry.relation[row_id]
        return relation.deployment_id, relation.supplier_org
    if kind is SubjectKind.PRODUCT:
        return None, registry.product[row_id].org_id
    if kind is SubjectKind.COUNT:
        counted = (row.deployment_id for row in registry.counts if row.count_id == row_id)
        return next(counted), None
    return None, row_id if kind is SubjectKind.ORGANISATION else None
