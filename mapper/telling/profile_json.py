"""Profiles and legal answers as JSON: versioned, complete, sources written out once."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from mapper.answers.deployment_profile import DeploymentProfile, stands_beside_mapped
from mapper.answers.legal_status import EntryStatus, ListStatus
from mapper.answers.listed_kin import KinEntry
from mapper.answers.organisation_profile import VendorProfile
from mapper.clean.partial_date import PartialDate
from mapper.registry.list_entries import Sight
from mapper.registry.registry import Registry
from mapper.telling.as_json import edge_json, row_json
from mapper.telling.legal_words import legal_wording

VERSION = 1


def status_json(
    registry: Registry, org_id: str, statuses: Iterable[ListStatus], on: PartialDate
) -> dict[str, Any]:
    """
    Turn legal answers into plain values.

    Returns
    -------
    dict
        ``format``, ``version``, ``on``, ``organisation``, ``lists`` (each with ``list``,
        ``answer``, ``reason``, ``last_known_yes``, ``entry``, ``entries``, ``by_entry``,
        ``readings``, ``kin``, ``last_read``, ``last_check``, ``claims``, ``source_ids``) and
        ``sources``. ``by_entry`` has each entry's own answer, days and events, ``readings``
        what each text of the list showed, ``kin`` the entries of owners and owned.
    """
    answers = list(statuses)
    return {
        "format": "whose-cameras-status",
        "version": VERSION,
        "on": str(on),
        "organisation": row_json(registry.organisation[org_id]),
        "lists": [
            {
                "list": row_json(answer.legal_list),
                "answer": str(answer.answer),
                "reason": answer.reason,
                "last_known_yes": _iso(answer.last_known_yes),
                "entry": None if answer.entry is None else row_json(answer.entry),
                "entries": [row_json(entry) for entry in answer.entries],
                "by_entry": [_entry(entry) for entry in answer.by_entry],
                "readings": [_sight(sight) for sight in answer.sights],
                "kin": [_kin(one) for one in answer.kin],
                "last_read": None if answer.last_read is None else str(answer.last_read),
                "last_check": None if answer.last_check is None else str(answer.last_check),
                "claims": [row_json(claim) for claim in answer.claims],
                "source_ids": list(answer.source_ids),
            }
            for answer in answers
        ],
        "sources": _sources(registry, (sid for answer in answers for sid in answer.source_ids)),
    }


def _entry(one: EntryStatus) -> dict[str, Any]:
    return {
        "designation_id": one.entry.designation_id,
        "answer": str(one.answer),
        "reason": one.reason,
        "last_known_yes": _iso(one.last_known_yes),
        "last_shown": None if one.last_shown is None else str(one.last_shown),
        "events": [row_json(event) for event in one.events],
    }


def _kin(one: KinEntry) -> dict[str, Any]:
    return {
        "org_id": one.kin.org_id,
        "is_owner": one.kin.is_owner,
        "designation_id": one.entry.designation_id,
        "answer": str(one.answer),
    }


def _sight(sight: Sight) -> dict[str, Any]:
    return {
        "reading_id": sight.reading.reading_id,
        "result": str(sight.result),
        "from": sight.first.isoformat(),
        "to": sight.last.isoformat(),
        "owner_org": sight.owner_org,
        "compared": None if sight.compared is None else str(sight.compared),
    }


def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def vendor_json(registry: Registry, profile: VendorProfile) -> dict[str, Any]:
    """Turn a vendor profile into plain values, each part under the name of its attribute."""
    return {
        "format": "whose-cameras-vendor",
        "version": VERSION,
        "organisation": row_json(profile.organisation),
        "names": [row_json(row) for row in profile.names],
        "links": [row_json(row) for row in profile.links],
        "products": [row_json(row) for row in profile.products],
        "footprints": [row_json(row) for row in profile.footprints],
        "supplies": [edge_json(edge) for edge in profile.supplies],
        "components": [edge_json(edge) for edge in profile.components],
        "received": [edge_json(edge) for edge in profile.received],
        "retracted": [edge.relation.relation_id for edge in profile.retracted],
        "listings": [
            {**row_json(row), "wording": legal_wording(registry, row)} for row in profile.listings
        ],
        "list_readings": [
            {"list": list_id, **_sight(sight)}
            for list_id, sights in profile.sights
            for sight in sights
        ],
        "shipments": [row_json(row) for row in profile.shipments],
        "own_statements": [row_json(row) for row in profile.own_statements],
        "claims_about": [row_json(row) for row in profile.claims_about],
        "sources": _sources(registry, profile.source_ids),
    }


def deployment_json(registry: Registry, profile: DeploymentProfile) -> dict[str, Any]:
    """Turn a deployment profile into plain values; counts say if they stand beside mapped ones."""
    return {
        "format": "whose-cameras-deployment",
        "version": VERSION,
        "deployment": row_json(profile.deployment),
        "operator_name": profile.operator_name,
        "counts": [
            {**row_json(row), "stands_beside_mapped": stands_beside_mapped(row)}
            for row in profile.counts
        ],
        "suppliers": [edge_json(edge) for edge in profile.suppliers],
        "claims": [row_json(row) for row in profile.claims],
        "sources": _sources(registry, profile.source_ids),
    }


def _sources(registry: Registry, source_ids: Iterable[str]) -> dict[str, Any]:
    return {
        source_id: row_json(registry.source[source_id]) for source_id in sorted(set(source_ids))
    }
