"""The day an object came into OpenStreetMap, where it can be known."""

from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mapper.clean.first_mapped import Calibration, first_mapped_days
from mapper.errors import SourceFormatError
from mapper.model.enums import FirstMappedMethod
from mapper.model.progress import NoProgress
from mapper.settings import Settings
from mapper.sources import osm

# Made by hand: 100 ids a day in January 2010, then none for ten days.
TABLE = Calibration.from_pairs(
    [(1_000, "2010-01-01"), (2_000, "2010-01-11"), (2_001, "2010-01-21"), (3_001, "2010-01-31")]
)


def mapped(
    osm_type: str, osm_id: int, version: int | None, edited_on: str | None, table: Calibration
) -> tuple[str | None, FirstMappedMethod]:
    (answer,) = mapped_together([(osm_type, osm_id, version, edited_on)], table)
    return answer


def mapped_together(
    rows: list[tuple[str, int, int | None, str | None]], table: Calibration
) -> list[tuple[str | None, FirstMappedMethod]]:
    days, methods = first_mapped_days(
        np.array([osm_id for _, osm_id, _, _ in rows], dtype=np.int64),
        [edited_on for _, _, _, edited_on in rows],
        table,
        is_node=np.array([osm_type == "node" for osm_type, _, _, _ in rows], dtype=np.bool_),
        is_first_version=np.array([version == 1 for _, _, version, _ in rows], dtype=np.bool_),
    )
    return [(day, FirstMappedMethod(method)) for day, method in zip(days, methods, strict=True)]


@pytest.mark.parametrize("osm_type", ["node", "way", "relation"])
def test_a_first_version_tells_its_own_day(osm_type: str) -> None:
    assert mapped(osm_type, 1_500, 1, "2010-01-06", TABLE) == (
        "2010-01-06",
        FirstMappedMethod.VERSION_1,
    )


def test_a_later_version_is_read_from_the_id() -> None:
    assert mapped("node", 1_500, 4, "2018-05-01", TABLE) == (
        "2010-01-06",
        FirstMappedMethod.NODE_ID,
    )


def test_a_node_without_history_is_read_from_the_id() -> None:
    assert mapped("node", 2_501, None, None, TABLE) == (
        "2010-01-26",
        FirstMappedMethod.NODE_ID,
    )


def test_a_first_version_without_a_day_is_read_from_the_id() -> None:
    day, method = mapped("node", 1_000, 1, None, TABLE)
    assert (day, method) == ("2010-01-01", FirstMappedMethod.NODE_ID)


def test_a_node_is_never_newer_than_its_last_edit() -> None:
    assert mapped("node", 1_500, 2, "2010-01-05", TABLE)[0] == "2010-01-05"


@pytest.mark.parametrize("osm_id", [1, 999, 3_002, 900_000_000_001])
def test_beyond_the_table_there_is_no_day(osm_id: int) -> None:
    assert mapped("node", osm_id, 2, "2020-01-01", TABLE) == (
        None,
        FirstMappedMethod.BEYOND_CALIBRATION,
    )


@pytest.mark.parametrize("osm_type", ["way", "relation"])
def test_ways_and_relations_have_no_table(osm_type: str) -> None:
    assert mapped(osm_type, 1_500, 2, "2018-05-01", TABLE) == (
        None,
        FirstMappedMethod.NOT_KNOWN,
    )


ROWS = st.tuples(
    st.sampled_from(["node", "way", "relation"]),
    st.integers(1, 4_000),
    st.sampled_from([None, 1, 2]),
    st.none() | st.dates(date(2009, 12, 1), date(2010, 3, 1)).map(date.isoformat),
)


@given(st.lists(ROWS, max_size=30))
def test_many_at_once_give_what_one_by_one_gives(
    rows: list[tuple[str, int, int | None, str | None]],
) -> None:
    assert mapped_together(rows, TABLE) == [mapped(*row, TABLE) for row in rows]


