"""Who is documented to supply an organisation: what a claim states, and nothing more."""

from dataclasses import replace

import pytest

from mapper.answers.documented_suppliers import documented_suppliers
from mapper.registry.codes import Role
from mapper.registry.registry import Registry
from tests.answers.status_rows import PRESS_SAYS, SUPPLIER_DENIES, SUPPLIER_SAYS, C, registry_of


def _of_role(registry: Registry, role: Role, **values: object) -> Registry:
    (relation,) = registry.relations
    changed = relation.model_copy(update={"role": role} | values)
    return replace(registry, relations=(changed,))


def test_the_recipient_and_who_runs_the_system_have_the_supplier() -> None:
    found = documented_suppliers(registry_of([PRESS_SAYS]))
    assert found == {"city": ("maker",), "police": ("maker",)}


@pytest.mark.parametrize(
    "claims",
    [
        [replace(PRESS_SAYS, statement="")],
        [SUPPLIER_SAYS, SUPPLIER_DENIES],
        [replace(PRESS_SAYS, retracted=True)],
        [C("limits", "supplier")],
        [replace(PRESS_SAYS, about="use")],
    ],
    ids=["bare naming", "disputed", "retracted", "limits alone", "not of the supply"],
)
def test_what_no_standing_undisputed_claim_states_is_no_supply(claims: list[C]) -> None:
    assert documented_suppliers(registry_of(claims)) == {}


def test_a_supply_that_ended_is_documented_all_the_same() -> None:
    ended = registry_of([PRESS_SAYS, C("ends", "supplier", as_of="2022-03")])
    assert documented_suppliers(ended)["city"] == ("maker",)


def test_who_pays_supplies_nothing() -> None:
    assert documented_suppliers(_of_role(registry_of([PRESS_SAYS]), Role.FINANCIER)) == {}


def test_a_part_inside_a_makers_product_is_not_supplied_to_who_runs_the_system() -> None:
    registry = _of_role(registry_of([PRESS_SAYS]), Role.COMPONENT, recipient_org="box-maker")
    assert documented_suppliers(registry) == {"box-maker": ("maker",)}
