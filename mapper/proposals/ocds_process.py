"""
What the releases of one procurement (OCDS 1.1) say together, merged by ``ocid``.

Ids of parties are unique within a release alone, so names are looked up there, before merging.
An update carries only what changed: later members replace earlier ones, missing ones stay. CPV
codes stand in three places. Contact points, addresses and descriptions are not read at all.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, TypeAlias

from mapper.errors import SourceChangedError
from mapper.proposals.json_reading import list_of, object_of, text_of
from mapper.proposals.proposed import Party, public_body
from mapper.proposals.publisher_codes import country_code, cpv_of

NoticeUrl: TypeAlias = Callable[[dict[str, Any], dict[str, Any]], str]
"""Tender and release -> the address of the notice's page, or empty."""


@dataclass(frozen=True, slots=True)
class Winner:
    """One award with the names its release gave; an empty member was not told."""

    award_id: str
    status: str = ""
    suppliers: tuple[Party, ...] = ()
    title: str = ""
    decided: str = ""
    value: Mapping[str, Any] = field(default_factory=dict)
    period: Mapping[str, Any] = field(default_factory=dict)
    signed: str = ""
    cpv: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Process:
    """What the releases of one ``ocid`` say together."""

    ocid: str
    release_id: str = ""
    day: str = ""
    buyer: Party | None = None
    title: str = ""
    cpv: tuple[str, ...] = ()
    url: str = ""
    winners: Mapping[str, Winner] = field(default_factory=dict)


def _date_and_id(release: dict[str, Any]) -> tuple[str, str]:
    return text_of(release, "date"), text_of(release, "id")


def merged(ocid: str, releases: Iterable[dict[str, Any]], notice_url: NoticeUrl) -> Process:
    """
    Merge the releases of one ``ocid``, oldest first.

    Raises
    ------
    SourceChangedError
        If a release is of another shape.
    """
    process = Process(ocid)
    # OCDS: a later release holds against an earlier one; of one day the ids decide, the same
    # everywhere.
    for release in sorted(releases, key=_date_and_id):
        tender = object_of(release.get("tender") or {}, "tender")
        has_awards = bool(release.get("awards") or release.get("contracts"))
        winners = dict(process.winners)
        for told in _winners(release):
            winners[told.award_id] = _over(winners.get(told.award_id), told)
        process = replace(
            process,
            release_id=text_of(release, "id") if has_awards else process.release_id,
            day=text_of(release, "date") if has_awards else process.day,
            url=(notice_url(tender, release) if has_awards else "") or process.url,
            buyer=_buyer(release) or process.buyer,
            title=text_of(tender, "title", is_required=False) or process.title,
            cpv=tuple(sorted({*process.cpv, *_cpv_in(tender)})),
            winners=winners,
        )
    return process


def _over(before: Winner | None, told: Winner) -> Winner:
    """Lay a later release over an earlier one; what it does not tell stays."""
    if before is None:
        return told
    return Winner(
        **{
            # Empty is "not told", never "taken away": interfaces leave out what did not change.
            name: getattr(told, name) or getattr(before, name)
            for name in Winner.__dataclass_fields__
        }
    )


def _winners(release: dict[str, Any]) -> Iterator[Winner]:
    parties = {
        text_of(party, "id"): object_of(party, "party")
        for party in list_of(release.get("parties"), "parties")
    }
    for told in list_of(release.get("awards"), "awards"):
        award = object_of(told, "award")
        suppliers = list_of(award.get("suppliers"), "suppliers")
        yield Winner(
            award_id=text_of(award, "id"),
            status=text_of(award, "status", is_required=False),
            suppliers=tuple(_party(supplier, parties) for supplier in suppliers),
            title=text_of(award, "title", is_required=False),
            decided=text_of(award, "date", is_required=False),
            value=object_of(award.get("value") or {}, "value"),
            period=object_of(award.get("contractPeriod") or {}, "contractPeriod"),
            cpv=_cpv_in(award),
        )
    for told in list_of(release.get("contracts"), "contracts"):
        contract = object_of(told, "contract")
        yield Winner(
            award_id=text_of(contract, "awardID"),
            value=object_of(contract.get("value") or {}, "value"),
            period=object_of(contract.get("period") or {}, "period"),
            signed=text_of(contract, "dateSigned", is_required=False),
            cpv=_cpv_in(contract),
        )


def _party(reference: object, parties: Mapping[str, dict[str, Any]]) -> Party:
    """Return a supplier by its name and country; nothing else of a party is read."""
    ref = text_of(reference, "id", is_required=False)
    party = parties.get(ref, {})
    name = text_of(party, "name", is_required=False)
    name = name or text_of(reference, "name", is_required=False)
    address = object_of(party.get("address") or {}, "address")
    country = address.get("country") or address.get("countryName")
    return Party(name, country_code(country))


def _buyer(release: dict[str, Any]) -> Party | None:
    reference = release.get("buyer")
    if reference is None:
        return None
    name = text_of(reference, "name", is_required=False)
    ref = text_of(reference, "id", is_required=False)
    for party in list_of(release.get("parties"), "parties"):
        if ref and text_of(party, "id") == ref:
            name = text_of(party, "name", is_required=False) or name
    return public_body(name, "GB") if name else None


def _cpv_in(holder: dict[str, Any]) -> tuple[str, ...]:
    """Return the codes asked for, from all three places they stand in."""
    places = [holder.get("classification"), *list_of(holder.get("additionalClassifications"), "")]
    for told in list_of(holder.get("items"), "items"):
        item = object_of(told, "item")
        places += [item.get("classification"), *list_of(item.get("additionalClassifications"), "")]
    for place in places:
        if place is not None and not isinstance(place, dict):
            msg = f"a classification that is no object: {str(place)[:80]}"
            raise SourceChangedError(msg)
    return cpv_of(
        [
            str(place.get("id", ""))
            for place in places
            if place and place.get("scheme", "CPV") == "CPV"
        ]
    )
