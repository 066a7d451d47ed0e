"""An agency of a list with what its rows are called by: ids, the operator, who supplies."""

from collections.abc import Mapping
from dataclasses import dataclass

from mapper.proposals.agency_list import ORIGIN, Agency
from mapper.proposals.eff_atlas import vendors_in
from mapper.proposals.proposed import NEW, Found, Proposed
from mapper.proposals.resolving import Resolver
from mapper.registry.codes import Technology
from mapper.registry.names import names_by_organisation, normalised
from mapper.registry.registry import Registry

PORTALS_OF = "Flock Safety"
"""The company on whose site the portals lie."""

_NO_COMPANY = frozenset({"", "Unknown", "NA"})


@dataclass(frozen=True, slots=True)
class Named:
    """
    An agency, resolved.

    Attributes
    ----------
    suppliers
        Company as written -> the organisation it is, of those that the registry has.
    unresolved
        Companies as written that no organisation of the registry is called.
    others
        Operators of plate readers that the registry has at the same place.
    """

    agency: Agency
    operator: Found
    suppliers: Mapping[str, Found]
    unresolved: tuple[str, ...]
    others: tuple[str, ...]

    @property
    def deployment_id(self) -> str:
        """The same for the same agency, whichever list it stands in."""
        return f"{self.agency.name_slug}-alpr"

    def row(
        self,
        table: str,
        cells: Mapping[str, str],
        found: Mapping[str, Found] | None = None,
        *,
        note: str = "",
        url: str = "",
    ) -> Proposed:
        """Return a row of this agency; an empty cell is left away."""
        filled = {column: str(value) for column, value in cells.items() if value}
        return Proposed(ORIGIN, self.agency.ref, table, filled, found or {}, note, url)


def companies_in(written: str) -> tuple[str, ...]:
    """Return the companies of a cell; none for ``Unknown``."""
    for sign in (";", "/", " and ", " & "):
        written = written.replace(sign, ",")
    return tuple(name for name in vendors_in(written) if name not in _NO_COMPANY)


def known_names(registry: Registry) -> dict[str, str]:
    """Return folded name -> organisation, for names that must be whole and exact."""
    return {
        normalised(name): org_id
        for org_id, names in names_by_organisation(registry).items()
        for name in names
    }


def named(agency: Agency, resolver: Resolver, names: Mapping[str, str]) -> Named:
    """
    Resolve an agency.

    The operator is an organisation of the registry only by its whole name or by the id that this
    list gave it before; a police department of the same city is shown to the reviewer, who
    decides.
    """
    registry = resolver.registry
    others = {
        deployment.operator_org
        for deployment in registry.deployments
        if deployment.operator_org
        and deployment.place == agency.place
        and Technology.ALPR in deployment.technologies
    }
    by_name = names.get(normalised(agency.name))
    if by_name:
        operator = Found(by_name, "exact")
    elif agency.name_slug in registry.organisation:
        operator = Found(agency.name_slug, "identifier")
    else:
        there = tuple(f"{registry.name(other)} ({other})" for other in sorted(others))
        near = dict.fromkeys((*there, *resolver.near(agency.name)))
        operator = Found(agency.name_slug, NEW, tuple(near))
    written = companies_in(agency.survey.company) if agency.survey else ()
    asked = dict.fromkeys((*written, PORTALS_OF) if agency.portal else written)
    resolved = {name: resolver.known(name) for name in asked}
    return Named(
        agency=agency,
        operator=operator,
        suppliers={name: Found(*known) for name, known in resolved.items() if known},
        unresolved=tuple(name for name, known in resolved.items() if known is None),
        others=tuple(sorted(others - {operator.org_id})),
    )
