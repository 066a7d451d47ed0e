"""One body at one address, asked for again only when it changed."""

from mapper.fetch.archive import Collected
from mapper.fetch.body import Ending
from mapper.fetch.http import Question
from mapper.fetch.pages import Desk
from mapper.model.source import Download, SourceInfo

_ENDINGS = {
    "json": Ending.JSON,
    "geojson": Ending.JSON,
    "kml": Ending.XML,
    "xlsx": Ending.ZIP,
    "zip": Ending.ZIP,
}


def collect(info: SourceInfo, download: Download, desk: Desk) -> Collected:
    """
    Collect a body, or give the one at hand where the server says that it did not change.

    Raises
    ------
    FetchError
        If it did not come whole.
    """
    ending = _ENDINGS.get(download.body_format, Ending.NONE)
    question = Question(download.url, ending=ending)
    before = desk.archive.latest(info.source_id, question.key)
    conditional = {}
    if before is not None:
        if before.etag:
            conditional["If-None-Match"] = before.etag
        if before.last_modified:
            conditional["If-Modified-Since"] = before.last_modified
    desk.talk.stage(info.title)
    part = desk.archive.part_path(info.source_id)
    asked = Question(download.url, headers=conditional, ending=ending)
    answer = desk.client.ask(asked, part)
    if answer.stored is None and before is not None:
        desk.talk.remark(f"{info.source_id}: not changed since {before.retrieved_at_utc}")
        return before
    return desk.archive.keep_new(
        part,
        source_id=info.source_id,
        request_key=question.key,
        url=download.url,
        retrieved_at_utc=desk.instant(),
        media_type=answer.headers.get("content-type", ""),
        license_id=info.license_id,
        proof=answer.stored.proof if answer.stored else "",
        etag=answer.headers.get("etag", ""),
        last_modified=answer.headers.get("last-modified", ""),
    )
