"""
Parts inside products, by model, and what they tell of the cameras of a system.

What was found in one model is said of that model. Where a source names a maker and no model, the
chips of that system are not known; what other models of the maker hold stands beside it, said to
be of other models.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from mapper.answers.relation_status import relation_status
from mapper.answers.supply import is_stated_supply
from mapper.registry.codes import Layer, Role
from mapper.registry.registry import Registry
from mapper.registry.supply_codes import PartKind
from mapper.registry.tables import Product, ProductPart, Relation


@dataclass(frozen=True, slots=True)
class CameraChips:
    """
    What is known of the chips in the cameras that one maker has in a system.

    Attributes
    ----------
    maker_org
        Who made the cameras.
    relation_ids
        Supplies at the deployment that say so, sorted.
    product_ids
        Models that those supplies name, sorted; empty where none names one.
    parts
        Parts of those models, by model, kind and part.
    models_read
        Models of this maker, of any system, whose parts are known.
    makers_read
        Kind of part -> its maker's id -> in how many of those models.
    """

    maker_org: str
    relation_ids: tuple[str, ...]
    product_ids: tuple[str, ...]
    parts: tuple[ProductPart, ...]
    models_read: int
    makers_read: Mapping[PartKind, Mapping[str, int]]

    @property
    def is_known(self) -> bool:
        """Whether parts of a model that stands in the system are known."""
        return bool(self.parts)


def parts_of(registry: Registry, product_id: str) -> tuple[ProductPart, ...]:
    """Return the parts of a product, by kind, part and source."""
    rows = registry.rows(ProductPart, "product_id", product_id)
    return tuple(sorted(rows, key=lambda row: (row.part, row.part_product_id, row.source_id)))


def wholes_of(registry: Registry, product_id: str) -> tuple[ProductPart, ...]:
    """Return the products that hold a part, by product and source."""
    rows = registry.rows(ProductPart, "part_product_id", product_id)
    return tuple(sorted(rows, key=lambda row: (row.product_id, row.source_id)))


def chips_at(registry: Registry, deployment_id: str) -> tuple[CameraChips, ...]:
    """
    Say for each maker of cameras that sources name in a system what is known of their chips.

    Returns
    -------
    tuple of CameraChips
        By name of the maker; empty where no source names a maker of cameras, which leaves the
        chips unknown too.
    """
    by_maker: dict[str, list[Relation]] = {}
    for row in registry.rows(Relation, "deployment_id", deployment_id):
        is_camera = row.layer is Layer.CAMERA and row.role is Role.MANUFACTURER
        # A maker that is only named, or a row that was our error, says nothing of what stands.
        word = relation_status(registry, row.relation_id).word
        if is_camera and is_stated_supply(row, word):
            by_maker.setdefault(row.supplier_org, []).append(row)
    makers = sorted(by_maker, key=lambda org_id: (registry.name(org_id).casefold(), org_id))
    return tuple(_chips(registry, org_id, by_maker[org_id]) for org_id in makers)


def _chips(registry: Registry, org_id: str, relations: list[Relation]) -> CameraChips:
    named = sorted({row.product_id for row in relations if row.product_id is not None})
    read: dict[PartKind, Counter[str]] = {}
    models = 0
    for product in registry.rows(Product, "org_id", org_id):
        # Two sources that name one part of one model count once.
        held = {(row.part, row.part_product_id) for row in parts_of(registry, product.product_id)}
        models += bool(held)
        for kind, maker in {(kind, registry.product[part].org_id) for kind, part in held}:
            read.setdefault(kind, Counter())[maker] += 1
    return CameraChips(
        maker_org=org_id,
        relation_ids=tuple(sorted(row.relation_id for row in relations)),
        product_ids=tuple(named),
        parts=tuple(part for product_id in named for part in parts_of(registry, product_id)),
        models_read=models,
        makers_read=read,
    )
