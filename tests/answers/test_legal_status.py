"""Legal lists on a day: the rule's cases, and what must hold for every entry and check."""

from dataclasses import replace
from datetime import date, timedelta
from typing import TypeVar

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from mapper.answers.legal_status import ListStatus, status
from mapper.answers.reasons import Reason, Why
from mapper.clean.partial_date import PartialDate, from_day, parse
from mapper.errors import UsageError
from mapper.registry.registry import Registry
from mapper.registry.tables import (
    Designation,
    LegalList,
    ListCheck,
    ListReading,
    ListSearch,
    Organisation,
    OrganisationLink,
    Retraction,
    Row,
)

FIRST, LAST = date(2015, 1, 1), date(2027, 1, 1)


_RowT = TypeVar("_RowT", bound=Row)


def _row(model: type[_RowT], cells: dict[str, str]) -> _RowT:
    return model.model_validate({**dict.fromkeys(model.model_fields, ""), **cells})


def _registry(
    entries: list[dict[str, str]], checks: list[dict[str, str]], lists: tuple[str, ...] = ("us",)
) -> Registry:
    """Return a registry of one maker; a check "not_listed" is a whole reading without a row."""
    common = {"org_id": "maker", "authority": "Office", "list": "us", "effect": "export_license"}
    return Registry(
        organisations=(_row(Organisation, {"org_id": "maker", "name": "M", "kind": "company"}),),
        legal_lists=tuple(
            _row(
                LegalList,
                {"list_id": one, "name": one, "authority": "Office", "meaning": "A licence."},
            )
            for one in lists
        ),
        designations=tuple(
            _row(Designation, {**common, "designation_id": f"d{n}", "source_id": "s", **cells})
            for n, cells in enumerate(entries)
        ),
        list_searches=tuple(
            _row(ListSearch, {"search_id": org, "org_id": org, "name": org, "compared": "by_eye"})
            for org in ("maker", "namesake")
        ),
        list_readings=tuple(
            _row(
                ListReading,
                {
                    "reading_id": f"r{n}",
                    "list": cells.get("list", "us"),
                    "as_of": cells["checked_on"],
                    "covers_from": cells.get("covers_from", ""),
                    "covers_to": cells.get("covers_to", ""),
                    "completeness": cells.get("completeness", "whole"),
                    "search_id": cells.get("org_id", "maker"),
                    "source_id": "c",
                },
            )
            for n, cells in enumerate(checks)
        ),
        list_checks=tuple(
            _row(
                ListCheck,
                {
                    "reading_id": f"r{n}",
                    "org_id": cells.get("org_id", "maker"),
                    "result": cells["result"],
                    "owner_org": cells.get("owner_org", ""),
                },
            )
            for n, cells in enumerate(checks)
            if cells["result"] != "not_listed"
        ),
    )


def _answer(registry: Registry, on: str | PartialDate) -> ListStatus:
    day = parse(on) if isinstance(on, str) else on
    return status(registry, "maker", "us", day)[0]


# The worked example of the texts of the rules section 4: listed 2023-07-20, checked 2026-11-01.
EU = [{"effective_on": "2023-07-20", "announced_on": "2023-07-20", "checked_on": "2026-11-01"}]
EU_CHECK = [{"checked_on": "2026-11-01", "result": "listed", "covers_from": "2010-01-01"}]


@pytest.mark.parametrize(
    ("on", "answer"),
    [
        ("2020", "no"),
        ("2023", "unknown"),
        ("2023-07-19", "no"),
        ("2023-07-20", "yes"),
        ("2023-07", "unknown"),
        ("2023-08", "yes"),
        ("2026-11-01", "yes"),
        ("2026-11-02", "unknown"),
        ("2009", "unknown"),
        ("before:2023-07-20", "unknown"),
        ("2010/2022", "no"),
    ],
)
def test_the_worked_example_with_a_check_of_the_list(on: str, answer: str) -> None:
    assert _answer(_registry(EU, EU_CHECK), on).answer == answer


@pytest.mark.parametrize(
    ("on", "answer"),
    [("2020", "unknown"), ("2023-07-19", "unknown"), ("2023-07-20", "yes"), ("2027", "unknown")],
)
def test_without_a_check_of_the_list_no_day_is_a_no(on: str, answer: str) -> None:
    assert _answer(_registry(EU, []), on).answer == answer


