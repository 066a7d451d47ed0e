"""A statement of an organisation stands under the deployments it speaks of, and no other."""

from dataclasses import replace
from pathlib import Path

import pytest

from mapper.answers.documented_systems import system_of
from mapper.answers.product_parts import parts_of
from mapper.answers.statement_scope import speaks_of
from mapper.answers.supply_chain import chain, nodes
from mapper.registry.checked import load
from mapper.registry.codes import Says, ScopeKind, SubjectKind
from mapper.registry.registry import Registry
from mapper.registry.tables import ClaimScope
from mapper.telling.as_text import chain_text

DATA = Path(__file__).parents[2] / "data" / "registry"


def _scope(**cells: str) -> ClaimScope:
    empty = {"country_code": "", "org_id": "", "product_id": ""}
    return ClaimScope.model_validate({"claim_id": "acme-halt", **empty, **cells})


def _told(registry: Registry, deployment_id: str) -> tuple[set[str], set[str]]:
    """Return the ids of what stands under a deployment, and of what stands apart as general."""
    tree = nodes(chain(registry, deployment_id).root)
    here = {claim.claim_id for node in tree for claim in node.statements}
    here |= {claim.claim_id for node in tree if node.edge for claim in node.edge.claims}
    return here, {claim.claim_id for node in tree for claim in node.general}


@pytest.mark.parametrize(
    ("scopes", "is_here", "is_general"),
    [
        ([_scope(kind="country", country_code="RU")], True, False),
        ([_scope(kind="country", country_code="IR")], False, False),
        ([_scope(kind="buyer", org_id="riverton-it")], True, False),
        ([_scope(kind="buyer", org_id="borealis")], True, False),
        ([_scope(kind="buyer", org_id="riverton-metro")], False, False),
        ([_scope(kind="product", product_id="facet-find")], True, False),
        ([_scope(kind="product", product_id="acme-t4")], False, False),
        ([_scope(kind="general")], False, True),
        ([_scope(kind="other")], False, False),
        ([], False, False),
        (
            [_scope(kind="country", country_code="IR"), _scope(kind="country", country_code="RU")],
            True,
            False,
        ),
    ],
)
def test_a_statement_of_itself_stands_where_it_speaks_of(
    good: Registry, scopes: list[ClaimScope], *, is_here: bool, is_general: bool
) -> None:
    tied = [row for row in good.claim_scopes if row.claim_id == "acme-facet-1"]
    here, general = _told(replace(good, claim_scopes=(*tied, *scopes)), "riverton-city-video")
    assert ("acme-halt" in here, "acme-halt" in general) == (is_here, is_general)


@pytest.mark.parametrize(("country", "is_here"), [("RU", True), ("IR", False)])
def test_a_statement_on_a_component_stands_only_in_the_country_it_speaks_of(
    good: Registry, country: str, *, is_here: bool
) -> None:
    (first, *_) = good.claims_on(SubjectKind.RELATION, "acme-facet")
    scope = _scope(kind="country", country_code=country)
    scope = scope.model_copy(update={"claim_id": first.claim_id})
    scoped = replace(good, claim_scopes=(scope,))
    assert first.claim_id in _told(good, "riverton-city-video")[0]
    assert (first.claim_id in _told(scoped, "riverton-city-video")[0]) is is_here


def test_the_terminal_says_where_the_general_statements_are(good: Registry) -> None:
    tied = [row for row in good.claim_scopes if row.claim_id == "acme-facet-1"]
    general = replace(good, claim_scopes=(*tied, _scope(kind="general")))
    text = chain_text(general, chain(general, "riverton-city-video"))
    assert "What it says in general: mapper vendor acme-silicon" in text
    assert "stopped all shipments" not in text


@pytest.fixture(scope="module")
def registry() -> Registry:
    return load(DATA)


def test_no_statement_stands_under_a_country_that_it_does_not_speak_of(registry: Registry) -> None:
    countries: dict[str, set[str | None]] = {}
    for row in registry.claim_scopes:
        if row.kind is ScopeKind.COUNTRY:
            countries.setdefault(row.claim_id, set()).add(row.country_code)
    shown = 0
    for deployment in registry.deployments:
        here, general = _told(registry, deployment.deployment_id)
        for claim_id in here & set(countries):
            assert deployment.country_code in countries[claim_id], (deployment, claim_id)
            shown += 1
        assert not general & set(countries)
    assert shown > 0


def test_what_intel_and_nvidia_say_of_russia_stands_nowhere_else(registry: Registry) -> None:
    about_russia = {
        claim.claim_id
        for claim in registry.claims
        if claim.speaker_org in {"intel", "nvidia"} and "Russia" in (claim.statement or "")
    }
    assert len(about_russia) >= 8
    seen = {
        deployment.country_code
        for deployment in registry.deployments
        if about_russia & set().union(*_told(registry, deployment.deployment_id))
    }
    assert seen == {"RU"}
    for country in ("IR", "IN", "AR"):
        places = [row for row in registry.deployments if row.country_code == country]
        assert places
        for place in places:
            text = chain_text(registry, chain(registry, place.deployment_id))
            assert "shipments to Russia" not in text, place.deployment_id
            assert "selling into Russia" not in text, place.deployment_id


