"""
The Entity List of a day: Supplement No. 4 to part 744 of title 15 as the eCFR gives it.

The table has five columns: country, entity, licence requirement, review policy, citation. An
empty country goes on from the row above. Aliases stand on lines of their own after "a.k.a.";
without one, name and address share a line. Addresses and policies are not read.

Notes
-----
Source: the eCFR's versioner API and public code that reads it: a day is required ("current" is
refused), an answer without compression is refused with 406, and ``titles.json`` says up to which
day the text is kept current. Supplement No. 4 of the part is the Entity List.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring

from mapper.clean.partial_date import from_day
from mapper.errors import FetchError, SourceChangedError, SourceFormatError, UsageError
from mapper.fetch.archive import Collected
from mapper.fetch.http import Request, StatusError
from mapper.fetch.json_pages import FetchContext
from mapper.fetch.response_body import Ending
from mapper.proposals.answer_file import json_get, member, page_bytes, wrong_shape
from mapper.proposals.award import Notice
from mapper.proposals.interface import InterfaceInfo, Rows
from mapper.proposals.listing import Listing, rows_of_listings
from mapper.proposals.publisher_codes import country_code, item_text
from mapper.proposals.request import ProposeRequest
from mapper.proposals.resolving import Resolver
from mapper.registry.codes import Effect

ORIGIN = "ecfr"
INFO = InterfaceInfo(
    source_id=ORIGIN,
    title="eCFR, title 15, part 744",
    landing_page="https://www.ecfr.gov/developers/documentation/api/v1",
    url="https://www.ecfr.gov/api/versioner/v1/",
    license_id="US-PD",
)
EARLIEST = date(2017, 1, 1)
_TITLE = 15
_NOT_FOUND = 404


def text_url(on: date, url: str = INFO.url) -> str:
    """Return the address of the part's text on a day."""
    return f"{url}full/{on.isoformat()}/title-{_TITLE}.xml?part=744"


@dataclass(frozen=True, slots=True)
class TextOf:
    """The part's text in force on a day."""

    on: date

    @property
    def key(self) -> str:
        """The same for the same day."""
        return f"title {_TITLE} part 744 on {self.on.isoformat()}"


def _up_to_date_as_of(fetch_context: FetchContext, url: str) -> date:
    content = json.loads(page_bytes(fetch_context, json_get(f"{url}titles.json")))
    for title in member(INFO, content, "titles", list):
        if member(INFO, title, "number", int) == _TITLE:
            day_as_written = member(INFO, title, "up_to_date_as_of", str)
            try:
                return date.fromisoformat(day_as_written)
            except ValueError as error:
                raise wrong_shape(INFO, f"a day spelt {day_as_written!r}") from error
    raise wrong_shape(INFO, f"titles.json without title {_TITLE}")


LIST_ID = "us-entity-list"
_APPENDIX = "supplement no. 4 to part 744"
_COLUMNS = ("country", "entity", "license requirement", "license review policy", "federal register")
_ALIASES = re.compile(r",?\s*\(?[af]\.k\.a\.", re.IGNORECASE)
_AFTER_ALIASES = re.compile(r"alias(?:es)?:?", re.IGNORECASE)
_DASH = re.compile(r"^\s*[-\u2010-\u2015\u2212]\s*")
_ENDS = re.compile(r"(?:[;,.]\s*(?:and|or)?|\s+and)\s*$", re.IGNORECASE)
_LEGAL_END = re.compile(r"\b(?:co|ltd|inc|corp|llc|s\.a|a\.s)\.$", re.IGNORECASE)
_SPACE = re.compile(r"\s+")


def parse(body: bytes, *, entries_min: int = 200) -> tuple[Listing, ...]:
    """
    Read every entry.

    Parameters
    ----------
    entries_min
        Fewer entries stop the source: the list has had more than a thousand since 2019.

    Raises
    ------
    SourceError
        If the text is no XML, has no such supplement, or the table has other columns.
    """
    try:
        root = fromstring(body)
    except (ParseError, DefusedXmlException) as error:
        msg = f"ecfr: the text is no well-formed XML ({type(error).__name__})"
        raise SourceFormatError(msg, next_step="collect it again, without --offline.") from error
    appendix = next((division for division in root.iter("DIV9") if _is_entity_list(division)), None)
    if appendix is None:
        msg = "ecfr: the part has no Supplement No. 4"
        raise SourceChangedError(msg, next_step="look at the part on ecfr.gov.")
    _require_columns(appendix)
    listings = tuple(_listings(appendix))
    if len(listings) < entries_min:
        msg = f"ecfr: {len(listings):,} entries, expected at least {entries_min:,}"
        raise SourceChangedError(msg, next_step="look at the part on ecfr.gov.")
    return listings


def _is_entity_list(appendix: Element) -> bool:
    return _plain(appendix.get("N", "")).casefold() == _APPENDIX


def _require_columns(appendix: Element) -> None:
    headings = [_plain(" ".join(cell.itertext())).casefold() for cell in appendix.iter("TH")]
    if len(headings) < len(_COLUMNS) or any(
        not is_.startswith(wanted) for is_, wanted in zip(headings, _COLUMNS, strict=False)
    ):
        msg = f"ecfr: the table's columns changed: {', '.join(headings)[:200]}"
        raise SourceChangedError(msg, next_step="compare the header with the parser's.")


