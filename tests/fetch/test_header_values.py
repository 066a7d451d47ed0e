"""Headers of any bytes: read, or passed over; never an error of ours."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mapper.fetch.header_values import (
    content_range,
    entity_tag,
    http_date,
    retry_after_s,
    whole_number,
)

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
ANY = st.text(st.characters(max_codepoint=255)) | st.from_regex(r'(W/)?".*"|[0-9]+|bytes .*/.*')


@given(ANY)
def test_any_header_is_read_or_passed_over(text: str) -> None:
    number, part = whole_number(text), content_range(text)
    assert number is None or 0 <= number < 2**63
    assert part is None or all(0 <= value < 2**63 for value in part)
    assert entity_tag(text).isascii()
    assert "\n" not in entity_tag(text) + http_date(text)
    pause_s = retry_after_s(text, now_utc=NOW, longest_s=300)
    assert pause_s is None or 0 <= pause_s <= 300


@pytest.mark.parametrize("text", ["\u00b2", "-5", "+5", "5.0", "0x5", "9" * 19, "9" * 5_000, ""])
def test_what_is_no_number_of_64_bits_is_none(text: str) -> None:
    assert whole_number(text) is None


@pytest.mark.parametrize("text", ['"a"', 'W/"a-1"', '""'])
def test_a_well_formed_tag_is_sent_back(text: str) -> None:
    assert entity_tag(text) == text


@pytest.mark.parametrize(
    "text", ["a", '"a', '"\u0085"', '"a\u00e9"', '"a" "b"', f'"{"a" * 999}"', '"\x00"']
)
def test_a_tag_with_an_odd_byte_is_not(text: str) -> None:
    assert entity_tag(text) == ""


@pytest.mark.parametrize(
    ("text", "pause_s"),
    [
        ("42", 42.0),
        ("9" * 5_000, 300.0),
        ("Mon, 23 Nov 2026 12:00:30 GMT", 30.0),
        ("Wed, 21 Oct 2015 07:28:00 GMT", 0.0),
        ("Fri, 31 Dec 9999 23:59:59 GMT", 300.0),
        ("soon", None),
        ("\u00b2", None),
    ],
)
def test_a_pause_is_read_in_seconds_or_as_a_date(text: str, pause_s: float | None) -> None:
    assert retry_after_s(text, now_utc=NOW, longest_s=300) == pause_s
