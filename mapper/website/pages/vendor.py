"""What stands on the page of an organisation beside its rows, and in the list of all of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from mapper.answers.organisation_profile import VendorProfile
from mapper.answers.supply import Edge, retraction_reason
from mapper.registry.codes import NameKind
from mapper.registry.registry import Registry
from mapper.registry.tables import Deployment, OrganisationName
from mapper.telling import words
from mapper.telling.language import gettext, ngettext
from mapper.telling.repeats import own_statements
from mapper.telling.statements import Presenter
from mapper.telling.told_parts import tell_parts
from mapper.telling.told_rulings import tell_rulings
from mapper.website.pages.addresses import PageIndex
from mapper.website.pages.deployment import spot_of
from mapper.website.pages.listings import kin_listings, unlisted_of
from mapper.website.pages.locator_map import Land
from mapper.website.pages.timeline import events_of, strip_of


@dataclass(frozen=True, slots=True)
class VendorRow:
    """
    A line in the list of organisations.

    Attributes
    ----------
    deployments
        At how many it is named as a supplier.
    """

    profile: VendorProfile
    deployments: int

    @property
    def name(self) -> str:
        """The organisation's name."""
        return self.profile.organisation.name

    @property
    def is_maker(self) -> bool:
        """
        Whether it supplies, makes or is a part; else it runs, buys or is tied to others.

        Who does not is a maker all the same where mapped cameras carry the name.
        """
        row = self.profile
        return bool(row.supplies or row.components or row.products)


def vendor_row(profile: VendorProfile) -> VendorRow:
    """Return the line of an organisation."""
    return VendorRow(profile, len(_places(profile.supplies)))


def vendor_page(
    presenter: Presenter,
    profile: VendorProfile,
    *,
    index: PageIndex,
    land: Land,
) -> dict[str, Any]:
    """
    Gather what the page of an organisation shows.

    Mapped cameras that carry its name it leaves to the release, see `blanks`.

    Returns
    -------
    dict
        What ``vendor.html`` takes: ``profile``, ``headline``, ``events``, ``strip``, ``names``,
        ``misspellings``, ``locator``, ``runs`` (deployments), ``unlisted`` (list and what its
        texts show),
        ``kin_listings`` (list, tie and name), ``parts`` and ``inside`` (parts by
        model), ``rulings``, ``own`` (its statements) and ``retracted`` (relation id and
        reason).
    """
    registry = presenter.registry
    row = profile.organisation
    events = events_of(presenter, profile)
    spots = [
        spot
        for place in _places(profile.supplies)
        if (spot := spot_of(registry.deployment[place], index.deployment(place)))
    ]
    return {
        "profile": profile,
        "headline": _headline(profile, registry),
        "events": events,
        "strip": strip_of(events),
        "names": [name for name in profile.names if _is_shown(name)],
        "misspellings": sorted(
            {name.name for name in profile.names if name.kind is NameKind.MISSPELLING}
        ),
        "locator": land.locator(spots),
        "runs": _runs(registry, row.org_id),
        "unlisted": unlisted_of(registry, profile),
        "kin_listings": kin_listings(presenter, row.org_id),
        "parts": tell_parts(presenter, profile.parts),
        "inside": tell_parts(presenter, profile.inside),
        "rulings": tell_rulings(presenter, profile.rulings),
        "own": own_statements(presenter, profile),
        "retracted": [
            (edge.relation.relation_id, retraction_reason(registry, edge) or "")
            for edge in profile.retracted
        ],
    }


def cameras_told(cameras: int) -> str:
    """Say how many cameras carry the name of an organisation."""
    return ngettext(
        "{n} mapped camera of this release carries its name.",
        "{n} mapped cameras of this release carry its name.",
        cameras,
        n=words.format_number(cameras),
    )


def _places(edges: Sequence[Edge]) -> list[str]:
    """Return the deployments of some supplies, each once, by id."""
    return sorted({edge.relation.deployment_id for edge in edges if edge.relation.deployment_id})


def _runs(registry: Registry, org_id: str) -> list[str]:
    return [row.deployment_id for row in registry.rows(Deployment, "operator_org", org_id)]


def _is_shown(name: OrganisationName) -> bool:
    """Whether a name is one: neither a misspelling nor the id of an item of Wikidata."""
    is_item = name.kind is NameKind.ALIAS and name.name[:1] == "Q" and name.name[1:].isdigit()
    return name.kind is not NameKind.MISSPELLING and not is_item


def _headline(profile: VendorProfile, registry: Registry) -> str:
    row = profile.organisation
    kind = gettext(words.ORGANISATION_KINDS[row.kind])
    seat = words.country(row.country_code) if row.country_code else gettext("country not known")
    begun = kind[0].upper() + kind[1:]
    parts = [gettext("{kind}, {seat}.", kind=begun, seat=seat)]
    places = _places(profile.supplies)
    if places:
        countries = {registry.deployment[place].country_code for place in places}
        parts.append(_at_and_in(len(places), len(countries)))
    parts += _counts_told(profile, len(_runs(registry, row.org_id)))
    return " ".join(parts)


def _counts_told(profile: VendorProfile, runs: int) -> list[str]:
    """Say each number in a sentence of its own: no language has to fit two nouns to one."""
    makers = len({edge.relation.recipient_org for edge in profile.components})
    entries = len(profile.listings)
    told = (
        (
            makers,
            ngettext(
                "Sources name its products as components in those of {n} other maker.",
                "Sources name its products as components in those of {n} other makers.",
                makers,
                n=words.format_number(makers),
            ),
        ),
        (
            runs,
            ngettext(
                "It runs {n} deployment listed here.",
                "It runs {n} deployments listed here.",
                runs,
                n=words.format_number(runs),
            ),
        ),
        (
            entries,
            ngettext(
                "{n} entry in legal or official lists names it, each with its own effect.",
                "{n} entries in legal or official lists name it, each with its own effect.",
                entries,
                n=words.format_number(entries),
            ),
        ),
    )
    return [sentence for count, sentence in told if count]


def _at_and_in(places: int, countries: int) -> str:
    where = ngettext(
        "in {n} country", "in {n} countries", countries, n=words.format_number(countries)
    )
    return ngettext(
        "Sources name it at {n} deployment {in_countries}.",
        "Sources name it at {n} deployments {in_countries}.",
        places,
        n=words.format_number(places),
        in_countries=where,
    )