def test_an_announcement_is_not_yet_an_effect() -> None:
    entry = {"announced_on": "2019-10-07", "effective_on": "2019-10-09", "checked_on": "2024"}
    found = _answer(_registry([entry], []), "2019-10-08")
    assert found.answer == "unknown"
    assert found.entry is not None
    assert (str(found.entry.announced_on), str(found.entry.effective_on)) == (
        "2019-10-07",
        "2019-10-09",
    )


def test_an_announcement_without_a_first_day_is_never_a_yes() -> None:
    found = _answer(_registry([{"announced_on": "2021-03", "checked_on": "2024"}], []), "2022")
    assert found.answer == "unknown"
    assert found.reason == Reason(Why.FIRST_DAY_NOT_RECORDED)


def test_before_an_announcement_a_check_makes_a_no() -> None:
    check = {"checked_on": "2024-01-01", "result": "listed", "covers_from": "2015"}
    registry = _registry([{"announced_on": "2021-03"}], [check])
    assert _answer(registry, "2020").answer == "no"


@pytest.mark.parametrize(
    ("on", "answer"),
    [
        ("2019-10-08", "no"),
        ("2019-10-09", "yes"),
        ("2024-05-31", "yes"),
        ("2024-06-01", "no"),
        ("2024", "unknown"),
    ],
)
def test_a_delisting_closes_the_period(on: str, answer: str) -> None:
    entry = {"effective_on": "2019-10-09", "ended_on": "2024-06-01"}
    check = {"checked_on": "2026-11-01", "result": "not_listed", "covers_from": "2010-01-01"}
    assert _answer(_registry([entry], [check]), on).answer == answer


def test_a_delisting_in_an_unknown_month_leaves_the_year_unknown() -> None:
    entry = {"effective_on": "2019", "ended_on": "2024"}
    registry = _registry([entry], [{"checked_on": "2026-11-01", "result": "not_listed"}])
    assert _answer(registry, "2024-06-01").answer == "unknown"
    assert _answer(registry, "2023-06-01").answer == "yes"
    assert _answer(registry, "2025").answer == "unknown"


def test_listed_again_after_a_delisting() -> None:
    entries = [
        {"effective_on": "2019-01-01", "ended_on": "2020-01-01"},
        {"effective_on": "2022-01-01", "checked_on": "2023-01-01"},
    ]
    check = {"checked_on": "2021-01-01", "result": "not_listed", "covers_from": "2020-06-01"}
    registry = _registry(entries, [check])
    answers = [_answer(registry, on).answer for on in ("2019-06", "2020-07", "2022-06", "2024")]
    assert answers == ["yes", "no", "yes", "unknown"]


def test_a_check_of_one_day_covers_that_day_alone() -> None:
    registry = _registry([], [{"checked_on": "2022-05-01", "result": "not_listed"}])
    answers = [_answer(registry, on).answer for on in ("2022-04-30", "2022-05-01", "2022-05")]
    assert answers == ["unknown", "no", "unknown"]


def test_a_check_known_to_the_month_covers_no_day_of_it() -> None:
    registry = _registry([], [{"checked_on": "2022-05", "result": "not_listed"}])
    assert _answer(registry, "2022-05-10").answer == "unknown"


def test_a_list_read_on_the_day_with_the_entry_is_a_yes() -> None:
    registry = _registry([], [{"checked_on": "2022-05-01", "result": "listed"}])
    assert _answer(registry, "2022-05-01").answer == "yes"
    assert _answer(registry, "2022-05-02").answer == "unknown"


def test_a_later_check_that_found_the_entry_carries_the_yes_forward() -> None:
    entry = {"effective_on": "2019-10-09", "checked_on": "2020-01-01"}
    check = {"checked_on": "2023-01-01", "result": "listed"}
    assert _answer(_registry([entry], []), "2022").answer == "unknown"
    assert _answer(_registry([entry], [check]), "2022").answer == "yes"


