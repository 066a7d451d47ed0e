"""What stands on the page of a deployment beside its rows."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from typing import Any

from mapper.answers.chain_steps import Step
from mapper.answers.deployment_profile import DeploymentProfile
from mapper.answers.product_parts import chips_at
from mapper.answers.supply_chain import chain
from mapper.registry.codes import SubjectKind
from mapper.registry.tables import Contract, Deployment
from mapper.telling import words
from mapper.telling.figures import figures_of
from mapper.telling.language import gettext, ngettext
from mapper.telling.row_words import contract_words, place_of
from mapper.telling.statements import Presenter
from mapper.telling.told_chain import ToldChain, told_chain
from mapper.telling.told_parts import tell_chips
from mapper.telling.told_rulings import tell_rulings
from mapper.website.map.deployment_file import NO_SUPPLY
from mapper.website.pages.addresses import map_at
from mapper.website.pages.chain_picture import narrow_picture, wide_picture
from mapper.website.pages.locator_map import Land, Spot
from mapper.website.pages.mapped_nearby import counts_beside

_ZOOM = 11


def deployment_page(
    presenter: Presenter,
    profile: DeploymentProfile,
    *,
    land: Land,
) -> dict[str, Any]:
    """
    Gather what the page of a deployment shows.

    What is mapped there it leaves to the release, see `blanks`.

    Returns
    -------
    dict
        What ``deployment.html`` takes: ``row``, ``headline``, ``figures``, ``counts`` (of cameras
        and other equipment), ``cases`` (court cases and detentions), ``beside_map``, ``told`` (the
        chain), ``contracts`` (in words, with sources), ``chips``, ``rulings``, ``wide`` and
        ``narrow`` (its pictures), ``locator``, ``on_map`` (the address of the map at its point;
        empty where it has none), ``retraction`` (where the whole row was an error of this project)
        and ``retracted`` (relation id and reason of those that were).
    """
    row, registry = profile.deployment, presenter.registry
    answer = chain(registry, row.deployment_id)
    told = told_chain(presenter, answer)
    counts = presenter.counts(count for count in profile.counts if count.what not in words.CASES)
    cases = presenter.counts(count for count in profile.counts if count.what in words.CASES)
    spot = spot_of(row, "")
    chosen = f"deployment={row.deployment_id}"
    return {
        "row": row,
        "headline": headline_of(profile, told),
        "figures": figures_of(profile.counts),
        "counts": counts,
        "cases": cases,
        "beside_map": counts_beside(row, counts),
        "told": told,
        "contracts": [
            (contract_words(one), (one.source_id, one.outcome_source_id))
            for one in registry.rows(Contract, "deployment_id", row.deployment_id)
        ],
        "chips": tell_chips(presenter, chips_at(registry, row.deployment_id)),
        "rulings": tell_rulings(presenter, profile.rulings),
        "wide": wide_picture(told.root),
        "narrow": narrow_picture(told.root),
        "locator": land.locator([spot]) if spot else None,
        "on_map": map_at(spot.lon_deg, spot.lat_deg, _ZOOM, chosen) if spot else "",
        "retraction": registry.retraction(SubjectKind.DEPLOYMENT, row.deployment_id),
        "retracted": answer.retracted,
    }


def by_country(
    rows: Iterable[Deployment], profile_of: Callable[[str], DeploymentProfile]
) -> dict[str, list[DeploymentProfile]]:
    """Return country code -> its deployments by name."""
    countries: defaultdict[str, list[DeploymentProfile]] = defaultdict(list)
    for row in sorted(rows, key=lambda row: (row.name.casefold(), row.deployment_id)):
        countries[row.country_code].append(profile_of(row.deployment_id))
    return countries


def supplier_ids(profile: DeploymentProfile) -> list[str]:
    """Return who supplies a deployment, each once, in the order told; a lender supplies nothing."""
    return list(
        dict.fromkeys(
            edge.relation.supplier_org
            for edge in profile.suppliers
            if edge.relation.role not in NO_SUPPLY and edge.is_supply
        )
    )


def spot_of(row: Deployment, address: str) -> Spot | None:
    """Return where a deployment is marked; None for a country-wide system."""
    if row.lon_deg is None or row.lat_deg is None:
        return None
    precision_m = float(row.location_precision_m or 0)
    return Spot(row.lon_deg, row.lat_deg, precision_m, row.name, address)


def headline_of(profile: DeploymentProfile, told: ToldChain) -> str:
    """Say what a system is and who is named behind it, in a sentence or two."""
    row = profile.deployment
    makers = {edge.relation.supplier_org for edge in profile.suppliers}
    components = {
        node.name.row_id
        for node in told.root.walk()
        if node.supply is not None and node.supply.is_component
    } - makers
    technologies = words.technologies(row.technologies)
    what, place = f"{technologies[0].upper()}{technologies[1:]}", place_of(row)
    if profile.operator_name:
        run = gettext(
            "{what} in {place}, run by {operator}.",
            what=what,
            place=place,
            operator=profile.operator_name,
        )
    else:
        run = gettext("{what} in {place}, operator unknown.", what=what, place=place)
    return " ".join([run, *_suppliers_told(len(makers), len(components)), *_to_others(told)])


def _suppliers_told(makers: int, components: int) -> list[str]:
    """Say how many suppliers sources name, and how many makers inside their products."""
    if not makers:
        return [gettext("No source read names a supplier.")]
    number = words.format_number(makers)
    if not components:
        return [
            ngettext("Sources name {n} supplier.", "Sources name {n} suppliers.", makers, n=number)
        ]
    inside = ngettext(
        "{n} maker of components in their products",
        "{n} makers of components in their products",
        components,
        n=words.format_number(components),
    )
    return [
        ngettext(
            "Sources name {n} supplier and {inside}.",
            "Sources name {n} suppliers and {inside}.",
            makers,
            n=number,
            inside=inside,
        )
    ]


def _to_others(told: ToldChain) -> list[str]:
    """Name the recipients that are not said to run the system."""
    others = [node.name.name for node in told.root.children if node.step is Step.RECIPIENT]
    if not others:
        return []
    return [
        ngettext(
            "They also name a recipient not said to run it: {names}.",
            "They also name recipients not said to run it: {names}.",
            len(others),
            names=words.join(others),
        )
    ]
