"""
The rows that must work: one test for each part of the report this project starts from.

They read data/registry as it is committed; what they expect comes from the sources named there.
Every test also looks that the rows it found name a source that can be shown.
"""

from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Protocol

import pytest

from mapper.answers.chain_steps import Step
from mapper.answers.deployment_profile import deployment_profile, stands_beside_mapped
from mapper.answers.legal_status import status
from mapper.answers.organisation_profile import VendorProfile, vendor_profile
from mapper.answers.supply_chain import Chain, ChainNode, chain, nodes
from mapper.clean.neutral_words import lint_words
from mapper.clean.partial_date import parse
from mapper.registry.checked import check, load
from mapper.registry.codes import SubjectKind
from mapper.registry.names import find_organisation
from mapper.registry.registry import Registry
from mapper.registry.tables import Claim, Designation
from mapper.telling.as_text import chain_text, vendor_text
from mapper.telling.legal_answer import status_text
from mapper.telling.legal_words import legal_wording

DATA = Path(__file__).parents[2] / "data" / "registry"
CITY = "moscow-city-video"
METRO = "moscow-metro-video"
ENGINES = ("NtechLab", "VisionLabs", "Tevian", "Synesis")


class _Sourced(Protocol):
    @property
    def source_id(self) -> str: ...


@pytest.fixture(scope="module")
def registry() -> Registry:
    """Return the real evidence."""
    return load(DATA)


def _shown(registry: Registry, rows: Iterable[_Sourced]) -> None:
    for row in rows:
        source = registry.source[row.source_id]
        assert source.title
        assert source.publisher
        assert source.url.startswith("http")


def _engines(found: Chain) -> dict[str, ChainNode]:
    return {node.name: node for node in nodes(found.root) if node.step is Step.ENGINE}


def _about(claims: Iterable[Claim], *words: str) -> list[Claim]:
    """Return the claims whose statement holds every word, whatever the case."""
    return [
        claim
        for claim in claims
        if all(word.lower() in (claim.statement or "").lower() for word in words)
    ]


def _listings(profile: VendorProfile) -> dict[str, list[Designation]]:
    found: dict[str, list[Designation]] = {}
    for row in profile.listings:
        found.setdefault(row.list, []).append(row)
    return found


def test_the_committed_registry_has_no_problem() -> None:
    assert [str(problem) for problem in check(DATA)] == []


def test_the_registry_reaches_as_far_as_was_planned(registry: Registry) -> None:
    assert len(registry.organisations) >= 180
    assert len(registry.deployments) >= 210
    assert len({row.country_code for row in registry.deployments}) >= 80
    assert len(registry.relations) >= 280
    assert len(registry.claims) >= 650
    assert len(registry.sources) >= 650


def test_every_relation_has_a_claim_that_speaks_of_the_supply(registry: Registry) -> None:
    for row in registry.relations:
        claims = registry.claims_on(SubjectKind.RELATION, row.relation_id)
        assert any(claim.about == "supply" for claim in claims), row.relation_id


def test_most_systems_have_a_point_and_every_point_its_precision(registry: Registry) -> None:
    points = [row for row in registry.deployments if row.lon_deg is not None]
    assert len(points) >= 100
    assert all(row.location_precision_m for row in points)


def test_moscow_announced_160_000_cameras_and_213_000_stand_beside_them(
    registry: Registry,
) -> None:
    counts = deployment_profile(registry, CITY).counts
    cameras = {int(row.value): row for row in counts if row.what == "cameras"}
    assert {160000, 213000} <= set(cameras)
    _shown(registry, counts)


def test_the_same_3_000_is_dated_2017_by_one_and_2019_by_another(registry: Registry) -> None:
    rows = [
        row
        for row in deployment_profile(registry, CITY).counts
        if row.what == "face_recognition_cameras" and row.value == 3000
    ]
    assert {row.as_of.earliest.year for row in rows if row.as_of.earliest != date.min} >= {
        2017,
        2019,
    }
    assert len({row.source_id for row in rows}) >= 2
    _shown(registry, rows)


def test_connected_cameras_do_not_stand_beside_mapped_ones(registry: Registry) -> None:
    counts = deployment_profile(registry, CITY).counts
    linked = [row for row in counts if row.what == "face_recognition_cameras"]
    assert linked
    assert not any(stands_beside_mapped(row) for row in linked)


@pytest.mark.parametrize("name", ENGINES)
def test_an_engine_stands_in_the_chain_of_june_2022(registry: Registry, name: str) -> None:
    node = _engines(chain(registry, CITY, parse("2022-06")))[name]
    assert node.edge is not None
    assert node.edge.relation.role == "developer"
    assert node.edge.status.word in {"confirmed", "reported"}
    assert node.edge.product_name in {"FindFace", "Luna Platform", "FaceSDK", "Kipod"}
    _shown(registry, node.edge.claims)


