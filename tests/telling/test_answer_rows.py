"""The tables of `vendor`, `chain` and `status` hold what the text and the JSON say."""

import csv
from dataclasses import replace
from io import StringIO

import pytest

from mapper.answers.legal_status import status
from mapper.answers.organisation_profile import vendor_profile
from mapper.answers.supply_chain import chain, nodes
from mapper.clean.partial_date import parse
from mapper.errors import UsageError
from mapper.pipeline import asking
from mapper.pipeline.answer_form import Form, form_of
from mapper.registry.registry import Registry
from mapper.telling.answer_rows import (
    CHAIN_COLUMNS,
    STATUS_COLUMNS,
    VENDOR_COLUMNS,
    chain_rows,
    status_rows,
    vendor_rows,
)

CITY = "riverton-city-video"


def _dicts(lines: list[list[str]]) -> list[dict[str, str]]:
    head, *rest = lines
    assert all(len(line) == len(head) for line in rest)
    return [dict(zip(head, line, strict=True)) for line in rest]


def test_a_chain_has_a_line_for_each_node_in_the_order_of_the_tree(good: Registry) -> None:
    answer = chain(good, CITY)
    rows = _dicts(chain_rows(answer))
    assert list(rows[0]) == list(CHAIN_COLUMNS)
    assert [row["name"] for row in rows] == [node.name for node in nodes(answer.root)]
    (chip,) = [row for row in rows if row["org_id"] == "acme-silicon"]
    told = (chip["depth"], chip["step"], chip["above_id"], chip["is_in_system"], chip["product"])
    assert told == ("4", "compute", "facet", "true", "Acme T4")
    assert set(chip["source_ids"].split()) == {"acme-2022"}
    assert {row["status"] for row in rows if row["step"] in {"place", "operator"}} == {""}


def test_a_component_of_a_maker_in_general_is_marked_in_the_table(good: Registry) -> None:
    rest = tuple(row for row in good.claim_scopes if row.claim_id != "acme-facet-1")
    rows = _dicts(chain_rows(chain(replace(good, claim_scopes=rest), CITY)))
    (chip,) = [row for row in rows if row["org_id"] == "acme-silicon"]
    assert (chip["step"], chip["above_id"], chip["is_in_system"]) == ("", "facet", "false")


def test_a_vendor_has_a_line_for_each_relation_and_its_part(good: Registry) -> None:
    profile = vendor_profile(good, "facet")
    rows = _dicts(vendor_rows(good, profile))
    assert list(rows[0]) == list(VENDOR_COLUMNS)
    parts = {row["relation_id"]: row["part"] for row in rows}
    assert parts == {
        **{edge.relation.relation_id: "supplies" for edge in profile.supplies},
        **{edge.relation.relation_id: "receives" for edge in profile.received},
    }
    assert parts["acme-facet"] == "receives"
    (city,) = [row for row in rows if row["deployment_id"] == CITY]
    assert (city["supplier_id"], city["country_code"], city["is_supply"]) == ("facet", "RU", "true")


def test_the_law_has_a_line_for_each_list_with_its_answer_and_reason(good: Registry) -> None:
    day = parse("2022-06")
    answers = status(good, "facet", None, day)
    rows = _dicts(status_rows(good, "facet", answers, day))
    assert list(rows[0]) == list(STATUS_COLUMNS)
    assert [(row["list_id"], row["answer"]) for row in rows] == [
        (answer.legal_list.list_id, str(answer.answer)) for answer in answers
    ]
    assert all(row["reason"] and row["on"] == "2022-06" for row in rows)
    listed = [row for row in rows if row["designation_id"]]
    assert len(listed) == sum(answer.entry is not None for answer in answers)


def test_the_commands_write_each_form_and_refuse_two_at_once() -> None:
    told = asking.status("Hikvision", on="2022-06", list_name="us-entity-list", form=Form.CSV)
    (row,) = csv.DictReader(StringIO(told))
    assert (row["org_id"], row["list_id"], row["answer"]) == ("hikvision", "us-entity-list", "yes")
    with pytest.raises(UsageError, match="both given"):
        form_of(as_json=True, as_csv=True)
