"""
Records of legal entity identifiers, and of each its direct parent or the reason for none.

Notes
-----
Source: the API's documentation: ``meta.pagination.total`` counts; about 60 questions a minute; a
record links either ``direct-parent`` or a reporting exception. Addresses come with a record and
stay in the archive; nothing of them but the country is read.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urlencode

from mapper.errors import FetchError
from mapper.fetch.archive import Collected
from mapper.fetch.json_pages import FetchContext
from mapper.proposals.interface import AnswerFile, Interface, json_get, member

INTERFACE = Interface(
    source_id="gleif",
    title="GLEIF",
    landing_page="https://www.gleif.org/en/lei-data/gleif-api",
    license_id="CC0-1.0",
)
URL = "https://api.gleif.org/api/v1/lei-records"
_PAGE = 100
RECORDS_MAX = 200
"""A name with more records than this is not a name of one organisation."""


@dataclass(frozen=True, slots=True)
class Entities:
    """Entities by identifier, or by legal name; one of the two."""

    leis: tuple[str, ...] = ()
    name: str = ""

    @property
    def key(self) -> str:
        """The same for the same question."""
        return f"name {self.name}" if self.name else f"leis {' '.join(self.leis)}"


def collect(fetch_context: FetchContext, entities: Entities, *, url: str = URL) -> Collected:
    """
    Collect the records, and for each its direct parent or reporting exception.

    Raises
    ------
    SourceError
        If the records are not as many as GLEIF counts, or of another shape.
    """
    file = AnswerFile(fetch_context, INTERFACE, entities.key)
    records: dict[str, dict[str, Any]] = {}
    for which in _filters(entities):
        records |= _records(file, fetch_context, which, url)
    for lei, record in sorted(records.items()):
        path = _parent_path(record)
        if path:
            file.ask(f"{path} of {lei}", json_get(f"{url}/{quote(lei, safe='')}/{path}"))
    return file.keep(url, f"count of {len(records):,} records")


def _filters(entities: Entities) -> Iterator[dict[str, str]]:
    if entities.name:
        yield {"filter[entity.legalName]": entities.name}
        return
    for start in range(0, len(entities.leis), _PAGE):
        yield {"filter[lei]": ",".join(entities.leis[start : start + _PAGE])}


def _records(
    file: AnswerFile, fetch_context: FetchContext, which: dict[str, str], url: str
) -> dict[str, dict[str, Any]]:
    records: dict[str, dict[str, Any]] = {}
    total: int | None = None
    number = 0
    while total is None or len(records) < total:
        number += 1
        paging = {"page[size]": str(_PAGE), "page[number]": str(number)}
        page = file.ask(
            f"records {file.count + 1}", json_get(f"{url}?{urlencode({**which, **paging})}")
        )
        pagination = member(INTERFACE, member(INTERFACE, page, "meta", dict), "pagination", dict)
        counted: int = member(INTERFACE, pagination, "total", int)
        if total is None:
            fetch_context.progress.stage(INTERFACE.title, counted)
        if counted > RECORDS_MAX or (total is not None and counted != total):
            msg = f"gleif: {counted:,} records, at most {RECORDS_MAX} and the same on each page"
            raise FetchError(msg, next_step="ask for a longer name.")
        total = counted
        fresh = {
            str(member(INTERFACE, one, "id", str)): one
            for one in member(INTERFACE, page, "data", list)
        }
        if total and (not fresh or records.keys() & fresh.keys()):
            msg = f"gleif: {len(records):,} records came, GLEIF counts {total:,}"
            raise FetchError(msg, next_step="try again; nothing partial was kept.")
        records |= fresh
        fetch_context.progress.advance(len(fresh))
    return records


def _parent_path(record: dict[str, Any]) -> str:
    """Return what a record says of its direct parent; empty where it says nothing."""
    relationships = record.get("relationships") or {}
    parent = relationships.get("direct-parent") or {}
    links = parent.get("links") or {}
    if "lei-record" in links:
        return "direct-parent"
    return "direct-parent-reporting-exception" if "reporting-exception" in links else ""
