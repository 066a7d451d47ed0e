"""
What Wikidata says of some organisations: one query after the other, at most 50 items each.

Notes
-----
Source: the query service's documentation: 60 s of query time a minute, one query at a time, a
User-Agent with a contact, ``Retry-After`` kept (who ignores it is shut out for a day). A query that
runs out of time ends in the middle of the JSON. Every item asked for has at least one row, which
proves the set whole. Owners who are persons are not asked for.
"""

from dataclasses import dataclass
from urllib.parse import urlencode

from mapper.errors import FetchError, UsageError
from mapper.fetch.archive import Collected
from mapper.fetch.http import Request
from mapper.fetch.json_pages import FetchContext
from mapper.fetch.response_body import Ending
from mapper.proposals.interface import AnswerFile, Interface, member, wrong_shape

INTERFACE = Interface(
    source_id="wikidata",
    title="Wikidata",
    landing_page="https://www.wikidata.org/wiki/Wikidata:SPARQL_query_service",
    license_id="CC0-1.0",
    pause_s=2.0,
)
URL = "https://query.wikidata.org/sparql"
ITEMS_MAX = 50
_ENTITY = "http://www.wikidata.org/entity/"
_TIME = "wikibase:timeValue ?{0} ; wikibase:timePrecision ?{0}Precision"
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


@dataclass(frozen=True, slots=True)
class Items:
    """Items by id, or those with an English name or alias; one of the two."""

    qids: tuple[str, ...] = ()
    name: str = ""

    @property
    def key(self) -> str:
        """The same for the same question."""
        return f"name {self.name}" if self.name else f"items {' '.join(self.qids)}"


def collect(fetch_context: FetchContext, items: Items, *, url: str = URL) -> Collected:
    """
    Collect what is said of some items.

    Raises
    ------
    UsageError
        If the name could break out of its quotation marks.
    SourceError
        If an answer is cut, of another shape, or lacks an item.
    """
    file = AnswerFile(fetch_context, INTERFACE, items.key)
    fetch_context.progress.stage(INTERFACE.title, len(items.qids) or 1)
    if items.name:
        rows = _bindings(file, url, _by_name(items.name), "name")
        return file.keep(url, f"whole result of {len(rows):,} rows")
    for start in range(0, len(items.qids), ITEMS_MAX):
        some = items.qids[start : start + ITEMS_MAX]
        which = f"VALUES ?c {{ {' '.join(f'wd:{qid}' for qid in some)} }}"
        rows = _bindings(file, url, which, f"items from {start}")
        said = {
            str(member(INTERFACE, member(INTERFACE, row, "c", dict), "value", str)) for row in rows
        }
        missing = {f"{_ENTITY}{qid}" for qid in some} - said
        if missing:
            msg = f"wikidata: {len(missing)} of {len(some)} items have no row"
            raise FetchError(msg, next_step="try again; nothing partial was kept.")
        fetch_context.progress.advance(len(some))
    return file.keep(url, f"a row for each of {len(items.qids):,} items")


def query_text(which: str) -> str:
    """Return the query for the items that a clause selects."""
    times = {name: _TIME.format(name) for name in ("founded", "ended", "from", "to")}
    return _QUERY % {"which": which, **times}


def _by_name(name: str) -> str:
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
    head = member(INTERFACE, page, "head", dict)
    if "c" not in member(INTERFACE, head, "vars", list):
        raise wrong_shape(INTERFACE, "a result without the items asked for")
    found: list[object] = member(
        INTERFACE, member(INTERFACE, page, "results", dict), "bindings", list
    )
    return found
