"""Which organisations, deployments and countries have a page, and what it is called."""

import re
from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from urllib.parse import quote

from mapper.registry.codes import SubjectKind
from mapper.registry.per_registry import per_registry
from mapper.registry.references import columns_that_name
from mapper.registry.registry import Registry
from mapper.resolve.chosen_rows import CameraColumns
from mapper.telling.statements import Ref
from mapper.website.map import frame_columns

_RESERVED = frozenset(
    {"index", "con", "prn", "aux", "nul"}
    | {f"{port}{number}" for port in ("com", "lpt") for number in range(1, 10)}
)
"""Names that are taken here, or that a widespread file system keeps for itself."""

_COUNTRY = re.compile(r"[A-Z]{2}", re.ASCII)
"""What a page can be named by; a code of another shape is shown and has no page."""


@dataclass(frozen=True, slots=True)
class PageIndex:
    """
    What has a page.

    Attributes
    ----------
    org_ids
        ``vendors/<page_name>.html``: every maker of a camera of the release, and every
        organisation that a relation, a listing, a check of a list, a shipment, a tie, a claim or
        a deployment names.
    deployment_ids
        ``deployments/<page_name>.html``: every deployment, retracted ones included.
    country_codes
        ``places/<code in small letters>.html``: every country with a camera, a deployment
        or a count of the world.
    """

    org_ids: frozenset[str]
    deployment_ids: frozenset[str]
    country_codes: frozenset[str]

    def address(self, ref: Ref) -> str:
        """Return the address of the page of what a name names, below the site's folder."""
        find = {"organisation": self.org, "deployment": self.deployment, "country": self.place}
        return find[ref.kind](ref.row_id) if ref.kind else ""

    def org(self, org_id: str | None) -> str:
        """Return the address of an organisation's page; empty for none."""
        return page_of_organisation(org_id) if org_id in self.org_ids and org_id else ""

    def deployment(self, deployment_id: str | None) -> str:
        """Return the address of a deployment's page; empty for none."""
        if not deployment_id or deployment_id not in self.deployment_ids:
            return ""
        return f"deployments/{page_name(deployment_id)}.html"

    def place(self, country_code: str | None) -> str:
        """Return the address of a country's page; empty for none."""
        if not country_code or country_code not in self.country_codes:
            return ""
        return f"places/{country_code.lower()}.html"


def page_of_organisation(org_id: str) -> str:
    """Return the address of an organisation's page, whether it has one or not."""
    return f"vendors/{page_name(org_id)}.html"


def page_name(row_id: str) -> str:
    """Return the file name of a row's page, without its suffix; ids are slugs."""
    return f"{row_id}_" if row_id in _RESERVED else row_id


def map_at(lon_deg: float, lat_deg: float, zoom: int, chosen: str) -> str:
    """
    Return the address of the map at a position with something chosen (site/js/address.js).

    Parameters
    ----------
    chosen
        ``deployment=<id>`` or ``camera=<id>``.
    """
    return f"index.html#{zoom}/{lat_deg:.5f}/{lon_deg:.5f}&{quote(chosen, safe='=:/')}"


def map_of_country(code: str, views: Mapping[str, tuple[float, float, int]]) -> str:
    """
    Return the address of the map with a country's cameras and systems; empty for one without view.

    Parameters
    ----------
    views
        As ``label_file.country_views`` gives them.
    """
    if code not in views:
        return ""
    lon_deg, lat_deg, zoom = views[code]
    return f"index.html#{zoom}/{lat_deg:.3f}/{lon_deg:.3f}&country={quote(code)}"


def map_of_maker(org_id: str) -> str:
    """Return the address of the map with the cameras of one maker."""
    return f"index.html#2/20/0&vendor={quote(org_id)}"


def pages_of(registry: Registry, cameras: CameraColumns, mapped: Iterable[str] = ()) -> PageIndex:
    """
    Say what has a page.

    Parameters
    ----------
    cameras
        Columns ``model.columns.CAMERA``.
    mapped
        Countries in which the counts of the world have a camera.
    """
    lists = frame_columns.coded_lists(cameras, "vendor_ids").distinct
    makers = {org_id for ids in lists for org_id in ids}
    makers.update(frame_columns.coded_texts(cameras, "vendor_id").distinct)
    countries = set(frame_columns.coded_texts(cameras, "country_code").distinct)
    return _pages(registry, makers, countries | set(mapped))


def pages_of_registry(registry: Registry) -> PageIndex:
    """Say what has a page whatever cameras there are."""
    return _pages(registry, set(), set())


def _pages(registry: Registry, makers: AbstractSet[str], mapped: AbstractSet[str]) -> PageIndex:
    named = _named(registry)
    countries = mapped | {row.country_code for row in registry.deployments}
    return PageIndex(
        org_ids=frozenset(
            row.org_id
            for row in registry.organisations
            if row.org_id in makers or row.org_id in named
        ),
        deployment_ids=frozenset(row.deployment_id for row in registry.deployments),
        country_codes=frozenset(code for code in countries if _COUNTRY.fullmatch(code)),
    )


_NO_PAGE_FOR_THESE = frozenset(
    {"organisation_names", "products", "footprints", "claims", "replies", "list_searches"}
)
"""Tables that name a company without giving its page anything to show."""


@per_registry
def _named(registry: Registry) -> set[str | None]:
    named: set[str | None] = {
        getattr(row, column)
        for table, column in columns_that_name("organisations", but=_NO_PAGE_FOR_THESE)
        for row in getattr(registry, table)
    }
    for claim in registry.claims:
        if claim.subject_kind is SubjectKind.ORGANISATION:
            named.add(claim.subject_id)
        if claim.subject_kind is SubjectKind.PRODUCT:
            named.add(registry.product[claim.subject_id].org_id)
    return named
