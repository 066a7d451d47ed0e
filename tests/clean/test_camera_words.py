"""Four tags are published as words of a list; free text never is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mapper.clean.camera_words import (
    MOUNT_WORDS,
    ZONE_WORDS,
    camera_type,
    mount,
    visibility,
    zone,
)
from mapper.model.columns import CAMERA

ALLOWED = {column.name: set(column.allowed) for column in CAMERA}


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("fixed", "fixed"),
        ("Dome", "dome"),
        ("PTZ", "panning"),
        ("static", "fixed"),
        ("fixed;fixed", "fixed"),
        ("dome;fixed", "other"),
        ("doorbell", "other"),
        ("Flock Safety", "other"),
        ("?", None),
        ("yes", None),
        ("", None),
        (None, None),
    ],
)
def test_camera_type(written: str | None, expected: str | None) -> None:
    assert camera_type(written) == expected


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("pole", "pole"),
        ("Street_lamp", "street_lamp"),
        ("street lights", "street_lamp"),
        ("traffic_signal", "traffic_signals"),
        ("ceilling", "ceiling"),
        ("doorbell", "doorbell"),
        ("wall/ceiling", "several"),
        ("sur les casiers Amazon", "other"),
        ("unknown", None),
        (None, None),
    ],
)
def test_mount(written: str | None, expected: str | None) -> None:
    assert mount(written) == expected


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("traffic", "traffic"),
        ("trafic", "traffic"),
        ("building;parking;traffic", "several"),
        ("public transport platform", "public_transport_platform"),
        ("harbourhttps://www.openstreetmap.org/edit", "other"),
        ("entrance;Container", "several"),
        ("Entrée sous-préfecture", "other"),
        (None, None),
    ],
)
def test_zone(written: str | None, expected: str | None) -> None:
    assert zone(written) == expected


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("public", "public"),
        ("Private", "private"),
        ("indoor", "indoor"),
        ("outdoor;public", "other"),
        ("traffic", "other"),
        ("camera", None),
        ("webcam", None),
        ("flock", None),
        ("Videoüberwachung Staatskanzlei", "other"),
        (None, None),
    ],
)
def test_visibility(written: str | None, expected: str | None) -> None:
    assert visibility(written) == expected


@given(st.text(max_size=40))
def test_no_free_text_comes_through(written: str) -> None:
    assert camera_type(written) in ALLOWED["camera_type"] | {None}
    assert visibility(written) in ALLOWED["visibility"] | {None}
    assert mount(written) in {*MOUNT_WORDS, None}
    assert zone(written) in {*ZONE_WORDS, None}
