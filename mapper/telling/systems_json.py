"""Systems, supplies and statements that answer a question, as JSON and as rows of a table."""

from collections.abc import Iterable
from typing import Any, Final

from mapper.answers.country_profile import CountryProfile
from mapper.answers.documented_systems import DocumentedSupply, DocumentedSystem
from mapper.answers.own_words import OwnWords
from mapper.answers.place_profile import PlaceProfile
from mapper.answers.supply_search import SearchResult
from mapper.answers.time_window import Window
from mapper.clean.gazetteer import FoundPlace
from mapper.registry.registry import Registry
from mapper.registry.tables import Deployment
from mapper.telling import words
from mapper.telling.as_json import edge_json, row_json, sources_json
from mapper.telling.reason_words import reason_words
from mapper.telling.statements import Presenter

_VERSION: Final = 1

SYSTEM_COLUMNS: Final = (
    *("country_code", "place", "deployment_id", "deployment", "operator_id", "operator"),
    *("technologies", "valid_from", "valid_to", "in_time"),
    *("relation_id", "supplier_id", "supplier", "recipient_id", "recipient", "inside_of"),
    *("layer", "role", "product", "supplied_from", "supplied_to", "status", "supply_in_time"),
    "source_ids",
)
"""A line for each supply, and one for a system without any."""

STATEMENT_COLUMNS: Final = (
    *("claim_id", "as_of", "speaker_id", "speaker", "speaker_role", "said_as", "says", "about"),
    *("subject_kind", "subject_id", "subject", "statement", "source_id", "url"),
)


def search_json(registry: Registry, result: SearchResult) -> dict[str, Any]:
    """
    Turn a search into plain values.

    Returns
    -------
    dict
        ``format``, ``version``, ``query``, ``systems``, ``outside``, ``steps`` (what was asked
        and how many systems were left), ``listing`` (supplier -> answer) and ``sources``.
    """
    query = result.query
    return {
        "format": "whose-cameras-find",
        "version": _VERSION,
        "query": {
            "text": query.text or None,
            "country": query.area.code if query.area is not None else None,
            "between": _window(query.window),
            "supplier_id": query.supplier_org,
            "technologies": sorted(query.technologies),
            "layers": sorted(query.layers),
            "roles": sorted(query.roles),
            "home": query.home.code if query.home is not None else None,
            "listed": query.listed,
        },
        "systems": [_system(system) for system in result.systems],
        "outside": result.outside,
        "steps": [{"asked": str(part), "systems_left": left} for part, left in result.steps],
        "listing": {
            org_id: {
                "answer": str(status.answer),
                "reason": reason_words(registry, status.reason),
                "entries": [row_json(entry) for entry in status.entries],
            }
            for org_id, status in result.listing.items()
        },
        "sources": _sources(registry, result.systems),
    }


def country_json(registry: Registry, profile: CountryProfile) -> dict[str, Any]:
    """Turn a country's profile into plain values, each part under the name of its attribute."""
    return {
        "format": "whose-cameras-country",
        "version": _VERSION,
        "country_code": profile.country_code,
        "name": words.country(profile.country_code),
        "between": _window(profile.window),
        "systems": [_system(system) for system in profile.systems],
        "outside": profile.outside,
        "makers": [{"org_id": row.org_id, "systems": count} for row, count in profile.makers],
        "lists": [row_json(row) for row in profile.lists],
        "shipments": [row_json(row) for row in profile.shipments],
        "sources": _sources(
            registry, profile.systems, (row.source_id for row in profile.shipments)
        ),
    }


def place_json(registry: Registry, profile: PlaceProfile) -> dict[str, Any]:
    """Turn a place's profile into plain values, each part under the name of its attribute."""
    return {
        "format": "whose-cameras-place",
        "version": _VERSION,
        "name": profile.name,
        "country_code": profile.country_code,
        "between": _window(profile.window),
        "point": _point(profile.point) if profile.point is not None else None,
        "others": [_point(point) for point in profile.others],
        "elsewhere": [_point(point) for point in profile.elsewhere],
        "systems": [_system(system) for system in profile.systems],
        "nationwide": [_system(system) for system in profile.nationwide],
        "outside": profile.outside,
        "sources": _sources(registry, (*profile.systems, *profile.nationwide)),
    }


