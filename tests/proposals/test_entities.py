"""Registers of organisations: what fills a gap, what differs, and owners as a statement."""

import json
from typing import Any

import pytest

from mapper.errors import SourceChangedError, SourceError
from mapper.proposals.compared import Judged, judge_all
from mapper.proposals.entity import Wanted
from mapper.proposals.gleif import Gleif
from mapper.proposals.proposed import LeftOut
from mapper.proposals.wikidata import Wikidata
from mapper.registry.registry import Registry
from tests.proposals.proposal_cases import (
    DAY,
    SEEDS,
    as_golden,
    everything_in,
    golden,
    kept,
    page,
    resolver,
)

WIKIDATA = kept(page("wikidata.json"))
GLEIF = kept(
    page("gleif_records.json"),
    page("gleif_parent.json"),
    page("gleif_exception.json"),
    asked=[
        "records 1",
        "direct-parent of LUMENVISION000000093",
        "direct-parent-reporting-exception of 529900T8BM49AURSDO55",
    ],
)


def proposed(
    name: str, registry: Registry, body: bytes | None = None
) -> tuple[list[Judged], list[LeftOut]]:
    if name == "gleif":
        rows, left = Gleif().rows(body or GLEIF, Wanted(), DAY, resolver(registry))
    else:
        rows, left = Wikidata().rows(body or WIKIDATA, Wanted(), DAY, resolver(registry))
    judged, refused = judge_all(rows, registry)
    return judged, [*left, *refused]


@pytest.mark.parametrize("name", ["wikidata", "gleif"])
def test_the_rows_are_those_written_by_hand(name: str, good: Registry) -> None:
    found, _ = proposed(name, good)
    wanted = golden(f"{name}_expected.csv")
    assert as_golden(found, wanted) == wanted


@pytest.mark.parametrize("name", ["wikidata", "gleif"])
def test_no_person_and_no_address_is_proposed(name: str, good: Registry) -> None:
    found, left = proposed(name, good)
    told = everything_in(one.row for one in found) + " ".join(one.reason for one in left)
    assert [seed for seed in SEEDS if seed in told.casefold()] == []


@pytest.mark.parametrize(
    ("name", "reasons"),
    [
        (
            "wikidata",
            {
                "Q1003": "the item is no organisation",
                "Q1004": "no organisation of the registry has the id or the name",
            },
        ),
        (
            "gleif",
            {
                "not told": "the record is of a sole proprietor",
                "QUIETOPTICS000000066": "a record with a name of quiet-optics, in another country",
                "NOBODYKNOWN000000016": (
                    "no organisation of the registry has the identifier or the name"
                ),
            },
        ),
    ],
)
def test_what_is_left_out_is_told_with_its_reason(
    name: str, reasons: dict[str, str], good: Registry
) -> None:
    _, left = proposed(name, good)
    assert {one.ref: one.reason for one in left} == reasons


def test_what_the_registry_has_otherwise_is_told(good: Registry) -> None:
    found, _ = proposed("wikidata", good)
    notes = {one.row.cells.get("org_id"): (one.note, one.row.note) for one in found}
    assert notes["lumen-vision"] == (
        "the registry has founded=2012",
        "Wikidata has several values for country_code",
    )
    link = next(one for one in found if one.row.cells.get("from_org") == "hall-group")
    assert link.note == "the registry has valid_from=2016"
    assert link.row.note == (
        "Wikidata states “parent organisation” (P749); its references: "
        "https://hall.example/annual, https://news.example/hall"
    )
    other = next(one.row for one in found if one.row.cells.get("kind") == "shareholder")
    assert other.note.endswith("its references: none")


@pytest.mark.parametrize(
    ("precision", "date"), [("11", "2001-01-01"), ("10", "2001-01"), ("9", "2001"), ("8", "")]
)
def test_a_date_is_as_exact_as_its_precision(precision: str, date: str, good: Registry) -> None:
    body = page("wikidata.json").replace(
        '"foundedPrecision": {\n     "type": "literal",\n     "value": "9"',
        f'"foundedPrecision": {{"type": "literal", "value": "{precision}"',
    )
    found, _ = proposed("wikidata", good, kept(body))
    cells = next(one.row.cells for one in found if one.row.cells.get("org_id") == "hall-cameras")
    assert cells.get("founded", "") == date


def test_two_records_with_one_name_are_for_a_person_to_tell_apart(good: Registry) -> None:
    records: dict[str, Any] = json.loads(page("gleif_records.json"))
    twin = json.loads(json.dumps(records["data"][1]))
    twin["id"] = twin["attributes"]["lei"] = "EXAMPLEHOLDING000051"
    body = kept(json.dumps({**records, "data": [*records["data"], twin]}), asked=["records 1"])
    found, left = proposed("gleif", good, body)
    assert "lumen-vision" not in everything_in(one.row for one in found)
    assert [one.ref for one in left if "2 records" in one.reason] == [
        "EXAMPLEHOLDING000051",
        "LUMENVISION000000093",
    ]


def test_a_reason_spelt_otherwise_stops_gleif(good: Registry) -> None:
    body = GLEIF.replace(b"NATURAL_PERSONS", b"Jane Seeded owns it")
    with pytest.raises(SourceChangedError, match="a reason spelt otherwise"):
        proposed("gleif", good, body)


@pytest.mark.parametrize("name", ["wikidata", "gleif"])
@pytest.mark.parametrize(
    "body",
    [
        b"[",
        kept("[]", asked=["records 1"]),
        kept('{"data": [1], "results": {"bindings": [1]}}', asked=["records 1"]),
        kept('{"data": {}, "results": []}', asked=["records 1"]),
    ],
    ids=["cut", "list", "no records", "no rows"],
)
def test_an_answer_of_another_shape_is_an_error(name: str, body: bytes, good: Registry) -> None:
    with pytest.raises(SourceError):
        proposed(name, good, body)


def test_a_row_that_the_tables_would_refuse_is_left_out_without_its_text(good: Registry) -> None:
    body = page("wikidata.json").replace('https://hall.example/"', 'mailto:jane@seeded.example"')
    found, left = proposed("wikidata", good, kept(body))
    assert [one.reason for one in left if one.ref == "Q1002"] == [
        "organisations.website is not a web address that begins with http:// or https:// and a host"
    ]
    assert "hall-cameras" not in {one.row.cells.get("org_id") for one in found}
