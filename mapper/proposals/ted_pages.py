"""
Award notices of Tenders Electronic Daily (search API v3), all pages of a query.

Notes
-----
Source: the API's documentation: ``paginationMode`` ITERATION has no upper bound (PAGE_NUMBER stops
at 15,000), the token goes on being given after the last notice, so the count proves the end; a
field that does not exist gives 400 with the list of those that do, an invalid token gives 500.
"""

import re
from dataclasses import dataclass
from typing import Any

from mapper.errors import FetchError, UsageError
from mapper.fetch.archive import Collected
from mapper.fetch.http import StatusError
from mapper.fetch.json_pages import FetchContext
from mapper.proposals.interface import AnswerFile, Interface, json_post, member, wrong_shape

INTERFACE = Interface(
    source_id="ted",
    title="Tenders Electronic Daily",
    landing_page="https://docs.ted.europa.eu/api/latest/search.html",
    # Reuse of TED notices: Commission Decision 2011/833/EU.
    license_id="EU-reuse-2011-833",
)
URL = "https://api.ted.europa.eu/v3/notices/search"
LIMIT = 250
FIELDS = (
    "publication-number",
    "publication-date",
    "notice-type",
    "notice-title",
    "buyer-name",
    "buyer-country",
    "classification-cpv",
    "winner-name",
    "winner-country",
    "contract-conclusion-date",
    "tender-value",
    "tender-value-cur",
    "total-value",
    "total-value-cur",
    "organisation-name-tenderer",
    "links",
)
AWARD_NOTICES = ("can-standard", "can-social", "can-desg", "can-tran")
_SAID = re.compile(r'"message"\s*:\s*"([^"]{1,300})')
_BAD_REQUEST = 400


@dataclass(frozen=True, slots=True)
class Search:
    """
    What is asked for.

    Attributes
    ----------
    since, until
        ISO days of publication, both included; ``until`` may be empty.
    cpv
        Codes without their check digit.
    text
        Words of the full text instead of the codes; empty: the codes alone.
    """

    since: str
    until: str
    cpv: tuple[str, ...]
    text: str = ""

    @property
    def query(self) -> str:
        """
        Return the expert query.

        Raises
        ------
        UsageError
            If the words could break out of their quotation marks.
        """
        if '"' in self.text or "\\" in self.text:
            msg = "the words to search for may hold no quotation marks"
            raise UsageError(msg, next_step='for example: --query "face recognition".')
        parts = [f"PD>={self.since.replace('-', '')}"]
        if self.until:
            parts.append(f"PD<={self.until.replace('-', '')}")
        parts.append(f"notice-type IN ({' '.join(AWARD_NOTICES)})")
        if self.text:
            parts.append(f'FT~"{self.text}"')
        else:
            parts.append(f"classification-cpv IN ({' '.join(sorted(self.cpv))})")
        return " AND ".join(parts) + " SORT BY PD DESC"


def collect(fetch_context: FetchContext, search: Search, *, url: str = URL) -> Collected:
    """
    Collect every notice of a search.

    Raises
    ------
    SourceError
        If the notices are not as many as TED counts, or TED reports a failure.
    """
    file = AnswerFile(fetch_context, INTERFACE, search.query)
    seen: set[str] = set()
    tokens: set[str] = set()
    total: int | None = None
    token = ""
    while total is None or len(seen) < total:
        page = _page(file, url, search.query, token)
        if page.get("timedOut") is not False:
            msg = "ted: the search ran out of time and gave a part"
            raise FetchError(msg, next_step="ask for a shorter time.")
        counted = member(INTERFACE, page, "totalNoticeCount", int)
        if total is None:
            fetch_context.progress.stage(INTERFACE.title, counted)
        elif counted != total:
            msg = f"ted: the count changed from {total:,} to {counted:,} while paging"
            raise FetchError(msg, next_step="try again; notices are being published.")
        total = counted
        numbers = [_number(one) for one in member(INTERFACE, page, "notices", list)]
        if seen & set(numbers) or len(set(numbers)) != len(numbers):
            msg = "ted: a page repeats notices of a page before"
            raise FetchError(msg, next_step="try again.")
        seen.update(numbers)
        fetch_context.progress.advance(len(numbers))
        if len(seen) >= total:
            break
        token = page.get("iterationNextToken") or ""
        if not numbers or not token or token in tokens:
            msg = f"ted: {len(seen):,} notices came, TED counts {total:,}"
            raise FetchError(msg, next_step="try again; nothing partial was kept.")
        tokens.add(token)
    if len(seen) != total:
        msg = f"ted: {len(seen):,} notices came, TED counts {total:,}"
        raise FetchError(msg, next_step="try again; nothing partial was kept.")
    return file.keep(url, f"count of {total:,} notices")


def _page(file: AnswerFile, url: str, query: str, token: str) -> dict[str, Any]:
    content: dict[str, Any] = {
        "query": query,
        "fields": list(FIELDS),
        "limit": LIMIT,
        "scope": "ALL",
        "checkQuerySyntax": False,
        "paginationMode": "ITERATION",
        "onlyLatestVersions": True,
    }
    if token:
        content["iterationNextToken"] = token
    try:
        page = file.ask(f"page {file.count + 1}", json_post(url, content))
    except StatusError as error:
        if error.status == _BAD_REQUEST:
            said = _SAID.search(error.text)
            what = said.group(1) if said else "no reason given"
            msg = f"ted: the query was refused: {what}"
            raise FetchError(msg, next_step="a field or word of the API changed; report it.") from (
                error
            )
        if token:
            msg = f"ted: the paging was refused half-way ({error.status})"
            raise FetchError(msg, next_step="begin again; a token does not live long.") from error
        raise
    if not isinstance(page, dict):
        raise wrong_shape(INTERFACE, f"a page in another shape: {str(page)[:120]}")
    return page


def _number(notice: object) -> str:
    return str(member(INTERFACE, notice, "publication-number", str))
