"""Answers as JSON: versioned, complete, with every source written out once."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from pydantic import BaseModel

from mapper.answers.legal_status import EntryStatus, ListStatus
from mapper.answers.listed_kin import KinEntry
from mapper.answers.maker_goods import MakerGoods
from mapper.answers.organisation_profile import VendorProfile
from mapper.answers.rulings import RulingRecord
from mapper.answers.supply import Edge
from mapper.answers.supply_chain import Chain, ChainNode
from mapper.clean.partial_date import PartialDate
from mapper.registry.list_entries import Sight
from mapper.registry.registry import Registry
from mapper.registry.tables import Contract
from mapper.telling.legal_words import legal_wording
from mapper.telling.reason_words import STATUS_REASONS, reason_words

_CHAIN_VERSION = 3
"""
2: shipments stand in ``goods``, once per maker; recipients beside the operator are nodes.
3: components of a maker's products in general stand in ``untied``, no longer among its children.
"""

_PROFILE_VERSION = 1


def chain_json(registry: Registry, chain: Chain) -> dict[str, Any]:
    """
    Turn a chain into plain dicts, lists, texts, numbers and nulls.

    Parameters
    ----------
    chain
        As built from the same registry.

    Returns
    -------
    dict
        ``format``, ``version``, ``on``, ``deployment`` (the row), ``tree`` (nodes with
        ``step``, ``name``, ``org_id``, ``is_gap``, ``edge``, ``statements``, ``general``,
        ``untied``, ``children``),
        ``claims``, ``rulings``, ``contracts``, ``goods`` (by maker: ``name``, ``org_id``,
        ``shipments``, ``shipment_claims``), ``retracted``, ``not_yet`` and ``sources`` (by id).
        Partial dates are texts, sums are texts that keep every digit.
    """
    return {
        "format": "whose-cameras-chain",
        "version": _CHAIN_VERSION,
        "on": None if chain.on is None else str(chain.on),
        "deployment": row_json(chain.deployment),
        "tree": _node(chain.root),
        "claims": [row_json(claim) for claim in chain.claims],
        "rulings": [ruling_json(record) for record in chain.rulings],
        "contracts": [
            row_json(row)
            for row in registry.rows(Contract, "deployment_id", chain.deployment.deployment_id)
        ],
        "goods": [_goods(good) for good in chain.goods],
        "retracted": [
            {"relation_id": relation_id, "reason": reason}
            for relation_id, reason in chain.retracted
        ],
        "not_yet": list(chain.not_yet),
        "sources": sources_json(registry, chain.source_ids),
    }


def status_json(
    registry: Registry, org_id: str, statuses: Iterable[ListStatus], on: PartialDate
) -> dict[str, Any]:
    """
    Turn legal answers into plain values.

    Returns
    -------
    dict
        ``format``, ``version``, ``on``, ``organisation``, ``lists`` (each with ``list``,
        ``answer``, ``reason``, ``last_known_yes``, ``entry``, ``entries``, ``by_entry``,
        ``readings``, ``kin``, ``last_read``, ``last_check``, ``claims``, ``source_ids``) and
        ``sources``. ``by_entry`` has each entry's own answer, days and events, ``readings``
        what each text of the list showed, ``kin`` the entries of owners and owned.
    """
    answers = list(statuses)
    return {
        "format": "whose-cameras-status",
        "version": _PROFILE_VERSION,
        "on": str(on),
        "organisation": row_json(registry.organisation[org_id]),
        "lists": [
            {
                "list": row_json(answer.legal_list),
                "answer": str(answer.answer),
                "reason": reason_words(registry, answer.reason),
                "last_known_yes": _iso(answer.last_known_yes),
                "entry": None if answer.entry is None else row_json(answer.entry),
                "entries": [row_json(entry) for entry in answer.entries],
                "by_entry": [_entry_json(registry, entry) for entry in answer.by_entry],
                "readings": [_sight_json(sight) for sight in answer.sights],
                "kin": [_kin_json(kin) for kin in answer.kin],
                "last_read": None if answer.last_read is None else str(answer.last_read),
                "last_check": None if answer.last_check is None else str(answer.last_check),
                "claims": [row_json(claim) for claim in answer.claims],
                "source_ids": list(answer.source_ids),
            }
            for answer in answers
        ],
        "sources": sources_json(registry, (sid for answer in answers for sid in answer.source_ids)),
    }


def _entry_json(registry: Registry, status: EntryStatus) -> dict[str, Any]:
    return {
        "designation_id": status.entry.designation_id,
        "answer": str(status.answer),
        "reason": reason_words(registry, status.reason),
        "last_known_yes": _iso(status.last_known_yes),
        "last_shown": None if status.last_shown is None else str(status.last_shown),
        "events": [row_json(event) for event in status.events],
        "rulings": [ruling_json(record) for record in status.rulings],
    }


def _kin_json(row: KinEntry) -> dict[str, Any]:
    return {
        "org_id": row.kin.org_id,
        "is_owner": row.kin.is_owner,
        "designation_id": row.entry.designation_id,
        "answer": str(row.answer),
    }


def _sight_json(sight: Sight) -> dict[str, Any]:
    return {
        "reading_id": sight.reading.reading_id,
        "result": str(sight.result),
        "from": sight.first.isoformat(),
        "to": sight.last.isoformat(),
        "owner_org": sight.owner_org,
        "compared": None if sight.compared is None else str(sight.compared),
    }


def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def vendor_json(registry: Registry, profile: VendorProfile) -> dict[str, Any]:
    """Turn a vendor profile into plain values, each part under the name of its attribute."""
    return {
        "format": "whose-cameras-vendor",
        "version": _PROFILE_VERSION,
        "organisation": row_json(profile.organisation),
        "names": [row_json(row) for row in profile.names],
        "seats": [row_json(row) for row in profile.seats],
        "links": [row_json(row) for row in profile.links],
        "products": [row_json(row) for row in profile.products],
        "parts": [row_json(row) for row in profile.parts],
        "inside": [row_json(row) for row in profile.inside],
        "footprints": [row_json(row) for row in profile.footprints],
        "supplies": [edge_json(edge) for edge in profile.supplies],
        "components": [edge_json(edge) for edge in profile.components],
        "named": [edge_json(edge) for edge in profile.named],
        "received": [edge_json(edge) for edge in profile.received],
        "retracted": [edge.relation.relation_id for edge in profile.retracted],
        "listings": [
            {**row_json(row), "wording": legal_wording(registry, row)} for row in profile.listings
        ],
        "list_readings": [
            {"list": list_id, **_sight_json(sight)}
            for list_id, sights in profile.sights
            for sight in sights
        ],
        "shipments": [row_json(row) for row in profile.shipments],
        "rulings": [ruling_json(record) for record in profile.rulings],
        "own_statements": [row_json(row) for row in profile.own_statements],
        "claims_about": [row_json(row) for row in profile.claims_about],
        "sources": sources_json(registry, profile.source_ids),
    }


def sources_json(registry: Registry, source_ids: Iterable[str]) -> dict[str, Any]:
    """Return the rows of some sources by id, each once, sorted."""
    return {
        source_id: row_json(registry.source[source_id]) for source_id in sorted(set(source_ids))
    }


def row_json(row: BaseModel) -> dict[str, Any]:
    """Turn a row into a dict of texts, numbers, truths, lists and nulls, in column order."""
    # Every column, in the order of the table: who reads JSON misses nothing that the CSV has.
    return {name: _value(getattr(row, name)) for name in type(row).model_fields}


def edge_json(edge: Edge) -> dict[str, Any]:
    """Turn an edge into a dict: the relation's cells, its status and what stands beside it."""
    return {
        **row_json(edge.relation),
        "supplier_name": edge.supplier_name,
        "recipient_name": edge.recipient_name,
        "product_name": edge.product_name,
        "is_inside_product": edge.is_inside_product,
        "in_force": str(edge.in_force),
        "status": str(edge.status.word),
        "status_reason": STATUS_REASONS[edge.status.word],
        "status_claim_ids": list(edge.status.claim_ids),
        "ended_on": None if edge.status.ended_on is None else str(edge.status.ended_on),
        "claims": [row_json(claim) for claim in edge.claims],
        "replies": [row_json(reply) for reply in edge.replies],
        "source_ids": list(edge.source_ids),
    }


