"""Inputs laid out as tables: apart by licence, counted as before, without their observations."""

import pytest

from mapper.errors import UsageError
from mapper.model.observation import Observation, Reading, Reject, Snapshot
from mapper.pipeline.inputs import Input
from mapper.pipeline.laid_out import laid_out, laid_together
from mapper.settings import Settings


def _input(source_id: str, license_id: str, day: str | None = "2025-06-30") -> Input:
    seen = tuple(Observation(source_id, f"node/{number}", 24.9, 60.1, {}) for number in (10, 9))
    snapshot = Snapshot(source_id, "x", source_id, 1, license_id, "who", data_at_utc=day)
    return Input(
        Reading(snapshot, seen, (Reject(source_id, "node/1", "no point"),), ("note",)), None
    )


def test_observations_stand_in_a_table_alone_and_are_still_counted() -> None:
    given = _input("osm", "ODbL-1.0")
    laid = laid_together([given], Settings())
    (reading,) = laid.readings
    assert (reading.observations, reading.laid_out) == ((), 2)
    assert reading.objects_read == given.reading.objects_read == 3
    assert (reading.snapshot, reading.rejects, reading.notes) == (
        given.reading.snapshot, given.reading.rejects, ("note",),
    )  # fmt: skip
    assert laid.tables["osm"].frame["source_ref"].tolist() == ["node/9", "node/10"]
    assert laid.data_on == "2025-06-30"
    assert reading.without_observations() == reading


def test_rows_that_may_not_be_published_share_no_table_with_those_that_may() -> None:
    published, local = laid_out([_input("osm", "ODbL-1.0"), _input("own", "")], Settings())
    assert published is not None
    assert local is not None
    assert (list(published.tables), list(local.tables)) == (["osm"], ["own"])
    assert laid_out([_input("own", "")], Settings())[0] is None
    assert laid_out([_input("osm", "ODbL-1.0")], Settings())[1] is None


def test_data_of_no_day_are_refused_before_anything_is_concluded() -> None:
    with pytest.raises(UsageError, match="of which day"):
        laid_out([_input("osm", "ODbL-1.0", day=None)], Settings())
