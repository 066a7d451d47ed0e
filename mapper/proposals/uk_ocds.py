"""
Releases of Find a Tender and Contracts Finder (OCDS 1.1), merged by ``ocid``.

Ids of parties are unique within a release alone, so names are looked up there, before merging.
An update carries only what changed: later members replace earlier ones, missing ones stay. CPV
codes stand in three places. Contact points, addresses and descriptions are not read at all.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import quote, urlsplit

from mapper.errors import SourceChangedError
from mapper.proposals.award import Amount, Award, Notice, Parsed, Period, parsed
from mapper.proposals.json_reading import (
    amount_as_written,
    answers,
    day_in,
    list_of,
    object_of,
    plain_number,
    text_of,
)
from mapper.proposals.proposed import LeftOut, Party, public_body
from mapper.proposals.publisher_codes import country_code, cpv_of, item_text, layer_and_role
from mapper.registry.codes import Event

FIND_A_TENDER, CONTRACTS_FINDER = "find-a-tender", "contracts-finder"
_SITES = {
    FIND_A_TENDER: "https://www.find-tender.service.gov.uk/Notice/",
    CONTRACTS_FINDER: "https://www.contractsfinder.service.gov.uk/Notice/",
}
_PUBLISHERS = {
    FIND_A_TENDER: "Find a Tender (GOV.UK)",
    CONTRACTS_FINDER: "Contracts Finder (GOV.UK)",
}
# Awards that came to nothing, or not yet to anything.
_NOT_AWARDED = frozenset({"pending", "cancelled", "unsuccessful"})


@dataclass(frozen=True, slots=True)
class _Winner:
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
class _Process:
    """What the releases of one ``ocid`` say together."""

    ocid: str
    release_id: str = ""
    day: str = ""
    buyer: Party | None = None
    title: str = ""
    cpv: tuple[str, ...] = ()
    url: str = ""
    winners: Mapping[str, _Winner] = field(default_factory=dict)


def parse(body: bytes, retrieved_on: str, origin: str, words: str = "") -> Parsed:
    """
    Read the kept packages of some days.

    Parameters
    ----------
    origin
        ``FIND_A_TENDER`` or ``CONTRACTS_FINDER``.
    words
        Kept are the notices whose title holds them; empty: those with a code of `words.CPV`.

    Raises
    ------
    SourceError
        If a release is of another shape.
    """
    releases = [
        object_of(release, "release")
        for answer in answers(body)
        for release in list_of(object_of(answer.content, origin).get("releases"), "releases")
    ]
    by_ocid: defaultdict[str, list[dict[str, Any]]] = defaultdict(list)
    for release in releases:
        by_ocid[text_of(release, "ocid")].append(release)
    processes = (_merged(ocid, found, origin) for ocid, found in sorted(by_ocid.items()))
    return parsed(
        found
        for process in processes
        if _is_wanted(process, words)
        for found in _awards(process, origin, retrieved_on)
    )


def _merged(ocid: str, releases: Iterable[dict[str, Any]], origin: str) -> _Process:
    process = _Process(ocid)
    for release in sorted(releases, key=lambda one: (text_of(one, "date"), text_of(one, "id"))):
        tender = object_of(release.get("tender") or {}, "tender")
        has_awards = bool(release.get("awards") or release.get("contracts"))
        winners = dict(process.winners)
        for told in _winners(release):
            winners[told.award_id] = _over(winners.get(told.award_id), told)
        process = replace(
            process,
            release_id=text_of(release, "id") if has_awards else process.release_id,
            day=text_of(release, "date") if has_awards else process.day,
            url=(_notice_url(tender, release, origin) if has_awards else "") or process.url,
            buyer=_buyer(release) or process.buyer,
            title=text_of(tender, "title", is_required=False) or process.title,
            cpv=tuple(sorted({*process.cpv, *_cpv_in(tender)})),
            winners=winners,
        )
    return process


def _over(before: _Winner | None, told: _Winner) -> _Winner:
    """Lay a later release over an earlier one; what it does not tell stays."""
    if before is None:
        return told
    return _Winner(
        **{
            name: getattr(told, name) or getattr(before, name)
            for name in _Winner.__dataclass_fields__
        }
    )


def _winners(release: dict[str, Any]) -> Iterator[_Winner]:
    parties = {
        text_of(party, "id"): object_of(party, "party")
        for party in list_of(release.get("parties"), "parties")
    }
    for told in list_of(release.get("awards"), "awards"):
        award = object_of(told, "award")
        suppliers = list_of(award.get("suppliers"), "suppliers")
        yield _Winner(
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
        yield _Winner(
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
        [str(one.get("id", "")) for one in places if one and one.get("scheme", "CPV") == "CPV"]
    )


def _awards(process: _Process, origin: str, retrieved_on: str) -> Iterator[Award | LeftOut]:
    for award_id, winner in sorted(process.winners.items()):
        ref = f"{process.release_id} {award_id}"
        cpv = tuple(sorted({*process.cpv, *winner.cpv}))
        reason = _why_not(process, winner)
        if reason:
            yield LeftOut(ref, reason)
            continue
        if process.buyer is None:
            yield LeftOut(ref, "no buyer is named")
            continue
        notice = _notice(process, origin, retrieved_on)
        layer, role = layer_and_role(cpv)
        amount = _amount(winner.value) if len(winner.suppliers) == 1 else None
        for supplier in winner.suppliers:
            yield Award(
                notice=notice,
                buyer=process.buyer,
                supplier=supplier,
                item=item_text(winner.title or process.title),
                layer=layer,
                role=role,
                award_ref=f"{process.ocid} {award_id}",
                amount=amount,
                period=_period(winner),
                note=_note(winner),
            )


def _is_wanted(process: _Process, words: str) -> bool:
    if words:
        titles = [process.title, *(winner.title for winner in process.winners.values())]
        return any(words.casefold() in title.casefold() for title in titles)
    return bool(process.cpv) or any(winner.cpv for winner in process.winners.values())


def _why_not(process: _Process, winner: _Winner) -> str:
    if winner.status in _NOT_AWARDED:
        return f"the award is {winner.status}"
    if winner.status != "active":
        return f"the award's status is {winner.status or 'not told'}"
    if not winner.suppliers or not all(supplier.name for supplier in winner.suppliers):
        return "the award names no supplier"
    return "" if process.url else "the notice has no address"


def _note(winner: _Winner) -> str:
    told = "role and layer are for the reviewer: a notice names who won, not who made"
    if len(winner.suppliers) > 1 and winner.value:
        written = _amount(winner.value)
        sum_ = written.as_written if written else "a sum"
        told += f"; {sum_} for {len(winner.suppliers)} suppliers together"
    return told


def _notice(process: _Process, origin: str, retrieved_on: str) -> Notice:
    return Notice(
        origin=origin,
        ref=process.release_id,
        title=item_text(process.title) or f"[Contract notice {process.release_id}]",
        publisher=_PUBLISHERS[origin],
        url=process.url,
        license_id="OGL-UK-3.0",
        retrieved_on=retrieved_on,
        published_on=day_in(process.day),
        language="en",
    )


def _notice_url(tender: dict[str, Any], release: dict[str, Any], origin: str) -> str:
    """Return the notice's page: by its number, or the address that the release itself gives."""
    site = _SITES[origin]
    if origin == FIND_A_TENDER:
        return site + quote(text_of(release, "id"), safe="")
    documents = list_of(tender.get("documents"), "documents")
    for told in list_of(release.get("awards"), "awards"):
        documents = [*documents, *list_of(object_of(told, "award").get("documents"), "documents")]
    urls = [text_of(document, "url", is_required=False) for document in documents]
    same = [url for url in urls if url.startswith(site) and not urlsplit(url).query]
    return min(same) if same else ""


def _amount(value: Mapping[str, Any]) -> Amount | None:
    number = amount_as_written(value.get("amount"))
    currency = text_of(dict(value), "currency", is_required=False)
    if not number:
        return None
    return Amount(f"{number} {currency}".strip(), plain_number(number), currency)


def _period(winner: _Winner) -> Period:
    begins = day_in(text_of(dict(winner.period), "startDate", is_required=False))
    ends = day_in(text_of(dict(winner.period), "endDate", is_required=False))
    first = Event.START
    if begins is None:
        begins, first = day_in(winner.signed), Event.CONTRACT
    if begins is None:
        begins, first = day_in(winner.decided), Event.AWARD
    if begins and ends and ends.certainly_before(begins):
        ends = None
    return Period(begins, first, ends, Event.TERM)
