"""What refers to what, and which day precedes which, is read from the fields of the models."""

from pathlib import Path

import pytest

from mapper.registry.references import columns_that_name, periods
from mapper.registry.registry import TABLES, Registry
from mapper.settings import Settings

FIXTURES = Path(__file__).parents[1] / "fixtures/registry"


def test_every_table_of_the_registry_has_a_model_and_a_field() -> None:
    assert all(getattr(Registry(), table) == () for table in TABLES)
    assert {model.__name__ for model in TABLES.values()} >= {"Source", "Claim", "ListCheck"}


@pytest.mark.parametrize("folder", [Settings().registry_dir, FIXTURES], ids=["data", "fixtures"])
def test_every_table_has_its_file(folder: Path) -> None:
    assert {path.stem for path in folder.glob("*.csv")} == set(TABLES)


def test_the_columns_that_name_an_organisation_are_found_in_every_table() -> None:
    assert set(columns_that_name("organisations")) >= {
        ("organisation_names", "org_id"),
        ("organisation_links", "from_org"),
        ("organisation_links", "to_org"),
        ("products", "org_id"),
        ("footprints", "org_id"),
        ("deployments", "operator_org"),
        ("relations", "supplier_org"),
        ("relations", "recipient_org"),
        ("claims", "speaker_org"),
        ("shipments", "maker_org"),
        ("designations", "org_id"),
        ("replies", "org_id"),
    }


def test_a_table_is_passed_over_when_asked() -> None:
    assert not {
        table for table, _ in columns_that_name("organisations", but={"products", "claims"})
    } & {"products", "claims"}


def test_a_reference_to_another_table_is_not_mistaken_for_an_organisation() -> None:
    assert ("relations", "deployment_id") not in set(columns_that_name("organisations"))
    assert ("relations", "deployment_id") in set(columns_that_name("deployments"))


def test_the_days_of_a_row_run_forward_where_the_fields_say_so() -> None:
    assert set(periods()) >= {
        ("organisations", "founded", "dissolved"),
        ("organisation_names", "valid_from", "valid_to"),
        ("organisation_links", "valid_from", "valid_to"),
        ("deployments", "valid_from", "valid_to"),
        ("relations", "valid_from", "valid_to"),
        ("shipments", "period_from", "period_to"),
        ("designations", "announced_on", "effective_on"),
        ("designations", "announced_on", "ended_on"),
        ("designations", "effective_on", "ended_on"),
        ("replies", "asked_on", "answered_on"),
    }
