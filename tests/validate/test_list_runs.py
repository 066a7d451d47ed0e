"""A list that falls, at once or little by little, is seen; who accepts it begins the count anew."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mapper.validate.list_runs import FEWEST, Attempt, size_trouble
from tests.validate.riverton import RIVERTON

BEGIN = datetime.fromisoformat("2026-01-01T00:00:00Z")


def run(month: int, rows: int) -> Attempt:
    at_utc = (BEGIN + timedelta(days=30 * month)).isoformat()
    return Attempt(RIVERTON.source_id, at_utc, sha256=f"{month:064}", rows=rows)


def judged(counts: list[int]) -> list[Attempt]:
    """Return the runs of a list that is asked every month, each judged by those before."""
    runs: list[Attempt] = []
    for month, rows in enumerate(counts):
        now = run(month, rows)
        runs.append(replace(now, trouble=size_trouble(RIVERTON, now, runs)))
    return runs


def accepted(counts: list[int]) -> list[int]:
    return [attempt.rows for attempt in judged(counts) if not attempt.trouble]


def test_a_slow_fall_is_seen() -> None:
    assert accepted([30, 25, 21, 18, 15]) == [30, 25]
    assert "30% fewer than the 30" in judged([30, 25, 21])[-1].trouble


@given(st.lists(st.integers(1, 1_000), min_size=1, max_size=12))
def test_no_list_falls_by_more_than_a_fifth_within_a_year_unless_somebody_says_so(
    counts: list[int],
) -> None:
    kept = accepted(counts)
    assert kept[0] == counts[0]
    for number, rows in enumerate(kept):
        assert rows >= FEWEST * max(kept[: number + 1])


def test_a_fall_over_years_is_held_against_the_median() -> None:
    runs = [run(month, 100) for month in range(20)] + [run(60, 85), run(61, 82)]
    assert size_trouble(RIVERTON, run(80, 79), runs) != ""
    assert size_trouble(RIVERTON, run(80, 81), runs) == ""


def test_an_exact_fifth_less_is_taken() -> None:
    assert accepted([100, 80]) == [100, 80]
    assert accepted([100, 79]) == [100]


def test_more_rows_than_the_source_can_have_is_trouble() -> None:
    assert "expected at most 1,000" in size_trouble(RIVERTON, run(1, 1_001), [])
    assert size_trouble(RIVERTON, run(1, 1_000), []) == ""


def test_an_accepted_fall_is_the_measure_from_then_on() -> None:
    fallen = replace(run(1, 50), accepted_reason="the council closed a control room")
    assert size_trouble(RIVERTON, run(2, 45), [run(0, 100), fallen]) == ""
    assert size_trouble(RIVERTON, run(2, 39), [run(0, 100), fallen]) != ""


@pytest.mark.parametrize("later", [0, 1, 2, 3])
def test_an_accepted_fall_stays_the_measure_however_many_runs_follow(later: int) -> None:
    fallen = replace(run(1, 50), accepted_reason="the council closed a control room")
    runs = [run(0, 100), fallen, *(run(2 + number, 50) for number in range(later))]
    assert size_trouble(RIVERTON, run(9, 45), runs) == ""


def test_runs_in_trouble_are_no_measure() -> None:
    failed = Attempt(RIVERTON.source_id, run(1, 0).at_utc, trouble="no answer")
    assert size_trouble(RIVERTON, run(2, 95), [run(0, 100), failed]) == ""


@pytest.mark.parametrize("at_utc", ["", "yesterday", "2026-01-01", "2026-01-01T00:00:00"])
def test_a_time_that_is_none_is_no_attempt(at_utc: str) -> None:
    with pytest.raises(ValueError, match=r"iso|time zone"):
        Attempt(RIVERTON.source_id, at_utc)
