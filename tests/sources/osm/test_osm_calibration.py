"""The table of node ids and days is made from first versions, and bends where they bend."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from mapper.clean.first_mapped import Calibration
from mapper.errors import SourceFormatError
from mapper.upkeep.calibration import calibrate, write_calibration

Make = Callable[..., Path]


def _node(osm_id: int, timestamp: str, version: int = 1) -> dict[str, object]:
    place = {"type": "node", "id": osm_id, "lat": 50.0, "lon": 10.0}
    return {**place, "version": version, "timestamp": timestamp}


def test_ids_and_days_of_first_versions_alone_are_used(make_pbf: Make) -> None:
    path = make_pbf(
        [
            _node(100, "2010-01-01T23:59:59Z"),
            _node(150, "2019-05-05T00:00:00Z", version=2),
            _node(160, "1970-01-01T00:00:00Z"),
            _node(200, "2010-02-01T00:00:00Z"),
        ]
    )
    assert calibrate([path]) == ((100, "2010-01-01"), (200, "2010-02-01"))


def test_a_node_uploaded_late_does_not_bend_the_curve_back(make_pbf: Make) -> None:
    path = make_pbf(
        [
            _node(100, "2010-01-01T00:00:00Z"),
            _node(200, "2010-03-01T00:00:00Z"),
            _node(300, "2010-02-01T00:00:00Z"),
            _node(400, "2010-04-01T00:00:00Z"),
        ]
    )
    days = [day for _, day in calibrate([path])]
    assert days == sorted(days)
    assert "2010-02-01" not in days


def test_points_on_a_straight_line_are_left_out(make_pbf: Make) -> None:
    # One id an hour in January, then ten: only the bend and the ends are needed.
    slow = [
        _node(hour, f"2010-01-{1 + hour // 24:02}T{hour % 24:02}:00:00Z") for hour in range(1, 240)
    ]
    fast = [
        _node(239 + 10 * (hour - 239), f"2010-01-{1 + hour // 24:02}T{hour % 24:02}:00:00Z")
        for hour in range(240, 480)
    ]
    pairs = calibrate([make_pbf(slow + fast)], pairs_max=3)
    assert pairs == ((1, "2010-01-01"), (239, "2010-01-10"), (2_639, "2010-01-20"))


def test_several_extracts_make_one_table(make_pbf: Make) -> None:
    one = make_pbf([_node(100, "2010-01-01T00:00:00Z")], name="one")
    two = make_pbf([_node(200, "2010-02-01T00:00:00Z")], name="two")
    assert calibrate([two, one]) == calibrate([one, two])


def test_the_number_of_pairs_is_bounded(make_pbf: Make) -> None:
    nodes = [
        _node(number * number, f"20{10 + number // 12}-{1 + number % 12:02}-01T00:00:00Z")
        for number in range(1, 100)
    ]
    path = make_pbf(nodes)
    assert len(calibrate([path], pairs_max=7)) == 7
    assert len(calibrate([path])) == 99


def test_extracts_without_history_are_refused(make_pbf: Make) -> None:
    with pytest.raises(SourceFormatError, match="fewer than two"):
        calibrate([make_pbf([_node(100, "1970-01-01T00:00:00Z")])])


def test_a_written_table_is_read_back(tmp_path: Path) -> None:
    write_calibration([(100, "2010-01-01"), (200, "2010-02-01")], tmp_path / "osm_node_id_days.csv")
    table = Calibration.load(tmp_path)
    # Half of January, by the calendar: 31 days between noon of the first and of the last.
    assert table.days_of(np.array([150])).astype("datetime64[D]").astype(str) == ["2010-01-17"]
