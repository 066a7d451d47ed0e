"""Every part of an answer is there and is the right one: windows, reasons, profiles, own words."""

from dataclasses import replace
from datetime import date

import pytest

from mapper.answers.country_profile import country_profile
from mapper.answers.deployment_profile import deployment_profile
from mapper.answers.entry_in_force import doubt, last_known_yes, last_shown, reason_of
from mapper.answers.organisation_profile import vendor_profile
from mapper.answers.own_words import own_words
from mapper.answers.reasons import Reason, Why
from mapper.answers.supply_search import Query, SearchResult, search
from mapper.answers.time_window import Window, window_of
from mapper.clean.country_names import area_called
from mapper.clean.partial_date import parse
from mapper.errors import UsageError
from mapper.registry.codes import Answer, Role, Says, SubjectKind
from mapper.registry.law_codes import CheckResult
from mapper.registry.list_entries import Sight
from mapper.registry.registry import Registry
from mapper.registry.tables import Designation, ListReading, Row

YEAR = Window(date(2020, 1, 1), date(2020, 12, 31))


@pytest.mark.parametrize(
    ("begin", "end", "answer"),
    [
        ("2020-12-31", None, "yes"),
        ("2021-01-01", None, "no"),
        (None, "2020-01-01", "yes"),
        (None, "2019-12-31", "no"),
        # Around the whole year: both sides must be known, and touching counts.
        ("2019", "2021", "yes"),
        ("2020-01-01", "2020-12-31", "yes"),
        ("2019", None, "unknown"),
        (None, "2021", "unknown"),
        (None, None, "unknown"),
        # A year of which some days lie inside may lie outside.
        ("2019/2020", None, "unknown"),
        ("2019/2020", "2020/2021", "unknown"),
        ("2019", "2020/2021", "yes"),
    ],
)
def test_a_period_meets_a_year_only_as_far_as_its_days_are_known(
    begin: str | None, end: str | None, answer: str
) -> None:
    days = [None if text is None else parse(text) for text in (begin, end)]
    assert YEAR.meets(days[0], days[1]) == answer


def test_the_common_part_of_two_stretches_holds_both_ends() -> None:
    assert YEAR.cut(date(2020, 6, 1), date(2022, 1, 1)) == Window(date(2020, 6, 1), YEAR.last)
    assert YEAR.cut(date(2019, 1, 1), date(2020, 1, 1)) == Window(YEAR.first, YEAR.first)
    assert YEAR.cut(date(2021, 1, 1), date(2022, 1, 1)) is None


def test_a_stretch_may_be_one_day_and_never_less() -> None:
    day = parse("2020-05-01")
    assert window_of(day, day) == Window(date(2020, 5, 1), date(2020, 5, 1))
    with pytest.raises(UsageError) as caught:
        window_of(parse("2021"), parse("2020"))
    assert caught.value.next_step == "for example --between 2019 2022."


def _filled(model: type[Row], cells: dict[str, str]) -> dict[str, str]:
    return {**dict.fromkeys(model.model_fields, ""), **cells}


def _entry(**cells: str) -> Designation:
    named = {"designation_id": "d", "org_id": "maker", "authority": "Office", "list": "us"}
    told = {"effect": "export_license", "source_id": "s"}
    return Designation.model_validate(_filled(Designation, {**named, **told, **cells}))


def _sight(day: str, result: CheckResult) -> Sight:
    cells = {"reading_id": f"us-{day}", "list": "us", "as_of": day, "completeness": "whole"}
    reading = ListReading.model_validate(_filled(ListReading, {**cells, "source_id": "s"}))
    return Sight(reading, result)


SHOWN, GONE = CheckResult.LISTED, CheckResult.NOT_LISTED


