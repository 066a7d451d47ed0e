"""Published tags hold words, numbers and known names; free text never passes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mapper.model.tags import PUBLISHED_TAGS
from mapper.validate.published_values import may_publish

FREE_TEXTS = [
    "Petra Köhler",
    "Anna",
    "ask at no. 5, Church Lane",
    "5 Church Lane",
    "Hauptstraße 12",
    "B-HM 4242",
    "7ABC123",
    "12345678",
    "040 123 456",
    "john dot smith at example dot org",
    "cam01.someone.dyndns.org",
    "john.smith@example.org",
    "3 Anna",
    "removed=by Petra",
    "disused:note=Petra Köhler",
]


def nobody(key: str, text: str) -> bool:
    assert key
    assert text
    return False


@pytest.mark.parametrize("key", [key for key in PUBLISHED_TAGS if key != "operator"])
@pytest.mark.parametrize("value", FREE_TEXTS)
def test_no_free_text_passes_under_any_key(key: str, value: str) -> None:
    assert not may_publish(key, value, names_maker=nobody)


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("surveillance", "outdoor"),
        ("surveillance", "public;traffic_signals"),
        ("surveillance:zone", "parking;traffic"),
        ("surveillance:type", "ALPR;camera"),
        ("camera:mount", "wall/ceiling"),
        ("camera:direction", "NNW-SSE"),
        ("direction", "0;90;180;270"),
        ("direction", "100-120;220-240"),
        ("direction", "forward"),
        ("camera:angle", "-15°"),
        ("height", "3.5 m"),
        ("start_date", "2019-05-06"),
        ("start_date", "2024?"),
        ("survey:date", "2019-05-06..2020-07-08"),
        ("lifecycle", "disused:man_made=surveillance;operational_status=closed"),
        ("lifecycle", "REMOVED"),
        ("lifecycle", "?"),
        ("camera:count", "3 cameras"),
        ("manufacturer", "Unknown"),
        ("brand", "Müller GmbH"),
        ("operator:type", "private_non_profit"),
        ("manufacturer:wikidata", "Q2347731"),
    ],
)
def test_what_is_understood_is_published(key: str, value: str) -> None:
    assert may_publish(key, value, names_maker=nobody)


def test_a_makers_text_passes_where_every_word_is_accounted_for() -> None:
    assert may_publish(
        "model", "XY-1", names_maker=lambda key, text: (key, text) == ("model", "XY-1")
    )
    assert not may_publish("highway", "XY-1", names_maker=lambda key, text: bool(key + text))


@given(st.text(max_size=30), st.sampled_from(PUBLISHED_TAGS))
def test_any_text_gets_an_answer(value: str, key: str) -> None:
    assert may_publish(key, value, names_maker=nobody) in {True, False}
