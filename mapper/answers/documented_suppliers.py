"""Who supplies an organisation, as far as a source states it: what may stand beside a camera."""

from collections import defaultdict
from collections.abc import Iterator, Mapping

from mapper.answers.relation_status import relation_status
from mapper.answers.supply import is_stated_supply
from mapper.registry.codes import Role, StatusWord
from mapper.registry.registry import Registry
from mapper.registry.tables import Relation

# Who pays for a system supplies no part of it.
_NO_SUPPLIERS = frozenset({Role.FINANCIER})
# An ended supply is documented all the same; a disputed one is told on pages, with both sides.
_DOCUMENTED = frozenset({StatusWord.CONFIRMED, StatusWord.REPORTED, StatusWord.ENDED})


def documented_suppliers(registry: Registry) -> Mapping[str, tuple[str, ...]]:
    """
    Return who supplies each organisation or the systems that it runs.

    Only a supply counts that a claim states in words, that stands and that no party disputes: a
    name in a source without a statement is none.

    Returns
    -------
    mapping of str to tuple of str
        Recipient or operator of a deployment -> its suppliers, sorted; without those that have
        none.
    """
    suppliers: defaultdict[str, set[str]] = defaultdict(set)
    for relation in registry.relations:
        if relation.role in _NO_SUPPLIERS or not _is_documented(registry, relation):
            continue
        for org_id in _supplied(registry, relation):
            suppliers[org_id].add(relation.supplier_org)
    return {org_id: tuple(sorted(found)) for org_id, found in sorted(suppliers.items())}


def _is_documented(registry: Registry, relation: Relation) -> bool:
    word = relation_status(registry, relation.relation_id).word
    return word in _DOCUMENTED and is_stated_supply(relation, word)


def _supplied(registry: Registry, relation: Relation) -> Iterator[str]:
    if relation.recipient_org is not None:
        yield relation.recipient_org
    # A part inside another maker's product is not supplied to those who run the system.
    if relation.deployment_id is not None and relation.role is not Role.COMPONENT:
        runs_it = registry.deployment[relation.deployment_id].operator_org
        if runs_it is not None:
            yield runs_it
