"""
Release packages of Find a Tender and Contracts Finder (OCDS 1.1), all pages of a time.

What the releases of one procurement say together is read in `ocds_process`.

Notes
-----
Source: the interfaces' documentation and measured notes: ``links.next`` is absent on the last
page; times are UK local; Find a Tender serves about five questions a minute and loses releases
when ``stages`` is given, so it is not; neither filters by CPV or word, so days are read whole and
filtered here. A further page that repeats a release, or a ``next`` that leads in a circle or to
another host, is an error.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urlencode, urljoin, urlsplit

from mapper.errors import FetchError
from mapper.fetch.archive import Collected
from mapper.fetch.http import StatusError
from mapper.fetch.json_pages import FetchContext
from mapper.proposals.answer_file import AnswerFile, json_get, member, wrong_shape
from mapper.proposals.award import Amount, Award, Notice, Parsed, Period, parsed, rows_of
from mapper.proposals.interface import InterfaceInfo, Rows
from mapper.proposals.json_reading import (
    amount_as_written,
    answers,
    day_in,
    list_of,
    object_of,
    plain_number,
    text_of,
)
from mapper.proposals.ocds_process import Process, Winner, merged
from mapper.proposals.proposed import LeftOut
from mapper.proposals.publisher_codes import item_text, layer_and_role
from mapper.proposals.request import ProposeRequest
from mapper.proposals.resolving import Resolver
from mapper.registry.codes import Event

_LICENSE = "OGL-UK-3.0"
_LIMIT = "100"
_FORBIDDEN = 403
# Awards that came to nothing, or not yet to anything.
_NOT_AWARDED = frozenset({"pending", "cancelled", "unsuccessful"})


@dataclass(frozen=True, slots=True)
class Days:
    """ISO days in UK local time, both included; words choose among the notices of them."""

    since: str
    until: str
    words: str = ""

    @property
    def key(self) -> str:
        """The same for the same days."""
        return f"{self.since} to {self.until}"


@dataclass(frozen=True, slots=True)
class Service:
    """
    One of the two services.

    Attributes
    ----------
    publisher, site
        Who publishes, and what the addresses of its notices begin with.
    since_name, until_name
        What it calls the ends of a time.
    has_id_in_address
        Whether a notice's page is found by the id of its release.
    """

    info: InterfaceInfo
    publisher: str
    site: str
    since_name: str
    until_name: str
    has_id_in_address: bool

    def question(self, request: ProposeRequest, _resolver: Resolver, /) -> Days:
        """Return the days of a request, and the words that titles must hold."""
        return Days(*request.days(), request.query)

    def collect(self, fetch_context: FetchContext, days: Days, url: str, /) -> Collected:
        """
        Collect every release of some days.

        Raises
        ------
        SourceError
            If a page is missing, repeated or of another shape.
        """
        asked = {
            self.since_name: f"{days.since}T00:00:00",
            self.until_name: f"{days.until}T23:59:59",
            "limit": _LIMIT,
        }
        file = AnswerFile(fetch_context, self.info, days.key)
        fetch_context.progress.stage(self.info.title)
        following: str | None = f"{url}?{urlencode(asked)}"
        followed: set[str] = set()
        seen: set[tuple[str, str]] = set()
        while following is not None:
            followed.add(following)
            page = _page(file, self.info, following)
            releases = member(self.info, page, "releases", list)
            for release in releases:
                ref = (
                    member(self.info, release, "ocid", str),
                    member(self.info, release, "id", str),
                )
                if ref in seen:
                    msg = f"{self.info.source_id}: a page repeats release {ref[1]}"
                    raise FetchError(msg, next_step="try again; nothing partial was kept.")
                seen.add(ref)
            fetch_context.progress.advance(len(releases))
            following = _next(self.info, page, following)
            if following in followed:
                msg = f"{self.info.source_id}: the pages lead in a circle after {file.count} pages"
                raise FetchError(msg, next_step="try again; nothing partial was kept.")
        return file.keep(url, f"no next after {file.count:,} pages, {len(seen):,} releases")

    def rows(self, body: bytes, days: Days, read_on: str, resolver: Resolver, /) -> Rows:
        """Read the kept releases as awards."""
        return rows_of(parse(body, read_on, self, days.words), resolver)

    def notice_url(self, tender: dict[str, Any], release: dict[str, Any]) -> str:
        """Return the notice's page: by its number, or the address that the release gives."""
        if self.has_id_in_address:
            return self.site + quote(text_of(release, "id"), safe="")
        documents = list_of(tender.get("documents"), "documents")
        for told in list_of(release.get("awards"), "awards"):
            award = object_of(told, "award")
            documents = [*documents, *list_of(award.get("documents"), "documents")]
        urls = [text_of(document, "url", is_required=False) for document in documents]
        same = [url for url in urls if url.startswith(self.site) and not urlsplit(url).query]
        return min(same) if same else ""


