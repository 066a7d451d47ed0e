"""Ids that survive rebuilds, splits and renumbering."""

import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from mapper.resolve.bridge import BRIDGE_COLUMNS, LastBridge, bridge

Pair = tuple[str, str]
JANUARY, FEBRUARY, MARCH, APRIL = (f"2026-0{month}-01.1" for month in (1, 2, 3, 4))


def _living(table: pd.DataFrame) -> dict[str, set[str]]:
    now = table[table["last_build"].isna()]
    return {str(site): set(rows["member_id"]) for site, rows in now.groupby("site_id")}


def _id_of(table: pd.DataFrame, member: str) -> str:
    return next(site for site, members in _living(table).items() if member in members)


def _after(release_id: str, table: pd.DataFrame) -> LastBridge:
    return LastBridge(release_id, table)


def test_links_become_sites_with_stable_ids() -> None:
    table = bridge([("city:1", "osm:node/1"), ("city:2", "osm:node/2")], None, JANUARY)
    assert tuple(table.columns) == BRIDGE_COLUMNS
    assert sorted(map(sorted, _living(table).values())) == [
        ["city:1", "osm:node/1"],
        ["city:2", "osm:node/2"],
    ]
    again = bridge([("osm:node/2", "city:2"), ("city:1", "osm:node/1")], None, JANUARY)
    pd.testing.assert_frame_equal(table, again)


def test_a_build_with_the_same_links_writes_the_same_file() -> None:
    pairs = [("city:1", "osm:node/1")]
    first = bridge(pairs, None, JANUARY)
    assert first["first_build"].tolist() == [JANUARY] * 2
    assert first["last_build"].tolist() == [None, None]
    pd.testing.assert_frame_equal(bridge(pairs, _after(JANUARY, first), "2026-01-01.2"), first)
    pd.testing.assert_frame_equal(bridge(pairs, _after(JANUARY, first), FEBRUARY), first)


def test_when_a_publisher_renumbers_its_list_the_id_stays() -> None:
    first = bridge([("city:1", "osm:node/1")], None, JANUARY)
    second = bridge([("city:A-1", "osm:node/1")], _after(JANUARY, first), FEBRUARY)
    site = _id_of(first, "city:1")
    assert _living(second) == {site: {"city:A-1", "osm:node/1"}}
    rows = {row["member_id"]: row for row in second.to_dict("records")}
    left, came, stayed = rows["city:1"], rows["city:A-1"], rows["osm:node/1"]
    assert (left["site_id"], left["last_build"], left["replaced_by"]) == (site, JANUARY, None)
    assert (came["first_build"], came["last_build"]) == (FEBRUARY, None)
    assert (stayed["first_build"], stayed["last_build"]) == (JANUARY, None)


def test_when_a_site_splits_the_larger_part_keeps_the_id() -> None:
    whole = [("city:1", "osm:node/1"), ("state:1", "osm:node/1"), ("state:1", "toll:1")]
    first = bridge(whole, None, JANUARY)
    site = _id_of(first, "toll:1")
    parts = [("city:1", "osm:node/1"), ("state:1", "osm:node/1"), ("toll:1", "osm:node/9")]
    second = bridge(parts, _after(JANUARY, first), FEBRUARY)
    assert _living(second)[site] == {"city:1", "osm:node/1", "state:1"}
    assert _id_of(second, "toll:1") != site


def test_when_two_sites_join_the_one_with_more_members_stays_and_the_other_names_it() -> None:
    first = bridge(
        [("city:1", "osm:node/1"), ("state:1", "osm:node/1"), ("toll:1", "osm:node/2")],
        None,
        JANUARY,
    )
    large, small = _id_of(first, "city:1"), _id_of(first, "toll:1")
    second = bridge(
        [("city:1", "osm:node/1"), ("state:1", "osm:node/1"), ("toll:1", "osm:node/1")],
        _after(JANUARY, first),
        FEBRUARY,
    )
    assert set(_living(second)) == {large}
    ended = second[second["site_id"] == small]
    assert set(ended["replaced_by"]) == {large}
    assert set(ended["last_build"]) == {JANUARY}


def test_an_ended_site_names_its_heir_in_the_rows_of_members_that_left_earlier_too() -> None:
    first = bridge([("city:1", "osm:node/1")], None, JANUARY)
    small = _id_of(first, "city:1")
    second = bridge(
        [("city:2", "osm:node/1"), ("a:1", "osm:node/9"), ("b:1", "osm:node/9")],
        _after(JANUARY, first),
        FEBRUARY,
    )
    third = bridge(
        [("city:2", "osm:node/9"), ("a:1", "osm:node/9"), ("b:1", "osm:node/9")],
        _after(FEBRUARY, second),
        MARCH,
    )
    rows = third[third["site_id"] == small].set_index("member_id")
    assert rows["last_build"].to_dict() == {
        "city:1": JANUARY,
        "city:2": FEBRUARY,
        "osm:node/1": FEBRUARY,
    }
    assert set(rows["replaced_by"]) == {_id_of(third, "a:1")}


