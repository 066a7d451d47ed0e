"""
Datasets on Socrata, paged in a stable order and proven by count.

Notes
-----
Source: Socrata's API documentation: ``$limit`` up to 50,000, ``:id`` as the order that makes paging
stable, ``X-App-Token``.
"""

import os

from mapper.errors import SourceChangedError
from mapper.fetch.archive import Collected
from mapper.fetch.json_pages import FetchContext, PagedRows, declared_count, json_page, keep_rows
from mapper.model.source import PlatformQuery, SourceInfo

TOKEN_VARIABLE = "MAPPER_SOCRATA_TOKEN"  # noqa: S105 - the name of a variable
_PAGE_ROWS = 10_000


def collect(info: SourceInfo, query: PlatformQuery, fetch_context: FetchContext) -> Collected:
    """
    Collect a dataset as one JSON array of rows, in the order of ``:id``.

    Raises
    ------
    SourceError
        If the rows are not as many as the platform counts.
    """
    url = f"{query.base_url}/resource/{query.dataset_ref}.json"
    token = os.environ.get(TOKEN_VARIABLE, "")
    secret = {"X-App-Token": token} if token else {}
    where = {"$where": query.options["where"]} if "where" in query.options else {}
    counted = json_page(fetch_context, url, {"$select": "count(*)", **where}, secret_headers=secret)
    try:
        declared = declared_count(info, next(iter(counted[0].values())))
    except (KeyError, IndexError, TypeError, AttributeError, StopIteration) as error:
        msg = f"{info.source_id}: the count came in another shape: {str(counted)[:120]}"
        raise SourceChangedError(msg, next_step=f"look at {info.landing_page}.") from error
    paged = PagedRows(fetch_context, info, declared)
    while len(paged.rows) < declared:
        offset = str(len(paged.rows))
        page = {"$limit": str(_PAGE_ROWS), "$offset": offset, "$order": ":id", **where}
        more = json_page(fetch_context, url, page, secret_headers=secret)
        if not isinstance(more, list):
            msg = f"{info.source_id}: a page came in another shape: {str(more)[:120]}"
            raise SourceChangedError(msg, next_step=f"look at {info.landing_page}.")
        if not more:
            break
        paged.add(more)
    return keep_rows(fetch_context, info, url, paged.rows, declared=declared)
