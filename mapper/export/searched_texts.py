"""What the full-text search of the database looks in: names, places, statements, titles."""

from collections.abc import Iterator

from mapper.registry.registry import Registry

_Text = tuple[str, str, str, str | None]


def searched_texts(registry: Registry) -> Iterator[_Text]:
    """
    Yield kind of row, id, text and source, in the order of the tables.

    Retracted claims are left out: what was our error is not to be found again as a statement.
    """
    for organisation in registry.organisations:
        yield "organisation", organisation.org_id, organisation.name, None
    for name in registry.organisation_names:
        yield "organisation", name.org_id, name.name, name.source_id
    for product in registry.products:
        yield "product", product.product_id, product.name, product.source_id
    for deployment in registry.deployments:
        text = f"{deployment.name} · {deployment.place}"
        yield "deployment", deployment.deployment_id, text, None
    for claim in registry.claims:
        if claim.statement is None or _is_retracted(registry, claim.claim_id):
            continue
        yield "claim", claim.claim_id, claim.statement, claim.source_id
    for legal_list in registry.legal_lists:
        yield "legal_list", legal_list.list_id, legal_list.name, None
    for source in registry.sources:
        text = f"{source.title} · {source.publisher}"
        yield "source", source.source_id, text, source.source_id


def _is_retracted(registry: Registry, claim_id: str) -> bool:
    return any(
        row.subject_kind == "claim" and row.subject_id == claim_id for row in registry.retractions
    )