def test_a_check_of_another_list_or_organisation_says_nothing() -> None:
    other_list = {"checked_on": "2022-05-01", "result": "not_listed", "list": "eu"}
    other_org = {"checked_on": "2022-05-01", "result": "not_listed", "org_id": "namesake"}
    registry = _registry([], [other_list, other_org], lists=("eu", "us"))
    assert _answer(registry, "2022-05-01").answer == "unknown"


def test_a_check_that_found_an_entry_nobody_recorded_makes_no_earlier_day_a_no() -> None:
    check = {"checked_on": "2022-05-01", "result": "listed", "covers_from": "2015"}
    registry = _registry([{"effective_on": "2024-01-01"}], [check])
    assert _answer(registry, "2020").answer == "unknown"
    assert _answer(registry, "2022-05").answer == "unknown"


def test_every_list_is_answered_when_none_is_named() -> None:
    registry = _registry(EU, EU_CHECK, lists=("eu", "fcc", "us"))
    found = status(registry, "maker", None, parse("2024"))
    assert [(one.legal_list.list_id, one.answer) for one in found] == [
        ("eu", "unknown"),
        ("fcc", "unknown"),
        ("us", "yes"),
    ]
    assert found[0].reason == Reason(Why.NOT_READ)


def test_an_unknown_list_is_refused_with_a_proposal() -> None:
    with pytest.raises(UsageError) as caught:
        status(_registry([], [], lists=("us-entity",)), "maker", "us-entty", parse("2024"))
    assert "us-entity" in caught.value.next_step


def test_a_retracted_entry_does_not_count() -> None:
    registry = _registry(EU, [])
    correction = _row(
        Retraction,
        {
            "subject_kind": "designation",
            "subject_id": "d0",
            "retracted_on": "2026",
            "kept": "kept",
            "reason": "A namesake.",
        },
    )
    corrected = Registry(
        legal_lists=registry.legal_lists,
        designations=registry.designations,
        retractions=(correction,),
    )
    assert _answer(registry, "2024").answer == "yes"
    assert _answer(corrected, "2024").answer == "unknown"


def test_the_last_check_is_the_latest_of_all() -> None:
    found = _answer(_registry(EU, [{"checked_on": "2026-11-20", "result": "listed"}]), "2024")
    assert str(found.last_check) == "2026-11-20"
    assert _answer(_registry([], []), "2024").last_check is None


def test_an_unknown_for_want_of_a_later_text_says_the_last_day_known() -> None:
    entry = {"effective_on": "2019-08-13", "checked_on": "2020-08-13"}
    found = _answer(_registry([entry], []), "2021")
    assert (found.answer, found.last_known_yes) == ("unknown", date(2020, 8, 13))
    assert found.by_entry[0].last_known_yes == date(2020, 8, 13)
    assert str(found.by_entry[0].last_shown) == "2020-08-13"


@pytest.mark.parametrize(
    "entry",
    [
        {"announced_on": "2021-03", "checked_on": "2021-04-01"},
        {"effective_on": "2019-08-13", "ended_on": "2021"},
        {"effective_on": "2021"},
    ],
)
def test_no_day_is_known_where_the_first_or_the_last_day_is_in_doubt(entry: dict[str, str]) -> None:
    found = _answer(_registry([entry], []), "2021")
    assert (found.answer, found.last_known_yes) == ("unknown", None)


def test_a_list_read_without_the_entry_takes_back_the_last_day_known() -> None:
    entry = {"effective_on": "2019-08-13", "checked_on": "2020-01-01"}
    gone = {"checked_on": "2020-06-01", "result": "not_listed"}
    found = _answer(_registry([entry], [gone]), "2021")
    assert (found.answer, found.last_known_yes) == ("unknown", None)


def test_each_entry_of_a_list_has_its_own_answer() -> None:
    entries = [
        {"effective_on": "2019-08-13", "checked_on": "2022-10-19"},
        {"effective_on": "2020-08-13"},
    ]
    found = _answer(_registry(entries, []), "2020-01-01")
    assert found.answer == "yes"
    assert [(one.answer, one.reason) for one in found.by_entry] == [
        ("yes", Reason(Why.ENTRY_IN_FORCE)),
        ("no", Reason(Why.TAKES_EFFECT_LATER)),
    ]


