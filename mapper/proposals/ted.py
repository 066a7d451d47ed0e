"""
Award notices of Tenders Electronic Daily (search API v3), all pages of a query.

Names stand in maps by language (ISO 639-3), values in scalars or lists. A notice from before
eForms names no winner; its tenderers are tenderers and never become suppliers.

Notes
-----
Source: the API's documentation: ``paginationMode`` ITERATION has no upper bound (PAGE_NUMBER stops
at 15,000), the token goes on being given after the last notice, so the count proves the end; a
field that does not exist gives 400 with the list of those that do, an invalid token gives 500.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from mapper.errors import FetchError, SourceChangedError, UsageError
from mapper.fetch.archive import Collected
from mapper.fetch.http import StatusError
from mapper.fetch.json_pages import FetchContext
from mapper.proposals.answer_file import AnswerFile, json_post, member, wrong_shape
from mapper.proposals.award import Amount, Award, Notice, Parsed, Period, parsed, rows_of
from mapper.proposals.interface import InterfaceInfo, Rows
from mapper.proposals.json_reading import (
    amount_as_written,
    answers,
    day_in,
    list_of,
    object_of,
    plain_number,
    text_of,
)
from mapper.proposals.proposed import LeftOut, Party, public_body
from mapper.proposals.publisher_codes import CPV, country_code, cpv_of, item_text, layer_and_role
from mapper.proposals.request import ProposeRequest
from mapper.proposals.resolving import Resolver
from mapper.registry.codes import Event
from mapper.registry.names import normalised

ORIGIN = "ted"
INFO = InterfaceInfo(
    source_id=ORIGIN,
    title="Tenders Electronic Daily",
    landing_page="https://docs.ted.europa.eu/api/latest/search.html",
    url="https://api.ted.europa.eu/v3/notices/search",
    # Reuse of TED notices: Commission Decision 2011/833/EU.
    license_id="EU-reuse-2011-833",
)
# The largest page that the API gives.
LIMIT = 250
_READ = (
    "publication-number",
    "publication-date",
    "notice-type",
    "notice-title",
    "buyer-name",
    "buyer-country",
    "classification-cpv",
    "winner-name",
    "winner-country",
    "contract-conclusion-date",
    "tender-value",
    "tender-value-cur",
    "total-value",
    "total-value-cur",
    "links",
)
# Asked for and passed over: whoever handed in a tender did not therefore win it.
_IGNORED = ("organisation-name-tenderer",)
FIELDS = (*_READ, *_IGNORED)
"""What is asked for of a notice; any other field in an answer is an error."""
# The codes of eForms for contract award notices: general, social services, design contest, and
# transport. What only announces or changes a contract names no winner.
AWARD_NOTICES = ("can-standard", "can-social", "can-desg", "can-tran")
# The reason stands in the body of a 400; cut, for a server may write a page into our message.
_SAID = re.compile(r'"message"\s*:\s*"([^"]{1,300})')
_BAD_REQUEST = 400


@dataclass(frozen=True, slots=True)
class Search:
    """
    What is asked for.

    Attributes
    ----------
    since, until
        ISO days of publication, both included; ``until`` may be empty.
    cpv
        Codes without their check digit.
    text
        Words of the full text instead of the codes; empty: the codes alone.
    """

    since: str
    until: str
    cpv: tuple[str, ...]
    text: str = ""

    @property
    def key(self) -> str:
        """
        Return the expert query, which is the same for the same search.

        Raises
        ------
        UsageError
            If the words could break out of their quotation marks.
        """
        if '"' in self.text or "\\" in self.text:
            msg = "the words to search for may hold no quotation marks"
            raise UsageError(msg, next_step='for example: --query "face recognition".')
        parts = [f"PD>={self.since.replace('-', '')}"]
        if self.until:
            parts.append(f"PD<={self.until.replace('-', '')}")
        parts.append(f"notice-type IN ({' '.join(AWARD_NOTICES)})")
        if self.text:
            parts.append(f'FT~"{self.text}"')
        else:
            parts.append(f"classification-cpv IN ({' '.join(sorted(self.cpv))})")
        # An order, so that two runs on one day keep the same bytes.
        return " AND ".join(parts) + " SORT BY PD DESC"


def _page(file: AnswerFile, url: str, query: str, token: str) -> dict[str, Any]:
    content: dict[str, Any] = {
        "query": query,
        "fields": list(FIELDS),
        "limit": LIMIT,
        "scope": "ALL",
        "checkQuerySyntax": False,
        "paginationMode": "ITERATION",
        # A corrected notice takes the place of the one before it, or both would be counted.
        "onlyLatestVersions": True,
    }
    if token:
        content["iterationNextToken"] = token
    try:
        page = file.ask(f"page {file.count + 1}", json_post(url, content))
    except StatusError as error:
        if error.status == _BAD_REQUEST:
            said = _SAID.search(error.text)
            what = said.group(1) if said else "no reason given"
            msg = f"ted: the query was refused: {what}"
            raise FetchError(msg, next_step="a field or word of the API changed; report it.") from (
                error
            )
        if token:
            msg = f"ted: the paging was refused half-way ({error.status})"
            raise FetchError(msg, next_step="begin again; a token does not live long.") from error
        raise
    if not isinstance(page, dict):
        raise wrong_shape(INFO, f"a page in another shape: {str(page)[:120]}")
    return page


def _number(notice: object) -> str:
    return str(member(INFO, notice, "publication-number", str))


_PUBLISHER = "Publications Office of the European Union (Tenders Electronic Daily)"
_HOST = "ted.europa.eu"


def parse(body: bytes, retrieved_on: str) -> Parsed:
    """
    Read the kept pages of a search.

    Parameters
    ----------
    retrieved_on
        ISO day on which the pages came.

    Raises
    ------
    SourceError
        If a notice has a field that is not known, or of another shape.
    """
    return parsed(
        told
        for answer in answers(body)
        for notice in list_of(object_of(answer.content, ORIGIN).get("notices"), "notices")
        for told in _notice(object_of(notice, "notice"), retrieved_on)
    )


def _notice(notice: dict[str, Any], retrieved_on: str) -> Iterator[Award | LeftOut]:
    number = text_of(notice, "publication-number")
    unknown = notice.keys() - set(FIELDS)
    if unknown:
        msg = f"ted: unknown fields {sorted(unknown)} in notice {number}"
        raise SourceChangedError(msg)
    buyers = names_in(notice.get("buyer-name"))
    winners = names_in(notice.get("winner-name"))
    url = _link(notice.get("links"))
    if not winners:
        yield LeftOut(number, "the notice names no winner; tenderers are no suppliers")
    elif not buyers:
        yield LeftOut(number, "the notice names no buyer")
    elif not url:
        yield LeftOut(number, "the notice has no link to ted.europa.eu")
    else:
        yield from _awards(notice, number, (buyers, winners), (url, retrieved_on))


def _awards(
    notice: dict[str, Any],
    number: str,
    names: tuple[tuple[str, ...], tuple[str, ...]],
    read: tuple[str, str],
) -> Iterator[Award]:
    buyers, winners = names
    titles = names_in(notice.get("notice-title"))
    item = item_text(titles[0]) if titles else ""
    layer, role = layer_and_role(cpv_of(notice.get("classification-cpv")))
    amount, about_amount = _amount(notice, len(winners))
    signed = day_in(_only(notice.get("contract-conclusion-date")))
    winner_country = country_code(notice.get("winner-country")) if len(winners) == 1 else ""
    notes = [
        "role and layer are for the reviewer: a notice names who won, not who made",
        *about_amount,
    ]
    if len(winners) > 1:
        notes.append(f"{len(winners)} winners; two may be one in two languages")
    if len(buyers) > 1:
        notes.append(f"{len(buyers)} names of buyers; the first is proposed")
    for winner in winners:
        yield Award(
            notice=Notice(
                origin=ORIGIN,
                ref=number,
                title=item or f"[Contract award notice {number}]",
                publisher=_PUBLISHER,
                url=read[0],
                license_id=INFO.license_id,
                retrieved_on=read[1],
                published_on=day_in(text_of(notice, "publication-date", is_required=False)),
            ),
            buyer=public_body(buyers[0], country_code(notice.get("buyer-country"))),
            supplier=Party(winner, winner_country),
            item=item,
            layer=layer,
            role=role,
            amount=amount,
            period=Period(signed, Event.CONTRACT),
            note="; ".join(notes),
        )


def names_in(value: object) -> tuple[str, ...]:
    """
    Return the names in a language map, each once: English first, then ``mul``, then by code.

    Two names in two languages may be one translated or two parties. Names of companies are
    seldom translated, so both are given: a winner too many is seen, one too few is not.
    """
    if not isinstance(value, dict):
        # A name may stand without a language.
        return _once(_texts(value)) if value is not None else ()
    ordered = sorted(value.items(), key=lambda pair: (pair[0] != "eng", pair[0] != "mul", pair[0]))
    return _once([name for _, names in ordered for name in _texts(names)])


def _texts(value: object) -> list[str]:
    texts = value if isinstance(value, list) else [value]
    if not all(isinstance(text, str) for text in texts):
        msg = f"ted: a name that is no text: {str(value)[:80]}"
        raise SourceChangedError(msg)
    return [str(text).strip() for text in texts if str(text).strip()]


def _once(names: list[str]) -> tuple[str, ...]:
    first: dict[str, str] = {}
    for name in names:
        # "S. A." and "SA" are one name here; of two spellings the first in the order of languages
        # is kept.
        first.setdefault(normalised(name).replace(" ", "") or name, name)
    return tuple(first.values())


def _only(value: object) -> str:
    """Return the one text of a scalar or a list whose members are equal; else nothing."""
    texts = {str(text).strip() for text in (value if isinstance(value, list) else [value]) if text}
    return texts.pop() if len(texts) == 1 else ""


def _amount(notice: dict[str, Any], winners: int) -> tuple[Amount | None, list[str]]:
    """
    Return the sum that belongs to a winner.

    A list of values is no list by winner (lots, several tenders), so a sum is taken only where
    one winner stands beside one value. A total of several winners stays text.
    """
    for name in ("tender-value", "total-value"):
        values = notice.get(name)
        as_written = [
            amount_as_written(value) for value in (values if isinstance(values, list) else [values])
        ]
        sums = [text for text in as_written if text]
        currency = _only(notice.get(f"{name}-cur"))
        if len(sums) == 1 and winners == 1:
            return Amount(f"{sums[0]} {currency}".strip(), plain_number(sums[0]), currency), []
        if len(sums) == 1 and name == "total-value":
            told = f"{sums[0]} {currency}".strip()
            return None, [f"the notice gives a total of {told} for {winners} winners"]
    return None, []


def _link(links: object) -> str:
    """Return the notice's page, or its text, at TED itself."""
    if not isinstance(links, dict):
        return ""
    for form, language in (("html", "ENG"), ("htmlDirect", "ENG"), ("xml", "MUL")):
        urls = links.get(form)
        url = urls.get(language) if isinstance(urls, dict) else None
        if isinstance(url, str):
            parts = urlsplit(url)
            # An address that a notice brings along is a value from outside: it becomes a source
            # only at TED.
            if parts.scheme == "https" and parts.hostname == _HOST:
                return url
    return ""


