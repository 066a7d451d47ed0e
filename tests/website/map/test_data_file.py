"""A data file is one statement that no value can break out of."""

import base64
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mapper.website.map.data_file import packed, payload_text, payload_texts, script_text
from tests.website.unpack import payload_of

_JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.text(st.characters()),
    lambda inner: st.lists(inner, max_size=4),
    max_leaves=12,
)


@settings(deadline=None)
@given(payload=_JSON)
def test_any_text_of_unicode_comes_back_as_it_was(payload: object) -> None:
    name, read = payload_of(script_text("details/000", payload))
    assert name == "details/000"
    assert read == payload


@settings(deadline=None)
@given(text=st.text(st.characters(), min_size=1))
def test_nothing_in_a_data_file_can_begin_markup_or_end_a_line(text: str) -> None:
    script = script_text("meta", [text])
    assert script.isascii()
    assert script.count("\n") == 1
    assert not set("<>&") & set(script)


@settings(deadline=None)
@given(payloads=st.lists(st.text(st.characters())) | st.lists(_JSON))
def test_many_payloads_are_each_written_as_one_alone(payloads: list[object]) -> None:
    assert payload_texts(payloads) == [payload_text(payload) for payload in payloads]


def test_the_ends_of_scripts_and_lines_are_written_as_escapes() -> None:
    script = script_text("meta", ["</script><!--&\u2028\u2029"])
    assert json.dumps("meta") in script
    assert "\\u003c/script\\u003e\\u003c!--\\u0026\\u2028\\u2029" in script


def test_a_lone_surrogate_does_not_stop_the_build() -> None:
    assert payload_of(script_text("meta", ["\ud800"]))[1] == ["\ud800"]


@pytest.mark.parametrize("number", [float("nan"), float("inf")])
def test_a_number_that_json_cannot_hold_is_an_error(number: float) -> None:
    with pytest.raises(ValueError, match="JSON"):
        script_text("meta", [number])


def test_packed_bytes_carry_no_time_and_no_system() -> None:
    # RFC 1952, section 2.3: bytes 4 to 7 of a gzip file are its time, 0 where there is none; byte 9
    # is the system, 255 where it is not said: Python 3.12 and 3.13 would write two others.
    header = base64.b64decode(packed(b"abc"))[:10]
    assert header[4:8] == bytes(4)
    assert header[9] == 255