FIND_A_TENDER = Service(
    InterfaceInfo(
        source_id="find-a-tender",
        title="Find a Tender",
        landing_page="https://www.find-tender.service.gov.uk/apidocumentation",
        url="https://www.find-tender.service.gov.uk/api/1.0/ocdsReleasePackages",
        license_id=_LICENSE,
        pause_s=12.0,
    ),
    publisher="Find a Tender (GOV.UK)",
    site="https://www.find-tender.service.gov.uk/Notice/",
    since_name="updatedFrom",
    until_name="updatedTo",
    has_id_in_address=True,
)
CONTRACTS_FINDER = Service(
    InterfaceInfo(
        source_id="contracts-finder",
        title="Contracts Finder",
        landing_page="https://www.contractsfinder.service.gov.uk/apidocumentation",
        url="https://www.contractsfinder.service.gov.uk/Published/Notices/OCDS/Search",
        license_id=_LICENSE,
        pause_s=5.0,
    ),
    publisher="Contracts Finder (GOV.UK)",
    site="https://www.contractsfinder.service.gov.uk/Notice/",
    since_name="publishedFrom",
    until_name="publishedTo",
    has_id_in_address=False,
)


def _page(file: AnswerFile, interface: InterfaceInfo, url: str) -> object:
    try:
        return file.ask(f"page {file.count + 1}", json_get(url))
    except StatusError as error:
        if error.status == _FORBIDDEN:
            msg = f"{interface.source_id}: the service asks to be left alone for a while (403)"
            raise FetchError(msg, next_step="wait five minutes and try again.") from error
        raise


def _next(interface: InterfaceInfo, page: object, here: str) -> str | None:
    if not isinstance(page, dict):
        raise wrong_shape(interface, "a page that is no object")
    links = page.get("links")
    if links is None:
        return None
    if not isinstance(links, dict) or not isinstance(links.get("next", ""), str):
        raise wrong_shape(interface, f"links in another shape: {str(links)[:120]}")
    target = links.get("next")
    if not target:
        return None
    following: str = urljoin(here, target)
    if urlsplit(following).netloc != urlsplit(here).netloc:
        msg = f"{interface.source_id}: the next page is said to be at another host"
        raise FetchError(msg, next_step="report the source.")
    return following


def parse(body: bytes, retrieved_on: str, service: Service, words: str = "") -> Parsed:
    """
    Read the kept packages of some days.

    Parameters
    ----------
    words
        Kept are the notices whose title holds them; empty: those with a code of `CPV`.

    Raises
    ------
    SourceError
        If a release is of another shape.
    """
    releases = [
        object_of(release, "release")
        for answer in answers(body)
        for release in list_of(
            object_of(answer.content, service.info.source_id).get("releases"), "releases"
        )
    ]
    by_ocid: defaultdict[str, list[dict[str, Any]]] = defaultdict(list)
    for release in releases:
        by_ocid[text_of(release, "ocid")].append(release)
    processes = (merged(ocid, told, service.notice_url) for ocid, told in sorted(by_ocid.items()))
    return parsed(
        told
        for process in processes
        if _is_wanted(process, words)
        for told in _awards(process, service, retrieved_on)
    )


def _awards(process: Process, service: Service, retrieved_on: str) -> Iterator[Award | LeftOut]:
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
        notice = _notice(process, service, retrieved_on)
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


def _is_wanted(process: Process, words: str) -> bool:
    if words:
        titles = [process.title, *(winner.title for winner in process.winners.values())]
        return any(words.casefold() in title.casefold() for title in titles)
    return bool(process.cpv) or any(winner.cpv for winner in process.winners.values())


def _why_not(process: Process, winner: Winner) -> str:
    if winner.status in _NOT_AWARDED:
        return f"the award is {winner.status}"
    if winner.status != "active":
        return f"the award's status is {winner.status or 'not told'}"
    if not winner.suppliers or not all(supplier.name for supplier in winner.suppliers):
        return "the award names no supplier"
    return "" if process.url else "the notice has no address"


def _note(winner: Winner) -> str:
    told = "role and layer are for the reviewer: a notice names who won, not who made"
    if len(winner.suppliers) > 1 and winner.value:
        amount = _amount(winner.value)
        sum_ = amount.as_written if amount else "a sum"
        told += f"; {sum_} for {len(winner.suppliers)} suppliers together"
    return told


def _notice(process: Process, service: Service, retrieved_on: str) -> Notice:
    return Notice(
        origin=service.info.source_id,
        ref=process.release_id,
        title=item_text(process.title) or f"[Contract notice {process.release_id}]",
        publisher=service.publisher,
        url=process.url,
        license_id=_LICENSE,
        retrieved_on=retrieved_on,
        published_on=day_in(process.day),
        language="en",
    )


def _amount(value: Mapping[str, Any]) -> Amount | None:
    number = amount_as_written(value.get("amount"))
    currency = text_of(dict(value), "currency", is_required=False)
    if not number:
        return None
    return Amount(f"{number} {currency}".strip(), plain_number(number), currency)


def _period(winner: Winner) -> Period:
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
