"""
The vendor ladder: from the tags of a camera to its maker, and how firmly that is known.

Rung A: the publisher's own inventory names the maker. Rung B: the device is tagged, the name
resolves and a source documents the maker's devices in that country. Rung C: tagged, but outside
that footprint, with doubt, or through a weak key. Everything else is unknown.

A maker without any footprint row reaches C at most: what nobody documented is not confirmed.
A footprint row counts whatever its date, since nothing says when a mapped device was put up.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import pandas as pd

from mapper.model.enums import DeviceType, Flag, Rung
from mapper.model.tags import VENDOR_TAGS
from mapper.registry.codes import LinkKind
from mapper.registry.fields import WORLDWIDE
from mapper.registry.per_registry import per_registry
from mapper.registry.registry import Registry
from mapper.registry.tables import (
    Footprint,
    Organisation,
    OrganisationLink,
    OrganisationName,
    Product,
)
from mapper.resolve.row_kinds import ByKind, by_kind
from mapper.resolve.vendors.device_makers import device_makers, makers
from mapper.resolve.vendors.keys import Keys, Outcome, Verdict, read_keys
from mapper.resolve.vendors.vendor_names import NameIndex

TAG_COLUMNS: tuple[str, ...] = VENDOR_TAGS
"""The tag columns that a frame must have; an absent tag is None or NaN."""

FRAME_COLUMNS: tuple[str, ...] = (*TAG_COLUMNS, "device_type", "country_code", "publishes_vendor")
"""All columns that a frame must have."""

ANSWER_COLUMNS: tuple[str, ...] = (
    "vendor_id",
    "vendor_ids",
    "vendor_as_written",
    "vendor_rung",
    "vendor_method",
    "vendor_flags",
    "operator_id",
    "operator_is_vendor",
)
"""The columns that come back."""

_CACHED_TEXTS = 200_000
_BELOW = frozenset({LinkKind.BRAND_OF, LinkKind.DIVISION_OF})
_ABOVE = frozenset({LinkKind.PARENT, LinkKind.ACQUIRER})
_RELATED = _BELOW | _ABOVE | {LinkKind.SUCCESSOR}


@dataclass(frozen=True, slots=True)
class VendorAnswer:
    """
    What is concluded about the maker and the operator of one object.

    Attributes
    ----------
    vendor_id, vendor_as_written, vendor_method, operator_id
        None where not known; ``vendor_method`` is the key and how its name was matched
        (``manufacturer exact``).
    vendor_flags
        In the order of `Flag`.
    vendor_ids
        Every maker named, ``vendor_id`` first where there is one; empty where none is known.
    operator_is_vendor
        Whether ``operator`` names a maker and so tells nothing of who runs the device.
    """

    vendor_id: str | None
    vendor_ids: tuple[str, ...]
    vendor_as_written: str | None
    vendor_rung: Rung
    vendor_method: str | None
    vendor_flags: tuple[Flag, ...]
    operator_id: str | None
    operator_is_vendor: bool


class VendorResolver:
    """
    Resolves makers and operators by the rows of data/registry.

    Parameters
    ----------
    organisation_links
        Where given, a device tagged with a maker and with that maker's parent or brand names
        one maker, not two.
    """

    def __init__(
        self,
        *,
        organisations: Sequence[Organisation],
        organisation_names: Sequence[OrganisationName],
        products: Sequence[Product],
        footprints: Sequence[Footprint],
        organisation_links: Sequence[OrganisationLink] = (),
    ) -> None:
        made_by = makers(organisations, organisation_names, products, footprints)
        shown = [row for row in organisations if row.org_id in made_by]
        brands = _brands(organisation_links)
        self.makers = NameIndex(shown, organisation_names, products, brands=brands)
        self.organisations = NameIndex(organisations, organisation_names)
        self._device_makers = device_makers(organisations, organisation_names, products, footprints)
        self._footprint = frozenset((row.org_id, str(row.country_code)) for row in footprints)
        self._related = _related(organisation_links)
        self._answer = lru_cache(maxsize=_CACHED_TEXTS)(self._answer_uncached)

    @staticmethod
    def of_registry(registry: Registry) -> "VendorResolver":
        """Take the rows that the rules need from a registry; of the last one it is at hand."""
        return _of_registry(registry)

    def resolve_one(
        self,
        tags: Mapping[str, str],
        *,
        device_type: DeviceType | str,
        country_code: str | None,
        publishes_vendor: bool = False,
    ) -> VendorAnswer:
        """
        Resolve one object; the same code as `resolve_frame`.

        Parameters
        ----------
        tags
            Tag key -> value as written; keys other than `TAG_COLUMNS` are not read.
        country_code
            ISO 3166-1 alpha-2, or None.
        publishes_vendor
            Whether the source is the publisher's own inventory and names a maker.
        """
        values = tuple(tags.get(key) for key in TAG_COLUMNS)
        return self._answer(values, str(device_type), country_code, bool(publishes_vendor))

    def names_maker(self, key: str, text: str) -> bool:
        """Whether every word of a text under a maker's key is accounted for, and names one."""
        reading = self.makers.read_model(text) if key == "model" else self.makers.read(text)
        return bool(reading.org_ids)

    def resolve_frame(self, frame: pd.DataFrame) -> pd.DataFrame:
        """
        Resolve every row.

        Parameters
        ----------
        frame
            One row per object, with the columns `FRAME_COLUMNS`.

        Returns
        -------
        pandas.DataFrame
            The columns `ANSWER_COLUMNS`, with the index and the order of ``frame``; what is
            not known is None.
        """
        answers = self.answers(frame)
        columns = {
            name: answers.map(lambda answer, name=name: getattr(answer, name))  # type: ignore[misc]
            for name in ANSWER_COLUMNS
        }
        is_maker = columns.pop("operator_is_vendor").series(bool)
        table = pd.DataFrame({name: column.series() for name, column in columns.items()})
        return table.assign(operator_is_vendor=is_maker).set_axis(frame.index)

    def answers(self, frame: pd.DataFrame) -> ByKind[VendorAnswer]:
        """Resolve every row, as `resolve_frame` does; rows of one kind share their answer."""
        return by_kind([frame[name] for name in FRAME_COLUMNS], self._answer_row)

    def proposals(self, frame: pd.DataFrame) -> pd.DataFrame:
        """
        List the values that no rule resolves and that are like one maker's name.

        For people to look at; nothing of it reaches a release. ``operator`` is never among
        them.

        Parameters
        ----------
        frame
            As for `resolve_frame`.

        Returns
        -------
        pandas.DataFrame
            Columns ``key``, ``value``, ``org_id``, ``ratio``, ``count`` (rows of ``frame`` with
            that value), sorted by key and value.
        """
        rows: list[tuple[str, str, str, float, int]] = []
        for key in ("manufacturer", "brand", "surveillance:brand"):
            for value, count in frame[key].dropna().value_counts().items():
                text = str(value)
                reading = self.makers.read(text)
                proposal = self.makers.proposal(text)
                if reading.says_something and not reading.org_ids and proposal is not None:
                    rows.append((key, text, proposal.org_id, proposal.ratio, int(count)))
        return pd.DataFrame(sorted(rows), columns=["key", "value", "org_id", "ratio", "count"])

    def _answer_row(self, *row: object) -> VendorAnswer:
        *tags, device_type, country_code, publishes_vendor = row
        texts = tuple(_text(value) for value in tags)
        return self._answer(
            texts, str(device_type), _text(country_code), _is_true(publishes_vendor)
        )

    def _answer_uncached(
        self,
        texts: tuple[str | None, ...],
        device_type: str,
        country_code: str | None,
        publishes_vendor: bool,  # noqa: FBT001 - the cache wants positional arguments
    ) -> VendorAnswer:
        keys = Keys.of(dict(zip(TAG_COLUMNS, texts, strict=True)), DeviceType(device_type))
        verdict = read_keys(keys, self.makers, self.organisations, self._device_makers)
        flags = set(verdict.flags)
        unrelated = {
            org_id
            for org_id in verdict.others
            if frozenset({org_id, verdict.org_id or ""}) not in self._related
        }
        if unrelated:
            flags.add(Flag.VENDOR_SEVERAL)
        return VendorAnswer(
            vendor_id=verdict.org_id,
            vendor_ids=verdict.named or _named(verdict.org_id, unrelated),
            vendor_as_written=verdict.as_written,
            vendor_rung=self._rung(
                verdict, country_code, doubted=bool(unrelated), publishes_vendor=publishes_vendor
            ),
            vendor_method=verdict.method,
            vendor_flags=tuple(flag for flag in Flag if flag in flags),
            operator_id=verdict.operator_id,
            operator_is_vendor=verdict.operator_is_vendor,
        )

    def _rung(
        self,
        verdict: Verdict,
        country_code: str | None,
        *,
        doubted: bool,
        publishes_vendor: bool,
    ) -> Rung:
        if verdict.outcome is not Outcome.ONE or verdict.org_id is None:
            return Rung.UNKNOWN
        if verdict.is_weak or doubted:
            return Rung.C
        if publishes_vendor:
            return Rung.A
        here = {(verdict.org_id, WORLDWIDE), (verdict.org_id, country_code or "")}
        return Rung.B if here & self._footprint else Rung.C


