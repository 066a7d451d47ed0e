"""
What Wikidata says of some organisations: one query after the other, at most 50 items each.

Anybody may edit them, so ownership is a statement by Wikidata with its dates.

A date is as exact as its precision: a year is told as the first of January and is read as a year.
An item must be an organisation; a cell with several values is told and not proposed.

Notes
-----
Source: the query service's documentation: 60 s of query time a minute, one query at a time, a
User-Agent with a contact, ``Retry-After`` kept (who ignores it is shut out for a day). A query that
runs out of time ends in the middle of the JSON. Every item asked for has at least one row, which
proves the set whole. Owners who are persons are not asked for.
"""

import re
from collections import defaultdict
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from mapper.clean import partial_date
from mapper.errors import FetchError, UsageError, ValueRefusedError
from mapper.fetch.archive import Collected
from mapper.fetch.http import Request
from mapper.fetch.json_pages import FetchContext
from mapper.fetch.response_body import Ending
from mapper.proposals.answer_file import AnswerFile, member, wrong_shape
from mapper.proposals.award import Notice
from mapper.proposals.entity import Entity, Owner, Wanted, rows_of_entity, wanted
from mapper.proposals.interface import InterfaceInfo, Rows
from mapper.proposals.json_reading import answers, list_of, object_of, text_of
from mapper.proposals.proposed import LeftOut, Party, Proposed
from mapper.proposals.request import ProposeRequest
from mapper.proposals.resolving import Resolver

ORIGIN = "wikidata"
INFO = InterfaceInfo(
    source_id=ORIGIN,
    title="Wikidata",
    landing_page="https://www.wikidata.org/wiki/Wikidata:SPARQL_query_service",
    url="https://query.wikidata.org/sparql",
    license_id="CC0-1.0",
    pause_s=2.0,
)
ITEMS_MAX = 50
_ENTITY = "http://www.wikidata.org/entity/"
_TIME = "wikibase:timeValue ?{0} ; wikibase:timePrecision ?{0}Precision"
# P31/P279* wd:Q43229: an instance of organisation or of anything below it; P17/P297 the country's
# code; P1278 the LEI; P856 the website; P571 and P576 begin and end; P749 the parent; P127 the
# owner, unless a human (Q5); P580 and P582 the days of a tie; P854 the address of its reference.
_QUERY = """SELECT DISTINCT ?c ?rev ?isOrganisation ?label ?country ?lei ?site
  ?founded ?foundedPrecision ?ended ?endedPrecision
  ?tie ?other ?otherLabel ?otherIsOrganisation ?from ?fromPrecision ?to ?toPrecision ?ref WHERE {
  %(which)s
  OPTIONAL { ?c schema:version ?rev }
  BIND(EXISTS { ?c wdt:P31/wdt:P279* wd:Q43229 } AS ?isOrganisation)
  OPTIONAL { ?c rdfs:label ?label FILTER(LANG(?label) = "en") }
  OPTIONAL { ?c wdt:P17/wdt:P297 ?country }
  OPTIONAL { ?c wdt:P1278 ?lei }
  OPTIONAL { ?c wdt:P856 ?site }
  OPTIONAL { ?c p:P571/psv:P571 [ %(founded)s ] }
  OPTIONAL { ?c p:P576/psv:P576 [ %(ended)s ] }
  OPTIONAL {
    VALUES (?tie ?p ?ps) { ("P749" p:P749 ps:P749) ("P127" p:P127 ps:P127) }
    ?c ?p ?s . ?s ?ps ?other .
    FILTER NOT EXISTS { ?other wdt:P31 wd:Q5 }
    BIND(EXISTS { ?other wdt:P31/wdt:P279* wd:Q43229 } AS ?otherIsOrganisation)
    OPTIONAL { ?other rdfs:label ?otherLabel FILTER(LANG(?otherLabel) = "en") }
    OPTIONAL { ?s pqv:P580 [ %(from)s ] }
    OPTIONAL { ?s pqv:P582 [ %(to)s ] }
    OPTIONAL { ?s prov:wasDerivedFrom/pr:P854 ?ref }
  }
}"""


