"""What the platform readers share: a JSON page, and the merged body with its proof."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any
from urllib.parse import urlencode

from mapper.errors import FetchError, SourceChangedError
from mapper.fetch.archive import Archive, Collected
from mapper.fetch.header_values import whole_number
from mapper.fetch.http import Client, Request
from mapper.fetch.response_body import Ending
from mapper.model.progress import Progress
from mapper.model.source import SourceInfo

_PAGE_BYTES_MAX = 100_000_000
# A dataset may double; ten times as much is another dataset, or a lie that would fill the disk.
_PROMISE_FACTOR = 10


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
        most_bytes=_PAGE_BYTES_MAX,
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


def declared_count(info: SourceInfo, value: object) -> int:
    """
    Read how many rows a platform counts.

    Raises
    ------
    SourceChangedError
        If it is no count, or far more than this source can have.
    """
    count = whole_number(value) if isinstance(value, str) else value
    if isinstance(count, bool) or not isinstance(count, int) or count < 0:
        msg = f"{info.source_id}: the platform counts {str(value)[:40]!r} rows"
        raise SourceChangedError(msg, next_step=f"look at {info.landing_page}.")
    if count > info.row_count_max * _PROMISE_FACTOR:
        msg = f"{info.source_id}: the platform promises over {_PROMISE_FACTOR} times the "
        msg += f"{info.row_count_max:,} rows that this source has at most"
        raise SourceChangedError(msg, next_step=f"look at {info.landing_page}.")
    return count


class PagedRows:
    """
    The rows of a dataset as its pages come: each page brings something new, or paging ends.

    Parameters
    ----------
    declared
        How many the platform counts.
    """

    def __init__(self, fetch_context: FetchContext, info: SourceInfo, declared: int) -> None:
        self.rows: list[Any] = []
        self._progress = fetch_context.progress
        self._info = info
        self._declared = declared
        self._seen: set[bytes] = set()
        self._progress.stage(info.title, declared)

    def add(self, page: Sequence[Any]) -> None:
        """
        Take the rows of the next page.

        Raises
        ------
        FetchError
            If every one of them came before, as from a platform that ignores the offset, or there
            are more than the platform counts.
        """
        # By content, since a platform that ignores the offset sends equal rows with no id to tell.
        prints = {sha256(json_bytes(row)).digest() for row in page}
        if page and prints <= self._seen:
            msg = f"{self._info.source_id}: the platform sends rows again that it sent before"
            raise FetchError(msg, next_step=f"report it to {self._info.publisher}.")
        self._seen |= prints
        self.rows.extend(page)
        if len(self.rows) > self._declared:
            msg = f"{self._info.source_id}: more than the {self._declared:,} rows came that "
            msg += "the platform counts"
            raise FetchError(msg, next_step="try again; the dataset may have changed meanwhile.")
        self._progress.advance(len(page))


def json_bytes(document: object, *, sort_keys: bool = False) -> bytes:
    """Write JSON in UTF-8; in ASCII where a text holds half of a character, which UTF-8 cannot."""
    try:
        return json.dumps(
            document, ensure_ascii=False, separators=(",", ":"), sort_keys=sort_keys
        ).encode()
    except UnicodeEncodeError:
        return json.dumps(document, separators=(",", ":"), sort_keys=sort_keys).encode()


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
    # Partial is an error: a list that lost its last page would look like cameras taken down.
    if len(rows) != declared:
        msg = f"{info.source_id}: {len(rows):,} rows came, the platform counts {declared:,}"
        raise FetchError(msg, next_step="try again; the dataset may have changed meanwhile.")
    require_enough(info, len(rows))
    part = fetch_context.archive.part_path(info.source_id)
    part.write_bytes(json_bytes(rows))
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