@pytest.mark.parametrize(
    ("cells", "reason"),
    [
        ({"announced_on": "2019"}, Reason(Why.FIRST_DAY_NOT_RECORDED)),
        ({"effective_on": "2021"}, Reason(Why.FIRST_DAY_IN_DOUBT, (parse("2021"),))),
        (
            {"effective_on": "2019-05-01", "ended_on": "2021"},
            Reason(Why.END_IN_DOUBT, (parse("2021"),)),
        ),
        (
            {"effective_on": "2019-05-01", "checked_on": "2021-03-01"},
            Reason(Why.NOT_SHOWN_SINCE, (parse("2021-03-01"),)),
        ),
    ],
)
def test_a_doubt_is_told_by_what_it_is_of(cells: dict[str, str], reason: Reason) -> None:
    entry, day = _entry(**cells), parse("2021-06-01")
    assert doubt(entry, [], day) == reason
    assert reason_of(entry, Answer.UNKNOWN, [], day) == reason


def test_a_text_between_two_that_show_it_is_the_doubt_up_to_the_later_one() -> None:
    entry = _entry(effective_on="2019-05-01")
    sights = [_sight("2020-01-01", GONE), _sight("2022-01-01", SHOWN)]
    assert doubt(entry, sights, parse("2022-01-01")) == Reason(Why.MISSING_BETWEEN_TEXTS)
    assert doubt(entry, sights, parse("2022-01-02")).why is Why.NOT_SHOWN_SINCE


def test_a_certain_answer_has_its_reason_too() -> None:
    day = parse("2021-06-01")
    in_force = _entry(effective_on="2019-05-01", checked_on="2022")
    ended = _entry(effective_on="2019-05-01", ended_on="2020-01-01")
    later = _entry(effective_on="2023-01-01")
    announced = _entry(announced_on="2023-01-01")
    told = [
        reason_of(in_force, Answer.YES, [], day),
        reason_of(ended, Answer.NO, [], day),
        reason_of(later, Answer.NO, [], day),
        reason_of(announced, Answer.NO, [], day),
    ]
    assert told == [
        Reason(Why.ENTRY_IN_FORCE),
        Reason(Why.ENTRY_ENDED),
        Reason(Why.TAKES_EFFECT_LATER),
        Reason(Why.ANNOUNCED_LATER),
    ]


def test_the_last_text_that_shows_an_entry_is_one_that_shows_it() -> None:
    entry = _entry(effective_on="2019-05-01")
    sights = [_sight("2020-01-01", SHOWN), _sight("2021-01-01", GONE)]
    assert last_shown(entry, sights) == parse("2020-01-01")
    assert last_shown(entry, sights[1:]) is None


def test_the_last_certain_day_is_given_where_nobody_looked_since() -> None:
    entry = _entry(effective_on="2019-05-01")
    shown = _sight("2020-01-01", SHOWN)
    assert last_known_yes(entry, [shown], parse("2021-01-01")) == date(2020, 1, 1)
    # On the day itself the answer is yes, and there is nothing to add.
    assert last_known_yes(entry, [shown], parse("2020-01-01")) is None
    older = _sight("2019-01-01", GONE)
    assert last_known_yes(entry, [older, shown], parse("2021-01-01")) == date(2020, 1, 1)
    same_day = _sight("2020-01-01", GONE)
    assert last_known_yes(entry, [same_day, shown], parse("2021-01-01")) is None


def test_a_deployment_has_every_claim_and_source_and_no_count_taken_back(good: Registry) -> None:
    profile = deployment_profile(good, "riverton-city-video")
    assert profile.deployment.deployment_id == "riverton-city-video"
    assert [claim.claim_id for claim in profile.claims] == ["riverton-court", "riverton-frt-1"]
    assert profile.source_ids == ("daily-2023", "lumen-2022", "mirror-2022", "tender-2021")
    metro = deployment_profile(good, "riverton-metro-video")
    assert [record.ruling.ruling_id for record in metro.rulings] == [
        "metro-faces-2021",
        "metro-faces-2022",
    ]
    assert {count.source_id for count in metro.counts} <= set(metro.source_ids)
    taken_back = good.retractions[0].model_copy(
        update={"subject_kind": SubjectKind.COUNT, "subject_id": "riverton-frt"}
    )
    fewer = replace(good, retractions=(*good.retractions, taken_back))
    ids = [count.count_id for count in deployment_profile(fewer, "riverton-city-video").counts]
    assert "riverton-frt" not in ids
    assert len(ids) == len(profile.counts) - 1


