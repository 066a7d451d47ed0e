"""Contracts: a sum that several share stands once, and what became of a contract is said."""

from dataclasses import replace
from pathlib import Path

import pytest

from mapper.answers.supply import edge_of
from mapper.answers.supply_chain import chain
from mapper.registry.checked import load
from mapper.registry.codes import Role
from mapper.registry.registry import Registry
from mapper.registry.supply_codes import ContractOutcome
from mapper.registry.tables import Relation
from mapper.telling.as_json import chain_json
from mapper.telling.as_text import chain_text
from mapper.telling.row_words import contract_words
from mapper.telling.statements import Presenter

DATA = Path(__file__).parents[2] / "data" / "registry"


@pytest.fixture(scope="module")
def registry() -> Registry:
    """Return the real evidence."""
    return load(DATA)


def test_a_contract_says_its_day_its_sum_and_what_became_of_it(good: Registry) -> None:
    (row,) = good.contracts
    assert contract_words(row) == (
        "Video for the city, of May 2019, to 2024 by its terms; about 5,000,000 RUB "
        "(whole project); cancelled December 2021: The council ended it."
    )
    text = chain_text(good, chain(good, "riverton-city-video"))
    assert "Contracts\n- Video for the city," in text
    told = chain_json(good, chain(good, "riverton-city-video"))["contracts"]
    assert [one["outcome"] for one in told] == ["cancelled"]


def test_a_supplier_under_a_contract_has_no_sum_of_its_own(good: Registry) -> None:
    def under(row: Relation) -> Relation:
        is_meant = row.relation_id == "lumen-riverton"
        return row.model_copy(update={"contract_id": "riverton-2019"}) if is_meant else row

    changed = replace(good, relations=tuple(map(under, good.relations)))
    supply = Presenter(changed).supply(edge_of(changed, "lumen-riverton"))
    assert supply.money == "under a contract of about 5,000,000 RUB (whole project) in all"


def test_no_sum_stands_at_two_suppliers_of_one_system(registry: Registry) -> None:
    sums = [
        (row.deployment_id, row.value, row.currency)
        for row in registry.relations
        if row.value is not None and row.value > 0 and row.role is not Role.FINANCIER
    ]
    assert sorted({one for one in sums if sums.count(one) > 1}, key=str) == []


def test_contracts_that_ended_say_how_and_by_whose_word(registry: Registry) -> None:
    ended = [row for row in registry.contracts if row.outcome is not None]
    assert len(ended) >= 12
    assert {row.outcome for row in ended} >= {
        ContractOutcome.CANCELLED,
        ContractOutcome.EXPIRED,
        ContractOutcome.RENEWED,
        ContractOutcome.REJECTED,
    }
    assert all(row.outcome_source_id in registry.source for row in ended)
