"""Dates in tags become partial dates, or are refused."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mapper.clean import partial_date
from mapper.clean.dates import tag_date
from mapper.errors import ValueRefusedError


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("2023", "2023"),
        ("2024-11", "2024-11"),
        ("2024-11-01", "2024-11-01"),
        (" 2024-11-01 ", "2024-11-01"),
        ("2025-11-2", "2025-11-02"),
        ("2025-3", "2025-03"),
        ("2015/04/11", "2015-04-11"),
        ("2015.04.11", "2015-04-11"),
        ("20240702", "2024-07-02"),
        ("2021-12-09T10:00:00Z", "2021-12-09"),
        ("2021-12-09 10:00", "2021-12-09"),
        ("October 27, 2017", "2017-10-27"),
        ("5 March 2022", "2022-03-05"),
        ("2025 Feb 17", "2025-02-17"),
        ("Sept. 2019", "2019-09"),
        ("before 2020", "before:2020"),
        ("before:2020-06", "before:2020-06"),
        ("after 2019-06", "after:2019-06"),
        ("1990s", "1990/1999"),
        ("2016..2018", "2016/2018"),
        ("2016-05/2017-02", "2016-05/2017-02"),
        ("2020/2021", "2020/2021"),
        ("2024-02-29", "2024-02-29"),
    ],
)
def test_a_date_with_one_reading_is_read(written: str, expected: str) -> None:
    assert tag_date(written) == expected


@pytest.mark.parametrize(
    "written",
    [
        "~2020",
        "2024?",
        "01/01/2019",
        "04/03/2019",
        "10/13/2025",
        "22-09-2022",
        "13.05.2021",
        "2013;2023",
        "2019-08-04;2019-08-09",
        "2025-15-10",
        "2023-02-29",
        "2024-05-39",
        "2024-00",
        "2021-2022",
        "2021:11",
        "202001",
        "18thang9 2022",
        "spring 2020",
        "mid 2020",
        "C19",
        "circa 1990",
        "yes",
        "survey",
        "1066",
        "2999",
        "2018..2016",
        "before",
        "before before 2020",
        "٢٠٢٠",
        "",
    ],
)
def test_a_date_that_needs_a_guess_is_refused(written: str) -> None:
    with pytest.raises(ValueRefusedError):
        tag_date(written)


@given(st.text(max_size=30))
def test_whatever_is_read_is_a_partial_date_and_reads_as_itself(written: str) -> None:
    try:
        text = tag_date(written)
    except ValueRefusedError:
        return
    assert partial_date.parse(text).text == text
    assert tag_date(text) == text


@given(st.dates(min_value=date(1900, 1, 1), max_value=date(2099, 12, 31)))
def test_an_iso_day_stays(day: date) -> None:
    assert tag_date(day.isoformat()) == day.isoformat()