def _related(links: Iterable[OrganisationLink]) -> frozenset[frozenset[str]]:
    return frozenset(
        frozenset({link.from_org, link.to_org}) for link in links if link.kind in _RELATED
    )


def _brands(links: Iterable[OrganisationLink]) -> dict[frozenset[str], str]:
    """Give, for two organisations of one house, the brand or subsidiary among them."""
    brands: dict[frozenset[str], str] = {}
    for link in links:
        if link.kind in _BELOW:
            brands[frozenset({link.from_org, link.to_org})] = link.from_org
        elif link.kind in _ABOVE:
            brands[frozenset({link.from_org, link.to_org})] = link.to_org
    return brands


def _named(org_id: str | None, others: Iterable[str]) -> tuple[str, ...]:
    return () if org_id is None else (org_id, *sorted(others))


def _text(value: object) -> str | None:
    """Return a tag's text; the missing values of pandas become None."""
    return value if isinstance(value, str) and value else None


def _is_true(value: object) -> bool:
    """Whether a cell is true; what is missing is not."""
    return isinstance(value, bool | np.bool_) and bool(value)


@per_registry
def _of_registry(registry: Registry) -> VendorResolver:
    # The makers' names are needed where cameras are concluded and again at the privacy gate.
    return VendorResolver(
        organisations=registry.organisations,
        organisation_names=registry.organisation_names,
        products=registry.products,
        footprints=registry.footprints,
        organisation_links=registry.organisation_links,
    )
