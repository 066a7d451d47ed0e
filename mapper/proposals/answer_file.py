"""
The pages of an interface kept as they came, byte for byte, and questions and answers in JSON.

A body in the archive is one JSON array of ``{"asked": ..., "answer": ...}``: what was asked, and
the publisher's own bytes. Amounts stay spelt as the publisher spelt them; a page that was read
and written again would turn ``45000.00`` into ``45000.0``.
"""

import codecs
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from mapper.errors import FetchError, SourceChangedError
from mapper.fetch.archive import Collected
from mapper.fetch.http import Request
from mapper.fetch.json_pages import FetchContext
from mapper.fetch.response_body import Ending
from mapper.proposals.interface import InterfaceInfo

PAGES_MAX = 2_000
"""More pages than this are not asked for in one run."""


@dataclass(frozen=True, slots=True)
class WholeFile:
    """The question for the whole file at an address; words choose among what is read of it."""

    url: str
    words: str = ""

    @property
    def key(self) -> str:
        """The same for the same address."""
        return Request(self.url).key


class AnswerFile:
    """
    The pages of one run, written to the archive as they come.

    Parameters
    ----------
    fetch_context, interface
        Who asks whom.
    key
        The same for the same question, whatever its pages were; ``Archive.latest`` finds it.
    """

    def __init__(self, fetch_context: FetchContext, interface: InterfaceInfo, key: str) -> None:
        self._fetch_context = fetch_context
        self._interface = interface
        self._key = key
        self._part = fetch_context.archive.part_path(f"{interface.source_id}-answers")
        self._part.write_bytes(b"[")
        self.count = 0

    def ask(self, asked: str, question: Request) -> Any:  # noqa: ANN401 - JSON of any shape
        """
        Ask one question, keep its bytes, and give what they say.

        Raises
        ------
        FetchError
            If the answer did not come whole, or there are too many of them.
        """
        if self.count >= PAGES_MAX:
            msg = f"{self._interface.source_id}: more than {PAGES_MAX:,} pages"
            raise FetchError(msg, next_step="ask for a shorter time or fewer words.")
        body = page_bytes(self._fetch_context, question)
        content = json.loads(body)
        with self._part.open("ab") as file:
            file.write(b",\n" if self.count else b"\n")
            # The publisher's bytes go in unread: spelling of numbers, order of members and white
            # space stay.
            file.write(b'{"asked":' + json.dumps(asked).encode() + b',"answer":' + body + b"}")
        self.count += 1
        return content

    def keep(self, url: str, proof: str) -> Collected:
        """Close the array and move it into the archive, once the pages are proven complete."""
        with self._part.open("ab") as file:
            file.write(b"\n]\n")
        return self._fetch_context.archive.keep_new(
            self._part,
            source_id=self._interface.source_id,
            request_key=self._key,
            url=url,
            retrieved_at_utc=self._fetch_context.instant(),
            media_type="application/json",
            license_id=self._interface.license_id,
            proof=proof,
        )


def page_bytes(fetch_context: FetchContext, question: Request) -> bytes:
    """
    Ask for one JSON page and give its bytes, without a byte order mark.

    Raises
    ------
    FetchError
        If it did not come whole.
    """
    stored = fetch_context.client.ask(question, fetch_context.archive.part_path("page")).stored
    if stored is None:
        msg = f"{question.url}: an answer without a body"
        raise FetchError(msg)
    try:
        # A mark in the middle of the kept array would make it no JSON.
        return stored.path.read_bytes().removeprefix(codecs.BOM_UTF8)
    finally:
        stored.path.unlink(missing_ok=True)


def json_get(url: str) -> Request:
    """Return the question for a page of JSON."""
    return Request(url, headers={"Accept": "application/json"}, ending=Ending.JSON)


def json_post(url: str, content: Mapping[str, Any]) -> Request:
    """Return the question that sends JSON and expects JSON."""
    return Request(
        url,
        method="POST",
        headers={"Accept": "application/json", "Content-Type": "application/json"},
        # Sorted, so that the same question has the same key in the archive.
        body=json.dumps(content, ensure_ascii=False, sort_keys=True).encode(),
        ending=Ending.JSON,
    )


def wrong_shape(interface: InterfaceInfo, what: str) -> SourceChangedError:
    """Return the error for an answer in another shape than the publisher documents."""
    msg = f"{interface.source_id}: {what}"
    return SourceChangedError(msg, next_step=f"look at {interface.landing_page}.")


def member(interface: InterfaceInfo, page: Any, name: str, kind: type) -> Any:  # noqa: ANN401 - JSON
    """
    Return a member of a JSON object that must be there and of one kind.

    Raises
    ------
    SourceChangedError
        If the page is no object, or the member is missing or of another kind.
    """
    value = page.get(name) if isinstance(page, dict) else None
    # In Python a truth is an int; a count that says true is no count.
    if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
        raise wrong_shape(interface, f"a page without `{name}`: {str(page)[:120]}")
    return value
