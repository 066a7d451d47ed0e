"""The suppression list: read whole or not at all."""

import hashlib
import math
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mapper.errors import GateError
from mapper.validate.suppression import (
    CELL_M,
    Suppression,
    _columns,
    add_entries,
    entries_of,
    place_hash,
    plain_ref,
    read_suppression,
    suppression_hash,
)

SALT = "00112233445566778899aabbccddeeff"
HEADER = "salt,hash,added_on\n"


def written(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "suppression.csv"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_listed_object_is_found_under_any_of_several_salts(tmp_path: Path) -> None:
    other = "ff" * 16
    rows = [
        f"{SALT},{suppression_hash(SALT, 'osm', 'node/1')},2026-01-02",
        f"{other},{suppression_hash(other, 'osm', 'node/2')},2026-01-02",
    ]
    listed = read_suppression(written(tmp_path, HEADER + "\n".join(rows) + "\n"))
    assert len(listed) == 2
    assert listed.suppressed("osm", ["node/1", "node/2", "node/3"]) == [True, True, False]
    assert listed.suppressed("riverton", ["node/1"]) == [False]


def test_the_hash_is_that_of_salt_source_and_reference() -> None:
    """Worked out with sha256sum over the three lines without a final line feed."""
    assert suppression_hash(SALT, "osm", "node/1") == (
        "34ae31c4f0ff393aab7db1e3deabd7eae5e2e4136fbe2869357a0da62d166860"
    )


def test_an_empty_list_suppresses_nothing(tmp_path: Path) -> None:
    listed = read_suppression(written(tmp_path, HEADER))
    assert len(listed) == 0
    assert listed.leaves_out("osm", ["node/1"], np.array([24.9]), np.array([60.1])) == [False]


def test_a_list_that_is_not_there_stops_the_build(tmp_path: Path) -> None:
    with pytest.raises(GateError, match="cannot be read"):
        read_suppression(tmp_path / "absent.csv")
    dangling = tmp_path / "suppression.csv"
    dangling.symlink_to(tmp_path / "absent.csv")
    with pytest.raises(GateError, match="cannot be read"):
        read_suppression(dangling)


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-32"])
def test_a_list_in_another_encoding_stops_the_build(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "suppression.csv"
    path.write_bytes(HEADER.encode(encoding))
    with pytest.raises(GateError):
        read_suppression(path)
    path.write_bytes(HEADER.encode() + b"\xff\xfe,\xe4,2026\n")
    with pytest.raises(GateError, match="byte 19"):
        read_suppression(path)
    path.write_bytes(b"\xef\xbb\xbf" + HEADER.encode())
    assert len(read_suppression(path)) == 0


SPELLINGS = st.sampled_from(["{}", " {}", "{} ", "\u200b{}", "{}\u00ad", "{}\u00a0", "\ufeff{}"])


@given(st.text("lL2/node-", min_size=1, max_size=8), SPELLINGS, st.booleans())
def test_an_id_is_known_however_it_is_spelled(ref: str, spelling: str, capitals: bool) -> None:  # noqa: FBT001 - drawn
    entry, _ = entries_of(SALT, "osm", ref, 24.9, 60.1)
    listed = Suppression({SALT: frozenset({entry})})
    other = spelling.format(ref.upper() if capitals else ref.lower())
    assert listed.suppressed("osm", [other]) == [True]
    assert listed.suppressed("osm", [f"{other}7"]) == [False]


@given(
    st.floats(-180, 180),
    st.floats(-89.9, 89.9),
    st.floats(0, 2 * math.pi),
    st.floats(0, CELL_M * 0.99),
)
def test_a_place_is_known_up_to_a_cell_away_and_no_farther(
    lon_deg: float, lat_deg: float, bearing: float, apart_m: float
) -> None:
    listed = Suppression({SALT: frozenset({place_hash(SALT, lon_deg, lat_deg)})})

    def at(metres: float) -> bool:
        north = metres * math.cos(bearing) / 111_195.08
        east = metres * math.sin(bearing) / 111_195.08 / math.cos(math.radians(lat_deg))
        lon = (lon_deg + east + 180) % 360 - 180
        return listed.suppressed_places(np.array([lon]), np.array([lat_deg + north]))[0]

    assert at(0)
    # Near a pole a metre to the east is many degrees, and the flat sum above is wrong.
    if abs(lat_deg) < 85:
        assert at(apart_m)
        assert not at(4 * CELL_M)


def test_both_entries_of_one_object_hold_in_every_list_and_drawing() -> None:
    listed = Suppression({SALT: frozenset(entries_of(SALT, "osm", "node/1", 24.9384, 60.1699))})
    metres_10 = 10 / 111_195.08
    cases = {
        ("osm", "node/1", 50.0, 10.0): True,  # moved far away, the same object
        ("osm", "way/77", 24.9384, 60.1699 + metres_10): True,  # drawn anew as an area
        ("riverton", "L2", 24.9384, 60.1699): True,  # in another list
        ("riverton_2", "h:0123", 24.9384, 60.1699 - metres_10): True,  # an id made from a row
        ("riverton", "L2", 24.9500, 60.1699): False,
    }
    for (source_id, ref, lon_deg, lat_deg), expected in cases.items():
        found = listed.leaves_out(source_id, [ref], np.array([lon_deg]), np.array([lat_deg]))
        assert found == [expected], (source_id, ref)


@pytest.mark.parametrize(
    "text",
    [
        "hash,salt\n",
        "salt,hash,added_on\nshort,also short,2026-01-02\n",
        f"{HEADER}{SALT},{'0' * 63},2026-01-02\n",
        f"{HEADER}{SALT}\n",
    ],
)
def test_a_broken_list_stops_the_build(tmp_path: Path, text: str) -> None:
    with pytest.raises(GateError):
        read_suppression(written(tmp_path, text))


def test_entries_are_added_behind_the_others_and_a_list_is_made_where_there_is_none(
    tmp_path: Path,
) -> None:
    path = tmp_path / "lists/suppression.csv"
    add_entries(path, SALT, ["a" * 64], "2026-01-01", "")
    assert path.read_bytes().decode() == f"{HEADER}{SALT},{'a' * 64},2026-01-01\n"
    add_entries(path, SALT, ["b" * 64, "c" * 64], "2026-02-01", "asked for by who lives there")
    lines = path.read_text("utf-8").splitlines()
    assert lines[0] == "salt,hash,added_on,reason"
    assert lines[1:] == [
        f"{SALT},{'a' * 64},2026-01-01,",
        f"{SALT},{'b' * 64},2026-02-01,",
        f"{SALT},{'c' * 64},2026-02-01,asked for by who lives there",
    ]
    assert len(read_suppression(path)) == 3


def test_nothing_is_added_to_a_list_that_cannot_be_read(tmp_path: Path) -> None:
    path = written(tmp_path, "ref\nnode/1\n")
    with pytest.raises(GateError):
        add_entries(path, SALT, ["a" * 64], "2026-01-01", "")
    assert path.read_text("utf-8") == "ref\nnode/1\n"
    (tmp_path / "dangling.csv").symlink_to(tmp_path / "nowhere.csv")
    with pytest.raises(GateError):
        add_entries(tmp_path / "dangling.csv", SALT, ["a" * 64], "2026-01-01", "")


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("ref\nnode/1\n", r"columns are \['ref'\], expected \['salt', 'hash', 'added_on'\]"),
        (f"{HEADER}x,y,2026-01-01\n", "line 2: salt or hash is not hexadecimal"),
        (f'{HEADER}{SALT},"{"a" * 64}"x,2026-01-01\n', "line 2: no row of a CSV file"),
    ],
)
def test_what_is_wrong_with_a_list_is_said_with_its_place_and_the_next_step(
    tmp_path: Path, text: str, what: str
) -> None:
    path = written(tmp_path, text)
    with pytest.raises(GateError, match=what) as told:
        read_suppression(path)
    assert str(path) in str(told.value)
    assert told.value.next_step is not None
    assert "from its history" in told.value.next_step or "file's history" in told.value.next_step


def test_a_place_has_another_hash_under_another_salt_and_in_another_cell() -> None:
    """Worked out with sha256sum over the four lines: the salt, "place", its row and its column."""
    entry = place_hash(SALT, 0.0, 0.0)
    assert entry == hashlib.sha256(f"{SALT}\nplace\n0\n{_columns(0) // 2}".encode()).hexdigest()
    assert place_hash(SALT[::-1], 0.0, 0.0) != entry
    assert place_hash(SALT, 0.001, 0.0) != entry


def test_a_reference_is_known_without_what_people_vary() -> None:
    assert plain_ref(" N\uff4fde/ 1\u200b") == "node/1"