def test_of_two_equal_parts_the_older_site_gives_its_id() -> None:
    first = bridge([("city:9", "osm:node/9")], None, "2026-01-01.9")
    second = bridge(
        [("city:9", "osm:node/9"), ("a:1", "osm:node/1")],
        _after("2026-01-01.9", first),
        "2026-01-01.10",
    )
    old = _id_of(second, "city:9")
    third = bridge([("city:9", "a:1")], _after("2026-01-01.10", second), "2026-01-01.11")
    assert set(_living(third)) == {old}


def test_a_site_without_links_is_retired_and_listed() -> None:
    first = bridge([("city:1", "osm:node/1")], None, JANUARY)
    second = bridge([], _after(JANUARY, first), FEBRUARY)
    assert second["last_build"].tolist() == [JANUARY] * 2
    assert second["replaced_by"].tolist() == [None, None]


def test_a_build_without_any_link_ends_every_site_and_none_comes_to_life_again() -> None:
    first = bridge([("city:1", "osm:node/1")], None, JANUARY)
    gone = bridge([], _after(JANUARY, first), FEBRUARY)
    back = bridge([("city:1", "osm:node/1")], _after(FEBRUARY, gone), MARCH)
    old = first["site_id"].tolist()[0]
    assert set(back[back["site_id"] == old]["last_build"]) == {JANUARY}
    assert old not in _living(back)
    assert list(_living(back).values()) == [{"city:1", "osm:node/1"}]


def test_a_retired_id_is_never_given_again() -> None:
    first = bridge([("city:1", "osm:node/1")], None, JANUARY)
    gone = bridge([], _after(JANUARY, first), FEBRUARY)
    other = bridge([("city:7", "osm:node/7")], _after(FEBRUARY, gone), MARCH)
    back = bridge([("city:1", "osm:node/1"), ("city:7", "osm:node/7")], _after(MARCH, other), APRIL)
    assert _id_of(back, "city:1") != _id_of(first, "city:1")


def test_a_site_of_a_camera_that_must_not_be_named_is_left_out_whole() -> None:
    first = bridge(
        [("city:1", "osm:node/1"), ("city:2", "osm:node/2"), ("toll:2", "osm:node/2")],
        None,
        JANUARY,
    )
    heir = _id_of(first, "city:2")
    second = bridge(
        [("city:1", "osm:node/2"), ("city:2", "osm:node/2"), ("toll:2", "osm:node/2")],
        _after(JANUARY, first),
        FEBRUARY,
    )
    third = bridge(
        [("city:1", "osm:node/5")], _after(FEBRUARY, second), MARCH, forgotten={"toll:2"}
    )
    assert "toll:2" not in set(third["member_id"])
    assert heir not in set(third["site_id"]) | set(third["replaced_by"])
    assert _living(third) == {_id_of(third, "city:1"): {"city:1", "osm:node/5"}}


def test_a_file_that_was_written_and_read_gives_the_same() -> None:
    first = bridge([("city:1", "osm:node/1"), ("city:2", "osm:node/2")], None, JANUARY)
    second = bridge([("city:1", "osm:node/1")], _after(JANUARY, first), FEBRUARY)
    typed = second.convert_dtypes()
    pairs = [("city:3", "osm:node/1")]
    pd.testing.assert_frame_equal(
        bridge(pairs, _after(FEBRUARY, typed), MARCH),
        bridge(pairs, _after(FEBRUARY, second), MARCH),
    )


PAIRS = st.lists(
    st.tuples(st.integers(0, 6).map("city:{}".format), st.integers(0, 6).map("osm:node/{}".format)),
    max_size=8,
)


@settings(deadline=None)
@given(builds=st.lists(PAIRS, min_size=1, max_size=4), data=st.data())
def test_whatever_happens_the_file_is_sound(builds: list[list[Pair]], data: st.DataObject) -> None:
    last: LastBridge | None = None
    seen: set[Pair] = set()
    for number, pairs in enumerate(builds, 1):
        build = f"2026-01-01.{number}"
        shuffled = data.draw(st.permutations(pairs))
        table = bridge(pairs, last, build)
        pd.testing.assert_frame_equal(table, bridge(shuffled, last, build))
        rows = set(zip(table["site_id"], table["member_id"], strict=True))
        assert len(rows) == len(table)
        assert seen <= rows, "a row was lost"
        seen = rows
        living = _living(table)
        members = [member for site in living.values() for member in site]
        assert len(members) == len(set(members))
        assert set(members) == {end for pair in pairs for end in pair}
        assert all(any({*pair} <= site for site in living.values()) for pair in pairs)
        last = LastBridge(build, table)
        pd.testing.assert_frame_equal(bridge(pairs, last, f"2026-01-01.{number + 1}"), table)
