"""Agencies of lists as proposed rows: a deployment each, with what was counted and who supplies."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace

from pydantic import ValidationError

from mapper.proposals.agency_list import ORIGIN, Agency, Portal, Survey
from mapper.proposals.agency_named import (
    PORTALS_OF,
    Named,
    companies_in,
    known_names,
    named,
)
from mapper.proposals.agency_places import city_of
from mapper.proposals.compared import Judged, judge_all
from mapper.proposals.proposed import Found, LeftOut, Proposed, State
from mapper.proposals.publisher_codes import shortened, slug
from mapper.proposals.resolving import Resolver
from mapper.registry.codes import By, Qualifier, Technology
from mapper.registry.registry import TABLES, Registry, columns

REPOSITORY = "https://github.com/mcclatchy-southeast/private_eyes"
"""Where the two tables are kept, under the MIT licence."""

_PUBLISHER = "The News and Observer"
_ITEM = "automated license plate readers"
_NAME_MAX = 90
# How far the centre of a place may stand from the cameras meant, in metres. No source gives it;
# wide on purpose, so that a looked-up point is never taken for a measured one.
_PRECISION_M = {"city": "10000", "county": "50000"}


def rows_of_agencies(found: Iterable[Agency], resolver: Resolver) -> list[Proposed]:
    """
    Return the rows that agencies propose.

    Parameters
    ----------
    found
        Of one list or of both; the publisher's number says which rows are one agency's.

    Returns
    -------
    list of Proposed
        Each row once, by the agency's number, whatever the order of the lists.
    """
    by_ref: defaultdict[str, list[Agency]] = defaultdict(list)
    for agency in found:
        by_ref[agency.ref].append(agency)
    names = known_names(resolver.registry)
    rows: dict[str, Proposed] = {}
    taken: set[str] = set()
    for ref in sorted(by_ref, key=int):
        agency = _one_of(by_ref[ref])
        if agency.name_slug in taken:
            agency = replace(agency, name_slug=f"{agency.name_slug}-{ref}")
        taken.add(agency.name_slug)
        for row in _rows(named(agency, resolver, names), resolver.registry):
            rows.setdefault(row.proposal_id, row)
    return list(rows.values())


def judged_agencies(
    rows: Iterable[Proposed], registry: Registry
) -> tuple[list[Judged], list[LeftOut]]:
    """Judge the rows: deployments and counts by their ids here, the others as everywhere."""
    own: list[Judged] = []
    left: list[LeftOut] = []
    others: list[Proposed] = []
    known = set(registry.deployment) | {count.count_id for count in registry.counts}
    for row in rows:
        if row.table not in {"deployments", "counts"}:
            others.append(row)
            continue
        try:
            TABLES[row.table].model_validate(dict.fromkeys(columns(row.table), "") | {**row.cells})
        except ValidationError as error:
            column = error.errors(include_url=False, include_input=False)[0]["loc"][0]
            left.append(LeftOut(row.ref, f"{row.table}.{column} is not what the table allows"))
            continue
        row_id = row.cells[TABLES[row.table].KEY[0]]
        own.append(Judged(row, State.KNOWN if row_id in known else State.NEW))
    judged, refused = judge_all(others, registry)
    return [*own, *judged], [*left, *refused]


def _one_of(rows: list[Agency]) -> Agency:
    """Join what both lists say: the survey tells name and place, the dated portal its number."""
    surveys = [row for row in rows if row.survey]
    first = max(surveys or rows, key=repr)
    dated = [row.portal for row in rows if row.portal and row.portal.accessed_on]
    if not dated:
        return first
    return replace(first, portal=max(dated, key=lambda one: (one.accessed_on, repr(one))))


def _rows(one: Named, registry: Registry) -> Iterator[Proposed]:
    agency, operator = one.agency, one.operator
    if operator.is_new:
        cells = {
            "org_id": operator.org_id,
            "name": agency.name,
            "kind": agency.kind,
            "country_code": "US",
        }
        note = "new: compare the like names before it is entered" if operator.near else "new"
        yield one.row("organisations", cells, {"org_id": operator}, note=note)
    yield _deployment(one)
    for supplier in {found.org_id: found for found in one.suppliers.values()}.values():
        yield _relation(one, supplier)
    if agency.survey:
        yield from _of_survey(one, agency.survey, registry)
    if agency.portal:
        yield from _of_portal(one, agency.portal, registry)


def _deployment(one: Named) -> Proposed:
    agency = one.agency
    # An office of the whole state has no one place, wherever it sits.
    is_placed = agency.reach != "state" and agency.city
    city = city_of(agency.city, agency.state) if is_placed else None
    if city:
        located = f"the point is the centre of {city.name}, not a camera's"
    elif is_placed:
        located = f"no point: GeoNames has no single {agency.city!r} in {agency.state}"
    else:
        located = "no point: no city is told, or the agency works in the whole state"
    lost = [f"no organisation of the registry is called {name!r}" for name in one.unresolved]
    others = [f"the registry has plate readers there: {', '.join(one.others)}"] * bool(one.others)
    cells = {
        "deployment_id": one.deployment_id,
        "name": f"{shortened(agency.name, 200)} plate readers",
        "operator_org": one.operator.org_id,
        "country_code": "US",
        "place": agency.place,
        "lon_deg": f"{city.lon_deg:.5f}" if city else "",
        "lat_deg": f"{city.lat_deg:.5f}" if city else "",
        "location_precision_m": _PRECISION_M[agency.reach] if city else "",
        "technologies": Technology.ALPR,
    }
    note = "; ".join((located, *lost, *others))
    return one.row("deployments", cells, {"operator_org": one.operator}, note=note)


def _relation_id(one: Named, supplier: Found) -> str:
    return f"{supplier.org_id}-{one.deployment_id}"


def _relation(one: Named, supplier: Found) -> Proposed:
    cells = {
        "relation_id": _relation_id(one, supplier),
        "supplier_org": supplier.org_id,
        "recipient_org": one.operator.org_id,
        "deployment_id": one.deployment_id,
        "product_as_written": _ITEM,
        "layer": "camera",
        "role": "manufacturer",
    }
    found = {"supplier_org": supplier, "recipient_org": one.operator}
    return one.row("relations", cells, found, note="the part of the company is for the reviewer")


def _of_survey(one: Named, survey: Survey, registry: Registry) -> Iterator[Proposed]:
    # The same row whichever agency tells it, so that it stands in the sheet once.
    source = Proposed(
        ORIGIN,
        "0",
        "sources",
        {
            "source_id": "nc-agency-survey",
            "title": "North Carolina agency survey of plate-reader vendors",
            "publisher": _PUBLISHER,
            "kind": "press",
            "url": REPOSITORY,
            "language": "en",
            "license_id": "MIT",
            "grade": "B",
            "excerpt_only": "false",
        },
        url=REPOSITORY,
    )
    yield source
    if survey.document_url:
        yield _document(one, survey.document_url)
    source_id, days = _source_id(registry, source), survey.taken_on.text
    note = f"the table has a free note on row {one.agency.ref}; read it there first"
    if survey.number:
        cells = {"value": survey.number, "qualifier": Qualifier.INSTALLED, "as_of": days}
        yield _count(one, "survey", {**cells, "source_id": source_id}, REPOSITORY, note)
    told = f", with {survey.number} cameras installed" if survey.number else ""
    written = {
        one.suppliers[name]: name for name in companies_in(survey.company) if name in one.suppliers
    }
    for supplier, company in written.items() or ((None, ""),):
        by = f" of {company}" if company else ""
        cells = {
            "by": By.THIRD_PARTY,
            "as_of": days,
            "statement": f"{_PUBLISHER} lists {shortened(one.agency.name, _NAME_MAX)} "
            f"among agencies with plate readers{by}{told}.",
            "source_id": source_id,
        }
        yield _claim(one, supplier, "survey", cells, url=REPOSITORY, note=note)


def _of_portal(one: Named, portal: Portal, registry: Registry) -> Iterator[Proposed]:
    name = shortened(one.agency.name, _NAME_MAX)
    is_dated, days = bool(portal.accessed_on), portal.updated_on.text
    source = one.row(
        "sources",
        {
            "source_id": _url_id("portal", portal.url),
            "title": f"[Transparency portal of {name}]",
            "publisher": name,
            "kind": "authority",
            "published_on": days if is_dated else "",
            "url": portal.url,
            "archive_url": REPOSITORY,
            "language": "en",
            "retrieved_on": portal.accessed_on,
            # An agency's word that was read in somebody else's copy alone.
            "grade": "C",
            "excerpt_only": "true",
        },
        note=f"read in the table of {_PUBLISHER} (MIT); open the portal, and grade it anew",
        url=portal.url,
    )
    yield source
    source_id = _source_id(registry, source)
    if portal.number:
        cells = {"value": portal.number, "qualifier": Qualifier.STATED, "as_of": days}
        note = "cameras the agency owns, which is not installed"
        label = f"portal-{days}" if is_dated else "portal-survey"
        yield _count(one, label, {**cells, "source_id": source_id}, portal.url, note)
    told = f"names {portal.number} cameras" if portal.number else "names no number of cameras"
    cells = {
        "by": By.RECIPIENT,
        "speaker_org": one.operator.org_id,
        "as_of": days,
        "statement": f"The transparency portal of {name} {told}.",
        "source_id": source_id,
    }
    supplier = one.suppliers.get(PORTALS_OF)
    yield _claim(one, supplier, "portal", cells, url=portal.url)


def _document(one: Named, url: str) -> Proposed:
    cells = {
        "source_id": _url_id("document", url),
        "title": f"[Document on plate readers of {shortened(one.agency.name, _NAME_MAX)}]",
        "publisher": shortened(one.agency.name, _NAME_MAX),
        "kind": "procurement" if "contract" in url.casefold() else "authority",
        "url": url,
        "language": "en",
        "grade": "A",
        "excerpt_only": "true",
    }
    note = "not read: the survey links it as a contract or a letter; nothing rests on it yet"
    return one.row("sources", cells, note=note, url=url)


def _count(one: Named, label: str, cells: dict[str, str], url: str, note: str) -> Proposed:
    whole = {
        "count_id": f"{one.deployment_id}-cameras-{label}",
        "deployment_id": one.deployment_id,
        "what": "alpr_cameras",
        "bound": "exact",
        "value_as_written": cells["value"],
        **cells,
    }
    return one.row("counts", whole, note=note, url=url)


def _claim(
    one: Named,
    supplier: Found | None,
    label: str,
    cells: dict[str, str],
    *,
    url: str,
    note: str = "",
) -> Proposed:
    """Return a claim on the supply, or on the deployment where no supplier is known."""
    subject = _relation_id(one, supplier) if supplier else one.deployment_id
    whole = {
        "claim_id": f"{subject}-{label}",
        "subject_kind": "relation" if supplier else "deployment",
        "subject_id": subject,
        "says": "supports",
        "about": "supply",
        **cells,
    }
    found = {"speaker_org": one.operator} if "speaker_org" in cells else {}
    return one.row("claims", whole, found, note=note, url=url)


def _source_id(registry: Registry, source: Proposed) -> str:
    """Return the id of the source that has the address, or the proposed one."""
    same = [row.source_id for row in registry.sources if row.url == source.url]
    return same[0] if same else source.cells["source_id"]


def _url_id(label: str, url: str) -> str:
    return f"alpr-{label}-{slug(url.rstrip('/').rpartition('/')[2])}"
