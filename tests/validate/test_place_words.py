"""A word about the place is understood, in thirty-six languages, or the device is left out."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mapper.clean.privacy_words import Privacy
from mapper.model.tags import PRIVACY_TAGS, PUBLISHED_TAGS
from mapper.validate import homes
from mapper.validate.operators import Operator, operators_of
from mapper.validate.place_words import place_words
from mapper.validate.public_places import public_places
from tests.privacy_values import values_of

KEYS = (*PUBLISHED_TAGS, *PRIVACY_TAGS)


def table(rows: list[dict[str, str]]) -> pd.DataFrame:
    return pd.DataFrame(
        [{key: row.get(key) for key in KEYS} for row in rows], columns=list(KEYS), dtype=object
    )


def left_out(rows: list[dict[str, str]]) -> list[bool]:
    """Say of each row whether one of the rules about homes leaves it out."""
    tags = table(rows)
    nothing = pd.Series([None] * len(tags), dtype=object)
    operators = operators_of(tags, pd.DataFrame({"operator_id": nothing}), ())
    named = operators == Operator.ORGANISATION
    masks = (
        homes.doorbells(tags),
        homes.home_products(tags, nothing),
        homes.persons(tags, operators),
        homes.private_grounds(tags, named),
        homes.insides(tags, named),
        homes.not_understood(tags, named),
    )
    return [any(answers) for answers in zip(*(mask.tolist() for mask in masks), strict=True)]


def missed(file_name: str, key: str, **more: str) -> list[str]:
    values = [value for _, value in values_of(file_name)]
    assert len(values) > 150
    answers = left_out([{"man_made": "surveillance", key: value, **more} for value in values])
    return [value for value, answer in zip(values, answers, strict=True) if not answer]


@pytest.mark.parametrize("key", ["surveillance", "surveillance:zone", "camera:mount", "indoor"])
def test_a_word_for_inside_withholds_a_camera_of_nobody(key: str) -> None:
    assert missed("words_inside.txt", key) == []


@pytest.mark.parametrize(
    "key",
    [
        "surveillance",
        "surveillance:zone",
        "access",
        "entrance",
        "ownership",
        "building",
        "operator",
        "operator:type",
    ],
)
def test_a_word_for_a_home_or_private_ground_withholds(key: str) -> None:
    # As an operator a few of them stay unknown words: the name is blank, the place is not told.
    allowed = {"jardin privé", "privati teritorija", "properti pribadi"}
    assert set(missed("words_home.txt", key)) <= (allowed if key == "operator" else set())


@pytest.mark.parametrize(
    "key",
    ["camera:mount", "camera:type", "surveillance", "surveillance:zone", "surveillance:type"],
)
def test_a_word_for_a_doorbell_withholds(key: str) -> None:
    assert missed("words_doorbell.txt", key) == []


def test_a_doorbell_of_a_town_is_a_doorbell() -> None:
    understood = [
        value
        for _, value in values_of("words_doorbell.txt")
        if Privacy.DOORBELL in place_words(value).meanings
    ]
    assert len(understood) > 140
    rows = [{"camera:mount": value, "operator": "Stadt Bochum"} for value in understood]
    assert all(left_out(rows))


def test_public_places_are_kept_inside_or_not() -> None:
    public = values_of("words_public.txt")
    zones = [value for key, value in public if key == "zone"]
    plain = [{"surveillance:zone" if key == "zone" else key: value} for key, value in public]
    inside = [{"surveillance": "indoor", "surveillance:zone": zone} for zone in zones]
    answers = left_out([*plain, *inside])
    assert [row for row, out in zip([*plain, *inside], answers, strict=True) if out] == []


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("amenity", "my living room"),
        ("amenity", "cctv"),
        ("leisure", "Wohnzimmer"),
        ("leisure", "swimming_pool"),
        ("tourism", "apartment"),
        ("shop", "no"),
        ("shop", "appartement privé"),
        ("railway", "model railway at home"),
    ],
)
def test_a_word_that_is_not_listed_makes_no_place_public(key: str, value: str) -> None:
    assert not public_places(table([{key: value}]))[0]
    assert left_out([{"surveillance": "indoor", key: value}]) == [True]


@given(st.text(min_size=1, max_size=20).filter(str.strip))
def test_what_is_not_understood_is_never_taken_for_safe(value: str) -> None:
    said = place_words(value)
    if not said.is_understood:
        assert left_out([{"surveillance": value}]) == [True]
        assert left_out([{"surveillance": value, "operator": "Stadt Bochum"}]) == [
            Privacy.DOORBELL in said.meanings
        ]
