"""
The Consolidated Screening List of the United States, which shows the current state alone.

Empty strings are common; names of the Entity List end in boilerplate; persons, ships and
aircraft are passed over; addresses are read for their country and nothing else.

Notes
-----
Source: the International Trade Administration's developer pages and public code that reads the
bulk file; the bulk file needs no key. It is a list of the current state: who is taken off the
list vanishes from it, so it answers for the day of its reading alone.
"""

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

from mapper.clean.partial_date import from_day
from mapper.errors import SourceChangedError
from mapper.fetch import download
from mapper.fetch.archive import Collected
from mapper.fetch.json_pages import FetchContext
from mapper.model.source import Download
from mapper.proposals.answer_file import WholeFile
from mapper.proposals.award import Notice
from mapper.proposals.interface import InterfaceInfo, Rows
from mapper.proposals.json_reading import (
    day_in,
    list_of,
    numbers_as_written,
    object_of,
    text_of,
)
from mapper.proposals.listing import Listing, rows_of_listings
from mapper.proposals.publisher_codes import country_code, item_text
from mapper.proposals.request import ProposeRequest
from mapper.proposals.resolving import Resolver
from mapper.registry.codes import Effect

ORIGIN = "csl"
INFO = InterfaceInfo(
    source_id=ORIGIN,
    title="Consolidated Screening List",
    landing_page="https://www.trade.gov/consolidated-screening-list",
    url="https://data.trade.gov/downloadable_consolidated_screening_list/v1/consolidated.json",
    license_id="US-PD",
)


LISTS: dict[str, tuple[str, Effect]] = {
    "EL": ("us-entity-list", Effect.EXPORT_LICENSE),
    "CMIC": ("us-ns-cmic", Effect.INVESTMENT_BAN),
}
"""Code of the source -> our list, and what an entry in it does."""

# Read, and not proposed: the registry does not hold these lists, or a person reads them.
OTHER_LISTS: dict[str, Effect] = {
    "CAP": Effect.NOT_STATED,
    "DPL": Effect.NOT_STATED,
    "DTC": Effect.NOT_STATED,
    "FSE": Effect.NOT_STATED,
    "ISN": Effect.NOT_STATED,
    "MBS": Effect.NOT_STATED,
    "MEU": Effect.EXPORT_LICENSE,
    "PLC": Effect.NOT_STATED,
    "SDN": Effect.ASSET_FREEZE,
    "SSI": Effect.INVESTMENT_BAN,
    "UVL": Effect.NOT_STATED,
}
_CODE = re.compile(r"\((?:NS-)?([A-Z]{2,4})(?: List)?\)")
_BOILERPLATE = re.compile(
    r",?\s*(?:and|including|as well as)\s+any\s+successors?,?\s.*$", re.IGNORECASE | re.DOTALL
)
_READ = frozenset(
    {
        "addresses",
        "alt_names",
        "country",
        "dates_of_birth",
        "federal_register_notice",
        "id",
        "name",
        "source",
        "start_date",
        "type",
    }
)
# Persons, ships, reasons, and what the list says of itself.
_IGNORED = frozenset(
    {
        "_id",
        "call_sign",
        "citizenships",
        "end_date",
        "entity_number",
        "gross_registered_tonnage",
        "gross_tonnage",
        "ids",
        "license_policy",
        "license_requirement",
        "nationalities",
        "places_of_birth",
        "programs",
        "remarks",
        "source_information_url",
        "source_list_url",
        "standard_order",
        "title",
        "vessel_flag",
        "vessel_owner",
        "vessel_type",
    }
)
_NO_ORGANISATION = frozenset({"individual", "vessel", "aircraft"})


