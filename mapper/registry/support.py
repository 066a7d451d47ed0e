"""
Everything stands on a source: which rows support which.

- A relation is supported by a claim whose subject it is.
- A deployment is supported by a count of it, a claim on it, or a relation, ruling
  or contract at it.
- A ruling is supported by a claim on it: who tells of it, and what was decided.
- A product is supported by its own ``source_id``, a relation that names it, or a claim on it.
- An organisation is supported by a row that names it: as supplier or recipient of a relation,
  speaker or subject of a claim, end of a link, owner of a footprint, a designation, a list
  check, a reply, a shipment or a ruling, operator of a deployment, maker of a product that has
  its own source, or by one of its names that has its own source (so a maker that is known only
  from device tags has a name whose source is of kind ``osm``).
- A name is supported by its own ``source_id``, or with its organisation.
"""

from collections.abc import Iterator

from mapper.registry.cells import Problem, Tables, each, problem
from mapper.registry.codes import SubjectKind
from mapper.registry.references import columns_that_name
from mapper.registry.tables import (
    Claim,
    Deployment,
    Organisation,
    OrganisationName,
    Product,
    Relation,
    Ruling,
)

NO_SUPPORT_BY_ITSELF = frozenset({"list_searches", "organisation_names", "products"})
"""Tables whose rows may stand without a source; they support only where they have one."""


def unsupported(tables: Tables) -> Iterator[Problem]:
    """Find what rests on no source: relations, rulings, deployments, products, organisations."""
    claimed = _claimed(tables)
    for placed, relation in each(tables, Relation):
        if relation.relation_id not in claimed[SubjectKind.RELATION]:
            yield problem("relations", placed, "relation_id", "a relation with at least one claim")
    for placed, ruling in each(tables, Ruling):
        if ruling.ruling_id not in claimed[SubjectKind.RULING]:
            yield problem("rulings", placed, "ruling_id", "a ruling with at least one claim")
    deployments = claimed[SubjectKind.DEPLOYMENT] | _values(tables, "counts", "deployment_id")
    deployments |= _values(tables, "relations", "deployment_id")
    deployments |= _values(tables, "rulings", "deployment_id")
    deployments |= _values(tables, "contracts", "deployment_id")
    for placed, deployment in each(tables, Deployment):
        if deployment.deployment_id not in deployments:
            allowed = "a deployment with at least one count, claim, relation or ruling"
            yield problem("deployments", placed, "deployment_id", allowed)
    yield from _unsupported_products(tables, claimed[SubjectKind.PRODUCT])
    yield from _unsupported_organisations(tables, claimed[SubjectKind.ORGANISATION])


def _unsupported_products(tables: Tables, claimed: frozenset[str]) -> Iterator[Problem]:
    named = claimed | _values(tables, "relations", "product_id")
    for placed, product in each(tables, Product):
        if product.source_id is None and product.product_id not in named:
            allowed = "a product with a source_id, or named by a relation or claim"
            yield problem("products", placed, "product_id", allowed)


def _unsupported_organisations(tables: Tables, claimed: frozenset[str]) -> Iterator[Problem]:
    # Every column that refers to an organisation counts, but those of tables that may stand without
    # a source themselves: two rows must not hold each other up.
    named = set(claimed)
    for table, column in columns_that_name("organisations", but=NO_SUPPORT_BY_ITSELF):
        named |= _values(tables, table, column)
    for _, product in each(tables, Product):
        if product.source_id is not None:
            named.add(product.org_id)
    for _, name in each(tables, OrganisationName):
        if name.source_id is not None:
            named.add(name.org_id)
    for placed, organisation in each(tables, Organisation):
        if organisation.org_id not in named:
            allowed = "an organisation that a row with a source names (docs: what supports what)"
            yield problem("organisations", placed, "org_id", allowed)


def _claimed(tables: Tables) -> dict[SubjectKind, frozenset[str]]:
    claims = [claim for _, claim in each(tables, Claim)]
    return {
        kind: frozenset(claim.subject_id for claim in claims if claim.subject_kind is kind)
        for kind in SubjectKind
    }


def _values(tables: Tables, table: str, column: str) -> frozenset[str]:
    values = (getattr(placed.row, column) for placed in tables[table])
    return frozenset(value for value in values if value is not None)