def query_text(which: str) -> str:
    """Return the query for the items that a clause selects."""
    times = {name: _TIME.format(name) for name in ("founded", "ended", "from", "to")}
    return _QUERY % {"which": which, **times}


def _by_name(name: str) -> str:
    # A name that leaves its quotation marks would be read as a part of the query.
    if any(sign in name for sign in '"\\\n\r'):
        msg = "a name to search for may hold no quotation marks"
        raise UsageError(msg, next_step='for example: --query "Riverton Cameras".')
    return f'?c rdfs:label|skos:altLabel "{name}"@en . ?c wdt:P31/wdt:P279* wd:Q43229 .'


def _bindings(file: AnswerFile, url: str, which: str, asked: str) -> list[object]:
    question = Request(
        url,
        method="POST",
        headers={
            "Accept": "application/sparql-results+json",
            "Content-Type": "application/x-www-form-urlencoded",
        },
        body=urlencode({"query": query_text(which)}).encode(),
        ending=Ending.JSON,
    )
    page = file.ask(asked, question)
    head = member(INFO, page, "head", dict)
    # The service answers any query; its variables prove that this is the answer to ours.
    if "c" not in member(INFO, head, "vars", list):
        raise wrong_shape(INFO, "a result without the items asked for")
    bindings: list[object] = member(INFO, member(INFO, page, "results", dict), "bindings", list)
    return bindings


_QID = re.compile(r"Q[1-9][0-9]*", re.ASCII)
_TIES = {"P749": ("parent", "parent organisation"), "P127": ("shareholder", "owned by")}
_LENGTHS = {"9": 4, "10": 7, "11": 10}
"""Wikidata's precision of a time -> letters of the ISO day that are meant."""

_Binding = Mapping[str, str]


def _values(binding: dict[str, Any]) -> _Binding:
    return {name: text_of(cell, "value") for name, cell in binding.items()}


def _qid(uri: str) -> str:
    return uri.removeprefix(_ENTITY)


def _entity(
    qid: str, bindings: list[_Binding], retrieved_on: str, resolver: Resolver
) -> Entity | LeftOut:
    if _QID.fullmatch(qid) is None:
        return LeftOut(qid[:20], "no id of an item")
    if _all(bindings, "isOrganisation") != ["true"]:
        return LeftOut(qid, "the item is no organisation")
    organisation = _known(qid, _all(bindings, "label"), resolver)
    if organisation is None:
        return LeftOut(qid, "no organisation of the registry has the id or the name")
    org_id, how = organisation
    told = {
        "wikidata_id": [qid],
        "country_code": _all(bindings, "country"),
        "founded": _dates(bindings, "founded"),
        "dissolved": _dates(bindings, "ended"),
        "lei": _all(bindings, "lei"),
        "website": _all(bindings, "site"),
    }
    several = [name for name, values in told.items() if len(values) > 1]
    revision = next(iter(_all(bindings, "rev")), "")
    notice = Notice(
        origin=ORIGIN,
        ref=qid,
        title=f"Wikidata item {qid}",
        publisher="Wikidata",
        # The revision that was read: the item itself may say something else tomorrow.
        url=f"https://www.wikidata.org/w/index.php?title={qid}&oldid={revision}",
        license_id="CC0-1.0",
        retrieved_on=retrieved_on,
        kind="registry",
        grade="C",
    )
    return Entity(
        org_id=org_id,
        how=how,
        notice=notice,
        cells={name: values[0] for name, values in told.items() if len(values) == 1},
        owners=tuple(_owners(bindings)),
        note=f"Wikidata has several values for {', '.join(several)}" if several else "",
    )


def _known(qid: str, labels: list[str], resolver: Resolver) -> tuple[str, str] | None:
    for row in resolver.registry.organisations:
        if row.wikidata_id == qid:
            return row.org_id, "identifier"
    by_id = [
        organisation_name.org_id
        for organisation_name in resolver.registry.organisation_names
        if organisation_name.name == qid
    ]
    if by_id:
        return by_id[0], "identifier"
    return resolver.known(labels[0]) if len(labels) == 1 else None