def test_of_two_days_of_one_id_the_last_that_is_given_counts() -> None:
    last_id = int(TABLE.node_ids[-1])
    pairs = [(last_id + 9, "2010-03-01"), (last_id + 9, "2010-02-20"), (last_id + 9, "no day")]
    refined = TABLE.refined_by(pairs)
    assert mapped("node", last_id + 9, None, None, refined)[0] == "2010-02-20"


@given(st.lists(st.integers(1_000, 3_001), min_size=2, max_size=2))
def test_higher_ids_are_never_older(osm_ids: list[int]) -> None:
    low, high = (mapped("node", each, None, None, TABLE)[0] for each in sorted(osm_ids))
    assert low is not None
    assert high is not None
    assert low <= high


@pytest.mark.parametrize(
    "pairs",
    [
        [],
        [(1, "2010-01-01")],
        [(2, "2010-01-01"), (1, "2010-01-02")],
        [(1, "2010-01-01"), (1, "2010-01-02")],
        [(1, "2010-01-02"), (2, "2010-01-01")],
        [(1, "January"), (2, "February")],
    ],
)
def test_a_table_that_does_not_rise_is_refused(pairs: list[tuple[int, str]]) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        Calibration.from_pairs(pairs)


@pytest.mark.parametrize(
    "text", ["", "id,day\n1,2010-01-01\n", "node_id,day\n1\n", "node_id,day\n"]
)
def test_a_broken_file_is_refused_by_name(tmp_path: Path, text: str) -> None:
    (tmp_path / "osm_node_id_days.csv").write_text(text, encoding="utf-8")
    with pytest.raises(SourceFormatError, match=r"osm_node_id_days\.csv"):
        Calibration.load(tmp_path)


def test_the_carried_table_agrees_with_the_time_stamps_of_the_sample() -> None:
    settings = Settings()
    table = Calibration.load(settings.calibration_dir)
    assert len(table.node_ids) <= 502
    sample = osm.read(settings.sample_dir / "helsinki.osm.pbf", progress=NoProgress())
    stamped = [
        (int(each.source_ref.removeprefix("node/")), date.fromisoformat(each.edited_on))
        for each in sample.observations
        if each.version == 1 and each.edited_on is not None
    ]
    assert len(stamped) == 88
    for osm_id, stamped_on in stamped:
        day, method = mapped("node", osm_id, None, None, table)
        assert method is FirstMappedMethod.NODE_ID
        assert day is not None
        assert abs(date.fromisoformat(day) - stamped_on) <= timedelta(days=1)


FIRSTS = st.lists(st.tuples(st.integers(1, 5_000), st.dates(date(2000, 1, 1), date(2030, 1, 1))))


@given(FIRSTS)
def test_first_versions_refine_the_table_and_days_never_fall(
    pairs: list[tuple[int, date]],
) -> None:
    refined = TABLE.refined_by((node_id, day.isoformat()) for node_id, day in pairs)
    assert (np.diff(refined.node_ids) > 0).all()
    assert (np.diff(refined.day_numbers) >= 0).all()
    assert refined.node_ids[0] == TABLE.node_ids[0]
    assert refined.node_ids[-1] >= TABLE.node_ids[-1]


def test_an_input_carries_the_table_on_to_its_own_day() -> None:
    last_id, last_day = int(TABLE.node_ids[-1]), int(TABLE.day_numbers[-1])
    day = date.fromordinal(date(1970, 1, 1).toordinal() + last_day + 10).isoformat()
    refined = TABLE.refined_by([(last_id + 100, day)])
    assert mapped("node", last_id + 100, 3, None, refined) == (day, FirstMappedMethod.NODE_ID)
    assert mapped("node", last_id + 50, 3, None, refined)[0] is not None
    # A late upload of a reserved id, a day of fancy, no day at all: none of them moves the curve.
    late = TABLE.refined_by([(last_id + 50, "2029-01-01"), (last_id + 100, day), (7, "no day")])
    assert mapped("node", last_id + 50, 3, None, late)[0] == day
