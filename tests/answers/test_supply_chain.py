"""The supply chain of a deployment: who stands under whom, on a day, with which gaps."""

import json
from dataclasses import replace
from typing import Any

import pytest

from mapper.answers.supply_chain import Chain, ChainNode, chain, nodes
from mapper.clean.partial_date import parse
from mapper.errors import UsageError
from mapper.registry.checked import load
from mapper.registry.registry import Registry
from mapper.registry.tables import Relation
from mapper.settings import Settings
from mapper.telling.as_json import chain_json

City = "riverton-city-video"


def _outline(node: ChainNode) -> dict[str, Any]:
    return {f"{child.step}: {child.name}": _outline(child) for child in node.children}


def _node(found: Chain, name: str) -> ChainNode:
    (only,) = [node for node in nodes(found.root) if node.name == name]
    return only


def _with(registry: Registry, relation_id: str, **changes: object) -> Registry:
    changed = tuple(
        row.model_copy(update=changes) if row.relation_id == relation_id else row
        for row in registry.relations
    )
    return replace(registry, relations=changed)


def _tied(registry: Registry, claim_id: str) -> Registry:
    """Let a claim on a component speak of the country that the first one speaks of."""
    (scope,) = registry.scopes_of("acme-facet-1")
    one = scope.model_copy(update={"claim_id": claim_id})
    return replace(registry, claim_scopes=(*registry.claim_scopes, one))


def test_the_tree_is_the_one_drawn_by_hand(good: Registry) -> None:
    assert _outline(chain(good, City).root) == {
        "operator: Riverton Department of Information": {
            "integrator: Borealis Integration": {
                "engine: Facet Labs": {"compute: Acme Silicon": {}},
            },
            "cameras: Hall Cameras": {},
            "engine: Lumen Vision": {"compute: unknown": {}},
        }
    }


def test_a_chip_maker_stands_under_the_engine_and_never_under_the_operator(good: Registry) -> None:
    found = chain(good, City)
    (operator,) = found.root.children
    assert "Acme Silicon" not in {child.name for child in operator.children}
    edge = _node(found, "Acme Silicon").edge
    assert edge is not None
    assert (edge.relation.role, edge.recipient_name) == ("component", "Facet Labs")


def test_every_supply_stands_in_the_tree_once(good: Registry) -> None:
    ids = [node.edge.relation.relation_id for node in nodes(chain(good, City).root) if node.edge]
    assert sorted(ids) == [
        "acme-facet",
        "borealis-riverton",
        "facet-riverton",
        "hall-riverton",
        "lumen-riverton",
    ]


def test_a_system_without_an_operator_and_makers_is_made_of_gaps(good: Registry) -> None:
    found = chain(good, "exland-plates")
    assert _outline(found.root) == {
        "operator: unknown": {
            "integrator: unknown": {},
            "cameras: unknown": {},
            "engine: unknown": {},
        }
    }
    assert all(node.is_gap for node in nodes(found.root)[1:])


def test_a_retracted_supply_is_named_with_its_reason_and_not_drawn(good: Registry) -> None:
    found = chain(good, "exland-plates")
    assert found.retracted == (("hall-exland", "The copy did not name the maker."),)


def test_cameras_alone_need_no_engine(good: Registry) -> None:
    plain = replace(
        good,
        deployments=tuple(
            row.model_copy(update={"technologies": ("cctv",)}) for row in good.deployments
        ),
    )
    names = {f"{node.step}: {node.name}" for node in nodes(chain(plain, "exland-plates").root)}
    assert "engine: unknown" not in names
    assert "cameras: unknown" in names


def test_a_developer_of_a_whole_system_is_its_integrator(good: Registry) -> None:
    found = chain(_with(good, "borealis-riverton", role="developer"), City)
    steps = {f"{node.step}: {node.name}" for node in nodes(found.root)}
    assert "integrator: Borealis Integration" in steps
    assert "integrator: unknown" not in steps


def test_a_reseller_of_cameras_leaves_their_maker_unknown(good: Registry) -> None:
    found = chain(_with(good, "hall-riverton", role="reseller"), City)
    steps = {f"{node.step}: {node.name}" for node in nodes(found.root)}
    assert {"reseller: Hall Cameras", "cameras: unknown"} <= steps


def test_a_supply_that_begins_later_is_left_out_and_named(good: Registry) -> None:
    found = chain(good, City, parse("2019-06"))
    assert found.not_yet == ("facet-riverton",)
    assert "Facet Labs" not in {node.name for node in nodes(found.root)}


def test_a_supply_that_may_have_begun_is_in_the_tree(good: Registry) -> None:
    assert chain(good, City, parse("2020")).not_yet == ()


@pytest.mark.parametrize(
    ("on", "in_force", "status"),
    [
        ("2021-06", "unknown", "reported"),
        ("2022-08-31", "unknown", "reported"),
        ("2022-09-01", "no", "ended"),
        ("2023", "no", "ended"),
    ],
)
def test_a_supply_that_ended_stays_and_says_so(
    good: Registry, on: str, in_force: str, status: str
) -> None:
    edge = _node(chain(good, "riverton-metro-video", parse(on)), "Facet Labs").edge
    assert edge is not None
    assert (edge.in_force, edge.status.word) == (in_force, status)