def test_visionlabs_said_that_it_supplied_through_a_third_party(registry: Registry) -> None:
    edge = _engines(chain(registry, CITY))["VisionLabs"].edge
    assert edge is not None
    (said,) = _about(edge.claims, "third party", "2018")
    assert (said.by, said.says, said.speaker_org) == ("supplier", "supports", "visionlabs")


def test_the_integrator_of_the_city_system_is_a_gap_and_named(registry: Registry) -> None:
    text = chain_text(registry, chain(registry, CITY, parse("2022-06")))
    assert "integrator: unknown" in text
    assert "cameras: unknown" in text


def test_the_metro_is_a_deployment_of_its_own_and_ntechlab_says_no_longer(
    registry: Registry,
) -> None:
    found = chain(registry, METRO)
    assert found.deployment.operator_org != registry.deployment[CITY].operator_org
    edge = _engines(found)["NtechLab"].edge
    assert edge is not None
    (ended,) = [claim for claim in edge.claims if claim.says == "ends"]
    assert (ended.by, ended.speaker_org) == ("supplier", "ntechlab")
    assert "no longer uses" in (ended.statement or "")
    assert edge.status.word == "ended"
    _shown(registry, edge.claims)


@pytest.mark.parametrize("name", ["Nvidia", "Intel"])
def test_a_chip_maker_is_a_component_of_engines_and_no_supplier_of_the_city(
    registry: Registry, name: str
) -> None:
    found = chain(registry, CITY, parse("2022-06"))
    profile = vendor_profile(registry, name)
    (operator,) = found.root.children
    assert name not in {node.name for node in operator.children}
    makers = {
        node.name
        for node in _engines(found).values()
        for child in node.children
        if child.name == name
    }
    assert {"NtechLab", "VisionLabs"} <= makers
    assert profile.supplies == ()
    assert all(edge.relation.deployment_id not in {CITY, METRO} for edge in profile.components)
    assert not any(edge.recipient_name in {"", operator.name} for edge in profile.components)
    for edge in profile.components:
        _shown(registry, edge.claims)


def test_129_shipments_of_nvidia_products_and_57_with_gpus(registry: Registry) -> None:
    rows = [row for row in vendor_profile(registry, "nvidia").shipments if row.to_country == "RU"]
    assert sorted(int(row.count) for row in rows if row.count is not None) == [57, 129]
    for row in rows:
        assert (str(row.period_from), str(row.period_to)) == ("2022-04-01", "2022-10-31")
    _shown(registry, rows)


def test_at_least_457_million_dollars_of_intel_products(registry: Registry) -> None:
    (row,) = [row for row in vendor_profile(registry, "intel").shipments if row.to_country == "RU"]
    assert row.value == 457_000_000
    assert (row.currency, row.value_bound) == ("USD", "at_least")
    assert (str(row.period_from), str(row.period_to)) == ("2022-04-01", "2022-10-31")
    _shown(registry, [row])


def test_the_shipments_stand_beside_the_chain_once_by_their_maker(registry: Registry) -> None:
    goods = chain(registry, CITY, parse("2022-06")).goods
    assert [good.name for good in goods] == ["Intel", "Nvidia"]


def test_nvidia_ended_sales_on_4_march_or_on_5_march_2022(registry: Registry) -> None:
    claims = [*vendor_profile(registry, "nvidia").own_statements]
    claims += vendor_profile(registry, "nvidia").claims_about
    days = {str(claim.as_of) for claim in claims if claim.says == "ends"}
    assert {"2022-03-04", "2022-03-05"} <= days


def test_nvidia_closed_its_office_in_october_2022(registry: Registry) -> None:
    profile = vendor_profile(registry, "nvidia")
    claims = [*profile.own_statements, *profile.claims_about]
    closing = [one for one in _about(claims, "office") if one.says == "ends"]
    assert {str(claim.as_of)[:7] for claim in closing} == {"2022-10"}
    assert "2022-10-03" in {str(claim.as_of) for claim in closing}
    _shown(registry, closing)


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("Nvidia", ("shipments", "ceased")),
        ("Intel", ("suspended", "shipments")),
        ("VisionLabs", ("third party",)),
        ("VisionLabs", ("artificial intelligence", "nvidia")),
        ("NtechLab", ("metro",)),
    ],
)
def test_a_companys_own_statement_stands_in_its_profile(
    registry: Registry, name: str, words: tuple[str, ...]
) -> None:
    said = _about(vendor_profile(registry, name).own_statements, *words)
    assert said
    assert {claim.speaker_org for claim in said} == {find_organisation(registry, name)}
    _shown(registry, said)


