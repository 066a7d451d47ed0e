"""The status of a relation: a table of cases, each read off the rule by hand."""

import pytest

from mapper.answers.relation_status import relation_status
from mapper.clean.partial_date import parse
from mapper.errors import RegistryError
from tests.answers.status_cases import SUPPORT_CASES
from tests.answers.status_end_cases import END_CASES
from tests.answers.status_rows import (
    PRESS_SAYS,
    SUPPLIER_DENIES,
    SUPPLIER_SAYS,
    C,
    Case,
    registry_of,
)

CASES = SUPPORT_CASES | END_CASES


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_the_claims_amount_to(case: Case) -> None:
    registry = registry_of(case.claims, valid_to=case.valid_to)
    found = relation_status(registry, "r", parse(case.on) if case.on else None)
    assert (found.word, found.ended) == (case.word, case.ended)


def test_the_table_has_at_least_forty_cases() -> None:
    assert len(CASES) == len(SUPPORT_CASES) + len(END_CASES) >= 40
    assert {case.word for case in CASES.values()} == {
        "confirmed",
        "reported",
        "disputed",
        "ended",
        "named_only",
        "retracted",
    }


def test_a_retracted_relation_is_retracted_whatever_supports_it() -> None:
    registry = registry_of([SUPPLIER_SAYS, SUPPLIER_DENIES], taken_back=True)
    assert relation_status(registry, "r").word == "retracted"


def test_a_status_names_the_claims_that_decided() -> None:
    registry = registry_of([PRESS_SAYS, SUPPLIER_SAYS, C("supports", "recipient")])
    assert relation_status(registry, "r").claim_ids == ("c2", "c3")


def test_an_end_says_its_day() -> None:
    claims = [SUPPLIER_SAYS, C("ends", "recipient", "2026-02-24")]
    found = relation_status(registry_of(claims, valid_to="2026-03-31"), "r")
    assert str(found.ended_on) == "2026-03-31"


def test_an_undated_end_lies_not_after_its_source() -> None:
    found = relation_status(registry_of([SUPPLIER_SAYS, C("ends", "recipient")]), "r")
    assert str(found.ended_on) == "before:2023-03-29"


def test_the_order_of_the_claims_does_not_matter() -> None:
    for case in CASES.values():
        if any(claim.settles for claim in case.claims):
            continue
        registry = registry_of(case.claims[::-1], valid_to=case.valid_to)
        found = relation_status(registry, "r", parse(case.on) if case.on else None)
        assert (found.word, found.ended) == (case.word, case.ended)


def test_a_relation_without_a_claim_has_no_status() -> None:
    with pytest.raises(RegistryError, match="rests on no claim"):
        relation_status(registry_of([]), "r")