def ruling_json(record: RulingRecord) -> dict[str, Any]:
    """Turn a ruling into a dict: its cells, its parties, what is told of it, later reviews."""
    return {
        **row_json(record.ruling),
        "parties": [row_json(party) for party in record.parties],
        "claims": [row_json(claim) for claim in record.claims],
        "reviewed_by": [later.ruling_id for later in record.later],
        "source_ids": list(record.source_ids),
    }


def _node(node: ChainNode) -> dict[str, Any]:
    return {
        "step": str(node.step),
        "name": node.name,
        "org_id": node.org_id,
        "is_gap": node.is_gap,
        "edge": None if node.edge is None else edge_json(node.edge),
        "statements": [row_json(claim) for claim in node.statements],
        "general": [row_json(claim) for claim in node.general],
        "untied": [edge_json(edge) for edge in node.untied],
        "children": [_node(child) for child in node.children],
    }


def _goods(goods: MakerGoods) -> dict[str, Any]:
    return {
        "name": goods.name,
        "org_id": goods.org_id,
        "shipments": [row_json(shipment) for shipment in goods.shipments],
        "shipment_claims": [row_json(claim) for claim in goods.claims],
    }


def _value(value: object) -> Any:  # noqa: ANN401 - JSON has no narrower type
    if value is None or isinstance(value, bool | float):
        return value
    if isinstance(value, tuple):
        return [str(part) for part in value]
    # Decimals become texts, so that a sum of many digits is the one the source wrote.
    return value.text if isinstance(value, PartialDate) else str(value)
