"""
Goods that a country's customs recorded, by their maker.

They name no buyer, so they stand once per maker beside a chain, never at a node of it.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from mapper.answers.relation_status import standing
from mapper.answers.supply import by_day
from mapper.registry.codes import SubjectKind
from mapper.registry.registry import Registry
from mapper.registry.tables import Claim, Shipment


@dataclass(frozen=True, slots=True)
class MakerGoods:
    """
    Goods of a maker of the tree that crossed the border of the deployment's country.

    Attributes
    ----------
    shipments
        As sources report customs records, which name no buyer; by period.
    claims
        What was said of those shipments, by day.
    """

    name: str
    org_id: str
    shipments: tuple[Shipment, ...]
    claims: tuple[Claim, ...]


def goods_of(
    registry: Registry, country_code: str, makers: Iterable[str]
) -> tuple[MakerGoods, ...]:
    """
    Return the goods of some makers that crossed the border of a country, by maker's name.

    Parameters
    ----------
    country_code
        Where they went to.
    makers
        Ids of organisations; one without recorded goods is left out.
    """
    goods = []
    for org_id in sorted(makers, key=lambda org_id: (registry.name(org_id).casefold(), org_id)):
        shipments = _shipments(registry, country_code, org_id)
        said = [
            claim
            for shipment in shipments
            for claim in registry.claims_on(SubjectKind.SHIPMENT, shipment.shipment_id)
        ]
        # No shipment recorded is no statement that none took place, so it is not said.
        if shipments:
            claims = by_day(standing(registry, said))
            goods.append(MakerGoods(registry.name(org_id), org_id, shipments, claims))
    return tuple(goods)


def _shipments(registry: Registry, country_code: str, maker: str) -> tuple[Shipment, ...]:
    shipments = [
        row
        for row in registry.rows(Shipment, "maker_org", maker)
        # Where goods came from is told in the row; only their destination ties them to this
        # country.
        if row.to_country == country_code
        and registry.retraction(SubjectKind.SHIPMENT, row.shipment_id) is None
    ]
    return tuple(sorted(shipments, key=lambda row: (row.period_from.sort_key(), row.shipment_id)))