def _listings(appendix: Element) -> Iterator[Listing]:
    country = ""
    for number, row in enumerate(appendix.iter("TR"), start=1):
        cells = row.findall("TD")
        if len(cells) != len(_COLUMNS):
            continue
        country = _plain(" ".join(cells[0].itertext())) or country
        lines = [line for line in _lines(cells[1]) if line]
        if not lines or lines[0].strip("[]. ").casefold() == "reserved":
            continue
        names, beginnings = names_in(lines)
        code = country_code(country)
        yield Listing(
            ref=f"row {number:04d}",
            names=names,
            beginnings=beginnings,
            country_codes=frozenset({code} if code else ()),
            list_id=LIST_ID,
            effect=Effect.EXPORT_LICENSE,
            instrument=item_text(_plain(" ".join(cells[4].itertext()))),
        )


def names_in(lines: list[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """
    Return the names of an entry, and what its text begins with where it has no aliases.

    Returns
    -------
    names, beginnings
        With aliases: the name before them and each of them. Without: no name for certain, and
        the first line up to each of its commas, the longest first.
    """
    head, aliases = _ALIASES.split(lines[0], maxsplit=1)[0], lines[1:]
    if _ALIASES.search(lines[0]) is None:
        parts = head.split(",")
        joined = (",".join(parts[:length]) for length in range(len(parts), 0, -1))
        return (), tuple(dict.fromkeys(_name(text) for text in joined if _name(text)))
    rest = _AFTER_ALIASES.split(lines[0], maxsplit=1)
    inline = rest[1].split(";") if len(rest) > 1 else []
    alias_lines = [text for text in inline if _DASH.match(text)]
    for line in aliases:
        if not _DASH.match(line):
            break
        alias_lines.append(line)
    names = (_name(head), *(_name(_DASH.sub("", text)) for text in alias_lines))
    return tuple(dict.fromkeys(name for name in names if name)), ()


def _name(text: str) -> str:
    plain = _plain(text)
    shorter = _ENDS.sub("", plain)
    # "Co., Ltd." keeps its last point; "Hikvision." is the end of a sentence.
    return plain if _LEGAL_END.search(plain) else shorter.strip(" ,;")


def _lines(cell: Element) -> Iterator[str]:
    """Yield the text of a cell, cut at line breaks and paragraphs."""
    parts: list[str] = [cell.text or ""]
    for inner in cell.iter():
        if inner is cell:
            continue
        if inner.tag in {"BR", "br", "P", "p"}:
            parts.append("\n")
        parts += [inner.text or "", inner.tail or ""]
    yield from (_plain(line) for line in "".join(parts).split("\n"))


def _plain(text: str) -> str:
    return _SPACE.sub(" ", text).strip()


class Ecfr:
    """The Entity List as it stood on a day."""

    info = INFO

    def question(self, request: ProposeRequest, _resolver: Resolver, /) -> TextOf:
        """Return the text of the day asked for."""
        return TextOf(request.day())

    def collect(self, fetch_context: FetchContext, text: TextOf, url: str, /) -> Collected:
        """
        Collect the text that was in force on a day.

        Raises
        ------
        UsageError
            If the eCFR has no text of that day.
        SourceError
            If it did not come whole.
        """
        on = text.on
        if on < EARLIEST:
            msg = f"the eCFR keeps past texts from {EARLIEST} on, not of {on}"
            raise UsageError(msg, next_step="earlier days are in the annual editions of the CFR.")
        fetch_context.progress.stage(f"{INFO.title} on {on}")
        current = _up_to_date_as_of(fetch_context, url)
        if on > current:
            msg = f"the eCFR is current up to {current}, not {on}"
            raise UsageError(msg, next_step=f"for example --on {current}.")
        part = fetch_context.archive.part_path(INFO.source_id)
        question = Request(
            text_url(on, url), headers={"Accept": "application/xml"}, ending=Ending.XML
        )
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
            source_id=INFO.source_id,
            request_key=text.key,
            url=text_url(on, url),
            retrieved_at_utc=fetch_context.instant(),
            media_type="application/xml",
            license_id=INFO.license_id,
            proof=f"{stored.proof}, well-formed",
        )

    def rows(self, body: bytes, text: TextOf, read_on: str, resolver: Resolver, /) -> Rows:
        """Read the kept text as entries of its day."""
        return rows_of_listings(parse(body), resolver, _notice(text.on, read_on), text.on)


def _notice(on: date, read_on: str) -> Notice:
    return Notice(
        origin=ORIGIN,
        ref=on.isoformat(),
        title=f"15 CFR part 744, Supplement No. 4 (Entity List), as of {on}",
        publisher="Office of the Federal Register (eCFR)",
        url=text_url(on),
        license_id=INFO.license_id,
        retrieved_on=read_on,
        published_on=from_day(on),
        language="en",
        kind="law",
        # An editorial compilation that is kept up, and no official edition.
        grade="A-",
        is_excerpt=False,
    )