def test_a_list_read_on_the_day_without_an_entry_answers_for_the_entry_too() -> None:
    check = {"checked_on": "2021-05-01", "result": "not_listed"}
    found = _answer(_registry([{"effective_on": "2019"}], [check]), "2021-05-01")
    assert (found.answer, found.by_entry[0].answer) == ("no", "no")


@pytest.mark.parametrize(
    ("on", "answer"),
    [
        ("2022-03-24", "yes"),
        ("2024-01-15", "yes"),
        ("2026-07-31", "yes"),
        ("2026-08-01", "unknown"),
        ("2022-02-13", "unknown"),
    ],
)
def test_between_two_texts_that_both_show_an_entry_it_stood(on: str, answer: str) -> None:
    entry = {"effective_on": "2022-02-14"}
    texts = [
        {"checked_on": "2022-03-24", "result": "listed"},
        {"checked_on": "2026-07-31", "result": "listed"},
    ]
    assert _answer(_registry([entry], texts), on).answer == answer


def test_a_whole_text_without_the_entry_breaks_what_two_others_span() -> None:
    entry = {"effective_on": "2020-01-01"}
    texts = [
        {"checked_on": "2021-01-01", "result": "listed"},
        {"checked_on": "2022-01-01", "result": "not_listed"},
        {"checked_on": "2023-01-01", "result": "listed"},
    ]
    registry = _registry([entry], texts)
    days = ("2020-06", "2021-06", "2022-01-01", "2022-06", "2023-01-01")
    assert [_answer(registry, day).answer for day in days] == [
        "yes",
        "unknown",
        "no",
        "unknown",
        "yes",
    ]


def test_a_text_read_in_part_never_makes_a_no() -> None:
    part = {"checked_on": "2022-05-01", "result": "not_listed", "completeness": "part"}
    found = _answer(_registry([], [part]), "2022-05-01")
    assert (found.answer, found.sights) == ("unknown", ())


def test_additions_read_up_to_a_later_day_carry_a_no_and_not_a_yes() -> None:
    text = {"checked_on": "2026-04-24", "covers_to": "2026-08-21", "result": "not_listed"}
    assert _answer(_registry([], [text]), "2026-08-21").answer == "no"
    assert _answer(_registry([], [text]), "2026-08-22").answer == "unknown"
    shown = _registry([{"effective_on": "2020-12-17"}], [{**text, "result": "listed"}])
    assert _answer(shown, "2026-04-24").answer == "yes"
    assert _answer(shown, "2026-04-25").answer == "unknown"


def test_after_its_end_an_entry_may_have_come_back_beyond_the_text_that_shows_it() -> None:
    text = {"checked_on": "2026-04-24", "covers_to": "2026-08-21", "result": "listed"}
    entry = {"effective_on": "2020-12-17", "ended_on": "2026-06-01"}
    assert _answer(_registry([entry], [text]), "2026-07-01").answer == "unknown"


def test_somebody_who_was_not_looked_for_is_not_said_to_be_absent() -> None:
    registry = _registry([], [{"checked_on": "2022-05-01", "result": "not_listed"}])
    (found,) = status(registry, "stranger", "us", parse("2022-05-01"))
    assert (found.answer, found.reason) == ("unknown", Reason(Why.NOT_READ))


@pytest.mark.parametrize(
    ("result", "why"),
    [("like_name", Why.LIKE_NAME_LISTED), ("left_out", Why.NOT_READ)],
)
def test_a_case_apart_is_no_no(result: str, why: Why) -> None:
    found = _answer(_registry([], [{"checked_on": "2022-05-01", "result": result}]), "2022-05-01")
    assert found.answer == "unknown"
    assert found.reason == Reason(why)


def test_the_reason_names_the_texts_before_and_after_the_day() -> None:
    texts = [
        {"checked_on": "2022-05-06", "result": "not_listed"},
        {"checked_on": "2026-03-25", "result": "not_listed"},
    ]
    registry = _registry([], texts)
    before, after = parse("2022-05-06"), parse("2026-03-25")
    assert [_answer(registry, day).reason for day in ("2024-01-01", "2027", "2020")] == [
        Reason(Why.ABSENT_BEFORE_AND_AFTER, (before, after)),
        Reason(Why.ABSENT_BEFORE, (after,)),
        Reason(Why.ABSENT_AFTER, (before,)),
    ]


