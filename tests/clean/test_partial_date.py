"""Partial dates: what is read, what is refused, how two compare."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mapper.clean.partial_date import PartialDate, from_day, not_after, parse
from mapper.errors import ValueRefusedError

_DAYS = st.dates(date(1700, 1, 1), date(2199, 12, 31))


@st.composite
def _partial_dates(draw: st.DrawFn) -> PartialDate:
    first, last = sorted((draw(_DAYS), draw(_DAYS)))
    shape = draw(st.sampled_from(("{0:%Y}", "{0:%Y-%m}", "{0}", "before:{0}", "after:{0:%Y-%m}")))
    if draw(st.booleans()) and first < last:
        return parse(f"{first}/{last}")
    return parse(shape.format(first))


@pytest.mark.parametrize(
    ("text", "earliest", "latest"),
    [
        ("2022", date(2022, 1, 1), date(2022, 12, 31)),
        ("2022-03", date(2022, 3, 1), date(2022, 3, 31)),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29)),
        ("2023-02", date(2023, 2, 1), date(2023, 2, 28)),
        ("2022-03-05", date(2022, 3, 5), date(2022, 3, 5)),
        ("before:2020", date.min, date(2019, 12, 31)),
        ("before:2022-03-05", date.min, date(2022, 3, 4)),
        ("after:2019-06", date(2019, 7, 1), date.max),
        ("after:2019", date(2020, 1, 1), date.max),
        ("2016/2017", date(2016, 1, 1), date(2017, 12, 31)),
        ("2018-12/2019-01", date(2018, 12, 1), date(2019, 1, 31)),
    ],
)
def test_a_spelling_means_its_first_and_last_day(text: str, earliest: date, latest: date) -> None:
    found = parse(text)
    assert (found.earliest, found.latest, str(found)) == (earliest, latest, text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "22",
        "2022-3",
        "2022-13",
        "2022-00",
        "2023-02-29",
        "2022-03-32",
        "2022-03-05T00:00",
        " 2022",
        "2022 ",
        "about 2014",
        "n.d.",
        "before:",
        "before:before:2020",
        "before:2016/2017",
        "2017/2016",
        "2016/2016",
        "2016/",
        "/2016",
        "2016/2017/2018",
        "1699",
        "2200",
        "-2022",
        "\uff12\uff10\uff12\uff12",
        "2022\n",
    ],
)
def test_another_spelling_is_refused(text: str) -> None:
    with pytest.raises(ValueRefusedError):
        parse(text)


def test_a_range_of_two_days_of_one_year_is_read() -> None:
    found = parse("2022-03-04/2022-03-05")
    assert (found.earliest, found.latest) == (date(2022, 3, 4), date(2022, 3, 5))


def test_years_that_touch_do_not_overlap() -> None:
    assert parse("2019").certainly_before(parse("2020"))
    assert parse("2020").certainly_after(parse("2019"))
    assert not parse("2019").overlaps(parse("2020"))


def test_a_day_in_a_year_is_neither_before_nor_after_it() -> None:
    day, year = parse("2022-05-01"), parse("2022")
    assert day.overlaps(year)
    assert not day.certainly_before(year)
    assert not day.certainly_after(year)


def test_before_a_year_ends_before_the_year_begins() -> None:
    assert parse("before:2020").certainly_before(parse("2020-01-01"))
    assert not parse("before:2020").certainly_before(parse("2019-12-31"))


@given(_partial_dates(), _partial_dates())
def test_two_dates_stand_in_exactly_one_relation(one: PartialDate, other: PartialDate) -> None:
    relations = [one.certainly_before(other), one.certainly_after(other), one.overlaps(other)]
    assert sum(relations) == 1


@given(_partial_dates(), _partial_dates())
def test_before_one_way_is_after_the_other_way(one: PartialDate, other: PartialDate) -> None:
    assert one.certainly_before(other) == other.certainly_after(one)
    assert one.overlaps(other) == other.overlaps(one)


@given(_partial_dates(), _partial_dates(), st.data())
def test_certainly_before_holds_for_every_pair_of_days(
    one: PartialDate, other: PartialDate, data: st.DataObject
) -> None:
    first = data.draw(st.dates(one.earliest, one.latest))
    second = data.draw(st.dates(other.earliest, other.latest))
    if one.certainly_before(other):
        assert first < second
    if one.certainly_not_after(other):
        assert first <= second
    if first == second:
        assert one.overlaps(other)


@given(_partial_dates())
def test_reading_the_text_again_gives_the_same_date(one: PartialDate) -> None:
    assert parse(one.text) == one
    assert one.earliest <= one.latest


@given(_DAYS)
def test_a_known_day_is_a_day(day: date) -> None:
    assert from_day(day) == parse(day.isoformat())
    assert from_day(day).is_day
    assert not parse(f"{day:%Y}").is_day


@given(st.dates(date(1700, 1, 1), date(2199, 12, 30)))
def test_not_after_a_day_allows_that_day_and_none_later(day: date) -> None:
    found = not_after(from_day(day))
    assert found.latest == day
    assert found.certainly_before(from_day(day + timedelta(days=1)))
    assert parse(found.text) == found


def test_not_after_an_open_date_is_refused() -> None:
    with pytest.raises(ValueRefusedError, match="'after:2019' has no last day"):
        not_after(parse("after:2019"))
