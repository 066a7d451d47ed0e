"""A release is dated by the wish, the input, or the objects; never by the clock."""

from array import array
from dataclasses import replace

import pytest

from mapper.errors import UsageError
from mapper.model.observation import Observation, Reading
from mapper.model.observation_columns import ObservationColumns
from mapper.release.dating import release_date
from tests.release.factory import device, reading


def undated(*edits: str | None) -> Reading:
    """Return a reading whose input does not say of which day it is."""
    plain = reading([device(number) for number in range(len(edits))])
    return replace(
        plain,
        snapshot=replace(plain.snapshot, data_at_utc=None),
        observations=tuple(
            replace(observation, edited_on=edit)
            for observation, edit in zip(plain.observations, edits, strict=True)
        ),
    )


def test_the_wish_comes_first() -> None:
    assert release_date([reading([device(1)])], "2020-02-29") == "2020-02-29"


def test_the_newest_time_of_the_inputs_comes_second() -> None:
    older = reading([device(1)])
    newer = replace(older, snapshot=replace(older.snapshot, data_at_utc="2019-07-01T23:59:59Z"))
    assert release_date([older, newer], None) == "2019-07-01"
    assert release_date([newer, older], None) == "2019-07-01"


def test_the_newest_plausible_edit_comes_last() -> None:
    edits = ("2018-02-03", "1970-01-01", "9999-12-31", "2017-01-01", None, "nonsense")
    assert release_date([undated(*edits)], None) == "2018-02-03"


@pytest.mark.parametrize("edits", [(), (None,), ("1970-01-01",)])
def test_an_input_without_any_day_asks_for_one(edits: tuple[str | None, ...]) -> None:
    with pytest.raises(UsageError) as refused:
        release_date([undated(*edits)], None)
    assert "--as-of" in refused.value.next_step


@pytest.mark.parametrize("wish", ["yesterday", "2021-02-29", "2021-13-01", "1999-01-01", ""])
def test_a_wish_that_is_no_day_of_such_data_is_refused(wish: str) -> None:
    with pytest.raises(UsageError):
        release_date([reading([device(1)])], wish)


def test_columns_date_a_release_as_objects_do_and_no_object_is_made_of_them(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    edited = undated("2018-02-03", "9999-12-31", None)
    surveyed = undated(None, None, None)
    seen = {"check_date": "2016-05-04"}, {"check_date": "2017-05-04"}
    first, second, third = surveyed.observations
    # Two objects of one pattern name the older day, and one names the newer.
    looked_at = (
        replace(first, tags=seen[0]),
        replace(second, tags=seen[0]),
        replace(third, tags=seen[1]),
    )
    rows = ObservationColumns.of(looked_at)
    shared = replace(rows, pattern_rows=array("q", [1, 1, 2]))
    asked = [
        replace(edited, observations=ObservationColumns.of(edited.observations)),
        replace(surveyed, observations=shared),
    ]

    def made(_rows: ObservationColumns, row: int) -> Observation:
        pytest.fail(f"row {row} was made an object")

    monkeypatch.setattr(ObservationColumns, "_observation", made)
    assert [release_date([each], None) for each in asked] == ["2018-02-03", "2016-05-04"]