def _with_owner(registry: Registry, valid_to: str = "", kind: str = "parent") -> Registry:
    ends = ("owner", "maker") if kind in {"parent", "acquirer"} else ("maker", "owner")
    link = {"from_org": ends[0], "to_org": ends[1], "kind": kind, "valid_to": valid_to}
    return replace(
        registry,
        organisations=(
            *registry.organisations,
            _row(Organisation, {"org_id": "owner", "name": "Owner", "kind": "company"}),
        ),
        organisation_links=(_row(OrganisationLink, {**link, "source_id": "s"}),),
    )


_OWNERS_ENTRY = [{"org_id": "owner", "effective_on": "2019-01-01", "checked_on": "2024-01-01"}]
_ABSENT = [{"checked_on": "2022-05-01", "result": "not_listed"}]


@pytest.mark.parametrize("kind", ["parent", "acquirer", "brand_of", "division_of"])
def test_a_listed_owner_is_shown_and_makes_a_no_unknown(kind: str) -> None:
    registry = _with_owner(_registry(_OWNERS_ENTRY, _ABSENT), kind=kind)
    found = _answer(registry, "2022-05-01")
    assert found.answer == "unknown"
    assert found.reason == Reason(Why.OWNER_LISTED, org_id="owner")
    assert [(one.kin.org_id, one.kin.is_owner, one.answer) for one in found.kin] == [
        ("owner", True, "yes")
    ]
    assert found.entries == ()


def test_a_former_owner_makes_no_no_unknown() -> None:
    registry = _with_owner(_registry(_OWNERS_ENTRY, _ABSENT), valid_to="2021-12-31")
    found = _answer(registry, "2022-05-01")
    assert (found.answer, found.kin) == ("no", ())


def test_a_subsidiary_is_shown_and_changes_nothing() -> None:
    entries = [{"effective_on": "2019-01-01", "checked_on": "2024-01-01"}]
    registry = _with_owner(_registry(entries, []))
    (found,) = status(registry, "owner", "us", parse("2022-05-01"))
    assert (found.answer, found.entries) == ("unknown", ())
    assert [(one.kin.org_id, one.kin.is_owner) for one in found.kin] == [("maker", False)]


_DAYS = st.dates(FIRST, LAST)


@st.composite
def _dates(draw: st.DrawFn) -> str:
    day = draw(_DAYS)
    return draw(st.sampled_from((f"{day:%Y}", f"{day:%Y-%m}", str(day), f"before:{day:%Y}")))


@st.composite
def _entries(draw: st.DrawFn) -> dict[str, str]:
    cells = {
        name: draw(st.one_of(st.just(""), _dates())) for name in ("announced_on", "checked_on")
    }
    begin, end = sorted((draw(_DAYS), draw(_DAYS)))
    cells["effective_on"] = draw(st.sampled_from((str(begin), f"{begin:%Y-%m}", f"{begin:%Y}")))
    cells["ended_on"] = draw(st.sampled_from(("", str(end), f"{end:%Y}")))
    return cells


@st.composite
def _checks(draw: st.DrawFn) -> dict[str, str]:
    begin, end = sorted((draw(_DAYS), draw(_DAYS)))
    return {
        "checked_on": str(end),
        "covers_from": draw(st.sampled_from(("", str(begin), f"{begin:%Y-%m}"))),
        "result": draw(st.sampled_from(("listed", "not_listed"))),
    }


_QUIET = settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)


@_QUIET
@given(st.lists(_entries(), max_size=3), st.lists(_checks(), max_size=2), _DAYS)
def test_never_no_without_a_check_that_covers_the_day(
    entries: list[dict[str, str]], checks: list[dict[str, str]], day: date
) -> None:
    covering = [
        check
        for check in checks
        if parse(check["covers_from"] or check["checked_on"]).earliest
        <= day
        <= date.fromisoformat(check["checked_on"])
    ]
    if not covering:
        assert _answer(_registry(entries, checks), from_day(day)).answer != "no"


