"""Large places have their names in other languages, by alphabet, and no transcriptions."""

from mapper.clean.gazetteer_names import ALPHABETS, names_by_place


def _names(place: str, country_code: str) -> dict[str, tuple[str, ...]]:
    (names,) = (
        names
        for (name, code, _), names in names_by_place().items()
        if (name, code) == (place, country_code)
    )
    return names


def test_a_place_is_called_as_its_own_people_and_their_neighbours_call_it() -> None:
    munich, moscow, cairo = _names("Munich", "DE"), _names("Moscow", "RU"), _names("Cairo", "EG")

    assert {"München", "Monaco di Baviera"} <= set(munich["latn"])
    assert "Мюнхен" in munich["cyrl"]
    assert "Москва" in moscow["cyrl"]
    assert "القاهرة" in cairo["arab"]
    assert "北京" in _names("Beijing", "CN")["hani"]


def test_codes_transcriptions_and_the_same_name_without_accents_are_left_out() -> None:
    munich = _names("Munich", "DE")["latn"]

    assert not {"MUC", "mwnykh", "Munchen", "Munich"} & set(munich)


def test_a_name_without_accents_is_kept_beside_one_with_accents_of_a_rarer_language() -> None:
    belgrade, moscow = _names("Belgrade", "RS")["latn"], _names("Moscow", "RU")["latn"]

    assert {"Belgrad", "Belgrád"} <= set(belgrade)
    assert {"Moscou", "Moscòu"} <= set(moscow)


def test_names_are_in_the_alphabets_that_the_page_has_files_for() -> None:
    every = list(names_by_place().values())

    assert {alphabet for names in every for alphabet in names} == set(ALPHABETS)
    assert all(of_it == tuple(dict.fromkeys(of_it)) for names in every for of_it in names.values())
