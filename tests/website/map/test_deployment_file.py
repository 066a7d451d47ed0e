"""Deployments on the page: everything with its source, nothing that was retracted."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

from mapper.registry.checked import load
from mapper.registry.codes import Kept, Role, SubjectKind
from mapper.registry.registry import Registry
from mapper.registry.tables import Retraction
from mapper.settings import Settings
from mapper.telling.language import speaking
from mapper.website.languages.page_words import page_words
from mapper.website.map.data_file import script_text
from mapper.website.map.deployment_file import (
    NO_SUPPLY,
    deployments_file,
    deployments_payload,
    evidence_file,
    listed_organisations,
    supplier_counts,
    system_countries,
    technologies_of,
)
from tests.website.unpack import unzipped

_RIVERTON = Path(__file__).parents[2] / "fixtures" / "registry"
"""A hand-written registry; what is expected below is read from its CSV files by eye."""


def _deployments(registry: Registry) -> dict[str, dict[str, Any]]:
    payload = json.loads(json.dumps(deployments_payload(registry)))
    return {deployment["id"]: deployment for deployment in payload["deployments"]}


def _with_retraction(kind: SubjectKind, subject_id: str) -> Registry:
    registry = load(_RIVERTON)
    empty = dict.fromkeys(Retraction.model_fields, "")
    own = {"subject_kind": kind, "subject_id": subject_id, "retracted_on": "2026-11-20"}
    row = Retraction.model_validate({**empty, **own, "kept": Kept.KEPT, "reason": "An error."})
    tables = {
        name: getattr(registry, name)
        for name in ("sources", "organisations", "products", "deployments", "counts")
    }
    return Registry(
        **tables,
        relations=registry.relations,
        claims=registry.claims,
        retractions=(*registry.retractions, row),
    )


def test_a_deployment_is_told_with_place_operator_and_dates() -> None:
    city = _deployments(load(_RIVERTON))["riverton-city-video"]
    assert (city["lon_deg"], city["lat_deg"]) == (37.61556, 55.75222)
    assert (city["place"], city["where"]) == ("Riverton", "Riverton, Russia")
    assert city["technologies"] == "video surveillance and face recognition"
    assert city["period"] == "from 2017 (launch)"


def test_another_language_has_the_same_rows_in_its_own_words() -> None:
    registry = load(_RIVERTON)
    words = page_words(Settings().site_source_dir / "i18n", "de")
    with speaking(words.language):
        german = _deployments(registry)
    english = _deployments(registry)
    assert list(german) == list(english)
    city, stadt = english["riverton-city-video"], german["riverton-city-video"]
    same = ("name", "operator", "technology_ids", "lon_deg", "years", "place")
    assert {name: stadt[name] for name in same} == {name: city[name] for name in same}
    assert stadt["where"] == "Riverton, Russland"
    assert [each["text"] for each in stadt["claims"] if not each["is_bare"]] == [
        each["text"] for each in city["claims"] if not each["is_bare"]
    ]
    headlines = [[supplier["headline"] for supplier in row["suppliers"]] for row in (stadt, city)]
    assert len(headlines[0]) == len(headlines[1]) > 0
    assert not set(headlines[0]) & set(headlines[1])


def test_a_system_without_a_point_stays_in_the_list() -> None:
    plates = _deployments(load(_RIVERTON))["exland-plates"]
    assert (plates["lon_deg"], plates["lat_deg"]) == (None, None)
    assert plates["operator"] is None


def test_disagreeing_counts_stand_side_by_side_the_newest_first_each_with_its_source() -> None:
    city = _deployments(load(_RIVERTON))["riverton-city-video"]
    told = [
        (count["figure"], count["what"], count["state"], count["when"]) for count in city["counts"]
    ]
    assert told == [
        ("at least 160,000", "cameras", "installed", "2022"),
        ("213,000", "cameras", "state not said", "28 October 2022"),
        ("3,000", "cameras with face recognition", "connected", "October 2019"),
        ("more than 3,000", "cameras with face recognition", "connected", "2017"),
    ]
    titles = [city["sources"][count["sources"][0]]["publisher"] for count in city["counts"]]
    assert titles == ["Riverton Daily", "Copyhouse", "Copyhouse", "Riverton Daily"]


def test_a_fraction_stays_a_fraction() -> None:
    metro = _deployments(load(_RIVERTON))["riverton-metro-video"]
    (count,) = metro["counts"]
    assert (count["figure"], count["when"]) == ("about 0.5", "before 3 May 2021")


def test_a_deployment_is_headed_by_what_is_installed_and_else_names_the_state() -> None:
    told = _deployments(load(_RIVERTON))
    assert told["riverton-city-video"]["headline"] == {
        "line": "at least 160,000 cameras, installed (2022)",
        "label": "at least 160,000",
        "size": 160000,
    }
    assert told["riverton-metro-video"]["headline"] is None
    registry = load(_RIVERTON)
    stated = tuple(row for row in registry.counts if row.qualifier == "stated")
    (alone,) = [
        row
        for row in deployments_payload(replace(registry, counts=stated))["deployments"]
        if row["headline"]
    ]
    assert alone["headline"]["label"] == "213,000 (state not said)"


def test_suppliers_carry_role_status_and_the_claims_of_both_sides() -> None:
    city = _deployments(load(_RIVERTON))["riverton-city-video"]
    suppliers = {supplier["supplier_id"]: supplier for supplier in city["suppliers"]}
    assert set(suppliers) == {"borealis", "facet", "hall-cameras", "lumen-vision"}
    hall = suppliers["hall-cameras"]
    assert (hall["supplier"], hall["product"]) == ("Hall Cameras", "dome cameras")
    assert hall["headline"] == (
        "manufacturer (dome cameras) for Riverton Department of Information; "
        "from 2016 (purchase); status: disputed"
    )
    told = [(claim["byline"], claim["says"], claim["text"]) for claim in hall["claims"]]
    assert told == [
        (
            "Hall Cameras (spokesperson), supplier, 28 March 2023",
            "disputes it",
            "The company said that it sold nothing to the city.",
        ),
        (
            "Hall Cameras, reply, 30 March 2023",
            None,
            "The company wrote that it keeps to its statement.",
        ),
        (
            "Riverton Daily, third party, 28 March 2023",
            None,
            "Names this supply and says no more.",
        ),
    ]
    assert suppliers["lumen-vision"]["status"] == "confirmed"


def test_a_court_speaks_on_the_deployment_itself() -> None:
    city = _deployments(load(_RIVERTON))["riverton-city-video"]
    (court,) = city["claims"]
    assert court["byline"] == "city court, authority, 6 November 2019"
    assert court["says"] == "limits it"
    (source,) = court["sources"]
    assert city["sources"][source] == {
        "title": "“Faces in the crowd, and who reads them”",
        "lang": "en",
        "publisher": "Riverton Daily",
        "details": "28 March 2023; press, grade B, excerpt read",
        "url": "https://daily.example/2023/03/faces",
        "archive_url": "https://web.archive.org/web/20230401/https://daily.example/a1",
    }


def test_a_relation_whose_only_claim_was_retracted_says_so_and_shows_no_claim() -> None:
    (supplier,) = _deployments(load(_RIVERTON))["exland-plates"]["suppliers"]
    assert supplier["status"] == "retracted"
    assert supplier["claims"] == []


def _claims_of(supplier: dict[str, Any]) -> list[dict[str, Any]]:
    below = [claim for part in supplier["parts"] for claim in _claims_of(part)]
    return [*supplier["claims"], *below]


def test_every_source_is_named_once_and_every_number_leads_to_one() -> None:
    for deployment in _deployments(load(_RIVERTON)).values():
        told = [*deployment["counts"], *deployment["claims"]]
        told += [claim for supplier in deployment["suppliers"] for claim in _claims_of(supplier)]
        numbers = [number for row in told for number in row["sources"]]
        assert set(numbers) == set(range(len(deployment["sources"])))
        urls = [source["url"] for source in deployment["sources"]]
        assert len(urls) == len(set(urls))


def test_a_retracted_count_and_a_retracted_deployment_are_gone() -> None:
    city = _deployments(_with_retraction(SubjectKind.COUNT, "riverton-frt"))["riverton-city-video"]
    assert "2017" not in [count["when"] for count in city["counts"]]
    left = _deployments(_with_retraction(SubjectKind.DEPLOYMENT, "riverton-metro-video"))
    assert set(left) == {"exland-plates", "riverton-city-video"}


def test_an_empty_registry_gives_an_empty_list() -> None:
    assert deployments_payload(Registry()) == {"deployments": []}
    assert script_text("deployments", deployments_file(deployments_payload(Registry()))).startswith(
        'WC.put("deployments",{"schema":4,"n":0,"gz":"'
    )


def test_a_system_carries_what_the_filter_asks_for() -> None:
    city = _deployments(load(_RIVERTON))["riverton-city-video"]
    assert city["country_code"] == "RU"
    assert city["technology_ids"] == ["cctv", "frt"]
    assert city["years"] == [2017, None]


def test_who_pays_or_runs_a_system_does_not_supply_it() -> None:
    registry = load(Settings().registry_dir)
    roles = {row.relation_id: row.role for row in registry.relations}
    payload = deployments_payload(registry)["deployments"]
    told = [row for system in payload for row in system["suppliers"]]
    assert {row["supplies"] for row in told} == {True, False}
    lenders = {row.supplier_org for row in registry.relations if row.role is Role.FINANCIER}
    makers = {row.supplier_org for row in registry.relations if row.role not in NO_SUPPLY}
    assert len(told) <= len(roles)
    assert not any(row["supplies"] for row in told if row["supplier_id"] in lenders - makers)


def test_a_listed_supplier_is_one_with_an_entry_that_has_not_ended() -> None:
    registry = load(Settings().registry_dir)
    listed = listed_organisations(registry)
    assert "hikvision" in listed
    told = [
        row
        for system in deployments_payload(registry)["deployments"]
        for row in system["suppliers"]
    ]
    assert {row["supplier_id"] for row in told if row["is_listed"]} <= listed
    ended = {row.org_id for row in registry.designations if row.ended_on is not None}
    standing = {row.org_id for row in registry.designations if row.ended_on is None}
    assert not listed & (ended - standing)


def test_the_two_files_hold_every_system_whole_and_nothing_twice() -> None:
    payload = deployments_payload(load(_RIVERTON))
    file, further = deployments_file(payload), evidence_file(payload)
    told = json.loads(unzipped(file))
    whole = []
    for row, said in zip(told, json.loads(unzipped(further)), strict=True):
        assert not set(row) & set(said)
        claims, parts = said.pop("supplier_claims"), said.pop("supplier_parts")
        suppliers = [
            {**supplier, "claims": of_supply, "parts": below}
            for supplier, of_supply, below in zip(row["suppliers"], claims, parts, strict=True)
        ]
        count = len(said["counts"]) + len(said["claims"]) + sum(map(len, claims))
        assert row.pop("said") == count
        whole.append({**row, **said, "suppliers": suppliers})
    assert whole == json.loads(json.dumps(payload["deployments"]))
    assert file["n"] == further["n"] == len(whole)
    assert any(row["sources"] for row in whole)
    assert {"id": "cctv", "name": "video surveillance"} in technologies_of(payload["deployments"])


def test_a_country_with_systems_alone_comes_after_those_with_cameras() -> None:
    systems = deployments_payload(load(Settings().registry_dir))["deployments"]
    others = [row["id"] for row in system_countries(systems, [None, "US", "FI"])]
    assert "US" not in others
    assert {"RU", "RS", "KE"} <= set(others)
    counts = [sum(row["country_code"] == code for row in systems) for code in others]
    assert counts == sorted(counts, reverse=True)


def test_a_supplier_is_counted_once_for_each_system() -> None:
    systems = deployments_payload(load(Settings().registry_dir))["deployments"]
    supplied = supplier_counts(systems)
    assert supplied["huawei"] == sum(
        any(row["supplier_id"] == "huawei" and row["supplies"] for row in one["suppliers"])
        for one in systems
    )


def test_a_supplier_has_below_it_who_supplies_it_for_this_system() -> None:
    registry = load(Settings().registry_dir)
    moscow = _deployments(registry)["moscow-city-video"]
    parts = {row["supplier_id"]: row["parts"] for row in moscow["suppliers"]}
    assert [part["supplier_id"] for part in parts["ntechlab"]] == ["intel", "nvidia"]
    assert parts["synesis"] == []
    for part in parts["ntechlab"]:
        assert part["claims"]
        assert part["parts"] == []
        assert all(
            place < len(moscow["sources"]) for claim in part["claims"] for place in claim["sources"]
        )
    # The same chip maker supplies other makers without a source that ties it to their systems.
    tied = [
        row["id"]
        for row in _deployments(registry).values()
        for supplier in row["suppliers"]
        if any(part["supplier_id"] == "nvidia" for part in supplier["parts"])
    ]
    assert len(set(tied)) < len(_deployments(registry)) / 4
