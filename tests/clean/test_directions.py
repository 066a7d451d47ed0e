"""Directions are read by rule; what a rule would have to guess is refused."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mapper.clean.directions import parse_directions
from mapper.model.enums import Flag

# Expected values are read off a compass rose: N 0, E 90, S 180, W 270, clockwise.
READ: list[tuple[str, tuple[float, ...], float | None]] = [
    ("180", (180,), None),
    ("0", (0,), None),
    ("000", (0,), None),
    ("22.5", (22.5,), None),
    ("250°", (250,), None),
    (" 90 ", (90,), None),
    ("SE", (135,), None),
    ("se", (135,), None),
    ("NNW", (337.5,), None),
    ("wsw", (247.5,), None),
    ("south", (180,), None),
    ("North-East", (45,), None),
    ("north_west", (315,), None),
    ("south south west", (202.5,), None),
    ("-100", (260,), None),
    ("-1", (359,), None),
    ("-360", (0,), None),
    ("0-90", (45,), 90),
    ("270-90", (0,), 180),
    ("180-0", (270,), 180),
    ("335-46", (10.5,), 71),
    ("0 - 90", (45,), 90),
    ("90°-180°", (135,), 90),
    ("100–260", (180,), 160),  # noqa: RUF001 - people write the en dash
    ("ESE-N", (56.25 + 180,), 247.5),
    ("NNE-SSW", (112.5,), 180),
    ("-45-45", (0,), 90),
    ("1-360", (180.5,), 359),
    ("25;205", (25, 205), None),
    ("90;180;270;360", (90, 180, 270, 0), None),
    ("250;70", (250, 70), None),
    ("90; 180", (90, 180), None),
    ("355;", (355,), None),
    ("0, 90, 180, 270", (0, 90, 180, 270), None),
    ("0, 90,180,270", (0, 90, 180, 270), None),
    ("270,90", (270, 90), None),
    ("20,200", (20, 200), None),
    ("95, 95", (95,), None),
    ("0;0;38", (0, 38), None),
    ("N;S", (0, 180), None),
    ("E;90", (90,), None),
    ("0-90;180-270", (45, 225), 90),
    ("0-90;180-200", (45, 190), None),
    ("0-90;300", (45, 300), None),
]

REFUSED = [
    "forward",
    "backward",
    "both",
    "clockwise",
    "?",
    "all",
    "ouest",
    "O",
    "WS",
    "361",
    "900",
    "-361",
    "0-361",
    "1105",
    "90180270",
    "273,5",
    "34.645533791651786, 50.89382958660435",
    "90;both",
    "90;400",
    "0-360;90",
    "90-90",
    "N-N",
    "N-E",
    "S-W",
    "45-90-180",
    "345;270:360",
    "11:00",
    "٩٠",
    "9" * 10_000,
    "",
    ";",
    "null",
    "NaN",
    "1e2",
    "inf",
]


@pytest.mark.parametrize(("written", "directions", "angle"), READ, ids=[row[0] for row in READ])
def test_a_direction_is_read(
    written: str, directions: tuple[float, ...], angle: float | None
) -> None:
    result = parse_directions(written, None)
    assert result.directions_deg == directions
    assert result.view_angle_deg == angle
    assert result.as_written == written
    assert result.flags == ()


@pytest.mark.parametrize(
    "written", ["0-360", "0 - 360", "0-359", "360", "360°", "360.0", "360;360"]
)
def test_all_round_has_an_angle_and_no_direction(written: str) -> None:
    result = parse_directions(written, None)
    assert result.directions_deg == ()
    assert result.view_angle_deg == 360
    assert result.flags == (Flag.ALL_ROUND,)


@pytest.mark.parametrize("written", [text for text in REFUSED if text], ids=lambda text: text[:20])
def test_what_would_be_a_guess_is_refused_and_kept_as_written(written: str) -> None:
    result = parse_directions(written, None)
    assert result.directions_deg == ()
    assert result.view_angle_deg is None
    assert result.as_written == written
    assert result.flags == (Flag.DIRECTION_REFUSED,)


@pytest.mark.parametrize("empty", [None, ""])
def test_without_a_key_there_is_nothing_to_say(empty: str | None) -> None:
    result = parse_directions(empty, empty)
    assert (result.directions_deg, result.view_angle_deg) == ((), None)
    assert result.as_written is None
    assert result.flags == ()


def test_camera_direction_wins_and_the_conflict_is_flagged() -> None:
    result = parse_directions("90", "270")
    assert result.directions_deg == (90,)
    assert result.as_written == "90"
    assert result.flags == (Flag.DIRECTION_CONFLICT,)


def test_one_middle_with_two_widths_is_a_conflict() -> None:
    result = parse_directions("0-90", "30-60")
    assert (result.directions_deg, result.view_angle_deg) == ((45,), 90)
    assert result.flags == (Flag.DIRECTION_CONFLICT,)


@pytest.mark.parametrize(
    ("camera_direction", "direction"),
    [("90", "E"), ("0;180", "180;0"), ("45", "0-90"), ("-90", "270°")],
)
def test_two_ways_to_write_one_direction_are_no_conflict(
    camera_direction: str, direction: str
) -> None:
    assert parse_directions(camera_direction, direction).flags == ()


def test_direction_stands_in_for_a_refused_camera_direction() -> None:
    result = parse_directions("forward", "90")
    assert result.directions_deg == (90,)
    assert result.as_written == "90"
    assert result.flags == (Flag.DIRECTION_REFUSED,)


def test_a_refused_direction_does_not_contradict_camera_direction() -> None:
    result = parse_directions("90", "both")
    assert result.directions_deg == (90,)
    assert result.flags == (Flag.DIRECTION_REFUSED,)


@given(st.text(max_size=40), st.one_of(st.none(), st.text(max_size=40)))
def test_any_text_gives_directions_in_range_or_a_flag(one: str, other: str | None) -> None:
    result = parse_directions(one, other)
    assert all(0 <= each < 360 for each in result.directions_deg)
    assert result.view_angle_deg is None or 0 < result.view_angle_deg <= 360
    was_read = bool(result.directions_deg) or result.view_angle_deg is not None
    if (one or other) and not was_read:
        assert Flag.DIRECTION_REFUSED in result.flags


@given(st.integers(0, 359), st.integers(1, 359))
def test_a_sector_reaches_half_its_width_to_either_side(start: int, width: int) -> None:
    end = (start + width) % 360
    result = parse_directions(f"{start}-{end}", None)
    if (start, end) == (0, 359):
        assert result.view_angle_deg == 360
        return
    (middle,) = result.directions_deg
    assert result.view_angle_deg == width
    assert (start + width / 2) % 360 == middle
