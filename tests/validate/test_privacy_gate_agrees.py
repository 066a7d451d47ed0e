"""What the gate would stop a release for is withheld before: no tag stops a build."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from mapper.model.tags import PUBLISHED_TAGS
from mapper.validate.contact_patterns import holds_contact
from mapper.validate.privacy_gate import CONTACT, LONG_NUMBER, NUMERIC

_PIECES = st.sampled_from(
    ["0", "358401234567", "+", "@", ".", "://", "a", "bc", " ", "-", "(", "é", "٣"]
)
VALUES = st.one_of(st.text(max_size=40), st.lists(_PIECES, max_size=14).map("".join))


@pytest.mark.parametrize("key", PUBLISHED_TAGS)
@given(VALUES)
@example("358401234567")
@example("+358 40 123 4567")
@example("x@example.org")
@example("rtsp://camera.example/1")
def test_the_gate_finds_no_contact_that_was_not_withheld(key: str, value: str) -> None:
    patterns = list(CONTACT.values()) + ([] if key in NUMERIC else [LONG_NUMBER])
    if any(pattern.search(value) for pattern in patterns):
        assert holds_contact(key, value)
