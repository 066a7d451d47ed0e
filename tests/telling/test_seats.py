"""Where an organisation is at home: each source says it, and two may disagree."""

from pathlib import Path

from mapper.answers.organisation_profile import vendor_profile
from mapper.registry.checked import load
from mapper.registry.registry import Registry
from mapper.telling.as_text import vendor_text

DATA = Path(__file__).parents[2] / "data" / "registry"


def test_two_seats_stand_beside_each_other_each_with_its_source(good: Registry) -> None:
    text = vendor_text(good, vendor_profile(good, "lumen-vision"))
    part = text.partition("Seats, as sources say\n")[2].partition("\n\n")[0]
    first, second = part.splitlines()
    assert first.startswith("- The Netherlands (Delft), seat, 2022 [")
    assert second.startswith("- Russia, country in a legal list, 1 November 2026 [")


def test_visionlabs_is_at_home_in_two_countries_by_two_sources() -> None:
    profile = vendor_profile(load(DATA), "visionlabs")
    assert {(seat.country_code, str(seat.kind)) for seat in profile.seats} == {
        ("NL", "seat"),
        ("RU", "as_listed"),
    }


def test_a_country_that_sources_give_is_one_of_those_given() -> None:
    registry = load(DATA)
    given: dict[str, set[str]] = {}
    for seat in registry.seats:
        given.setdefault(seat.org_id, set()).add(seat.country_code)
    odd = {
        org_id
        for org_id, countries in given.items()
        if registry.organisation[org_id].country_code not in {None, *countries}
    }
    assert odd == set()
