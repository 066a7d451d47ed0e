"""One filter for cameras and systems: what passes, and what each value would give."""

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.website.front_end_module import answer_of

_SUPPLY = st.fixed_dictionaries(
    {"vendor": st.integers(0, 3), "status": st.integers(0, 3), "listed": st.integers(0, 1)}
)
_SYSTEM = st.fixed_dictionaries(
    {
        "country": st.integers(0, 2),
        "technologies": st.lists(st.integers(0, 2), min_size=1, max_size=2, unique=True),
        "years": st.tuples(
            st.none() | st.integers(2005, 2012), st.none() | st.integers(2013, 2020)
        ),
        "supplies": st.lists(_SUPPLY, min_size=1, max_size=3),
    }
)
_CHOICE = st.fixed_dictionaries(
    {"but": st.booleans(), "values": st.lists(st.integers(0, 2), unique=True, max_size=3)}
)
_ASKED = st.fixed_dictionaries(
    {},
    optional=dict.fromkeys(("vendor", "status", "listed", "country", "technology"), _CHOICE),
)

_SCRIPT = """
import { filter } from "site/filter.js";
import { tallySystems } from "site/systems.js";
filter.setMeaning(["a", "b", "c", "d"], 1999);
filter.restore(given.asked);
const systems = given.systems.map((values) => ({ values }));
const pass = systems.map(({ values }) => filter.letsSystem(values));
answer({ pass, tally: tallySystems(systems) });
"""


def _passes(system: dict[str, Any], asked: dict[str, Any]) -> bool:
    def lets(facet: str, values: list[int]) -> bool:
        choice = asked.get(facet)
        if not choice or not choice["values"]:
            return True
        return any(value in choice["values"] for value in values) is not choice["but"]

    if not lets("country", [system["country"]]) or not lets("technology", system["technologies"]):
        return False
    of_supply = {
        facet: asked[facet]
        for facet in ("vendor", "status", "listed")
        if facet in asked and asked[facet]["values"]
    }
    for facet, choice in of_supply.items():
        if choice["but"] and any(one[facet] in choice["values"] for one in system["supplies"]):
            return False
    wanted = {facet: choice for facet, choice in of_supply.items() if not choice["but"]}
    return any(
        all(one[facet] in choice["values"] for facet, choice in wanted.items())
        for one in system["supplies"]
    )


@settings(deadline=None, max_examples=15)
@given(systems=st.lists(_SYSTEM, max_size=12), asked=_ASKED)
def test_what_is_asked_of_several_supplies_holds_for_one_of_them(
    systems: list[dict[str, Any]], asked: dict[str, Any]
) -> None:
    told = answer_of(_SCRIPT, {"systems": systems, "asked": asked})

    assert told["pass"] == [_passes(system, asked) for system in systems]
    assert told["tally"]["total"] == sum(told["pass"])


@settings(deadline=None, max_examples=12)
@given(systems=st.lists(_SYSTEM, max_size=12), asked=_ASKED)
def test_a_count_says_how_many_there_would_be(
    systems: list[dict[str, Any]], asked: dict[str, Any]
) -> None:
    tally = answer_of(_SCRIPT, {"systems": systems, "asked": asked})["tally"]

    for facet, numbers in (("vendor", 4), ("country", 3), ("technology", 3), ("status", 4)):
        for value in range(numbers):
            instead = {**asked, facet: {"but": False, "values": [value]}}
            would_be = sum(_passes(system, instead) for system in systems)
            counts = tally[facet]
            assert (counts[value] if value < len(counts) else None) in (
                {would_be} if would_be else {None, 0}
            )


def test_a_system_is_in_use_from_its_first_year_to_its_last() -> None:
    base = {"country": 0, "technologies": [0], "supplies": [{"vendor": 0}]}
    systems = [
        {**base, "years": years}
        for years in ([2016, None], [2010, 2014], [None, None], [None, 2015], [2019, None])
    ]

    def asked(unknown: object) -> list[bool]:
        # Years count from 1999 in the column: 2015 to 2017.
        years = {"from": 16, "to": 18, "unknown": unknown}
        told = answer_of(_SCRIPT, {"systems": systems, "asked": {"years": years}})
        passed: list[bool] = told["pass"]
        return passed

    assert asked(unknown=True) == [True, False, True, True, False]
    assert asked(unknown=False) == [True, False, False, True, False]
