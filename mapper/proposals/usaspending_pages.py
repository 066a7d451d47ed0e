"""
Federal contracts of USAspending by words, all pages, proven by the count endpoint.

Notes
-----
Source: the API's contract files: ``award_type_codes`` is required and its groups are not mixed
(A to D are contracts); ``limit`` is at most 100; ``page_metadata.hasNext`` (not ``has_next``) says
that there is more; ``spending_by_award_count`` counts the same filters; the earliest day is
2007-10-01.
"""

import json
from dataclasses import dataclass
from typing import Any

from mapper.errors import FetchError
from mapper.fetch.archive import Collected
from mapper.fetch.json_pages import FetchContext
from mapper.proposals.interface import AnswerFile, Interface, json_post, member

INTERFACE = Interface(
    source_id="usaspending",
    title="USAspending",
    landing_page="https://api.usaspending.gov/docs/endpoints",
    # A work of the United States government.
    license_id="US-PD",
)
URL = "https://api.usaspending.gov/api/v2/search/"
EARLIEST = "2007-10-01"
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


def collect(fetch_context: FetchContext, search: Search, *, url: str = URL) -> Collected:
    """
    Collect every contract of a search.

    Raises
    ------
    SourceError
        If the contracts are not as many as the interface counts, or a page is of another shape.
    """
    file = AnswerFile(fetch_context, INTERFACE, search.key)
    counted = file.ask(
        "count", json_post(f"{url}spending_by_award_count/", {"filters": search.filters})
    )
    results = member(INTERFACE, counted, "results", dict)
    declared: int = member(INTERFACE, results, "contracts", int)
    fetch_context.progress.stage(INTERFACE.title, declared)
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
        rows = member(INTERFACE, page, "results", list)
        refs = {str(member(INTERFACE, row, "generated_internal_id", str)) for row in rows}
        if seen & refs or len(refs) != len(rows):
            msg = "usaspending: a page repeats contracts of a page before"
            raise FetchError(msg, next_step="try again; nothing partial was kept.")
        seen |= refs
        fetch_context.progress.advance(len(rows))
        metadata = member(INTERFACE, page, "page_metadata", dict)
        has_more = member(INTERFACE, metadata, "hasNext", bool)
        last = _last(metadata)
        if has_more and not rows:
            break
    if len(seen) != declared:
        msg = f"usaspending: {len(seen):,} contracts came, the interface counts {declared:,}"
        raise FetchError(msg, next_step="try again; nothing partial was kept.")
    return file.keep(f"{url}spending_by_award/", f"count of {declared:,} contracts")


def _last(metadata: dict[str, Any]) -> dict[str, Any]:
    """Return what deep paging goes on from, where the interface says it."""
    ref, value = (
        metadata.get("last_record_unique_id"),
        metadata.get("last_record_sort_value"),
    )
    if ref is None or value is None:
        return {}
    return {"last_record_unique_id": ref, "last_record_sort_value": value}