def test_a_country_has_its_lists_and_what_was_shipped_to_it(good: Registry) -> None:
    there = country_profile(good, "RU", YEAR)
    assert (there.country_code, there.window, there.lists) == ("RU", YEAR, ())
    assert [row.shipment_id for row in there.shipments] == ["acme-129", "acme-457"]
    home = country_profile(good, "US")
    assert [row.list_id for row in home.lists] == ["us-trade"]
    assert home.shipments == ()
    taken_back = good.retractions[0].model_copy(
        update={"subject_kind": SubjectKind.SHIPMENT, "subject_id": "acme-129"}
    )
    fewer = country_profile(replace(good, retractions=(taken_back,)), "RU")
    assert [row.shipment_id for row in fewer.shipments] == ["acme-457"]


def test_own_words_are_found_by_country_day_and_place(good: Registry) -> None:
    russia, germany = area_called("RU"), area_called("DE")
    of_country = own_words(good, "acme-silicon", area=russia)
    found = [row.claim_id for row in of_country.claims]
    assert found == ["acme-facet-1", "acme-halt", "acme-129-1"]
    assert own_words(good, "acme-silicon", area=germany).claims == ()
    march = window_of(parse("2022-03"), parse("2022-03"))
    then = own_words(good, "acme-silicon", says=Says.LIMITS, window=march)
    assert (then.org_id, then.says, then.window) == ("acme-silicon", Says.LIMITS, march)
    assert [row.claim_id for row in then.claims] == ["acme-facet-2", "acme-halt"]
    assert (then.undated, then.others) == (0, 3)
    # The words of a question may be those of the system that is spoken of.
    at_metro = own_words(good, "facet", text="riverton metro")
    assert [row.claim_id for row in at_metro.claims] == ["facet-metro-2"]


def test_a_statement_without_a_day_is_kept_and_counted_where_a_time_was_asked_for(
    good: Registry,
) -> None:
    undated = tuple(
        row.model_copy(update={"as_of": None}) if row.claim_id == "acme-halt" else row
        for row in good.claims
    )
    told = own_words(replace(good, claims=undated), "acme-silicon", window=YEAR)
    assert [row.claim_id for row in told.claims] == ["acme-halt"]
    assert told.undated == 1
    assert own_words(replace(good, claims=undated), "acme-silicon").undated == 0


def test_what_is_certain_comes_first_and_systems_before_untied_supplies(good: Registry) -> None:
    early = Query(window=window_of(parse("2021"), parse("2021")))
    ids = [
        system.deployment.deployment_id if system.deployment else ""
        for system in search(good, early).systems
    ]
    # The metro ran from 2020 to 2022; of the others no source tells an end.
    assert ids[0] == "riverton-metro-video"
    assert ids[1:3] == ["exland-plates", "riverton-city-video"]
    assert all(not row for row in ids[3:])
    by_name = search(good, Query()).systems
    named = [system.deployment.name for system in by_name if system.deployment]
    assert named == sorted(named, key=str.casefold)


@pytest.mark.parametrize(
    ("text", "deployment_id"),
    [
        # What is said of it and of its counts: words of the system itself.
        ("court dismissed", "riverton-city-video"),
        ("gave no number", "riverton-city-video"),
    ],
)
def test_a_system_is_found_by_what_is_said_of_it(
    good: Registry, text: str, deployment_id: str
) -> None:
    found = search(good, Query(text=text)).systems
    assert [row.deployment.deployment_id for row in found if row.deployment] == [deployment_id]


def test_a_supply_is_found_by_who_received_it_and_by_no_filler(good: Registry) -> None:
    (relation,) = (row for row in good.relations if row.relation_id == "facet-riverton")
    elsewhere = relation.model_copy(update={"recipient_org": "hall-cameras"})
    others = tuple(row for row in good.relations if row.relation_id != "facet-riverton")
    moved = replace(good, relations=(*others, elsewhere))
    found = search(moved, Query(text="hall cameras facet")).systems
    ids = {supply.edge.relation.relation_id for row in found for supply in row.supplies}
    assert "facet-riverton" in ids
    assert search(good, Query(text="XXXX")).systems == ()


