"""Whether something stands, by the word of its source."""
# ruff: noqa: RUF001 - words of Turkish have such letters.

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mapper.clean.lifecycle import ENDED_KEYS, PLANNED_KEYS, lifecycle_of, state_of_word, told_state
from mapper.clean.site_count import COUNT_MAX, site_camera_count
from mapper.errors import ValueRefusedError
from mapper.model.enums import Lifecycle
from mapper.model.tags import NOT_UNDERSTOOD

OBJECTS = ("man_made=surveillance", "highway=speed_camera")


@pytest.mark.parametrize("prefix", PLANNED_KEYS)
@pytest.mark.parametrize("thing", OBJECTS)
def test_a_prefix_or_a_key_of_what_is_to_come_is_planned(prefix: str, thing: str) -> None:
    assert lifecycle_of(f"{prefix}:{thing}") is Lifecycle.PLANNED
    assert lifecycle_of(f"{prefix}=yes") is Lifecycle.PLANNED
    assert lifecycle_of(f"{prefix}=no") is Lifecycle.IN_USE


@pytest.mark.parametrize("prefix", ENDED_KEYS)
@pytest.mark.parametrize("thing", OBJECTS)
def test_a_prefix_or_a_key_of_what_was_is_ended(prefix: str, thing: str) -> None:
    assert lifecycle_of(f"{prefix}:{thing}") is Lifecycle.ENDED
    assert lifecycle_of(f"{prefix}=yes") is Lifecycle.ENDED
    assert lifecycle_of(f"{prefix}=no") is Lifecycle.IN_USE


@pytest.mark.parametrize(
    ("word", "state"),
    [
        ("DESIRED", Lifecycle.PLANNED),
        ("Under construction", Lifecycle.PLANNED),
        ("REMOVED", Lifecycle.ENDED),
        ("VOID", Lifecycle.ENDED),
        ("Außer Betrieb", Lifecycle.ENDED),
        ("hors-service", Lifecycle.ENDED),
        ("TURNED_ON", Lifecycle.IN_USE),
        ("en  servicio", Lifecycle.IN_USE),
        ("действует", Lifecycle.IN_USE),
        ("operational_status=closed", Lifecycle.ENDED),
        ("removed=yes;operational_status=open", Lifecycle.ENDED),
        ("disused=yes;proposed=yes", Lifecycle.UNKNOWN),
        ("ask Mr Smith", Lifecycle.UNKNOWN),
        ("removed;ask Mr Smith", Lifecycle.UNKNOWN),
        ("colour=yes", Lifecycle.UNKNOWN),
        (NOT_UNDERSTOOD, Lifecycle.UNKNOWN),
        ("", Lifecycle.UNKNOWN),
    ],
)
def test_words_of_lists_and_of_the_map(word: str, state: Lifecycle) -> None:
    assert lifecycle_of(word) is state


@given(st.text())
def test_any_text_has_a_state_and_no_free_text_is_told(text: str) -> None:
    assert lifecycle_of(text) in set(Lifecycle)
    told = told_state(text)
    assert told in {text, NOT_UNDERSTOOD}
    assert (told == NOT_UNDERSTOOD) == (lifecycle_of(told) is Lifecycle.UNKNOWN)


@given(st.integers(1, COUNT_MAX), st.sampled_from(["{}", "{}.0", "{} cameras", "Cameras: {}"]))
def test_a_count_is_read_however_it_is_worded(count: int, form: str) -> None:
    assert site_camera_count(form.format(count)) == count


@pytest.mark.parametrize(
    "text",
    ["", "0", "-3", "3-5", "3.5", "three", "2 of 3", "10001", "1e3", "3 4", "²", "9" * 5_000],
)
def test_what_is_no_single_count_is_refused(text: str) -> None:
    with pytest.raises(ValueRefusedError):
        site_camera_count(text)


@given(st.text())
def test_any_text_is_a_count_in_bounds_or_refused(text: str) -> None:
    try:
        assert 1 <= site_camera_count(text) <= COUNT_MAX
    except ValueRefusedError:
        return


@pytest.mark.parametrize(
    ("word", "state"),
    [
        ("außer Betrieb", "ended"),
        ("déposée", "ended"),
        ("desinstalada", "ended"),
        ("ontmanteld", "ended"),
        ("mimo provoz", "ended"),
        ("ur bruk", "ended"),
        ("ei käytössä", "ended"),
        ("не работает", "ended"),
        ("kaldırıldı", "ended"),
        ("VOID", "ended"),
        ("geplant", "planned"),
        ("planlandı", "planned"),
        ("σχεδιάζεται", "planned"),
        ("działa", "in_use"),
        ("em serviço", "in_use"),
        ("работает", "in_use"),
        ("çalışıyor", "in_use"),
        ("aktiivinen", "in_use"),
    ],
)
def test_states_are_understood_in_the_languages_of_lists(word: str, state: str) -> None:
    assert state_of_word(word) == state
