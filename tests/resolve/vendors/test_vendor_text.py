"""Folding and cutting of written names."""
# ruff: noqa: RUF001 - Cyrillic and full-width letters are cases of their own.

import pytest

from mapper.resolve.vendors.vendor_text import (
    fold,
    is_not_known,
    key_of,
    qid_in,
    read_written,
    words_of,
)


@pytest.mark.parametrize(
    ("written", "key"),
    [
        ("HIK Vision", "hikvision"),
        ("Hik-Vision", "hikvision"),
        ("Axis Communications AB", "axiscommunications"),
        ("Neology, Inc.", "neology"),
        ("Dahua Technology Co., Ltd", "dahuatechnology"),
        ("Leonardo S.p.A.", "leonardo"),
        ("Foo Sp. z o.o.", "foo"),
        ("Foo, S.A. de C.V.", "foo"),
        ("ООО «НТЕХЛАБ»", "нтехлаб"),
        ("海康威视股份有限公司", "海康威视"),
        ("Ekin Smart City Teknoloji A.Ş.", "ekinsmartcityteknoloji"),
        ("Flock Safety™", "flocksafety"),
        ("Flock Safety's", "flocksafety"),
        ("ＡＸＩＳ", "axis"),
        ("Vérkada", "verkada"),
    ],
)
def test_case_accents_punctuation_and_company_forms_do_not_count(written: str, key: str) -> None:
    assert key_of(words_of(written)) == key


@pytest.mark.parametrize("written", ["LT Security", "SA Vision", "AG Neovo"])
def test_a_company_form_at_the_wrong_end_is_part_of_the_name(written: str) -> None:
    assert key_of(words_of(written)) == written.replace(" ", "").lower()


@pytest.mark.parametrize("written", ["GE Co", "2N AG", "Co. Ltd."])
def test_a_company_form_stays_where_no_name_would_remain(written: str) -> None:
    assert key_of(words_of(written)) == "".join(words_of(written))


def test_accents_of_other_scripts_make_other_letters() -> None:
    assert fold("й") != fold("и")
    assert fold("が") != fold("か")


@pytest.mark.parametrize(
    "written",
    ["Unknown", "unkn", "Unkwn", "?", " ? ", "other", "generic", "None", "n/a", "-", "...", ""],
)
def test_words_for_not_known_are_no_name(written: str) -> None:
    assert is_not_known(written)


@pytest.mark.parametrize("written", ["Nova", "Otherside", "Noname Cameras AB"])
def test_names_that_hold_such_words_are_names(written: str) -> None:
    assert not is_not_known(written)


@pytest.mark.parametrize("written", ["Motorola?", "Motorola (?)", "Motorola ??", "maybe Motorola"])
def test_doubt_is_kept_beside_the_name(written: str) -> None:
    read = read_written(written)
    assert read.parts == (("motorola",),)
    assert read.is_uncertain


@pytest.mark.parametrize(
    "written",
    ["Reolink;Arlo", "Reolink / Arlo", "Reolink, Arlo", "Reolink & Arlo", "Reolink and Arlo"],
)
def test_every_way_to_join_two_names_separates_them(written: str) -> None:
    assert read_written(written).parts == (("reolink",), ("arlo",))


def test_parts_that_say_nothing_are_dropped() -> None:
    assert read_written("Reolink; unknown").parts == (("reolink",),)


@pytest.mark.parametrize(
    "written",
    ["Q108485435", "q108485435", "wikidata=Q108485435", "https://www.wikidata.org/wiki/Q108485435"],
)
def test_an_id_in_place_of_a_name_is_read(written: str) -> None:
    assert qid_in(written) == "Q108485435"


@pytest.mark.parametrize("written", ["Q", "Q0", "Q108485435=", "Q1656 camera", "Unknown", "Q-12"])
def test_what_is_no_whole_id_is_not_read_as_one(written: str) -> None:
    assert qid_in(written) is None
