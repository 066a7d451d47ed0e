"""From readings to devices."""

import os
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import cast

import pandas as pd
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mapper.model.columns import CAMERA, CAMERA_NAMES
from mapper.model.enums import DeviceRole, GeometryKind
from mapper.model.observation import Observation, Reading, Snapshot
from mapper.model.progress import NoProgress
from mapper.model.source import LocalFile, SourceInfo
from mapper.partitions import work_beside
from mapper.registry.registry import Registry
from mapper.resolve import cameras
from mapper.resolve.cameras import Resolver, resolve
from mapper.resolve.observation_table import observation_tables
from mapper.resolve.poles import with_neighbours
from mapper.resolve.provenance import Origin, Provenances
from mapper.resolve.values import word_columns
from mapper.settings import Settings

OSM = SourceInfo(
    "osm", "OSM", "OSM contributors", "https://osm.org", LocalFile(), "ODbL-1.0", "OSM", 0, 10
)
CITY = replace(OSM, source_id="city", license_id="CC-BY-4.0", publishes_vendor=True)
SOURCES = {"osm": OSM, "city": CITY}
HELSINKI = (24.9384, 60.1699)
RESOLVER = Resolver.load(registry=Registry(), settings=Settings())


def _snapshot(source_id: str = "osm", sha256: str = "a" * 64) -> Snapshot:
    return Snapshot(
        source_id, "file", sha256, 1, SOURCES[source_id].license_id, SOURCES[source_id].attribution
    )


def _tagged(tags: Mapping[str, str], number: int = 1, east_m: float = 0.0) -> Observation:
    return Observation(
        "osm", f"node/{number}", HELSINKI[0] + east_m / 55_400, HELSINKI[1], dict(tags)
    )


def _seen(number: int = 1, east_m: float = 0.0, **tags: str) -> Observation:
    """Tags with a double underscore for the colon."""
    return _tagged({key.replace("__", ":"): value for key, value in tags.items()}, number, east_m)


def _tables(
    *observations: Observation, snapshot: Snapshot | None = None
) -> tuple[dict[str, pd.DataFrame], Provenances]:
    reading = Reading(snapshot or _snapshot(), observations)
    tables = observation_tables([reading])
    frames = {source_id: table.frame for source_id, table in tables.items()}
    return frames, _origins(reading.snapshot)


def _origins(snapshot: Snapshot) -> Provenances:
    origin = Origin(
        snapshot.license_id,
        snapshot.retrieved_at_utc,
        snapshot.data_at_utc,
        SOURCES[snapshot.source_id].publishes_vendor,
    )
    return {(snapshot.source_id, snapshot.sha256): origin}


def _devices(*observations: Observation, snapshot: Snapshot | None = None) -> pd.DataFrame:
    return RESOLVER.devices(*_tables(*observations, snapshot=snapshot))


def _device(observation: Observation, snapshot: Snapshot | None = None) -> dict[str, object]:
    row = _devices(observation, snapshot=snapshot).iloc[0]
    return {str(name): None if _is_empty(value) else value for name, value in row.items()}


def test_a_bare_camera_says_only_where_it_is() -> None:
    device = _device(_seen(1, man_made="surveillance"))
    point = device.pop("geometry")
    assert (point.x, point.y) == HELSINKI  # type: ignore[attr-defined]
    said = {name: value for name, value in device.items() if not _is_empty(value)}
    assert said == {
        "camera_id": "osm:node/1",
        "device_type": "camera",
        "operator_withheld": False,
        "vendor_rung": "unknown",
        "country_code": "FI",
        "country_confidence": "high",
        "area_status": "undisputed",
        "admin1": "FI-18",
        "admin1_method": "natural_earth",
        "nearest_place": "Helsinki",
        # GeoNames has Helsinki at 24.93545, 60.16952: 163 m to the west and 42 m to the south.
        "nearest_place_km": 0.17,
        "first_mapped_method": "beyond_calibration",
        "lifecycle": "in_use",
        "geometry_kind": "point",
        "flags": [],
        "source_id": "osm",
        "source_ref": "node/1",
        "source_url": "https://www.openstreetmap.org/node/1",
        "license_id": "ODbL-1.0",
    }


