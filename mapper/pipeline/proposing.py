"""From an interface of contracts, entities or lists to a sheet of rows for a person to review."""

import csv
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from io import StringIO
from urllib.parse import urlsplit

from mapper.clean.partial_date import from_day
from mapper.errors import FetchError, UsageError
from mapper.export.csv_text import guard
from mapper.fetch.archive import Archive, Collected
from mapper.fetch.guard import Target
from mapper.fetch.http import Client, Limits, shown_address
from mapper.fetch.json_pages import FetchContext
from mapper.model.progress import Progress
from mapper.proposals import ecfr as parse_ecfr
from mapper.proposals import ecfr_pages as ecfr
from mapper.proposals import eff_atlas as parse_atlas
from mapper.proposals import eff_atlas_pages as eff_atlas
from mapper.proposals import gleif as parse_gleif
from mapper.proposals import gleif_pages as gleif
from mapper.proposals import screening_list as parse_csl
from mapper.proposals import screening_list_pages as screening_list
from mapper.proposals import ted as parse_ted
from mapper.proposals import ted_pages as ted
from mapper.proposals import uk_ocds as parse_uk
from mapper.proposals import uk_ocds_pages as uk_ocds
from mapper.proposals import usaspending as parse_usaspending
from mapper.proposals import usaspending_pages as usaspending
from mapper.proposals import wikidata as parse_wikidata
from mapper.proposals import wikidata_pages as wikidata
from mapper.proposals.award import Notice, Parsed, rows_of_awards
from mapper.proposals.compared import Judged, judge_all
from mapper.proposals.interface import Interface
from mapper.proposals.listing import rows_of_listings
from mapper.proposals.proposed import LeftOut, Proposed, State
from mapper.proposals.publisher_codes import CPV
from mapper.proposals.resolving import Resolver
from mapper.proposals.sheet import sheet
from mapper.registry import checked
from mapper.resolve.vendors.names import How, NameIndex
from mapper.settings import Settings
from mapper.validate.organisation_names import has_organisation_word, is_code, may_be_a_person

_KEYWORDS = ("video surveillance", "CCTV", "license plate reader", "facial recognition")
_SHOWN_REFS = 3
_PLAIN_NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?", re.ASCII)


@dataclass(frozen=True, slots=True)
class ProposeRequest:
    """
    What is asked for.

    Attributes
    ----------
    since, until
        ISO days, both included.
    on
        ISO day of a text in force, for ``ecfr``.
    query
        Words; what they search is each source's own.
    endpoint
        The address of a mirror or of a stand-in.
    shows_all
        Also what the registry holds already.
    """

    source: str
    since: str = ""
    until: str = ""
    on: str = ""
    query: str = ""
    endpoint: str = ""
    is_offline: bool = False
    shows_all: bool = False


@dataclass(frozen=True, slots=True)
class _Run:
    """What the functions of a source work with."""

    request: ProposeRequest
    fetch_context: FetchContext
    resolver: Resolver

    def kept(self, source_id: str, key: str, collect: Callable[[], Collected]) -> Collected:
        """Collect, or give what was collected before where the network is not to be used."""
        if not self.request.is_offline:
            return collect()
        before = self.fetch_context.archive.latest(source_id, key)
        if before is None:
            msg = f"{source_id}: this question is not in the archive, and --offline was given"
            raise FetchError(msg, next_step="ask it once without --offline.")
        return before

    def body(self, collected: Collected) -> bytes:
        """Return the bytes that were kept."""
        return self.fetch_context.archive.body_path(collected.sha256).read_bytes()


_Rows = tuple[list[Proposed], list[LeftOut]]
MakeClient = Callable[[Limits, frozenset[Target], Progress], Client]


def _client(limits: Limits, named: frozenset[Target], progress: Progress) -> Client:
    return Client(limits=limits, named=named, progress=progress)


def propose(
    request: ProposeRequest,
    *,
    settings: Settings,
    progress: Progress,
    make_client: MakeClient = _client,
) -> str:
    """
    Collect, parse, hold against the registry, and give the sheet as CSV.

    Nothing is written but the archive. What was left out, and why, goes to ``progress``.

    Raises
    ------
    UsageError
        If there is no such source, or it lacks a day.
    SourceError
        If it did not come whole or changed its shape.
    """
    source = SOURCES.get(request.source)
    if source is None:
        msg = f"nothing proposes from {request.source!r}"
        raise UsageError(msg, next_step=f"one of: {', '.join(SOURCES)}.")
    registry = checked.load(settings.registry_dir)
    index = NameIndex(registry.organisations, registry.organisation_names)
    resolver = Resolver(registry, read_name_of(index), is_organisation)
    limits = Limits(pause_s=source.interface.pause_s)
    client = make_client(limits, _named(request.endpoint), progress)
    fetch_context = FetchContext(client, Archive(settings.raw_dir), progress)
    rows, left = source.rows(_Run(request, fetch_context, resolver))
    if request.endpoint:
        rows = [_through(row, request.endpoint) for row in rows]
    judged, refused = judge_all(rows, registry)
    _tell(judged, [*left, *refused], progress)
    shown = judged if request.shows_all else [one for one in judged if one.state is not State.KNOWN]
    return csv_text(sheet(shown))


