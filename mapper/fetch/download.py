"""One body at one address, asked for again only when it changed."""

from typing import Protocol

from mapper.fetch.archive import Collected
from mapper.fetch.http import Request
from mapper.fetch.json_pages import FetchContext
from mapper.fetch.response_body import Ending
from mapper.model.source import Download

_ENDINGS = {
    "json": Ending.JSON,
    "geojson": Ending.JSON,
    "kml": Ending.XML,
    "xlsx": Ending.ZIP,
    "zip": Ending.ZIP,
}


class Publication(Protocol):
    """What is told and kept of a publication beside its bytes."""

    @property
    def source_id(self) -> str: ...  # noqa: D102 - as in SourceInfo
    @property
    def title(self) -> str: ...  # noqa: D102
    @property
    def license_id(self) -> str: ...  # noqa: D102


def collect(info: Publication, download: Download, fetch_context: FetchContext) -> Collected:
    """
    Collect a body, or give the one at hand where the server says that it did not change.

    Raises
    ------
    FetchError
        If it did not come whole.
    """
    ending = _ENDINGS.get(download.body_format, Ending.NONE)
    question = Request(download.url, ending=ending)
    before = fetch_context.archive.latest(info.source_id, question.key)
    conditional = {}
    if before is not None:
        if before.etag:
            conditional["If-None-Match"] = before.etag
        if before.last_modified:
            conditional["If-Modified-Since"] = before.last_modified
    fetch_context.progress.stage(info.title)
    part = fetch_context.archive.part_path(info.source_id)
    asked = Request(download.url, headers=conditional, ending=ending)
    answer = fetch_context.client.ask(asked, part)
    if answer.stored is None and before is not None:
        fetch_context.progress.remark(
            f"{info.source_id}: not changed since {before.retrieved_at_utc}"
        )
        return before
    return fetch_context.archive.keep_new(
        part,
        source_id=info.source_id,
        request_key=question.key,
        url=download.url,
        retrieved_at_utc=fetch_context.instant(),
        media_type=answer.headers.get("content-type", ""),
        license_id=info.license_id,
        proof=answer.stored.proof if answer.stored else "",
        etag=answer.headers.get("etag", ""),
        last_modified=answer.headers.get("last-modified", ""),
    )