def test_the_prize_of_40_000_dollars_names_no_firm_and_is_not_reconciled(
    registry: Registry,
) -> None:
    claims = _about(registry.claims, "40,000")
    assert claims
    for claim in claims:
        assert claim.subject_id not in {"ntechlab", "visionlabs", "tevian"}
        assert not any(name in (claim.statement or "") for name in ("NtechLab", "Tevian"))
    (told,) = [claim for claim in claims if claim.source_id.startswith("vice")]
    assert "not named" in (told.statement or "")
    assert "unreconciled" in (told.statement or "")
    schedule = _about(registry.claims, "25,000")
    assert {claim.subject_id for claim in schedule} >= {"ntechlab"}
    _shown(registry, [*claims, *schedule])


def test_the_court_cases_are_told_with_their_number(registry: Registry) -> None:
    profile = deployment_profile(registry, CITY)
    told = _about(profile.claims, "2,000", "court cases")
    counted = [row for row in profile.counts if row.what == "court_cases"]
    assert [(int(row.value), row.bound) for row in counted] == [(2000, "more_than")]
    assert told
    _shown(registry, [*told, *counted])


@pytest.mark.parametrize(
    ("name", "listed", "effect"),
    [
        ("Hikvision", "us-entity-list", "export_license"),
        ("Dahua", "us-entity-list", "export_license"),
        ("Hikvision", "us-fcc-covered", "authorisation_ban subsidy_ban"),
        ("Hikvision", "us-ndaa-889", "contracting_ban procurement_ban"),
        ("Hikvision", "ua-nacp", "reputational"),
        ("SenseTime", "us-ns-cmic", "investment_ban"),
        ("Megvii", "us-1260h", "defence_contracting"),
        ("NtechLab", "eu-human-rights", "asset_freeze"),
        ("Synesis", "eu-belarus", "asset_freeze"),
        ("Huawei", "us-entity-list", "export_license"),
        ("CloudWalk", "us-ns-cmic", "investment_ban"),
        ("Tiandy", "us-entity-list", "export_license"),
    ],
)
def test_a_listing_has_its_own_legal_effect(
    registry: Registry, name: str, listed: str, effect: str
) -> None:
    entries = _listings(vendor_profile(registry, name))[listed]
    assert {entry.effect for entry in entries} == set(effect.split())
    _shown(registry, entries)


def test_an_entry_keeps_its_announced_and_its_effective_day_apart(registry: Registry) -> None:
    (entry,) = _listings(vendor_profile(registry, "hikvision"))["us-entity-list"]
    assert (str(entry.announced_on), str(entry.effective_on)) == ("2019-10-07", "2019-10-09")


def test_hikvision_was_on_the_entity_list_on_the_day_it_took_effect(registry: Registry) -> None:
    (answer,) = status(registry, "hikvision", "us-entity-list", parse("2019-10-09"))
    assert answer.answer == "yes"


def test_the_moscow_company_visionlabs_is_listed_and_not_on_earlier_texts(
    registry: Registry,
) -> None:
    on_list = {
        day: status(registry, "visionlabs", "us-entity-list", parse(day))[0].answer
        for day in ("2022-05-06", "2022-05-07", "2023-02-25", "2023-02-27", "2026-08-18")
    }
    assert list(on_list.values()) == ["no", "unknown", "unknown", "yes", "yes"]
    (freeze,) = status(registry, "visionlabs", "eu-human-rights", parse("2026-08-01"))
    assert freeze.answer == "no"


def test_no_answer_is_no_without_a_reading_for_it_that_covers_the_day(registry: Registry) -> None:
    for row in registry.organisations:
        for written in ("2015-01-01", "2022-05-06", "2026-01-01", "2026-07-20"):
            day = parse(written)
            for answer in status(registry, row.org_id, None, day):
                if answer.answer == "no":
                    assert any(sight.covers(day) for sight in answer.sights), row.org_id


def test_every_text_on_every_organisation_is_neutral(registry: Registry) -> None:
    day = parse("2022-05-01")
    for row in registry.organisations:
        profile = vendor_profile(registry, row.org_id)
        answers = status(registry, row.org_id, None, day)
        assert lint_words(vendor_text(registry, profile)) == (), row.org_id
        assert lint_words(status_text(registry, row.org_id, answers, day)) == (), row.org_id
    for entry in registry.designations:
        assert lint_words(legal_wording(registry, entry)) == ()


def test_every_chain_can_be_walked_with_a_source_at_every_step(registry: Registry) -> None:
    for row in registry.deployments:
        found = chain(registry, row.deployment_id, parse("2022-06"))
        assert lint_words(chain_text(registry, found)) == (), row.deployment_id
        for node in nodes(found.root):
            if node.edge is not None:
                assert node.edge.source_ids
                _shown(registry, node.edge.claims)
