"""Legal lists become checks and entries: matched by whole names, "not listed" never proposed."""

import json
from datetime import date
from pathlib import Path

import pytest

from mapper.answers.legal_status import status
from mapper.answers.reasons import Reason, Why
from mapper.clean.partial_date import parse as parse_date
from mapper.errors import SourceChangedError, SourceError
from mapper.proposals import ecfr, screening_list
from mapper.proposals.award import Notice
from mapper.proposals.compared import Judged, judge_all
from mapper.proposals.listing import Listing, rows_of_listings
from mapper.proposals.proposed import LeftOut, State
from mapper.registry.checked import load
from mapper.registry.codes import Answer
from mapper.registry.registry import Registry, columns
from tests.proposals.proposal_cases import SEEDS, everything_in, page, resolver

TEXT = page("ecfr_744.xml").encode()
CSL = page("csl.json").encode()
ON = date(2020, 1, 1)


def notice(origin: str) -> Notice:
    return Notice(
        origin=origin,
        ref=ON.isoformat(),
        title="The list",
        publisher="The office",
        url="https://list.example/text",
        license_id="US-PD",
        retrieved_on="2026-11-23",
        kind="law",
    )


@pytest.fixture
def folder(good_folder: Path) -> Path:
    """Return the good registry with the two lists, and an entry nobody has checked since."""
    with (good_folder / "legal_lists.csv").open("a") as file:
        file.write("us-entity-list,US Entity List,US,The Bureau,,A licence is needed.\n")
        file.write("us-ns-cmic,US list of companies,US,The Treasury,,Trade is restricted.\n")
    with (good_folder / "designations.csv").open("a") as file:
        file.write(
            "facet-us-entity-list,facet,,The Bureau,us-entity-list,export_license,,2019-10-07,"
            "2019-10-09,,84 FR 99001,,list-2026,2019-10-09\n"
            "quiet-us-entity-list,quiet-optics,,The Bureau,us-entity-list,export_license,,,"
            "2019-10-09,,,,list-2026,2019-10-09\n"
        )
    return good_folder


@pytest.fixture
def registry(folder: Path) -> Registry:
    return load(folder)


def proposed(
    registry: Registry, listings: tuple[Listing, ...], origin: str
) -> tuple[list[Judged], list[LeftOut]]:
    rows, left = rows_of_listings(listings, resolver(registry), notice(origin), ON)
    judged, refused = judge_all(rows, registry)
    return judged, [*left, *refused]


def told(judged: list[Judged]) -> set[tuple[str, ...]]:
    return {
        (one.state, one.row.table, one.row.cells.get("org_id", ""), one.row.cells.get("list", ""))
        for one in judged
    }


def test_the_text_of_a_day_proposes_a_check_for_each_organisation_in_it(registry: Registry) -> None:
    judged, _ = proposed(registry, ecfr.parse(TEXT, entries_min=1), "ecfr")
    assert told(judged) == {
        ("new", "sources", "", ""),
        ("new", "designations", "hall-cameras", "us-entity-list"),
        ("new", "list_readings", "", "us-entity-list"),
        ("new", "list_checks", "hall-cameras", ""),
        ("new", "list_checks", "facet", ""),
    }
    check = next(one.row for one in judged if one.row.cells.get("org_id") == "facet")
    assert dict(check.cells) == {
        "reading_id": "us-entity-list-ecfr-2020-01-01",
        "org_id": "facet",
        "result": "listed",
        "name_as_listed": "Facet Labs",
    }


def test_a_text_of_a_day_says_only_that_an_entry_had_begun(registry: Registry) -> None:
    judged, _ = proposed(registry, ecfr.parse(TEXT, entries_min=1), "ecfr")
    entry = next(one.row.cells for one in judged if one.row.table == "designations")
    assert entry["effective_on"] == "before:2020-01-02"
    assert entry["instrument"] == "84 FR 99001, 10/9/19."
    assert entry["checked_on"] == "2020-01-01"


def test_after_the_check_is_entered_the_status_of_that_day_is_known(folder: Path) -> None:
    registry = load(folder)
    on = parse_date("2020-01-01")
    before = status(registry, "facet", "us-entity-list", on)[0]
    assert before.answer is Answer.UNKNOWN
    judged, _ = proposed(registry, ecfr.parse(TEXT, entries_min=1), "ecfr")
    for one in judged:
        cells = [one.row.cells.get(column, "") for column in columns(one.row.table)]
        with (folder / f"{one.row.table}.csv").open("a") as file:
            file.write(",".join(f'"{cell}"' for cell in cells) + "\n")
    after = load(folder)
    for org_id in ("facet", "hall-cameras"):
        found = status(after, org_id, "us-entity-list", on)[0]
        assert found.answer is Answer.YES
        assert found.reason == Reason(Why.SHOWN_THAT_DAY)
        assert "ecfr-2020-01-01" in found.source_ids
    again, _ = proposed(after, ecfr.parse(TEXT, entries_min=1), "ecfr")
    assert {one.state for one in again} == {State.KNOWN}


def test_a_name_in_another_country_and_an_entry_not_found_are_told(registry: Registry) -> None:
    _, left = proposed(registry, ecfr.parse(TEXT, entries_min=1), "ecfr")
    assert {(one.ref, one.reason) for one in left} == {
        ("row 0005", "an entry with a name of quiet-optics, in another country"),
        (
            "quiet-us-entity-list",
            "recorded as listed and not found by its names; compare by hand",
        ),
    }