def _is_empty(value: object) -> bool:
    return value is None or value is pd.NA or (isinstance(value, float) and pd.isna(value))


def test_the_columns_are_the_published_ones_in_order_and_typed() -> None:
    devices = _devices(_seen(1, direction="90"), _seen(2))
    assert tuple(devices.columns) == CAMERA_NAMES
    assert devices.crs == "EPSG:4326"
    assert devices.index.tolist() == devices["camera_id"].tolist() == ["osm:node/1", "osm:node/2"]
    for name in ("view_angle_deg", "nearest_place_km", "location_precision_m"):
        assert devices[name].dtype == "float64"
    assert devices["operator_withheld"].dtype == bool
    assert devices["source_url"].dtype == pd.ArrowDtype(pa.string())


def test_closed_lists_hold_only_their_words() -> None:
    tags = {"camera:type": "PTZ", "surveillance": "a;b", "surveillance:type": "guard"}
    device = _device(_tagged(tags))
    for column in CAMERA:
        value = device[column.name]
        if column.allowed and not _is_empty(value):
            values = value if isinstance(value, list) else [value]
            assert set(values) <= set(column.allowed), column.name


def test_tags_are_read_by_the_cleaning_rules() -> None:
    device = _device(
        _seen(
            1,
            camera__type="dome",
            camera__mount="pole",
            surveillance__zone="traffic",
            surveillance="public",
            surveillance__type="ALPR",
            direction="90-180",
            operator="City of Helsinki",
            start_date="2019-05",
            check_date="2023-01-02",
            survey__date="2024-03-04",
        )
    )
    assert device["device_type"] == "plate_reader"
    assert device["camera_type"] == "dome"
    assert device["mount"] == "pole"
    assert device["zone"] == "traffic"
    assert device["visibility"] == "public"
    assert device["directions_deg"] == [135.0]
    assert device["view_angle_deg"] == 90.0
    assert device["directions_as_written"] == "90-180"
    assert device["operator_name"] == "City of Helsinki"
    assert device["installed_on"] == "2019-05"
    assert device["last_checked_on"] == "2024-03-04"
    assert device["flags"] == []


@pytest.mark.parametrize(
    ("tags", "expected"),
    [
        ({"check_date": "2024-05-01", "survey:date": "2023"}, "2024-05-01"),
        ({"check_date": "2023", "survey:date": "2024-05-01"}, "2024-05-01"),
        ({"check_date": "last week", "survey:date": "2021"}, "2021"),
        ({"check_date": "2021"}, "2021"),
        ({}, None),
    ],
    ids=["check date later", "survey later", "one refused", "one alone", "none"],
)
def test_the_later_check_date_counts(tags: dict[str, str], expected: str | None) -> None:
    assert _device(_tagged(tags))["last_checked_on"] == expected


