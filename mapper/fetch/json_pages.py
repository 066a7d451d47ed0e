"""What the platform readers share: a JSON page, and the merged body with its proof."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlencode

from mapper.errors import FetchError, SourceChangedError
from mapper.fetch.archive import Archive, Collected
from mapper.fetch.http import Client, Request
from mapper.fetch.response_body import Ending
from mapper.model.progress import Progress
from mapper.model.source import SourceInfo


@dataclass(frozen=True, slots=True)
class FetchContext:
    """What a reader works with: a client, the archive, a listener, a clock."""

    client: Client
    archive: Archive
    progress: Progress
    now_utc: Callable[[], datetime] = lambda: datetime.now(UTC)

    def instant(self) -> str:
        """Return the moment of an answer, ISO, UTC, whole seconds."""
        return self.now_utc().strftime("%Y-%m-%dT%H:%M:%SZ")


def json_page(
    fetch_context: FetchContext,
    url: str,
    parameters: Mapping[str, str],
    *,
    secret_headers: Mapping[str, str] | None = None,
) -> Any:  # noqa: ANN401 - JSON of any shape
    """
    Ask for one page of JSON.

    Raises
    ------
    FetchError
        If it did not come whole.
    """
    asked = f"{url}?{urlencode(parameters)}" if parameters else url
    question = Request(
        asked,
        headers={"Accept": "application/json"},
        secret_headers=secret_headers or {},
        ending=Ending.JSON,
    )
    part = fetch_context.archive.part_path("page")
    stored = fetch_context.client.ask(question, part).stored
    if stored is None:
        msg = f"{url}: an answer without a body"
        raise FetchError(msg)
    try:
        return json.loads(stored.path.read_text("utf-8-sig"))
    finally:
        stored.path.unlink(missing_ok=True)


def keep_rows(
    fetch_context: FetchContext, info: SourceInfo, url: str, rows: Sequence[Any], *, declared: int
) -> Collected:
    """
    Keep all rows as one JSON body, once their number is what the platform declared.

    Raises
    ------
    SourceError
        If the number differs, or falls below the source's own bound.
    """
    if len(rows) != declared:
        msg = f"{info.source_id}: {len(rows):,} rows came, the platform counts {declared:,}"
        raise FetchError(msg, next_step="try again; the dataset may have changed meanwhile.")
    require_enough(info, len(rows))
    part = fetch_context.archive.part_path(info.source_id)
    part.write_text(json.dumps(rows, ensure_ascii=False, separators=(",", ":")), "utf-8")
    return fetch_context.archive.keep_new(
        part,
        source_id=info.source_id,
        request_key=url,
        url=url,
        retrieved_at_utc=fetch_context.instant(),
        media_type="application/json",
        license_id=info.license_id,
        proof=f"count of {declared:,} rows",
    )


def require_enough(info: SourceInfo, rows: int) -> None:
    """
    Hold a source to its own lower bound.

    Raises
    ------
    SourceChangedError
        If it gave fewer rows than ``row_count_min``.
    """
    if rows < info.row_count_min:
        msg = f"{info.source_id}: {rows:,} rows, expected at least {info.row_count_min:,}"
        step = f"look at {info.landing_page}; the last good snapshot stays in use."
        raise SourceChangedError(msg, next_step=step)
