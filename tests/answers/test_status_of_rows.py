"""The status of committed rows that once said more than their source, and how rows are named."""

import re
from pathlib import Path

import pytest

from mapper.answers.legal_status import status
from mapper.answers.organisation_profile import vendor_profile
from mapper.answers.relation_status import relation_status, standing
from mapper.clean.neutral_words import lint_words
from mapper.clean.partial_date import parse
from mapper.errors import UsageError
from mapper.registry.checked import load
from mapper.registry.codes import Effect, Grade, NameKind, SubjectKind
from mapper.registry.names import find_organisation, names_by_organisation
from mapper.registry.registry import Registry
from mapper.resolve.vendors.vendor_text import qid_in

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


def test_section_889_has_two_parts_for_each_maker_and_says_what_each_bars(
    registry: Registry,
) -> None:
    entries = [row for row in registry.designations if row.list == "us-ndaa-889"]
    assert len(entries) == 10
    limited = {"hikvision", "dahua", "hytera"}
    for row in entries:
        is_buying = row.designation_id.endswith("-a")
        assert row.effect == (Effect.PROCUREMENT_BAN if is_buying else Effect.CONTRACTING_BAN)
        assert str(row.effective_on) == ("2019-08-13" if is_buying else "2020-08-13")
        assert ("public safety" in (row.scope or "")) == (row.org_id in limited)


def test_being_listed_by_the_fcc_and_its_later_rule_are_two_entries(registry: Registry) -> None:
    on = {day: parse(day) for day in ("2021-03-11", "2021-03-12", "2022-06-01", "2023-02-06")}
    for org_id in ("hikvision", "dahua", "hytera", "huawei", "zte"):
        answers = {
            day: [
                (str(one.entry.effect), str(one.answer))
                for one in status(registry, org_id, "us-fcc-covered", parsed)[0].by_entry
            ]
            for day, parsed in on.items()
        }
        assert answers["2021-03-12"] == answers["2022-06-01"]
        assert answers["2022-06-01"] == [("subsidy_ban", "yes"), ("authorisation_ban", "no")]
        assert answers["2023-02-06"] == [("subsidy_ban", "yes"), ("authorisation_ban", "yes")]
        assert answers["2021-03-11"][0] == ("subsidy_ban", "no")


def test_a_judgment_on_an_entry_is_shown_beside_its_answer(registry: Registry) -> None:
    (answer,) = status(registry, "synesis", "eu-belarus", parse("2026-01-01"))
    (entry,) = answer.by_entry
    assert (answer.answer, [str(event.event) for event in entry.events]) == ("yes", ["ruled"])
    (answer,) = status(registry, "synesis", "uk-sanctions", parse("2026-01-01"))
    assert [str(event.event) for event in answer.by_entry[0].events] == ["upheld"]


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


_LOADED = re.compile(r"blacklist|repress|crackdown|spying", re.IGNORECASE)
_NOT_ITS_OWN = re.compile(r"//staging\.|libproxy|ezproxy|[?&]random-post=", re.IGNORECASE)


def test_a_title_of_ours_is_not_loaded(registry: Registry) -> None:
    ours = [row.title for row in registry.sources if row.title.startswith("[")]
    assert [title for title in ours if _LOADED.search(title)] == []


def test_what_stands_rests_on_an_address_of_the_publisher_itself(registry: Registry) -> None:
    taken_back = {(row.subject_kind, row.subject_id) for row in registry.retractions}
    resting = {claim.source_id for claim in standing(registry, registry.claims)}
    resting |= {row.source_id for row in registry.designations}
    resting |= {
        row.source_id
        for row in registry.counts
        if (SubjectKind.COUNT, row.count_id) not in taken_back
    }
    odd = {row.source_id for row in registry.sources if _NOT_ITS_OWN.search(row.url)}
    assert odd & resting == set()


@pytest.mark.parametrize(
    ("relation_id", "word"),
    [
        ("ntechlab-moscow-metro-video", "ended"),
        ("kazakhtelecom-ust-kamenogorsk-sergek", "named_only"),
        ("zte-addis-ababa-zte-2010", "named_only"),
        ("dell-sharjah-cameras", "named_only"),
        ("hikvision-jerusalem-mabat-2000", "named_only"),
        ("uniview-kathmandu-police-cctv", "retracted"),
        ("uniview-nepal-authorities", "reported"),
    ],
)
def test_a_row_that_an_audit_found_wrong_says_no_more_than_its_source(
    registry: Registry, relation_id: str, word: str
) -> None:
    assert relation_status(registry, relation_id).word == word
