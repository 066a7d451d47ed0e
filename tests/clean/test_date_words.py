"""Days as a reader writes them, as exactly as they are known."""

from datetime import date

import pytest

from mapper.clean.date_words import format_date
from mapper.clean.partial_date import parse


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("2023-03-28", "28 March 2023"),
        ("2023-03-01", "1 March 2023"),
        ("2023-03", "March 2023"),
        ("2022", "2022"),
        ("before:2020", "before 2020"),
        ("before:2023-03-29", "before 29 March 2023"),
        ("after:2019-06", "after June 2019"),
        ("2016/2017", "between 2016 and 2017"),
        ("2021-05/2022-01-09", "between May 2021 and 9 January 2022"),
    ],
)
def test_a_partial_date_is_said_as_exactly_as_it_is_known(written: str, read: str) -> None:
    assert format_date(parse(written)) == read


def test_no_date_is_no_text() -> None:
    assert format_date(None) == ""


def test_a_known_day_is_said_like_a_partial_date() -> None:
    assert format_date(date(2023, 3, 1)) == format_date(parse("2023-03-01")) == "1 March 2023"


def test_a_language_brings_its_own_months() -> None:
    # By hand from the CLDR charts.
    assert format_date(parse("2023-03-28"), "de") == "28. März 2023"
    assert format_date(parse("2023-03"), "fr") == "mars 2023"
    assert format_date(parse("2023"), "es") == "2023"