class Ted:
    """Award notices of Tenders Electronic Daily, asked by days and by codes or words."""

    info = INFO

    def question(self, request: ProposeRequest, _resolver: Resolver, /) -> Search:
        """Return the search of a request: its words, or the codes of surveillance cameras."""
        return Search(*request.days(), tuple(CPV), request.query)

    def collect(self, fetch_context: FetchContext, search: Search, url: str, /) -> Collected:
        """
        Collect every notice of a search.

        Raises
        ------
        SourceError
            If the notices are not as many as TED counts, or TED reports a failure.
        """
        file = AnswerFile(fetch_context, INFO, search.key)
        seen: set[str] = set()
        tokens: set[str] = set()
        total: int | None = None
        token = ""
        while total is None or len(seen) < total:
            page = _page(file, url, search.key, token)
            # A search that ran out of time answers 200 with the notices it had.
            if page.get("timedOut") is not False:
                msg = "ted: the search ran out of time and gave a part"
                raise FetchError(msg, next_step="ask for a shorter time.")
            counted = member(INFO, page, "totalNoticeCount", int)
            if total is None:
                fetch_context.progress.stage(INFO.title, counted)
            elif counted != total:
                msg = f"ted: the count changed from {total:,} to {counted:,} while paging"
                raise FetchError(msg, next_step="try again; notices are being published.")
            total = counted
            numbers = [_number(notice) for notice in member(INFO, page, "notices", list)]
            # The token may be answered with a page that was given before, and then the count never
            # fills.
            if seen & set(numbers) or len(set(numbers)) != len(numbers):
                msg = "ted: a page repeats notices of a page before"
                raise FetchError(msg, next_step="try again.")
            seen.update(numbers)
            fetch_context.progress.advance(len(numbers))
            if len(seen) >= total:
                break
            token = page.get("iterationNextToken") or ""
            if not numbers or not token or token in tokens:
                msg = f"ted: {len(seen):,} notices came, TED counts {total:,}"
                raise FetchError(msg, next_step="try again; nothing partial was kept.")
            tokens.add(token)
        if len(seen) != total:
            msg = f"ted: {len(seen):,} notices came, TED counts {total:,}"
            raise FetchError(msg, next_step="try again; nothing partial was kept.")
        return file.keep(url, f"count of {total:,} notices")

    def rows(self, body: bytes, _search: Search, read_on: str, resolver: Resolver, /) -> Rows:
        """Read the kept notices as awards."""
        return rows_of(parse(body, read_on), resolver)
