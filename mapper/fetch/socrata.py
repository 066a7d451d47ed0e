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
from mapper.fetch.pages import Desk, json_page, keep_rows
from mapper.model.source import PlatformQuery, SourceInfo

TOKEN_VARIABLE = "MAPPER_SOCRATA_TOKEN"  # noqa: S105 - the name of a variable
_PAGE_ROWS = 10_000


def collect(info: SourceInfo, query: PlatformQuery, desk: Desk) -> Collected:
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
    counted = json_page(desk, url, {"$select": "count(*)", **where}, secret_headers=secret)
    try:
        declared = int(next(iter(counted[0].values())))
    except (KeyError, IndexError, TypeError, ValueError, AttributeError) as error:
        msg = f"{info.source_id}: the count came in another shape: {str(counted)[:120]}"
        raise SourceChangedError(msg, next_step=f"look at {info.landing_page}.") from error
    desk.talk.stage(info.title, declared)
    rows: list[object] = []
    while len(rows) < declared:
        page = {"$limit": str(_PAGE_ROWS), "$offset": str(len(rows)), "$order": ":id", **where}
        more = json_page(desk, url, page, secret_headers=secret)
        if not isinstance(more, list):
            msg = f"{info.source_id}: a page came in another shape: {str(more)[:120]}"
            raise SourceChangedError(msg, next_step=f"look at {info.landing_page}.")
        if not more:
            break
        rows.extend(more)
        desk.talk.advance(len(more))
    return keep_rows(desk, info, url, rows, declared=declared)