def _owners(bindings: list[_Binding]) -> list[Owner]:
    owners: dict[tuple[str, ...], Owner] = {}
    references: defaultdict[tuple[str, ...], set[str]] = defaultdict(set)
    for values in bindings:
        if values.get("otherIsOrganisation") != "true" or values.get("tie") not in _TIES:
            continue
        label, qid = values.get("otherLabel", ""), _qid(values["other"])
        if not label or _QID.fullmatch(qid) is None:
            continue
        kind, words = _TIES[values["tie"]]
        begin, end = _date(values, "from"), _date(values, "to")
        key = (values["tie"], qid, begin, end)
        references[key] |= {values["ref"]} if "ref" in values else set()
        told = ", ".join(sorted(references[key])) or "none"
        owners[key] = Owner(
            party=Party(label, is_surely_organisation=True),
            kind=kind,
            cells={"wikidata_id": qid},
            valid_from=begin,
            valid_to=end,
            note=f"Wikidata states \u201c{words}\u201d ({values['tie']}); its references: {told}",
        )
    return [owners[key] for key in sorted(owners)]


def _all(bindings: list[_Binding], name: str) -> list[str]:
    return sorted({values[name] for values in bindings if values.get(name)})


def _dates(bindings: list[_Binding], name: str) -> list[str]:
    return sorted({date for values in bindings if (date := _date(values, name))})


def _date(values: _Binding, name: str) -> str:
    """Return a partial date as exact as its precision; empty for a decade and less."""
    length = _LENGTHS.get(values.get(f"{name}Precision", ""))
    if length is None or name not in values:
        return ""
    try:
        return partial_date.parse(values[name][:length]).text
    except ValueRefusedError:
        return ""


class Wikidata:
    """What Wikidata says of the organisations that have an item, or of one by its name."""

    info = INFO

    def question(self, request: ProposeRequest, resolver: Resolver, /) -> Wanted:
        """Return the items of the registry, or the name asked for."""
        return wanted(resolver, "wikidata_id", request.query)

    def collect(self, fetch_context: FetchContext, items: Wanted, url: str, /) -> Collected:
        """
        Collect what is said of some items.

        Raises
        ------
        UsageError
            If the name could break out of its quotation marks.
        SourceError
            If an answer is cut, of another shape, or lacks an item.
        """
        file = AnswerFile(fetch_context, INFO, items.key)
        fetch_context.progress.stage(INFO.title, len(items.ids) or 1)
        if items.name:
            rows = _bindings(file, url, _by_name(items.name), "name")
            return file.keep(url, f"whole result of {len(rows):,} rows")
        for start in range(0, len(items.ids), ITEMS_MAX):
            some = items.ids[start : start + ITEMS_MAX]
            which = f"VALUES ?c {{ {' '.join(f'wd:{qid}' for qid in some)} }}"
            rows = _bindings(file, url, which, f"items from {start}")
            said = {str(member(INFO, member(INFO, row, "c", dict), "value", str)) for row in rows}
            missing = {f"{_ENTITY}{qid}" for qid in some} - said
            if missing:
                msg = f"wikidata: {len(missing)} of {len(some)} items have no row"
                raise FetchError(msg, next_step="try again; nothing partial was kept.")
            fetch_context.progress.advance(len(some))
        return file.keep(url, f"a row for each of {len(items.ids):,} items")

    def rows(self, body: bytes, _items: Wanted, read_on: str, resolver: Resolver, /) -> Rows:
        """
        Return the rows that the kept answers propose for organisations of the registry.

        Raises
        ------
        SourceError
            If a result is of another shape.
        """
        by_item: defaultdict[str, list[_Binding]] = defaultdict(list)
        for answer in answers(body):
            results = object_of(object_of(answer.content, ORIGIN).get("results"), "results")
            for binding in list_of(results.get("bindings"), "bindings"):
                values = _values(object_of(binding, "binding"))
                by_item[_qid(values["c"])].append(values)
        by_id: dict[str, Proposed] = {}
        left: list[LeftOut] = []
        for qid, bindings in sorted(by_item.items()):
            entity = _entity(qid, bindings, read_on, resolver)
            if isinstance(entity, LeftOut):
                left.append(entity)
                continue
            for row in rows_of_entity(entity, resolver):
                by_id.setdefault(row.proposal_id, row)
        return list(by_id.values()), left
