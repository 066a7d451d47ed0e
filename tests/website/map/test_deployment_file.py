"""Deployments on the page: everything with its source, nothing that was retracted."""

import json
from pathlib import Path
from typing import Any

from mapper.registry.checked import load
from mapper.registry.codes import Kept, SubjectKind
from mapper.registry.registry import Registry
from mapper.registry.tables import Retraction
from mapper.website.map.data_file import script_text
from mapper.website.map.deployment_file import deployments_payload

_RIVERTON = Path(__file__).parents[2] / "fixtures" / "registry"
"""A hand-written registry; what is expected below is read from its CSV files by eye."""


def _deployments(registry: Registry) -> dict[str, dict[str, Any]]:
    payload = json.loads(json.dumps(deployments_payload(registry)))
    assert payload["schema"] == 1
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
    assert city["location_precision_m"] == 20000
    assert (city["place"], city["country_code"]) == ("Riverton", "RU")
    assert city["technologies"] == ["cctv", "frt"]
    assert (city["valid_from"], city["valid_to"]) == ("2017", None)


def test_a_system_without_a_point_stays_in_the_list() -> None:
    plates = _deployments(load(_RIVERTON))["exland-plates"]
    assert (plates["lon_deg"], plates["lat_deg"]) == (None, None)
    assert plates["operator"] is None


def test_disagreeing_counts_stand_side_by_side_the_newest_first_each_with_its_source() -> None:
    city = _deployments(load(_RIVERTON))["riverton-city-video"]
    told = [
        (count["value"], count["qualifier"], count["bound"], count["as_of"])
        for count in city["counts"]
    ]
    assert told == [
        (160000, "installed", "at_least", "2022"),
        (213000, "stated", "exact", "2022-10-28"),
        (3000, "linked", "exact", "2019-10"),
        (3000, "linked", "more_than", "2017"),
    ]
    titles = [city["sources"][count["source"]]["publisher"] for count in city["counts"]]
    assert titles == ["Riverton Daily", "Copyhouse", "Copyhouse", "Riverton Daily"]


def test_a_fraction_stays_a_fraction() -> None:
    metro = _deployments(load(_RIVERTON))["riverton-metro-video"]
    assert [count["value"] for count in metro["counts"]] == [0.5]
    assert metro["counts"][0]["as_of"] == "before:2021-05-03"


def test_suppliers_carry_role_status_and_the_claims_of_both_sides() -> None:
    city = _deployments(load(_RIVERTON))["riverton-city-video"]
    suppliers = {supplier["relation_id"]: supplier for supplier in city["suppliers"]}
    assert set(suppliers) == {
        "borealis-riverton",
        "facet-riverton",
        "hall-riverton",
        "lumen-riverton",
    }
    hall = suppliers["hall-riverton"]
    assert (hall["role"], hall["status"], hall["product"]) == (
        "manufacturer",
        "disputed",
        "dome cameras",
    )
    said = [(claim["says"], claim["by"], claim["statement"]) for claim in hall["claims"]]
    assert said == [
        ("supports", "third_party", None),
        ("disputes", "supplier", "The company said that it sold nothing to the city."),
    ]
    assert suppliers["lumen-riverton"]["status"] == "confirmed"


def test_a_court_speaks_on_the_deployment_itself() -> None:
    city = _deployments(load(_RIVERTON))["riverton-city-video"]
    (court,) = city["claims"]
    assert (court["says"], court["by"], court["speaker_role"]) == (
        "limits",
        "authority",
        "city court",
    )
    assert city["sources"][court["source"]]["publisher"] == "Riverton Daily"


def test_a_relation_whose_only_claim_was_retracted_says_so_and_shows_no_claim() -> None:
    (supplier,) = _deployments(load(_RIVERTON))["exland-plates"]["suppliers"]
    assert supplier["status"] == "retracted"
    assert supplier["claims"] == []


def test_every_source_is_named_once_and_every_number_leads_to_one() -> None:
    for deployment in _deployments(load(_RIVERTON)).values():
        numbers = [count["source"] for count in deployment["counts"]]
        for spoken in (deployment, *deployment["suppliers"]):
            numbers += [claim["source"] for claim in spoken["claims"]]
        assert set(numbers) == set(range(len(deployment["sources"])))
        urls = [source["url"] for source in deployment["sources"]]
        assert len(urls) == len(set(urls))


def test_a_retracted_count_and_a_retracted_deployment_are_gone() -> None:
    city = _deployments(_with_retraction(SubjectKind.COUNT, "riverton-frt"))["riverton-city-video"]
    assert "2017" not in [count["as_of"] for count in city["counts"]]
    left = _deployments(_with_retraction(SubjectKind.DEPLOYMENT, "riverton-metro-video"))
    assert set(left) == {"exland-plates", "riverton-city-video"}


def test_an_empty_registry_gives_an_empty_list() -> None:
    assert script_text("deployments", deployments_payload(Registry())).startswith(
        'WC.put("deployments",{"schema":1,"deployments":[]}'
    )