@_QUIET
@given(_entries(), _DAYS, st.integers(0, 900))
def test_an_entry_is_in_force_without_a_hole(entry: dict[str, str], day: date, more: int) -> None:
    later = day + timedelta(days=more)
    registry = _registry([entry], [])
    between = day + timedelta(days=more // 2)
    answers = [_answer(registry, from_day(one)).answer for one in (day, between, later)]
    if answers[0] == answers[2] == "yes":
        assert answers[1] == "yes"


@_QUIET
@given(_entries(), _DAYS)
def test_a_delisting_ends_every_yes(entry: dict[str, str], end: date) -> None:
    closed = {**entry, "ended_on": str(end)}
    assume(parse(entry["effective_on"]).latest < end)
    registry = _registry([closed], [])
    assert _answer(registry, from_day(end)).answer != "yes"
    assert _answer(registry, from_day(end + timedelta(days=400))).answer != "yes"
    assert _answer(registry, from_day(end - timedelta(days=1))).answer == "yes"


@_QUIET
@given(st.lists(_entries(), max_size=2), st.lists(_checks(), max_size=2), _DAYS, st.integers(1, 60))
def test_a_vague_day_is_answered_only_as_all_its_days_are(
    entries: list[dict[str, str]], checks: list[dict[str, str]], day: date, width: int
) -> None:
    registry = _registry(entries, checks)
    last = day + timedelta(days=width)
    vague = _answer(registry, parse(f"{day}/{last}")).answer
    if vague != "unknown":
        inside = day + timedelta(days=width // 2)
        for one in (day, inside, last):
            assert _answer(registry, from_day(one)).answer == vague


@_QUIET
@given(st.lists(_entries(), max_size=3), st.lists(_checks(), max_size=2), _DAYS)
def test_the_answers_of_entries_and_of_their_list_agree(
    entries: list[dict[str, str]], checks: list[dict[str, str]], day: date
) -> None:
    registry = _registry(entries, checks)
    found = _answer(registry, from_day(day))
    answers = {one.answer for one in found.by_entry}
    assert [one.entry for one in found.by_entry] == list(found.entries)
    if "yes" in answers:
        assert found.answer == "yes"
    if found.answer == "no":
        assert answers <= {"no"}


@_QUIET
@given(st.lists(_entries(), max_size=2), st.lists(_checks(), max_size=2), _DAYS)
def test_the_last_day_known_is_an_earlier_day_with_a_yes(
    entries: list[dict[str, str]], checks: list[dict[str, str]], day: date
) -> None:
    registry = _registry(entries, checks)
    found = _answer(registry, from_day(day))
    if found.last_known_yes is not None:
        assert found.answer == "unknown"
        assert found.last_known_yes < day
        assert _answer(registry, from_day(found.last_known_yes)).answer == "yes"


@_QUIET
@given(st.lists(_entries(), max_size=2), st.lists(_checks(), max_size=3), _DAYS)
def test_a_reading_without_a_row_says_what_a_row_not_listed_would_say(
    entries: list[dict[str, str]], checks: list[dict[str, str]], day: date
) -> None:
    by_rule = _registry(entries, checks)
    rows = tuple(
        _row(ListCheck, {"reading_id": f"r{n}", "org_id": "maker", "result": "not_listed"})
        for n, cells in enumerate(checks)
        if cells["result"] == "not_listed"
    )
    by_row = replace(by_rule, list_searches=(), list_checks=(*by_rule.list_checks, *rows))
    ours, theirs = _answer(by_rule, from_day(day)), _answer(by_row, from_day(day))
    assert (ours.answer, ours.reason) == (theirs.answer, theirs.reason)


@_QUIET
@given(st.lists(_entries(), max_size=2), st.lists(_checks(), max_size=3), _DAYS, _DAYS)
def test_one_more_text_never_turns_a_yes_into_a_no_on_another_day(
    entries: list[dict[str, str]], checks: list[dict[str, str]], day: date, read_on: date
) -> None:
    assume(read_on != day)
    before = _answer(_registry(entries, checks), from_day(day)).answer
    for result in ("listed", "not_listed"):
        more = [*checks, {"checked_on": str(read_on), "result": result}]
        after = _answer(_registry(entries, more), from_day(day)).answer
        assert {before, after} != {"yes", "no"}
