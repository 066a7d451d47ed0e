"""
Resources in a CKAN datastore, paged on what really came and proven by ``total``.

CKAN lowers the asked limit without a word, so the next offset is the number of rows at hand.
"""

from mapper.errors import FetchError, SourceChangedError
from mapper.fetch.archive import Collected
from mapper.fetch.json_pages import FetchContext, PagedRows, declared_count, json_page, keep_rows
from mapper.model.source import PlatformQuery, SourceInfo

_PAGE_ROWS = 10_000


def collect(info: SourceInfo, query: PlatformQuery, fetch_context: FetchContext) -> Collected:
    """
    Collect a resource as one JSON array of records, in the order of ``_id``.

    Raises
    ------
    SourceError
        If the platform reports a failure, or the rows are not as many as its total.
    """
    url = f"{query.base_url}/api/3/action/datastore_search"
    paged: PagedRows | None = None
    declared = 1
    while paged is None or len(paged.rows) < declared:
        page = json_page(
            fetch_context,
            url,
            {
                "resource_id": query.dataset_ref,
                "limit": str(_PAGE_ROWS),
                "offset": str(len(paged.rows) if paged else 0),
                "sort": "_id",
            },
        )
        if not isinstance(page, dict) or page.get("success") is not True:
            said = str(page.get("error") if isinstance(page, dict) else page)[:120]
            msg = f"{info.source_id}: the platform reports a failure: {said}"
            raise FetchError(msg, next_step="try again later.")
        try:
            total, more = page["result"]["total"], list(page["result"]["records"])
        except (KeyError, TypeError) as error:
            msg = f"{info.source_id}: a page came in another shape (no {error})"
            raise SourceChangedError(msg, next_step=f"look at {info.landing_page}.") from error
        declared = declared_count(info, total)
        if paged is None:
            paged = PagedRows(fetch_context, info, declared)
        if not more:
            break
        paged.add(more)
    return keep_rows(
        fetch_context, info, f"{url}?resource_id={query.dataset_ref}", paged.rows, declared=declared
    )