@pytest.mark.parametrize("origin", ["ecfr", "csl"])
def test_no_person_and_no_address_of_a_list_is_proposed(origin: str, registry: Registry) -> None:
    listings = (
        ecfr.parse(TEXT, entries_min=1)
        if origin == "ecfr"
        else screening_list.parse(CSL, entries_min=1)
    )
    judged, left = proposed(registry, listings, origin)
    text = everything_in(one.row for one in judged) + " ".join(one.reason for one in left)
    assert [seed for seed in SEEDS if seed in text.casefold()] == []
    assert "not_listed" not in text


@pytest.mark.parametrize(
    ("lines", "names", "beginnings"),
    [
        (
            [
                "Works Co., Ltd., a.k.a., the following two aliases:",
                "—One; and",
                "—Two.",
                "1 Road.",
            ],
            ("Works Co., Ltd.", "One", "Two"),
            (),
        ),
        (
            ["Works Ltd., a.k.a. the following one alias: -One Ltd.", "1 Road."],
            ("Works Ltd.", "One Ltd."),
            (),
        ),
        (
            ["Works Co., Ltd., 1 Road, City."],
            (),
            (
                "Works Co., Ltd., 1 Road, City",
                "Works Co., Ltd., 1 Road",
                "Works Co., Ltd.",
                "Works Co.",
            ),
        ),
        (["Works"], (), ("Works",)),
    ],
    ids=["aliases", "in one line", "address", "bare"],
)
def test_names_of_an_entry_are_told_from_its_address(
    lines: list[str], names: tuple[str, ...], beginnings: tuple[str, ...]
) -> None:
    assert ecfr.names_in(lines) == (names, beginnings)


def test_an_empty_country_goes_on_from_the_row_above() -> None:
    listings = ecfr.parse(TEXT, entries_min=1)
    assert [sorted(listing.country_codes) for listing in listings] == [
        ["CN"],
        ["CN"],
        ["FR"],
        ["RU"],
        ["RU"],
    ]


def test_another_supplement_is_not_the_entity_list(registry: Registry) -> None:
    judged, _ = proposed(registry, ecfr.parse(TEXT, entries_min=1), "ecfr")
    assert "lumen" not in everything_in(one.row for one in judged)


@pytest.mark.parametrize(
    ("old", "new", "what"),
    [
        (b"Supplement No. 4 to Part 744", b"Supplement No. 9 to Part 744", "no Supplement No. 4"),
        (b">Entity</TH>", b">Person</TH>", "columns changed"),
        (b"</DIV5>", b"", "well-formed"),
        (
            b'<?xml version="1.0" encoding="UTF-8"?>',
            b'<!DOCTYPE a [<!ENTITY b "c">]>',
            "well-formed",
        ),
    ],
    ids=["supplement", "columns", "cut", "entities"],
)
def test_a_text_of_another_shape_is_an_error(old: bytes, new: bytes, what: str) -> None:
    with pytest.raises(SourceError, match=what):
        ecfr.parse(TEXT.replace(old, new), entries_min=1)


def test_too_few_entries_stop_the_lists() -> None:
    with pytest.raises(SourceChangedError, match="5 entries, expected at least 200"):
        ecfr.parse(TEXT)
    with pytest.raises(SourceChangedError, match="7 entries"):
        screening_list.parse(CSL)
    with pytest.raises(SourceChangedError, match="expected 8"):
        screening_list.parse(CSL.replace(b'"total": 7', b'"total": 8'), entries_min=1)


def test_the_screening_list_proposes_what_it_shows_today(registry: Registry) -> None:
    judged, left = proposed(registry, screening_list.parse(CSL, entries_min=1), "csl")
    assert told(judged) == {
        ("new", "sources", "", ""),
        ("new", "designations", "hall-cameras", "us-entity-list"),
        ("new", "list_readings", "", "us-entity-list"),
        ("new", "list_checks", "hall-cameras", ""),
        ("new", "list_checks", "facet", ""),
        ("new", "designations", "lumen-vision", "us-ns-cmic"),
        ("new", "list_readings", "", "us-ns-cmic"),
        ("new", "list_checks", "lumen-vision", ""),
    }
    entry = next(
        one.row.cells
        for one in judged
        if one.row.table == "designations" and one.row.cells["list"] == "us-ns-cmic"
    )
    assert entry["effective_on"] == "2021-12-16"
    assert {one.reason for one in left} == {
        "the registry has no list csl-uvl; enter it first",
        "recorded as listed and not found by its names; compare by hand",
    }


@pytest.mark.parametrize(
    ("written", "bare"),
    [
        ("Works Ltd., and any successor, sub-unit, or subsidiary thereof", "Works Ltd."),
        ("Works, including any successors, and others", "Works"),
        ("Successor Works", "Successor Works"),
        ("", ""),
    ],
)
def test_boilerplate_is_no_part_of_a_name(written: str, bare: str) -> None:
    assert screening_list.bare_name(written) == bare


@pytest.mark.parametrize(
    ("old", "new", "what"),
    [
        ("Unverified List (UVL)", "Invented List (XYZ)", "a list nobody knows"),
        ('"call_sign"', '"favourite_colour"', "favourite_colour"),
        ('"results"', '"rows"', "0 entries"),
    ],
)
def test_a_list_or_field_nobody_knows_stops_it(old: str, new: str, what: str) -> None:
    body = page("csl.json").replace(old, new)
    json.loads(body)
    with pytest.raises(SourceChangedError, match=what):
        screening_list.parse(body.encode(), entries_min=1)