@pytest.mark.parametrize(
    ("observation", "flag"),
    [
        (_seen(1, start_date="some time ago"), "date_refused"),
        (_seen(1, survey__date="?"), "date_refused"),
        (_seen(1, direction="forward"), "direction_refused"),
        (_seen(1, direction="0-360"), "all_round"),
        (_seen(1, direction="10", camera__direction="200"), "direction_conflict"),
        (replace(_seen(1), text_cleaned=True), "text_cleaned"),
        (replace(_seen(1), text_cut=True), "text_cut"),
        (replace(_seen(1), geometry_kind=GeometryKind.AREA), "area_centre"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_a_reader_should_know_is_flagged(observation: Observation, flag: str) -> None:
    assert _device(observation)["flags"] == [flag]


def test_an_all_round_camera_has_no_direction() -> None:
    device = _device(_seen(1, direction="0-360"))
    assert device["directions_deg"] is None
    assert device["view_angle_deg"] == 360.0


def test_a_device_of_an_enforcement_relation_is_an_enforcement_camera() -> None:
    seen = replace(_seen(1), device_role=DeviceRole.ENFORCEMENT_DEVICE)
    assert _device(seen)["device_type"] == "enforcement_camera"


def test_cameras_on_one_pole_share_the_smallest_id() -> None:
    devices = _devices(_seen(10, 1.0), _seen(9, 0.0), _seen(2, 50.0))
    assert devices["pole_id"].to_dict() == {
        "osm:node/2": None,
        "osm:node/9": "osm:node/9",
        "osm:node/10": "osm:node/9",
    }


def test_equal_coordinates_are_flagged_and_both_kept() -> None:
    devices = _devices(_seen(1), _seen(2), _seen(3, 100.0))
    assert devices["flags"].tolist() == [["duplicate_position"], ["duplicate_position"], []]


def test_neighbours_that_were_taken_out_are_forgotten() -> None:
    devices = RESOLVER.devices(*_tables(_seen(1), _seen(2), _seen(3, 2.0), _seen(4, 4.0)))
    assert devices["pole_id"].tolist() == ["osm:node/1"] * 4
    left = with_neighbours(devices.drop(index=["osm:node/1", "osm:node/3"]))
    assert left["pole_id"].tolist() == [None, None]
    assert left["flags"].tolist() == [[], []]
    pd.testing.assert_frame_equal(with_neighbours(devices), devices)


def test_a_source_that_is_not_osm_has_no_page_for_an_object() -> None:
    seen = replace(_seen(1), source_id="city", location_precision_m=25.0)
    device = _device(seen, _snapshot("city"))
    assert device["camera_id"] == "city:node/1"
    assert device["source_url"] is None
    assert device["license_id"] == "CC-BY-4.0"
    assert device["location_precision_m"] == 25.0


@pytest.mark.parametrize("ref", ["node/1?x=", "node/", "javascript:alert(1)", "node/٣", "x/1"])
def test_an_address_is_only_made_of_a_proper_reference(ref: str) -> None:
    assert _device(replace(_seen(1), source_ref=ref))["source_url"] is None


def test_provenance_comes_from_the_snapshot() -> None:
    snapshot = replace(_snapshot(), retrieved_at_utc="2025-11-20T10:00:00Z")
    assert _device(_seen(1), snapshot)["retrieved_at_utc"] == "2025-11-20T10:00:00Z"


@pytest.mark.parametrize(
    ("observation", "day", "method"),
    [
        (replace(_seen(1), version=1, edited_on="2012-03-04"), "2012-03-04", "version_1"),
        (replace(_seen(1), version=2, edited_on="2012-03-04"), None, "beyond_calibration"),
        (replace(_seen(900_000_000_001), version=None), None, "beyond_calibration"),
        (replace(_seen(1), source_ref="way/5", version=2), None, "not_known"),
        (replace(_seen(1), source_ref="lamp 7", version=1), None, "not_known"),
    ],
    ids=["a first version", "an id before the table", "an id after it", "a way", "no OSM object"],
)
def test_the_first_day_is_read_from_version_and_id(
    observation: Observation, day: str | None, method: str
) -> None:
    device = _device(observation)
    assert (device["first_mapped_on"], device["first_mapped_method"]) == (day, method)


def test_the_first_day_is_read_from_ids_of_osm_alone() -> None:
    seen = replace(_seen(1), source_id="city", version=1, edited_on="2012-03-04")
    device = _device(seen, _snapshot("city"))
    assert (device["first_mapped_on"], device["first_mapped_method"]) == (None, "not_known")


def test_an_id_within_the_table_gives_a_day_of_its_year() -> None:
    # OSM passed node id 1,000,000,000 in November 2010.
    device = _device(replace(_seen(1_000_000_000), version=3, edited_on="2019-01-01"))
    assert device["first_mapped_method"] == "node_id"
    assert str(device["first_mapped_on"]).startswith("2010-11")


def _readings(observations: Sequence[Observation]) -> list[Reading]:
    half = len(observations) // 2
    return [
        Reading(_snapshot(sha256="a" * 64), tuple(observations[:half])),
        Reading(_snapshot(sha256="b" * 64), tuple(observations[half:])),
    ]


CROWD = [
    _seen(number, east_m, direction=str(number * 20), operator=f"City {number % 3}")
    for number, east_m in enumerate([0.0, 0.0, 1.0, 2.0, 6.0, 8.0, 40.0, 41.0, 500.0, 9000.0], 1)
]


@settings(max_examples=40, deadline=None)
@given(order=st.permutations(range(len(CROWD))))
def test_the_order_of_the_input_changes_nothing(order: list[int]) -> None:
    expected = _devices(*CROWD)
    pd.testing.assert_frame_equal(_devices(*(CROWD[place] for place in order)), expected)


def test_one_row_alone_gives_what_it_gives_among_others_but_for_its_neighbours() -> None:
    whole = _devices(*CROWD)
    for seen in CROWD:
        alone = _device(seen)
        row = whole.loc[f"osm:{seen.source_ref}"]
        among = {str(name): value for name, value in row.items()}
        assert _by_itself(alone) == _by_itself(among)


def _by_itself(device: dict[str, object]) -> dict[str, object]:
    flags = [flag for flag in cast("list[str]", device["flags"]) if flag != "duplicate_position"]
    said = {name: value for name, value in device.items() if not _is_empty(value)}
    return {**said, "pole_id": None, "flags": flags}


def test_a_released_table_gives_the_devices_again(tmp_path: Path) -> None:
    expected = _devices(*CROWD)
    frame = observation_tables([Reading(_snapshot(), tuple(CROWD))])["osm"].frame
    released = frame.drop(columns=["building", "indoor", "access"]).sort_values("source_ref")
    path = tmp_path / "observations_osm.parquet"
    released.to_parquet(path)
    again = RESOLVER.devices({"osm": pd.read_parquet(path)}, _origins(_snapshot()))
    pd.testing.assert_frame_equal(again, expected)


def test_values_may_be_read_in_another_process(monkeypatch: pytest.MonkeyPatch) -> None:
    tables, expected, here = _tables(*CROWD), _devices(*CROWD), os.getpid()

    def read_elsewhere(frame: pd.DataFrame) -> Mapping[str, object]:
        assert os.getpid() != here
        return word_columns(frame)

    monkeypatch.setattr(cameras, "word_columns", read_elsewhere)
    monkeypatch.setattr(work_beside, "may_fork", lambda _: True)
    monkeypatch.setattr(work_beside, "ROWS_WORTH_A_PROCESS", 1)
    apart = replace(RESOLVER, beside=work_beside.beside)
    pd.testing.assert_frame_equal(apart.devices(*tables), expected)
    # Without a second process they are read here.
    with pytest.raises(AssertionError):
        RESOLVER.devices(*tables)


def test_resolve_joins_readings_and_says_what_it_left() -> None:
    observations = [*CROWD, replace(CROWD[0], version=7)]
    resolved = resolve(
        _readings(observations),
        registry=Registry(),
        settings=Settings(),
        progress=NoProgress(),
        sources=SOURCES,
    )
    assert len(resolved.devices) == len(CROWD)
    assert [row.source_ref for row in resolved.superseded] == ["node/1"]
    assert resolved.observations["osm"]["version"].tolist()[0] == 7
    assert resolved.devices.index.is_unique


def test_nothing_read_gives_an_empty_frame_with_all_columns() -> None:
    resolved = resolve(
        [Reading(_snapshot(), ())],
        registry=Registry(),
        settings=Settings(),
        progress=NoProgress(),
        sources=SOURCES,
    )
    assert len(resolved.devices) == 0
    assert tuple(resolved.devices.columns) == CAMERA_NAMES
    assert resolved.devices.crs == "EPSG:4326"
