"""The status of committed rows that once said more than their source, and how rows are named."""

from pathlib import Path

import pytest

from mapper.answers.organisation_profile import vendor_profile
from mapper.answers.relation_status import relation_status
from mapper.clean.neutral_words import lint_words
from mapper.errors import UsageError
from mapper.registry.checked import load
from mapper.registry.codes import Effect, Grade, NameKind, SubjectKind
from mapper.registry.names import find_organisation, names_by_organisation
from mapper.registry.registry import Registry
from mapper.resolve.vendors.text import qid_in

DATA = Path(__file__).parents[2] / "data" / "registry"
BOSCH_IN_TEHRAN = "bosch-tehran-traffic-cameras"
SILENT = ("did not reply", "did not answer", "declined to say", "did not respond")


@pytest.fixture(scope="module")
def registry() -> Registry:
    """Return the real evidence."""
    return load(DATA)


@pytest.mark.parametrize(
    "relation_id",
    [
        "tiandy-iran-tiandy-security-forces",
        "vega-radio-engineering-kyrgyzstan-safe-city",
        "vega-radio-engineering-kyrgyzstan-safe-city-2",
        "mulk-international-zim-cyber-city",
        "ntechlab-indian-railways-wr-frt",
        "hikvision-jerusalem-mabat-2000",
        "briefcam-france-police-briefcam",
        "corsight-ai-essex-police-lfr",
    ],
)
def test_what_nobody_first_hand_stated_is_reported(registry: Registry, relation_id: str) -> None:
    assert relation_status(registry, relation_id).word == "reported"


@pytest.mark.parametrize("maker", ["visionlabs", "ntechlab", "tevian", "synesis"])
def test_tender_documents_as_reported_are_the_recipients_word(
    registry: Registry, maker: str
) -> None:
    assert relation_status(registry, f"{maker}-moscow-city-video").word == "confirmed"


def test_every_claim_that_confirms_says_something_in_a_source_that_counts(
    registry: Registry,
) -> None:
    for row in registry.relations:
        found = relation_status(registry, row.relation_id)
        if found.word == "confirmed":
            claims = [registry.claim[claim_id] for claim_id in found.claim_ids]
            assert all(claim.statement for claim in claims), row.relation_id
            assert all(registry.source[one.source_id].grade is not Grade.C for one in claims)


def test_bosch_sold_to_iran_and_disputes_the_system_in_tehran(registry: Registry) -> None:
    assert relation_status(registry, BOSCH_IN_TEHRAN).word == "disputed"
    assert relation_status(registry, "bosch-iran-cameras").word == "confirmed"
    (count,) = [
        row for row in registry.counts if row.value == 8000 and "Bosch" in (row.scope or "")
    ]
    counted = registry.deployment[count.deployment_id]
    assert (counted.place, counted.lon_deg) == ("Iran", None)
    in_tehran = registry.claims_on(SubjectKind.RELATION, BOSCH_IN_TEHRAN)
    assert not any("8,000" in (claim.statement or "") for claim in in_tehran)


def test_face_pay_is_a_service_of_its_own_beside_the_cameras_of_the_metro(
    registry: Registry,
) -> None:
    supplied = {row.deployment_id for row in registry.relations if row.supplier_org == "visionlabs"}
    assert "moscow-metro-face-pay" in supplied
    assert "moscow-metro-video" not in supplied


def test_silence_is_nobodys_own_statement(registry: Registry) -> None:
    silent = [
        claim
        for claim in registry.claims
        if any(words in (claim.statement or "") for words in SILENT)
    ]
    assert len(silent) >= 4
    for claim in silent:
        assert claim.by == "third_party", claim.claim_id
        assert claim.speaker_org is None, claim.claim_id


def test_section_889_is_known_in_force_as_far_as_a_dated_text_was_read(registry: Registry) -> None:
    entries = [row for row in registry.designations if row.list == "us-ndaa-889"]
    assert len(entries) == 10
    for row in entries:
        checked = "" if row.checked_on is None else str(row.checked_on)
        assert checked == ("2022-10-19" if row.designation_id.endswith("-a") else "")
        claims = registry.claims_on(SubjectKind.DESIGNATION, row.designation_id)
        days = {str(registry.source[claim.source_id].published_on) for claim in claims}
        assert not checked or checked in days


def test_a_second_wikidata_id_is_kept_and_never_shown(registry: Registry) -> None:
    second = [row for row in registry.organisation_names if row.kind is NameKind.SECOND_WIKIDATA_ID]
    assert {row.org_id for row in second} >= {"hikvision", "genetec", "avigilon", "leonardo"}
    assert all(qid_in(row.name) == row.name for row in second)
    shown = {name for names in names_by_organisation(registry).values() for name in names}
    assert not any(qid_in(name) for name in shown)
    for row in second:
        assert row.name not in {one.name for one in vendor_profile(registry, row.org_id).names}
        with pytest.raises(UsageError):
            find_organisation(registry, row.name)


def test_a_title_of_our_own_words_is_neutral(registry: Registry) -> None:
    ours = [row.title for row in registry.sources if row.title.startswith("[")]
    assert len(ours) >= 100
    assert [found for title in ours for found in lint_words(title)] == []
    not_frozen = {row.source_id for row in registry.designations} - {
        row.source_id for row in registry.designations if row.effect is Effect.ASSET_FREEZE
    }
    told = [registry.source[source_id].title for source_id in sorted(not_frozen)]
    assert not [title for title in told if title[0] == "[" and "sanction" in title.lower()]
