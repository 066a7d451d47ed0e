"""Parts of products put into words once, and what is known of the chips in a system's cameras."""

from collections.abc import Iterable
from dataclasses import dataclass

from mapper.answers.product_parts import CameraChips
from mapper.registry.supply_codes import PartKind, PartKnownBy
from mapper.registry.tables import ProductPart
from mapper.telling import words
from mapper.telling.footnotes import cited
from mapper.telling.language import as_written, day, gettext, ngettext
from mapper.telling.statements import Presenter, Ref

PARTS: dict[PartKind, tuple[str, str]] = {
    PartKind.PROCESSOR: ("processor", "processors"),
    PartKind.IMAGE_SENSOR: ("image sensor", "image sensors"),
    PartKind.COMPUTE_MODULE: ("compute module", "compute modules"),
    PartKind.WIRELESS_MODULE: ("wireless module", "wireless modules"),
    PartKind.MODEM: ("modem", "modems"),
}
"""Kind of part -> one of them, several of them."""

KNOWN_BY: dict[PartKnownBy, str] = {
    PartKnownBy.OPENED: "devices opened or read out",
    PartKnownBy.FIRMWARE: "its firmware names it",
    PartKnownBy.DATA_SHEET: "by a data sheet, as quoted",
    PartKnownBy.MAKER: "its maker says so",
    PartKnownBy.NAMED: "named, without saying how it is known",
}


@dataclass(frozen=True, slots=True)
class ToldPart:
    """
    One part of one product in words.

    Attributes
    ----------
    product
        The product that holds it; ``maker`` made that product.
    part
        The part; ``part_maker`` made it.
    """

    product: str
    maker: Ref
    kind: str
    part: str
    part_maker: Ref
    known_by: str
    sources: tuple[str, ...]

    @property
    def of_product(self) -> str:
        """The kind, the part, its maker and how it is known."""
        return f"{self.kind} {self.part} of {self.part_maker.name} ({self.known_by})"


@dataclass(frozen=True, slots=True)
class ToldChips:
    """
    What is known of the chips in one maker's cameras at one system.

    Attributes
    ----------
    sentence
        Which model stands there, or that it is not said, and what was read of other models.
    parts
        Of the models that stand there.
    """

    maker: Ref
    sentence: str
    parts: tuple[ToldPart, ...]


def tell_parts(presenter: Presenter, rows: Iterable[ProductPart]) -> tuple[ToldPart, ...]:
    """Put parts into words, those that differ in nothing but their source as one."""
    pooled: dict[tuple[str, str, PartKnownBy], list[ProductPart]] = {}
    for row in rows:
        # Who opened a device and who quotes its data sheet know in different ways, and stay apart.
        pooled.setdefault((row.product_id, row.part_product_id, row.known_by), []).append(row)
    return tuple(_told(presenter, group) for group in pooled.values())


def tell_chips(presenter: Presenter, rows: Iterable[CameraChips]) -> tuple[ToldChips, ...]:
    """Say for each maker of cameras what is known of their chips; a named unknown is an answer."""
    return tuple(
        ToldChips(
            maker=presenter.organisation(row.maker_org),
            sentence=_sentence(presenter, row),
            parts=tell_parts(presenter, row.parts),
        )
        for row in rows
    )


def _told(presenter: Presenter, group: list[ProductPart]) -> ToldPart:
    row = group[0]
    registry = presenter.registry
    whole, part = registry.product[row.product_id], registry.product[row.part_product_id]
    when = f", {day(row.as_of)}" if row.as_of is not None else ""
    return ToldPart(
        product=whole.name,
        maker=presenter.organisation(whole.org_id),
        kind=gettext(PARTS[row.part][0]),
        part=part.name,
        part_maker=presenter.organisation(part.org_id),
        known_by=f"{gettext(KNOWN_BY[row.known_by])}{when}",
        sources=cited(one.source_id for one in group),
    )


def _sentence(presenter: Presenter, row: CameraChips) -> str:
    maker = presenter.organisation(row.maker_org).name
    names = [as_written(presenter.registry.product[one].name) for one in row.product_ids]
    # Only then may a reader conclude from the model to the chip in this system.
    if row.is_known:
        return gettext("{maker}: sources name {products}.", maker=maker, products=words.join(names))
    if names:
        lead = gettext(
            "{maker}: sources name {products}, of which no chip is known.",
            maker=maker,
            products=words.join(names),
        )
    else:
        lead = gettext(
            "{maker}: no source says which model stands here, so its chips are not known.",
            maker=maker,
        )
    return f"{lead} {_of_others(presenter, row)}"


def _of_others(presenter: Presenter, row: CameraChips) -> str:
    if not row.models_read:
        return gettext("No model of this maker is known by its chips.")
    parts = []
    for kind in sorted(row.makers_read):
        makers = row.makers_read[kind]
        ranked = sorted(makers, key=lambda org_id: (-makers[org_id], org_id))
        told = [f"{presenter.organisation(one).name} ({makers[one]})" for one in ranked]
        parts.append(
            gettext("{parts} of {makers}", parts=gettext(PARTS[kind][1]), makers=words.join(told))
        )
    told_parts = "; ".join(parts)
    return ngettext(
        "Of this maker the chips of {n} model are known, whether or not of here: {parts}.",
        "Of this maker the chips of {n} models are known, whether or not of here: {parts}.",
        row.models_read,
        n=words.format_number(row.models_read),
        parts=told_parts,
    )
