"""Rulings of courts and regulators: by system, organisation, entry and technology."""

from dataclasses import replace
from pathlib import Path

import pytest

from mapper.answers.legal_status import status
from mapper.answers.organisation_profile import vendor_profile
from mapper.answers.rulings import (
    RulingRecord,
    rulings_at,
    rulings_naming,
    rulings_on,
    rulings_on_entries,
)
from mapper.answers.supply_chain import chain
from mapper.clean.partial_date import parse
from mapper.registry.checked import load
from mapper.registry.codes import Technology
from mapper.registry.law_codes import ReviewResult, RulingEffect, RulingPart
from mapper.registry.registry import Registry
from mapper.registry.tables import Retraction

DATA = Path(__file__).parents[2] / "data" / "registry"


@pytest.fixture(scope="module")
def registry() -> Registry:
    """Return the real evidence."""
    return load(DATA)


def _ids(records: tuple[RulingRecord, ...]) -> list[str]:
    return [record.ruling.ruling_id for record in records]


def test_rulings_stand_by_day_with_what_became_of_them(good: Registry) -> None:
    first, second = rulings_at(good, "riverton-metro-video")
    assert [row.ruling_id for row in first.later] == ["metro-faces-2022"]
    assert second.ruling.reviews == first.ruling.ruling_id
    assert second.later == ()
    assert first.source_ids == ("daily-2023", "tender-2021")


def test_a_technology_asked_for_leaves_out_rulings_on_others(good: Registry) -> None:
    assert _ids(rulings_on(good, [Technology.FRT])) == ["metro-faces-2021", "metro-faces-2022"]
    assert rulings_on(good, [Technology.GUNSHOT]) == ()
    assert _ids(rulings_on(good))[-1] == "facet-entry-2024"


def test_an_organisation_has_the_rulings_it_gave_and_those_that_name_it(good: Registry) -> None:
    assert _ids(rulings_naming(good, "facet")) == ["metro-faces-2021", "facet-entry-2024"]
    assert len(rulings_naming(good, "exland-court")) == 3
    assert rulings_naming(good, "hall-cameras") == ()


def test_a_ruling_whose_every_claim_was_taken_back_is_not_shown(good: Registry) -> None:
    gone = Retraction.model_validate(
        {
            "subject_kind": "claim",
            "subject_id": "metro-faces-2022-1",
            "retracted_on": "2026-11-20",
            "kept": "kept",
            "reason": "Another court.",
            "replaced_by": "",
        }
    )
    changed = replace(good, retractions=(*good.retractions, gone))
    assert _ids(rulings_at(changed, "riverton-metro-video")) == ["metro-faces-2021"]


def test_a_ruling_stands_at_the_chain_the_entry_and_the_profile(good: Registry) -> None:
    assert _ids(chain(good, "riverton-metro-video").rulings) == [
        "metro-faces-2021",
        "metro-faces-2022",
    ]
    (answer,) = status(good, "facet", "eu-rights", parse("2024-06"))
    assert _ids(answer.by_entry[0].rulings) == _ids(rulings_on_entries(good, ["facet-eu"]))
    assert "gazette-2023" in answer.source_ids
    assert "tender-2021" in vendor_profile(good, "facet").source_ids


def test_what_a_court_says_beside_its_ruling_is_not_said_again_by_it(good: Registry) -> None:
    profile = vendor_profile(good, "exland-court")
    assert len(profile.rulings) == 3
    assert profile.own_statements == ()


def test_face_recognition_systems_have_their_rulings(registry: Registry) -> None:
    records = {row.ruling.ruling_id: row for row in rulings_on(registry, [Technology.FRT])}
    assert len(records) >= 45
    metro = records["echr-11519-20"].ruling
    assert (metro.deployment_id, metro.case_ref) == ("moscow-metro-video", "application 11519/20")
    assert metro.effects == (RulingEffect.BREACH_FOUND,)
    wales = records["south-wales-court-of-appeal-2020"].ruling
    assert (wales.case_ref, wales.review_result) == (
        "[2020] EWCA Civ 1058",
        ReviewResult.SET_ASIDE_IN_PART,
    )
    for record in records.values():
        assert all(claim.statement for claim in record.claims), record.ruling.ruling_id
        assert record.source_ids


def test_an_outcome_that_was_not_read_is_said_to_be_so(registry: Registry) -> None:
    (court,) = rulings_on_entries(registry, ["synesis-eu-belarus"])
    assert court.ruling.case_ref == "T-97/21 and T-215/22"
    assert court.ruling.effects == (RulingEffect.NOT_READ,)


def test_a_later_ruling_stands_beside_the_one_it_set_aside(registry: Registry) -> None:
    caen = next(
        row
        for row in rulings_at(registry, "coeur-cote-fleurie-briefcam")
        if row.ruling.body_org == "court-caen"
    )
    assert [(row.case_ref, row.review_result) for row in caen.later] == [
        ("no. 489990", ReviewResult.SET_ASIDE)
    ]
    fined = [row.ruling for row in rulings_naming(registry, "clearview-ai") if row.ruling.value]
    assert {(str(row.value), row.currency) for row in fined} >= {
        ("20000000", "EUR"),
        ("30500000", "EUR"),
        ("7500000", "GBP"),
    }


def test_a_maker_whose_product_was_used_is_never_the_addressee(registry: Registry) -> None:
    for row in registry.ruling_parties:
        ruling = registry.ruling[row.ruling_id]
        # An award refused is refused to the bidder.
        if RulingEffect.AWARD_REFUSED in ruling.effects:
            continue
        if ruling.deployment_id is not None and row.part is RulingPart.ADDRESSEE:
            supplied = {
                relation.supplier_org
                for relation in registry.relations
                if relation.deployment_id == ruling.deployment_id
            }
            assert row.org_id not in supplied, row.key