def own_words_json(registry: Registry, told: OwnWords) -> dict[str, Any]:
    """Turn what an organisation said into plain values: its row, the claims, their sources."""
    return {
        "format": "whose-cameras-said",
        "version": _VERSION,
        "organisation": row_json(registry.organisation[told.org_id]),
        "says": told.says,
        "between": _window(told.window),
        "claims": [row_json(claim) for claim in told.claims],
        "undated": told.undated,
        "others": told.others,
        "sources": sources_json(registry, (claim.source_id for claim in told.claims)),
    }


def system_rows(systems: Iterable[DocumentedSystem]) -> list[list[str]]:
    """Return a line for each supply, the columns first; see `SYSTEM_COLUMNS`."""
    lines = [list(SYSTEM_COLUMNS)]
    for system in systems:
        head = _head(system)
        sources = dict.fromkeys(count.source_id for count in system.counts)
        lines += [[*head, *_of_supply(supply)] for supply in system.supplies] or [
            [*head, *[""] * 13, " ".join(sources)]
        ]
    return lines


def statement_rows(registry: Registry, told: OwnWords) -> list[list[str]]:
    """Return a line for each claim, the columns first; see `STATEMENT_COLUMNS`."""
    presenter = Presenter(registry)
    lines = [list(STATEMENT_COLUMNS)]
    for claim in told.claims:
        subject = presenter.subject(claim, told.org_id)
        cells = (
            *(claim.claim_id, claim.as_of, told.org_id, registry.name(told.org_id)),
            *(claim.speaker_role, claim.by, claim.says, claim.about),
            *(claim.subject_kind, claim.subject_id, subject.name if subject else ""),
            *(claim.statement, claim.source_id, registry.source[claim.source_id].url),
        )
        lines.append([_cell(cell) for cell in cells])
    return lines


def _system(system: DocumentedSystem) -> dict[str, Any]:
    return {
        "deployment": row_json(system.deployment) if system.deployment is not None else None,
        "operator_name": system.operator_name,
        "recipient_org": system.recipient_org,
        "in_time": str(system.in_time),
        "counts": [row_json(count) for count in system.counts],
        "supplies": [
            {
                **edge_json(supply.edge),
                "inside_of": supply.inside_of,
                "in_time": str(supply.in_time),
            }
            for supply in system.supplies
        ],
        "named": [edge_json(edge) for edge in system.named],
    }


def _head(system: DocumentedSystem) -> list[str]:
    row = system.deployment
    place: tuple[object, ...] = ("", "", "", "")
    what: tuple[object, ...] = ("", "", "")
    if isinstance(row, Deployment):
        place = (row.country_code, row.place, row.deployment_id, row.name)
        what = (";".join(row.technologies), row.valid_from, row.valid_to)
    cells = (*place, system.recipient_org, system.operator_name, *what, system.in_time)
    return [_cell(cell) for cell in cells]


def _of_supply(supply: DocumentedSupply) -> list[str]:
    edge, row = supply.edge, supply.edge.relation
    cells = (
        *(row.relation_id, row.supplier_org, edge.supplier_name),
        *(row.recipient_org, edge.recipient_name, supply.inside_of),
        *(row.layer, row.role, edge.product_name, row.valid_from, row.valid_to),
        *(edge.status.word, supply.in_time, " ".join(edge.source_ids)),
    )
    return [_cell(cell) for cell in cells]


def _cell(value: object) -> str:
    return "" if value is None else str(value)


def _window(window: Window | None) -> dict[str, str] | None:
    if window is None:
        return None
    return {"first": window.first.isoformat(), "last": window.last.isoformat()}


def _point(point: FoundPlace) -> dict[str, Any]:
    return {
        "name": point.name,
        "country_code": point.country_code,
        "lon_deg": point.lon_deg,
        "lat_deg": point.lat_deg,
        "precision_m": point.precision_m,
        "population": point.population,
    }


def _sources(
    registry: Registry, systems: Iterable[DocumentedSystem], more: Iterable[str] = ()
) -> dict[str, Any]:
    ids = [source_id for system in systems for source_id in system.source_ids]
    return sources_json(registry, (*ids, *more))
