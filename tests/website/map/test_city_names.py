"""Large cities are named in the language of the page where CLDR names them, and nowhere else."""

import pytest

from mapper.settings import Settings
from mapper.website.map.city_names import city_names_payload
from mapper.website.map.label_file import labels_payload

LANGUAGES = ("fr", "de", "es", "ru", "ar", "zh")


def _named(lang: str) -> dict[str, str]:
    cities = labels_payload(Settings().boundaries_dir)["cities"]["name"]
    return {cities[row]: name for row, name in city_names_payload(lang)["cities"]}


@pytest.mark.parametrize(
    ("lang", "name", "shown"),
    [
        ("ru", "Moscow", "Москва"),
        ("ar", "Buenos Aires", "بوينوس أيرس"),
        ("zh", "Dubai", "迪拜"),
        ("de", "Vienna", "Wien"),
        ("fr", "Brussels", "Bruxelles"),
        ("es", "London", "Londres"),
    ],
)
def test_a_capital_has_its_name_in_the_language_of_the_page(
    lang: str, name: str, shown: str
) -> None:
    assert _named(lang)[name] == shown


@pytest.mark.parametrize("lang", LANGUAGES)
def test_each_row_is_named_once_and_with_letters_of_the_language(lang: str) -> None:
    rows = city_names_payload(lang)["cities"]
    letters = {"ru": "\u0400", "ar": "\u0600", "zh": "\u4e00"}.get(lang, "A")

    assert [row for row, _ in rows] == sorted({row for row, _ in rows})
    assert len(rows) > 50
    # The first letter says the script; a Latin one in an Arabic name would be no translation.
    assert all(name[0] >= letters for _, name in rows)


def test_a_city_that_no_zone_is_named_by_keeps_its_english_name() -> None:
    named = _named("ar")

    assert "Mumbai" not in named
    assert "Munich" not in named
