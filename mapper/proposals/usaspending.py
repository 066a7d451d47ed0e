"""
Federal contracts of USAspending by words, all pages, proven by the count endpoint.

The recipient is who was paid, often a reseller, and never by itself the maker. Cities and
counties are not in it. Recipients that stand for many or for nobody are left out.

Notes
-----
Source: the API's contract files: ``award_type_codes`` is required and its groups are not mixed
(A to D are contracts); ``limit`` is at most 100; ``page_metadata.hasNext`` (not ``has_next``) says
that there is more; ``spending_by_award_count`` counts the same filters; the earliest day is
2007-10-01.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from mapper.errors import FetchError, SourceChangedError
from mapper.fetch.archive import Collected
from mapper.fetch.json_pages import FetchContext
from mapper.proposals.answer_file import AnswerFile, json_post, member
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
from mapper.proposals.proposed import LeftOut, Party, public_body
from mapper.proposals.publisher_codes import item_text
from mapper.proposals.request import ProposeRequest
from mapper.proposals.resolving import Resolver
from mapper.registry.codes import Event, Layer, Role

ORIGIN = "usaspending"
INFO = InterfaceInfo(
    source_id=ORIGIN,
    title="USAspending",
    landing_page="https://api.usaspending.gov/docs/endpoints",
    url="https://api.usaspending.gov/api/v2/search/",
    # A work of the United States government.
    license_id="US-PD",
)
EARLIEST = "2007-10-01"
KEYWORDS = ("video surveillance", "CCTV", "license plate reader", "facial recognition")
"""Asked for where a person gives no words."""
FIELDS = (
    "Award ID",
    "Recipient Name",
    "Start Date",
    "End Date",
    "Award Amount",
    "Awarding Agency",
    "Awarding Sub Agency",
    "Contract Award Type",
    "Description",
    "generated_internal_id",
)
"""What is asked for of a contract."""
_CONTRACTS = ("A", "B", "C", "D")
_LIMIT = 100


@dataclass(frozen=True, slots=True)
class Search:
    """Words, any of which an award must hold, and ISO days of its actions, both included."""

    keywords: tuple[str, ...]
    since: str
    until: str

    @property
    def filters(self) -> dict[str, Any]:
        """Return the filters as the API takes them."""
        return {
            "keywords": sorted(self.keywords),
            "time_period": [{"start_date": max(self.since, EARLIEST), "end_date": self.until}],
            "award_type_codes": list(_CONTRACTS),
        }

    @property
    def key(self) -> str:
        """The same for the same search."""
        return json.dumps(self.filters, ensure_ascii=False, sort_keys=True)


def _last(metadata: dict[str, Any]) -> dict[str, Any]:
    """Return what deep paging goes on from, where the interface says it."""
    ref, value = (
        metadata.get("last_record_unique_id"),
        metadata.get("last_record_sort_value"),
    )
    if ref is None or value is None:
        return {}
    return {"last_record_unique_id": ref, "last_record_sort_value": value}


_PAGE = "https://www.usaspending.gov/award/"
_PUBLISHER = "USAspending (US Department of the Treasury)"
_NOBODY = ("MULTIPLE ", "REDACTED", "MISCELLANEOUS", "UNDISCLOSED", "INDIVIDUAL")
# Numbers of the publisher's own tables, given whether asked for or not.
_IGNORED = frozenset({"internal_id", "agency_slug", "awarding_agency_id", "recipient_id"})


def parse(body: bytes, retrieved_on: str) -> Parsed:
    """
    Read the kept pages of a search.

    Raises
    ------
    SourceError
        If an award has a field that is not known, or of another shape.
    """
    return parsed(
        told
        for answer in answers(body)
        if answer.asked != "count"
        for row in list_of(object_of(answer.content, ORIGIN).get("results"), "results")
        for told in _award(object_of(row, "result"), retrieved_on)
    )


def _award(row: dict[str, Any], retrieved_on: str) -> Iterator[Award | LeftOut]:
    ref = text_of(row, "generated_internal_id")
    unknown = row.keys() - set(FIELDS) - _IGNORED
    if unknown:
        msg = f"usaspending: unknown fields {sorted(unknown)} in award {ref}"
        raise SourceChangedError(msg)
    recipient = text_of(row, "Recipient Name", is_required=False)
    agency = text_of(row, "Awarding Sub Agency", is_required=False)
    agency = agency or text_of(row, "Awarding Agency", is_required=False)
    if not recipient or recipient.upper().startswith(_NOBODY):
        yield LeftOut(ref, "no single recipient is named")
        return
    if not agency:
        yield LeftOut(ref, "no agency is named")
        return
    begins = day_in(text_of(row, "Start Date", is_required=False))
    ends = day_in(text_of(row, "End Date", is_required=False))
    if begins and ends and ends.certainly_before(begins):
        ends = None
    number = amount_as_written(row.get("Award Amount"))
    award_id = text_of(row, "Award ID")
    yield Award(
        notice=Notice(
            origin=ORIGIN,
            ref=ref,
            title=f"[Contract {award_id} of {agency}]",
            publisher=_PUBLISHER,
            url=_PAGE + quote(ref, safe=""),
            license_id="US-PD",
            retrieved_on=retrieved_on,
            language="en",
        ),
        buyer=public_body(agency, "US"),
        supplier=Party(recipient),
        item=item_text(text_of(row, "Description", is_required=False)),
        layer=Layer.INTEGRATION,
        role=Role.RESELLER,
        amount=_amount(number),
        period=Period(begins, Event.START, ends, Event.TERM),
        note=_note(row),
        verb="A contract record of {buyer} names {supplier}",
    )


def _amount(number: str) -> Amount | None:
    if not number:
        return None
    # Money taken back is told as a negative sum, which is no value of a contract.
    return Amount(f"{number} USD", plain_number(number), "USD")


def _note(row: dict[str, Any]) -> str:
    kind = text_of(row, "Contract Award Type", is_required=False)
    told = f"contract type as written: {kind}; " if kind else ""
    return told + "the recipient was paid and may be a reseller; the maker is not named"


class UsaSpending:
    """Federal contracts of USAspending, asked by days and words."""

    info = INFO

    def question(self, request: ProposeRequest, _resolver: Resolver, /) -> Search:
        """Return the search of a request, by its words or by those built in."""
        return Search((request.query,) if request.query else KEYWORDS, *request.days())

    def collect(self, fetch_context: FetchContext, search: Search, url: str, /) -> Collected:
        """
        Collect every contract of a search.

        Raises
        ------
        SourceError
            If the contracts are not as many as the interface counts, or a page is of another shape.
        """
        file = AnswerFile(fetch_context, INFO, search.key)
        counted = file.ask(
            "count", json_post(f"{url}spending_by_award_count/", {"filters": search.filters})
        )
        results = member(INFO, counted, "results", dict)
        declared: int = member(INFO, results, "contracts", int)
        fetch_context.progress.stage(INFO.title, declared)
        seen: set[str] = set()
        has_more = declared > 0
        last: dict[str, Any] = {}
        while has_more:
            number = file.count
            content = {
                "filters": search.filters,
                "fields": list(FIELDS),
                "limit": _LIMIT,
                "page": number,
                "sort": "Award Amount",
                "order": "desc",
                "subawards": False,
                **last,
            }
            page = file.ask(f"page {number}", json_post(f"{url}spending_by_award/", content))
            rows = member(INFO, page, "results", list)
            refs = {str(member(INFO, row, "generated_internal_id", str)) for row in rows}
            if seen & refs or len(refs) != len(rows):
                msg = "usaspending: a page repeats contracts of a page before"
                raise FetchError(msg, next_step="try again; nothing partial was kept.")
            seen |= refs
            fetch_context.progress.advance(len(rows))
            metadata = member(INFO, page, "page_metadata", dict)
            has_more = member(INFO, metadata, "hasNext", bool)
            last = _last(metadata)
            if has_more and not rows:
                break
        if len(seen) != declared:
            msg = f"usaspending: {len(seen):,} contracts came, the interface counts {declared:,}"
            raise FetchError(msg, next_step="try again; nothing partial was kept.")
        return file.keep(f"{url}spending_by_award/", f"count of {declared:,} contracts")

    def rows(self, body: bytes, _search: Search, read_on: str, resolver: Resolver, /) -> Rows:
        """Read the kept contracts as awards."""
        return rows_of(parse(body, read_on), resolver)
