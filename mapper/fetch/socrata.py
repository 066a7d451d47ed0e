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
from mapper.fetch.json_pages import FetchContext, json_page, keep_rows
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
        declared = int(next(iter(counted[0].values())))
    except (KeyError, IndexError, TypeError, ValueError, AttributeError) as error:
        msg = f"{info.source_id}: the count came in another shape: {str(counted)[:120]}"
        raise SourceChangedError(msg, next_step=f"look at {info.landing_page}.") from error
    fetch_context.progress.stage(info.title, declared)
    rows: list[object] = []
    while len(rows) < declared:
        page = {"$limit": str(_PAGE_ROWS), "$offset": str(len(rows)), "$order": ":id", **where}
        more = json_page(fetch_context, url, page, secret_headers=secret)
        if not isinstance(more, list):
            msg = f"{info.source_id}: a page came in another shape: {str(more)[:120]}"
            raise SourceChangedError(msg, next_step=f"look at {info.landing_page}.")
        if not more:
            break
        rows.extend(more)
        fetch_context.progress.advance(len(more))
    return keep_rows(fetch_context, info, url, rows, declared=declared)
