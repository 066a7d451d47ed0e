"""The dated events of an organisation: in order, each once, drawn where they lie."""

from datetime import date

import pytest

from mapper.answers.organisation_profile import vendor_profile
from mapper.telling.statements import Presenter
from mapper.website.pages.timeline import LANES, Event, events_of, strip_of
from tests.website.pages.static_page import good_registry


def _events(org_id: str) -> tuple[Event, ...]:
    registry = good_registry()
    return events_of(Presenter(registry), vendor_profile(registry, org_id))


def _event(kind: str, first: date, last: date) -> Event:
    return Event(kind, "then", first, last, "something", None, ())


def test_events_run_from_the_oldest_and_keep_what_is_not_known() -> None:
    found = [(event.kind, event.when, event.text) for event in _events("hall-cameras")]
    # By hand from the small registry.
    entry = "Trade Control List (export licence required; items of the control list)"
    assert found == [
        ("owner", "2016", "is the parent of Hall Cameras"),
        ("supply", "2016", "Manufacturer: Riverton city video system, purchase"),
        ("listing", "7 October 2019", f"{entry}: announced"),
        ("listing", "9 October 2019", f"{entry}: in force"),
        ("statement", "28 March 2023", "The company said that it sold nothing to the city."),
        ("listing", "June 2024", f"{entry}: no longer in force"),
    ]


def test_a_former_name_ends_where_the_next_begins() -> None:
    names = [(event.when, event.text) for event in _events("lumen-vision") if event.kind == "name"]
    assert names == [
        ("2010", "Name from then on: Lux Vision"),
        ("2012", "Founded"),
        ("2012", "Name from then on: Lumen Vision B.V."),
        ("2012", "Name until then: Lux Vision"),
    ]


def test_events_that_differ_in_nothing_but_their_sources_are_one() -> None:
    found = [(event.kind, event.when, event.text) for event in _events("acme-silicon")]
    assert len(found) == len(set(found))
    registry = good_registry()
    (parent,) = [row for row in registry.organisation_links if row.to_org == "hall-cameras"]
    profile = vendor_profile(registry, parent.to_org)
    again = parent.model_copy(update={"source_id": "mirror-2022"})
    twice = type(profile)(
        **{name: getattr(profile, name) for name in profile.__slots__ if name != "links"},
        links=(parent, again),
    )
    (owner,) = [event for event in events_of(Presenter(registry), twice) if event.kind == "owner"]
    assert owner.sources == ("daily-2023", "mirror-2022")


def test_a_day_not_known_is_drawn_as_long_as_it_may_be() -> None:
    strip = strip_of(
        [
            _event("name", date(2010, 1, 1), date(2010, 1, 1)),
            _event("listing", date(2015, 1, 1), date(2015, 12, 31)),
            _event("statement", date(2019, 6, 1), date(2019, 6, 1)),
        ]
    )
    assert strip is not None
    assert [name for _, name in strip.lanes] == ["Names", "Listings", "Own statements"]
    first, year, day = strip.marks
    assert first.x == strip.left
    # The strip runs over ten years, 2010 to 2019.
    assert year.x - strip.left == pytest.approx((strip.right - strip.left) / 2, abs=1)
    assert year.x_to - year.x == pytest.approx((strip.right - strip.left) / 10, abs=1)
    assert day.x == day.x_to
    assert strip.ticks[0] == (strip.left, "2010")


def test_one_day_alone_is_no_strip() -> None:
    assert strip_of([_event("name", date(2010, 1, 1), date(2010, 1, 1))]) is None
    assert {kind for kind, _ in LANES} == {"name", "owner", "supply", "listing", "statement"}