def csv_text(lines: Iterable[tuple[str, ...]]) -> str:
    """Return lines as CSV in which no cell begins a formula."""
    into = StringIO()
    writer = csv.writer(into, lineterminator="\n")
    for line in lines:
        # A negative longitude is a number to a spreadsheet, and must stay one for the table.
        writer.writerow([cell if _PLAIN_NUMBER.fullmatch(cell) else guard(cell) for cell in line])
    return into.getvalue()


def is_organisation(name: str) -> bool:
    """Whether a name says of itself that it is an organisation's; silence withholds it."""
    return not may_be_a_person(name) and (has_organisation_word(name) or is_code(name))


def _through(row: Proposed, endpoint: str) -> Proposed:
    """Say of a source that it was not read at its own address."""
    if row.table != "sources":
        return row
    return replace(row, note=f"read through {shown_address(endpoint)}, not at its own address")


def read_name_of(index: NameIndex) -> Callable[[str], tuple[str, str] | None]:
    """Return the reader of whole names: exact or alias, never by likeness."""

    def find(name: str) -> tuple[str, str] | None:
        reading = index.read_whole(name)
        if len(reading.org_ids) != 1 or reading.how is None:
            return None
        return reading.org_ids[0], "exact" if reading.how is How.EXACT else "alias"

    return find


def _tell(judged: Iterable[Judged], left: Iterable[LeftOut], progress: Progress) -> None:
    states: defaultdict[str, int] = defaultdict(int)
    for one in judged:
        states[one.state] += 1
    told = ", ".join(f"{states[state]:,} {state}" for state in State if states[state])
    progress.remark(f"proposed rows: {told or 'none'}")
    reasons: defaultdict[str, list[str]] = defaultdict(list)
    for out in left:
        reasons[out.reason].append(out.ref)
    for reason, refs in sorted(reasons.items()):
        shown = ", ".join(sorted(set(refs))[:_SHOWN_REFS])
        more = ", ..." if len(set(refs)) > _SHOWN_REFS else ""
        progress.remark(f"left out {len(refs):,}: {reason} ({shown}{more})")


def _named(url: str) -> frozenset[Target]:
    if not url:
        return frozenset()
    parts = urlsplit(url)
    port = parts.port or (443 if parts.scheme == "https" else 80)
    return frozenset({((parts.hostname or "").lower(), port)})


def _days(request: ProposeRequest) -> tuple[str, str]:
    try:
        since, until = date.fromisoformat(request.since), date.fromisoformat(request.until)
    except ValueError as error:
        msg = f"{request.source} needs --since and --until, each a day"
        raise UsageError(msg, next_step="for example --since 2026-01-01 --until 2026-01-31.") from (
            error
        )
    if until < since:
        msg = f"--until {until} lies before --since {since}"
        raise UsageError(msg, next_step="turn them round.")
    return since.isoformat(), until.isoformat()


def _of_awards(run: _Run, parsed: Parsed) -> _Rows:
    rows, left = rows_of_awards(parsed.awards, run.resolver)
    return rows, [*parsed.left_out, *left]


def _ted(run: _Run) -> _Rows:
    since, until = _days(run.request)
    search = ted.Search(since, until, tuple(CPV), run.request.query)
    url = run.request.endpoint or ted.URL
    kept = run.kept("ted", search.query, lambda: ted.collect(run.fetch_context, search, url=url))
    return _of_awards(run, parse_ted.parse(run.body(kept), kept.retrieved_at_utc[:10]))


def _uk(service: uk_ocds.Service) -> Callable[[_Run], _Rows]:
    def rows(run: _Run) -> _Rows:
        days = uk_ocds.Days(*_days(run.request))
        url = run.request.endpoint
        source_id = service.interface.source_id
        kept = run.kept(
            source_id, days.key, lambda: uk_ocds.collect(run.fetch_context, service, days, url=url)
        )
        day = kept.retrieved_at_utc[:10]
        return _of_awards(run, parse_uk.parse(run.body(kept), day, source_id, run.request.query))

    return rows


def _usaspending(run: _Run) -> _Rows:
    since, until = _days(run.request)
    keywords = (run.request.query,) if run.request.query else _KEYWORDS
    search = usaspending.Search(keywords, since, until)
    url = run.request.endpoint or usaspending.URL
    kept = run.kept(
        "usaspending", search.key, lambda: usaspending.collect(run.fetch_context, search, url=url)
    )
    return _of_awards(run, parse_usaspending.parse(run.body(kept), kept.retrieved_at_utc[:10]))