@pytest.mark.parametrize(
    ("on", "in_force"),
    [
        ("2018-12-31", "no"),
        ("2019", "unknown"),
        ("2020", "yes"),
        ("2024-12-31", "yes"),
        ("2025", "no"),
    ],
)
def test_a_period_with_both_ends_is_in_force_between_them(
    good: Registry, on: str, in_force: str
) -> None:
    found = chain(good, City, parse(on))
    if in_force == "no" and on == "2018-12-31":
        assert "borealis-riverton" in found.not_yet
        return
    edge = _node(found, "Borealis Integration").edge
    assert edge is not None
    assert edge.in_force == in_force


def test_a_step_that_has_ended_by_then_is_a_gap(good: Registry) -> None:
    before = {node.name for node in chain(good, City, parse("2024")).root.children[0].children}
    after = chain(good, City, parse("2026")).root.children[0].children
    assert "unknown" not in before
    assert "integrator: unknown" in {f"{node.step}: {node.name}" for node in after}


def _goods(found: Chain) -> dict[str, list[str]]:
    return {good.name: [row.shipment_id for row in good.shipments] for good in found.goods}


def test_shipments_are_named_only_where_they_went(good: Registry) -> None:
    found = chain(good, City)
    assert _goods(found) == {"Acme Silicon": ["acme-129", "acme-457"]}
    assert [claim.claim_id for claim in found.goods[0].claims] == ["acme-129-1"]
    moved = tuple(row.model_copy(update={"to_country": "DE"}) for row in good.shipments)
    assert chain(replace(good, shipments=moved), City).goods == ()


def test_shipments_stand_once_however_many_makers_use_the_part(good: Registry) -> None:
    second = good.relation["acme-facet"].model_copy(
        update={"relation_id": "acme-lumen", "recipient_org": "lumen-vision"}
    )
    claim = good.claim["acme-facet-1"].model_copy(
        update={"claim_id": "acme-lumen-1", "subject_id": "acme-lumen"}
    )
    tied = _tied(good, claim.claim_id)
    both = replace(tied, relations=(*good.relations, second), claims=(*good.claims, claim))
    found = chain(both, City)
    assert [node.name for node in nodes(found.root)].count("Acme Silicon") == 2
    assert _goods(found) == {"Acme Silicon": ["acme-129", "acme-457"]}
    assert json.dumps(chain_json(both, found)).count('"shipment_id": "acme-457"') == 1


def test_a_makers_own_statement_stands_beside_it(good: Registry) -> None:
    node = _node(chain(good, City), "Acme Silicon")
    assert [claim.claim_id for claim in node.statements] == ["acme-halt"]
    assert node.edge is not None
    assert [claim.claim_id for claim in node.edge.claims] == [
        "acme-facet-1",
        "acme-facet-3",
        "acme-facet-2",
    ]


def test_a_circle_of_suppliers_is_drawn_once_and_not_under_the_operator(good: Registry) -> None:
    circle = _with(good, "borealis-riverton", recipient_org="facet")
    found = chain(circle, City)
    ids = [node.edge.relation.relation_id for node in nodes(found.root) if node.edge]
    assert len(ids) == len(set(ids)) == 5
    (_, recipient) = found.root.children
    assert (recipient.step, recipient.name) == ("recipient", "Facet Labs")
    assert [child.name for child in recipient.children] == ["Borealis Integration"]


def test_a_recipient_that_is_not_the_operator_stands_beside_it(good: Registry) -> None:
    found = chain(_with(good, "hall-riverton", recipient_org="towns-council"), City)
    assert _outline(found.root) == {
        "operator: Riverton Department of Information": {
            "integrator: Borealis Integration": {
                "engine: Facet Labs": {"compute: Acme Silicon": {}},
            },
            "engine: Lumen Vision": {"compute: unknown": {}},
        },
        "recipient: Councils of the Riverton region": {"cameras: Hall Cameras": {}},
    }


def test_a_supply_that_names_no_recipient_is_not_drawn_to_the_operator(good: Registry) -> None:
    found = chain(_with(good, "hall-riverton", recipient_org=None), City)
    recipient = found.root.children[1]
    assert (recipient.step, recipient.is_gap) == ("recipient", True)
    assert [child.name for child in recipient.children] == ["Hall Cameras"]


def test_where_the_operator_is_not_known_the_recipient_is_not_taken_for_it(good: Registry) -> None:
    moved = _with(good, "hall-riverton", deployment_id="exland-plates")
    (operator, recipient) = chain(moved, "exland-plates").root.children
    assert (operator.name, recipient.name) == ("unknown", "Riverton Department of Information")
    assert "Hall Cameras" not in {node.name for node in nodes(operator)}


