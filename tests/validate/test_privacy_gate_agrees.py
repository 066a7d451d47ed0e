"""What the gate would stop a release for is withheld before: no tag stops a build."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from mapper.model.tags import PRIVACY_TAGS, PUBLISHED_TAGS
from mapper.validate.contact_patterns import holds_contact
from mapper.validate.findings import Material
from mapper.validate.gates import count_objects
from mapper.validate.privacy import withhold
from mapper.validate.privacy_gate import CONTACT, LONG_NUMBER, NUMERIC, privacy
from mapper.validate.suppression import Suppression
from tests.privacy_values import values_of
from tests.release.factory import device, devices_frame, observations_frame, reading
from tests.release.small_release import CREDIT

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


_HOSTILE = [
    value
    for name in ("words_home.txt", "words_inside.txt", "words_doorbell.txt", "contact_values.txt")
    for _, value in values_of(name)
]
_WORDS = [
    "public",
    "outdoor",
    "private",
    "Private;street",
    "ring",
    "Nest",
    "door",
    "individual",
    "?",
]
_TAGS = st.dictionaries(
    st.sampled_from([*PUBLISHED_TAGS, *PRIVACY_TAGS]),
    st.sampled_from([*_WORDS, *_HOSTILE]) | st.text(min_size=1, max_size=12),
    max_size=6,
)


@settings(deadline=None, max_examples=120)
@given(st.lists(_TAGS, min_size=1, max_size=5))
def test_no_tags_that_pass_the_rules_are_stopped_by_the_gate(written: list[dict[str, str]]) -> None:
    rows = [
        device(number, operator_name=tags.get("operator")) for number, tags in enumerate(written, 1)
    ]
    tags = {f"node/{number}": one for number, one in enumerate(written, 1)}
    published = withhold(
        devices_frame(rows),
        {"osm": observations_frame(rows, tags)},
        organisation_names=["Axis"],
        suppression=Suppression(),
    )
    counts = count_objects((reading(rows),), published)
    assert privacy(Material(published, (CREDIT,), counts, Suppression())) == []
    total = sum(sum(reasons.values()) for reasons in published.values_withheld.values())
    blank = sum(
        len(keys.split(";"))
        for frame in published.observations.values()
        for keys in frame["withheld_keys"].dropna()
    )
    assert total == blank