def _eff(run: _Run) -> _Rows:
    url = run.request.endpoint or eff_atlas.URL
    kept = run.kept(
        "eff-atlas",
        eff_atlas.request_key(url),
        lambda: eff_atlas.collect(run.fetch_context, url=url),
    )
    parsed = parse_atlas.parse(run.body(kept), kept.retrieved_at_utc[:10], words=run.request.query)
    return _of_awards(run, parsed)


def _csl(run: _Run) -> _Rows:
    url = run.request.endpoint or screening_list.URL
    kept = run.kept(
        "csl",
        screening_list.request_key(url),
        lambda: screening_list.collect(run.fetch_context, url=url),
    )
    on = date.fromisoformat(kept.retrieved_at_utc[:10])
    notice = Notice(
        origin="csl",
        ref=on.isoformat(),
        title=f"Consolidated Screening List, as read on {on}",
        publisher=screening_list.INFO.publisher,
        # The bytes of each day are kept; the address is one and the same.
        url=f"{screening_list.URL}#{on}",
        license_id="US-PD",
        retrieved_on=on.isoformat(),
        published_on=from_day(on),
        language="en",
        kind="authority",
        is_excerpt=False,
    )
    return rows_of_listings(parse_csl.parse(run.body(kept)), run.resolver, notice, on)


def _ecfr(run: _Run) -> _Rows:
    try:
        on = date.fromisoformat(run.request.on)
    except ValueError as error:
        msg = "ecfr needs --on, a day"
        raise UsageError(msg, next_step="for example --on 2020-01-01.") from error
    url = run.request.endpoint or ecfr.URL
    kept = run.kept(
        "ecfr", ecfr.request_key(on), lambda: ecfr.collect(run.fetch_context, on, url=url)
    )
    notice = Notice(
        origin="ecfr",
        ref=on.isoformat(),
        title=f"15 CFR part 744, Supplement No. 4 (Entity List), as of {on}",
        publisher="Office of the Federal Register (eCFR)",
        url=ecfr.text_url(on),
        license_id="US-PD",
        retrieved_on=kept.retrieved_at_utc[:10],
        published_on=from_day(on),
        language="en",
        kind="law",
        # An editorial compilation that is kept up, and no official edition.
        grade="A-",
        is_excerpt=False,
    )
    return rows_of_listings(parse_ecfr.parse(run.body(kept)), run.resolver, notice, on)


def _asked_for(run: _Run, column: str) -> tuple[tuple[str, ...], str]:
    """Return the identifiers to ask for, or the name where the query names none that has one."""
    registry, query = run.resolver.registry, run.request.query
    known = run.resolver.known(query) if query else None
    wanted = [
        getattr(row, column)
        for row in registry.organisations
        if getattr(row, column) and (not query or (known and row.org_id == known[0]))
    ]
    if not wanted and not query:
        msg = f"no organisation of the registry has a {column}"
        raise UsageError(msg, next_step="give a name with --query.")
    return tuple(sorted(wanted)), "" if wanted or not query else query


def _wikidata(run: _Run) -> _Rows:
    items = wikidata.Items(*_asked_for(run, "wikidata_id"))
    url = run.request.endpoint or wikidata.URL
    kept = run.kept(
        "wikidata", items.key, lambda: wikidata.collect(run.fetch_context, items, url=url)
    )
    return parse_wikidata.rows(run.body(kept), kept.retrieved_at_utc[:10], run.resolver)


def _gleif(run: _Run) -> _Rows:
    entities = gleif.Entities(*_asked_for(run, "lei"))
    url = run.request.endpoint or gleif.URL
    kept = run.kept(
        "gleif", entities.key, lambda: gleif.collect(run.fetch_context, entities, url=url)
    )
    return parse_gleif.rows(run.body(kept), kept.retrieved_at_utc[:10], run.resolver)


@dataclass(frozen=True, slots=True)
class _Source:
    interface: Interface
    rows: Callable[[_Run], _Rows]


SOURCES: Mapping[str, _Source] = {
    "ted": _Source(ted.INTERFACE, _ted),
    "find-a-tender": _Source(uk_ocds.FIND_A_TENDER.interface, _uk(uk_ocds.FIND_A_TENDER)),
    "contracts-finder": _Source(uk_ocds.CONTRACTS_FINDER.interface, _uk(uk_ocds.CONTRACTS_FINDER)),
    "usaspending": _Source(usaspending.INTERFACE, _usaspending),
    "eff-atlas": _Source(eff_atlas.INTERFACE, _eff),
    "csl": _Source(screening_list.INTERFACE, _csl),
    "ecfr": _Source(ecfr.INTERFACE, _ecfr),
    "wikidata": _Source(wikidata.INTERFACE, _wikidata),
    "gleif": _Source(gleif.INTERFACE, _gleif),
}
"""What ``mapper propose`` asks, in the order it is told."""