def test_chips_are_drawn_in_the_system_that_the_texts_speak_of_and_in_no_other_of_russia(
    registry: Registry,
) -> None:
    drawn, beside = set(), set()
    for place in registry.deployments:
        if place.country_code == "RU":
            for node in nodes(chain(registry, place.deployment_id).root):
                edges = (node.edge,) if node.edge is not None else ()
                here = {edge.relation.supplier_org for edge in edges}
                apart = {edge.relation.supplier_org for edge in node.untied}
                drawn |= {(place.deployment_id, org) for org in here & {"intel", "nvidia"}}
                beside |= {(place.deployment_id, org) for org in apart & {"intel", "nvidia"}}
    assert drawn == {("moscow-city-video", "intel"), ("moscow-city-video", "nvidia")}
    assert ("nizhny-novgorod-frt", "intel") in beside
    text = chain_text(registry, chain(registry, "moscow-city-video"))
    assert "that such chips run the city's system is not said" in text


def test_every_statement_of_an_organisation_on_itself_says_of_what_it_speaks(
    registry: Registry,
) -> None:
    unread = [
        claim.claim_id
        for claim in registry.claims
        if claim.subject_kind is SubjectKind.ORGANISATION
        and claim.speaker_org == claim.subject_id
        and not registry.scopes_of(claim.claim_id)
    ]
    assert unread == []


def _scoped(registry: Registry, **cells: str) -> Registry:
    """Let everything that supports the component of Facet speak of one country or product."""
    scope = _scope(claim_id="acme-facet-1", **cells)
    rest = tuple(row for row in registry.claim_scopes if row.claim_id != "acme-facet-1")
    return replace(registry, claim_scopes=(*rest, scope))


def test_a_part_found_in_one_product_stands_where_that_product_is_named(good: Registry) -> None:
    registry = _scoped(good, kind="product", product_id="facet-find")
    tree = nodes(chain(registry, "riverton-city-video").root)
    assert "acme-silicon" in {node.org_id for node in tree}
    assert all(node.untied == () for node in tree)


@pytest.mark.parametrize(
    "cells",
    [
        {"kind": "product", "product_id": "hall-h2"},
        {"kind": "country", "country_code": "IR"},
        {"kind": "general"},
        None,
    ],
)
def test_a_component_that_nothing_ties_to_a_system_stands_beside_its_maker_alone(
    good: Registry, cells: dict[str, str] | None
) -> None:
    unscoped = tuple(row for row in good.claim_scopes if row.claim_id != "acme-facet-1")
    registry = _scoped(good, **cells) if cells else replace(good, claim_scopes=unscoped)
    answer = chain(registry, "riverton-city-video")
    assert "acme-silicon" not in {node.org_id for node in nodes(answer.root)}
    (facet,) = (node for node in nodes(answer.root) if node.org_id == "facet")
    assert [edge.relation.relation_id for edge in facet.untied] == ["acme-facet"]
    # Whose chips its engine runs on in this system is not known by that.
    assert [(child.step, child.is_gap) for child in facet.children] == [("compute", True)]
    assert "acme-2022" in answer.source_ids
    text = chain_text(registry, answer)
    assert "In products of Facet Labs, not said of this system: Acme Silicon (Acme T4)." in text
    assert "compute: Acme" not in text


def test_a_component_that_nothing_ties_to_a_system_counts_nowhere(good: Registry) -> None:
    deployment = good.deployment["riverton-city-video"]
    untied = _scoped(good, kind="general")
    behind = {one.edge.supplier_name for one in system_of(good, deployment).supplies}
    without = {one.edge.supplier_name for one in system_of(untied, deployment).supplies}
    assert behind - without == {"Acme Silicon"}


def test_a_maker_with_two_supplies_tells_of_its_components_once(good: Registry) -> None:
    second = good.relation["facet-riverton"].model_copy(update={"relation_id": "facet-two"})
    claim = good.claims_on(SubjectKind.RELATION, "facet-riverton")[0]
    again = claim.model_copy(update={"claim_id": "facet-two-1", "subject_id": "facet-two"})
    untied = _scoped(good, kind="general")
    both = replace(untied, relations=(*untied.relations, second), claims=(*untied.claims, again))
    tree = nodes(chain(both, "riverton-city-video").root)
    assert [len(node.untied) for node in tree if node.org_id == "facet"] == [1, 0]


def test_no_chip_stands_in_a_system_that_no_source_ties_it_to(registry: Registry) -> None:
    beside = 0
    for row in registry.deployments:
        for node in nodes(chain(registry, row.deployment_id).root):
            beside += len(node.untied)
            edge = node.edge
            if edge is None or edge.relation.deployment_id is not None:
                continue
            supports = [claim for claim in edge.claims if claim.says is Says.SUPPORTS]
            assert any(speaks_of(registry, claim, row) for claim in supports), row.deployment_id
    assert beside > 100


def test_the_parts_of_a_plate_reader_are_parts_of_its_model(registry: Registry) -> None:
    found = {(row.part_product_id, row.part) for row in parts_of(registry, "flock-safety-falcon")}
    assert ("lantronix-open-q-624a", "compute_module") in found
    assert ("sierra-wireless-rc7611", "modem") in found
    makers = {"lantronix", "liteon", "sierra-wireless"}
    assert not makers & {row.supplier_org for row in registry.relations}
