"""What the registry holds of a country: systems there, makers at home there, lists kept there."""

from dataclasses import dataclass

from mapper.answers.documented_systems import DocumentedSystem, standing_deployments, system_of
from mapper.answers.time_window import Window
from mapper.registry.codes import Answer, SubjectKind
from mapper.registry.registry import Registry
from mapper.registry.tables import LegalList, Organisation, Shipment


@dataclass(frozen=True, slots=True)
class CountryProfile:
    """
    One country.

    Attributes
    ----------
    systems
        That stand there and do not certainly lie outside of the time asked for, by name; of
        their supplies too only those.
    outside
        How many systems certainly lie outside of it.
    makers
        Organisations with their seat there that supply some system anywhere, and how many.
    lists
        Legal lists that the country keeps.
    shipments
        Reported to have reached it, by id.
    """

    country_code: str
    window: Window | None
    systems: tuple[DocumentedSystem, ...]
    outside: int
    makers: tuple[tuple[Organisation, int], ...]
    lists: tuple[LegalList, ...]
    shipments: tuple[Shipment, ...]


def country_profile(
    registry: Registry, country_code: str, window: Window | None = None
) -> CountryProfile:
    """
    Gather what the registry holds of a country.

    Parameters
    ----------
    country_code
        ISO 3166-1 alpha-2.
    window
        The stretch asked for; None asks for everything known.
    """
    rows = [row for row in standing_deployments(registry) if row.country_code == country_code]
    systems = [in_time_only(system_of(registry, row, window)) for row in rows]
    kept = [system for system in systems if system.in_time is not Answer.NO]
    return CountryProfile(
        country_code=country_code,
        window=window,
        systems=tuple(kept),
        outside=len(systems) - len(kept),
        makers=_makers(registry, country_code),
        # Lists that the country keeps, which says nothing of who stands on them.
        lists=tuple(row for row in registry.legal_lists if row.country_code == country_code),
        shipments=tuple(
            row
            for row in registry.shipments
            if row.to_country == country_code
            and registry.retraction(SubjectKind.SHIPMENT, row.shipment_id) is None
        ),
    )


def in_time_only(system: DocumentedSystem) -> DocumentedSystem:
    """Leave out the supplies of a system that certainly lie outside of the time asked for."""
    kept = tuple(supply for supply in system.supplies if supply.in_time is not Answer.NO)
    return system.with_supplies(kept)


def _makers(registry: Registry, country_code: str) -> tuple[tuple[Organisation, int], ...]:
    at_home = {
        row.org_id: row for row in registry.organisations if row.country_code == country_code
    }
    systems: dict[str, set[str]] = {org_id: set() for org_id in at_home}
    for row in registry.relations:
        # Systems are counted, not supplies: a maker with three contracts at one system supplies
        # one.
        is_standing = registry.retraction(SubjectKind.RELATION, row.relation_id) is None
        if row.supplier_org in at_home and row.deployment_id is not None and is_standing:
            systems[row.supplier_org].add(row.deployment_id)
    counted = [(at_home[org_id], len(ids)) for org_id, ids in systems.items() if ids]
    return tuple(sorted(counted, key=lambda row: (-row[1], row[0].name.casefold())))
