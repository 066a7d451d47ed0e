"""British English is written here as CLDR writes it, which is asked for every other language."""

from datetime import date
from decimal import Decimal

import pytest
from babel import dates
from babel.lists import format_list
from babel.numbers import format_decimal

from mapper.clean.british_english import LOCALE, day_text, list_text, month_text, number_text

DAYS = [
    date(year, month, day) for year in (1700, 2026) for month in range(1, 13) for day in (1, 28)
]


def test_days_and_months_are_those_of_cldr() -> None:
    for day in DAYS:
        assert day_text(day) == dates.format_date(day, format="long", locale=LOCALE)
        assert month_text(day) == dates.format_skeleton("yMMMM", day, locale=LOCALE)


@pytest.mark.parametrize(
    "value",
    [
        *(0, 7, -7, 999, 1_000, 160_000, 12_345_678_901),
        *(Decimal("0.5"), Decimal("1234.5"), Decimal("-0.0000001"), Decimal("1E+3")),
    ],
)
def test_numbers_are_those_of_cldr(value: int | Decimal) -> None:
    expected = format_decimal(value, locale=LOCALE, decimal_quantization=False)
    assert number_text(value) == expected


@pytest.mark.parametrize(
    "parts", [[], ["a"], ["a", "b"], ["a", "b", "c"], ["a, b", "{0}", "", "d"]]
)
def test_lists_are_joined_as_cldr_joins_them(parts: list[str]) -> None:
    assert list_text(parts) == format_list(parts, style="standard", locale=LOCALE)