def test_every_edge_of_the_real_registry_stands_below_the_recipient_its_row_names() -> None:
    real = load(Settings().registry_dir)
    seen = 0
    for row in real.deployments:
        for parent in nodes(chain(real, row.deployment_id).root):
            for child in (one for one in parent.children if one.edge is not None):
                assert child.edge is not None
                assert child.edge.relation.recipient_org == parent.org_id, child.name
                seen += 1
    assert seen > 300


def test_cameras_sold_to_buyers_in_iran_are_not_drawn_to_the_police() -> None:
    found = chain(load(Settings().registry_dir), "tehran-traffic-cameras")
    (operator, recipient) = found.root.children
    assert operator.name == "Iranian police and traffic authorities"
    assert "Bosch" not in {node.name for node in nodes(operator)}
    assert recipient.name == "Buyers in Iran"
    assert "Bosch" in {node.name for node in recipient.children}


def test_a_part_of_a_maker_that_is_not_in_the_tree_is_not_drawn(good: Registry) -> None:
    # By hand: on that day Facet Labs did not supply the city yet, so its chips are not there.
    found = chain(good, City, parse("2019-06"))
    assert "Acme Silicon" not in {node.name for node in nodes(found.root)}


def test_an_operator_that_supplies_itself_does_not_carry_its_suppliers(good: Registry) -> None:
    own = _with(good, "hall-riverton", supplier_org="riverton-it", role="operator")
    (operator,) = chain(own, City).root.children
    assert [child.name for child in operator.children if child.step == "operation"] == [
        "Riverton Department of Information"
    ]
    assert "Lumen Vision" in {child.name for child in operator.children}


def test_what_the_operator_bought_for_itself_is_no_part_of_the_system(good: Registry) -> None:
    # The operator supplies itself, and buys a chip without a word of where it went.
    own = _with(good, "hall-riverton", supplier_org="riverton-it", role="operator")
    cells = {
        **dict.fromkeys(Relation.model_fields, ""),
        "relation_id": "acme-it",
        "supplier_org": "acme-silicon",
        "recipient_org": "riverton-it",
        "layer": "chip",
        "role": "component",
    }
    claim = good.claim["acme-facet-1"].model_copy(update={"claim_id": "c", "subject_id": "acme-it"})
    relations = (*own.relations, Relation.model_validate(cells))
    found = chain(replace(own, relations=relations, claims=(*own.claims, claim)), City)
    assert "acme-it" not in {
        node.edge.relation.relation_id for node in nodes(found.root) if node.edge
    }


def test_shipments_of_a_camera_maker_are_named_too(good: Registry) -> None:
    moved = tuple(row.model_copy(update={"maker_org": "hall-cameras"}) for row in good.shipments)
    found = chain(replace(good, shipments=moved), City)
    assert _goods(found) == {"Hall Cameras": ["acme-129", "acme-457"]}


def test_components_of_components_are_followed(good: Registry) -> None:
    cells = {
        **dict.fromkeys(Relation.model_fields, ""),
        "relation_id": "wafer-acme",
        "supplier_org": "hall-group",
        "recipient_org": "acme-silicon",
        "layer": "chip",
        "role": "component",
    }
    claim = good.claim["acme-facet-1"].model_copy(
        update={"claim_id": "w", "subject_id": "wafer-acme"}
    )
    more = replace(
        _tied(good, "w"),
        relations=(*good.relations, Relation.model_validate(cells)),
        claims=(*good.claims, claim),
    )
    assert [child.name for child in _node(chain(more, City), "Acme Silicon").children] == [
        "Hall Group"
    ]


def test_an_unknown_deployment_is_refused_with_a_proposal(good: Registry) -> None:
    with pytest.raises(UsageError, match="riverton-city-vidoe") as caught:
        chain(good, "riverton-city-vidoe")
    assert "riverton-city-video" in caught.value.next_step


def test_the_json_form_is_plain_and_complete(good: Registry) -> None:
    found = chain(good, City, parse("2022-06"))
    content = json.loads(json.dumps(chain_json(good, found), allow_nan=False))
    assert (content["format"], content["version"], content["on"]) == (
        "whose-cameras-chain",
        3,
        "2022-06",
    )
    written = json.dumps(content["tree"])
    assert all(f'"{source_id}"' in written for source_id in ("tender-2021", "acme-2022"))
    named = {claim["source_id"] for claim in content["claims"]} | set(_sources(content["tree"]))
    for goods in content["goods"]:
        named |= {row["source_id"] for row in (*goods["shipments"], *goods["shipment_claims"])}
    assert set(content["sources"]) == named == set(found.source_ids)


def _sources(node: dict[str, Any]) -> list[str]:
    found = [row["source_id"] for row in node["statements"]]
    edges = [*node["untied"], node["edge"]] if node["edge"] else node["untied"]
    found += [source_id for edge in edges for source_id in edge["source_ids"]]
    return found + [source for child in node["children"] for source in _sources(child)]


def test_a_sum_keeps_every_digit_in_json(good: Registry) -> None:
    content = chain_json(good, chain(good, City))
    written = json.dumps(content)
    assert '"457000000"' in written
    assert "e+" not in written.lower()
