"""
Records of GLEIF: an identifier, a legal name, a direct parent or the reason for none.

A reporting exception is told as one and is never "no parent". Sole proprietors are persons and
are passed over; of an address the country alone is read.

Notes
-----
Source: the API's documentation: ``meta.pagination.total`` counts; about 60 questions a minute; a
record links either ``direct-parent`` or a reporting exception. Addresses come with a record and
stay in the archive; nothing of them but the country is read.
"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from typing import Any
from urllib.parse import quote, urlencode

from mapper.errors import FetchError, SourceChangedError
from mapper.fetch.archive import Collected
from mapper.fetch.json_pages import FetchContext
from mapper.proposals.answer_file import AnswerFile, json_get, member
from mapper.proposals.award import Notice
from mapper.proposals.entity import Entity, Owner, Wanted, rows_of_entity, wanted
from mapper.proposals.interface import InterfaceInfo, Rows
from mapper.proposals.json_reading import Answer, answers, day_in, list_of, object_of, text_of
from mapper.proposals.proposed import LeftOut, Party, Proposed
from mapper.proposals.publisher_codes import country_code, shortened
from mapper.proposals.request import ProposeRequest
from mapper.proposals.resolving import Resolver

ORIGIN = "gleif"
INFO = InterfaceInfo(
    source_id=ORIGIN,
    title="GLEIF",
    landing_page="https://www.gleif.org/en/lei-data/gleif-api",
    url="https://api.gleif.org/api/v1/lei-records",
    license_id="CC0-1.0",
)
# So many identifiers of 20 characters still fit into an address.
_PAGE = 100
RECORDS_MAX = 200
"""A name with more records than this is not a name of one organisation."""


def _filters(entities: Wanted) -> Iterator[dict[str, str]]:
    if entities.name:
        # What else the filter takes for this name is sorted out when the rows are read.
        yield {"filter[entity.legalName]": entities.name}
        return
    for start in range(0, len(entities.ids), _PAGE):
        yield {"filter[lei]": ",".join(entities.ids[start : start + _PAGE])}


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
        pagination = member(INFO, member(INFO, page, "meta", dict), "pagination", dict)
        counted: int = member(INFO, pagination, "total", int)
        if total is None:
            fetch_context.progress.stage(INFO.title, counted)
        if counted > RECORDS_MAX or (total is not None and counted != total):
            msg = f"gleif: {counted:,} records, at most {RECORDS_MAX} and the same on each page"
            raise FetchError(msg, next_step="ask for a longer name.")
        total = counted
        fresh = {
            str(member(INFO, record, "id", str)): record
            for record in member(INFO, page, "data", list)
        }
        # Pages are cut from a living register: a record that comes twice means that another one was
        # passed.
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
    # Whether there is a parent is told by which link there is; the record itself does not say so.
    if "lei-record" in links:
        return "direct-parent"
    return "direct-parent-reporting-exception" if "reporting-exception" in links else ""


_PERSON = "SOLE_PROPRIETOR"
_REASON = re.compile(r"[A-Z]+(?:_[A-Z]+)*", re.ASCII)


def _published(answer: Answer) -> str:
    meta = object_of(object_of(answer.content, ORIGIN).get("meta") or {}, "meta")
    golden = object_of(meta.get("goldenCopy") or {}, "goldenCopy")
    return text_of(golden, "publishDate", is_required=False)


def _entity(
    record: dict[str, Any],
    about: dict[str, Any],
    read: tuple[str, str],
    resolver: Resolver,
) -> Iterator[Entity | LeftOut]:
    lei, name, country, category = _said(record)
    if category == _PERSON:
        # The identifier leads to the person, so it is not told either.
        yield LeftOut("not told", "the record is of a sole proprietor")
        return
    # The identifier is unique; a name may be that of another company, so the country has to agree
    # below.
    organisation = _known(lei, name, resolver)
    if organisation is None:
        yield LeftOut(lei, "no organisation of the registry has the identifier or the name")
        return
    org_id, how = organisation
    held = resolver.registry.organisation[org_id].country_code
    if how != "identifier" and held and country and held != country:
        yield LeftOut(lei, f"a record with a name of {org_id}, in another country")
        return
    cells = {"lei": lei, "country_code": country}
    entity = Entity(
        org_id=org_id,
        how=how,
        notice=Notice(
            origin=ORIGIN,
            ref=lei,
            title=f"GLEIF record {lei}",
            publisher="Global Legal Entity Identifier Foundation",
            url=f"{INFO.url}/{lei}",
            license_id="CC0-1.0",
            retrieved_on=read[1],
            published_on=day_in(read[0]),
            kind="registry",
            # The company's own report, held against national registers.
            grade="A-",
        ),
        cells={column: value for column, value in cells.items() if value},
        legal_name=name,
    )
    yield _with_parent(entity, lei, about)


def _with_parent(entity: Entity, lei: str, about: dict[str, Any]) -> Entity:
    parent = about.get(f"direct-parent of {lei}")
    if parent is not None:
        ref, name, country, category = _said(
            object_of(object_of(parent, "parent").get("data"), "data")
        )
        if category == _PERSON:
            return entity
        owner = Owner(
            party=Party(name, country, is_surely_organisation=True),
            kind="parent",
            cells={"lei": ref},
            note="the direct parent that consolidates its accounts, as reported to GLEIF",
        )
        return replace(entity, owners=(owner,))
    exception = about.get(f"direct-parent-reporting-exception of {lei}")
    if exception is None:
        return entity
    attributes = object_of(object_of(exception, "exception").get("data"), "data").get("attributes")
    reason = text_of(attributes, "reason")
    if _REASON.fullmatch(reason) is None:
        msg = f"gleif: a reason spelt otherwise in the exception of {lei}"
        raise SourceChangedError(msg)
    told = (
        f"GLEIF's record of {shortened(entity.legal_name, 120)} gives, in place of a direct "
        f"parent, the reporting exception \u201c{reason}\u201d."
    )
    return replace(entity, limits=told)


def _said(record: dict[str, Any]) -> tuple[str, str, str, str]:
    """Return identifier, legal name, country and category; nothing else of a record is read."""
    attributes = object_of(record.get("attributes"), "attributes")
    entity = object_of(attributes.get("entity"), "entity")
    address = object_of(entity.get("legalAddress") or {}, "legalAddress")
    return (
        text_of(attributes, "lei"),
        text_of(entity.get("legalName"), "name"),
        country_code(address.get("country")),
        text_of(entity, "category", is_required=False),
    )


def _known(lei: str, name: str, resolver: Resolver) -> tuple[str, str] | None:
    for row in resolver.registry.organisations:
        if row.lei == lei:
            return row.org_id, "identifier"
    return resolver.known(name)


class Gleif:
    """Records of the organisations that have an identifier, or of one by its legal name."""

    info = INFO

    def question(self, request: ProposeRequest, resolver: Resolver, /) -> Wanted:
        """Return the identifiers of the registry, or the name asked for."""
        return wanted(resolver, "lei", request.query)

    def collect(self, fetch_context: FetchContext, entities: Wanted, url: str, /) -> Collected:
        """
        Collect the records, and for each its direct parent or reporting exception.

        Raises
        ------
        SourceError
            If the records are not as many as GLEIF counts, or of another shape.
        """
        file = AnswerFile(fetch_context, INFO, entities.key)
        records: dict[str, dict[str, Any]] = {}
        for which in _filters(entities):
            records |= _records(file, fetch_context, which, url)
        for lei, record in sorted(records.items()):
            path = _parent_path(record)
            if path:
                file.ask(f"{path} of {lei}", json_get(f"{url}/{quote(lei, safe='')}/{path}"))
        return file.keep(url, f"count of {len(records):,} records")

    def rows(self, body: bytes, _entities: Wanted, read_on: str, resolver: Resolver, /) -> Rows:
        """
        Return the rows that the kept answers propose for organisations of the registry.

        Raises
        ------
        SourceError
            If a record is of another shape.
        """
        every = list(answers(body))
        about = {answer.asked: answer.content for answer in every}
        published = next((day for answer in every if (day := _published(answer))), "")
        told = [
            item
            for answer in every
            if answer.asked.startswith("records ")
            for record in list_of(object_of(answer.content, ORIGIN).get("data"), "data")
            for item in _entity(object_of(record, "record"), about, (published, read_on), resolver)
        ]
        left = [item for item in told if isinstance(item, LeftOut)]
        entities = [item for item in told if isinstance(item, Entity)]
        times = Counter(item.org_id for item in entities)
        proposed: dict[str, Proposed] = {}
        for entity in sorted(entities, key=lambda item: item.notice.ref):
            # A group has many records under one name, and which of them is meant cannot be known
            # here.
            if times[entity.org_id] > 1:
                reason = (
                    f"{times[entity.org_id]} records have a name of {entity.org_id}; compare them"
                )
                left.append(LeftOut(entity.notice.ref, reason))
                continue
            for row in rows_of_entity(entity, resolver):
                proposed.setdefault(row.proposal_id, row)
        return list(proposed.values()), left
