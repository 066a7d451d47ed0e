"""Vendor and deployment profiles, and finding an organisation by what a user types."""

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mapper.answers.deployment_profile import deployment_profile, stands_beside_mapped
from mapper.answers.organisation_profile import vendor_profile
from mapper.errors import UsageError
from mapper.registry.names import find_organisation, normalised
from mapper.registry.registry import Registry
from mapper.telling.as_json import vendor_json
from mapper.telling.statements import Presenter


@pytest.mark.parametrize(
    "written",
    ["facet", "Facet Labs", "FACET LABS", " facet-labs ", "Фасет", "фасет", "\uff26acet Labs"],
)
def test_an_organisation_is_found_by_any_of_its_names(good: Registry, written: str) -> None:
    assert find_organisation(good, written) == "facet"


@pytest.mark.parametrize("written", ["Facet Lab", "Faset Labs", "Labs", "", "&&&"])
def test_a_like_name_is_never_taken(good: Registry, written: str) -> None:
    with pytest.raises(UsageError):
        find_organisation(good, written)


def test_a_like_name_is_proposed(good: Registry) -> None:
    with pytest.raises(UsageError) as caught:
        find_organisation(good, "Hall Camera")
    assert caught.value.next_step == "Did you mean: Hall Cameras (hall-cameras)?"


def test_an_unlike_name_proposes_nothing(good: Registry) -> None:
    with pytest.raises(UsageError) as caught:
        find_organisation(good, "Zzz")
    assert caught.value.next_step == ""


@given(st.text())
def test_normalising_twice_is_normalising_once(text: str) -> None:
    assert normalised(normalised(text)) == normalised(text)


def test_a_vendor_profile_holds_its_parts(good: Registry) -> None:
    profile = vendor_profile(good, "HallCam")
    assert profile.organisation.org_id == "hall-cameras"
    assert [row.name for row in profile.names] == ["Hal Cameras", "HallCam"]
    assert [(row.from_org, row.kind) for row in profile.links] == [("hall-group", "parent")]
    assert [edge.relation.relation_id for edge in profile.supplies] == ["hall-riverton"]
    assert [edge.relation.relation_id for edge in profile.retracted] == ["hall-exland"]
    assert [row.designation_id for row in profile.listings] == ["hall-trade"]
    assert [row.claim_id for row in profile.own_statements] == ["hall-riverton-2"]
    assert profile.source_ids == (
        "daily-2023",
        "list-2026",
        "lumen-2022",
        "mirror-2022",
        "osm-wiki",
    )


def test_names_stand_in_the_order_of_time(good: Registry) -> None:
    names = [row.name for row in vendor_profile(good, "lumen-vision").names]
    assert names == ["Lux Vision", "Lumen Vision B.V."]


def test_a_component_maker_supplies_no_deployment(good: Registry) -> None:
    profile = vendor_profile(good, "acme-silicon")
    assert profile.supplies == ()
    assert [edge.relation.relation_id for edge in profile.components] == ["acme-facet"]
    assert [row.shipment_id for row in profile.shipments] == ["acme-129", "acme-457"]


@pytest.mark.parametrize("recipient", ["riverton-it", "riverton-metro", "towns-council"])
def test_a_component_for_an_operator_or_a_public_body_is_a_part_of_the_system(
    good: Registry, recipient: str
) -> None:
    changed = tuple(
        row.model_copy(update={"deployment_id": "riverton-metro-video", "recipient_org": recipient})
        if row.relation_id == "acme-facet"
        else row
        for row in good.relations
    )
    profile = vendor_profile(replace(good, relations=changed), "acme-silicon")
    assert profile.components == ()
    (edge,) = profile.supplies
    told = Presenter(good).supply(edge)
    assert told.headline.startswith("maker of a part of the system (Acme T4) for ")


def test_what_is_said_of_a_listing_or_a_product_stands_in_the_profile(good: Registry) -> None:
    profile = vendor_profile(good, "facet")
    assert [row.claim_id for row in profile.claims_about] == ["facet-product-1"]
    assert "facet-eu-1" in {row.claim_id for row in profile.own_statements}


def test_what_was_retracted_is_in_no_profile(good: Registry) -> None:
    profile = deployment_profile(good, "exland-plates")
    assert profile.suppliers == ()
    assert "hall-exland-1" not in {
        claim.claim_id
        for edge in vendor_profile(good, "hall-cameras").supplies
        for claim in edge.claims
    }


def test_disagreeing_counts_stand_side_by_side(good: Registry) -> None:
    counts = deployment_profile(good, "riverton-city-video").counts
    assert [(str(row.as_of), int(row.value)) for row in counts] == [
        ("2017", 3000),
        ("2019-10", 3000),
        ("2022", 160000),
        ("2022-10-28", 213000),
    ]


def test_only_installed_or_working_cameras_stand_beside_mapped_ones(good: Registry) -> None:
    beside = [row.count_id for row in good.counts if stands_beside_mapped(row)]
    assert beside == ["riverton-cameras-1"]
    planned = good.counts[1].model_copy(update={"qualifier": "planned"})
    assert not stands_beside_mapped(planned)
    working = good.counts[1].model_copy(update={"qualifier": "working"})
    assert stands_beside_mapped(working)
    assert not stands_beside_mapped(working.model_copy(update={"what": "servers"}))


def test_a_deployment_profile_names_its_operator_or_nobody(good: Registry) -> None:
    assert deployment_profile(good, "riverton-metro-video").operator_name == "Riverton Metro"
    assert deployment_profile(good, "exland-plates").operator_name == ""


def test_profiles_are_plain_in_json(good: Registry) -> None:
    vendor = json.loads(json.dumps(vendor_json(good, vendor_profile(good, "hall-cameras"))))
    assert set(vendor["sources"]) == {
        "daily-2023",
        "list-2026",
        "lumen-2022",
        "mirror-2022",
        "osm-wiki",
    }
    assert vendor["listings"][0]["effective_on"] == "2019-10-09"
