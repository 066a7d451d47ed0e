"""Which documented systems have a position in their circle, and which agency an operator is."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mapper.registry.registry import Registry
from mapper.registry.tables import Deployment, Organisation, Retraction
from mapper.resolve.agencies import Agencies, short_name
from mapper.resolve.place_systems import PlaceSystems

# At the equator a degree is 111.195 km on the sphere of the mean radius.
DEGREE_M = 111_195.0


def _deployment(name: str, lon_deg: str, radius_m: str, **cells: str) -> Deployment:
    own = {
        "deployment_id": name,
        "name": name,
        "country_code": "US",
        "place": "Somewhere",
        "lon_deg": lon_deg,
        "lat_deg": "0" if lon_deg else "",
        "location_precision_m": radius_m,
        "technologies": "alpr",
    }
    return Deployment.model_validate(dict.fromkeys(Deployment.model_fields, "") | own | cells)


def _organisation(org_id: str, name: str) -> Organisation:
    cells = {"org_id": org_id, "name": name, "kind": "public_body", "country_code": "US"}
    return Organisation.model_validate(dict.fromkeys(Organisation.model_fields, "") | cells)


REGISTRY = Registry(
    organisations=(
        _organisation("troy-mi-pd", "Troy MI PD"),
        _organisation("troy-oh-pd", "Troy Police Department (Ohio)"),
        _organisation("lake-so", "Lake County CA SO"),
    ),
    deployments=(
        _deployment("troy-mi", "10", "10000", operator_org="troy-mi-pd"),
        _deployment("troy-oh", "20", "10000", operator_org="troy-oh-pd"),
        _deployment("lake", "10", "50000", operator_org="lake-so"),
        _deployment("country-wide", "", ""),
        _deployment("no-radius", "10", ""),
    ),
)


def _around(registry: Registry, *lon_deg: float, code: str | None = "US") -> list[list[str] | None]:
    codes = np.array([code] * len(lon_deg), dtype=object)
    lons = np.array(lon_deg)
    return PlaceSystems.of_registry(registry).around(lons, np.zeros(len(lons)), codes)


def test_a_circle_holds_what_lies_within_its_stated_radius() -> None:
    inside, outside = 10 + 9_990 / DEGREE_M, 10 + 10_010 / DEGREE_M
    assert _around(REGISTRY, inside, outside, 40.0) == [["lake", "troy-mi"], ["lake"], None]


def test_a_circle_ends_at_the_border() -> None:
    assert _around(REGISTRY, 10.0, code="CA") == [None]
    assert _around(REGISTRY, 10.0, code=None) == [None]


def test_a_system_that_was_retracted_is_at_no_place() -> None:
    cells = {
        "subject_kind": "deployment",
        "subject_id": "lake",
        "retracted_on": "2026-01-01",
        "reason": "Our error.",
        "kept": "kept",
    }
    row = Retraction.model_validate(dict.fromkeys(Retraction.model_fields, "") | cells)
    assert _around(replace(REGISTRY, retractions=(row,)), 10.0) == [["troy-mi"]]


@given(st.lists(st.floats(9.5, 10.5), min_size=1, max_size=8))
def test_a_position_has_the_same_systems_alone_and_among_others(lon_deg: list[float]) -> None:
    together = _around(REGISTRY, *lon_deg)
    assert together == [_around(REGISTRY, one)[0] for one in lon_deg]


def test_no_system_and_no_position_are_no_fault() -> None:
    assert _around(Registry(), 10.0) == [None]
    assert _around(REGISTRY) == []


@pytest.mark.parametrize(
    ("written", "systems", "org_id"),
    [
        ("Troy Police Department", ["troy-mi"], "troy-mi-pd"),
        ("City of Troy PD", ["troy-oh"], "troy-oh-pd"),
        ("Troy Police Department", ["troy-mi", "troy-oh"], None),
        ("Troy Police Department", None, None),
        ("Troy Fire Department", ["troy-mi"], None),
        ("Lake County Sheriff\u2019s Office", ["lake"], "lake-so"),
        ("Lake Police Department", ["lake"], None),
        ("Police", ["troy-mi"], None),
        (None, ["troy-mi"], None),
    ],
)
def test_a_short_name_is_the_one_agency_of_that_name_around(
    written: str | None, systems: list[str] | None, org_id: str | None
) -> None:
    assert Agencies.of_registry(REGISTRY).operator(written, systems) == org_id


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Allen Park PD MI", ("police", "allen park")),
        ("Los Gatos Monte Sereno PD - CA", ("police", "los gatos monte sereno")),
        ("University of Iowa PD (IA)", ("police", "university of iowa")),
        ("Spokane County WA SO", ("sheriff", "spokane")),
        ("Mahoning Twp PA PD", ("police", "mahoning township")),
        ("Illinois Secretary of State", None),
    ],
)
def test_the_names_of_agencies_in_the_registry_are_understood(
    name: str, expected: tuple[str, str] | None
) -> None:
    assert short_name(name, with_state=True) == expected
