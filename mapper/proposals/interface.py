"""
What an interface of contracts, entities or lists is, and the one way through any of them.

A publisher is asked, its answer is kept in the archive, and what was kept is read. Each interface
is one module: what it is asked, how its answer is proven whole, and how it is read.
"""

from dataclasses import dataclass, replace
from typing import Protocol, TypeAlias, TypeVar

from mapper.errors import FetchError
from mapper.fetch.archive import Collected
from mapper.fetch.json_pages import FetchContext
from mapper.fetch.web_address import shown_address
from mapper.proposals.proposed import LeftOut, Proposed
from mapper.proposals.request import ProposeRequest
from mapper.proposals.resolving import Resolver

Rows: TypeAlias = tuple[list[Proposed], list[LeftOut]]
"""What is proposed, and what was read and is not."""


@dataclass(frozen=True, slots=True)
class InterfaceInfo:
    """
    One interface of one publisher.

    Attributes
    ----------
    url
        Where it is asked, unless a mirror is named.
    license_id
        Of what it gives.
    pause_s
        Seconds between two questions, from what the publisher tolerates.
    """

    source_id: str
    title: str
    landing_page: str
    url: str
    license_id: str
    pause_s: float = 1.0


class Question(Protocol):
    """What one run asks, checked before anything is sent."""

    @property
    def key(self) -> str:
        """The same for the same question; the archive finds the answer by it."""


Q = TypeVar("Q", bound=Question)


class Interface(Protocol[Q]):
    """What a publisher's interface can be asked, and how its answers are fetched and read."""

    @property
    def info(self) -> InterfaceInfo:
        """Who is asked, where, under which licence, how often."""

    def question(self, request: ProposeRequest, resolver: Resolver, /) -> Q:
        """
        Return the question that a request means.

        Raises
        ------
        UsageError
            If the request lacks something.
        """

    def collect(self, fetch_context: FetchContext, question: Q, url: str, /) -> Collected:
        """
        Fetch the whole answer into the archive.

        Raises
        ------
        SourceError
            If it did not come whole or is of another shape.
        """

    def rows(self, body: bytes, question: Q, read_on: str, resolver: Resolver, /) -> Rows:
        """
        Read a kept answer; ``read_on`` is the ISO day on which it came.

        Raises
        ------
        SourceError
            If it is of another shape.
        """


def rows_through(
    interface: Interface[Q],
    request: ProposeRequest,
    fetch_context: FetchContext,
    resolver: Resolver,
) -> Rows:
    """
    Ask, keep and read; with no network to be used, read what was kept before.

    Raises
    ------
    UsageError
        If the request lacks something.
    SourceError
        If the answer did not come whole, is of another shape, or was never kept.
    """
    question = interface.question(request, resolver)
    url = request.endpoint or interface.info.url
    if request.is_offline:
        collected = _kept_before(interface.info, question, fetch_context)
    else:
        collected = interface.collect(fetch_context, question, url)
    # Read from the archive also when it has just come, so that a run without network gives the same
    # rows.
    body = fetch_context.archive.body_path(collected.sha256).read_bytes()
    rows, left_out = interface.rows(body, question, collected.retrieved_at_utc[:10], resolver)
    # Whoever names a mirror sees in the row that a third party stood between.
    if request.endpoint:
        rows = [_read_elsewhere(row, request.endpoint) for row in rows]
    return rows, left_out


def _kept_before(info: InterfaceInfo, question: Question, fetch_context: FetchContext) -> Collected:
    kept = fetch_context.archive.latest(info.source_id, question.key)
    if kept is None:
        msg = f"{info.source_id}: this question is not in the archive, and --offline was given"
        raise FetchError(msg, next_step="ask it once without --offline.")
    return kept


def _read_elsewhere(row: Proposed, endpoint: str) -> Proposed:
    """Say of a source that it was not read at its own address."""
    if row.table != "sources":
        return row
    return replace(row, note=f"read through {shown_address(endpoint)}, not at its own address")
