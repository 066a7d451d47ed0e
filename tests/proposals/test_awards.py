"""Contracts become rows: the golden sheets of four publishers, and their traps one by one."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mapper.errors import SourceChangedError, SourceError, SourceFormatError
from mapper.proposals import eff_atlas, ted, uk_ocds, usaspending
from mapper.proposals.award import Parsed
from mapper.proposals.proposed import State
from mapper.proposals.publisher_codes import item_text
from mapper.registry.checked import load
from mapper.registry.registry import Registry
from tests.proposals.proposal_cases import (
    DAY,
    SEEDS,
    as_golden,
    enter,
    everything_in,
    golden,
    judged,
    kept,
    page,
)

TED = kept(page("ted_1.json"), page("ted_2.json"))
UK = kept(page("uk_1.json"), page("uk_2.json"))
USA = kept(
    page("usaspending_count.json"),
    page("usaspending_1.json"),
    page("usaspending_2.json"),
    asked=["count"],
)
ATLAS = page("atlas.csv").encode()


def parse_ted(body: bytes = TED) -> Parsed:
    return ted.parse(body, DAY)


def parse_uk(body: bytes = UK) -> Parsed:
    return uk_ocds.parse(body, DAY, uk_ocds.FIND_A_TENDER)


def parse_usa(body: bytes = USA) -> Parsed:
    return usaspending.parse(body, DAY)


def parse_atlas(body: bytes = ATLAS) -> Parsed:
    return eff_atlas.parse(body, DAY, rows_min=1)


PARSERS: dict[str, Callable[..., Parsed]] = {
    "ted": parse_ted,
    "uk": parse_uk,
    "usaspending": parse_usa,
    "atlas": parse_atlas,
}


@pytest.mark.parametrize("name", PARSERS)
def test_the_rows_are_those_written_by_hand(name: str, good: Registry) -> None:
    found, _ = judged(good, PARSERS[name]())
    wanted = golden(f"{name}_expected.csv")
    assert as_golden(found, wanted) == wanted


@pytest.mark.parametrize("name", PARSERS)
def test_no_person_mail_telephone_or_street_is_proposed(name: str, good: Registry) -> None:
    found, left = judged(good, PARSERS[name]())
    told = everything_in(one.row for one in found) + " ".join(one.reason for one in left)
    assert [seed for seed in SEEDS if seed in told.casefold()] == []


@pytest.mark.parametrize(
    ("name", "reasons"),
    [
        (
            "ted",
            {
                "100003-2016": "the notice names no winner; tenderers are no suppliers",
                "100004-2026": "the supplier's name does not say that it is an organisation's",
            },
        ),
        ("uk", {"000102-2026 A2": "the award is cancelled"}),
        (
            "usaspending",
            {
                "CONT_AWD_00AB3": "no single recipient is named",
                "CONT_AWD_00AB4": "the supplier's name does not say that it is an organisation's",
            },
        ),
        ("atlas", {"AOS5": "its cells are shifted"}),
    ],
)
def test_what_is_left_out_is_told_with_its_reason(
    name: str, reasons: dict[str, str], good: Registry
) -> None:
    _, left = judged(good, PARSERS[name]())
    assert {one.ref: one.reason for one in left} == reasons


def test_a_tenderer_never_becomes_a_supplier(good: Registry) -> None:
    found, _ = judged(good, parse_ted())
    told = everything_in(one.row for one in found)
    assert "andere kamera" not in told
    assert "100003-2016" not in told


def test_a_sum_stays_as_written_beside_the_number() -> None:
    body = page("ted_1.json").replace('["45000.00"]', "[4.5e4]")
    amounts = {award.notice.ref: award.amount for award in parse_ted(kept(body)).awards}
    told = amounts["100001-2026"]
    assert told is not None
    assert (told.as_written, told.number) == ("4.5e4 EUR", "45000")


def test_a_total_of_several_winners_is_told_and_given_to_none() -> None:
    awards = [award for award in parse_ted().awards if award.notice.ref == "100002-2026"]
    assert [award.amount for award in awards] == [None, None]
    assert all("total of 1250000.5 EUR for 2 winners" in award.note for award in awards)


def test_a_subsidiary_in_another_country_is_pointed_at(good: Registry) -> None:
    found, _ = judged(good, parse_ted())
    rows = [
        one.row for one in found if one.row.ref == "100005-2026" and one.row.table == "relations"
    ]
    assert rows[0].matches["supplier_org"].how == "exact"
    assert rows[0].matches["supplier_org"].near == (
        "check: the source says IE, hall-cameras is of CN",
    )


@pytest.mark.parametrize(
    ("value", "names"),
    [
        ({"deu": ["B GmbH"], "eng": ["A Ltd"]}, ("A Ltd", "B GmbH")),
        ({"fra": ["A SA"], "mul": ["A", "A S.A."]}, ("A", "A S.A.")),
        ({"fra": ["A SA"], "nld": ["A SA", "B NV"]}, ("A SA", "B NV")),
        ({"eng": "One Ltd"}, ("One Ltd",)),
        (["One Ltd", "one ltd"], ("One Ltd",)),
        ("One Ltd", ("One Ltd",)),
        ({"eng": []}, ()),
        (None, ()),
    ],
    ids=["english", "mul", "unlike", "scalar", "list", "text", "empty", "absent"],
)
def test_names_by_language_are_each_told_once(value: object, names: tuple[str, ...]) -> None:
    assert ted.names_in(value) == names


def test_an_id_of_a_party_means_nothing_in_another_release() -> None:
    awards = {(award.notice.ref, award.supplier.name) for award in parse_uk().awards}
    assert ("000103-2026", "Lumen Vision") in awards
    assert ("000102-2026", "Quarry Cameras Limited") in awards
    assert len(awards) == 3


def test_an_update_changes_what_it_tells_and_nothing_else() -> None:
    award = next(one for one in parse_uk().awards if one.notice.ref == "000103-2026")
    assert award.item == "Town centre CCTV"
    assert award.amount is not None
    assert award.amount.as_written == "120000.00 GBP"
    assert str(award.period.begins) == "2026-03-04"


@pytest.mark.parametrize(
    "tender",
    [
        {"classification": {"scheme": "CPV", "id": "32323500"}},
        {"items": [{"id": "1", "classification": {"scheme": "CPV", "id": "32323500-8"}}]},
        {
            "items": [
                {"id": "1", "additionalClassifications": [{"scheme": "CPV", "id": "32323500"}]}
            ]
        },
        {"additionalClassifications": [{"scheme": "CPV", "id": "32323500"}]},
    ],
    ids=["tender", "item", "additional of an item", "additional of the tender"],
)
def test_a_code_is_found_wherever_it_stands(tender: dict[str, Any]) -> None:
    release = json.loads(page("uk_2.json"))["releases"][1]
    release["tender"] = {"id": "T3", "title": "Paper", **tender}
    assert len(parse_uk(kept(json.dumps({"releases": [release]}))).awards) == 1


def test_without_a_code_the_words_of_the_title_decide() -> None:
    found = uk_ocds.parse(UK, DAY, uk_ocds.FIND_A_TENDER, "paper")
    assert [award.supplier.name for award in found.awards] == ["Paper Supplies Limited"]


@pytest.mark.parametrize(
    ("cell", "vendors"),
    [
        ("Autel, DJI", ("Autel", "DJI")),
        ("Rekor Systems, Inc.", ("Rekor Systems, Inc.",)),
        ("Vigilant Solutions, Flock Safety", ("Vigilant Solutions", "Flock Safety")),
        ("DJI, DJI", ("DJI",)),
        (" , ", ()),
        ("", ()),
    ],
)
def test_a_cell_may_name_several_vendors(cell: str, vendors: tuple[str, ...]) -> None:
    assert eff_atlas.vendors_in(cell) == vendors


def test_another_column_stops_the_atlas() -> None:
    with pytest.raises(SourceChangedError, match="Latitude"):
        parse_atlas(ATLAS.replace(b"Other Links", b"Latitude"))


def test_a_cut_atlas_is_refused() -> None:
    cut = ATLAS[: ATLAS.rindex(b",,,,")]
    with pytest.raises(SourceFormatError, match="of 28 cells"):
        parse_atlas(cut)


def test_fewer_rows_than_the_atlas_ever_had_stop_it() -> None:
    with pytest.raises(SourceChangedError, match="5 rows, expected at least 10,000"):
        eff_atlas.parse(ATLAS, DAY)


@pytest.mark.parametrize("name", ["ted", "uk", "usaspending"])
@pytest.mark.parametrize(
    "body",
    [b"[", b"{}", b'[{"answer": {}}]', kept('{"notices": 1, "releases": 1, "results": 1}')],
    ids=["cut", "no list", "no question", "no list inside"],
)
def test_a_body_of_another_shape_is_an_error(name: str, body: bytes) -> None:
    with pytest.raises(SourceError):
        PARSERS[name](body)


def test_a_field_nobody_knows_stops_ted() -> None:
    body = page("ted_1.json").replace('"winner-country"', '"winner-homeland"', 1)
    with pytest.raises(SourceChangedError, match="winner-homeland"):
        parse_ted(kept(body))


@pytest.mark.parametrize("name", PARSERS)
@pytest.mark.parametrize("has_own_ids", [False, True], ids=["our ids", "ids of their own"])
def test_what_was_entered_is_known_and_stands(
    name: str, good: Registry, good_folder: Path, *, has_own_ids: bool
) -> None:
    found, _ = judged(good, PARSERS[name]())
    ids = [
        one.row.cells[column]
        for one in found
        for table, column in (("relations", "relation_id"), ("claims", "claim_id"))
        if one.row.table == table
    ]
    renamed = {one: f"own-{number}" for number, one in enumerate(ids)} if has_own_ids else {}
    enter(found, good_folder, renamed)
    again, _ = judged(load(good_folder), PARSERS[name]())
    assert {one.row.table for one in again} >= {"sources", "relations", "claims"}
    assert [one.row.cells for one in again if one.state is not State.KNOWN] == []


def test_another_supply_between_the_same_two_is_new_and_says_so(
    good: Registry, good_folder: Path
) -> None:
    found, _ = judged(good, parse_ted())
    enter(found, good_folder, {})
    body = page("ted_1.json").replace("100001-2026", "100011-2026")
    again, _ = judged(load(good_folder), parse_ted(kept(body)))
    relation = next(one for one in again if one.row.cells.get("supplier_org") == "lumen-vision")
    assert relation.state is State.NEW
    assert relation.note.startswith("the registry has between the two: lumen-vision-stadt")


PAGES: dict[str, tuple[str, list[dict[str, Any]]]] = {
    "ted": (
        "notices",
        [n for f in ("ted_1", "ted_2") for n in json.loads(page(f + ".json"))["notices"]],
    ),
    "uk": (
        "releases",
        [n for f in ("uk_1", "uk_2") for n in json.loads(page(f + ".json"))["releases"]],
    ),
    "usaspending": (
        "results",
        [n for f in ("1", "2") for n in json.loads(page(f"usaspending_{f}.json"))["results"]],
    ),
}


@pytest.mark.parametrize("name", PAGES)
@given(data=st.data())
def test_the_order_and_size_of_pages_do_not_matter(
    name: str, good: Registry, data: st.DataObject
) -> None:
    member, rows = PAGES[name]
    shuffled = data.draw(st.permutations(rows))
    at = data.draw(st.integers(0, len(rows)))
    pages = [json.dumps({member: shuffled[:at]}), json.dumps({member: shuffled[at:]})]
    straight = kept(json.dumps({member: rows}))
    one, left_one = judged(good, PARSERS[name](kept(*pages)))
    other, left_other = judged(good, PARSERS[name](straight))
    assert one == other
    assert sorted(left_one, key=str) == sorted(left_other, key=str)


def test_a_statement_with_loaded_words_is_left_to_a_person(good: Registry) -> None:
    body = page("ted_1.json").replace("Lumen Vision B.V.", "Entity List Sanctions Systems GmbH")
    found, left = judged(good, parse_ted(kept(body)))
    assert ("100001-2026", "the statement would not be in neutral words") in {
        (one.ref, one.reason) for one in left
    }
    assert "100001-2026" not in {one.row.ref for one in found if one.row.table == "claims"}


@pytest.mark.parametrize(
    "title",
    [
        "Mobile CCTV cameras 2026/27",
        "Caméras, lot n° 3 (vidéoprotection)",
        "CCTV at 12 car parks, 240 cameras",
        "Telephone exchange: 4 speed cameras",
    ],
)
def test_a_plain_title_stays_as_written(title: str) -> None:
    assert item_text(title) == title


PERSONAL = st.sampled_from(
    [
        "jane@seeded.example",
        "tel. 020 7555 0100",
        "+44 20 7555 0100",
        "Attn Jane Seeded",
        "Mrs Seeded",
        "c/o Jane Seeded",
        "https://seeded.example/jane",
        "jane (at) seeded",
        "POC: Jane Seeded",
        "Herr Seeded",
    ]
)


@given(before=st.text(max_size=40), personal=PERSONAL, after=st.text(max_size=40))
def test_a_title_with_a_persons_data_is_left_to_its_notice(
    before: str, personal: str, after: str
) -> None:
    rows = json.loads(page("ted_1.json"))
    rows["notices"][0]["notice-title"] = {"eng": f"{before} {personal} {after}"}
    award = next(one for one in parse_ted(kept(json.dumps(rows))).awards)
    assert award.item == ""
    assert award.notice.title == "[Contract award notice 100001-2026]"
