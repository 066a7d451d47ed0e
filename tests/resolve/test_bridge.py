"""Ids that survive rebuilds, splits and renumbering."""

import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from mapper.resolve.bridge import BRIDGE_COLUMNS, bridge

Pair = tuple[str, str]


def _living(table: pd.DataFrame, build: str) -> dict[str, set[str]]:
    now = table[table["last_build"] == build]
    return {str(site): set(rows["member_id"]) for site, rows in now.groupby("site_id")}


def _id_of(table: pd.DataFrame, build: str, member: str) -> str:
    return next(site for site, members in _living(table, build).items() if member in members)


def test_links_become_sites_with_stable_ids() -> None:
    table = bridge([("city:1", "osm:node/1"), ("city:2", "osm:node/2")], None, "2026-01-01.1")
    assert tuple(table.columns) == BRIDGE_COLUMNS
    assert sorted(map(sorted, _living(table, "2026-01-01.1").values())) == [
        ["city:1", "osm:node/1"],
        ["city:2", "osm:node/2"],
    ]
    again = bridge([("osm:node/2", "city:2"), ("city:1", "osm:node/1")], None, "2026-01-01.1")
    pd.testing.assert_frame_equal(table, again)


def test_a_rebuild_keeps_the_ids_and_the_first_build() -> None:
    pairs = [("city:1", "osm:node/1")]
    first = bridge(pairs, None, "2026-01-01.1")
    second = bridge(pairs, first, "2026-02-01.1")
    assert second["site_id"].tolist() == first["site_id"].tolist()
    assert second["first_build"].tolist() == ["2026-01-01.1"] * 2
    assert second["last_build"].tolist() == ["2026-02-01.1"] * 2


def test_when_a_publisher_renumbers_its_list_the_id_stays() -> None:
    first = bridge([("city:1", "osm:node/1")], None, "2026-01-01.1")
    second = bridge([("city:A-1", "osm:node/1")], first, "2026-02-01.1")
    site = _id_of(first, "2026-01-01.1", "city:1")
    assert _living(second, "2026-02-01.1") == {site: {"city:A-1", "osm:node/1"}}
    left = second[second["member_id"] == "city:1"].iloc[0]
    assert (left["site_id"], left["last_build"], left["replaced_by"]) == (
        site,
        "2026-01-01.1",
        None,
    )


def test_when_a_site_splits_the_larger_part_keeps_the_id() -> None:
    whole = [("city:1", "osm:node/1"), ("state:1", "osm:node/1"), ("state:1", "toll:1")]
    first = bridge(whole, None, "2026-01-01.1")
    site = _id_of(first, "2026-01-01.1", "toll:1")
    parts = [("city:1", "osm:node/1"), ("state:1", "osm:node/1"), ("toll:1", "osm:node/9")]
    second = bridge(parts, first, "2026-02-01.1")
    assert _living(second, "2026-02-01.1")[site] == {"city:1", "osm:node/1", "state:1"}
    assert _id_of(second, "2026-02-01.1", "toll:1") != site


def test_when_two_sites_join_the_one_with_more_members_stays_and_the_other_names_it() -> None:
    first = bridge(
        [("city:1", "osm:node/1"), ("state:1", "osm:node/1"), ("toll:1", "osm:node/2")],
        None,
        "2026-01-01.1",
    )
    large = _id_of(first, "2026-01-01.1", "city:1")
    small = _id_of(first, "2026-01-01.1", "toll:1")
    second = bridge(
        [("city:1", "osm:node/1"), ("state:1", "osm:node/1"), ("toll:1", "osm:node/1")],
        first,
        "2026-02-01.1",
    )
    assert set(_living(second, "2026-02-01.1")) == {large}
    assert set(second[second["site_id"] == small]["replaced_by"]) == {large}


def test_of_two_equal_parts_the_older_site_gives_its_id() -> None:
    first = bridge([("city:9", "osm:node/9")], None, "2026-01-01.9")
    second = bridge([("city:9", "osm:node/9"), ("a:1", "osm:node/1")], first, "2026-01-01.10")
    old = _id_of(second, "2026-01-01.10", "city:9")
    third = bridge([("city:9", "a:1")], second, "2026-01-01.11")
    assert set(_living(third, "2026-01-01.11")) == {old}


def test_a_site_without_links_is_retired_and_listed() -> None:
    first = bridge([("city:1", "osm:node/1")], None, "2026-01-01.1")
    second = bridge([], first, "2026-02-01.1")
    assert second["last_build"].tolist() == ["2026-01-01.1"] * 2
    assert second["replaced_by"].tolist() == [None, None]


def test_a_retired_id_is_never_given_again() -> None:
    first = bridge([("city:1", "osm:node/1")], None, "2026-01-01.1")
    gone = bridge([], first, "2026-02-01.1")
    other = bridge([("city:7", "osm:node/7")], gone, "2026-03-01.1")
    back = bridge([("city:1", "osm:node/1"), ("city:7", "osm:node/7")], other, "2026-04-01.1")
    assert _id_of(back, "2026-04-01.1", "city:1") != _id_of(first, "2026-01-01.1", "city:1")


def test_a_file_that_was_written_and_read_gives_the_same() -> None:
    first = bridge([("city:1", "osm:node/1"), ("city:2", "osm:node/2")], None, "2026-01-01.1")
    typed = first.convert_dtypes()
    pairs = [("city:1", "osm:node/1")]
    pd.testing.assert_frame_equal(
        bridge(pairs, typed, "2026-02-01.1"), bridge(pairs, first, "2026-02-01.1")
    )


PAIRS = st.lists(
    st.tuples(st.integers(0, 6).map("city:{}".format), st.integers(0, 6).map("osm:node/{}".format)),
    max_size=8,
)


@given(builds=st.lists(PAIRS, min_size=1, max_size=4), data=st.data())
def test_whatever_happens_the_file_is_sound(builds: list[list[Pair]], data: st.DataObject) -> None:
    table: pd.DataFrame | None = None
    seen: set[Pair] = set()
    for number, pairs in enumerate(builds, 1):
        build = f"2026-01-01.{number}"
        shuffled = data.draw(st.permutations(pairs))
        pd.testing.assert_frame_equal(bridge(pairs, table, build), bridge(shuffled, table, build))
        table = bridge(pairs, table, build)
        rows = set(zip(table["site_id"], table["member_id"], strict=True))
        assert len(rows) == len(table)
        assert seen <= rows, "a row was lost"
        seen = rows
        living = _living(table, build)
        members = [member for site in living.values() for member in site]
        assert len(members) == len(set(members))
        assert set(members) == {end for pair in pairs for end in pair}
        assert all(any({*pair} <= site for site in living.values()) for pair in pairs)
