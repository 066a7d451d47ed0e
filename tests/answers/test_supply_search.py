"""Questions by words, place, time, supplier and law, over the hand-written registry."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mapper.answers.country_profile import country_profile
from mapper.answers.legal_status import status
from mapper.answers.own_words import own_words
from mapper.answers.place_profile import place_profile
from mapper.answers.supply_search import Query, SearchResult, search
from mapper.answers.time_window import Window, window_of
from mapper.clean.country_names import area_called
from mapper.clean.partial_date import from_day, parse
from mapper.errors import UsageError
from mapper.registry.codes import Answer, Event, Layer, Says, Technology
from mapper.registry.names import find_deployment
from mapper.registry.registry import Registry
from mapper.telling.systems_json import SYSTEM_COLUMNS, system_rows
from mapper.telling.systems_text import country_text, search_text


def _ids(result: SearchResult) -> list[str]:
    return [system.deployment.deployment_id for system in result.systems if system.deployment]


def _suppliers(result: SearchResult) -> set[str]:
    return {
        supply.edge.relation.supplier_org for system in result.systems for supply in system.supplies
    }


def _years(first: str, last: str) -> Window:
    return window_of(parse(first), parse(last))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("metro", ["riverton-metro-video"]),
        ("RIVERTON  video!", ["riverton-city-video", "riverton-metro-video"]),
        ("Фасет", ["riverton-city-video", "riverton-metro-video"]),
        ("russia plate", ["exland-plates"]),
        ("plate readers", ["exland-plates"]),
        ("facial recognition", ["riverton-city-video", "riverton-metro-video"]),
        ("nobody", []),
    ],
)
def test_words_are_looked_up_in_names_places_suppliers_and_technologies(
    good: Registry, text: str, found: list[str]
) -> None:
    assert _ids(search(good, Query(text=text))) == found


def test_a_technology_is_asked_of_the_system_and_not_of_the_words_said_of_it(
    good: Registry,
) -> None:
    row = good.claims[0]
    said = row.model_copy(
        update={
            "claim_id": "exland-says",
            "subject_kind": "deployment",
            "subject_id": "exland-plates",
            "statement": "No face recognition is used.",
        }
    )
    registry = replace(good, claims=(*good.claims, said))
    assert "exland-plates" not in _ids(search(registry, Query(text="face recognition")))
    assert "exland-plates" in _ids(search(registry, Query(text="face recognition used")))


def test_a_maker_of_components_stands_behind_the_systems_of_the_maker_it_is_inside_of(
    good: Registry,
) -> None:
    result = search(good, Query(layers=frozenset({Layer.CHIP}), home=area_called("US")))
    assert _suppliers(result) == {"acme-silicon"}
    assert {supply.inside_of for system in result.systems for supply in system.supplies} == {
        "Facet Labs"
    }


def test_what_certainly_lies_outside_of_the_time_is_left_out_and_counted(good: Registry) -> None:
    asked = Query(supplier_org="borealis", window=_years("2026", "2027"))
    late = search(good, asked)
    assert (late.systems, late.outside) == ((), 1)
    within = search(good, replace(asked, window=_years("2019", "2020")))
    assert [supply.in_time for supply in within.systems[0].supplies] == [Answer.YES]


def test_a_supply_without_an_end_is_unknown_later_and_never_assumed(good: Registry) -> None:
    asked = Query(supplier_org="lumen-vision", window=_years("2022", "2022"))
    (system,) = search(good, asked).systems
    assert [supply.in_time for supply in system.supplies] == [Answer.UNKNOWN]
    assert "whether in that time is not known" in search_text(good, search(good, asked))


def test_a_component_counts_no_longer_than_the_maker_it_is_inside_of(good: Registry) -> None:
    asked = Query(supplier_org="acme-silicon", window=_years("2016", "2017"))
    # Facet supplies from 2020 on, so its chips cannot have been there before.
    assert search(good, asked).systems == ()


def test_a_day_on_which_it_was_seen_may_have_many_before_it(good: Registry) -> None:
    row = next(row for row in good.relations if row.relation_id == "borealis-riverton")
    seen = row.model_copy(update={"valid_from_event": Event.IN_USE})
    rows = tuple(seen if one is row else one for one in good.relations)
    asked = Query(supplier_org="borealis", window=_years("2018", "2018"))
    assert search(good, asked).systems == ()
    (system,) = search(replace(good, relations=rows), asked).systems
    assert system.supplies[0].in_time is Answer.UNKNOWN


def test_a_question_about_suppliers_of_a_list_keeps_those_that_stood_on_it(
    good: Registry,
) -> None:
    listed = good.designations[0]
    result = search(good, Query(listed=listed.list))
    assert set(result.listing) >= _suppliers(result)
    assert all(status.answer is not Answer.NO for status in result.listing.values())
    assert _suppliers(result) == {listed.org_id}


def test_the_law_is_told_for_the_first_day_of_each_supply_of_the_one_asked_for(
    good: Registry,
) -> None:
    asked = Query(supplier_org="hall-cameras", window=_years("2015", "2020"))
    text = search_text(good, search(good, asked))
    listed = next(row for row in good.designations if row.org_id == "hall-cameras")
    (line,) = [line for line in text.splitlines() if line.startswith("  The law on 2016: ")]
    (answer,) = status(good, "hall-cameras", listed.list, parse("2016"))
    assert f"{answer.legal_list.name} {answer.answer}" in line
    other = search_text(good, search(good, replace(asked, window=None)))
    assert "The law on 2016" not in other


def test_a_list_that_is_none_is_an_error(good: Registry) -> None:
    with pytest.raises(UsageError, match="no list"):
        search(good, Query(listed="no-list"))


def test_an_answer_that_holds_nothing_says_how_far_the_question_came(good: Registry) -> None:
    result = search(
        good, Query(area=area_called("RU"), technologies=frozenset({Technology.GUNSHOT}))
    )
    text = search_text(good, result)
    assert "Nothing is documented here that fits." in text
    assert "- the place: 3 systems\n- the technology: 0 systems" in text


def test_a_country_that_left_a_group_counts_for_the_days_before(good: Registry) -> None:
    moved = tuple(
        row.model_copy(update={"country_code": "GB"})
        if row.deployment_id == "exland-plates"
        else row
        for row in good.deployments
    )
    registry = replace(good, deployments=moved)
    asked = Query(text="exland", area=area_called("EU"))
    assert search(registry, asked).systems == ()
    assert _ids(search(registry, replace(asked, window=_years("2019", "2022")))) == [
        "exland-plates"
    ]
    assert search(registry, replace(asked, window=_years("2021", "2022"))).systems == ()


def test_a_country_is_told_on_a_day(good: Registry) -> None:
    whole = country_profile(good, "RU")
    assert len(whole.systems) == 3
    late = country_profile(good, "RU", _years("2023-01", "2023-12"))
    assert late.outside == 1
    assert all(
        system.deployment is not None and system.deployment.deployment_id != "riverton-metro-video"
        for system in late.systems
    )
    assert [row.org_id for row, _ in whole.makers] == ["facet", "borealis"]


def test_a_place_that_only_the_registry_names_is_found(good: Registry) -> None:
    profile = place_profile(good, "exland")
    assert profile.point is None
    assert [
        system.deployment and system.deployment.deployment_id for system in profile.systems
    ] == ["exland-plates"]


def test_a_place_is_found_in_another_script_by_its_point(good: Registry) -> None:
    # Riverton is written down with the point of a town that GeoNames knows.
    profile = place_profile(good, "Москва")
    assert profile.country_code == "RU"
    assert len(profile.systems) == 2
    assert [one.deployment and one.deployment.deployment_id for one in profile.nationwide] == [
        "exland-plates"
    ]


def test_a_place_that_nobody_knows_is_said_so_with_one_spelled_alike(good: Registry) -> None:
    with pytest.raises(UsageError, match="neither GeoNames nor the registry") as caught:
        place_profile(good, "Exlandd")
    assert "Exland (RU)" in caught.value.next_step


def test_own_words_are_those_of_the_speaker_alone(good: Registry) -> None:
    every = own_words(good, "hall-cameras")
    assert every.claims
    assert {claim.speaker_org for claim in every.claims} == {"hall-cameras"}
    disputes = own_words(good, "hall-cameras", says=Says.DISPUTES)
    assert {claim.says for claim in disputes.claims} <= {Says.DISPUTES}
    assert len(disputes.claims) + disputes.others <= len(every.claims) + every.others
    assert own_words(good, "hall-cameras", text="no such words").claims == ()


def test_every_line_of_the_table_has_every_column(good: Registry) -> None:
    rows = system_rows(search(good, Query(text="riverton")).systems)
    assert tuple(rows[0]) == SYSTEM_COLUMNS
    assert {len(row) for row in rows} == {len(SYSTEM_COLUMNS)}
    none = system_rows(search(good, Query(text="exland")).systems)
    assert {len(row) for row in none} == {len(SYSTEM_COLUMNS)}


_DAYS = st.dates(date(2000, 1, 1), date(2030, 12, 31))


@given(_DAYS, _DAYS, _DAYS, st.integers(0, 900))
def test_a_period_known_at_both_ends_meets_a_window_exactly_where_they_share_a_day(
    begin: date, first: date, last: date, length_days: int
) -> None:
    end = begin + timedelta(days=length_days)
    window = Window(min(first, last), max(first, last))
    shares = max(begin, window.first) <= min(end, window.last)
    assert window.meets(from_day(begin), from_day(end)) is (Answer.YES if shares else Answer.NO)


def test_a_period_that_holds_the_whole_window_meets_it() -> None:
    window = _years("2019", "2020")
    assert window.meets(parse("2016"), parse("2024")) is Answer.YES
    assert window.meets(parse("2016"), None) is Answer.UNKNOWN
    assert window.meets(None, parse("2024")) is Answer.UNKNOWN


@given(_DAYS, _DAYS)
def test_a_period_without_days_is_unknown_in_every_window(first: date, last: date) -> None:
    window = Window(min(first, last), max(first, last))
    assert window.meets(None, None) is Answer.UNKNOWN


def test_a_stretch_that_ends_before_it_begins_is_an_error() -> None:
    with pytest.raises(UsageError, match="ends before it begins"):
        window_of(parse("2022"), parse("2019"))


def _named_only(registry: Registry, relation_id: str) -> Registry:
    """Take every statement out of the claims on a relation, so that it is named and no more."""
    claims = tuple(
        row.model_copy(update={"statement": None}) if row.subject_id == relation_id else row
        for row in registry.claims
    )
    return replace(registry, claims=claims)


def test_who_is_only_named_is_no_supplier_and_nothing_inside_his_products_stands_behind(
    good: Registry,
) -> None:
    registry = _named_only(good, "facet-riverton")
    profile = country_profile(registry, "RU")
    (city,) = (
        system
        for system in profile.systems
        if system.deployment and system.deployment.deployment_id == "riverton-city-video"
    )
    assert "facet" not in {supply.edge.relation.supplier_org for supply in city.supplies}
    assert "facet-riverton" in {edge.relation.relation_id for edge in city.named}
    assert _ids(search(registry, Query(supplier_org="acme-silicon"))) == ["riverton-metro-video"]
    told = country_text(registry, profile)
    assert "Named, and no supply stated: " in told
    assert "Facet Labs (Facet Find) [" in told


@pytest.mark.parametrize(
    "written", ["exland-plates", "Exland plate readers", "EXLAND Plate-Readers"]
)
def test_a_deployment_is_found_by_its_id_and_by_its_name(good: Registry, written: str) -> None:
    assert find_deployment(good, written).deployment_id == "exland-plates"


def test_a_deployment_that_is_none_is_told_with_those_spelled_alike(good: Registry) -> None:
    with pytest.raises(UsageError) as caught:
        find_deployment(good, "Exland plate reader")
    assert caught.value.next_step == "Did you mean: exland-plates?"
