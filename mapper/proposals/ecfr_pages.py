"""
Title 15, part 744 of the Code of Federal Regulations as it stood on a day.

Notes
-----
Source: the eCFR's versioner API and public code that reads it: a day is required ("current" is
refused), an answer without compression is refused with 406, and ``titles.json`` says up to which
day the text is kept current. Supplement No. 4 of the part is the Entity List.
"""

import json
from datetime import date
from xml.etree.ElementTree import ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring

from mapper.errors import FetchError, UsageError
from mapper.fetch.archive import Collected
from mapper.fetch.http import Request, StatusError
from mapper.fetch.json_pages import FetchContext
from mapper.fetch.response_body import Ending
from mapper.proposals.interface import Interface, json_get, member, page_bytes, wrong_shape

INTERFACE = Interface(
    source_id="ecfr",
    title="eCFR, title 15, part 744",
    landing_page="https://www.ecfr.gov/developers/documentation/api/v1",
    license_id="US-PD",
)
URL = "https://www.ecfr.gov/api/versioner/v1/"
EARLIEST = date(2017, 1, 1)
_TITLE = 15
_NOT_FOUND = 404


def text_url(on: date, url: str = URL) -> str:
    """Return the address of the part's text on a day."""
    return f"{url}full/{on.isoformat()}/title-{_TITLE}.xml?part=744"


def request_key(on: date) -> str:
    """Return the key under which the archive keeps the text of a day."""
    return f"title 15 part 744 on {on.isoformat()}"


def collect(fetch_context: FetchContext, on: date, *, url: str = URL) -> Collected:
    """
    Collect the text that was in force on a day.

    Raises
    ------
    UsageError
        If the eCFR has no text of that day.
    SourceError
        If it did not come whole.
    """
    if on < EARLIEST:
        msg = f"the eCFR keeps past texts from {EARLIEST} on, not of {on}"
        raise UsageError(msg, next_step="earlier days are in the annual editions of the CFR.")
    fetch_context.progress.stage(f"{INTERFACE.title} on {on}")
    current = _up_to_date_as_of(fetch_context, url)
    if on > current:
        msg = f"the eCFR is current up to {current}, not {on}"
        raise UsageError(msg, next_step=f"for example --on {current}.")
    part = fetch_context.archive.part_path(INTERFACE.source_id)
    question = Request(text_url(on, url), headers={"Accept": "application/xml"}, ending=Ending.XML)
    try:
        stored = fetch_context.client.ask(question, part).stored
    except StatusError as error:
        if error.status != _NOT_FOUND:
            raise
        msg = f"the eCFR has no text of {on}"
        raise UsageError(msg, next_step="try a day before or after.") from error
    if stored is None:
        msg = "ecfr: an answer without a body"
        raise FetchError(msg)
    try:
        fromstring(part.read_bytes())
    except (ParseError, DefusedXmlException) as error:
        part.unlink(missing_ok=True)
        msg = f"ecfr: the text is no well-formed XML ({type(error).__name__})"
        raise FetchError(msg, next_step="try again; nothing partial was kept.") from error
    return fetch_context.archive.keep_new(
        part,
        source_id=INTERFACE.source_id,
        request_key=request_key(on),
        url=text_url(on, url),
        retrieved_at_utc=fetch_context.instant(),
        media_type="application/xml",
        license_id=INTERFACE.license_id,
        proof=f"{stored.proof}, well-formed",
    )


def _up_to_date_as_of(fetch_context: FetchContext, url: str) -> date:
    content = json.loads(page_bytes(fetch_context, json_get(f"{url}titles.json")))
    for title in member(INTERFACE, content, "titles", list):
        if member(INTERFACE, title, "number", int) == _TITLE:
            written = member(INTERFACE, title, "up_to_date_as_of", str)
            try:
                return date.fromisoformat(written)
            except ValueError as error:
                raise wrong_shape(INTERFACE, f"a day spelt {written!r}") from error
    raise wrong_shape(INTERFACE, f"titles.json without title {_TITLE}")
