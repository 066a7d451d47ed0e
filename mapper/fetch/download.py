"""One body at one address, asked for again only when it changed."""

from typing import Protocol

from mapper.errors import FetchError
from mapper.fetch.archive import Collected
from mapper.fetch.header_values import entity_tag, http_date
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
    if before is not None and not fetch_context.archive.is_sound(before):
        # "Not changed" would keep the damage for ever.
        fetch_context.progress.remark(f"{info.source_id}: the kept body is damaged; asking anew")
        before = None
    conditional = {}
    if before is not None:
        # Read again on the way out: the note may have been edited, and a header must not carry a
        # line break.
        conditional = {"If-None-Match": entity_tag(before.etag)}
        conditional["If-Modified-Since"] = http_date(before.last_modified)
    fetch_context.progress.stage(info.title)
    part = fetch_context.archive.part_path(info.source_id)
    headers = {name: value for name, value in conditional.items() if value}
    answer = fetch_context.client.ask(Request(download.url, headers=headers, ending=ending), part)
    if answer.stored is None:
        # Without a condition the client takes no such answer, so something is kept.
        if before is None:
            msg = f"{info.source_id}: an answer without a body"
            raise FetchError(msg)
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
        proof=answer.stored.proof,
        etag=entity_tag(answer.headers.get("etag", "")),
        last_modified=http_date(answer.headers.get("last-modified", "")),
    )
