"""A chain as JSON: versioned, complete, with every source written out once."""

from typing import Any

from pydantic import BaseModel

from mapper.answers.supply import Edge
from mapper.answers.supply_chain import Chain, ChainNode, MakerGoods
from mapper.clean.partial_date import PartialDate
from mapper.registry.registry import Registry

FORMAT = "whose-cameras-chain"
VERSION = 2
"""2: shipments stand in ``goods``, once per maker; recipients beside the operator are nodes."""


def to_json(registry: Registry, chain: Chain) -> dict[str, Any]:
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
        ``children``),
        ``claims``, ``goods`` (by maker: ``name``, ``org_id``, ``shipments``,
        ``shipment_claims``), ``retracted``, ``not_yet`` and ``sources`` (by id). Partial dates
        are texts, sums are texts that keep every digit.
    """
    return {
        "format": FORMAT,
        "version": VERSION,
        "on": None if chain.on is None else str(chain.on),
        "deployment": row_json(chain.deployment),
        "tree": _node(chain.root),
        "claims": [row_json(claim) for claim in chain.claims],
        "goods": [_goods(good) for good in chain.goods],
        "retracted": [
            {"relation_id": relation_id, "reason": reason}
            for relation_id, reason in chain.retracted
        ],
        "not_yet": list(chain.not_yet),
        "sources": {
            source_id: row_json(registry.source[source_id]) for source_id in chain.source_ids
        },
    }


def row_json(row: BaseModel) -> dict[str, Any]:
    """Turn a row into a dict of texts, numbers, truths, lists and nulls, in column order."""
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
        "status_reason": edge.status.reason,
        "status_claim_ids": list(edge.status.claim_ids),
        "ended_on": None if edge.status.ended_on is None else str(edge.status.ended_on),
        "claims": [row_json(claim) for claim in edge.claims],
        "replies": [row_json(reply) for reply in edge.replies],
        "source_ids": list(edge.source_ids),
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
    return value.text if isinstance(value, PartialDate) else str(value)