def parse(body: bytes, *, entries_min: int = 5_000) -> tuple[Listing, ...]:
    """
    Read every entry of an organisation.

    Parameters
    ----------
    entries_min
        Fewer entries stop the source.

    Raises
    ------
    SourceError
        If the body has another shape, a list nobody knows, or too few entries.
    """
    whole = object_of(numbers_as_written(body), ORIGIN)
    results = list_of(whole.get("results"), "results")
    total = whole.get("total", len(results))
    if total != len(results) or len(results) < entries_min:
        msg = f"csl: {len(results):,} entries; expected {total} and at least {entries_min:,}"
        raise SourceChangedError(msg, next_step="collect it again; nothing is proposed.")
    return tuple(
        listing
        for number, entry in enumerate(results, start=1)
        for listing in _listing(object_of(entry, "entry"), number)
    )


def _listing(entry: dict[str, Any], number: int) -> Iterator[Listing]:
    unknown = entry.keys() - _READ - _IGNORED
    if unknown:
        msg = f"csl: unknown fields {sorted(unknown)} in entry {number}"
        raise SourceChangedError(msg, next_step="say in the parser what they hold.")
    kind = text_of(entry, "type", is_required=False).casefold()
    if kind in _NO_ORGANISATION or entry.get("dates_of_birth"):
        return
    list_id, effect = _list_of(text_of(entry, "source"))
    names = [text_of(entry, "name"), *_texts(entry.get("alt_names"))]
    begins = day_in(text_of(entry, "start_date", is_required=False))
    yield Listing(
        ref=f"{list_id} {text_of(entry, 'id', is_required=False) or number}",
        names=tuple(dict.fromkeys(name for text in names if (name := bare_name(text)))),
        country_codes=_countries(entry),
        list_id=list_id,
        effect=effect,
        effective_on=begins.text if begins else "",
        instrument=item_text(text_of(entry, "federal_register_notice", is_required=False)),
    )


def bare_name(text: str) -> str:
    """Take the boilerplate about successors and subsidiaries off a name."""
    return _BOILERPLATE.sub("", text).strip(" ,;")


def _list_of(source: str) -> tuple[str, Effect]:
    match = _CODE.search(source)
    code = match.group(1) if match else ""
    if code in LISTS:
        return LISTS[code]
    if code in OTHER_LISTS:
        return f"csl-{code.casefold()}", OTHER_LISTS[code]
    msg = f"csl: a list nobody knows: {source[:120]!r}"
    raise SourceChangedError(msg, next_step="say in the parser what an entry in it does.")


def _texts(value: object) -> list[str]:
    texts = value.split(";") if isinstance(value, str) else list_of(value, "alt_names")
    return [str(text).strip() for text in texts if str(text).strip()]


def _countries(entry: dict[str, Any]) -> frozenset[str]:
    addresses = list_of(entry.get("addresses"), "addresses")
    told = [
        entry.get("country"),
        *(object_of(address, "address").get("country") for address in addresses),
    ]
    return frozenset(code for country in told if country and (code := country_code(country)))


class ScreeningList:
    """The Consolidated Screening List, whole; it answers for the day of its reading."""

    info = INFO

    def question(self, request: ProposeRequest, _resolver: Resolver, /) -> WholeFile:
        """Return the question for the list, at its own address or at a mirror's."""
        return WholeFile(request.endpoint or INFO.url)

    def collect(self, fetch_context: FetchContext, _file: WholeFile, url: str, /) -> Collected:
        """
        Collect the list, or give the one at hand where it did not change.

        Raises
        ------
        FetchError
            If it did not come whole.
        """
        return download.collect(INFO, Download(url, "json"), fetch_context)

    def rows(self, body: bytes, _file: WholeFile, read_on: str, resolver: Resolver, /) -> Rows:
        """Read the kept list as entries of its day."""
        on = date.fromisoformat(read_on)
        return rows_of_listings(parse(body), resolver, _notice(on), on)


def _notice(on: date) -> Notice:
    return Notice(
        origin=ORIGIN,
        ref=on.isoformat(),
        title=f"Consolidated Screening List, as read on {on}",
        publisher="International Trade Administration, US Department of Commerce",
        # The bytes of each day are kept; the address is one and the same.
        url=f"{INFO.url}#{on}",
        license_id=INFO.license_id,
        retrieved_on=on.isoformat(),
        published_on=from_day(on),
        language="en",
        kind="authority",
        is_excerpt=False,
    )