def test_a_system_is_found_by_who_runs_it(good: Registry) -> None:
    run_by = tuple(
        row.model_copy(update={"operator_org": "borealis"})
        if row.deployment_id == "exland-plates"
        else row
        for row in good.deployments
    )
    found = search(replace(good, deployments=run_by), Query(text="borealis plates")).systems
    assert [row.deployment.deployment_id for row in found if row.deployment] == ["exland-plates"]


def _taken_back(registry: Registry, kind: SubjectKind, row_id: str) -> Registry:
    row = registry.retractions[0].model_copy(update={"subject_kind": kind, "subject_id": row_id})
    return replace(registry, retractions=(*registry.retractions, row))


def test_a_profile_leaves_out_what_was_taken_back(good: Registry) -> None:
    maker = vendor_profile(good, "acme-silicon")
    assert [row.shipment_id for row in maker.shipments] == ["acme-129", "acme-457"]
    fewer = vendor_profile(
        _taken_back(good, SubjectKind.SHIPMENT, "acme-129"), "acme-silicon"
    ).shipments
    assert [row.shipment_id for row in fewer] == ["acme-457"]
    listed = vendor_profile(good, "facet")
    gone = listed.listings[0].designation_id
    left = vendor_profile(_taken_back(good, SubjectKind.DESIGNATION, gone), "facet").listings
    assert [row.designation_id for row in left] == [
        row.designation_id for row in listed.listings if row.designation_id != gone
    ]


def test_what_is_taken_back_makes_nobody_a_supplier_of_a_country(good: Registry) -> None:
    counted = {row.org_id: count for row, count in country_profile(good, "RU").makers}
    assert counted == {"facet": 2, "borealis": 1}
    fewer = country_profile(_taken_back(good, SubjectKind.RELATION, "borealis-riverton"), "RU")
    assert {row.org_id for row, _ in fewer.makers} == {"facet"}


def test_a_profile_has_what_the_organisation_received_and_where_it_is_at_home(
    good: Registry,
) -> None:
    profile = vendor_profile(good, "riverton-it")
    received = {edge.relation.relation_id for edge in profile.received}
    assert received == {
        row.relation_id
        for row in good.relations
        if row.recipient_org == "riverton-it" and row.relation_id != "quiet-riverton"
    }
    for row in good.organisations:
        told = vendor_profile(good, row.org_id)
        assert told.seats == tuple(seat for seat in good.seats if seat.org_id == row.org_id)
        assert told.footprints == tuple(f for f in good.footprints if f.org_id == row.org_id)
        assert {list_id for list_id, _ in told.sights} == {
            one.list_id for one in good.legal_lists if good.sights.of(one.list_id, row.org_id)
        }


def test_a_question_for_a_role_is_answered_by_that_role_alone(good: Registry) -> None:
    found = search(good, Query(roles=frozenset({Role.INTEGRATOR}))).systems
    roles = {supply.edge.relation.role for system in found for supply in system.supplies}
    assert roles == {Role.INTEGRATOR}


@pytest.mark.parametrize("years", [("2010", "2011"), ("2018", "2019"), ("2021", "2021")])
@pytest.mark.parametrize("roles", [frozenset(), frozenset({Role.DEVELOPER, Role.MANUFACTURER})])
def test_what_a_time_leaves_out_is_counted_and_what_is_certain_comes_first(
    good: Registry, years: tuple[str, str], roles: frozenset[Role]
) -> None:
    whole = search(good, Query(roles=roles))
    timed = search(good, Query(roles=roles, window=window_of(parse(years[0]), parse(years[1]))))

    def size(result: SearchResult) -> int:
        if not roles:
            return len(result.systems)
        return sum(len(system.supplies) for system in result.systems)

    assert size(timed) + timed.outside == size(whole)
    keys = [
        (
            not (
                any(supply.in_time is Answer.YES for supply in system.supplies)
                if roles
                else system.in_time is Answer.YES
            ),
            system.deployment is None,
            system.country_code,
            system.deployment.name.casefold() if system.deployment else "",
        )
        for system in timed.systems
    ]
    assert keys == sorted(keys)
