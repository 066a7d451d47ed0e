"""What the breaking of single lines showed to be unproven of names, likeness and frames."""

import pandas as pd
import pytest

from mapper.model.enums import DeviceType, Rung
from mapper.resolve.vendors.ladder import FRAME_COLUMNS, VendorAnswer
from mapper.resolve.vendors.likeness import contained_names, like_names, one_letter_off
from mapper.resolve.vendors.name_keys import How
from mapper.resolve.vendors.vendor_names import NameIndex
from mapper.resolve.vendors.vendor_text import read_written, words_of
from tests.resolve.vendors.vendor_rows import organisation, small_resolver


def answer(country_code: str | None = "US", **tags: str) -> VendorAnswer:
    return small_resolver().resolve_one(
        {key.replace("__", ":"): value for key, value in tags.items()},
        device_type=DeviceType.PLATE_READER,
        country_code=country_code,
    )


def frame(index: list[str], **columns: list[str | None]) -> pd.DataFrame:
    rows = pd.DataFrame(None, index=index, columns=list(FRAME_COLUMNS), dtype=object)
    rows["device_type"], rows["country_code"] = DeviceType.PLATE_READER.value, "US"
    rows["publishes_vendor"] = False
    for name, values in columns.items():
        rows[name] = values
    return rows


def test_hyphens_part_words_unless_a_type_number_is_asked_for() -> None:
    assert words_of("WV-SW316L") == ("wv", "sw316l")
    assert words_of("WV-SW316L", keep_hyphens=True) == ("wv-sw316l",)
    assert read_written("Axis M-3045", keep_hyphens=True).parts == (("axis", "m-3045"),)


def test_of_an_operator_its_id_alone_says_who_it_is() -> None:
    assert answer(operator__wikidata="Q634815").operator_is_vendor
    both = answer(operator="Motorola Solutions", operator__wikidata="Q108485435")
    assert both.operator_id is None
    assert not both.operator_is_vendor


def test_a_maker_told_by_its_id_alone_is_shown_as_the_id_was_written() -> None:
    told = answer(manufacturer__wikidata="q108485435")
    assert (told.vendor_id, told.vendor_as_written) == ("flock-safety", "q108485435")


def test_without_a_country_no_footprint_confirms_a_maker() -> None:
    assert answer(None, manufacturer="Flock Safety").vendor_rung is Rung.C


def test_answers_of_a_frame_keep_its_index_and_its_order() -> None:
    rows = frame(["b", "a", "c"], manufacturer=["Genetec", None, "Genetec"])
    answers = small_resolver().resolve_frame(rows)
    assert list(answers.index) == ["b", "a", "c"]
    assert answers["vendor_id"].tolist() == ["genetec", None, "genetec"]


def test_proposals_say_how_like_they_are_and_how_often_the_value_stands() -> None:
    rows = frame(["a", "b"], brand=["Avigylonn", "Avigylonn"])
    (row,) = small_resolver().proposals(rows).to_dict("records")
    assert row["ratio"] == pytest.approx(82.35, abs=0.01)
    assert {**row, "ratio": 0} == {
        "key": "brand",
        "value": "Avigylonn",
        "org_id": "avigilon",
        "ratio": 0,
        "count": 2,
    }


def test_the_likest_name_stands_first_and_of_equals_the_first_in_the_alphabet() -> None:
    assert like_names("abcdefgh", ["abcdefxy", "abcdefgx", "abcdefga"]) == [
        ("abcdefga", 87.5),
        ("abcdefgx", 87.5),
        ("abcdefxy", 75.0),
    ]


def test_of_two_names_of_one_house_the_nearer_is_the_one_written_wrongly() -> None:
    names = {"avigilonx": "a", "avigilon": "a"}
    assert one_letter_off("avigilo", names) == "avigilon"
    assert one_letter_off("avigilo", dict(reversed(names.items()))) == "avigilon"


def test_a_name_of_five_letters_may_stand_among_words_and_one_of_four_not() -> None:
    names = {"axeda": "five", "axis": "four"}
    assert contained_names(("old", "axeda", "axis"), names) == {"five"}


def test_a_name_among_unknown_words_is_as_like_as_it_is_of_them() -> None:
    proposal = small_resolver().makers.proposal("genetec blurbfoo")
    assert proposal is not None
    assert (proposal.org_id, proposal.name_key) == ("genetec", "genetec")
    assert proposal.ratio == pytest.approx(100 * 2 * 7 / (7 + 15))


def test_a_doubt_stays_with_a_value_that_is_read_in_parts() -> None:
    sure, doubted = (small_resolver().makers.read(text) for text in ("Axis cam", "Axis cam?"))
    assert (sure.how, doubted.how) == (How.PARTS, How.PARTS)
    assert (sure.is_uncertain, doubted.is_uncertain) == (False, True)


@pytest.mark.parametrize(
    ("text", "org_ids"),
    [
        ("Genetec AutoVu camera 3", ("genetec",)),
        ("Genetec AutoVu II", ("genetec",)),
        ("AutoVu II", ("genetec",)),
        ("Genetec AutoVu 300000", ()),
        ("Genetec AutoVu x", ()),
        ("Genetec M3", ("genetec",)),
        ("Genetec 3 AutoVu", ()),
    ],
)
def test_a_number_behind_a_product_counts_its_makes(text: str, org_ids: tuple[str, ...]) -> None:
    assert small_resolver().makers.read(text).org_ids == org_ids


def test_a_short_name_takes_no_soft_word_with_it() -> None:
    index = NameIndex([organisation("abc", "Abcd"), organisation("long", "Abcde")], [], [])
    assert index.read("Abcde Group").org_ids == index.read("Abcde").org_ids
    assert index.read("Abcde Solutions").org_ids == ("long",)
    assert index.read("Abcd Solutions").org_ids == ()
